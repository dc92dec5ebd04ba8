"""Units with room for everyone: M/G/infinity, also while they fill up and while the offer becomes known.

Every test plays 50 replications with a fixed seed and alarms falsely with probability 1 in 1000.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from one_unit import assert_zero_on_average, one_unit, play_one_unit
from scipy.integrate import quad
from scipy.stats import norm

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.theory

WOMEN_PER_YEAR = 20.0
MEAN_STAY_DAYS = 270.0
ROOM_FOR_ALL = 200
YEARS = 6


class Stay(NamedTuple):
    """A distribution of stays: its words, and the mean of a stay cut off after some days."""

    words: dict[str, Any]
    mean_cut_off: Callable[[float], float]


def _uniform_cut_off(days: float) -> float:
    low, high = MEAN_STAY_DAYS - 90, MEAN_STAY_DAYS + 90
    inside = min(max(days, low), high)
    return min(days, low) + (inside - low) * (high - (inside + low) / 2) / (high - low)


STAYS = {
    "exponential": Stay(
        {"exponential": {"mean": MEAN_STAY_DAYS}},
        lambda days: MEAN_STAY_DAYS * -np.expm1(-days / MEAN_STAY_DAYS),
    ),
    "constant": Stay({"constant": {"value": MEAN_STAY_DAYS}}, lambda days: min(days, MEAN_STAY_DAYS)),
    "uniform": Stay({"uniform": {"low": MEAN_STAY_DAYS - 90, "high": MEAN_STAY_DAYS + 90}}, _uniform_cut_off),
}


def occupied_in_year(year: int, stay: Stay, awareness: Callable[[float], float]) -> float:
    """Expected occupied place-days in a year of a unit that begins empty, year 0 the first.

    A woman who comes on some day lives in the unit during the year for as long as her stay cut off at the
    year's end, less her stay cut off at its beginning.
    """
    begin, end = year * DAYS_PER_YEAR, (year + 1) * DAYS_PER_YEAR

    def of_referrals_on(day: float) -> float:
        within = stay.mean_cut_off(end - day) - stay.mean_cut_off(max(0.0, begin - day))
        return awareness(day) * within * WOMEN_PER_YEAR / DAYS_PER_YEAR

    edges = sorted({number * DAYS_PER_YEAR / 20 for number in range(20 * (year + 1) + 1)})
    return sum(quad(of_referrals_on, *edge)[0] for edge in pairwise(edges))


@pytest.mark.parametrize(("start", "ramp_up_years"), [(1.0, 0), (0.4, 2), (0.0, 3)])
@pytest.mark.parametrize("kind", STAYS)
def test_a_unit_fills_up_from_empty_as_theory_says(kind: str, start: float, ramp_up_years: int) -> None:
    """Place-days of each year, by integrating the survival of stays. False alarm 1e-3 for each case."""
    scenario = one_unit(
        places=ROOM_FOR_ALL,
        patience_days="none",
        stay_days=STAYS[kind].words,
        horizon_years=YEARS,
        demand={
            "need_per_year": WOMEN_PER_YEAR,
            "awareness": {"start": start, "ramp_up_years": ramp_up_years},
        },
    )
    played = play_one_unit(scenario)

    def awareness(day: float) -> float:
        grown = day / DAYS_PER_YEAR / ramp_up_years if ramp_up_years else 1.0
        return start + (1 - start) * min(1.0, grown)

    occupied = played.ledger.pool_days[:, 0, :, 1]
    assert_zero_on_average(
        **{f"year_{year}": occupied[:, year] - occupied_in_year(year, STAYS[kind], awareness) for year in range(YEARS)}
    )


def test_in_the_long_run_the_number_of_women_is_poisson_whatever_the_stays_are_like() -> None:
    """Mean and variance of the women there on the last day of each year. False alarm 1e-3 for both together.

    Stays are shorter than a year, so that no woman is counted twice and the counts are independent. Of N
    counts with Poisson mean m, the sum of (n - m)^2 / m has mean N and variance N (2 + 1 / m).
    """
    years = 12
    scenario = one_unit(
        places=ROOM_FOR_ALL,
        patience_days="none",
        stay_days=STAYS["uniform"].words,
        horizon_years=years,
        demand={"need_per_year": WOMEN_PER_YEAR},
    )
    played = play_one_unit(scenario)
    counts = np.concatenate([played.living_on(year * DAYS_PER_YEAR) for year in range(1, years)])
    mean = WOMEN_PER_YEAR * MEAN_STAY_DAYS / DAYS_PER_YEAR
    n = len(counts)
    scores = {
        "mean": (counts.sum() - n * mean) / np.sqrt(n * mean),
        "variance": (np.sum((counts - mean) ** 2) / mean - n) / np.sqrt(n * (2 + 1 / mean)),
    }
    for name, score in scores.items():
        assert 2 * norm.sf(abs(score)) > 1e-3 / len(scores), f"{name}: {score:.2f} standard errors from theory"
