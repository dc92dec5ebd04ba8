"""A bed board: one replication of one design, place by place.

Takes a `Trace`. Gives who lived in which place from when to when, when each place was open, and who waited meanwhile.
Leaves out how it is drawn.

The model counts places and does not number them. Here each woman gets the lowest numbered free place of her pool; a
place that opens is the lowest numbered closed one, and the one that closes the highest numbered free one. That is one
way to tell the same story: nobody changes place, and no place has two women or one while it is closed.
"""

import heapq
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from sim.engine import OUTCOMES
from sim.looks.trace import Trace

_RELEASE, _OPEN, _CLOSE, _ADMIT = range(4)  # in this order on the same instant, as in play


class StaySpell(NamedTuple):
    """A woman in a place."""

    woman: int  # her number in the replication, from 0
    pool: int  # number of the pool; the number of pools for a place bought elsewhere
    place: int  # number of the place in its pool, from 1
    from_day: float  # when she moved in and left; the horizon if she had not left by then [days]
    to_day: float
    outcome: str  # ``completed``, ``left_early`` or ``in_stay``
    wait_days: float  # from referral to admission [days]
    municipality: int  # her home, a row of `sim.geography.load_municipalities`


class WaitSpell(NamedTuple):
    """A woman who waited."""

    woman: int  # her number in the replication, from 0
    lane: int  # line on which she is drawn, from 1: no two on one line wait at the same time
    from_day: float  # from referral until she stopped waiting, or the horizon [days]
    to_day: float
    outcome: str  # ``admitted``, ``gave_up``, ``birth_before_place``, ``pregnancy_ended`` or ``waiting``


class OpenSpell(NamedTuple):
    """Time in which a place was open."""

    pool: int  # as in `StaySpell`
    place: int
    from_day: float  # when it opened and closed; the horizon if it had not closed by then [days]
    to_day: float


class BedBoard(NamedTuple):
    """One replication of one design, place by place."""

    design: str  # name of the design
    pools: tuple[str, ...]  # names of the pools, in the order of their numbers
    turnaround_days: tuple[float, ...]  # of each pool: days after a stay before the place is free again [days]
    horizon_days: float  # where the board ends [days]
    stays: tuple[StaySpell, ...]  # by pool, then in order of admission; places bought elsewhere last
    waits: tuple[WaitSpell, ...]  # in order of referral; women admitted at once are not among them
    open_spells: tuple[OpenSpell, ...]  # by pool, then in order of closing

    def n_places(self, pool: int) -> int:
        """Count the places a pool ever had open, or that were ever bought elsewhere at the same time."""
        lines: Iterable[StaySpell | OpenSpell] = (*self.open_spells, *self.stays)
        return max((line.place for line in lines if line.pool == pool), default=0)


def bed_board_rows(trace: Trace) -> BedBoard:
    """Put every woman of a replication in a numbered place, or on the waiting list."""
    plan = trace.design.plan
    stays: list[StaySpell] = []
    spells: list[OpenSpell] = []
    for pool in range(plan.n_pools):
        pool_stays, pool_spells = _Pool(trace, pool).walk()
        stays += pool_stays
        spells += pool_spells
    elsewhere = [_stay(trace, woman, 0) for woman in _women_of(trace, plan.n_pools)]
    lanes = _lanes((stay.from_day, stay.to_day) for stay in elsewhere)
    stays += [stay._replace(place=lane) for stay, lane in zip(elsewhere, lanes, strict=True)]
    return BedBoard(
        design=trace.design.name,
        pools=tuple(pool.id for pool in trace.design.pools),
        turnaround_days=tuple(plan.turnaround_days.tolist()),
        horizon_days=plan.horizon_days,
        stays=tuple(stays),
        waits=tuple(_waits(trace)),
        open_spells=tuple(spells),
    )


def _women_of(trace: Trace, pool: int) -> list[int]:
    """Women admitted to a pool, in order of admission, then of their numbers."""
    is_here = trace.ledger.pool >= pool if pool == trace.design.plan.n_pools else trace.ledger.pool == pool
    women = np.flatnonzero(is_here)
    order = np.argsort(trace.ledger.admission_day[women], kind="stable")
    return [int(woman) for woman in women[order]]


