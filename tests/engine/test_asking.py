"""Rule 1: who is offered a place, what she is asked about, and in which order she would take it."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, elsewhere, make_plan, make_women, told

from sim.cohort import ALONE, WITH_CHILDREN, WITH_PARTNER
from sim.engine import OUTCOMES, ask, willing_elsewhere, willing_list

pytestmark = pytest.mark.unit


def test_a_mark_below_the_share_is_offered_a_place_and_one_equal_to_it_is_not(play: Play) -> None:
    women = make_women([a_woman(1, offer_mark=mark) for mark in (0.25, 0.5, 0.75)])
    ledger = play(make_plan(a_pool(3), offered_share=0.5), women)
    assert told(ledger) == [("completed", 0, 1, 11), "not_offered", "not_offered"]


def test_nobody_is_offered_a_place_when_the_share_is_zero(play: Play) -> None:
    women = make_women([a_woman(1, offer_mark=0.0)])
    assert told(play(make_plan(a_pool(), offered_share=0.0), women)) == ["not_offered"]


def test_a_threshold_below_the_probability_accepts_and_one_equal_to_it_does_not(play: Play) -> None:
    women = make_women([a_woman(1, threshold=threshold) for threshold in (0.25, 0.5, 0.75)])
    ledger = play(make_plan(a_pool(3, acceptance=0.5)), women)
    assert told(ledger) == [("completed", 0, 1, 11), "declined", "declined"]


def test_a_woman_not_offered_a_place_is_not_asked_about_one_elsewhere_either(play: Play) -> None:
    plan = make_plan(offered_share=0.5, **elsewhere())
    assert told(play(plan, make_women([a_woman(1, offer_mark=0.5)]))) == ["not_offered"]


def test_a_pool_that_opens_on_the_instant_of_her_referral_is_asked_about(play: Play) -> None:
    plan = make_plan(a_pool(opens_on_day=30))
    assert told(play(plan, make_women([a_woman(30)]))) == [("completed", 0, 30, 40)]


def test_a_pool_that_opens_a_moment_after_her_referral_is_not_asked_about(play: Play) -> None:
    plan = make_plan(a_pool(opens_on_day=30))
    assert told(play(plan, make_women([a_woman(30 - 2**-20)]))) == ["not_offered"]


def test_a_pool_that_opens_later_is_not_added_to_the_list_of_a_woman_who_waits(play: Play) -> None:
    plan = make_plan(a_pool(0, minutes=50), a_pool(1, opens_on_day=30, minutes=10))
    women = make_women([a_woman(1, patience_days=60), a_woman(30)])
    assert told(play(plan, women)) == ["gave_up", ("completed", 1, 30, 40)]


def test_a_pool_asked_about_before_it_has_places_has_a_list(play: Play) -> None:
    plan = make_plan(a_pool(0, steps=[(20, 1)]))
    assert told(play(plan, make_women([a_woman(1)]))) == [("completed", 0, 20, 30)]


def test_a_pool_that_does_not_serve_her_home_is_not_asked_about(play: Play) -> None:
    plan = make_plan(a_pool(2, serves=[0, 1]))
    women = make_women([a_woman(1, municipality=home) for home in (1, 2)])
    assert told(play(plan, women)) == [("completed", 0, 1, 11), "not_offered"]


def test_she_goes_to_the_nearest_pool_whatever_its_number(play: Play) -> None:
    plan = make_plan(a_pool(minutes=90), a_pool(minutes=20), a_pool(minutes=45))
    women = make_women([a_woman(day) for day in (1, 2, 3)])
    assert [pool for _, pool, _, _ in told(play(plan, women))] == [1, 2, 0]


def test_pools_equally_near_are_taken_in_order_of_their_numbers(play: Play) -> None:
    plan = make_plan(a_pool(minutes=30), a_pool(minutes=20), a_pool(minutes=20))
    women = make_women([a_woman(day) for day in (1, 2, 3)])
    assert [pool for _, pool, _, _ in told(play(plan, women))] == [1, 2, 0]


def test_each_home_has_its_own_order(play: Play) -> None:
    plan = make_plan(a_pool(minutes=[10, 90, 0, 0]), a_pool(minutes=[90, 10, 0, 0]))
    women = make_women([a_woman(1, municipality=1), a_woman(2, municipality=0)])
    assert [pool for _, pool, _, _ in told(play(plan, women))] == [1, 0]


def test_a_pool_she_does_not_accept_is_passed_over_though_it_is_nearest_and_free(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10, acceptance=0.2), a_pool(minutes=60, acceptance=0.6))
    women = make_women([a_woman(1, threshold=0.4)])
    assert told(play(plan, women)) == [("completed", 1, 1, 11)]


@pytest.mark.parametrize(("household", "said"), [(ALONE, "declined"), (WITH_PARTNER, 0), (WITH_CHILDREN, 0)])
def test_a_partner_or_children_make_a_family(play: Play, household: int, said: object) -> None:
    plan = make_plan(a_pool(acceptance=0.2, family_acceptance=0.6))
    women = make_women([a_woman(1, threshold=0.4, household=household)])
    expected = said if said == "declined" else ("completed", 0, 1, 11)
    assert told(play(plan, women)) == [expected]


def test_the_list_itself_leaves_out_what_is_not_open_not_served_and_not_accepted() -> None:
    plan = make_plan(
        a_pool(minutes=50),
        a_pool(minutes=40, opens_on_day=11),
        a_pool(minutes=30, serves=[1]),
        a_pool(minutes=20, acceptance=0.5),
        a_pool(minutes=10, opens_on_day=10),
    )
    women = make_women([a_woman(10, threshold=0.5)])
    assert willing_list(plan, women, ask(plan, women), 0) == [4, 0]


def test_what_she_is_asked_does_not_depend_on_where_she_stands_in_the_cohort() -> None:
    plan = make_plan(a_pool(), offered_share=0.5, **elsewhere(acceptance=(0.5, 1.0)))
    women = make_women(
        [
            a_woman(1),
            a_woman(2, offer_mark=0.5, threshold=0.5),
            a_woman(3, threshold=0.5, household=WITH_PARTNER),
        ],
        search_days=7.0,
    )
    replies = ask(plan, women)
    assert [OUTCOMES[outcome] for outcome in replies.outcome] == ["waiting", "not_offered", "waiting"]
    assert [willing_elsewhere(plan, women, replies, woman) for woman in range(3)] == [[0], [], [0]]
    assert replies.found_day.tolist() == [8.0, 9.0, 10.0]
