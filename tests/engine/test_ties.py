"""Rule 8: what comes first on the same instant."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, capacity, elsewhere, make_plan, make_women, told

pytestmark = pytest.mark.unit


def test_a_place_freed_before_the_limit_of_waiting(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=30), a_woman(10, patience_days=20)])
    assert told(play(make_plan(a_pool()), women))[1] == ("completed", 0, 30, 40)


def test_a_turnaround_over_before_the_limit_of_waiting(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=28), a_woman(10, patience_days=20)])
    assert told(play(make_plan(a_pool(turnaround_days=2)), women))[1] == ("completed", 0, 30, 40)


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_place_freed_before_the_end_of_pregnancy(play: Play, is_lost: bool) -> None:
    later = a_woman(10, pregnancy_end_day=30, is_lost=is_lost, waits_past_birth=False)
    women = make_women([a_woman(0, stay_days=30), later])
    assert told(play(make_plan(a_pool()), women))[1] == ("completed", 0, 30, 40)


def test_a_place_opened_before_the_limit_of_waiting(play: Play) -> None:
    women = make_women([a_woman(10, patience_days=20)], search_days=20)
    assert told(play(make_plan(a_pool(0, steps=[(30, 1)])), women)) == [("completed", 0, 30, 40)]


def test_a_place_ordered_that_opens_before_the_limit_of_waiting(play: Play) -> None:
    women = make_women([a_woman(10, patience_days=20)], search_days=20)
    plan = make_plan(a_pool(0, max_places=1, lead_days=20))
    assert told(play(plan, women)) == [("completed", 0, 30, 40)]


def test_a_place_freed_before_a_referral(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=30), a_woman(30)])
    assert told(play(make_plan(a_pool()), women))[1] == ("completed", 0, 30, 40)


def test_a_place_freed_for_who_waits_before_it_could_go_to_a_referral(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=30), a_woman(29), a_woman(30, patience_days=0)])
    assert told(play(make_plan(a_pool()), women))[1:] == [("completed", 0, 30, 40), "gave_up"]


def test_a_place_opened_before_a_referral(play: Play) -> None:
    women = make_women([a_woman(30)])
    assert told(play(make_plan(a_pool(0, steps=[(30, 1)])), women)) == [("completed", 0, 30, 40)]


def test_the_limit_of_waiting_before_buying_elsewhere(play: Play) -> None:
    plan = make_plan(**elsewhere())
    assert told(play(plan, make_women([a_woman(10, patience_days=20)], search_days=20))) == ["gave_up"]


def test_the_limit_of_one_woman_before_buying_for_another_of_a_lower_number(play: Play) -> None:
    # On day 30 the second gives up before the first is bought a place: each follows her own rule.
    plan = make_plan(a_pool(0), **elsewhere())
    women = make_women([a_woman(10), a_woman(15, patience_days=15)], search_days=20)
    assert told(play(plan, women)) == [("completed", 1, 30, 40), "gave_up"]


def test_buying_elsewhere_before_a_referral_counts_toward_an_order(play: Play) -> None:
    pool = a_pool(0, max_places=9, open_at_waiting=2)
    plan = make_plan(pool, **elsewhere())
    assert capacity(play(plan, make_women([a_woman(10), a_woman(30)], search_days=20))) == []
    assert capacity(play(plan, make_women([a_woman(10), a_woman(30 - 2**-20)], search_days=20))) == [(35 - 2**-20, 1)]


def test_places_freed_in_the_order_of_the_women_who_leave(play: Play) -> None:
    # Woman 0 leaves pool 1 and woman 1 leaves pool 0 on the same instant: pool 1 frees first.
    plan = make_plan(a_pool(minutes=[50, 10, 0, 0]), a_pool(minutes=[10, 50, 0, 0]))
    women = [a_woman(0, municipality=0, stay_days=30), a_woman(0, municipality=1, stay_days=30)]
    women += [a_woman(5, municipality=1), a_woman(6, municipality=1)]
    assert told(play(plan, make_women(women)))[2:] == [("completed", 1, 30, 40), ("completed", 0, 30, 40)]


def test_places_freed_after_a_turnaround_in_the_order_of_the_women_who_left(play: Play) -> None:
    # Woman 1 leaves pool 0 first, but both turnarounds are over on day 35.
    plan = make_plan(
        a_pool(minutes=[50, 10, 0, 0], turnaround_days=15), a_pool(minutes=[10, 50, 0, 0], turnaround_days=5)
    )
    women = [a_woman(0, municipality=0, stay_days=30), a_woman(0, municipality=1, stay_days=20)]
    women += [a_woman(5, municipality=1), a_woman(6, municipality=1)]
    assert told(play(plan, make_women(women)))[2:] == [("completed", 1, 35, 45), ("completed", 0, 35, 45)]


def test_a_place_freed_before_a_place_opened(play: Play) -> None:
    # Pool 1 frees and pool 0 opens on the same instant: the first in the queue gets what frees.
    plan = make_plan(a_pool(0, minutes=10, steps=[(30, 1)]), a_pool(1, minutes=50))
    women = make_women([a_woman(0, stay_days=30), a_woman(5), a_woman(6)])
    assert told(play(plan, women))[1:] == [("completed", 1, 30, 40), ("completed", 0, 30, 40)]


def test_places_opened_in_the_order_of_pools_whether_planned_or_ordered(play: Play) -> None:
    # Pool 1 opens one by the plan and pool 0 one that was ordered, on the same instant.
    plan = make_plan(a_pool(0, max_places=1, lead_days=20, minutes=50), a_pool(0, minutes=10, steps=[(30, 1)]))
    women = make_women([a_woman(10), a_woman(11)])
    assert told(play(plan, women)) == [("completed", 0, 30, 40), ("completed", 1, 30, 40)]


def test_a_place_closed_before_a_referral_and_after_what_frees(play: Play) -> None:
    # One of two flexible places has been idle for 20 days on day 60, when the other frees: one remains.
    pool = a_pool(0, max_places=2, lead_days=0, close_after_idle_days=20)
    women = make_women([a_woman(10, stay_days=30), a_woman(10, stay_days=50), a_woman(60)])
    ledger = play(make_plan(pool), women)
    assert told(ledger)[2] == ("completed", 0, 60, 70)
    assert capacity(ledger) == [(10, 1), (10, 2), (60, 1), (90, 0)]


def test_a_place_opened_before_one_closed(play: Play) -> None:
    # Places are ordered on 10 and 52. The first, free from 55, is due to close on 92, when the second opens.
    women = make_women([a_woman(0, stay_days=np.inf), a_woman(10, stay_days=5), a_woman(52, patience_days=1)])
    rule = {"max_places": 9, "lead_days": 40, "close_after_idle_days": 37}
    at_once = capacity(play(make_plan(a_pool(**rule)), women))
    assert at_once == [(0, 1), (50, 2), (92, 3), (92, 2), (129, 1)]
    later = capacity(play(make_plan(a_pool(**rule, min_open_days=20)), women))
    assert later == [(0, 1), (50, 2), (92, 3), (112, 2), (149, 1)]


def test_a_stay_of_no_days_ends_before_the_next_referral_of_the_instant(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=0), a_woman(5, patience_days=0)])
    assert told(play(make_plan(a_pool()), women))[1] == ("completed", 0, 5, 15)


def test_a_woman_without_patience_is_gone_before_the_next_referral_of_the_instant(play: Play) -> None:
    pool = a_pool(0, max_places=9, open_at_waiting=2)
    women = make_women([a_woman(5, patience_days=0), a_woman(5, patience_days=0)])
    assert capacity(play(make_plan(pool), women)) == []


def test_women_referred_on_the_same_instant_are_taken_by_number(play: Play) -> None:
    women = make_women([a_woman(5, patience_days=0), a_woman(5, patience_days=0)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 5, 15), "gave_up"]


def test_day_zero_places_open_before_women_are_referred(play: Play) -> None:
    assert told(play(make_plan(a_pool()), make_women([a_woman(0)]))) == [("completed", 0, 0, 10)]


def test_ties_are_exact_also_where_decimals_would_not_be(play: Play) -> None:
    third = np.round(2**20 / 3) / 2**20
    days = [1 + third, 7 * third]
    women = make_women([a_woman(0, stay_days=sum(days)), a_woman(days[0], patience_days=days[1])])
    assert told(play(make_plan(a_pool()), women))[1] == ("completed", 0, sum(days), sum(days) + 10)
