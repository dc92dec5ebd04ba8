"""Rule 3: she waits for all pools on her list, and for how long."""

import numpy as np
import pytest
from making import Play, Words, a_pool, a_woman, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit

TAKEN = a_woman(0, stay_days=np.inf)
"""She takes the only place and keeps it."""


def taken_until(day: float) -> Words:
    """She takes the only place on day 0 and leaves on a day."""
    return a_woman(0, stay_days=day)


def waits(play: Play, *, stay: Words = TAKEN, **details: object) -> object:
    """Tell what becomes of a woman referred on day 10 while the only place is taken."""
    women = make_women([stay, a_woman(10, **details)])
    return told(play(make_plan(a_pool()), women))[1]


def test_she_waits_for_all_pools_on_her_list_and_takes_the_one_that_frees_first(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=90))
    women = make_women([a_woman(0, stay_days=30), a_woman(1, stay_days=20), a_woman(2)])
    assert told(play(plan, women))[2] == ("completed", 1, 21, 31)


def test_she_does_not_wait_for_a_pool_she_does_not_accept(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=90, acceptance=0.3))
    women = make_women([a_woman(0, stay_days=30), a_woman(1, stay_days=20), a_woman(2, threshold=0.3)])
    assert told(play(plan, women))[2] == ("completed", 0, 30, 40)


def test_once_admitted_she_is_off_the_lists_of_the_other_pools(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=90))
    women = make_women([a_woman(0, stay_days=30), a_woman(1, stay_days=20), a_woman(2, stay_days=50), a_woman(3)])
    assert told(play(plan, women))[2:] == [("completed", 1, 21, 71), ("completed", 0, 30, 40)]


def test_she_gives_up_when_her_patience_ends(play: Play) -> None:
    assert waits(play, patience_days=20, stay=taken_until(30 + 2**-20)) == "gave_up"


def test_she_is_admitted_when_a_place_frees_before_her_patience_ends(play: Play) -> None:
    assert waits(play, patience_days=20, stay=taken_until(30 - 2**-20)) == (
        "completed",
        0,
        30 - 2**-20,
        40 - 2**-20,
    )


def test_patience_counts_from_referral(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=40), a_woman(10, patience_days=29), a_woman(11, patience_days=29)])
    assert told(play(make_plan(a_pool()), women))[1:] == ["gave_up", ("completed", 0, 40, 50)]


def test_birth_comes_before_a_place_if_she_would_not_wait_past_it(play: Play) -> None:
    assert waits(play, pregnancy_end_day=25, waits_past_birth=False) == "birth_before_place"


def test_she_may_wait_past_birth(play: Play) -> None:
    is_given = waits(play, pregnancy_end_day=25, waits_past_birth=True, stay=taken_until(60))
    assert is_given == ("completed", 0, 60, 70)


def test_she_who_waits_past_birth_still_gives_up_in_the_end(play: Play) -> None:
    assert waits(play, pregnancy_end_day=25, waits_past_birth=True, patience_days=20) == "gave_up"


@pytest.mark.parametrize("waits_past_birth", [False, True])
def test_after_a_lost_pregnancy_nobody_waits(play: Play, waits_past_birth: bool) -> None:
    assert waits(play, pregnancy_end_day=25, is_lost=True, waits_past_birth=waits_past_birth) == "pregnancy_ended"


@pytest.mark.parametrize("waits_past_birth", [False, True])
@pytest.mark.parametrize("is_lost", [False, True])
def test_patience_that_ends_with_the_pregnancy_is_giving_up(play: Play, is_lost: bool, waits_past_birth: bool) -> None:
    details = {"pregnancy_end_day": 25, "patience_days": 15, "is_lost": is_lost}
    assert waits(play, waits_past_birth=waits_past_birth, **details) == "gave_up"


@pytest.mark.parametrize(("is_lost", "word"), [(False, "birth_before_place"), (True, "pregnancy_ended")])
def test_patience_that_ends_a_moment_after_the_pregnancy_is_not(play: Play, is_lost: bool, word: str) -> None:
    details = {"pregnancy_end_day": 25, "patience_days": 15 + 2**-20, "is_lost": is_lost}
    assert waits(play, waits_past_birth=False, **details) == word


@pytest.mark.parametrize("is_lost", [False, True])
def test_patience_that_ends_before_the_pregnancy_is_giving_up(play: Play, is_lost: bool) -> None:
    details = {"pregnancy_end_day": 25, "patience_days": 15 - 2**-20, "is_lost": is_lost}
    assert waits(play, waits_past_birth=False, **details) == "gave_up"


def test_no_patience_is_giving_up_at_once_unless_a_place_is_free(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=20, patience_days=0), a_woman(10, patience_days=0)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 0, 20), "gave_up"]


def test_a_woman_referred_at_the_end_of_pregnancy_is_admitted_if_a_place_is_free(play: Play) -> None:
    women = make_women([a_woman(3, pregnancy_end_day=3, waits_past_birth=False)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 3, 13)]


def test_a_woman_referred_at_the_end_of_pregnancy_does_not_wait_if_none_is(play: Play) -> None:
    assert waits(play, pregnancy_end_day=10, waits_past_birth=False) == "birth_before_place"


def test_endless_patience_waits_to_the_horizon(play: Play) -> None:
    assert waits(play, patience_days=np.inf) == "waiting"


def test_a_limit_on_the_horizon_is_not_reached(play: Play) -> None:
    assert waits(play, patience_days=DAYS_PER_YEAR - 10) == "waiting"


def test_a_limit_a_moment_before_the_horizon_is(play: Play) -> None:
    assert waits(play, patience_days=DAYS_PER_YEAR - 10 - 2**-20) == "gave_up"


def test_a_place_that_frees_on_the_horizon_is_given_to_nobody(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=DAYS_PER_YEAR), a_woman(10)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 0), "waiting"]


def test_who_gave_up_is_not_given_a_place_later(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=40), a_woman(10, patience_days=5), a_woman(20)])
    assert told(play(make_plan(a_pool()), women)) == [
        ("completed", 0, 0, 40),
        "gave_up",
        ("completed", 0, 40, 50),
    ]
