"""Scenarios played and costed, small enough for every test."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sim.cohort import Cohort, draw_cohort
from sim.design import BuiltDesign, build_designs
from sim.economics import Money, money_tallies
from sim.engine import Ledger
from sim.experiment import ENGINES
from sim.experiment.play import order_marks
from sim.measures import Tallies, tally
from sim.scenario import Scenario, scenario_from

N_REPLICATIONS = 4
PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
DESIGNS = (
    {"name": "fixed", "kind": "shared", "places": PLACES, "financing": {"municipality": 0.3, "state": 0.7}},
    {
        "name": "flexible",
        "kind": "regional",
        "places": PLACES,
        "flexible": {"max_places": {region: places + 3 for region, places in PLACES.items()}},
        "external": {"after_days": 20},
        "financing": "regional",
    },
    {"name": "as-today", "kind": "external", "financing": "municipal"},
    {
        "name": "released",
        "kind": "regional",
        "places": {**dict.fromkeys(PLACES, 0), "midtjylland": 2},
        "flexible": {"max_places": PLACES, "staffing": "released", "failure_probability": 0.2},
        "external": {"after_days": 30, "price": 3000, "financing": {"municipality": 0.5, "region": 0.5}},
        "financing": "state",
    },
    {"name": "nothing", "kind": "none"},
)

Designs = tuple[dict[str, Any], ...]


class Costed(NamedTuple):
    """A design played and costed."""

    scenario: Scenario
    design: BuiltDesign
    cohort: Cohort
    ledger: Ledger
    tallies: Tallies
    money: Money


def scenario_with(designs: Designs = DESIGNS, **economics: Any) -> Scenario:
    return scenario_from(
        {
            "name": "costed",
            "horizon_years": 3,
            "seed": 5,
            "acceptance": {"base": 0.7},
            "designs": list(designs),
            "economics": economics,
        }
    )


@lru_cache(maxsize=1)
def played() -> tuple[Any, ...]:
    """Each of the usual designs with its women, ledger and tallies."""
    return tuple(play(DESIGNS))


def play(designs: Designs) -> Iterator[Any]:
    """Each design with its women, ledger and tallies."""
    scenario = scenario_with(designs)
    block = draw_cohort(scenario, 0)
    for design in build_designs(scenario):
        women = design.meet(block.replications(0, N_REPLICATIONS))
        marks = order_marks(design, block, scenario, block=0)[:, :, :N_REPLICATIONS]
        ledger = ENGINES["reference"](design.plan, women, marks)
        yield design, women, ledger, tally(ledger, women, design, scenario)


def cost_all(designs: Designs = DESIGNS, **economics: Any) -> list[Costed]:
    """The same plays under other economics; what is offered does not change."""
    scenario = scenario_with(designs, **economics)
    costed = []
    for design, women, ledger, tallies in played() if designs is DESIGNS else play(designs):
        money = money_tallies(ledger, women, design, scenario, tallies)
        costed.append(Costed(scenario, design, women, ledger, tallies, money))
    return costed
