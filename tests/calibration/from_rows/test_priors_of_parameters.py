"""Priors hold the plausible ranges of the table of parameters."""

import numpy as np
import pytest
from invented_files import LEARNT, a_scenario

from calibration.from_rows.estimates.estimate import Chance
from calibration.from_rows.estimates.referral_rate import Arrivals, rate_estimates
from calibration.priors.parameters import (
    REGIONAL_CONCENTRATION,
    household_concentration,
    household_prior,
    parameter_prior,
    region_prior,
)
from sim.cohort import municipal_shares
from sim.geography import load_municipalities
from sim.scenario import load_parameters


@pytest.mark.unit
def test_patience_is_learnt_through_the_share_lost_a_day() -> None:
    row, mean = load_parameters()["patience_daily_loss"], parameter_prior("patience_mean").distribution
    assert -np.expm1(-1 / mean.ppf([0.95, 0.5, 0.05])) == pytest.approx([row.low, row.default, row.high])


@pytest.mark.unit
@pytest.mark.parametrize("parameter", [*LEARNT, "stay_spread", "stay_from_admission", "patience_mean"])
def test_a_wider_prior_says_less(parameter: str) -> None:
    narrow, wide = parameter_prior(parameter).interval(), parameter_prior(parameter, width=3.0).interval()
    assert wide[1] - wide[0] > 1.2 * (narrow[1] - narrow[0])


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


@pytest.mark.theory
def test_a_range_is_no_limit_to_what_much_data_say() -> None:
    # 390 women in 3 even years, 130 a year, where the range ends at 100: Poisson alone would say 117 to 143.
    seen = Arrivals(-3 + (np.arange(390) + 0.5) / 130, -3.0, 0.0, -np.inf)
    need, *_ = rate_estimates(seen, a_scenario(), Chance(5, 2000))
    assert need.mean > 1.05 * (load_parameters()["need_per_year"].high or 0)
    assert need.high > 120
