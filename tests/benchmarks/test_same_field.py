"""Sizing: proportions by largest remainder, the fewest that give the access, the most that the budget pays for."""

import pytest

from benchmarks.same_field import fewest, resized, same_fields, shared_out, units_of
from sim.experiment import run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import Scenario, in_field, read_scenario, scenario_text

TEXT = """\
name: sized
horizon_years: 2
replications: 20
designs:
  - {name: regional, kind: regional}
  - {name: as-today, kind: external}
  - {name: two, kind: pools, pools: [{id: a, site: AAR, places: 9}, {id: b, site: HVI, places: 9}]}
"""


@pytest.mark.unit
def test_places_are_shared_out_by_largest_remainder() -> None:
    assert shared_out(27, [9, 4, 5, 6, 3]) == [9, 4, 5, 6, 3]
    assert shared_out(14, [9, 4, 5, 6, 3]) == [5, 2, 3, 3, 1]
    assert shared_out(0, [9, 4]) == [0, 0]
    assert sum(shared_out(22, [1, 1, 1])) == 22


@pytest.mark.unit
def test_flexible_units_keep_the_proportion_of_fixed_and_most() -> None:
    assert resized({"a": (6, 12), "b": (3, 6)}, 12) == {"a": (4, 8), "b": (2, 4)}
    assert resized({"a": (0, 6), "b": (0, 3)}, 6) == {"a": (0, 4), "b": (0, 2)}


@pytest.mark.unit
def test_the_lowest_number_from_which_something_holds() -> None:
    assert [fewest(lambda n, first=first: n >= first, 10) for first in (0, 1, 7, 10, 11)] == [0, 1, 7, 10, None]


@pytest.mark.unit
def test_units_whose_places_grow_by_a_plan_are_not_sized() -> None:
    pool = {"id": "a", "places": 3}
    assert units_of({"pools": [pool]}) == {"a": (3, 3)}
    assert units_of({"pools": [pool | {"plan": [{"on": "2030-01-01", "places": 5}]}]}) == {}
    assert units_of({"kind": "external"}) == {}


def measured(scenario: Scenario, design: str, measure: str) -> float:
    return float(run_experiment(scenario).designs[design].estimates.mean[0, MEASURE_NUMBER[measure]])


@pytest.mark.unit
def test_sized_designs_just_meet_the_target_and_just_keep_to_the_budget() -> None:
    text, told = same_fields(read_scenario(TEXT), access=0.7, of="admitted_within_14_days", budget=30e6)
    sized = read_scenario(f"{TEXT}{text}\n")
    assert scenario_text(sized)
    assert [line for line in told if "as-today" in line] == told
    assert len(told) == 2
    for design in ("regional", "two"):
        assert measured(in_field(sized, "access"), design, "admitted_within_14_days") >= 0.7
        assert 27e6 < measured(in_field(sized, "budget"), design, "cost_per_year") <= 30e6
