"""What one design costs against another: for each further woman admitted, and where it would pay for itself.

These need the values of single replications, so those of a few measures are kept: eight bytes a replication, design
and measure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign
from sim.economics import (
    BreakEven,
    RatioEstimate,
    break_even_completion,
    break_even_horizon,
    break_even_occupancy,
    cost_per_extra_admission,
    prices_of,
)
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

BEFORE_BIRTH_YEARS = 4.5 / 12.0
"""Part of a course before birth: 3-6 months, the middle of them (stay_pre_3_6)."""


class Kept(NamedTuple):
    """Values of single replications, for everything; the fields are names of measures."""

    cost_per_year: Floats  # [shape (n_replications,)] Amounts [DKK/year]
    public_cost_per_year: Floats
    later_cost_per_year: Floats
    admitted_per_year: Floats  # [shape (n_replications,)] Women [women/year]
    stays_completed_per_year: Floats


KEPT_COLUMNS = [MEASURE_NUMBER[name] for name in Kept._fields]


class Finding(NamedTuple):
    """What a design costs against the chosen one."""

    cost_per_extra_admission: RatioEstimate  # further cost of places for each further woman admitted [DKK]
    public_cost_per_extra_admission: RatioEstimate  # the same with care outside places and later consequences [DKK]
    break_even_completion: BreakEven  # completion probability after a completed stay from which it pays for itself
    break_even_completion_estimate: RatioEstimate  # the same with its interval, not held to what a probability can be
    break_even_horizon: BreakEven  # years


def find(design: Kept, against: Kept, scenario: Scenario) -> Finding:
    """Compare what two designs cost and whom they admit, replication by replication."""
    prices = prices_of(scenario.economics)
    sooner = (design.public_cost_per_year - design.later_cost_per_year) - (
        against.public_cost_per_year - against.later_cost_per_year
    )
    completion, estimate = break_even_completion(
        sooner,
        design.stays_completed_per_year - against.stays_completed_per_year,
        saving=prices.later_not_completed - prices.later_completed,
        otherwise=scenario.economics.completion.otherwise,
    )
    extra_cost, further_cost = (
        cost_per_extra_admission(
            getattr(design, cost),
            design.admitted_per_year,
            cost_against=getattr(against, cost),
            admitted_against=against.admitted_per_year,
        )
        for cost in ("cost_per_year", "public_cost_per_year")
    )
    horizon = break_even_horizon(
        float(sooner.mean()),
        float((against.later_cost_per_year - design.later_cost_per_year).mean()),
        rate=scenario.economics.discount_rate,
        before_birth_years=BEFORE_BIRTH_YEARS,
    )
    return Finding(extra_cost, further_cost, completion, estimate, horizon)


def occupancy_that_pays(design: BuiltDesign, scenario: Scenario) -> BreakEven | None:
    """Find the occupancy from which a design's own places cost no more than places bought elsewhere."""
    places = float(design.plan.opening_places.sum()) / max(len(design.pools), 1)
    if places == 0:
        return None
    prices = prices_of(scenario.economics)
    return break_even_occupancy(prices.parts, places=places, price_a_day=prices.external / DAYS_PER_YEAR)
