"""Timing: contenders take turns, so that whatever else the machine does falls on all of them.

A virtual machine may share its processors with others. What those take is counted by the system; a turn during which
they took much is taken again, whatever it took, and the least disturbed of a few is kept.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from benchmarks.machine import taken_by_others
from sim.experiment import available_cores

SHORTEST_SECONDS = 0.1
"""What is faster than this is done several times a turn."""


MOST_TAKEN = 0.04
"""Share of the processors that other machines may take during a turn."""

MOST_TRIES = 6
"""So often a turn is taken at most."""


class Spread(NamedTuple):
    """Smallest, middle and largest of several measurements."""

    min: float
    median: float
    max: float

    def times(self, factor: float) -> "Spread":
        return Spread(*(value * factor for value in self))


class Turn(NamedTuple):
    """Something to be timed, with how much work it is: seconds are told for one unit of it."""

    do: Callable[[], object]
    n_units: float = 1.0


def spread_of(values: Sequence[float]) -> Spread:
    """Smallest, middle and largest."""
    return Spread(min(values), statistics.median(values), max(values))


def time_in_turns(turns: Mapping[str, Turn], *, rounds: int) -> dict[str, list[float]]:
    """Time everything once a round, after one turn that does not count; seconds for one unit of work, by name."""
    repeats = {name: _repeats(turn) for name, turn in turns.items()}
    seconds: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, turn in turns.items():
            seconds[name].append(_time_undisturbed(turn.do, repeats[name]) / turn.n_units)
    return seconds


def ratios(over: Sequence[float], under: Sequence[float]) -> Spread:
    """How many times as long one took as the other, round by round."""
    return spread_of([one / other for one, other in zip(over, under, strict=True)])


def _repeats(turn: Turn) -> int:
    """How often it is done in a turn, by a first turn that does not count."""
    first = _time(turn.do, 1)
    once = first if first > 10 * SHORTEST_SECONDS else _time(turn.do, 1)
    return max(1, round(SHORTEST_SECONDS / once))


def _time_undisturbed(do: Callable[[], object], repeats: int) -> float:
    """Seconds one call takes while other machines take little."""
    tries: list[tuple[float, float]] = []
    while len(tries) < MOST_TRIES and (not tries or tries[-1][0] > MOST_TAKEN):
        taken = taken_by_others()
        seconds = _time(do, repeats)
        tries.append(((taken_by_others() - taken) / (seconds * repeats * available_cores()), seconds))
    return min(tries)[1]


def _time(do: Callable[[], object], repeats: int) -> float:
    """Seconds one call takes."""
    gc.collect()
    begin = time.perf_counter()
    for _ in range(repeats):
        do()
    return (time.perf_counter() - begin) / repeats
