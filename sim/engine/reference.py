"""The rules of play in SimPy, written to be read aloud to someone who runs a unit.

One replication is one `Play`: units with places, women who come, wait, move in and leave. The order of things that
fall on the same instant is their priority in SimPy's queue: kind first, then the number of the woman or unit.
"""

import itertools
from collections.abc import Generator

import numpy as np
import numpy.typing as npt
import simpy
from simpy.events import EventPriority

from sim.cohort import Cohort, year_index
from sim.design import Plan
from sim.engine.asking import ask, willing_elsewhere, willing_list
from sim.engine.ledger import (
    ALL_TAKEN_DAYS,
    BIRTH_BEFORE_PLACE,
    COMPLETED,
    DAYS_WITH_OPEN_PLACES,
    EMPTY_DAYS,
    GAVE_UP,
    IN_STAY,
    LEFT_EARLY,
    OCCUPIED_PLACE_DAYS,
    OF_WOMEN,
    OPEN_PLACE_DAYS,
    POOL_DAYS,
    PREGNANCY_ENDED,
    Ledger,
    empty_ledger,
)
from sim.scenario import DISCIPLINES

Floats = npt.NDArray[np.float64]
Course = Generator[simpy.Event, None, None]

FIFO, DUE_FIRST = range(len(DISCIPLINES))
KINDS = ("place free", "place opens", "place closes", "limit of waiting", "bought elsewhere", "referral")
PLACE_FREE, PLACE_OPENS, PLACE_CLOSES, LIMIT_OF_WAITING, BOUGHT_ELSEWHERE, REFERRAL = range(1, len(KINDS) + 1)
NUMBERS_PER_KIND = 10**12  # more women or units than any replication has


class Instant(simpy.Event):
    """Something that will happen on a given day, in its turn among all that happens then."""

    def __init__(self, env: simpy.Environment, day: float, kind: int, number: int) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        env.schedule(self, EventPriority(kind * NUMBERS_PER_KIND + number), day - env.now)


