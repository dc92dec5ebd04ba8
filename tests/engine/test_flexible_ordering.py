"""Rule 6: when a flexible place is ordered, and what becomes of the order."""

import numpy as np
import pytest
from making import DUE_FIRST, Play, Words, a_pool, a_woman, capacity, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit

TAKEN = a_woman(0, stay_days=np.inf)
"""She takes the only place and keeps it."""


def opened(play: Play, pool: Words, women: list[Words], marks: list[list[float]] | None = None) -> list[float]:
    """Tell on which days flexible places of a pool with one taken place opened."""
    ledger = play(make_plan(pool), make_women([TAKEN, *women]), marks)
    return [day for day, _ in capacity(ledger)[1:]]


def waiting_from(*days: float) -> list[Words]:
    """Women referred on these days who stay for ever once they are in."""
    return [a_woman(day, stay_days=np.inf) for day in days]


def test_a_place_is_ordered_when_she_joins_the_queue_and_opens_after_the_lead(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7)
    ledger = play(make_plan(pool), make_women([TAKEN, a_woman(10)]))
    assert told(ledger) == [("in_stay", 0, 0), ("completed", 0, 17, 27)]
    assert capacity(ledger) == [(0, 1), (17, 2)]
    assert ledger.openings.tolist() == [[[1]]]


def test_nothing_is_ordered_for_who_moves_in_at_once(play: Play) -> None:
    ledger = play(make_plan(a_pool(max_places=5)), make_women([TAKEN]))
    assert capacity(ledger) == [(0, 1)]


def test_nothing_is_ordered_in_a_pool_that_is_not_flexible(play: Play) -> None:
    assert opened(play, a_pool(), waiting_from(10, 11)) == []


def test_one_place_is_ordered_for_each_woman_who_joins_at_a_threshold_of_one(play: Play) -> None:
    assert opened(play, a_pool(max_places=5, lead_days=7), waiting_from(10, 11, 12)) == [17, 18, 19]


def test_the_threshold_counts_all_who_wait(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7, open_at_waiting=3)
    assert opened(play, pool, waiting_from(10, 11, 12)) == [19]


def test_places_on_order_are_taken_off_the_count(play: Play) -> None:
    # Two wait on day 11: one ordered. Three less one on order on day 12: another. Four less two on day 13:
    # another.
    pool = a_pool(max_places=5, lead_days=7, open_at_waiting=2)
    assert opened(play, pool, waiting_from(10, 11, 12, 13)) == [18, 19, 20]


def test_who_gave_up_no_longer_counts(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7, open_at_waiting=2)
    women = [a_woman(10, patience_days=5), *waiting_from(15, 20)]
    assert opened(play, pool, women) == [27]


def test_who_gives_up_on_the_instant_another_is_referred_does_not_count(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7, open_at_waiting=2)
    assert opened(play, pool, [a_woman(10, patience_days=5), *waiting_from(15)]) == []


def test_who_was_admitted_no_longer_counts(play: Play) -> None:
    pool = a_pool(2, max_places=5, lead_days=7, open_at_waiting=2)
    women = [a_woman(0, stay_days=12), *waiting_from(10, 13, 14)]
    assert [day for day, _ in capacity(play(make_plan(pool), make_women([TAKEN, *women])))] == [0, 21]


def test_nothing_is_ordered_when_a_woman_leaves_the_queue(play: Play) -> None:
    # At the most when the second woman joins. The order that lapses on day 17 makes room, but nothing is
    # ordered until somebody joins.
    pool = a_pool(max_places=2, lead_days=7, failure_probability=0.5)
    assert opened(play, pool, waiting_from(10, 11, 30), [[0.4, 0.6]]) == [37]


def test_open_places_and_orders_stay_within_the_most(play: Play) -> None:
    assert opened(play, a_pool(max_places=3, lead_days=7), waiting_from(10, 11, 12, 13)) == [17, 18]


