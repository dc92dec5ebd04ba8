"""Rules most scenarios leave off, each as a short story; off, they change nothing."""

import pytest
from making import Play, a_pool, a_woman, capacity, elsewhere, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit


# -- visitation --


def test_she_is_asked_when_her_visitation_is_done(play: Play) -> None:
    women = make_women([a_woman(10, visitation_days=7)])
    ledger = play(make_plan(a_pool()), women)
    assert told(ledger) == [("completed", 0, 17, 27)]
    assert ledger.asked_day.tolist() == [17]


def test_who_is_decided_on_first_comes_first_to_a_free_place(play: Play) -> None:
    women = make_women([a_woman(10, visitation_days=7), a_woman(12)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 22, 32), ("completed", 0, 12, 22)]


def test_among_those_who_wait_the_first_referred_comes_first_however_long_her_visitation(play: Play) -> None:
    women = make_women([a_woman(1, stay_days=30), a_woman(10, visitation_days=7), a_woman(12)])
    assert told(play(make_plan(a_pool()), women))[1:] == [("completed", 0, 31, 41), ("completed", 0, 41, 51)]


def test_a_unit_that_opens_while_her_case_is_decided_is_one_she_is_asked_about(play: Play) -> None:
    plan = make_plan(a_pool(opens_on_day=15))
    assert told(play(plan, make_women([a_woman(10, visitation_days=7)]))) == [("completed", 0, 17, 27)]


def test_patience_or_pregnancy_may_end_before_the_decision(play: Play) -> None:
    women = make_women(
        [
            a_woman(10, visitation_days=7, patience_days=6),
            a_woman(11, visitation_days=7, pregnancy_end_day=17, waits_past_birth=False),
            a_woman(12, visitation_days=7, pregnancy_end_day=18, is_lost=True),
            a_woman(13, visitation_days=7, patience_days=7),
            a_woman(14, visitation_days=7, patience_days=6, threshold=1.0),
        ]
    )
    ledger = play(make_plan(a_pool(5)), women)
    assert told(ledger) == [
        "gave_up",
        "birth_before_place",
        "pregnancy_ended",
        ("completed", 0, 20, 30),  # on the instant of the decision a place is there whatever her limit
        "declined",
    ]
    assert ledger.ended_day[:3].tolist() == [16, 17, 18]


def test_who_is_not_decided_on_by_the_horizon_waits(play: Play) -> None:
    women = make_women([a_woman(DAYS_PER_YEAR - 5, visitation_days=5)])
    assert told(play(make_plan(a_pool()), women)) == ["waiting"]


# -- places elsewhere --


def test_search_begins_when_visitation_is_done(play: Play) -> None:
    women = make_women([a_woman(10, visitation_days=7, search_days=20)])
    assert told(play(make_plan(**elsewhere()), women)) == [("completed", 0, 37, 47)]


def test_the_nearest_provider_with_a_free_place_takes_her(play: Play) -> None:
    plan = make_plan(**elsewhere(places=(1, 1), minutes=(50, 20)))
    women = make_women([a_woman(day) for day in (1, 2, 3)], search_days=5)
    assert told(play(plan, women)) == [("completed", 1, 6, 16), ("completed", 0, 7, 17), ("completed", 1, 16, 26)]


def test_who_waits_for_a_place_elsewhere_may_get_one_of_her_own_first(play: Play) -> None:
    plan = make_plan(a_pool(), **elsewhere(places=1))
    women = make_women([a_woman(0, stay_days=12), a_woman(1, stay_days=90), a_woman(2)], search_days=5)
    assert told(play(plan, women)) == [("completed", 0, 0, 12), ("completed", 1, 6, 96), ("completed", 0, 12, 22)]


def test_before_her_search_is_over_a_place_elsewhere_goes_to_who_has_found_it(play: Play) -> None:
    women = make_women([a_woman(0, search_days=0), a_woman(1, search_days=30), a_woman(2, search_days=5)])
    assert told(play(make_plan(**elsewhere(places=1)), women)) == [
        ("completed", 0, 0, 10),
        ("completed", 0, 31, 41),
        ("completed", 0, 10, 20),
    ]


# -- asked again --


def test_who_says_no_may_be_asked_again(play: Play) -> None:
    plan = make_plan(a_pool(acceptance=0.5), asked_again_share=0.4, asked_again_days=30.0)
    women = make_women(
        [
            a_woman(1, threshold=0.7, again_mark=0.3, again_threshold=0.2),
            a_woman(2, threshold=0.7, again_mark=0.4, again_threshold=0.2),
            a_woman(3, threshold=0.7, again_mark=0.3, again_threshold=0.7),
            a_woman(4, threshold=0.7, again_mark=0.3, again_threshold=0.2, pregnancy_end_day=20, is_lost=True),
        ]
    )
    ledger = play(plan, women)
    assert told(ledger) == [("completed", 0, 31, 41), "declined", "declined", "declined"]
    assert ledger.asked_day.tolist() == [31, 2, 3, 4]