def _stay(trace: Trace, woman: int, place: int) -> StaySpell:
    ledger, women = trace.ledger, trace.women
    admitted, left = float(ledger.admission_day[woman]), float(ledger.discharge_day[woman])
    return StaySpell(
        woman=woman,
        pool=min(int(ledger.pool[woman]), trace.design.plan.n_pools),
        place=place,
        from_day=admitted,
        to_day=trace.design.plan.horizon_days if np.isnan(left) else left,
        outcome=OUTCOMES[ledger.outcome[woman]],
        wait_days=admitted - float(women.referral_day[woman]),
        municipality=int(women.municipality[woman]),
    )


class _Pool:
    """The places of one pool, followed through time."""

    def __init__(self, trace: Trace, pool: int) -> None:
        self._trace, self._pool = trace, pool
        self._turnaround = float(trace.design.plan.turnaround_days[pool])
        self._free: set[int] = set()
        self._opened: dict[int, float] = {}
        self._stays: list[StaySpell] = []
        self._spells: list[OpenSpell] = []
        self._events: list[tuple[float, int, int]] = []  # day, kind, woman or place

    def walk(self) -> tuple[list[StaySpell], list[OpenSpell]]:
        self._events = [*self._capacity_changes(), *self._admissions()]
        heapq.heapify(self._events)
        while self._events:
            day, kind, number = heapq.heappop(self._events)
            if kind == _RELEASE:
                self._free.add(number)
            elif kind == _OPEN:
                self._open(day)
            elif kind == _CLOSE:
                self._close(day)
            else:
                self._admit(number)
        horizon = self._trace.design.plan.horizon_days
        self._spells += [OpenSpell(self._pool, place, day, horizon) for place, day in self._opened.items()]
        return self._stays, self._spells

    def _capacity_changes(self) -> Iterator[tuple[float, int, int]]:
        ledger = self._trace.ledger
        is_own = ledger.capacity_pool == self._pool
        before = 0
        for day, places in zip(ledger.capacity_day[is_own], ledger.capacity_places[is_own], strict=True):
            kind = _OPEN if places > before else _CLOSE
            yield from ((float(day), kind, 0) for _ in range(abs(int(places) - before)))
            before = int(places)

    def _admissions(self) -> Iterator[tuple[float, int, int]]:
        for woman in _women_of(self._trace, self._pool):
            yield float(self._trace.ledger.admission_day[woman]), _ADMIT, woman

    def _open(self, day: float) -> None:
        place = next(number for number in range(1, len(self._opened) + 2) if number not in self._opened)
        self._opened[place] = day
        self._free.add(place)

    def _close(self, day: float) -> None:
        place = max(self._free)
        self._free.remove(place)
        self._spells.append(OpenSpell(self._pool, place, self._opened.pop(place), day))

    def _admit(self, woman: int) -> None:
        place = min(self._free)
        self._free.remove(place)
        self._stays.append(_stay(self._trace, woman, place))
        left = float(self._trace.ledger.discharge_day[woman])
        if not np.isnan(left):
            heapq.heappush(self._events, (left + self._turnaround, _RELEASE, place))


def _waits(trace: Trace) -> Iterator[WaitSpell]:
    """Everybody who waited at all, in order of referral."""
    rows = [row for woman in range(trace.women.n_women) if (row := _wait(trace, woman)) is not None]
    lanes = _lanes((row.from_day, row.to_day) for row in rows)
    return (row._replace(lane=lane) for row, lane in zip(rows, lanes, strict=True))


def _wait(trace: Trace, woman: int) -> WaitSpell | None:
    women, ledger = trace.women, trace.ledger
    outcome = OUTCOMES[ledger.outcome[woman]]
    referred = float(women.referral_day[woman])
    if ledger.pool[woman] >= 0:
        outcome, until = "admitted", float(ledger.admission_day[woman])
    elif not np.isnan(ledger.ended_day[woman]):
        until = float(ledger.ended_day[woman])
    elif outcome == "waiting":
        until = trace.design.plan.horizon_days
    else:
        return None
    return WaitSpell(woman, 0, referred, until, outcome) if until > referred else None


def _lanes(spells: Iterable[tuple[float, float]]) -> Iterator[int]:
    """The lowest line that is free from the beginning of each spell; spells come in order of their beginnings."""
    busy_until: list[float] = []
    for begins, ends in spells:
        lane = next((number for number, until in enumerate(busy_until) if until <= begins), len(busy_until))
        if lane == len(busy_until):
            busy_until.append(ends)
        else:
            busy_until[lane] = ends
        yield lane + 1
