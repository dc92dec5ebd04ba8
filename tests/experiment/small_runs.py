"""Scenarios small enough to be run many times, and their values replication by replication."""

from typing import Any

from sim.design import build_designs
from sim.experiment import ENGINES, play_block
from sim.measures import join
from sim.scenario import Scenario, scenario_from

ENGINE = next(iter(ENGINES))
PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
SMALL: dict[str, Any] = {
    "name": "small",
    "horizon_years": 2,
    "replications": 60,
    "seed": 7,
    "designs": [
        {"name": "regional", "kind": "regional", "places": PLACES},
        {"name": "shared", "kind": "shared", "places": PLACES},
        {"name": "as-today", "kind": "external", "financing": "municipal"},
    ],
}


def small(**words: Any) -> Scenario:
    return scenario_from(SMALL | words)


def values_of(scenario: Scenario, n_replications: int) -> list[Any]:
    """Values of each design, of shape (scopes, measures, replications)."""
    designs = build_designs(scenario)
    blocks = [
        play_block(scenario, designs, block=block, n_replications=min(50, n_replications - start), engine=ENGINE)
        for block, start in enumerate(range(0, n_replications, 50))
    ]
    return [join(list(parts)).values for parts in zip(*blocks, strict=True)]
