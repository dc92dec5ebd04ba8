"""A scenario played once, small enough for every test, and billed under whatever financing."""

from functools import lru_cache
from typing import Any, NamedTuple

from sim.cohort import Cohort, draw_cohort
from sim.design import BuiltDesign, build_designs
from sim.economics import Money, money_tallies
from sim.engine import Ledger
from sim.experiment import ENGINES
from sim.experiment.play import order_marks
from sim.financing import Bills, bill_design
from sim.measures import Tallies, tally
from sim.scenario import Scenario, scenario_from

N_REPLICATIONS = 4
PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
WORDS: dict[str, Any] = {
    "name": "billed",
    "horizon_years": 4,
    "measure_from_year": 2,
    "seed": 5,
    "acceptance": {"base": 0.7},
    "demand": {"offered_share": 0.9},  # the same women under every financing
    "designs": [
        {"name": "regional", "kind": "regional", "places": PLACES, "external": {"after_days": 20}},
        {"name": "shared", "kind": "shared", "places": PLACES},
        {
            "name": "flexible",
            "kind": "regional",
            "places": PLACES,
            "flexible": {"max_places": {region: places + 2 for region, places in PLACES.items()}},
        },
        {"name": "bought", "kind": "external"},
        {"name": "nothing", "kind": "none"},
    ],
}


class Billed(NamedTuple):
    """A design played, costed and billed."""

    scenario: Scenario
    design: BuiltDesign
    cohort: Cohort
    ledger: Ledger
    tallies: Tallies
    money: Money
    bills: Bills


def scenario_with(**economics: Any) -> Scenario:
    return scenario_from(WORDS | {"economics": economics})


@lru_cache(maxsize=1)
def played() -> tuple[Any, ...]:
    """Each design with its women, ledger and tallies."""
    scenario = scenario_with()
    block = draw_cohort(scenario, 0)
    women = block.replications(0, N_REPLICATIONS)
    found = []
    for design in build_designs(scenario):
        marks = order_marks(design, block, scenario, block=0)[:, :, :N_REPLICATIONS]
        ledger = ENGINES["reference"](design.plan, design.meet(women), marks)
        found.append((design.name, women, ledger, tally(ledger, women, design, scenario)))
    return tuple(found)


def bill_all(**economics: Any) -> dict[str, Billed]:
    """The same plays, paid for otherwise."""
    scenario = scenario_with(**economics)
    billed = {}
    for design, (name, women, ledger, tallies) in zip(build_designs(scenario), played(), strict=True):
        money = money_tallies(ledger, women, design, scenario, tallies)
        bills = bill_design(ledger, women, design, scenario, tallies=tallies, money=money)
        billed[name] = Billed(scenario, design, women, ledger, tallies, money, bills)
    return billed
