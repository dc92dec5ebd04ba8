"""Rule 7: places bought elsewhere."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, elsewhere, make_plan, make_women, told

from sim.cohort import DAYS_PER_YEAR, WITH_PARTNER

pytestmark = pytest.mark.unit

BOUGHT = elsewhere()
AFTER = 15.0


def test_a_place_is_bought_when_she_has_waited_so_long(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=80), a_woman(10)], search_days=AFTER)
    assert told(play(make_plan(a_pool(), **BOUGHT), women))[1] == ("completed", 1, 25, 35)


def test_a_free_place_comes_before_buying(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=20), a_woman(10)], search_days=AFTER)
    plan = make_plan(a_pool(), **BOUGHT)
    assert told(play(plan, women))[1] == ("completed", 0, 20, 30)


def test_without_pools_every_place_is_bought_and_there_is_no_limit(play: Play) -> None:
    women = make_women([a_woman(10, stay_days=50) for _ in range(30)], search_days=AFTER)
    assert told(play(make_plan(**BOUGHT), women)) == [("completed", 0, 25, 75)] * 30


def test_she_who_accepts_no_pool_may_accept_a_place_elsewhere(play: Play) -> None:
    plan = make_plan(a_pool(acceptance=0.2), **elsewhere(acceptance=0.6))
    women = make_women([a_woman(10, threshold=threshold) for threshold in (0.4, 0.6)], search_days=AFTER)
    assert told(play(plan, women)) == [("completed", 1, 25, 35), "declined"]


def test_she_who_accepts_pools_only_waits_for_them_alone(play: Play) -> None:
    plan = make_plan(a_pool(), **elsewhere(acceptance=0.2))
    women = make_women([a_woman(0, stay_days=40), a_woman(10, threshold=0.4)], search_days=AFTER)
    assert told(play(plan, women))[1] == ("completed", 0, 40, 50)


def test_families_have_an_acceptance_of_their_own(play: Play) -> None:
    plan = make_plan(**elsewhere(acceptance=(0.2, 0.6)))
    women = make_women(
        [a_woman(10, threshold=0.4), a_woman(10, threshold=0.4, household=WITH_PARTNER)], search_days=AFTER
    )
    assert told(play(plan, women)) == ["declined", ("completed", 0, 25, 35)]


def test_patience_that_ends_first_is_giving_up(play: Play) -> None:
    women = make_women([a_woman(10, patience_days=15 - 2**-20)], search_days=AFTER)
    assert told(play(make_plan(**BOUGHT), women)) == ["gave_up"]


def test_patience_that_ends_on_the_instant_of_buying_is_giving_up(play: Play) -> None:
    assert told(play(make_plan(**BOUGHT), make_women([a_woman(10, patience_days=15)], search_days=AFTER))) == [
        "gave_up"
    ]


def test_birth_on_the_instant_of_buying_is_birth_before_place(play: Play) -> None:
    women = make_women([a_woman(10, pregnancy_end_day=25, waits_past_birth=False)], search_days=AFTER)
    assert told(play(make_plan(**BOUGHT), women)) == ["birth_before_place"]


def test_loss_before_buying_ends_the_waiting(play: Play) -> None:
    women = make_women([a_woman(10, pregnancy_end_day=20, is_lost=True)], search_days=AFTER)
    assert told(play(make_plan(**BOUGHT), women)) == ["pregnancy_ended"]


def test_a_place_that_frees_on_the_instant_of_buying_is_taken(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=25), a_woman(10)], search_days=AFTER)
    assert told(play(make_plan(a_pool(), **BOUGHT), women))[1] == ("completed", 0, 25, 35)


def test_without_delay_a_place_is_bought_on_the_instant_of_referral(play: Play) -> None:
    plan = make_plan(a_pool(), **BOUGHT)
    women = make_women([a_woman(0, stay_days=25), a_woman(10), a_woman(10, patience_days=0)])
    assert told(play(plan, women))[1:] == [("completed", 1, 10, 20), "gave_up"]


def test_a_stay_elsewhere_follows_the_same_rules(play: Play) -> None:
    women = make_women(
        [
            a_woman(10, pregnancy_end_day=60, stay_days=30),
            a_woman(11, pregnancy_end_day=60, early_leaving_days=5),
            a_woman(12, pregnancy_end_day=60, stay_days=np.inf),
        ],
        search_days=AFTER,
    )
    plan = make_plan(is_anchored_at_birth=True, **BOUGHT)
    assert told(play(plan, women)) == [
        ("completed", 0, 25, 90),
        ("left_early", 0, 26, 31),
        ("in_stay", 0, 27),
    ]


def test_she_who_got_a_place_elsewhere_is_off_the_lists(play: Play) -> None:
    women = make_women([a_woman(0, stay_days=40), a_woman(10, stay_days=100), a_woman(30)], search_days=AFTER)
    assert told(play(make_plan(a_pool(), **BOUGHT), women))[1:] == [
        ("completed", 1, 25, 125),
        ("completed", 0, 40, 50),
    ]


def test_a_place_that_would_be_bought_on_the_horizon_is_not(play: Play) -> None:
    women = make_women([a_woman(DAYS_PER_YEAR - 15), a_woman(DAYS_PER_YEAR - 15 + 1)], search_days=AFTER)
    assert told(play(make_plan(**BOUGHT), women)) == ["waiting", "waiting"]


def test_a_woman_who_leaves_for_elsewhere_no_longer_counts_toward_an_order(play: Play) -> None:
    pool = a_pool(1, max_places=2, open_at_waiting=2, lead_days=5)
    women = make_women([a_woman(0, stay_days=200), a_woman(10), a_woman(30, patience_days=10)], search_days=AFTER)
    ledger = play(make_plan(pool, **BOUGHT), women)
    assert told(ledger)[1:] == [("completed", 1, 25, 35), "gave_up"]
    assert ledger.openings.sum() == 0
