"""Nobody, nothing, and one."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, make_plan, make_women, told

pytestmark = pytest.mark.unit


def test_no_women(play: Play) -> None:
    ledger = play(make_plan(a_pool(3)), make_women([]))
    assert told(ledger) == []
    assert ledger.pool_days.shape == (1, 1, 1, 5)
    assert ledger.capacity_places.tolist() == [3]


def test_no_women_in_one_of_several_replications(play: Play) -> None:
    ledger = play(make_plan(a_pool()), make_women([], [a_woman(1)], []))
    assert told(ledger) == [("completed", 0, 1, 11)]
    assert ledger.openings.shape == (3, 1, 1)


def test_no_replications(play: Play) -> None:
    ledger = play(make_plan(a_pool()), make_women())
    assert told(ledger) == []
    assert ledger.capacity_first.tolist() == [0]


def test_no_pools(play: Play) -> None:
    ledger = play(make_plan(), make_women([a_woman(1)]))
    assert told(ledger) == ["not_offered"]
    assert ledger.pool_days.shape == (1, 0, 1, 5)
    assert ledger.capacity_first.tolist() == [0, 0]


def test_no_pools_and_no_women(play: Play) -> None:
    assert told(play(make_plan(), make_women([]))) == []


def test_no_places(play: Play) -> None:
    ledger = play(make_plan(a_pool(0)), make_women([a_woman(1), a_woman(2, patience_days=5)]))
    assert told(ledger) == ["waiting", "gave_up"]
    assert ledger.pool_days.sum() == 0


def test_one_woman(play: Play) -> None:
    ledger = play(make_plan(a_pool()), make_women([a_woman(1)]))
    assert (ledger.outcome.tolist(), ledger.pool.tolist()) == ([6], [0])
    assert (ledger.admission_day.tolist(), ledger.discharge_day.tolist()) == ([1], [11])


def test_everything_endless(play: Play) -> None:
    endless = {"stay_days": np.inf, "patience_days": np.inf, "pregnancy_end_day": np.inf}
    women = make_women([a_woman(1, **endless), a_woman(2, **endless)])
    for is_anchored_at_birth in (False, True):
        plan = make_plan(a_pool(), is_anchored_at_birth=is_anchored_at_birth)
        assert told(play(plan, women)) == [("in_stay", 0, 1), "waiting"]


def test_everything_at_once(play: Play) -> None:
    nothing = {"stay_days": 0, "patience_days": 0}
    women = make_women([a_woman(5, **nothing) for _ in range(20)])
    assert told(play(make_plan(a_pool()), women)) == [("completed", 0, 5, 5)] * 20


def test_days_so_long_that_they_are_endless(play: Play) -> None:
    # A distribution with a heavy tail draws such numbers now and then.
    women = make_women([a_woman(1, stay_days=2.0**80, early_leaving_days=2.0**70), a_woman(2, patience_days=2.0**80)])
    assert told(play(make_plan(a_pool()), women)) == [("in_stay", 0, 1), "waiting"]


def test_many_women_for_one_place(play: Play) -> None:
    women = make_women([a_woman(1, stay_days=1) for _ in range(300)])
    assert [course[2] for course in told(play(make_plan(a_pool()), women))] == list(range(1, 301))


def test_what_is_given_is_not_changed(play: Play) -> None:
    plan = make_plan(a_pool(1, max_places=3, lead_days=2, close_after_idle_days=5))
    women = make_women([a_woman(day, stay_days=9) for day in (1, 2, 3, 50)])
    before = [np.copy(values) for values in (*plan, *women)]
    play(plan, women)
    assert all(np.array_equal(was, now) for was, now in zip(before, (*plan, *women), strict=True))


def test_played_again_it_is_the_same(play: Play) -> None:
    plan = make_plan(a_pool(1, max_places=3, lead_days=2, close_after_idle_days=5))
    women = make_women([a_woman(day, stay_days=9) for day in (1, 2, 3, 50)])
    first, second = play(plan, women), play(plan, women)
    assert all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(first, second, strict=True))
