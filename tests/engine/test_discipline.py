"""Rule 4: who comes first when a place becomes free."""

import numpy as np
import pytest
from making import DUE_FIRST, Play, Words, a_pool, a_woman, make_plan, make_women, told

from sim.scenario import DISCIPLINES

pytestmark = pytest.mark.unit

FAR, NEAR = 3, 0


def order_of_admission(play: Play, women: list[Words], **rules: object) -> list[int]:
    """Tell in which order women get the one place, which frees again and again from day 50."""
    everyone = make_women([a_woman(0, stay_days=50), *women])
    ledger = play(make_plan(a_pool(home=[NEAR]), **rules), everyone)
    return (np.argsort(ledger.admission_day[1:], kind="stable") + 1).tolist()


def test_first_referred_first(play: Play) -> None:
    # Neither her home nor her birth makes a difference.
    women = [
        a_woman(1, municipality=FAR, pregnancy_end_day=300),
        a_woman(2, municipality=NEAR, pregnancy_end_day=200),
        a_woman(3, municipality=NEAR, pregnancy_end_day=100),
    ]
    assert order_of_admission(play, women) == [1, 2, 3]


def test_due_first_takes_the_earliest_end_of_pregnancy(play: Play) -> None:
    women = [
        a_woman(1, pregnancy_end_day=300),
        a_woman(2, pregnancy_end_day=100),
        a_woman(3, pregnancy_end_day=200),
    ]
    assert order_of_admission(play, women, discipline=DUE_FIRST) == [2, 3, 1]


def test_due_first_takes_women_past_birth_before_others_and_the_longest_past_first(play: Play) -> None:
    women = [
        a_woman(1, pregnancy_end_day=300),
        a_woman(2, pregnancy_end_day=40),
        a_woman(3, pregnancy_end_day=30),
    ]
    assert order_of_admission(play, women, discipline=DUE_FIRST) == [3, 2, 1]


def test_due_first_on_the_same_day_takes_the_first_referred(play: Play) -> None:
    women = [
        a_woman(1, pregnancy_end_day=200),
        a_woman(2, pregnancy_end_day=100),
        a_woman(3, pregnancy_end_day=100),
    ]
    assert order_of_admission(play, women, discipline=DUE_FIRST) == [2, 3, 1]


def test_each_discipline_chooses_in_an_order_of_its_own(play: Play) -> None:
    women = [
        a_woman(1, pregnancy_end_day=200),
        a_woman(2, pregnancy_end_day=300),
        a_woman(3, pregnancy_end_day=100),
    ]
    orders = {tuple(order_of_admission(play, women, discipline=number)) for number in range(len(DISCIPLINES))}
    assert len(orders) == len(DISCIPLINES)


def test_home_first_takes_women_of_the_own_region_before_others(play: Play) -> None:
    women = [a_woman(1, municipality=FAR), a_woman(2, municipality=NEAR), a_woman(3, municipality=NEAR)]
    assert order_of_admission(play, women, is_home_first=True) == [2, 3, 1]


def test_home_first_and_due_first_takes_home_before_due(play: Play) -> None:
    women = [
        a_woman(1, municipality=FAR, pregnancy_end_day=200),
        a_woman(2, municipality=NEAR, pregnancy_end_day=300),
        a_woman(3, municipality=FAR, pregnancy_end_day=100),
        a_woman(4, municipality=NEAR, pregnancy_end_day=250),
    ]
    assert order_of_admission(play, women, is_home_first=True, discipline=DUE_FIRST) == [
        4,
        2,
        3,
        1,
    ]


def test_home_is_the_region_of_the_pool_that_frees(play: Play) -> None:
    plan = make_plan(a_pool(home=[0]), a_pool(home=[1]), is_home_first=True)
    women = [a_woman(0, stay_days=50), a_woman(0, stay_days=50)]
    women += [a_woman(1, municipality=1), a_woman(2, municipality=0)]
    assert told(play(plan, make_women(women)))[2:] == [("completed", 1, 50, 60), ("completed", 0, 50, 60)]


def test_women_referred_on_the_same_instant_come_in_the_order_of_the_list(play: Play) -> None:
    assert order_of_admission(play, [a_woman(5), a_woman(5), a_woman(5)]) == [1, 2, 3]


def test_who_does_not_have_the_pool_on_her_list_is_passed_over(play: Play) -> None:
    plan = make_plan(a_pool(serves=[0]), a_pool(serves=[0, 1]))
    women = [a_woman(0, stay_days=30), a_woman(0, stay_days=60)]
    women += [a_woman(1, municipality=1), a_woman(2, municipality=0)]
    assert told(play(plan, make_women(women)))[2:] == [("completed", 1, 60, 70), ("completed", 0, 30, 40)]


def test_the_discipline_does_not_hold_a_free_place_back_for_a_better_claim(play: Play) -> None:
    women = make_women([a_woman(1, municipality=FAR), a_woman(2, municipality=NEAR)])
    plan = make_plan(a_pool(home=[NEAR]), is_home_first=True)
    assert told(play(plan, women)) == [("completed", 0, 1, 11), ("completed", 0, 11, 21)]
