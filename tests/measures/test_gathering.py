"""Statistics over replications, against NumPy and SciPy on all values at once."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.measures import Estimates, Gathering
from sim.measures.statistics import REPLICATIONS_KEPT

SOME = settings(max_examples=60, deadline=None, derandomize=True)


def gathered(values: Any, cuts: list[int]) -> Estimates:
    gathering = Gathering(values.shape[:-1])
    for start, stop in pairwise([0, *cuts, values.shape[-1]]):
        gathering.add(values[..., start:stop])
    return gathering.estimate()


def expected_of(values: Any) -> dict[str, float]:
    known = values[~np.isnan(values)]
    n = len(known)
    mean = known.mean() if n else np.nan
    half = stats.t.ppf(0.975, n - 1) * known.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
    p05, p95 = np.percentile(known, [5, 95]) if n else (np.nan, np.nan)
    return {"n": n, "mean": mean, "low": mean - half, "high": mean + half, "p05": p05, "p95": p95}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Any, list[int]]:
    """Values of three measures in some replications, some of them missing, and where blocks end."""
    n = draw(st.sampled_from([1, 2, 3, 20, 130]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = rng.normal(draw(st.sampled_from([0, 50, -1e4])), draw(st.sampled_from([0, 1, 300])), (3, n))
    values[rng.random((3, n)) < draw(st.sampled_from([0, 0.3, 0.95, 1]))] = np.nan
    cuts = sorted(draw(st.lists(st.integers(0, n), max_size=4)))
    return values, cuts


@pytest.mark.law
@SOME
@given(tables())
def test_estimates_are_those_of_all_values_at_once(table: tuple[Any, list[int]]) -> None:
    values, cuts = table
    found = gathered(values, cuts)
    scale = np.nanmax(np.abs(values), initial=1)
    for row in range(len(values)):
        got = {word: column[row].item() for word, column in found._asdict().items()}
        assert got == pytest.approx(expected_of(values[row]), rel=1e-10, abs=1e-12 * scale, nan_ok=True)


@pytest.mark.law
@SOME
@given(tables())
def test_blocks_of_any_size_give_the_same(table: tuple[Any, list[int]]) -> None:
    values, cuts = table
    scale = np.nanmax(np.abs(values), initial=1)
    for one, other in zip(gathered(values, cuts), gathered(values, []), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12 * scale)


@pytest.mark.law
@SOME
@given(tables())
def test_the_same_blocks_give_the_same_to_the_last_digit(table: tuple[Any, list[int]]) -> None:
    for one, other in zip(gathered(*table), gathered(*table), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.unit
def test_estimates_by_hand() -> None:
    found = gathered(np.array([[1.0, np.nan, 3.0, 5.0]]), [2])
    half = 4.302652729911275 * 2 / np.sqrt(3)  # t with two degrees of freedom, variance 4
    assert found.n.tolist() == [3]
    assert found.mean.tolist() == [3]
    np.testing.assert_allclose([found.low[0], found.high[0]], [3 - half, 3 + half], rtol=1e-9)
    np.testing.assert_allclose([found.p05[0], found.p95[0]], [1.2, 4.8], rtol=1e-12)


@pytest.mark.unit
def test_one_value_has_a_mean_and_no_interval() -> None:
    found = gathered(np.array([[7.0]]), [])
    assert (found.n[0], found.mean[0], found.p05[0], found.p95[0]) == (1, 7, 7, 7)
    assert np.isnan([found.low[0], found.high[0]]).all()


@pytest.mark.unit
def test_nothing_gathered_is_nothing_known() -> None:
    for found in (Gathering((2,)).estimate(), gathered(np.full((2, 5), np.nan), [3])):
        assert found.n.tolist() == [0, 0]
        assert all(np.isnan(column).all() for column in found[1:])


@pytest.mark.unit
def test_an_estimate_on_the_way_changes_nothing_later() -> None:
    values = np.random.default_rng(3).random((2, 40))
    gathering = Gathering((2,))
    gathering.add(values[:, :20])
    early = gathering.estimate()
    kept = [column.copy() for column in early]
    gathering.add(values[:, 20:])
    for now, before in zip(early, kept, strict=True):
        np.testing.assert_array_equal(now, before)
    for one, other in zip(gathering.estimate(), gathered(values, [20]), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.unit
def test_the_spread_is_read_from_the_first_replications_and_the_mean_from_all() -> None:
    first, later = np.linspace(0, 1, REPLICATIONS_KEPT), np.full(500, 1000.0)
    values = np.concatenate([first, later])[None]
    found = gathered(values, [700, REPLICATIONS_KEPT - 10, REPLICATIONS_KEPT + 10])
    assert found.mean[0] == pytest.approx(values.mean())
    np.testing.assert_allclose([found.p05[0], found.p95[0]], np.percentile(first, [5, 95]), rtol=1e-12)
    assert found.n[0] == REPLICATIONS_KEPT + 500


@pytest.mark.theory
def test_the_interval_holds_the_true_mean_as_often_as_it_says() -> None:
    """Twenty thousand intervals of ten values each; false alarm in one of a million."""
    found = gathered(np.random.default_rng(4).normal(3, 2, (20_000, 10)), [4])
    holds = (found.low <= 3) & (found.high >= 3)
    assert stats.binomtest(int(holds.sum()), len(holds), 0.95).pvalue > 1e-6
