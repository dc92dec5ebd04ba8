"""Statistics over replications, against NumPy and SciPy on all replications at once."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.measures import (
    Difference,
    Estimates,
    Gathering,
    Parts,
    ends_of,
    estimate_difference,
    is_direction_sure,
    is_same_everywhere,
    summarise,
    summarise_together,
)
from sim.measures.intervals import WIDEST
from sim.measures.statistics import REPLICATIONS_KEPT

SOME = settings(max_examples=60, deadline=None, derandomize=True)
ONE = np.array([False])
SHARE = np.array([True])


def parts_of(top: Any, bottom: Any = None) -> Parts:
    """One measure of one scope."""
    top = np.asarray(top, dtype=np.float64)
    bottom = np.ones_like(top) if bottom is None else np.asarray(bottom, dtype=np.float64)
    return Parts(top.reshape(1, 1, -1), bottom.reshape(1, 1, -1), np.array([0]))


def gathered(parts: Parts, cuts: list[int], is_share: Any = ONE) -> Estimates:
    gathering = Gathering(1, is_share)
    for start, stop in pairwise([0, *cuts, parts.tops.shape[-1]]):
        gathering.add(parts.part(replications=slice(start, stop)))
    return gathering.estimate()


def told(estimates: Estimates) -> dict[str, float]:
    return {word: column.item() for word, column in estimates._asdict().items()}


def jackknifed(top: Any, bottom: Any) -> Any:
    """What each replication says of the ratio, linearised."""
    return (top - top.sum() / bottom.sum() * bottom) / bottom.mean()


def expected_of(top: Any, bottom: Any, *, is_share: bool) -> dict[str, float]:
    """The formulas of docs/method.md on all replications at once."""
    nothing = np.nan
    known = bottom > 0
    n, ratio = int(known.sum()), top.sum() / bottom.sum() if known.any() else nothing
    low = high = nothing
    if n > 1:
        squares = (jackknifed(top, bottom) ** 2).sum() / len(top) ** 2 * n / (n - 1)
        half = stats.t.ppf(0.975, n - 1) * np.sqrt(squares)
        top_end = 1.0 if is_share else np.inf
        if squares > 1e-18 * ratio**2 and 0 < ratio < top_end:
            slope = ratio * (1 - ratio) if is_share else ratio
            scaled = np.log(ratio / (1 - ratio)) if is_share else np.log(ratio)
            if half / slope <= np.log(WIDEST):
                low, high = (
                    1 / (1 + np.exp(-end)) if is_share else np.exp(end)
                    for end in (scaled - half / slope, scaled + half / slope)
                )
    p05, p95 = np.percentile(top[known] / bottom[known], [5, 95]) if n else (nothing, nothing)
    return {"n": n, "mean": ratio, "low": low, "high": high, "p05": p05, "p95": p95}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Any, Any, list[int], bool]:
    """Above and below the line in some replications, where blocks end, and whether it is a share."""
    n = draw(st.sampled_from([1, 2, 3, 20, 130]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    bottom = rng.poisson(draw(st.sampled_from([0, 0.1, 3, 50])), n).astype(float)
    is_share = draw(st.booleans())
    share = draw(st.sampled_from([0, 0.02, 0.5, 1]))
    top = rng.binomial(bottom.astype(int), share).astype(float) if is_share else rng.gamma(0.5, 40, n)
    cuts = sorted(draw(st.lists(st.integers(0, n), max_size=4)))
    return top, bottom, cuts, is_share


@pytest.mark.law
@SOME
@given(tables())
def test_estimates_are_those_of_all_replications_at_once(table: tuple[Any, Any, list[int], bool]) -> None:
    top, bottom, cuts, is_share = table
    found = told(gathered(parts_of(top, bottom), cuts, np.array([is_share])))
    assert found == pytest.approx(expected_of(top, bottom, is_share=is_share), rel=1e-7, nan_ok=True)


@pytest.mark.law
@SOME
@given(tables())
def test_intervals_stay_where_the_measure_can_be(table: tuple[Any, Any, list[int], bool]) -> None:
    top, bottom, cuts, is_share = table
    found = gathered(parts_of(top, bottom), cuts, np.array([is_share]))
    if not np.isnan(found.low):
        assert 0 <= found.low < found.mean < found.high
        assert found.high <= (1 if is_share else np.inf)


@pytest.mark.unit
def test_there_is_no_interval_where_not_even_the_order_of_magnitude_is_known() -> None:
    low, high = ends_of(np.array([1.4, 1.4]), np.array([17.8, 1.4]), np.array([False, False]))
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[1]) == pytest.approx((1.4 / np.e, 1.4 * np.e))


@pytest.mark.law
@SOME
@given(tables())
def test_the_same_blocks_give_the_same_to_the_last_digit(table: tuple[Any, Any, list[int], bool]) -> None:
    top, bottom, cuts, is_share = table
    for one, other in zip(
        *(gathered(parts_of(top, bottom), cuts, np.array([is_share])) for _ in range(2)), strict=True
    ):
        np.testing.assert_array_equal(one, other)


@pytest.mark.law
@SOME
@given(tables(), st.integers(0, 2**32))
def test_differences_are_those_of_all_replications_at_once(table: tuple[Any, Any, list[int], bool], seed: int) -> None:
    top, bottom, cuts, is_share = table
    rng = np.random.default_rng(seed)
    other_bottom = bottom + rng.integers(0, 3, len(bottom))
    other_top = top + rng.random(len(top)) * (other_bottom - bottom)
    one, other = parts_of(top, bottom), parts_of(other_top, other_bottom)
    gatherings = [Gathering(1, np.array([is_share])) for _ in range(2)]
    difference = Difference(*gatherings, n_scopes=1)
    for start, stop in pairwise([0, *cuts, len(top)]):
        own = [parts.part(replications=slice(start, stop)) for parts in (one, other)]
        summaries = summarise(own[0]), summarise(own[1])
        for gathering, parts, summary in zip(gatherings, own, summaries, strict=True):
            gathering.add(parts, summary)
        difference.add(summarise_together(*own, summaries, n_scopes=1))
    found = told(difference.estimate())
    both = (bottom > 0) & (other_bottom > 0)
    assert found["n"] == both.sum()
    if not both.any():
        assert np.isnan(found["mean"])
        return
    mean = top.sum() / bottom.sum() - other_top.sum() / other_bottom.sum()
    assert found["mean"] == pytest.approx(mean, rel=1e-9, abs=1e-12)
    apart = jackknifed(top, bottom) - jackknifed(other_top, other_bottom)
    n = int(both.sum())
    if not np.isnan(found["low"]):
        half = stats.t.ppf(0.975, n - 1) * np.sqrt((apart**2).sum() / len(top) ** 2 * n / (n - 1))
        most = 1 if is_share else np.inf
        ends = [max(mean - half, -most), min(mean + half, most)]
        assert [found["low"], found["high"]] == pytest.approx(ends, rel=1e-6, abs=1e-9)


@pytest.mark.unit
def test_a_ratio_is_one_of_means_by_hand() -> None:
    # Money is spent in the replication in which nobody completes, too.
    found = gathered(parts_of([18.0, 2.0, 40.0], [1.0, 0.0, 2.0]), [2])
    assert found.n.item() == 2
    assert found.mean.item() == 20  # 60 / 3; as a mean of quotients it would be 19
    # Residuals 18 - 20, 2 - 0 and 40 - 40, over the mean below, 1: (4 + 4 + 0) / 9 x 2 / 1.
    half = 12.706204736174698 * np.sqrt(8 / 9 * 2)
    assert found.low.item() == pytest.approx(20 * np.exp(-half / 20))
    assert found.high.item() == pytest.approx(20 * np.exp(half / 20))
    np.testing.assert_allclose([found.p05.item(), found.p95.item()], [18.1, 19.9])


@pytest.mark.unit
def test_a_share_by_hand() -> None:
    found = gathered(parts_of([19.0, 21.0], [40.0, 40.0]), [], SHARE)
    half = 12.706204736174698 * np.sqrt(0.00125 / 2)  # of 19/40 and 21/40
    assert found.mean.item() == 0.5
    assert found.low.item() == pytest.approx(1 / (1 + np.exp(half / 0.25)))
    assert found.high.item() == pytest.approx(1 / (1 + np.exp(-half / 0.25)))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("top", "bottom", "is_share"),
    [
        ([7.0], None, False),  # one replication
        ([42.0] * 5, None, False),  # all alike
        ([0.0] * 5, [1.0, 2, 3, 4, 5], True),
        ([1.0, 2, 3, 4, 5], [1.0, 2, 3, 4, 5], True),
        ([0.1 * 3 * n for n in range(1, 8)], [0.1 * n for n in range(1, 8)], False),  # alike but for rounding
        ([1e9 / 3] * 50, None, False),
    ],
)
def test_there_is_no_interval_where_replications_do_not_differ(top: Any, bottom: Any, is_share: bool) -> None:
    found = gathered(parts_of(top, bottom), [], np.array([is_share]))
    assert found.n.item() == len(top)
    assert not np.isnan(found.mean.item())
    assert np.isnan([found.low.item(), found.high.item()]).all()


@pytest.mark.unit
def test_nothing_gathered_is_nothing_known() -> None:
    for found in (Gathering(1, ONE).estimate(), gathered(parts_of([np.nan, np.nan]), [1])):
        assert found.n.tolist() == [[0]]
        assert all(np.isnan(column).all() for column in found[1:])


@pytest.mark.unit
def test_a_difference_of_nothing_is_the_same_and_nothing_else() -> None:
    one = parts_of([1.0, 2.0, 0.3], [3.0, 7.0, 0.1])
    found = estimate_difference(one, one, SHARE)
    assert (found.mean.item(), found.n.item()) == (0.0, 3)
    assert np.isnan([found.low.item(), found.high.item()]).all()
    assert is_same_everywhere(3, 0.0, found.low.item())
    assert not is_same_everywhere(1, 0.0, np.nan)
    assert not is_direction_sure(3, 0.0, np.nan, np.nan)
    # The same difference each time: sure only with so many that chance would not do it.
    assert not is_direction_sure(5, 2.0, np.nan, np.nan)
    assert is_direction_sure(6, 2.0, np.nan, np.nan)


@pytest.mark.unit
def test_turned_differences_are_the_same_with_another_sign() -> None:
    rng = np.random.default_rng(8)
    one, other = (parts_of(rng.random(40), rng.integers(0, 3, 40)) for _ in range(2))
    found, turned = estimate_difference(one, other, ONE), estimate_difference(other, one, ONE)
    for word, opposite in (("mean", "mean"), ("low", "high"), ("high", "low")):
        assert getattr(found, word).item() == -getattr(turned, opposite).item()


@pytest.mark.unit
def test_an_estimate_on_the_way_changes_nothing_later() -> None:
    parts = parts_of(np.random.default_rng(3).random(40))
    gathering = Gathering(1, ONE)
    gathering.add(parts.part(replications=slice(20)))
    early = gathering.estimate()
    kept = [column.copy() for column in early]
    gathering.add(parts.part(replications=slice(20, 40)))
    for now, before in zip(early, kept, strict=True):
        np.testing.assert_array_equal(now, before)
    for one, other in zip(gathering.estimate(), gathered(parts, [20]), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.unit
def test_the_spread_is_read_from_the_first_replications_and_the_mean_from_all() -> None:
    first, later = np.linspace(0, 1, REPLICATIONS_KEPT), np.full(500, 1000.0)
    values = np.concatenate([first, later])
    found = gathered(parts_of(values), [700, REPLICATIONS_KEPT - 10, REPLICATIONS_KEPT + 10])
    assert found.mean.item() == pytest.approx(values.mean())
    np.testing.assert_allclose([found.p05.item(), found.p95.item()], np.percentile(first, [5, 95]), rtol=1e-12)
    assert found.n.item() == REPLICATIONS_KEPT + 500


@pytest.mark.theory
def test_the_interval_holds_the_true_ratio_as_often_as_it_says() -> None:
    """Twenty thousand intervals of a hundred replications with some three women each; false alarm one in a million."""
    rng = np.random.default_rng(4)
    bottom = rng.poisson(3, (20_000, 1, 100)).astype(float)
    top = rng.gamma(np.maximum(bottom, 1e-9) * 2, 5)  # a mean of ten for each of them
    gathering = Gathering(20_000, ONE)
    gathering.add(Parts(top, bottom, np.array([0])))
    found = gathering.estimate()
    holds = (found.low <= 10) & (found.high >= 10)
    assert stats.binomtest(int(holds.sum()), holds.size, 0.95).pvalue > 1e-6
