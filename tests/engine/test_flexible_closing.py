"""Rule 6: when a flexible place closes."""

import numpy as np
import pytest
from making import Play, Words, a_pool, a_woman, capacity, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit


def changes(play: Play, pool: Words, women: list[Words]) -> list[tuple[float, int]]:
    """Tell how many places a pool had open, and from when."""
    return capacity(play(make_plan(pool), make_women(women)))


def a_flexible_pool(places: int = 1, **details: object) -> Words:
    """One that orders for everyone at once and closes after 20 idle days."""
    rule = {"max_places": 9, "lead_days": 0, "close_after_idle_days": 20}
    return a_pool(places, **{**rule, **details})


def staying(day: float, days: float) -> Words:
    return a_woman(day, stay_days=days)


FOR_EVER = staying(0, np.inf)


def test_a_place_closes_after_so_many_idle_days(play: Play) -> None:
    ledger = play(make_plan(a_flexible_pool()), make_women([FOR_EVER, staying(10, 30)]))
    assert capacity(ledger) == [(0, 1), (10, 2), (60, 1)]
    assert (ledger.openings.tolist(), ledger.closings.tolist()) == ([[[1]]], [[[1]]])


def test_places_open_for_good_never_close(play: Play) -> None:
    assert changes(play, a_flexible_pool(3), [staying(1, 1)]) == [(0, 3)]


def test_any_free_place_makes_the_pool_idle_also_one_open_for_good(play: Play) -> None:
    # The first woman leaves; the second stays, and the place opened last closes all the same.
    women = [staying(0, 30), staying(10, np.inf)]
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2), (50, 1)]


def test_a_place_nobody_takes_closes_too(play: Play) -> None:
    pool = a_flexible_pool(lead_days=7)
    women = [FOR_EVER, a_woman(10, patience_days=0)]
    assert changes(play, pool, women) == [(0, 1), (17, 2), (37, 1)]


def test_the_clock_needs_unbroken_idleness(play: Play) -> None:
    # Free from 40 to 59 and again from 64: the clock starts again.
    women = [FOR_EVER, staying(10, 30), staying(59, 5)]
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2), (84, 1)]


def test_a_woman_referred_on_the_instant_of_closing_finds_it_closed(play: Play) -> None:
    pool = a_flexible_pool(max_places=2, lead_days=3)
    ledger = play(make_plan(pool), make_women([FOR_EVER, staying(10, 27), staying(60, 5)]))
    # It opened on day 13 and was free from day 40 to 60; it opens again on day 63.
    assert capacity(ledger) == [(0, 1), (13, 2), (60, 1), (63, 2), (88, 1)]
    assert told(ledger)[2] == ("completed", 0, 63, 68)


def test_idleness_broken_for_no_time_at_all_is_broken(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30), staying(50, 0)]
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2), (70, 1)]


def test_a_place_that_passes_from_one_woman_to_the_next_was_not_idle(play: Play) -> None:
    # At 40 the place of the second goes at once to the third, who waits because the pool is at its most.
    women = [FOR_EVER, staying(10, 30), staying(15, 30)]
    assert changes(play, a_flexible_pool(max_places=2), women) == [(0, 1), (10, 2), (90, 1)]


def test_a_stay_that_ends_while_another_place_is_idle_does_not_stop_the_clock(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30), staying(11, 40)]
    # Two flexible places: idle from 40; another frees at 51. One closes at 60 and the clock starts again.
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2), (11, 3), (60, 2), (80, 1)]


def test_a_referral_that_leaves_another_place_free_does_not_stop_the_clock(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30), staying(11, 29), staying(45, np.inf)]
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2), (11, 3), (60, 2)]


def test_one_place_closes_at_a_time_and_the_clock_starts_again(play: Play) -> None:
    women = [FOR_EVER, *[staying(10, 30) for _ in range(3)]]
    assert changes(play, a_flexible_pool(), women)[3:] == [(10, 4), (60, 3), (80, 2), (100, 1)]


def test_no_idle_days_close_all_at_once_one_after_the_other(play: Play) -> None:
    women = [FOR_EVER, *[staying(10, 30) for _ in range(3)]]
    pool = a_flexible_pool(close_after_idle_days=0)
    assert changes(play, pool, women)[3:] == [(10, 4), (40, 3), (40, 2), (40, 1)]


def test_a_turnaround_is_not_idle(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30)]
    assert changes(play, a_flexible_pool(turnaround_days=4), women) == [(0, 1), (10, 2), (64, 1)]


def test_free_places_to_be_kept_do_not_start_the_clock(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30), staying(10, 50), staying(10, 60)]
    # One free from 40, two from 60, three from 70: with one kept the clock starts at 60, and two close.
    assert changes(play, a_flexible_pool(keep_free=1), women)[3:] == [(10, 4), (80, 3), (100, 2)]


