"""The fewest places: a search over allocations, for anything that says how far a target is exceeded.

Where no woman could choose between units, what a place does in one leaves the others alone: effects add up, and the
best allocation of every total follows from a table a unit (dynamic programming). Elsewhere places are added one by one
where each does most, and single places are then moved as long as that helps. Tests hold both against all allocations
there are.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.sizing.units import Allocation

Floats = npt.NDArray[np.float64]
Margin = Callable[[Allocation], float]
"""How far an allocation exceeds the target; negative if it misses it."""
ByUnit = Callable[[Allocation], Sequence[float] | Floats]
"""The same of each unit alone, where units are apart and that is known."""

_NOTHING = 1e-12
_FLAT_STEPS = 3
"""Places in a row without any gain after which no more are tried."""


class TriedPlaces(NamedTuple):
    """Between which numbers each unit is tried."""

    least: Allocation
    most: Allocation


class Rough(NamedTuple):
    """Where a search begins: a margin that is quick to find, and an allocation with fewer places than are needed."""

    margin: Margin
    start: Allocation


def fewest(
    margin: Margin,
    tried: TriedPlaces,
    *,
    is_separate: bool,
    by_unit: ByUnit | None = None,
    rough: Rough | None = None,
) -> Allocation | None:
    """Find the fewest places that meet a target; none if no number does."""
    if is_separate:
        return _by_table(margin, tried, by_unit)
    return _by_steps(margin, tried, rough or Rough(margin, tried.least))


def climb(margin: Margin, start: Allocation, most: Allocation) -> Iterator[Allocation]:
    """Add one place after another, each where it does most.

    A gain is only worked out again when it could be the largest: it seldom grows as places are added.
    """
    places, base = start, margin(start)
    queue = [(-np.inf, -1, unit) for unit in range(len(start)) if start[unit] < most[unit]]
    heapq.heapify(queue)
    step = 0
    while queue:
        _, seen, unit = heapq.heappop(queue)  # of equal gains, first what was worked out longest ago
        if seen == step:
            places = changed(places, unit, 1)
            base = margin(places)
            step += 1
            yield places
            if places[unit] >= most[unit]:
                continue
        heapq.heappush(queue, (base - margin(changed(places, unit, 1)), step, unit))


def descend(margin: Margin, start: Allocation, least: Allocation) -> Iterator[Allocation]:
    """Take one place after another away, each where it does least."""
    places = start
    while True:
        fewer = [changed(places, unit, -1) for unit in range(len(places)) if places[unit] > least[unit]]
        if not fewer:
            return
        places = max(fewer, key=margin)
        yield places


def exchange(margin: Margin, places: Allocation, tried: TriedPlaces) -> Allocation:
    """Move single places from one unit to another as long as that helps.

    The moves that promise most, by what a place less here and one more there do alone, are tried first.
    """
    units = range(len(places))
    while True:
        base = margin(places)
        loss = {unit: base - margin(changed(places, unit, -1)) for unit in units if places[unit] > tried.least[unit]}
        gain = {unit: margin(changed(places, unit, 1)) - base for unit in units if places[unit] < tried.most[unit]}
        moves = sorted((loss[one] - gain[other], one, other) for one in loss for other in gain if one != other)
        slack = max((abs(value) for value in (*loss.values(), *gain.values())), default=0.0)
        for promised, one, other in moves[: 2 * len(places)]:
            moved = changed(changed(places, one, -1), other, 1)
            if promised <= slack and margin(moved) > base + _NOTHING:
                places = moved
                break
        else:
            return places


def changed(places: Allocation, unit: int, by: int) -> Allocation:
    """The same with more or fewer places in a unit."""
    return (*places[:unit], places[unit] + by, *places[unit + 1 :])


def _by_steps(margin: Margin, tried: TriedPlaces, rough: Rough) -> Allocation | None:
    places = _climbed(rough.margin, rough.start, tried.most)
    if margin(places) < 0:
        places = _climbed(margin, places, tried.most)
    if margin(places) < 0:
        return None
    while (fewer := next(descend(margin, places, tried.least), None)) is not None:
        fewer = exchange(margin, fewer, tried)
        if margin(fewer) < 0:
            break
        places = fewer
    return exchange(margin, places, tried)


def _climbed(margin: Margin, start: Allocation, most: Allocation) -> Allocation:
    """Climb until the target is met, or as long as anything is gained."""
    places, best, flat = start, margin(start), 0
    if best >= 0:
        return places
    for places in climb(margin, start, most):
        now = margin(places)
        flat = flat + 1 if now <= best + _NOTHING else 0
        best = max(best, now)
        if now >= 0 or flat >= _FLAT_STEPS * len(places):
            break
    return places


def _by_table(margin: Margin, tried: TriedPlaces, by_unit: ByUnit | None) -> Allocation | None:
    """Best allocation of the smallest total that meets the target, effects of the units being added up."""
    base = margin(tried.least)
    units = range(len(tried.least))
    gains = [_gains(margin, tried, unit, base) for unit in units] if by_unit is None else _gains_of_all(by_unit, tried)
    best = np.zeros(1)
    chosen: list[npt.NDArray[np.intp]] = []
    for own in gains:
        totals = np.full((len(own), len(best) + len(own) - 1), -np.inf)
        for more, gain in enumerate(own):
            totals[more, more : more + len(best)] = best + gain
        chosen.append(totals.argmax(axis=0))
        best = totals.max(axis=0)
    enough = np.flatnonzero(base + best >= -_NOTHING)
    for extra in enough:  # sums are rounded otherwise than what is played, so that the next total may be the one
        left, places = int(extra), list(tried.least)
        for unit in reversed(range(len(gains))):
            more = int(chosen[unit][left])
            places[unit] += more
            left -= more
        if margin(tuple(places)) >= 0:
            return tuple(places)
    return None


def _gains(margin: Margin, tried: TriedPlaces, unit: int, base: float) -> list[float]:
    """What more places in one unit do, until more do nothing."""
    gains, flat = [0.0], 0
    for more in range(1, tried.most[unit] - tried.least[unit] + 1):
        gains.append(margin(changed(tried.least, unit, more)) - base)
        flat = flat + 1 if gains[-1] <= gains[-2] + _NOTHING else 0
        if flat >= _FLAT_STEPS:
            break
    return gains


def _gains_of_all(by_unit: ByUnit, tried: TriedPlaces) -> list[list[float]]:
    """The same of all units, each of which gets a place more at the same time."""
    places, base = tried.least, by_unit(tried.least)
    gains: list[list[float]] = [[0.0] for _ in places]
    flat = [0] * len(places)
    while growing := [unit for unit, n in enumerate(places) if flat[unit] < _FLAT_STEPS and n < tried.most[unit]]:
        places = tuple(n + (unit in growing) for unit, n in enumerate(places))
        now = by_unit(places)
        for unit in growing:
            gains[unit].append(float(now[unit] - base[unit]))
            flat[unit] = flat[unit] + 1 if gains[unit][-1] <= gains[unit][-2] + _NOTHING else 0
    return gains
