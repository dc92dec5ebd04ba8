"""The rules a third time, as slowly and plainly as can be: to judge both engines by.

Nothing is remembered but the state of each woman, each order and each clock. After whatever happens, all
that could happen next is listed anew by looking at everybody, and the first of the list happens.
"""

from typing import Any

import numpy as np
from making import DUE_FIRST

from sim.cohort import ALONE, DAYS_PER_YEAR, Cohort
from sim.design import Plan
from sim.engine import POOL_DAYS, Ledger
from sim.engine.ledger import NO_POOL, OUTCOMES

COMING, WAITING, LIVING, TURNING, GONE = "coming", "waiting", "living", "turning", "gone"
FREES, OPENS, CLOSES, LIMIT, BOUGHT, REFERRAL = 1, 2, 3, 4, 5, 6
BY_PLAN, BY_ORDER = 0, 1


class Woman:
    """A woman and where she stands."""

    def __init__(self, plan: Plan, women: Cohort, number: int) -> None:
        self.plan = plan
        self.number = number
        self.referral = float(women.referral_day[number])
        self.pregnancy_end = float(women.pregnancy_end_day[number])
        self.is_lost = bool(women.is_lost[number])
        self.stay = float(women.stay_days[number])
        self.early = float(women.early_leaving_days[number])
        self.home = int(women.municipality[number])
        self.patience_end = self.referral + float(women.patience_days[number])
        self.stops_at_birth = self.is_lost or not women.waits_past_birth[number]
        self.is_offered = women.offer_mark[number] < plan.offered_share
        family = int(women.household[number] != ALONE)
        accepted = women.threshold[number] < plan.acceptance[family, self.home]
        self.asked_on = max(0.0, self.referral)
        asked = plan.asked_from_day <= self.asked_on
        self.willing = [
            int(pool) for pool in plan.pool_order[self.home] if pool >= 0 and accepted[pool] and asked[pool]
        ]
        elsewhere = women.threshold[number] < plan.external_acceptance[family]
        self.bought_on = max(self.asked_on, self.referral + plan.external_after_days) if elsewhere else np.inf
        flexible = [pool for pool in self.willing if plan.is_flexible[pool]]
        self.counts_toward = flexible[0] if flexible else None
        self.state = COMING
        self.outcome = "waiting"
        self.pool = NO_POOL
        self.admitted = np.nan

    @property
    def limit(self) -> tuple[float, str]:
        """When she stops waiting, and why."""
        if self.stops_at_birth and self.pregnancy_end < self.patience_end:
            return self.pregnancy_end, "pregnancy_ended" if self.is_lost else "birth_before_place"
        return self.patience_end, "gave_up"

    @property
    def leaves(self) -> float:
        """When she leaves, once admitted."""
        anchor = max(self.admitted, self.pregnancy_end) if self.plan.is_anchored_at_birth else self.admitted
        return min(anchor + self.stay, self.admitted + self.early)

    def admit(self, pool: int, day: float) -> None:
        """Let her move in, and say how it will end."""
        self.state, self.pool, self.admitted = LIVING, pool, day
        if self.leaves >= self.plan.horizon_days:
            self.outcome = "in_stay"
            return
        anchor = max(day, self.pregnancy_end) if self.plan.is_anchored_at_birth else day
        self.outcome = "left_early" if day + self.early < anchor + self.stay else "completed"


class Pool:
    """What cannot be seen by looking at the women."""

    def __init__(self) -> None:
        self.by_plan = 0
        self.opened_on: list[float] = []
        self.orders: list[tuple[float, int, bool]] = []  # opens on, number of the order, whether it fails
        self.n_orders = 0
        self.idle_since: float | None = None
        self.n_opened = 0

    @property
    def open(self) -> int:
        return self.by_plan + len(self.opened_on)


