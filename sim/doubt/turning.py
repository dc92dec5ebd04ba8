"""One parameter at a time: what its plausible ends do, and the value at which another design becomes the better.

All plays are on the same women, so differences are those of the parameter. All else stays as the scenario has it.
"""

from collections.abc import Iterable
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.doubt.plays import DoubtQuestion, Progress, play_point
from sim.doubt.split import AtPoints, difference, noise_of, points_from
from sim.doubt.unsure import Unsure
from sim.experiment import Memory, available_cores
from sim.experiment.cores import in_order
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import Scenario, ScenarioError, Variation

Floats = npt.NDArray[np.float64]

REPLICATIONS = 100
"""Futures at each value; the same women at all."""
_MEMORY_BYTES = 150_000_000
_SURE = 2.0
"""Standard errors by which a difference must be off 0 to count as one."""
_SHARE_OF_RANGE = 2e-3
_MOST_STEPS = 25


class Swing(NamedTuple):
    """What the plausible ends of a parameter do to a measure.

    Attributes
    ----------
    measure, of, parameter : str
        Measure; design, or ``one - other``; parameter.
    low, stated, high : float
        The measure at the low end, as the scenario has it, and at the high end.
    """

    measure: str
    of: str
    parameter: str
    low: float
    stated: float
    high: float


class Turn(NamedTuple):
    """A value of a parameter at which two designs are alike.

    Attributes
    ----------
    measure, pair, parameter : str
        Measure; ``one - other``; parameter.
    value : float
        Of the parameter.
    stated : float
        What the scenario says.
    lower, higher : int
        Sign of the difference below and above that value.
    """

    measure: str
    pair: str
    parameter: str
    value: float
    stated: float
    lower: int
    higher: int


class OneByOne(NamedTuple):
    """What the parameters do, one at a time.

    Attributes
    ----------
    swings : tuple of Swing
        The longest first, for each measure and design or pair.
    turns : tuple of Turn
        Where there are any within the plausible ends.
    stated : dict of (str, str) to float
        By measure and design or pair, as the scenario has it.
    """

    swings: tuple[Swing, ...]
    turns: tuple[Turn, ...]
    stated: dict[tuple[str, str], float]


class _Values(NamedTuple):
    """A measure at a point, of a design or a pair, and the standard error of it."""

    mean: float
    error: float

    @property
    def sign(self) -> int:
        """Which way it is off 0 for sure; 0 if it is not."""
        return int(np.sign(self.mean)) if abs(self.mean) > _SURE * self.error else 0


class _Player:
    """Plays the scenario with one parameter at a value."""

    def __init__(self, question: DoubtQuestion, measures: Iterable[str], replications: int) -> None:
        self.question, self.measures, self.replications = question, tuple(measures), replications
        self._variation = Variation(question.scenario)
        self._memory = Memory(_MEMORY_BYTES)

    def scenario(self, one: Unsure | None, value: float) -> Scenario:
        """The scenario to play."""
        return self.question.scenario if one is None else self._variation.vary(one.changes(value), source="doubt")

    def play(self, scenario: Scenario) -> dict[tuple[str, str], _Values]:
        """Every measure, of every design and pair."""
        played = play_point(self.question, scenario, 0, self.replications, memory=self._memory)
        found: dict[tuple[str, str], _Values] = {}
        for measure in self.measures:
            column = MEASURE_NUMBER[measure]
            own = {
                name: points_from(parts.tops[:1, column], parts.bottoms[:1, parts.per[column]])
                for name, parts in zip(self.question.designs, played, strict=True)
            }
            for name, points in own.items():
                found[measure, name] = _value(points)
            for other, one in combinations(own, 2):
                found[measure, f"{one} - {other}"] = _value(difference(own[one], own[other]))
        return found


def _value(points: AtPoints) -> _Values:
    mean, noise = noise_of(points)
    return _Values(float(mean[0]), float(np.sqrt(noise[0])))


def one_by_one(
    question: DoubtQuestion,
    measures: Iterable[str],
    *,
    replications: int = REPLICATIONS,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> OneByOne:
    """Move each parameter to its plausible ends, and find where designs change places in between.

    Parameters
    ----------
    question : DoubtQuestion
        What is unsure.
    measures : iterable of str
        Which are looked at.
    replications : int
        Futures at each value.
    cores : int, optional
        How many values are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called with the values played and how many there will be, before the search for turns.

    Returns
    -------
    OneByOne
        Swings and turns.
    """
    player = _Player(question, measures, replications)
    cores = cores or available_cores()
    moved = [one for one in question.unsure if one.low is not None and one.high is not None and one.value is not None]
    stated = player.play(question.scenario)
    ends: dict[tuple[str, int], dict[tuple[str, str], _Values]] = {}
    wanted = [(one, at) for one in moved for at in (0, 1)]
    pieces = (partial(_at_end, player, one, at) for one, at in wanted)
    for done, ((one, at), found) in enumerate(zip(wanted, in_order(pieces, cores), strict=True), start=1):
        if found is not None:
            ends[one.name, at] = found
        if on_progress is not None:
            on_progress(done, len(wanted))
    moved = [one for one in moved if (one.name, 0) in ends and (one.name, 1) in ends]
    swings = [
        Swing(*key, one.name, ends[one.name, 0][key].mean, value.mean, ends[one.name, 1][key].mean)
        for key, value in stated.items()
        for one in moved
    ]
    swings = [swing for swing in swings if np.isfinite(swing.high - swing.low)]
    swings.sort(key=lambda swing: (swing.measure, swing.of, -_length(swing)))
    brackets = [
        (one, at, key)
        for key in stated
        if " - " in key[1]
        for one in moved
        for at in (0, 1)
        if ends[one.name, at][key].sign * stated[key].sign < 0
    ]
    searches = (partial(_turn, player, one, at, key) for one, at, key in brackets)
    turns = [turn for turn in in_order(searches, cores) if turn is not None]
    return OneByOne(tuple(swings), tuple(turns), {key: value.mean for key, value in stated.items()})


def _length(swing: Swing) -> float:
    return max(swing.low, swing.high, swing.stated) - min(swing.low, swing.high, swing.stated)


def _at_end(player: _Player, one: Unsure, at: int) -> dict[tuple[str, str], _Values] | None:
    try:
        return player.play(player.scenario(one, _end(one, at)))
    except ScenarioError:  # such as a range of one's own that leaves what the number may be
        return None


def _end(one: Unsure, at: int) -> float:
    end = one.high if at else one.low
    assert end is not None  # those that have none are not moved
    return end


def _turn(player: _Player, one: Unsure, at: int, key: tuple[str, str]) -> Turn | None:
    """Search between what the scenario says and an end, where the difference is on opposite sides of 0."""
    from scipy.optimize import brentq  # noqa: PLC0415 - slow to load

    assert one.value is not None
    end = _end(one, at)

    def gap(value: float) -> float:
        return player.play(player.scenario(one, value))[key].mean

    try:
        root, report = brentq(
            gap,
            one.value,
            end,
            xtol=_SHARE_OF_RANGE * abs(end - one.value),
            maxiter=_MOST_STEPS,
            full_output=True,
            disp=False,
        )
    except (ValueError, ScenarioError):
        return None
    if not report.converged:
        return None
    at_end = int(np.sign(gap(end)))
    lower, higher = (at_end, -at_end) if end < one.value else (-at_end, at_end)
    return Turn(key[0], key[1], one.name, float(root), one.value, lower, higher)
