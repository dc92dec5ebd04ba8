"""Rules 2 and 5: who moves in at once, and how a stay ends."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit


def test_she_moves_in_at_once_if_a_place_is_free(play: Play) -> None:
    assert told(play(make_plan(a_pool()), make_women([a_woman(3, stay_days=4)]))) == [("completed", 0, 3, 7)]


def test_she_moves_in_at_once_to_the_first_pool_with_a_free_place(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=20), a_pool(minutes=30))
    women = make_women([a_woman(1, stay_days=50), a_woman(2, stay_days=3), a_woman(3), a_woman(6)])
    assert [(pool, day) for _, pool, day, _ in told(play(plan, women))] == [(0, 1), (1, 2), (2, 3), (1, 6)]


def test_places_of_a_pool_fill_one_by_one_and_the_next_woman_waits(play: Play) -> None:
    women = make_women([a_woman(day, stay_days=20) for day in (1, 2, 3)])
    ledger = play(make_plan(a_pool(2)), women)
    assert told(ledger) == [("completed", 0, 1, 21), ("completed", 0, 2, 22), ("completed", 0, 21, 41)]


def test_anchored_at_admission_the_days_count_from_admission(play: Play) -> None:
    women = make_women([a_woman(5, pregnancy_end_day=50, stay_days=30)])
    plan = make_plan(a_pool(), is_anchored_at_birth=False)
    assert told(play(plan, women)) == [("completed", 0, 5, 35)]


def test_anchored_at_birth_the_days_count_from_birth(play: Play) -> None:
    women = make_women([a_woman(5, pregnancy_end_day=50, stay_days=30)])
    plan = make_plan(a_pool(), is_anchored_at_birth=True)
    assert told(play(plan, women)) == [("completed", 0, 5, 80)]


def test_anchored_at_birth_the_days_count_from_admission_if_birth_came_first(play: Play) -> None:
    first = a_woman(0, pregnancy_end_day=0, stay_days=60)
    second = a_woman(5, pregnancy_end_day=50, stay_days=30, waits_past_birth=True)
    plan = make_plan(a_pool(), is_anchored_at_birth=True)
    assert told(play(plan, make_women([first, second]))) == [
        ("completed", 0, 0, 60),
        ("completed", 0, 60, 90),
    ]


def test_anchored_at_birth_the_days_count_from_a_loss_too(play: Play) -> None:
    women = make_women([a_woman(5, pregnancy_end_day=20, is_lost=True, stay_days=14)])
    plan = make_plan(a_pool(), is_anchored_at_birth=True)
    assert told(play(plan, women)) == [("completed", 0, 5, 34)]


def test_she_leaves_of_her_own_accord_before_the_planned_end(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=30, early_leaving_days=12)])
    assert told(play(make_plan(a_pool()), women)) == [("left_early", 0, 5, 17)]


def test_early_leaving_counts_from_admission_also_when_the_stay_counts_from_birth(play: Play) -> None:
    women = make_women([a_woman(5, pregnancy_end_day=50, stay_days=30, early_leaving_days=12)])
    plan = make_plan(a_pool(), is_anchored_at_birth=True)
    assert told(play(plan, women)) == [("left_early", 0, 5, 17)]


def test_she_who_would_leave_on_the_planned_day_has_completed(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=30, early_leaving_days=30)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 5, 35)]


def test_early_leaving_after_the_planned_end_changes_nothing(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=30, early_leaving_days=31)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 5, 35)]


def test_early_leaving_frees_the_place_for_who_waits(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=90, early_leaving_days=7), a_woman(2, stay_days=5)])
    assert told(play(make_plan(a_pool()), women)) == [("left_early", 0, 0, 7), ("completed", 0, 7, 12)]


def test_an_endless_stay_can_end_by_leaving_early(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=np.inf, early_leaving_days=10)])
    assert told(play(make_plan(a_pool()), women)) == [("left_early", 0, 5, 15)]


def test_an_endless_stay_is_not_over_at_the_horizon_and_nobody_else_gets_in(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=np.inf), a_woman(6)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 5), "waiting"]


def test_a_stay_that_ends_a_moment_before_the_horizon_is_completed(play: Play) -> None:
    last = DAYS_PER_YEAR - 2**-20
    women = make_women([a_woman(5, stay_days=last - 5)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 5, last)]


def test_a_stay_that_ends_on_the_horizon_is_not_over(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=DAYS_PER_YEAR - 5), a_woman(6)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 5), "waiting"]


def test_a_stay_left_early_on_the_horizon_is_not_over(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=np.inf, early_leaving_days=DAYS_PER_YEAR - 5)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 5)]


def test_a_stay_that_would_end_after_the_horizon_is_not_over(play: Play) -> None:
    women = make_women([a_woman(360)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 360)]


def test_a_stay_of_no_days_is_an_admission_and_a_discharge(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=0), a_woman(5, stay_days=0), a_woman(5, stay_days=2)])
    ledger = play(make_plan(a_pool()), women)
    assert told(ledger) == [("completed", 0, 5, 5), ("completed", 0, 5, 5), ("completed", 0, 5, 7)]


def test_leaving_at_once_of_her_own_accord_is_left_early(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=9, early_leaving_days=0)])
    assert told(play(make_plan(a_pool()), women)) == [("left_early", 0, 5, 5)]
