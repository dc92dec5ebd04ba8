"""Plausible ranges: every row of the table is read by one rule, whose quantiles and density agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.scenario import Parameter, load_parameters
from sim.scenario.plausible import NearWall, TwoHalves, plausible, plausible_of

RANGED = [row for row in load_parameters().values() if row.low is not None]
PROBABILITIES = np.arange(1, 1000) / 1000


def is_wall(row: Parameter, value: float | None) -> bool:
    return value in ((0, 1) if row.is_share else (0,)) and not (row.low or 0) < 0


@pytest.mark.unit
@pytest.mark.parametrize("row", RANGED, ids=lambda row: row.id)
def test_ends_are_the_outer_twentieths_and_the_default_the_median_but_at_walls(row: Parameter) -> None:
    found = plausible_of(row)
    assert found is not None
    for share, value in ((0.05, row.low), (0.5, row.default), (0.95, row.high)):
        if not is_wall(row, value) and not (share == 0.5 and is_wall(row, row.default)):
            assert found.ppf(share) == pytest.approx(value), share


@pytest.mark.unit
@pytest.mark.parametrize("row", RANGED, ids=lambda row: row.id)
def test_values_beyond_the_ends_are_possible_and_beyond_the_walls_are_not(row: Parameter) -> None:
    found = plausible_of(row)
    assert found is not None
    ends = found.ppf([1e-12, 1 - 1e-12])
    assert is_wall(row, row.low) or ends[0] < (row.low or 0)
    assert is_wall(row, row.high) or ends[1] > (row.high or 0)
    if (row.low or 0) >= 0:
        assert ends[0] >= 0
    if row.is_share:
        assert ends[1] <= 1
        assert found.logpdf(1.01) == -np.inf


@pytest.mark.theory
@pytest.mark.parametrize("row", RANGED, ids=lambda row: row.id)
def test_the_density_is_the_slope_of_the_probabilities(row: Parameter) -> None:
    # From 0.1 to 99.9 %, by central differences: to 1 in 1,000.
    found = plausible_of(row)
    assert found is not None
    step = 1e-5
    slopes = 2 * step / (found.ppf(PROBABILITIES + step) - found.ppf(PROBABILITIES - step))
    np.testing.assert_allclose(np.exp(found.logpdf(found.ppf(PROBABILITIES))), slopes, rtol=1e-3)


@pytest.mark.theory
def test_with_halves_alike_it_is_a_distribution_with_a_name() -> None:
    z = stats.norm.ppf(0.95)
    normal, lognormal = plausible(-2, 0, 2, scale="linear"), plausible(0.5, 1, 2, scale="log")
    assert normal.ppf(PROBABILITIES) == pytest.approx(stats.norm(0, 2 / z).ppf(PROBABILITIES))
    assert lognormal.ppf(PROBABILITIES) == pytest.approx(stats.lognorm(np.log(2) / z).ppf(PROBABILITIES))
    assert lognormal.mean() == pytest.approx(stats.lognorm(np.log(2) / z).mean(), rel=1e-3)
    near = plausible(0.4, 1, 1, scale="logit")
    power = np.log(0.05) / np.log(0.4)
    assert near == NearWall(1, pytest.approx(power))
    assert near.ppf(PROBABILITIES) == pytest.approx(stats.beta(power, 1).ppf(PROBABILITIES))
    assert near.mean() == pytest.approx(power / (power + 1))


@pytest.mark.unit
def test_a_share_of_which_nothing_is_said_lies_by_nine_tenths_between_a_twentieth_and_nineteen() -> None:
    assert plausible(0, 0.5, 1, scale="logit").ppf([0.05, 0.5, 0.95]) == pytest.approx([0.05, 0.5, 0.95])


@pytest.mark.unit
def test_a_wider_range_reaches_further_on_the_scale_without_walls_from_the_same_middle() -> None:
    wide = plausible(1, 2, 8, scale="log").widened(2)
    assert wide.ppf([0.05, 0.5, 0.95]) == pytest.approx([0.5, 2, 32])
    variation = plausible(0, 0, 0.3, scale="logit").widened(2)
    assert variation.ppf(0.95) == pytest.approx(1 - 0.7**2)


@pytest.mark.law
@given(st.floats(-5, 5), st.floats(0.01, 5), st.floats(0.01, 5), st.sampled_from(["linear", "log", "logit"]))
def test_quantiles_rise_however_unlike_the_halves(middle: float, below: float, above: float, scale: str) -> None:
    found = TwoHalves(scale, middle - below, middle, middle + above).ppf(PROBABILITIES)
    assert np.all(np.diff(found) > 0)