class Replay:
    """One replication, replayed."""

    def __init__(self, plan: Plan, women: Cohort, marks: Any) -> None:
        self.plan, self.marks = plan, marks
        self.women = [Woman(plan, women, number) for number in range(women.n_women)]
        self.pools = [Pool() for _ in range(plan.n_pools)]
        self.steps = list(zip(plan.opening_day, plan.opening_pool, plan.opening_places, strict=True))
        self.now = 0.0
        self.capacity: list[tuple[int, float, int]] = []
        self.days = np.zeros((plan.n_pools, plan.n_years, len(POOL_DAYS)))
        self.changes = np.zeros((2, plan.n_pools, plan.n_years), dtype=np.int64)

    def settle(self) -> None:
        """Let the women who live in already be there, and the flexible places they live in."""
        for number, places in enumerate(self.plan.already_open):
            self.pools[number].opened_on = [0.0] * int(places)
            if places:
                self.capacity.append((number, 0.0, int(places)))
        for woman, pool in zip(self.women, self.plan.resident_pool, strict=False):
            woman.admit(int(pool), 0.0)

    def run(self) -> None:
        self.settle()
        while True:
            coming = self.what_may_happen()
            day, kind, number, *rest = min(coming) if coming else (np.inf, 0, 0)
            until = min(day, self.plan.horizon_days)
            self.count_days(until)
            self.now = until
            if day >= self.plan.horizon_days:
                return
            self.happen(kind, number, *rest)
            self.look_at_clocks()

    def what_may_happen(self) -> list[tuple[Any, ...]]:
        turnaround = self.plan.turnaround_days
        coming: list[tuple[Any, ...]] = []
        for woman in self.women:
            if woman.state == COMING:
                coming.append((woman.asked_on, REFERRAL, woman.number))
            elif woman.state == WAITING:
                coming.append((woman.limit[0], LIMIT, woman.number))
                coming.append((woman.bought_on, BOUGHT, woman.number))
            elif woman.state == LIVING and woman.pool < self.plan.n_pools:
                coming.append((woman.leaves, FREES, woman.number))
            elif woman.state == TURNING:
                coming.append((woman.leaves + turnaround[woman.pool], FREES, woman.number))
        coming += [(day, OPENS, int(pool), BY_PLAN, i) for i, (day, pool, _) in enumerate(self.steps)]
        for number, pool in enumerate(self.pools):
            coming += [(day, OPENS, number, BY_ORDER, order) for day, order, _ in pool.orders]
            if pool.idle_since is not None:
                coming.append((self.closing_day(number), CLOSES, number))
        return coming

    def happen(self, kind: int, number: int, *rest: int) -> None:
        if kind == FREES:
            self.leave(self.women[number])
        elif kind == OPENS:
            self.open(number, *rest)
        elif kind == CLOSES:
            self.close(number)
        elif kind == LIMIT:
            self.women[number].state, self.women[number].outcome = GONE, self.women[number].limit[1]
        elif kind == BOUGHT:
            self.women[number].admit(self.plan.n_pools, self.now)
        else:
            self.refer(self.women[number])

    def refer(self, woman: Woman) -> None:
        woman.state = GONE
        if not woman.is_offered:
            woman.outcome = "not_offered"
        elif not woman.willing and woman.bought_on == np.inf:
            woman.outcome = "declined"
        elif any(self.free(pool) > 0 for pool in woman.willing):
            woman.admit(next(pool for pool in woman.willing if self.free(pool) > 0), self.now)
        else:
            woman.state = WAITING
            if woman.counts_toward is not None:
                self.order_if_needed(woman.counts_toward)

    def order_if_needed(self, number: int) -> None:
        plan, pool = self.plan, self.pools[number]
        counted = sum(woman.state == WAITING and woman.counts_toward == number for woman in self.women)
        if counted - len(pool.orders) < plan.open_at_waiting[number]:
            return
        if pool.open + len(pool.orders) >= plan.max_places[number]:
            return
        is_failing = bool(self.marks[number, pool.n_orders] < plan.failure_probability[number])
        pool.orders.append((self.now + float(plan.lead_days[number]), pool.n_orders, is_failing))
        pool.n_orders += 1

    def leave(self, woman: Woman) -> None:
        if woman.state == LIVING and self.plan.turnaround_days[woman.pool] > 0:
            woman.state = TURNING
        else:
            woman.state = GONE
            self.give(woman.pool)

    def give(self, number: int) -> None:
        """Give free places as long as there are any and somebody waits for one."""
        while self.free(number) > 0:
            waiting = [woman for woman in self.women if woman.state == WAITING and number in woman.willing]
            if not waiting:
                return
            if self.plan.is_home_first and any(self.plan.is_home[number, woman.home] for woman in waiting):
                waiting = [woman for woman in waiting if self.plan.is_home[number, woman.home]]
            if self.plan.discipline == DUE_FIRST:
                earliest = min(woman.pregnancy_end for woman in waiting)
                waiting = [woman for woman in waiting if woman.pregnancy_end == earliest]
            waiting[0].admit(number, self.now)

    def open(self, number: int, how: int, which: int) -> None:
        pool = self.pools[number]
        if how == BY_PLAN:
            pool.by_plan += int(self.steps.pop(which)[2])
        else:
            order = next(order for order in pool.orders if order[1] == which)
            pool.orders.remove(order)
            if order[2]:
                return
            pool.opened_on.append(self.now)
            self.changes[0, number, int(self.now // DAYS_PER_YEAR)] += 1
        self.capacity.append((number, self.now, pool.open))
        self.give(number)

    def close(self, number: int) -> None:
        pool = self.pools[number]
        pool.opened_on.pop()
        pool.idle_since = None
        self.capacity.append((number, self.now, pool.open))
        self.changes[1, number, int(self.now // DAYS_PER_YEAR)] += 1

    def closing_day(self, number: int) -> float:
        pool = self.pools[number]
        assert pool.idle_since is not None
        return max(
            pool.idle_since + float(self.plan.close_after_idle_days[number]),
            pool.opened_on[-1] + float(self.plan.min_open_days[number]),
        )

    def look_at_clocks(self) -> None:
        for number, pool in enumerate(self.pools):
            if not (pool.opened_on and self.free(number) > self.plan.keep_free[number]):
                pool.idle_since = None
            elif pool.idle_since is None:
                pool.idle_since = self.now

    def count(self, number: int, state: str) -> int:
        return sum(woman.state == state and woman.pool == number for woman in self.women)

    def free(self, number: int) -> int:
        return self.pools[number].open - self.count(number, LIVING) - self.count(number, TURNING)

    def count_days(self, until: float) -> None:
        for number, pool in enumerate(self.pools):
            living, is_open = self.count(number, LIVING), pool.open > 0
            all_taken = is_open and self.free(number) == 0
            for year in range(self.plan.n_years):
                begin, end = year * DAYS_PER_YEAR, (year + 1) * DAYS_PER_YEAR
                passed = max(0.0, min(end, until) - max(begin, self.now))
                self.days[number, year] += passed * np.array(
                    [pool.open, living, is_open, all_taken, is_open and living == 0]
                )


def replay(plan: Plan, cohort: Cohort, order_marks: Any) -> Ledger:
    """Replay every replication."""
    pages = []
    for k in range(cohort.n_replications):
        page = Replay(plan, cohort.replications(k, k + 1), order_marks[:, :, k])
        page.run()
        pages.append(page)
    women = [woman for page in pages for woman in page.women]
    has_left = [woman.outcome in {"completed", "left_early"} for woman in women]
    capacity = [row for page in pages for row in page.capacity]
    cube = (len(pages), plan.n_pools, plan.n_years)
    return Ledger(
        outcome=np.array([OUTCOMES.index(woman.outcome) for woman in women], dtype=np.int64),
        pool=np.array([woman.pool for woman in women], dtype=np.int64),
        admission_day=np.array([woman.admitted for woman in women], dtype=np.float64),
        discharge_day=np.array(
            [woman.leaves if left else np.nan for woman, left in zip(women, has_left, strict=True)],
            dtype=np.float64,
        ),
        pool_days=np.array([page.days for page in pages]).reshape(*cube, len(POOL_DAYS)),
        openings=np.array([page.changes[0] for page in pages], dtype=np.int64).reshape(cube),
        closings=np.array([page.changes[1] for page in pages], dtype=np.int64).reshape(cube),
        capacity_first=np.cumsum([0, *(len(page.capacity) for page in pages)]),
        capacity_pool=np.array([row[0] for row in capacity], dtype=np.int64),
        capacity_day=np.array([row[1] for row in capacity], dtype=np.float64),
        capacity_places=np.array([row[2] for row in capacity], dtype=np.int64),
    )
