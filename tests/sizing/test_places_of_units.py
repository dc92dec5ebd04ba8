"""Units of a design, and the design with other numbers of places."""

import pytest
from small_cases import small_scenario

from sim.design import build_designs
from sim.scenario import scenario_from, scenario_values
from sim.sizing.units import units_of, with_places

pytestmark = pytest.mark.unit

FLEXIBLE = {
    "name": "flexible",
    "kind": "regional",
    "places": {"hovedstaden": 2, "sjaelland": 1, "syddanmark": 1, "midtjylland": 0, "nordjylland": 0},
    "flexible": {"max_places": {"hovedstaden": 5, "sjaelland": 1, "syddanmark": 2, "midtjylland": 2}},
}


def test_units_are_what_a_design_counts_places_by() -> None:
    scenario = small_scenario(
        {"name": "a", "kind": "regional", "sites": {"hovedstaden": ["HVI", "RHO"]}},
        {"name": "b", "kind": "national", "sites": ["ODE", "AAR"], "places": {"ODE": 2, "AAR": 0}},
        {"name": "c", "kind": "pilot"},
        {"name": "d", "kind": "external"},
        {"name": "e", "kind": "pools", "pools": [{"id": "one", "site": "AAR"}]},
    )
    names = {design.name: [unit.name for unit in units_of(design, scenario)] for design in scenario.designs}
    assert names == {
        "a": ["hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"],
        "b": ["ODE"],
        "c": ["midtjylland"],
        "d": [],
        "e": ["one"],
    }
    assert units_of(scenario.designs[0], scenario)[0].least == 2


def test_the_most_places_follow_the_fixed_ones_in_proportion() -> None:
    scenario = small_scenario(FLEXIBLE)
    units = units_of(scenario.designs[0], scenario)
    assert [unit.name for unit in units] == ["hovedstaden", "sjaelland", "syddanmark", "midtjylland"]
    design = with_places(scenario.designs[0], units, (4, 3, 2, 3))
    values = scenario_values(scenario.model_copy(update={"designs": (design,)}))
    (own,) = scenario_from(values, "written").designs
    assert own == design
    (built,) = build_designs(scenario.model_copy(update={"designs": (design,)}))
    assert {pool.id: pool.places for pool in built.pools} == {
        "hovedstaden": 4, "sjaelland": 3, "syddanmark": 2, "midtjylland": 0,
    }  # fmt: skip
    assert {pool.id: pool.flexible.max_places for pool in built.pools if pool.flexible} == {
        "hovedstaden": 10, "sjaelland": 3, "syddanmark": 4, "midtjylland": 3,
    }  # fmt: skip


def test_a_plan_is_sized_by_its_last_number() -> None:
    steps = [{"on": "2028-01-01", "places": 3}, {"on": "2029-01-01", "places": 5}]
    pool = {"id": "one", "site": "AAR", "places": 2, "plan": steps}
    scenario = small_scenario({"name": "a", "kind": "pools", "pools": [pool]})
    units = units_of(scenario.designs[0], scenario)
    for n, expected in ((2, [2, 2, 2]), (4, [2, 3, 4]), (7, [2, 3, 7])):
        (own,) = with_places(scenario.designs[0], units, (n,)).pools
        assert [own.places, *(step.places for step in own.plan)] == expected
