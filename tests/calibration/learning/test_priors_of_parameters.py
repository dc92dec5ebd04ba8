"""Priors hold the plausible ranges of the table of parameters."""

import numpy as np
import pytest
from invented_files import a_scenario

from calibration.learning.fit import household_prior, region_prior
from calibration.learning.priors import (
    FAMILIES,
    REGIONAL_CONCENTRATION,
    Range,
    household_concentration,
    parameter_prior,
    solved_prior,
    widened,
)
from sim.cohort import municipal_shares
from sim.geography import load_municipalities
from sim.scenario import load_parameters

AT_A_WALL = {
    "year_variation": (None, 0.3),
    "acceptance_decay_per_hour": (0.25, 0.7),
    "offered_share_public": (0.95, 0.8),
}
"""Median and the other end of those whose range reaches 0 or 1."""


@pytest.mark.unit
@pytest.mark.parametrize("parameter", sorted(set(FAMILIES) - set(AT_A_WALL)))
def test_nine_tenths_lie_in_the_plausible_range_as_many_below_as_above(parameter: str) -> None:
    row, prior = load_parameters()[parameter], parameter_prior(parameter).distribution
    assert prior.ppf([0.05, 0.95]) == pytest.approx([row.low, row.high], rel=1e-4)


@pytest.mark.unit
@pytest.mark.parametrize("parameter", sorted(AT_A_WALL))
def test_at_a_wall_the_default_is_the_median_and_the_other_end_holds(parameter: str) -> None:
    (median, end), prior = AT_A_WALL[parameter], parameter_prior(parameter).distribution
    row = load_parameters()[parameter]
    assert end in (row.low, row.high)
    assert prior.ppf(0.05 if end == row.low else 0.95) == pytest.approx(end, rel=1e-4)
    if median is not None:
        assert median == row.default
        assert prior.median() == pytest.approx(median, rel=1e-3)


@pytest.mark.unit
def test_patience_is_learnt_through_the_share_lost_a_day() -> None:
    row, rate = load_parameters()["patience_daily_loss"], parameter_prior("patience_rate").distribution
    assert row.low is not None
    assert row.high is not None
    assert -np.expm1(-rate.ppf([0.05, 0.95])) == pytest.approx([row.low, row.high], rel=1e-4)


@pytest.mark.unit
@pytest.mark.parametrize(
    "plausible",
    [
        Range(16, 75, 100, "gamma"),
        Range(0.1, 0.4, 0.75, "beta"),
        Range(0.8, 0.95, 1.0, "beta"),
        Range(0.0, 0.25, 0.7, "gamma"),
        Range(1.0, 1.5, 2.5, "lognormal"),
        Range(-0.05, 0.0, 0.08, "normal"),
        Range(0.0, 0.0, 0.3, "halfnormal"),
    ],
)
def test_a_wider_range_says_less_and_keeps_its_walls(plausible: Range) -> None:
    wide = widened(plausible, 3.0)
    narrow_prior, wide_prior = solved_prior(plausible).interval(), solved_prior(wide).interval()
    assert wide_prior[1] - wide_prior[0] > 1.2 * (narrow_prior[1] - narrow_prior[0])
    assert widened(plausible, 1.0) == plausible
    if plausible.family == "beta":
        assert 0 <= wide.low <= wide.high <= 1


@pytest.mark.unit
def test_household_shares_have_the_defaults_as_means_and_about_their_ranges() -> None:
    prior, table = household_prior(), load_parameters()
    assert prior.sum() == pytest.approx(household_concentration())
    for share, word in zip(prior, ("alone", "partner", "children"), strict=True):
        row = table[f"household_{word}"]
        assert share / prior.sum() == pytest.approx(row.default)
        low, high = solved_beta(share, prior.sum() - share)
        assert high - low == pytest.approx((row.high or 0) - (row.low or 0), rel=0.25)


def solved_beta(alpha: float, beta: float) -> np.ndarray:
    from scipy import stats  # noqa: PLC0415 - beside its only use

    return stats.beta(alpha, beta).ppf([0.05, 0.95])


@pytest.mark.unit
def test_regional_shares_are_those_of_the_scenario_as_so_many_women() -> None:
    scenario = a_scenario()
    prior = region_prior(scenario)
    shares = np.bincount(load_municipalities().region_index("five"), weights=municipal_shares(scenario))
    assert prior == pytest.approx(REGIONAL_CONCENTRATION * shares)
    assert region_prior(scenario, width=2.0) == pytest.approx(prior / 4)
