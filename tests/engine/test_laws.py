"""Laws of every ledger, whatever the plan and the women."""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from making import DUE_FIRST, Engine
from plays_by_chance import Given, given_to_play
from replay import replay

from sim.cohort import DAYS_PER_YEAR
from sim.engine import OF_WOMEN, OUTCOMES, POOL_DAYS, Ledger, ask, willing_elsewhere, willing_list

pytestmark = pytest.mark.law

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # the fixture is only a choice of engine
LAW = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=CHECKS)
MANY = settings(LAW, max_examples=180)

ADMITTED = {"completed", "left_early", "in_stay"}
REFUSED = {"gave_up", "birth_before_place", "pregnancy_ended"}


class Course(NamedTuple):
    """What happened to a woman, in words, from the day she was last asked."""

    woman: int
    lives_in: bool
    outcome: str
    pool: int
    willing: list[int]
    asked: float
    limit: float
    found: float
    queue_end: float
    admitted: float
    discharged: float
    place_free: float


def courses(played: Given, ledger: Ledger) -> list[Course]:
    """Tell each woman's course; the horizon stands for what had not happened by then."""
    plan, women, _ = played
    told = []
    replies = ask(plan, women)
    for woman in range(women.n_women):
        outcome, pool = OUTCOMES[ledger.outcome[woman]], int(ledger.pool[woman])
        asked, limit = float(np.nan_to_num(replies.asked_day[woman])), float(replies.limit_day[woman])
        admitted, discharged = float(ledger.admission_day[woman]), float(ledger.discharge_day[woman])
        queue_end = {"waiting": plan.horizon_days, "not_offered": asked, "declined": asked}.get(
            outcome, limit if outcome in REFUSED else admitted
        )
        comes = bool(replies.comes[woman])
        is_own = 0 <= pool < plan.n_pools
        turnaround, closes = (plan.turnaround_days[pool], plan.closes_day[pool]) if is_own else (0.0, np.inf)
        told.append(
            Course(
                woman,
                woman - women.first[np.searchsorted(women.first, woman, "right") - 1] < len(plan.resident_pool),
                outcome,
                pool,
                willing_list(plan, women, replies, woman) if comes else [],
                asked,
                limit,
                float(replies.found_day[woman]) if comes and willing_elsewhere(plan, women, replies, woman) else np.inf,
                queue_end,
                admitted,
                plan.horizon_days if outcome == "in_stay" else discharged,
                plan.horizon_days if outcome == "in_stay" else min(discharged + turnaround, max(closes, discharged)),
            )
        )
    return told


def capacity_steps(ledger: Ledger, pool: int) -> list[tuple[float, int]]:
    """List a pool's changes of capacity."""
    is_own = ledger.capacity_pool == pool
    days, places = ledger.capacity_day[is_own].tolist(), ledger.capacity_places[is_own].tolist()
    return [(0.0, 0), *zip(days, places, strict=True)]


def open_on(ledger: Ledger, pool: int, day: float) -> int:
    return [places for since, places in capacity_steps(ledger, pool) if since <= day][-1]


def planned_on(played: Given, pool: int, day: float) -> int:
    plan = played.plan
    return int(plan.opening_places[(plan.opening_pool == pool) & (plan.opening_day <= day)].sum())


def moments(played: Given, ledger: Ledger, told: list[Course]) -> Iterator[float]:
    """Go through the time between everything that happens: one moment of each stretch."""
    plan = played.plan
    days = {0.0, plan.horizon_days, *plan.opening_day.tolist(), *ledger.capacity_day.tolist()}
    for course in told:
        days |= {course.asked, course.queue_end, course.admitted, course.discharged, course.place_free}
    within = sorted(day for day in days if 0 <= day <= plan.horizon_days)
    yield from ((begin + end) / 2 for begin, end in itertools.pairwise(within))


def taken_on(told: list[Course], pool: int, day: float) -> int:
    """Count places lived in or between two stays."""
    return sum(course.pool == pool and course.admitted <= day < course.place_free for course in told)


def overlap(begin: float, end: float, year: int) -> float:
    """Days of a stretch that lie in a year [days]."""
    return max(0.0, min(end, (year + 1) * DAYS_PER_YEAR) - max(begin, year * DAYS_PER_YEAR))


@MANY
@given(played=given_to_play(most_replications=2))
def test_a_slow_replay_gives_the_same_ledger(engine: Engine, played: Given) -> None:
    ledger, replayed = engine(*played), replay(*played)
    for name, ours, theirs in zip(Ledger._fields, ledger, replayed, strict=True):
        np.testing.assert_array_equal(ours, theirs, err_msg=name)
        assert ours.shape == theirs.shape, name


