"""What is measured in money: one row a measure, as in `sim.measures`."""

from sim.economics.cost_kernel import RUNNING_PARTS
from sim.economics.ore import ORE_PER_KRONE
from sim.measures import LESS, MORE, Measure
from sim.scenario import PAYERS

_KRONER = 1.0 / ORE_PER_KRONE

MONEY_MEASURES: tuple[Measure, ...] = (
    Measure("cost_per_year", "DKK/year", "place_cost", "years", "admitted", scale=_KRONER, headline=7),
    *(
        Measure(f"cost_{payer}", "DKK/year", f"place_cost_{payer}", "years", "admitted", scale=_KRONER)
        for payer in PAYERS
    ),
    *(
        Measure(f"cost_{part}_per_year", "DKK/year", f"running_{part}", "years", "places", scale=_KRONER)
        for part in RUNNING_PARTS
    ),
    Measure(
        "cost_per_admitted", "DKK", "place_cost", "admitted", "admitted", scale=_KRONER, direction=LESS, headline=8
    ),
    Measure("cost_per_completed", "DKK", "place_cost", "completed", "admitted", scale=_KRONER, direction=LESS),
    Measure("cost_per_occupied_day", "DKK", "place_cost", "used_place_days", "admitted", scale=_KRONER, direction=LESS),
    Measure("staff_years", "posts", "staff_years", "years", "places"),
    Measure("stays_completed_per_year", "women/year", "stays_completed", "years", "women", direction=MORE),
    Measure("treatment_completed_share", "share", "treatment_completed", "births", "women", direction=MORE),
    Measure("course_cost_per_woman", "DKK", "course_cost", "referred", "women", scale=_KRONER),
    Measure("later_cost_per_woman", "DKK", "later_cost", "referred", "women", scale=_KRONER),
    Measure("total_cost_per_woman", "DKK", "woman_cost", "referred", "women", scale=_KRONER),
    Measure("later_cost_per_year", "DKK/year", "later_cost", "years", "women", scale=_KRONER),
    Measure("public_cost_per_year", "DKK/year", "public_cost", "years", "women", scale=_KRONER, direction=LESS),
    *(
        Measure(f"public_cost_{payer}", "DKK/year", f"public_cost_{payer}", "years", "women", scale=_KRONER)
        for payer in PAYERS
    ),
    Measure("public_cost_per_woman", "DKK", "public_cost", "referred", "women", scale=_KRONER, direction=LESS),
)
"""All measures of money, in the order of the documentation."""
