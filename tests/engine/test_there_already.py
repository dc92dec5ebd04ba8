"""Women who are there already on the opening day: who lives in and who waits, told as short stories."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, capacity, days_of, elsewhere, make_plan, make_women, told

pytestmark = pytest.mark.unit


def living_in(*pools: int, already_open: tuple[int, ...] = (0,)) -> dict[str, np.ndarray]:
    return {"resident_pool": np.array(pools, dtype=np.int64), "already_open": np.array(already_open, dtype=np.int64)}


def test_who_lives_in_is_there_before_anybody_else(play: Play) -> None:
    plan = make_plan(a_pool(1), **living_in(0))
    women = make_women([a_woman(-50.0, stay_days=30.0), a_woman(0.0, stay_days=5.0)])
    ledger = play(plan, women)
    assert told(ledger) == [("completed", 0, 0.0, 30.0), ("completed", 0, 30.0, 35.0)]
    assert days_of(ledger)["occupied_place_days"] == 35.0
    assert days_of(ledger)["all_taken_days"] == 35.0


def test_who_lives_in_is_not_asked(play: Play) -> None:
    plan = make_plan(a_pool(1, serves=[]), offered_share=0.5, **living_in(0))
    ledger = play(plan, make_women([a_woman(-50.0, threshold=0.9, offer_mark=0.9, stay_days=np.inf)]))
    assert told(ledger) == [("in_stay", 0, 0.0)]


def test_who_lives_elsewhere_takes_no_place(play: Play) -> None:
    plan = make_plan(a_pool(1), **living_in(1))
    women = make_women([a_woman(-50.0, stay_days=30.0), a_woman(2.0, stay_days=5.0)])
    assert told(play(plan, women)) == [("completed", 1, 0.0, 30.0), ("completed", 0, 2.0, 7.0)]


def test_leaving_of_her_own_accord_and_the_end_of_pregnancy_count_from_the_opening_day(play: Play) -> None:
    plan = make_plan(a_pool(3), is_anchored_at_birth=True, **living_in(0, 0, 0))
    women = make_women(
        [
            a_woman(-50.0, pregnancy_end_day=-20.0, stay_days=30.0),
            a_woman(-50.0, pregnancy_end_day=20.0, stay_days=30.0),
            a_woman(-50.0, pregnancy_end_day=20.0, stay_days=30.0, early_leaving_days=40.0),
        ]
    )
    assert told(play(plan, women)) == [
        ("completed", 0, 0.0, 30.0),
        ("completed", 0, 0.0, 50.0),
        ("left_early", 0, 0.0, 40.0),
    ]


def test_who_waits_is_asked_on_the_opening_day_by_referral(play: Play) -> None:
    plan = make_plan(a_pool(1))
    women = make_women([a_woman(-9.0), a_woman(-4.0), a_woman(0.0, stay_days=1.0)])
    assert told(play(plan, women)) == [
        ("completed", 0, 0.0, 10.0),
        ("completed", 0, 10.0, 20.0),
        ("completed", 0, 20.0, 21.0),
    ]


def test_patience_runs_from_the_real_referral(play: Play) -> None:
    plan = make_plan(a_pool(1), **living_in(0))
    women = make_women([a_woman(-90.0, stay_days=50.0), a_woman(-30.0, patience_days=45.0), a_woman(-20.0)])
    ledger = play(plan, women)
    assert told(ledger)[1:] == ["gave_up", ("completed", 0, 50.0, 60.0)]


def test_birth_ends_the_wait_of_who_would_not_stay_on_the_list(play: Play) -> None:
    plan = make_plan(a_pool(1), **living_in(0))
    women = make_women(
        [
            a_woman(-90.0, stay_days=50.0),
            a_woman(-30.0, pregnancy_end_day=12.0, waits_past_birth=False),
            a_woman(-20.0, pregnancy_end_day=-5.0),
        ]
    )
    assert told(play(plan, women))[1:] == ["birth_before_place", ("completed", 0, 50.0, 60.0)]


def test_days_waited_already_count_toward_a_place_bought_elsewhere(play: Play) -> None:
    plan = make_plan(**elsewhere())
    women = make_women([a_woman(-40.0), a_woman(-12.0), a_woman(3.0)], search_days=30.0)
    assert told(play(plan, women)) == [
        ("completed", 0, 0.0, 10.0),
        ("completed", 0, 18.0, 28.0),
        ("completed", 0, 33.0, 43.0),
    ]


def test_pools_open_on_the_opening_day_are_open_to_who_waits(play: Play) -> None:
    plan = make_plan(a_pool(1), a_pool(1, opens_on_day=5.0, minutes=-1.0))
    women = make_women([a_woman(-40.0), a_woman(-12.0)])
    assert told(play(plan, women)) == [("completed", 0, 0.0, 10.0), ("completed", 0, 10.0, 20.0)]


def test_flexible_places_women_live_in_are_open_and_close_when_they_stand_idle(play: Play) -> None:
    pool = a_pool(1, max_places=3, close_after_idle_days=7.0, min_open_days=0.0)
    plan = make_plan(pool, **living_in(0, 0, 0, already_open=(2,)))
    women = make_women([a_woman(-50.0, stay_days=stay) for stay in (10.0, 20.0, 30.0)])
    ledger = play(plan, women)
    assert capacity(ledger) == [(0.0, 2), (0.0, 3), (17.0, 2), (27.0, 1)]
    assert ledger.openings.sum() == 0
    assert ledger.closings.sum() == 2
    assert days_of(ledger)["occupied_place_days"] == 60.0


def test_who_leaves_on_the_opening_day_frees_her_place_for_who_waits(play: Play) -> None:
    plan = make_plan(a_pool(1), **living_in(0))
    women = make_women([a_woman(-90.0, stay_days=0.0), a_woman(-30.0)])
    assert told(play(plan, women)) == [("completed", 0, 0.0, 0.0), ("completed", 0, 0.0, 10.0)]


def test_turnaround_follows_a_stay_that_began_before(play: Play) -> None:
    plan = make_plan(a_pool(1, turnaround_days=3.0), **living_in(0))
    women = make_women([a_woman(-90.0, stay_days=4.0), a_woman(-30.0)])
    assert told(play(plan, women)) == [("completed", 0, 0.0, 4.0), ("completed", 0, 7.0, 17.0)]
