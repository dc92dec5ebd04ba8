"""What the play came to: from ledgers to measures with intervals.

Takes ledgers. Gives, for everything and by region, year and pool, the value of each measure in each replication, and
over replications the mean, its 95 % confidence interval and the 5-95 % spread. Leaves out money: that is economics.
"""

from sim.measures.count_kernel import PLACE_TALLIES
from sim.measures.definitions import LESS, MEASURES, MORE, Measure
from sim.measures.homes import HOME_MEASURES, home_parts
from sim.measures.intervals import ends_of, is_direction_sure, is_same_everywhere
from sim.measures.parts import Parts, join
from sim.measures.statistics import (
    Difference,
    Estimates,
    Gathering,
    Summary,
    Together,
    estimate_difference,
    summarise,
    summarise_together,
)
from sim.measures.tallies import Tallies, by_name, tally
from sim.measures.values import (
    EXTERNAL,
    Scope,
    Sums,
    measure_parts,
    scope_sums,
    scopes_of,
    sum_places,
    sum_women,
)
from sim.measures.worst_off import WorstOff, WorstOffDifference

__all__ = [
    "EXTERNAL",
    "HOME_MEASURES",
    "LESS",
    "MEASURES",
    "MORE",
    "PLACE_TALLIES",
    "Difference",
    "Estimates",
    "Gathering",
    "Measure",
    "Parts",
    "Scope",
    "Summary",
    "Sums",
    "Tallies",
    "Together",
    "WorstOff",
    "WorstOffDifference",
    "by_name",
    "ends_of",
    "estimate_difference",
    "home_parts",
    "is_direction_sure",
    "is_same_everywhere",
    "join",
    "measure_parts",
    "scope_sums",
    "scopes_of",
    "sum_places",
    "sum_women",
    "summarise",
    "summarise_together",
    "tally",
]