def test_the_last_opened_place_must_have_been_open_for_so_long(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30)]
    pool = a_flexible_pool(min_open_days=90)
    assert changes(play, pool, women) == [(0, 1), (10, 2), (100, 1)]


def test_idleness_that_lasts_longer_than_the_shortest_time_decides(play: Play) -> None:
    women = [FOR_EVER, staying(10, 30)]
    assert changes(play, a_flexible_pool(min_open_days=50), women) == [(0, 1), (10, 2), (60, 1)]
    assert changes(play, a_flexible_pool(min_open_days=50 + 2**-20), women)[-1] == (60 + 2**-20, 1)


def test_the_place_opened_last_closes_first(play: Play) -> None:
    # Opened on 10 and on 70, idle from 100. The one of 70 must stay open to 130 and closes then; the one of
    # 10 has been open long enough, so that only the idle days count for it.
    women = [FOR_EVER, staying(10, 90), staying(70, 30)]
    pool = a_flexible_pool(min_open_days=60)
    assert changes(play, pool, women) == [(0, 1), (10, 2), (70, 3), (130, 2), (150, 1)]


def test_a_place_that_opens_while_the_clock_runs_is_the_last_opened(play: Play) -> None:
    # Idle from 40; due on 60, but the place ordered for a woman who did not wait opens on 50 and may not
    # close before 90.
    pool = a_flexible_pool(lead_days=15, min_open_days=40)
    women = [FOR_EVER, a_woman(10, stay_days=15), a_woman(35, patience_days=0)]
    assert changes(play, pool, women) == [(0, 1), (25, 2), (50, 3), (90, 2), (110, 1)]


def test_an_order_does_not_stop_the_clock(play: Play) -> None:
    pool = a_flexible_pool(lead_days=40)
    women = [FOR_EVER, staying(10, 5), a_woman(52, patience_days=1)]
    # Ordered on 10 and on 52; the place of 50 is free from 55 and closes while the other is on order.
    assert changes(play, pool, women) == [(0, 1), (50, 2), (75, 1), (92, 2), (112, 1)]


def test_a_step_of_the_plan_leaves_flexible_places_open_and_they_close_later(play: Play) -> None:
    pool = a_flexible_pool(1, steps=[(45, 2)], max_places=3)
    women = [FOR_EVER, staying(10, 80)]
    # Two free from 45: the flexible place, though lived in, gives way to a free one at 65.
    assert changes(play, pool, women) == [(0, 1), (10, 2), (45, 4), (65, 3)]


def test_a_step_of_the_plan_does_not_stop_the_clock(play: Play) -> None:
    pool = a_flexible_pool(1, steps=[(45, 1)])
    assert changes(play, pool, [FOR_EVER, staying(10, 30)]) == [(0, 1), (10, 2), (45, 3), (60, 2)]


def test_a_place_that_would_close_on_the_horizon_does_not(play: Play) -> None:
    women = [FOR_EVER, staying(10, DAYS_PER_YEAR - 30)]
    assert changes(play, a_flexible_pool(), women) == [(0, 1), (10, 2)]
    women = [FOR_EVER, staying(10, DAYS_PER_YEAR - 30 - 2**-20)]
    assert changes(play, a_flexible_pool(), women)[-1] == (DAYS_PER_YEAR - 2**-20, 1)


def test_closings_count_in_the_year_they_happen(play: Play) -> None:
    plan = make_plan(a_flexible_pool(), n_years=2)
    women = [FOR_EVER, staying(10, DAYS_PER_YEAR - 30), staying(11, DAYS_PER_YEAR - 31)]
    assert play(plan, make_women(women)).closings.tolist() == [[[0, 2]]]


def test_a_place_frees_and_closes_on_one_instant_only_after_the_waiting_have_had_it(play: Play) -> None:
    pool = a_flexible_pool(close_after_idle_days=0, max_places=2)
    ledger = play(make_plan(pool), make_women([FOR_EVER, staying(10, 30), staying(15, 30)]))
    assert told(ledger)[2] == ("completed", 0, 40, 70)
    assert capacity(ledger) == [(0, 1), (10, 2), (70, 1)]


def test_a_place_that_opens_for_nobody_closes_on_the_same_instant_if_idle_days_are_none(play: Play) -> None:
    pool = a_flexible_pool(close_after_idle_days=0, lead_days=7)
    women = [FOR_EVER, a_woman(10, patience_days=0)]
    assert changes(play, pool, women) == [(0, 1), (17, 2), (17, 1)]


def test_a_pool_with_only_flexible_places_may_close_altogether_and_open_again(play: Play) -> None:
    pool = a_flexible_pool(0, lead_days=3)
    women = [staying(10, 7), staying(50, 7)]
    assert changes(play, pool, women) == [(13, 1), (40, 0), (53, 1), (80, 0)]
