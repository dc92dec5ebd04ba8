"""Estimates: one number of a comparison, with its interval and spread, and whether more of it is better.

Takes results. Gives single numbers as they stand there. Leaves out how they are written.
"""

import math
from typing import NamedTuple

from sim.experiment import Comparison, Results
from sim.experiment.measured import ALL_MEASURES, HEADLINES, MEASURE_NUMBER
from sim.measures import Scope, is_direction_sure, is_same_everywhere

UNIT_OF = {measure.name: measure.unit for measure in ALL_MEASURES}
"""Unit of each measure, as in results."""

ALL_IN_ORDER = (*HEADLINES, *(name for name in UNIT_OF if name not in HEADLINES))
"""Names of all measures: what a steering group asks first, then all else."""

BETTER = {measure.name: measure.direction for measure in ALL_MEASURES if measure.direction}
"""Whether more of a measure is better (1) or worse (-1), where it is either."""


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


def chosen_design(results: Results) -> str:
    """Name the design the others are compared with: ``measures.against``, else the first; empty if there is none."""
    return results.scenario.measures.against or next(iter(results.designs), "")


def compared_designs(results: Results) -> dict[str, str]:
    """List the pairs in ``results.differences`` by the design that is compared with the chosen one, in order."""
    against = chosen_design(results)
    pairs = {name: f"{name} - {against}" for name in results.designs if name != against}
    return {name: pair for name, pair in pairs.items() if pair in results.differences}