@LAW
@given(played=given_to_play())
def test_every_woman_has_the_one_outcome_her_days_tell(engine: Engine, played: Given) -> None:
    horizon = played.plan.horizon_days
    ledger = engine(*played)
    for course in courses(played, ledger):
        day_in, day_out = ledger.admission_day[course.woman], ledger.discharge_day[course.woman]
        assert np.isfinite(day_in) == (course.outcome in ADMITTED) == (course.pool >= 0)
        assert np.isfinite(day_out) == (course.outcome in {"completed", "left_early"})
        if course.lives_in:
            assert course.outcome in ADMITTED
            continue
        says_yes = bool(course.willing) or course.found < np.inf
        if course.outcome in {"not_offered", "declined"}:
            assert not says_yes
        if course.outcome in REFUSED:
            assert course.limit == ledger.ended_day[course.woman] < horizon
        if course.outcome == "waiting" and says_yes:
            assert course.limit >= horizon
        if np.isfinite(day_out):
            assert day_in <= day_out < horizon


@LAW
@given(played=given_to_play())
def test_nobody_is_admitted_before_her_referral_or_after_her_limit(engine: Engine, played: Given) -> None:
    n_pools = played.plan.n_pools
    for course in courses(played, engine(*played)):
        if course.lives_in:
            assert course.admitted == 0.0
            assert course.pool == played.plan.resident_pool[course.woman]
            continue
        if course.outcome in ADMITTED:
            assert course.asked <= course.admitted <= course.limit
            assert course.pool in course.willing or course.pool >= n_pools
        if course.pool >= n_pools:
            assert course.found <= course.admitted


@LAW
@given(played=given_to_play())
def test_no_pool_holds_more_women_than_it_has_open(engine: Engine, played: Given) -> None:
    ledger = engine(*played)
    told = courses(played, ledger)
    for day in moments(played, ledger, told):
        for pool in range(played.plan.n_pools):
            assert taken_on(told, pool, day) <= open_on(ledger, pool, day)


@LAW
@given(played=given_to_play())
def test_nobody_waits_while_a_place_on_her_list_is_free(engine: Engine, played: Given) -> None:
    ledger = engine(*played)
    told = courses(played, ledger)
    for day in moments(played, ledger, told):
        for pool in range(played.plan.n_pools):
            admits = day < played.plan.last_admission_day[pool]
            if admits and taken_on(told, pool, day) < open_on(ledger, pool, day):
                assert not [c for c in told if pool in c.willing and c.asked <= day < c.queue_end]


@LAW
@given(played=given_to_play())
def test_nobody_is_passed_over(engine: Engine, played: Given) -> None:
    plan, women, _ = played
    told = courses(played, engine(*played))

    def claim(woman: int, pool: int) -> tuple[bool, float, int]:
        is_away = plan.is_home_first and not plan.is_home[pool, women.municipality[woman]]
        return (
            bool(is_away),
            float(women.pregnancy_end_day[woman]) if plan.discipline == DUE_FIRST else 0.0,
            woman,
        )

    for lucky in told:
        if lucky.pool < 0 or lucky.pool >= plan.n_pools:
            continue
        for other in told:
            waits_on = other.asked < lucky.admitted < other.queue_end
            if waits_on and lucky.pool in other.willing:
                assert claim(lucky.woman, lucky.pool) < claim(other.woman, lucky.pool)


@LAW
@given(played=given_to_play())
def test_as_many_are_open_as_may_be(engine: Engine, played: Given) -> None:
    plan = played.plan
    ledger = engine(*played)
    for pool in range(plan.n_pools):
        days = [day for day, _ in capacity_steps(ledger, pool)] + plan.opening_day.tolist()
        for day in days:
            if day >= plan.horizon_days:
                continue
            planned, is_open = planned_on(played, pool, day), open_on(ledger, pool, day)
            if day >= plan.closes_day[pool]:
                assert is_open == 0
                continue
            # A step of the plan closes nothing, so that for a while more may be open than the most.
            most = plan.max_places[pool] + max(0, planned - planned_on(played, pool, 0))
            assert planned <= is_open <= (most if plan.is_flexible[pool] else planned)


@LAW
@given(played=given_to_play())
def test_every_opening_and_closing_is_in_the_log_of_capacity(engine: Engine, played: Given) -> None:
    plan = played.plan
    ledger = engine(*played)
    assert np.all(np.diff(ledger.capacity_day) >= 0)
    assert np.all((ledger.capacity_day >= 0) & (ledger.capacity_day < plan.horizon_days))
    for pool in range(plan.n_pools):
        steps = capacity_steps(ledger, pool)
        closes = plan.closes_day[pool] < plan.horizon_days
        if closes:
            assert steps.pop() == (plan.closes_day[pool], 0)
        changes = np.diff([places for _, places in steps])
        opened, closed = ledger.openings[0, pool].sum(), ledger.closings[0, pool].sum()
        is_within = (plan.opening_pool == pool) & (plan.opening_day < plan.horizon_days)
        already = plan.already_open[pool]
        assert changes[changes > 0].sum() == plan.opening_places[is_within].sum() + opened + already
        if not closes:
            assert len(changes) == is_within.sum() + opened + closed + (already > 0)
        assert np.all(changes[changes < 0] == -1)
        assert (changes < 0).sum() <= closed <= opened + already
        assert closes or (changes < 0).sum() == closed


