"""Estimates: one number of a comparison, with its interval and spread, and whether more of it is better.

Takes results. Gives single numbers as they stand there. Leaves out how they are written.
"""

import math
from typing import NamedTuple

from sim.experiment import Comparison
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.measures import Scope, is_direction_sure, is_same_everywhere

UNIT_OF = {measure.name: measure.unit for measure in ALL_MEASURES}
"""Unit of each measure, as in results."""

BETTER = {
    "offered_share": 1,
    "accepted_per_year": 1,
    "accepted_share": 1,
    "admitted_per_year": 1,
    "admitted_share_of_referred": 1,
    "admitted_share_of_accepted": 1,
    "admitted_before_birth_share": 1,
    "admitted_within_7_days": 1,
    "admitted_within_14_days": 1,
    "admitted_within_30_days": 1,
    "wait_days_mean": -1,
    "wait_days_median": -1,
    "wait_days_p90": -1,
    "refused_share": -1,
    "gave_up_per_year": -1,
    "birth_before_place_per_year": -1,
    "week_at_admission_mean": -1,
    "exposure_days_per_year": -1,
    "completed_per_year": 1,
    "left_early_share": -1,
    "travel_minutes_mean": -1,
    "travel_minutes_p90": -1,
    "travel_over_60_share": -1,
    "travel_over_90_share": -1,
    "travel_over_120_share": -1,
    "admissions_per_pool_year": 1,
    "below_minimum_volume_share": -1,
    "cost_per_admitted": -1,
    "cost_per_completed": -1,
    "cost_per_occupied_day": -1,
    "stays_completed_per_year": 1,
    "treatment_completed_share": 1,
    "public_cost_per_year": -1,
    "public_cost_per_woman": -1,
}
"""Whether more of a measure is better (1) or worse (-1). Where it depends on whom one asks, there is nothing: a high
occupancy is good use and a long wait, and a low cost of places may mean that few get in."""


class Estimate(NamedTuple):
    """What is known of one number."""

    n: int  # replications that have a value
    mean: float  # mean and its 95 % confidence interval
    low: float
    high: float
    p05: float  # nine of ten replications lie between these
    p95: float

    @property
    def is_sure(self) -> bool:
        """Of a difference, whether its direction is sure."""
        return is_direction_sure(self.n, self.mean, self.low, self.high)

    @property
    def is_same(self) -> bool:
        """Of a difference, whether there is none in any replication."""
        return is_same_everywhere(self.n, self.mean, self.low)


NO_ESTIMATE = Estimate(0, *[math.nan] * 5)
"""Of what has not been measured."""


def estimate_of(comparison: Comparison, measure: str, *, by: str = "all", key: str = "") -> Estimate:
    """Find one estimate."""
    scope = Scope(by, key)
    if scope not in comparison.scopes:
        return NO_ESTIMATE
    place = comparison.scopes.index(scope), MEASURE_NUMBER[measure]
    return Estimate(*(values[place].item() for values in comparison.estimates))
