"""One unit costed from days written by hand, with years of 365.25 days, which keep the arithmetic short."""

from typing import Any

import numpy as np

from sim.design import BuiltDesign, build_designs
from sim.economics import prices_of
from sim.economics.cost_kernel import RUNNING_MONEY
from sim.economics.running import running_tallies
from sim.measures import PLACE_TALLIES, by_name
from sim.scenario import Scenario, scenario_from

YEAR = 365.25
WITHOUT_STARTUP = {"startup_months": 0}
BY_HAND = {"place_price": 1000.0, "capital": {"per_place": 0}}
FULL = 1000 * 0.85 / (0.7 + 0.3 * 0.85)
"""A full place a day, at the prices of `BY_HAND`. A unit costs 0.7 x 0.3 x 6 of it, an open place 0.49, an occupied
0.3 on top; the staff of an open place 0.7, and a post 0.28."""


def unit_of(
    years: int = 2, *, places: int = 6, flexible: Any = None, plan: Any = (), **economics: Any
) -> tuple[Scenario, BuiltDesign]:
    """A unit, by default of six places."""
    pool = {"id": "unit", "site": "AAR", "places": places, "plan": list(plan)}
    pool |= {"flexible": flexible} if flexible else {}
    scenario = scenario_from(
        {
            "name": "one-unit",
            "horizon_years": years,
            "designs": [{"name": "one", "kind": "pools", "pools": [pool]}],
            "economics": economics,
        }
    )
    (design,) = build_designs(scenario)
    return scenario, design._replace(plan=design.plan._replace(year_starts=np.arange(years + 1) * YEAR))


def costs_of(scenario: Scenario, design: BuiltDesign, *, missing_post_days: Any = 0.0, **days: Any) -> Any:
    """Costs of one pool, given its days by year in place of a ledger."""
    cells = np.zeros((1, 1, scenario.horizon_years, len(PLACE_TALLIES)))
    for name, own in days.items():
        cells[0, 0, :, PLACE_TALLIES.index(name)] = own
    missing = np.zeros(cells.shape[:3]) + missing_post_days
    return by_name(RUNNING_MONEY, running_tallies(cells, missing, design, scenario, prices_of(scenario.economics)))


def parts_of(costs: Any) -> dict[str, list[float]]:
    """Parts of the cost that are not nothing, year by year [DKK]."""
    parts = {name.removeprefix("running_"): own.ravel() / 100 for name, own in costs.items()}
    return {
        name: own.tolist()
        for name, own in parts.items()
        if own.any() and not name.startswith("cost") and name != "staff_years"
    }
