"""Doubt: what a measure comes to whichever assumptions are right, read off draws that are kept.

Takes a scenario and a measure. Gives the spread of each design by chance and by assumptions, what decides it, and in
which share of the draws one design is better than another. The draws of the last few questions are kept, for other
measures.
"""

from collections import OrderedDict
from itertools import count
from typing import NamedTuple

from dashboard.answer.answers import Progress
from dashboard.answer.long_answers import long_cores, recall_beside
from sim.doubt import Explored, Pair, explore
from sim.doubt.split import Split
from sim.scenario import Scenario, scenario_hash

REPLICATIONS = 20
"""Played at each draw."""
DECIDERS = 5
"""Parameters that are named of each design."""
_MOST_KEPT = 4

_kept: OrderedDict[tuple[str, int], Explored] = OrderedDict()
"""Draws of the last questions; only whoever has the turn of long answers looks here."""


class Decider(NamedTuple):
    """A parameter that decides much."""

    parameter: str  # its name, with `*` for any design or pool
    share: float  # of the variance from the assumptions, alone and with others


class Doubted(NamedTuple):
    """A measure of every design, whichever assumptions are right."""

    played: int  # draws that could be played
    draws: int
    parameters: int  # numbers that were drawn
    splits: dict[str, Split]  # by design
    deciders: dict[str, tuple[Decider, ...]]  # by design, most first; none where nothing varies
    pairs: dict[tuple[str, str], Pair]  # the first less the second


def doubt_of(scenario: Scenario, measure: str, draws: int, tell: Progress) -> Doubted:
    """Play the draws, unless it was done before, and read a measure off them."""
    found: Doubted = recall_beside(
        ("doubt", scenario_hash(scenario), measure, draws),
        lambda look_up: _read(scenario, measure, draws, look_up),
        tell,
    )
    return found


def _read(scenario: Scenario, measure: str, draws: int, look_up: Progress) -> Doubted:
    import threadpoolctl  # noqa: PLC0415 - slow to load

    most = draws + len(scenario.designs)
    found = _explored(scenario, draws, lambda done, _: look_up(done, most))
    done, deciders = count(draws + 1), {}
    with threadpoolctl.threadpool_limits(1):  # small matrices gain nothing from more
        for design in found.designs:
            shares = found.shares(measure, design)
            ordered = sorted(shares, key=lambda name: -shares[name].total[0])[:DECIDERS]
            totals = (Decider(name, shares[name].total[0]) for name in ordered)
            deciders[design] = tuple(one for one in totals if one.share > 0)
            look_up(next(done), most)
    return Doubted(
        found.n_played,
        draws,
        len(found.parameters),
        {design: found.split(measure, design) for design in found.designs},
        deciders,
        {pair: found.pair(measure, *pair) for pair in found.pairs},
    )


def _explored(scenario: Scenario, draws: int, on_progress: Progress) -> Explored:
    key = scenario_hash(scenario), draws
    if key not in _kept:
        _kept[key] = explore(
            scenario, draws=draws, replications=REPLICATIONS, cores=long_cores(), on_progress=on_progress
        )
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]
