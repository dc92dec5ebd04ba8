"""Money: what places and courses cost, and who pays.

Takes a ledger, its tallies and the economics of a scenario. Gives money tallies in whole øre, so that payers, pools and
years add up exactly; measures of them; what one more woman admitted costs; where a design pays for itself; and the
published course analysis, reproduced. Leaves out intervals and comparisons of single measures: those are made by
`sim.experiment` as for all other measures.
"""

from sim.economics.break_even import (
    BreakEven,
    break_even_completion,
    break_even_horizon,
    break_even_occupancy,
)
from sim.economics.cost_kernel import RUNNING_PARTS
from sim.economics.courses import PUBLISHED_ECONOMICS, CareCourse, cost_courses
from sim.economics.definitions import MONEY_MEASURES
from sim.economics.money import ALL_MONEY, Money, derived_sums, money_sums, money_tallies
from sim.economics.prices import PlaceParts, Prices, price_factor, prices_of
from sim.economics.ratios import RatioEstimate, cost_per_extra_admission, fieller_ratio
from sim.economics.without_places import WithoutPlaces, without_places

__all__ = [
    "ALL_MONEY",
    "MONEY_MEASURES",
    "PUBLISHED_ECONOMICS",
    "RUNNING_PARTS",
    "BreakEven",
    "CareCourse",
    "Money",
    "PlaceParts",
    "Prices",
    "RatioEstimate",
    "WithoutPlaces",
    "break_even_completion",
    "break_even_horizon",
    "break_even_occupancy",
    "cost_courses",
    "cost_per_extra_admission",
    "derived_sums",
    "fieller_ratio",
    "money_sums",
    "money_tallies",
    "price_factor",
    "prices_of",
    "without_places",
]
