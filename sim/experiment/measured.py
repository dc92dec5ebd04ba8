"""All that is measured of a design: what happened, and what it cost."""

import numpy as np

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.economics import ALL_MONEY, MONEY_MEASURES, WithoutPlaces, money_sums, money_tallies
from sim.engine import Ledger
from sim.measures import MEASURES, Measure, Parts, measure_parts, scope_sums, tally
from sim.scenario import Scenario

STAFF_MEASURES = (
    Measure("women_per_post", "women/post", "occupied_place_days", "staff_years", "places", scale=1.0 / DAYS_PER_YEAR),
)
"""Of what happened and what it took."""

ALL_MEASURES = (*MEASURES, *MONEY_MEASURES, *STAFF_MEASURES)
"""All measures, in the order of their columns."""

IS_SHARE = np.array([measure.unit == "share" for measure in ALL_MEASURES])
"""Which of them cannot be above 1."""

HEADLINES = tuple(
    measure.name for measure in sorted(ALL_MEASURES, key=lambda measure: measure.headline) if measure.headline
)
"""What a steering group asks first, in its order."""

MEASURE_NUMBER = {measure.name: number for number, measure in enumerate(ALL_MEASURES)}


def measure_design(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, *, without: WithoutPlaces
) -> Parts:
    """Measure what happened to a cohort under a design."""
    tallies = tally(ledger, cohort, design, scenario)
    money = money_tallies(ledger, cohort, design, scenario, tallies, without=without)
    sums = scope_sums(tallies, design, scenario, more=ALL_MONEY)
    money_sums(money, sums, design, scenario)
    return measure_parts(ALL_MEASURES, sums, tallies.quantiles, design)
