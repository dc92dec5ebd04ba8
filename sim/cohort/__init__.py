"""Demand: the women, drawn completely before any design is played.

Takes a scenario and the number of a block of replications. Gives a `Cohort`: arrays of women with everything drawn
about them, in days on an exact grid; those who are there on the opening day first. Leaves out what depends on a
design: pools, willing lists, admission.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.cohort.acceptance import acceptance_law, acceptance_probability
from sim.cohort.clock import DAYS_PER_WEEK, DAYS_PER_YEAR, anniversary, day_of, on_grid, year_index, year_starts
from sim.cohort.journeys import scenario_minutes
from sim.cohort.streams import REPLICATIONS_PER_BLOCK
from sim.cohort.women import ALONE, HOUSEHOLDS, WITH_CHILDREN, WITH_PARTNER, Cohort, residents_of

if TYPE_CHECKING:
    from sim.cohort.draw import Referred, describe_women, draw_cohort, draw_order_marks, draw_referred
    from sim.cohort.distributions import quantile
    from sim.cohort.home import municipal_shares
    from sim.cohort.need import Funnel, funnel_of
    from sim.cohort.rules import streams_in_use
    from sim.cohort.today import with_women_of_today

_COMPILED = {
    **dict.fromkeys(("Referred", "describe_women", "draw_cohort", "draw_order_marks", "draw_referred"), "draw"),
    **dict.fromkeys(("Funnel", "funnel_of"), "need"),
    "municipal_shares": "home",
    "quantile": "distributions",
    "streams_in_use": "rules",
    "with_women_of_today": "today",
}
"""Modules that need compiled code, by what they give: whoever only checks a scenario does not wait for them."""


def __getattr__(name: str) -> Any:
    if name not in _COMPILED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_COMPILED[name]}"), name)


__all__ = [
    "ALONE",
    "DAYS_PER_WEEK",
    "DAYS_PER_YEAR",
    "HOUSEHOLDS",
    "REPLICATIONS_PER_BLOCK",
    "WITH_CHILDREN",
    "WITH_PARTNER",
    "Cohort",
    "Funnel",
    "Referred",
    "acceptance_law",
    "acceptance_probability",
    "anniversary",
    "day_of",
    "describe_women",
    "draw_cohort",
    "draw_order_marks",
    "draw_referred",
    "funnel_of",
    "municipal_shares",
    "on_grid",
    "quantile",
    "residents_of",
    "scenario_minutes",
    "streams_in_use",
    "with_women_of_today",
    "year_index",
    "year_starts",
]
