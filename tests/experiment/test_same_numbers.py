"""The same numbers to the last digit: from both engines, on any number of cores, remembered or fresh."""

import json

import pytest

from sim.experiment import Memory, cores, run_experiment
from sim.experiment.memory import Keys
from sim.scenario import Scenario, load_scenario, ready_scenarios, with_values

READY = ready_scenarios()


def numbers(scenario: Scenario, **how: object) -> str:
    found = run_experiment(scenario, **how).as_json()
    found.pop("engine")
    return json.dumps(found)


def ready(name: str, **changes: object) -> Scenario:
    return with_values(load_scenario(READY[name]), {"replications": 3, **changes})


@pytest.mark.parity
@pytest.mark.parametrize("name", sorted(READY))
def test_both_engines_agree_on_every_ready_scenario(name: str) -> None:
    scenario = ready(name)
    assert numbers(scenario, engine="kernel") == numbers(scenario, engine="reference")


@pytest.mark.parity
@pytest.mark.parametrize("ahead", [1, 2, 7])
@pytest.mark.parametrize("n_cores", [2, 3, 5])
def test_cores_and_pieces_ahead_change_nothing(n_cores: int, ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = ready("today-regions", replications=320, horizon_years=3)
    alone = numbers(scenario, cores=1)
    monkeypatch.setattr(cores, "AHEAD_PER_CORE", ahead)
    assert numbers(scenario, cores=n_cores) == alone


CHANGES = {
    "places": {"designs.regional.places.nordjylland": 4},
    "need": {"demand.need_per_year": 140},
    "awareness": {"demand.awareness.start": 0.7},
    "found": {"demand.found_share": 0.8},
    "offered": {"demand.offered_share.state": 0.8},
    "homes": {"demand.regional_shares": "population"},
    "gestation": {"demand.gestation_at_referral_weeks.normal.mean": 20},
    "acceptance": {"acceptance.base": 0.5},
    "travel": {"travel.detour": 1.3},
    "patience": {"waiting.patience_days": {"exponential": {"mean": 80}}},
    "past_birth": {"waiting.past_birth_share": 0.9},
    "stay": {"stay.days": {"constant": {"value": 200}}},
    "anchor": {"stay.anchor": "admission"},
    "prices": {"economics.coordinated_share": 0.3},
    "discount": {"economics.discount_rate": 0.01},
    "seed": {"seed": 5},
    "horizon": {"horizon_years": 4},
    "measured": {"measure_from_year": 2},
    "against": {"measures.against": "shared"},
    "minimum": {"measures.minimum_volume": 4},
    "start": {"start": "2028-01-01"},
    "replications": {"replications": 70},
}


@pytest.mark.parity
@pytest.mark.parametrize("view", [None, "need_dr_2023_70_80", "visited_res_2019"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_remembered_is_what_would_be_played(change: str, view: str | None) -> None:
    scenario = ready("today-regions", replications=60, horizon_years=3)
    scenario = with_values(scenario, {"demand.need_per_year": 75} if view is None else {"demand.view": view})
    memory = Memory()
    numbers(scenario, memory=memory)
    changed = with_values(scenario, CHANGES[change])
    assert numbers(changed, memory=memory) == numbers(changed)
    assert numbers(scenario, memory=memory) == numbers(scenario)


@pytest.mark.unit
@pytest.mark.parametrize(("view", "is_redrawn"), [("need_dr_2023_70_80", False), ("visited_res_2019", True)])
def test_acceptance_draws_other_women_only_if_the_need_is_worked_out_from_it(view: str, is_redrawn: bool) -> None:
    scenario = ready("today-regions", **{"demand.view": view})
    moved = with_values(scenario, CHANGES["acceptance"])
    assert (Keys(moved).referred != Keys(scenario).referred) is is_redrawn
    assert (Keys(moved).cohort != Keys(scenario).cohort) is is_redrawn
    assert Keys(moved).designs[0] != Keys(scenario).designs[0]


@pytest.mark.unit
def test_memory_forgets_what_was_used_longest_ago() -> None:
    scenario = ready("today-regions", replications=50, horizon_years=3)
    one_run = Memory()
    run_experiment(scenario, memory=one_run)
    small = Memory(most_bytes=one_run.n_bytes // 2)
    assert numbers(scenario, memory=small) == numbers(scenario)
    assert 0 < small.n_bytes <= one_run.n_bytes // 2
