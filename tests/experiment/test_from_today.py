"""Starting from today's women: they fill the places they live in, and are not of the period that is measured."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.cohort import DAYS_PER_YEAR, draw_cohort
from sim.cohort.distributions import probability_below
from sim.design import build_designs
from sim.engine import OUTCOMES
from sim.experiment import Memory, play_design, run_experiment
from sim.looks import save_trace, trace_replication
from sim.looks.over_time import places_over_time
from sim.scenario import (
    Scenario,
    find_scenario,
    load_scenario,
    read_scenario,
    scenario_from,
    scenario_text,
    with_values,
)

FALSE_ALARM = 1e-6

PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 4, "nordjylland": 2}
PREGNANT = {"municipality": "0751", "admitted": "2026-11-12", "site": "AAR", "gestation_week": 20, "household": "alone"}
MOTHER = {
    "municipality": "0851",
    "referred": "2026-08-01",
    "admitted": "2026-08-14",
    "site": "AAL",
    "birth": "2026-10-03",
}
WAITS = {"municipality": "0751", "referred": "2026-12-12", "due": "2027-03-12", "site": "AAR"}
AWAY = {**MOTHER, "site": "elsewhere"}
TODAY = [PREGNANT, PREGNANT, PREGNANT, PREGNANT, MOTHER, MOTHER, AWAY, WAITS, WAITS]

REGIONAL = {"name": "regional", "kind": "regional", "places": PLACES}
FLEXIBLE = {
    "name": "flexible",
    "kind": "regional",
    "places": {**PLACES, "midtjylland": 2},
    "flexible": {"max_places": {"midtjylland": 6}, "close_after_idle_days": 0, "min_open_days": 0},
}
BOUGHT = {"name": "bought", "kind": "external", "external": {"after_days": 30}}
NOTHING = {"name": "nothing", "kind": "none"}


def a_scenario(today: list[dict[str, Any]] = TODAY, **words: Any) -> Scenario:
    values = {
        "name": "today",
        "horizon_years": 2,
        "replications": 60,
        "seed": 11,
        "today": today,
        "designs": [REGIONAL, FLEXIBLE, BOUGHT, NOTHING],
    }
    return scenario_from(values | words)


def measures(scenario: Scenario, design: str = "regional", **options: Any) -> Mapping[tuple[str, str, str], float]:
    rows = run_experiment(scenario, cores=1, **options).rows()
    return {(row.by, row.key, row.measure): row.mean for row in rows if row.design == design}


NO_NEED = {"demand": {"need_per_year": 0}}


# -- what is measured --


@pytest.mark.unit
def test_women_of_today_are_not_of_the_period() -> None:
    found = measures(a_scenario(**NO_NEED))
    everything = {measure: value for (by, _, measure), value in found.items() if by == "all"}
    for name in ("referrals_per_year", "offered_per_year", "accepted_per_year", "admitted_per_year"):
        assert everything[name] == 0
    for name in ("gave_up_per_year", "exposure_days_per_year", "completed_per_year", "later_cost_per_year"):
        assert everything[name] == 0
    assert "wait_days_mean" not in everything
    assert "travel_minutes_mean" not in everything
    assert "total_cost_per_woman" not in everything
    assert everything["occupied_place_years"] > 0.5
    assert found["region", "midtjylland", "all_taken_probability"] > 0.05
    assert everything["cost_occupied_per_year"] > 0


@pytest.mark.law
def test_with_room_for_all_the_others_do_not_notice_them() -> None:
    roomy = {"designs": [{**REGIONAL, "places": dict.fromkeys(PLACES, 60)}]}
    with_them, without = measures(a_scenario(**roomy)), measures(a_scenario([], **roomy))
    of_places = (
        "occup",
        "open_",
        "empty",
        "all_taken",
        "cost",
        "public_",
        "staff",
        "closed",
        "below",
        "admissions_per",
        "women_living_in",
        "women_per_post",
    )
    assert with_them["all", "", "admitted_per_year"] > 10
    for key, value in without.items():
        if not key[2].startswith(of_places) or key[2] in ("total_cost_per_woman", "course_cost_per_woman"):
            assert with_them[key] == value, key
    scenario = a_scenario(**roomy)
    (design,) = build_designs(scenario)
    cohort = draw_cohort(scenario, 0)
    ledger = play_design(design, cohort, scenario, block=0, engine="kernel", n_replications=50)
    is_here = cohort.referral_day < 0
    days = np.fmin(ledger.discharge_day, design.plan.horizon_days) - ledger.admission_day
    lived = np.nansum(np.where(is_here & (ledger.pool < len(design.pools)), days, 0.0)) / 50 / DAYS_PER_YEAR
    first_block = {"replications": 50}
    occupied = [
        measures(with_values(a_scenario(today, **roomy), first_block))["all", "", "occupied_place_years"]
        for today in (TODAY, [])
    ]
    assert occupied[0] - occupied[1] == pytest.approx(lived, rel=1e-9)


@pytest.mark.law
def test_every_woman_of_the_list_is_accounted_for_in_every_design_and_replication() -> None:
    scenario = a_scenario()
    cohort = draw_cohort(scenario, 0)
    is_here = cohort.referral_day < 0
    assert is_here.sum() == 50 * len(TODAY)
    first = np.concatenate([np.arange(start, start + len(TODAY)) for start in cohort.first[:-1]])
    number = {name: OUTCOMES.index(name) for name in OUTCOMES}
    for design in build_designs(scenario):
        ledger = play_design(design, cohort, scenario, block=0, engine="kernel", n_replications=50)
        outcomes = ledger.outcome[first].reshape(50, len(TODAY))
        lives_in = {number[name] for name in ("completed", "left_early", "in_stay")}
        assert set(np.unique(outcomes[:, :7])) <= lives_in
        is_anything_open = design.plan.n_pools > 0 or design.plan.buys_elsewhere
        assert (number["not_offered"] in outcomes) == (not is_anything_open)
        pools = ledger.pool[first].reshape(50, len(TODAY))[:, :7]
        assert (pools == design.plan.resident_pool).all()
        admitted = ledger.admission_day[first].reshape(50, len(TODAY))
        assert (admitted[:, :7] == 0).all()
        assert not (admitted[:, 7:] < 0).any()


@pytest.mark.unit
def test_places_of_women_who_live_elsewhere_cost_what_is_bought() -> None:
    price = 4000.0
    scenario = a_scenario([AWAY], **NO_NEED, economics={"external_price": price}, replications=50)
    found = measures(scenario, "nothing")
    (design,) = [design for design in build_designs(scenario) if design.name == "nothing"]
    ledger = play_design(design, draw_cohort(scenario, 0), scenario, block=0, engine="kernel", n_replications=50)
    days = np.fmin(ledger.discharge_day, design.plan.horizon_days).mean()
    assert found["all", "", "cost_per_year"] == pytest.approx(days * price / 2, rel=1e-6)
    assert found["pool", "external", "cost_per_year"] == found["all", "", "cost_per_year"]


# -- over time --


@pytest.mark.unit
def test_the_first_instant_is_the_list() -> None:
    found = places_over_time(a_scenario(), step_days=7.0)
    regional = found.designs["regional"]
    for series, expected in (
        (regional.living, 6),
        (regional.elsewhere, 1),
        (regional.waiting, 2),
        (regional.pools["midtjylland"].living, 4),
        (regional.pools["nordjylland"].living, 2),
        (regional.pools["midtjylland"].waiting, 2),
        (found.designs["flexible"].pools["midtjylland"].open_places, 4),
        (found.designs["flexible"].pools["midtjylland"].living, 4),
        (found.designs["nothing"].elsewhere, 7),
        (found.designs["bought"].elsewhere, 7),
    ):
        assert [series.mean[0], series.p05[0], series.p95[0]] == [expected] * 3


@pytest.mark.unit
def test_the_days_waited_already_count_toward_a_place_bought_elsewhere() -> None:
    found = places_over_time(a_scenario([WAITS], **NO_NEED), step_days=1.0).designs["bought"]
    # Twenty days waited of thirty: nobody has a place before day 10, and whoever is still there has one on it.
    assert found.elsewhere.mean[9] == 0
    assert found.elsewhere.mean[10] > 0.5
    assert found.waiting.mean[10] == 0


@pytest.mark.theory
def test_without_new_women_they_leave_as_their_stays_tell() -> None:
    # False alarm FALSE_ALARM over all instants: bounds of 6 standard errors, fixed seed.
    scenario = a_scenario([MOTHER, MOTHER], **NO_NEED, replications=1000)
    found = places_over_time(scenario, step_days=30.0)
    living = found.designs["regional"].living.mean / 2
    stay, early = scenario.stay.days, scenario.stay.early_leaving_days

    def still(distribution: Any, since: float) -> Any:
        later, now = (1 - probability_below(distribution, since + days) for days in (found.day, np.zeros(1)))
        return later / now

    expected = still(stay, 90.0) * still(early, 140.0)
    error = np.sqrt(np.maximum(expected * (1 - expected), 1e-9) / 2000)
    assert (np.abs(living - expected) <= 6 * error + 1e-12).all()


@pytest.mark.law
def test_a_full_start_and_an_empty_one_differ_first_and_agree_in_the_end() -> None:
    full = [{**PREGNANT, "municipality": "0751"}] * 4
    words = {
        "designs": [{"name": "regional", "kind": "pools", "pools": [{"id": "a", "site": "AAR", "places": 4}]}],
        "horizon_years": 8,
        "replications": 400,
        "demand": {"need_per_year": 30, "awareness": {"start": 1}},
    }
    by_start = [measures(a_scenario(today, **words)) for today in (full, [])]
    admitted = [[found["year", str(year), "admitted_per_year"] for year in (1, 8)] for found in by_start]
    refused = [found["year", "1", "refused_share"] for found in by_start]
    assert admitted[0][0] < admitted[1][0] - 1.0
    assert refused[0] > refused[1] + 0.1
    assert admitted[0][1] == pytest.approx(admitted[1][1], abs=0.1)
    series = [places_over_time(a_scenario(today, **words)).designs["regional"].living.mean for today in (full, [])]
    assert series[0][0] == 4
    assert series[1][0] == 0
    np.testing.assert_allclose(series[0][-20:], series[1][-20:], atol=0.1)


# -- the same numbers whichever way --


@pytest.mark.parity
def test_both_engines_give_the_same_results() -> None:
    scenario = with_values(a_scenario(), {"replications": 4})
    texts = [json.dumps(run_experiment(scenario, engine=name).as_json()) for name in ("kernel", "reference")]
    assert texts[0].replace('"engine": "kernel"', "") == texts[1].replace('"engine": "reference"', "")


@pytest.mark.law
def test_memory_changes_no_number() -> None:
    memory = Memory()
    scenario = a_scenario()
    changes: list[dict[str, Any]] = [
        {},
        {"today[7].due": "2027-04-12"},
        {"start": "2027-01-05"},
        {"acceptance.base": 0.6},
        {"today": []},
        {"today": TODAY[:4]},
        {"travel.minutes": {"0751": {"AAR": 300}}},
        {"stay.days.uniform.high": 500},
        {"seed": 3},
        {},
    ]
    for change in changes:
        changed = with_values(scenario, change)
        assert measures(changed, memory=memory) == measures(changed), change
        kept, fresh = (places_over_time(changed, memory=own).designs["regional"].living for own in (memory, None))
        for ours, theirs in zip(kept, fresh, strict=True):
            np.testing.assert_array_equal(ours, theirs)


@pytest.mark.unit
def test_the_scenario_written_out_gives_the_same_numbers() -> None:
    path = find_scenario("from-today")
    scenario = with_values(load_scenario(path), {"replications": 10})
    again = read_scenario(scenario_text(scenario))
    assert measures(again) == measures(scenario)


@pytest.mark.unit
def test_a_trace_says_who_lives_in(tmp_path: Any) -> None:
    trace = trace_replication(a_scenario(), design="flexible", replication=0, engine="kernel")
    save_trace(trace, tmp_path)
    about = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    assert about["residents"] == ["midtjylland"] * 4 + ["nordjylland"] * 2 + ["external"]
    assert {pool["pool"]: pool["already_open"] for pool in about["pools"]}["midtjylland"] == 2
    lines = (tmp_path / "women.csv").read_text(encoding="utf-8").splitlines()
    first, waiting = lines[1].split(","), lines[8].split(",")
    assert first[3] == "-50.0"
    assert first[6] == "true"
    assert first[17] == ""
    assert first[19:21] == ["midtjylland", "0.0"]
    assert waiting[3] == "-20.0"
    assert "midtjylland" in waiting[17]
