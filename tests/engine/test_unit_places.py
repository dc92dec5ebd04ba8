"""Places that open by the plan, and the turnaround between two stays."""

import numpy as np
import pytest
from making import DUE_FIRST, Play, a_pool, a_woman, capacity, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit


def test_a_place_is_not_free_during_the_turnaround(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=10), a_woman(12), a_woman(13, stay_days=5)])
    ledger = play(make_plan(a_pool(turnaround_days=4)), women)
    assert told(ledger) == [("completed", 0, 0, 10), ("completed", 0, 14, 24), ("completed", 0, 28, 33)]


def test_a_woman_referred_on_the_instant_the_turnaround_ends_moves_in_at_once(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=10), a_woman(14)])
    assert told(play(make_plan(a_pool(turnaround_days=4)), women))[1] == ("completed", 0, 14, 24)


def test_the_turnaround_is_the_pools_own(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10, turnaround_days=9), a_pool(minutes=20, turnaround_days=2))
    women = make_women([a_woman(0, stay_days=10), a_woman(0, stay_days=10), a_woman(1)])
    assert told(play(plan, women))[2] == ("completed", 1, 12, 22)


def test_a_turnaround_follows_a_stay_of_no_days_too(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=0), a_woman(5)])
    assert told(play(make_plan(a_pool(turnaround_days=3)), women))[1] == ("completed", 0, 8, 18)


def test_a_turnaround_that_ends_on_the_horizon_gives_no_place(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=DAYS_PER_YEAR - 4), a_woman(12)])
    ledger = play(make_plan(a_pool(turnaround_days=4)), women)
    assert told(ledger) == [("completed", 0, 0, DAYS_PER_YEAR - 4), "waiting"]


def test_several_places_that_open_on_one_instant_go_to_as_many_women(play: Play) -> None:
    plan = make_plan(a_pool(0, steps=[(20, 2)]))
    women = make_women([a_woman(day) for day in (1, 2, 3)])
    assert told(play(plan, women)) == [
        ("completed", 0, 20, 30),
        ("completed", 0, 20, 30),
        ("completed", 0, 30, 40),
    ]


def test_several_places_that_open_on_one_instant_go_by_the_discipline(play: Play) -> None:
    plan = make_plan(a_pool(0, steps=[(20, 2)]), discipline=DUE_FIRST)
    women = make_women([a_woman(1, pregnancy_end_day=200), a_woman(2, pregnancy_end_day=90), a_woman(3)])
    assert [course[2] for course in told(play(plan, women))] == [30, 20, 20]


def test_places_that_open_with_fewer_women_waiting_stay_free(play: Play) -> None:
    plan = make_plan(a_pool(0, steps=[(20, 2)]))
    women = make_women([a_woman(1), a_woman(21)])
    assert told(play(plan, women)) == [("completed", 0, 20, 30), ("completed", 0, 21, 31)]


def test_a_plan_grows_step_by_step(play: Play) -> None:
    plan = make_plan(a_pool(1, steps=[(20, 1), (30, 2)]))
    ledger = play(plan, make_women([a_woman(1, stay_days=np.inf) for _ in range(5)]))
    assert told(ledger) == [("in_stay", 0, day) for day in (1, 20, 30, 30)] + ["waiting"]
    assert capacity(ledger) == [(0, 1), (20, 2), (30, 4)]


def test_places_that_open_on_the_same_instant_in_two_pools_open_by_pool_number(play: Play) -> None:
    plan = make_plan(a_pool(0, minutes=90, steps=[(20, 1)]), a_pool(0, minutes=10, steps=[(20, 1)]))
    ledger = play(plan, make_women([a_woman(1), a_woman(2)]))
    assert told(ledger) == [("completed", 0, 20, 30), ("completed", 1, 20, 30)]
    assert ledger.capacity_pool.tolist() == [0, 1]


def test_a_step_on_the_horizon_does_not_open(play: Play) -> None:
    plan = make_plan(a_pool(0, steps=[(DAYS_PER_YEAR, 1)]))
    ledger = play(plan, make_women([a_woman(1)]))
    assert told(ledger) == ["waiting"]
    assert capacity(ledger) == []


def test_places_are_given_across_pools_as_each_woman_moves_on(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=20))
    women = make_women([a_woman(0, stay_days=10), a_woman(0, stay_days=20), a_woman(1, stay_days=30), a_woman(2)])
    assert told(play(plan, women))[2:] == [("completed", 0, 10, 40), ("completed", 1, 20, 30)]