class Unit:
    """A pool of places in play."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.permanent = 0  # places open for good
        self.opened_on: list[float] = []  # when each flexible place opened, the last one last
        self.living = 0  # women who live here
        self.turning = 0  # places between two stays
        self.on_order = 0
        self.n_orders = 0
        self.counted = 0  # waiting women who count toward this unit
        self.idle_since: float | None = None
        self.history: list[tuple[float, int, int, int]] = [(0.0, 0, 0, 0)]  # day, open, living, turning

    @property
    def open(self) -> int:
        """Places open now."""
        return self.permanent + len(self.opened_on)

    @property
    def free(self) -> int:
        """Places open now that a woman could move into."""
        return self.open - self.living - self.turning


class Provider(Unit):
    """A provider elsewhere: so many places from the first day, and nothing else that is counted."""

    def __init__(self, number: int, places: int) -> None:
        super().__init__(number)
        self.permanent = places


class Wait:
    """A woman who waits."""

    def __init__(self, woman: int, willing: list[Unit], counts_toward: Unit | None, is_given: simpy.Event) -> None:
        self.woman = woman
        self.willing = willing
        self.counts_toward = counts_toward
        self.is_given = is_given
        self.unit: Unit | None = None


def play_reference(plan: Plan, cohort: Cohort, order_marks: Floats) -> Ledger:
    """Play every replication of a cohort against a plan, one after the other.

    Parameters
    ----------
    plan : Plan
        The design.
    cohort : Cohort
        The women.
    order_marks : ndarray of float of shape (n_pools, n_orders, n_replications)
        The pool's j-th order fails if its j-th mark is below the pool's failure probability.

    Returns
    -------
    Ledger
        Of all replications.
    """
    ledger = empty_ledger(cohort.n_women, cohort.n_replications, plan.n_pools, plan.n_years)
    changes: list[tuple[int, float, int]] = []
    for k in range(cohort.n_replications):
        play = Play(plan, cohort.replications(k, k + 1), order_marks[:, :, k])
        play.run()
        play.enter(ledger, k, first=int(cohort.first[k]))
        changes += play.changes
        ledger.capacity_first[k + 1] = len(changes)
    pools, days, places = zip(*changes, strict=True) if changes else ((), (), ())
    return ledger._replace(
        capacity_pool=np.array(pools, dtype=np.int64),
        capacity_day=np.array(days, dtype=np.float64),
        capacity_places=np.array(places, dtype=np.int64),
    )


class Play:
    """One replication of one design."""

    def __init__(self, plan: Plan, women: Cohort, order_marks: Floats) -> None:
        self.plan = plan
        self.women = women
        self.replies = ask(plan, women)
        self.order_marks = order_marks
        self.env = simpy.Environment()
        self.units = [Unit(number) for number in range(plan.n_pools)]
        self.providers = [
            Provider(plan.n_pools + number, int(places)) for number, places in enumerate(plan.elsewhere_places)
        ]
        self.queue: list[Wait] = []
        self.page = empty_ledger(women.n_women, 1, plan.n_pools, plan.n_years)
        self.changes: list[tuple[int, float, int]] = []  # pool, day, open places from then on

    def run(self) -> None:
        """Play until the horizon; nothing happens at or after it."""
        self.settle_residents()
        self.referrals()
        self.env.process(self.planned_openings())
        for unit in self.units:
            self.env.process(self.closing_for_good(unit))
        self.env.run(until=self.plan.horizon_days)

    def at(self, day: float, kind: int, number: int) -> Instant:
        """Wait for a day."""
        return Instant(self.env, day, kind, number)

    # -- women ---------------------------------------------------------------------------------------------------

    def settle_residents(self) -> None:
        """Women who live in already are there before anything happens, with the flexible places they live in."""
        for unit, already_open in zip(self.units, self.plan.already_open, strict=True):
            unit.opened_on = [0.0] * int(already_open)
            if already_open:
                self.changes.append((unit.number, self.env.now, unit.open))
        for woman, pool in enumerate(self.plan.resident_pool):
            self.move_in(woman, [*self.units, *self.providers][pool])

    def referrals(self) -> None:
        """Women are asked, each on her day; of some that is all there is to tell."""
        first = len(self.plan.resident_pool)
        self.page.outcome[first:] = self.replies.outcome[first:]
        self.page.asked_day[first:] = self.replies.asked_day[first:]
        is_gone = np.isin(self.replies.outcome, (GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED))
        is_gone[:first] = False
        self.page.ended_day[is_gone] = self.replies.limit_day[is_gone]
        for woman in first + np.flatnonzero(self.replies.comes[first:]):
            self.env.process(self.course(int(woman)))

    def course(self, woman: int) -> Course:
        """Follow one woman who says yes from the day she is asked to her last day."""
        yield self.at(float(self.replies.asked_day[woman]), REFERRAL, woman)
        willing = [self.units[pool] for pool in willing_list(self.plan, self.women, self.replies, woman)]
        unit = next((unit for unit in willing if unit.free > 0), None)
        if unit is not None:
            self.move_in(woman, unit)
            return
        providers = [self.providers[number] for number in willing_elsewhere(self.plan, self.women, self.replies, woman)]
        wait = self.join_queue(woman, willing)
        is_over = self.at(float(self.replies.limit_day[woman]), LIMIT_OF_WAITING, woman)
        is_found = self.at(float(self.replies.found_day[woman]) if providers else np.inf, BOUGHT_ELSEWHERE, woman)
        yield wait.is_given | is_over | is_found
        if wait.unit is None and not is_over.processed:
            self.take_elsewhere(wait, providers)
            yield wait.is_given | is_over
        if wait.unit is None:
            self.leave_queue(wait)
            self.page.outcome[woman] = self.replies.reason[woman]
            self.page.ended_day[woman] = self.env.now

    def take_elsewhere(self, wait: Wait, providers: list[Provider]) -> None:
        """A place elsewhere is found for her: she takes the nearest that is free, or waits for one there too."""
        provider = next((provider for provider in providers if provider.free > 0), None)
        if provider is None:
            wait.willing += providers
        else:
            self.give_to(wait, provider)

    # -- the queue -----------------------------------------------------------------------------------------------

    def join_queue(self, woman: int, willing: list[Unit]) -> Wait:
        """Put her on the lists of all units she accepts; a flexible unit may order a place."""
        flexible = next((unit for unit in willing if self.plan.is_flexible[unit.number]), None)
        wait = Wait(woman, willing, flexible, self.env.event())
        self.queue.append(wait)
        if flexible is not None:
            flexible.counted += 1
            self.order_if_needed(flexible)
        return wait

    def leave_queue(self, wait: Wait) -> None:
        """Take her off all lists."""
        self.queue.remove(wait)
        if wait.counts_toward is not None:
            wait.counts_toward.counted -= 1

    def comes_first(self, wait: Wait, unit: Unit) -> tuple[bool, float, int]:
        """Rank a waiting woman for a unit's free place by the discipline."""
        is_home = unit in self.units and self.plan.is_home[unit.number, self.women.municipality[wait.woman]]
        due = float(self.women.pregnancy_end_day[wait.woman])
        return (
            self.plan.is_home_first and not is_home,
            due if self.plan.discipline == DUE_FIRST else 0.0,
            wait.woman,
        )

    def give_free_place(self, unit: Unit) -> None:
        """Give a place that has just become free to the woman who comes first, if anyone waits for it."""
        waiting = [wait for wait in self.queue if unit in wait.willing]
        if waiting and self.is_admitting(unit):
            self.give_to(min(waiting, key=lambda wait: self.comes_first(wait, unit)), unit)
        self.note(unit)

    def give_to(self, wait: Wait, unit: Unit) -> None:
        """A waiting woman gets a place."""
        self.leave_queue(wait)
        wait.unit = unit
        wait.is_given.succeed()
        self.move_in(wait.woman, unit)

    def is_admitting(self, unit: Unit) -> bool:
        """Tell whether a unit still admits women: it stops some time before it closes."""
        return unit not in self.units or self.env.now < float(self.plan.last_admission_day[unit.number])

    # -- stays ---------------------------------------------------------------------------------------------------

    def move_in(self, woman: int, unit: Unit) -> None:
        """She moves in."""
        self.page.pool[woman] = unit.number
        unit.living += 1
        self.note(unit)
        leaves = self.plan_stay(woman, unit)
        if leaves < self.plan.horizon_days:
            self.env.process(self.stay(woman, unit, leaves))

    def plan_stay(self, woman: int, unit: Unit) -> float:
        """Enter her admission and how it will end."""
        plan, women, page, now = self.plan, self.women, self.page, self.env.now
        pregnancy_ends = float(women.pregnancy_end_day[woman])
        starts = max(now, pregnancy_ends) if plan.is_anchored_at_birth else now
        planned_end = starts + float(women.stay_days[woman])
        own_accord = now + float(women.early_leaving_days[woman])
        if unit in self.units and plan.may_detain[unit.number] and women.has_signed[woman]:
            own_accord = max(own_accord, pregnancy_ends)
        leaves = own_accord if own_accord < planned_end else planned_end + float(women.housing_days[woman])
        if unit in self.units:
            leaves = min(leaves, float(plan.closes_day[unit.number]))
        page.admission_day[woman] = now
        page.ended_day[woman] = leaves
        page.completes[woman] = leaves >= planned_end
        if leaves >= plan.horizon_days:
            page.outcome[woman] = IN_STAY
        else:
            page.outcome[woman] = COMPLETED if leaves >= planned_end else LEFT_EARLY
            page.discharge_day[woman] = leaves
        return leaves

    def stay(self, woman: int, unit: Unit, leaves: float) -> Course:
        """She lives there and leaves; after the turnaround her place is free."""
        yield self.at(leaves, PLACE_FREE, woman)
        unit.living -= 1
        turnaround = float(self.plan.turnaround_days[unit.number]) if unit in self.units else 0.0
        if turnaround > 0:
            unit.turning += 1
            self.note(unit)
            yield self.at(leaves + turnaround, PLACE_FREE, woman)
            unit.turning -= 1
        self.give_free_place(unit)

    # -- places --------------------------------------------------------------------------------------------------

    def planned_openings(self) -> Course:
        """Places open for good, by the plan."""
        plan = self.plan
        for day, pool, places in zip(plan.opening_day, plan.opening_pool, plan.opening_places, strict=True):
            yield self.at(float(day), PLACE_OPENS, 2 * int(pool))
            unit = self.units[pool]
            unit.permanent += int(places)
            self.changes.append((unit.number, self.env.now, unit.open))
            for _ in range(places):
                self.give_free_place(unit)
            self.note(unit)

    def order_if_needed(self, unit: Unit) -> None:
        """Order one more flexible place, if enough women wait and there is room."""
        is_needed = unit.counted - unit.on_order >= self.plan.open_at_waiting[unit.number]
        has_room = unit.open + unit.on_order < self.plan.max_places[unit.number]
        has_staff = len(unit.opened_on) + unit.on_order < self.plan.most_flexible[unit.number]
        if is_needed and has_room and has_staff and self.is_admitting(unit):
            is_failing = self.order_marks[unit.number, unit.n_orders] < self.plan.failure_probability[unit.number]
            unit.n_orders += 1
            unit.on_order += 1
            self.env.process(self.order(unit, is_failing=bool(is_failing)))

    def order(self, unit: Unit, *, is_failing: bool) -> Course:
        """Wait for staff: the place opens, or the order lapses."""
        yield self.at(self.env.now + float(self.plan.lead_days[unit.number]), PLACE_OPENS, 2 * unit.number + 1)
        unit.on_order -= 1
        if is_failing or not self.is_admitting(unit):
            return
        unit.opened_on.append(self.env.now)
        self.changes.append((unit.number, self.env.now, unit.open))
        self.page.openings[0, unit.number, self.year()] += 1
        self.give_free_place(unit)

    def note(self, unit: Unit) -> None:
        """Note a unit's state after a change, and let its idle clock run or stop."""
        unit.history.append((self.env.now, unit.open, unit.living, unit.turning))
        is_idle = (
            unit in self.units
            and bool(self.plan.is_flexible[unit.number])
            and unit.free > self.plan.keep_free[unit.number]
            and unit.open > unit.permanent
        )
        if not is_idle:
            unit.idle_since = None
            return
        if unit.idle_since is None:
            unit.idle_since = self.env.now
        self.env.process(self.close_when_due(unit, self.closing_day(unit)))

    def closing_day(self, unit: Unit) -> float:
        """Find the day on which the place opened last closes if nothing changes."""
        idle_since = self.env.now if unit.idle_since is None else unit.idle_since
        return max(
            idle_since + float(self.plan.close_after_idle_days[unit.number]),
            unit.opened_on[-1] + float(self.plan.min_open_days[unit.number]),
        )

    def close_when_due(self, unit: Unit, day: float) -> Course:
        """Close the place opened last, if it is still due by then."""
        yield self.at(day, PLACE_CLOSES, unit.number)
        is_closed = self.env.now >= float(self.plan.closes_day[unit.number])
        if is_closed or unit.idle_since is None or self.closing_day(unit) > self.env.now:
            return
        unit.opened_on.pop()
        unit.idle_since = None
        self.changes.append((unit.number, self.env.now, unit.open))
        self.page.closings[0, unit.number, self.year()] += 1
        self.note(unit)

    def closing_for_good(self, unit: Unit) -> Course:
        """The unit closes: nobody lives there any more, and all its places close."""
        yield self.at(float(self.plan.closes_day[unit.number]), PLACE_CLOSES, unit.number)
        self.page.closings[0, unit.number, self.year()] += len(unit.opened_on)
        unit.permanent, unit.opened_on = 0, []
        self.changes.append((unit.number, self.env.now, unit.open))
        self.note(unit)

    # -- the ledger ----------------------------------------------------------------------------------------------

    def year(self) -> int:
        """Tell the year, counted from 0."""
        return int(year_index(self.env.now, self.plan.year_starts))

    def enter(self, ledger: Ledger, replication: int, *, first: int) -> None:
        """Copy this replication into the ledger of all."""
        women = slice(first, first + self.women.n_women)
        for column in OF_WOMEN:
            getattr(ledger, column)[women] = getattr(self.page, column)
        ledger.openings[replication] = self.page.openings[0]
        ledger.closings[replication] = self.page.closings[0]
        for unit in self.units:
            ledger.pool_days[replication, unit.number] = self.count_days(unit)

    def count_days(self, unit: Unit) -> Floats:
        """Count a unit's days from its history, year by year."""
        days = np.zeros((self.plan.n_years, len(POOL_DAYS)))
        ends = [entry[0] for entry in unit.history[1:]] + [self.plan.horizon_days]
        for (begin, is_open, living, turning), end in zip(unit.history, ends, strict=True):
            for year, (year_begins, year_ends) in enumerate(itertools.pairwise(self.plan.year_starts.tolist())):
                passed = max(0.0, min(end, year_ends) - max(begin, year_begins))
                days[year, OPEN_PLACE_DAYS] += is_open * passed
                days[year, OCCUPIED_PLACE_DAYS] += living * passed
                days[year, DAYS_WITH_OPEN_PLACES] += passed if is_open > 0 else 0.0
                days[year, ALL_TAKEN_DAYS] += passed if is_open > 0 and living + turning == is_open else 0.0
                days[year, EMPTY_DAYS] += passed if is_open > 0 and living == 0 else 0.0
        return days