@LAW
@given(played=given_to_play())
def test_littles_law_holds_exactly(engine: Engine, played: Given) -> None:
    plan = played.plan
    ledger = engine(*played)
    told = courses(played, ledger)
    occupied = ledger.pool_days[0, :, :, POOL_DAYS.index("occupied_place_days")]
    for pool in range(plan.n_pools):
        for year in range(plan.n_years):
            stays = [overlap(c.admitted, c.discharged, year) for c in told if c.pool == pool]
            assert sum(stays) == occupied[pool, year]


@LAW
@given(played=given_to_play())
def test_the_log_of_capacity_adds_up_to_the_days_of_the_ledger(engine: Engine, played: Given) -> None:
    plan = played.plan
    ledger = engine(*played)
    for pool in range(plan.n_pools):
        log = capacity_steps(ledger, pool)
        ends = [day for day, _ in log[1:]] + [plan.horizon_days]
        for year in range(plan.n_years):
            days = dict(zip(POOL_DAYS, ledger.pool_days[0, pool, year], strict=True))
            passed = [overlap(begin, end, year) for (begin, _), end in zip(log, ends, strict=True)]
            places = [places for _, places in log]
            assert np.dot(passed, places) == days["open_place_days"]
            assert np.dot(passed, np.array(places) > 0) == days["days_with_open_places"]


@LAW
@given(played=given_to_play())
def test_days_all_taken_and_days_empty_are_what_the_women_tell(engine: Engine, played: Given) -> None:
    plan = played.plan
    ledger = engine(*played)
    told = courses(played, ledger)
    days = {name: ledger.pool_days[0, :, :, number].sum(axis=1) for number, name in enumerate(POOL_DAYS)}
    edges = sorted(
        {0.0, plan.horizon_days, *ledger.capacity_day.tolist()}
        | {day for c in told for day in (c.admitted, c.discharged, c.place_free) if 0 <= day < plan.horizon_days}
    )
    all_taken, empty = np.zeros(plan.n_pools), np.zeros(plan.n_pools)
    for begin, end in itertools.pairwise(edges):
        day = (begin + end) / 2
        for pool in range(plan.n_pools):
            if open_on(ledger, pool, day) > 0:
                all_taken[pool] += (end - begin) * (taken_on(told, pool, day) == open_on(ledger, pool, day))
                lives_there = any(c.pool == pool and c.admitted <= day < c.discharged for c in told)
                empty[pool] += (end - begin) * (not lives_there)
    np.testing.assert_array_equal(all_taken, days["all_taken_days"])
    np.testing.assert_array_equal(empty, days["empty_days"])


@LAW
@given(played=given_to_play(most_replications=3))
def test_replications_know_nothing_of_each_other(engine: Engine, played: Given) -> None:
    plan, women, marks = played
    together = engine(*played)
    for k in range(women.n_replications):
        alone = engine(plan, women.replications(k, k + 1), marks[:, :, k : k + 1])
        own = slice(int(women.first[k]), int(women.first[k + 1]))
        rows = slice(int(together.capacity_first[k]), int(together.capacity_first[k + 1]))
        parts = {
            **dict.fromkeys(OF_WOMEN, own),
            "pool_days": slice(k, k + 1),
            "openings": slice(k, k + 1),
            "closings": slice(k, k + 1),
            "capacity_pool": rows,
            "capacity_day": rows,
            "capacity_places": rows,
        }
        for name, part in parts.items():
            np.testing.assert_array_equal(getattr(together, name)[part], getattr(alone, name), err_msg=name)


@LAW
@given(played=given_to_play())
def test_who_is_not_offered_a_place_or_declines_changes_nothing_for_others(engine: Engine, played: Given) -> None:
    plan, women, marks = played
    ledger = engine(*played)
    others = ~np.isin(ledger.outcome, [OUTCOMES.index("not_offered"), OUTCOMES.index("declined")])
    fewer = type(women)(np.array([0, others.sum()]), *(values[others] for values in women[1:]))
    without = engine(plan, fewer, marks)
    for name in OF_WOMEN:
        np.testing.assert_array_equal(getattr(ledger, name)[others], getattr(without, name), err_msg=name)
    for name in ("pool_days", "openings", "closings", "capacity_pool", "capacity_day", "capacity_places"):
        np.testing.assert_array_equal(getattr(ledger, name), getattr(without, name), err_msg=name)