def test_at_the_most_from_the_start_nothing_is_ordered(play: Play) -> None:
    assert opened(play, a_pool(max_places=1, lead_days=7), waiting_from(10)) == []


def test_a_lead_of_no_days_opens_on_the_instant_she_joins(play: Play) -> None:
    pool = a_pool(max_places=3, lead_days=0)
    ledger = play(make_plan(pool), make_women([TAKEN, a_woman(10, patience_days=0)]))
    assert told(ledger)[1] == ("completed", 0, 10, 20)


def test_a_lead_of_no_days_opens_before_the_next_referral_of_the_instant(play: Play) -> None:
    pool = a_pool(max_places=3, lead_days=0, open_at_waiting=2)
    women = make_women([TAKEN, *[a_woman(10) for _ in range(3)]])
    # The second of the three orders; it opens and goes to the first before the third is referred.
    ledger = play(make_plan(pool), women)
    assert [course[2] for course in told(ledger)[1:]] == [10, 10, 20]
    assert ledger.openings.sum() == 2


def test_no_patience_still_orders_before_she_gives_up(play: Play) -> None:
    pool = a_pool(max_places=3, lead_days=7)
    ledger = play(make_plan(pool), make_women([TAKEN, a_woman(10, patience_days=0)]))
    assert told(ledger)[1] == "gave_up"
    assert capacity(ledger) == [(0, 1), (17, 2)]


def test_an_order_that_fails_opens_nothing(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7, failure_probability=0.5)
    assert opened(play, pool, waiting_from(10), [[0.4]]) == []


def test_an_order_fails_if_its_mark_is_below_the_probability_and_not_if_equal(play: Play) -> None:
    pool = a_pool(max_places=5, lead_days=7, failure_probability=0.5)
    marks = [[0.5 - 2**-20, 0.5, 0.75]]
    assert opened(play, pool, waiting_from(10, 11, 12), marks) == [18, 19]


def test_marks_are_used_in_the_order_of_ordering(play: Play) -> None:
    pool = a_pool(max_places=9, lead_days=7, failure_probability=0.5)
    marks = [[0.9, 0.1, 0.1, 0.9]]
    assert opened(play, pool, waiting_from(10, 11, 12, 13), marks) == [17, 20]


def test_each_pool_has_marks_of_its_own(play: Play) -> None:
    rule = {"max_places": 3, "lead_days": 7, "failure_probability": 0.5}
    plan = make_plan(a_pool(serves=[0], **rule), a_pool(serves=[1], **rule))
    women = [a_woman(0, municipality=home, stay_days=np.inf) for home in (0, 1)]
    women += [a_woman(10, municipality=home) for home in (0, 1)]
    assert told(play(plan, make_women(women), [[0.1], [0.9]]))[2:] == ["waiting", ("completed", 1, 17, 27)]


def test_a_failing_order_stays_on_order_for_the_lead(play: Play) -> None:
    # Ordered on day 11, lapses on day 18. On day 14 two wait, less the one on order.
    pool = a_pool(max_places=9, lead_days=7, open_at_waiting=2, failure_probability=0.5)
    marks = [[0.1, 0.9, 0.9]]
    women = [*waiting_from(10), a_woman(11, patience_days=2), *waiting_from(14, 18)]
    assert opened(play, pool, women, marks) == [25]
    # It takes up room under the most as well.
    pool = a_pool(max_places=2, lead_days=7, failure_probability=0.5)
    assert opened(play, pool, waiting_from(10, 16, 17), marks) == [24]


def test_each_replication_has_marks_and_orders_of_its_own(play: Play) -> None:
    plan = make_plan(a_pool(max_places=9, lead_days=7, failure_probability=0.5))
    women = [TAKEN, a_woman(10)]
    ledger = play(plan, make_women(women, women), [[0.1, 0.9]])
    assert told(ledger) == [("in_stay", 0, 0), "waiting"] * 2


