"""The search finds what going through all allocations finds."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import fewest_of_all, small_scenario

from sim.experiment import Memory
from sim.scenario import Scenario
from sim.sizing.search import Rough, TriedPlaces, climb, descend, fewest
from sim.sizing.target import read_target
from sim.sizing.textbook import erlang_b
from sim.sizing.trials import Trials
from sim.sizing.units import Allocation

N = 50


def trials_of(scenario: Scenario, target: str = "admitted_within_14_days >= 0.85") -> Trials:
    return Trials(scenario, scenario.designs[0], read_target(target), Memory(), cores=1)


@pytest.mark.law
@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0.1, 4), min_size=2, max_size=3), st.floats(0.5, 0.97))
def test_units_apart_by_table_are_the_best_there_is(loads: list[float], share: float) -> None:
    """Erlang's B in each unit."""

    def margin(places: Allocation) -> float:
        served = sum(load * (1 - erlang_b(n, load)) for n, load in zip(places, loads, strict=True))
        return served - share * sum(loads)

    least = (0,) * len(loads)
    found = fewest(margin, TriedPlaces(least, (30,) * len(loads)), is_separate=True)
    by_hand = fewest_of_all(margin, least, 24)
    assert found is not None
    assert by_hand is not None
    assert (sum(found), margin(found)) == (by_hand[0], pytest.approx(by_hand[1]))


@pytest.mark.law
@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0.1, 4), min_size=2, max_size=3), st.floats(0.5, 0.97), st.floats(0, 0.9))
def test_units_that_help_each_other_by_steps_are_the_best_there_is(
    loads: list[float], share: float, helped: float
) -> None:
    """Whom one unit refuses may get in by what all units have beyond their own load."""
    everything = sum(loads)

    def margin(places: Allocation) -> float:
        refused = sum(load * erlang_b(n, load) for n, load in zip(places, loads, strict=True))
        refused *= 1 - helped * (1 - erlang_b(sum(places), everything))
        return (1 - share) * everything - refused

    least = (0,) * len(loads)
    found = fewest(margin, TriedPlaces(least, (30,) * len(loads)), is_separate=False)
    by_hand = fewest_of_all(margin, least, 24)
    assert found is not None
    assert by_hand is not None
    assert (sum(found), margin(found)) == (by_hand[0], pytest.approx(by_hand[1]))


@pytest.mark.unit
@pytest.mark.parametrize("kind", ["regional", "shared", "national", "local", "pools"])
def test_on_the_simulation_itself_it_finds_the_best_of_all_allocations(kind: str) -> None:
    by_region = {"places": {"hovedstaden": 2, "sjaelland": 1, "syddanmark": 2, "midtjylland": 0, "nordjylland": 0}}
    words = {
        "regional": by_region,
        "shared": by_region,
        "national": {"sites": ["ODE", "AAR"], "places": {"ODE": 2, "AAR": 2}},
        "local": {"sites": ["ODE", "AAR", "HVI"], "places": 2},
        "pools": {
            "pools": [
                {"id": "east", "site": "HVI", "places": 1, "serves": ["hovedstaden", "sjaelland"]},
                {"id": "both", "site": "ODE", "places": 1},
            ]
        },
    }[kind]
    trials = trials_of(small_scenario({"name": "a", "kind": kind, **words}))
    margin = cache(lambda places: trials.margin(places, N))
    least = trials.least()
    assert trials.is_separate == (kind in ("regional", "local"))
    assert trials.has_a_region_a_unit == (kind == "regional")
    found = fewest(
        margin,
        TriedPlaces(least, trials.most()),
        is_separate=trials.is_separate,
        by_unit=(lambda places: trials.unit_margins(places, N)) if trials.has_a_region_a_unit else None,
        rough=Rough(margin, trials.half_full()),
    )
    by_hand = fewest_of_all(margin, least, 22)
    assert found is not None
    assert by_hand is not None
    assert (sum(found), margin(found)) == (by_hand[0], pytest.approx(by_hand[1]))


@pytest.mark.unit
def test_a_target_that_no_number_meets_is_told() -> None:
    def margin(places: Allocation) -> float:
        return min(sum(places), 10) - 11.0

    for is_separate in (True, False):
        assert fewest(margin, TriedPlaces((1, 1), (50, 50)), is_separate=is_separate) is None


@pytest.mark.unit
def test_up_and_down_a_place_at_a_time() -> None:
    def margin(places: Allocation) -> float:
        return sum(weight * (1 - 0.5**n) for weight, n in zip((4, 1), places, strict=True))

    assert list(climb(margin, (0, 0), (3, 2)))[:2] == [(1, 0), (2, 0)]
    assert [sum(own) for own in climb(margin, (0, 0), (3, 2))] == [1, 2, 3, 4, 5]
    assert [sum(own) for own in descend(margin, (3, 2), (0, 1))] == [4, 3, 2, 1]
