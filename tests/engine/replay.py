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
BY_PLAN, BY_ORDER, FOR_GOOD = 0, 1, 1


class Woman:
    """A woman and where she stands; what was drawn about her, by the names of the cohort."""

    referral_day: float
    pregnancy_end_day: float
    municipality: int
    is_lost: bool
    offer_mark: float
    threshold: float
    household: int
    patience_days: float
    waits_past_birth: bool
    stay_days: float
    early_leaving_days: float
    visitation_days: float
    search_days: float
    known_mark: float
    again_mark: float
    again_threshold: float
    has_signed: bool
    housing_days: float

    def __init__(self, plan: Plan, women: Cohort, number: int) -> None:
        self.plan = plan
        self.number = number
        for name in Cohort._fields[1:]:
            setattr(self, name, getattr(women, name)[number].item())
        self.stops_at_birth = self.is_lost or not self.waits_past_birth
        self.family = int(self.household != ALONE)
        self.since = self.referral_day
        self.visited_on = self.referral_day + self.visitation_days
        self.asks_on = max(0.0, self.visited_on)
        self.is_second_time = False
        self.willing: list[int] = []
        self.elsewhere: list[int] = []
        self.has_searched = False
        self.state = COMING
        self.outcome = "waiting"
        self.pool = NO_POOL
        self.asked = self.admitted = self.stopped = np.nan

    @property
    def counts_toward(self) -> int | None:
        return next((pool for pool in self.willing if pool < self.plan.n_pools and self.plan.is_flexible[pool]), None)

    @property
    def found_on(self) -> float:
        """When a place elsewhere is found, if she seeks one."""
        return max(self.asks_on, self.visited_on + self.search_days)

    @property
    def limit(self) -> tuple[float, str]:
        """When she stops waiting, and why."""
        patience_end = self.since + self.patience_days
        if self.stops_at_birth and self.pregnancy_end_day < patience_end:
            return self.pregnancy_end_day, "pregnancy_ended" if self.is_lost else "birth_before_place"
        return patience_end, "gave_up"

    @property
    def planned_end(self) -> float:
        is_from_birth = self.plan.is_anchored_at_birth
        return (max(self.admitted, self.pregnancy_end_day) if is_from_birth else self.admitted) + self.stay_days

    @property
    def leaves(self) -> float:
        """When she leaves, once admitted."""
        is_own = self.pool < self.plan.n_pools
        wants_to = self.admitted + self.early_leaving_days
        if is_own and self.has_signed and self.plan.may_detain[self.pool] and wants_to < self.pregnancy_end_day:
            wants_to = self.pregnancy_end_day
        end = wants_to if wants_to < self.planned_end else self.planned_end + self.housing_days
        return min(end, self.plan.closes_day[self.pool]) if is_own else end

    def admit(self, pool: int, day: float) -> None:
        """Let her move in, and say how it will end."""
        self.state, self.pool, self.admitted = LIVING, pool, day
        if self.leaves >= self.plan.horizon_days:
            self.outcome = "in_stay"
        else:
            self.outcome = "left_early" if self.leaves < self.planned_end else "completed"

    def hears_of(self, pool: int, day: float) -> bool:
        """Whether she is asked about a pool that serves her home on a day."""
        plan = self.plan
        if not plan.asked_from_day[pool] <= day < plan.last_admission_day[pool]:
            return False
        if plan.ramp_up_days[pool] == 0:
            return True
        start, passed = plan.ramp_up_start[pool], day - plan.asked_from_day[pool]
        return bool(self.known_mark < start + (1.0 - start) * (passed / plan.ramp_up_days[pool]))