def test_she_counts_toward_the_nearest_flexible_pool_on_her_list_only(play: Play) -> None:
    rule = {"max_places": 3, "lead_days": 7}
    plan = make_plan(a_pool(minutes=50, **rule), a_pool(minutes=10), a_pool(minutes=30, **rule))
    ledger = play(plan, make_women([TAKEN, TAKEN, TAKEN, a_woman(10)]))
    assert [capacity(ledger, pool)[1:] for pool in range(3)] == [[], [], [(17, 2)]]
    assert told(ledger)[3] == ("completed", 2, 17, 27)


def test_at_its_most_the_nearest_flexible_pool_does_not_pass_her_on(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10, max_places=1), a_pool(minutes=50, max_places=3))
    ledger = play(plan, make_women([TAKEN, TAKEN, a_woman(10)]))
    assert ledger.openings.sum() == 0


def test_a_place_that_opens_goes_to_whoever_comes_first_not_to_who_caused_the_order(play: Play) -> None:
    pool = a_pool(max_places=2, lead_days=7)
    women = [a_woman(10, pregnancy_end_day=300), a_woman(12, pregnancy_end_day=40)]
    ledger = play(make_plan(pool, discipline=DUE_FIRST), make_women([TAKEN, *women]))
    assert told(ledger)[1:] == [("completed", 0, 27, 37), ("completed", 0, 17, 27)]


def test_a_place_that_opens_may_go_to_a_woman_who_counts_toward_another_pool(play: Play) -> None:
    near_here, near_there = [10, 50, 0, 0], [50, 10, 0, 0]
    plan = make_plan(a_pool(minutes=near_here, max_places=1), a_pool(minutes=near_there, max_places=2, lead_days=7))
    women = [TAKEN, TAKEN, a_woman(9, municipality=0), a_woman(10, municipality=1)]
    assert told(play(plan, make_women(women)))[2:] == [("completed", 1, 17, 27), ("completed", 1, 27, 37)]


def test_a_place_opens_though_the_woman_who_caused_it_was_admitted_elsewhere(play: Play) -> None:
    pool = a_pool(max_places=3, lead_days=7)
    ledger = play(make_plan(pool), make_women([a_woman(0, stay_days=12), a_woman(10)]))
    assert told(ledger)[1] == ("completed", 0, 12, 22)
    assert capacity(ledger) == [(0, 1), (17, 2)]


def test_an_order_due_on_the_horizon_does_not_open(play: Play) -> None:
    assert opened(play, a_pool(max_places=3, lead_days=7), waiting_from(DAYS_PER_YEAR - 7)) == []


def test_openings_count_in_the_year_they_happen(play: Play) -> None:
    plan = make_plan(a_pool(max_places=3, lead_days=7), n_years=2)
    women = make_women([TAKEN, *waiting_from(DAYS_PER_YEAR - 8, DAYS_PER_YEAR - 7)])
    assert play(plan, women).openings.tolist() == [[[1, 1]]]


def test_a_pool_may_have_no_places_but_flexible_ones(play: Play) -> None:
    ledger = play(make_plan(a_pool(0, max_places=1, lead_days=7)), make_women([a_woman(10), a_woman(11)]))
    assert told(ledger) == [("completed", 0, 17, 27), ("completed", 0, 27, 37)]
    assert capacity(ledger) == [(17, 1)]


def test_places_by_the_plan_count_toward_the_most(play: Play) -> None:
    pool = a_pool(1, steps=[(5, 1)], max_places=2, lead_days=7)
    assert opened(play, pool, waiting_from(6, 10)) == [5]


def test_a_place_by_the_plan_opens_before_one_ordered_on_the_same_instant(play: Play) -> None:
    # Whether the step was known of before or after the order makes no difference.
    for steps in ([(17, 2)], [(12, 1), (17, 2)]):
        pool = a_pool(1, steps=steps, max_places=9, lead_days=7)
        ledger = play(make_plan(pool), make_women([TAKEN, *waiting_from(10, 11)]))
        before = 1 + len(steps) - 1
        assert capacity(ledger)[-3:-1] == [(17, before + 2), (17, before + 3)]