def test_asked_again_she_hears_of_units_that_have_opened_since_and_her_patience_is_new(play: Play) -> None:
    near, far = a_pool(opens_on_day=20), a_pool(acceptance=0.0)
    plan = make_plan(near, far, asked_again_share=1.0, asked_again_days=30.0)
    women = make_women([a_woman(1, patience_days=10), a_woman(25, stay_days=14)])
    assert told(play(plan, women)) == [("completed", 0, 39, 49), ("completed", 0, 25, 39)]


# -- units that become known, and close --


def test_a_unit_becomes_known(play: Play) -> None:
    plan = make_plan(a_pool(9, ramp_up_start=0.5, ramp_up_days=100.0))
    women = make_women([a_woman(day, known_mark=mark) for day, mark in ((0, 0.49), (0, 0.5), (60, 0.79), (60, 0.8))])
    assert told(play(plan, women)) == [("completed", 0, 0, 10), "not_offered", ("completed", 0, 60, 70), "not_offered"]


def test_a_unit_that_closes_admits_nobody_in_its_notice_and_nobody_stays(play: Play) -> None:
    plan = make_plan(a_pool(2, last_admission_day=50.0, closes_day=80.0), a_pool(minutes=90.0, acceptance=0.5))
    women = make_women(
        [
            a_woman(0, stay_days=60),
            a_woman(1, stay_days=90, threshold=0.7),
            a_woman(2, stay_days=60, threshold=0.7),  # waits, and the first place frees within the notice
            a_woman(50, threshold=0.7),
            a_woman(50),
        ]
    )
    ledger = play(plan, women)
    assert told(ledger) == [
        ("completed", 0, 0, 60),
        ("left_early", 0, 1, 80),
        "waiting",
        "declined",
        ("completed", 1, 50, 60),
    ]
    assert capacity(ledger) == [(0, 2), (80, 0)]
    assert ledger.pool_days[0, 0, 0, 0] == 160


def test_flexible_places_close_with_their_unit_and_none_is_ordered_in_its_notice(play: Play) -> None:
    pool = a_pool(0, max_places=3, lead_days=5, last_admission_day=50.0, closes_day=80.0)
    women = make_women([a_woman(1, stay_days=200), a_woman(46), a_woman(49.5)])
    ledger = play(make_plan(pool), women)
    assert told(ledger) == [("left_early", 0, 6, 80), "waiting", "waiting"]
    assert capacity(ledger) == [(6, 1), (80, 0)]
    assert (ledger.openings.sum(), ledger.closings.sum()) == (1, 1)


def test_staff_bought_free_are_so_many_at_a_time(play: Play) -> None:
    women = make_women([a_woman(day, stay_days=50) for day in (1, 2, 3)])
    ledger = play(make_plan(a_pool(0, max_places=3, most_flexible=2, lead_days=5)), women)
    assert told(ledger) == [("completed", 0, 6, 56), ("completed", 0, 7, 57), ("completed", 0, 56, 106)]


# -- detention, and housing --


def test_a_contract_holds_until_the_end_of_pregnancy_where_the_site_is_approved(play: Play) -> None:
    plan = make_plan(a_pool(9, may_detain=True, serves=[0]), a_pool(9, serves=[1]))
    words = {"early_leaving_days": 5.0, "pregnancy_end_day": 40.0, "stay_days": 90.0}
    women = make_women(
        [
            a_woman(1, has_signed=True, **words),
            a_woman(2, **words),
            a_woman(3, has_signed=True, municipality=1, **words),
            a_woman(38, has_signed=True, **words),
        ]
    )
    assert told(play(plan, women)) == [
        ("left_early", 0, 1, 40),
        ("left_early", 0, 2, 7),
        ("left_early", 1, 3, 8),
        ("left_early", 0, 38, 43),
    ]


def test_she_stays_on_for_housing_once_she_has_completed(play: Play) -> None:
    women = make_women([a_woman(1, housing_days=20), a_woman(2, housing_days=20, early_leaving_days=4)])
    ledger = play(make_plan(a_pool(2)), women)
    assert told(ledger) == [("completed", 0, 1, 31), ("left_early", 0, 2, 6)]
    assert ledger.completes.tolist() == [True, False]
