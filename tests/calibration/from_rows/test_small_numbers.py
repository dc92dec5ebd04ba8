"""No cell, curve or bin shows fewer than five women, nor lets them be worked out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.from_rows.estimates.shares import merged_kinds
from calibration.from_rows.suppression import LEAST_SHOWN, grouped_points, merged_bins, shown_cells

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=12)
DAYS = st.lists(st.integers(0, 400).map(float), max_size=60)


@pytest.mark.law
@settings(deadline=None)
@given(COUNTS)
def test_what_is_missing_from_a_total_is_at_least_two_cells_and_five_women(counts: list[int]) -> None:
    shown = shown_cells(counts)
    assert all(cell is None or cell >= LEAST_SHOWN for cell in shown)
    assert all(cell is None or cell == count for cell, count in zip(shown, counts, strict=True))
    hidden = [count for cell, count in zip(shown, counts, strict=True) if cell is None]
    everything_is_hidden = len(hidden) == len(counts)
    assert not hidden or everything_is_hidden or (len(hidden) >= 2 and sum(hidden) >= LEAST_SHOWN)


@pytest.mark.unit
def test_large_cells_are_all_shown_and_a_small_one_takes_the_next_smallest_with_it() -> None:
    assert shown_cells([7, 5, 12]) == [7, 5, 12]
    assert shown_cells([7, 3, 12, 9]) == [None, None, 12, 9]
    assert shown_cells([0, 0, 12, 9]) == [None, None, 12, None]
    assert shown_cells([4, 4, 12]) == [None, None, 12]
    assert shown_cells([]) == []


@pytest.mark.law
@settings(deadline=None)
@given(DAYS, DAYS)
def test_between_two_points_of_a_curve_five_ended_and_five_are_left_at_the_last(
    ended: list[float], cut_off: list[float]
) -> None:
    values, everybody = np.array(ended), np.array(ended + cut_off)
    points = grouped_points(values, everybody, step=7.0)
    counts = np.histogram(values, bins=[-1.0, *points + 1e-9])[0] if len(points) else np.zeros(0)
    assert np.all(counts >= LEAST_SHOWN)
    assert np.all(points % 7 == 0)
    assert np.all(np.diff(points) > 0)
    if len(points):
        assert np.sum(everybody > points[-1]) >= LEAST_SHOWN


@pytest.mark.law
@settings(deadline=None)
@given(st.integers(1, 10).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 20), min_size=n, max_size=n)] * 2)))
def test_merged_bins_hold_five_of_each_kind_and_lose_nobody_in_sight(counts: tuple[list[int], list[int]]) -> None:
    first, second = (np.array(kind) for kind in counts)
    edges = np.arange(len(first) + 1.0)
    merged, (one, other) = merged_bins(edges, first, second)
    assert np.all(one >= LEAST_SHOWN)
    assert np.all(other >= LEAST_SHOWN)
    assert set(merged) <= set(edges)
    assert len(merged) == len(one) + 1
    if len(one):
        assert (one.sum(), other.sum()) == (first.sum(), second.sum())
        assert merged[0] == edges[0]


@pytest.mark.law
@settings(deadline=None)
@given(COUNTS)
def test_kinds_are_merged_until_no_group_is_small(counts: list[int]) -> None:
    array = np.array(counts)
    group = merged_kinds(array)
    sizes = [array[group == label].sum() for label in np.unique(group)]
    if array.sum() >= LEAST_SHOWN:
        assert min(sizes) >= LEAST_SHOWN
    else:
        assert set(group) == {-1}
    assert np.all(array[group >= 0] >= LEAST_SHOWN)