class Pool:
    """What cannot be seen by looking at the women."""

    def __init__(self) -> None:
        self.by_plan = 0
        self.opened_on: list[float] = []
        self.orders: list[tuple[float, int, bool]] = []  # opens on, number of the order, whether it fails
        self.n_orders = 0
        self.idle_since: float | None = None
        self.is_closed = False

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
                coming.append((woman.asks_on, REFERRAL, woman.number))
            elif woman.state == WAITING:
                coming.append((woman.limit[0], LIMIT, woman.number))
                if woman.elsewhere and not woman.has_searched:
                    coming.append((woman.found_on, BOUGHT, woman.number))
            elif woman.state == LIVING:
                coming.append((woman.leaves, FREES, woman.number))
            elif woman.state == TURNING:
                coming.append((woman.leaves + turnaround[woman.pool], FREES, woman.number))
        coming += [(day, OPENS, int(pool), BY_PLAN, i) for i, (day, pool, _) in enumerate(self.steps)]
        for number, pool in enumerate(self.pools):
            coming += [(day, OPENS, number, BY_ORDER, order) for day, order, _ in pool.orders]
            if pool.idle_since is not None and self.closing_day(number) < self.plan.closes_day[number]:
                coming.append((self.closing_day(number), CLOSES, number))
            if not pool.is_closed:
                coming.append((float(self.plan.closes_day[number]), CLOSES, number, FOR_GOOD))
        return coming

    def happen(self, kind: int, number: int, *rest: int) -> None:
        if kind == FREES:
            self.leave(self.women[number])
        elif kind == OPENS:
            self.open(number, *rest)
        elif kind == CLOSES:
            self.close(number, *rest)
        elif kind == LIMIT:
            self.stop(self.women[number])
        elif kind == BOUGHT:
            self.find(self.women[number])
        else:
            self.refer(self.women[number])

    def stop(self, woman: Woman) -> None:
        woman.state, (woman.stopped, woman.outcome) = GONE, woman.limit

    def find(self, woman: Woman) -> None:
        """A place elsewhere is found: she moves in where one is free, or waits for it as for any other."""
        woman.has_searched = True
        woman.willing = [*woman.willing, *woman.elsewhere]
        free = [pool for pool in woman.elsewhere if self.free(pool) > 0]
        if free:
            woman.admit(free[0], self.now)

    def refer(self, woman: Woman) -> None:
        plan, home, is_first_time = self.plan, woman.municipality, not woman.is_second_time
        open_to_her = [int(p) for p in plan.pool_order[home] if p >= 0 and woman.hears_of(p, self.now)]
        below = woman.threshold if is_first_time else woman.again_threshold
        accepts = plan.acceptance[woman.family, home]
        woman.willing = [pool for pool in open_to_her if below < accepts[pool]]
        order, accepts = plan.elsewhere_order[home], plan.elsewhere_acceptance[woman.family, home]
        woman.elsewhere = [plan.n_pools + int(number) for number in order if below < accepts[number]]
        says_yes = bool(woman.willing or woman.elsewhere)
        if is_first_time and not (woman.offer_mark < plan.offered_share and (open_to_her or plan.buys_elsewhere)):
            woman.state, woman.outcome = GONE, "not_offered"
        elif not says_yes:
            self.decline(woman)
        elif woman.limit[0] < self.now:
            self.stop(woman) if is_first_time else self.decline(woman)
        else:
            woman.asked, woman.outcome = self.now, "waiting"
            free = [pool for pool in woman.willing if self.free(pool) > 0]
            if free:
                woman.admit(free[0], self.now)
                return
            woman.state = WAITING
            if woman.counts_toward is not None:
                self.order_if_needed(woman.counts_toward)

    def decline(self, woman: Woman) -> None:
        woman.state, woman.outcome = GONE, "declined"
        if woman.is_second_time:
            return
        woman.asked, woman.is_second_time = self.now, True
        if woman.again_mark < self.plan.asked_again_share:
            again = self.now + self.plan.asked_again_days
            woman.state, woman.since, woman.visited_on, woman.asks_on = COMING, again, again, again

    def order_if_needed(self, number: int) -> None:
        plan, pool = self.plan, self.pools[number]
        counted = sum(woman.state == WAITING and woman.counts_toward == number for woman in self.women)
        if counted - len(pool.orders) < plan.open_at_waiting[number]:
            return
        if pool.open + len(pool.orders) >= plan.max_places[number]:
            return
        if len(pool.opened_on) + len(pool.orders) >= plan.most_flexible[number] or not self.admits(number):
            return
        is_failing = bool(self.marks[number, pool.n_orders] < plan.failure_probability[number])
        pool.orders.append((self.now + float(plan.lead_days[number]), pool.n_orders, is_failing))
        pool.n_orders += 1

    def leave(self, woman: Woman) -> None:
        is_own = woman.pool < self.plan.n_pools
        if woman.state == LIVING and is_own and self.plan.turnaround_days[woman.pool] > 0:
            woman.state = TURNING
        else:
            woman.state = GONE
            self.give(woman.pool)

    def give(self, number: int) -> None:
        """Give free places as long as there are any and somebody waits for one."""
        while self.free(number) > 0 and self.admits(number):
            waiting = [woman for woman in self.women if woman.state == WAITING and number in woman.willing]
            if not waiting:
                return
            at_home = [w for w in waiting if number < self.plan.n_pools and self.plan.is_home[number, w.municipality]]
            if self.plan.is_home_first and at_home:
                waiting = at_home
            if self.plan.discipline == DUE_FIRST:
                earliest = min(woman.pregnancy_end_day for woman in waiting)
                waiting = [woman for woman in waiting if woman.pregnancy_end_day == earliest]
            waiting[0].admit(number, self.now)

    def open(self, number: int, how: int, which: int) -> None:
        pool = self.pools[number]
        if how == BY_PLAN:
            pool.by_plan += int(self.steps.pop(which)[2])
        else:
            order = next(order for order in pool.orders if order[1] == which)
            pool.orders.remove(order)
            if order[2] or not self.admits(number):
                return
            pool.opened_on.append(self.now)
            self.changes[0, number, int(self.now // DAYS_PER_YEAR)] += 1
        self.capacity.append((number, self.now, pool.open))
        self.give(number)

    def close(self, number: int, is_for_good: int = 0) -> None:
        pool = self.pools[number]
        if is_for_good:
            self.changes[1, number, int(self.now // DAYS_PER_YEAR)] += len(pool.opened_on)
            pool.by_plan, pool.opened_on, pool.idle_since, pool.is_closed = 0, [], None, True
            self.capacity.append((number, self.now, 0))
            return
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

    def admits(self, number: int) -> bool:
        return number >= self.plan.n_pools or self.now < self.plan.last_admission_day[number]

    def free(self, number: int) -> int:
        if number >= self.plan.n_pools:
            return int(self.plan.elsewhere_places[number - self.plan.n_pools]) - self.count(number, LIVING)
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
        asked_day=np.array([woman.asked for woman in women], dtype=np.float64),
        ended_day=np.array([w.stopped if w.pool == NO_POOL else w.leaves for w in women], dtype=np.float64),
        completes=np.array([w.pool != NO_POOL and w.leaves >= w.planned_end for w in women], dtype=bool),
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
