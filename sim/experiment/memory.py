"""What has been drawn and played before, kept to be used again.

A moved slider changes little: another number of places leaves the women as they were, another patience leaves the
other designs' women referred on the same days. What is asked for again is taken from here, and gives the same numbers
to the last digit.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.cohort import (
    Cohort,
    Referred,
    describe_women,
    draw_referred,
    funnel_of,
    streams_in_use,
    with_women_of_today,
    year_starts,
)
from sim.design import offered_share_of
from sim.economics import WithoutPlaces, without_places
from sim.engine import Ledger
from sim.scenario import Scenario, scenario_values

DEFAULT_BYTES = 400_000_000

ABOUT_WOMEN = (
    "regional_shares",
    "gestation_at_referral_weeks",
    "birth_week",
    "loss_probability",
    "household",
)
"""Words of the demand that say nothing about who is referred, and when."""

NOT_PLAYED = ("economics", "measures", "measure_from_year")
"""Words of a scenario that say nothing about what happens."""


class Memory:
    """Cohorts and values of blocks, as many as fit; what was used longest ago goes first.

    Parameters
    ----------
    most_bytes : int
        How much may be kept [bytes].
    """

    def __init__(self, most_bytes: int = DEFAULT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[object, ...], tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """Give what was made before under a key, or make it now.

        Parameters
        ----------
        key : tuple
            Says everything that the thing depends on.
        make : callable
            Makes it; arrays, or tuples of arrays, that nobody changes.

        Returns
        -------
        object
            The thing.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        thing = make()
        size = _size(thing)
        with self._lock:
            if key not in self._kept and size <= self._most_bytes:
                self._kept[key] = (size, thing)
                self._bytes += size
                while self._bytes > self._most_bytes:
                    _, (gone, _) = self._kept.popitem(last=False)
                    self._bytes -= gone
        return thing

    @property
    def n_bytes(self) -> int:
        """How much is kept [bytes]."""
        return self._bytes


class Keys:
    """What the parts of a scenario depend on, as short keys.

    Designs that differ only in who pays, and offer as many women a place, have one key in `plays`: they are played
    once.
    """

    def __init__(self, scenario: Scenario) -> None:
        words = scenario_values(scenario)
        demand = words["demand"]
        for name in ("name", "title", "replications", "fields"):
            words.pop(name, None)
        designs = words.pop("designs")
        for name in ("against", "least_difference"):
            words["measures"].pop(name, None)
        self.designs = tuple(_digest([words, design]) for design in designs)
        self.plays = _keys_of_plays(scenario, words, designs)
        self.here = _digest(words) if scenario.today else ""
        words.pop("today", None)
        # Women follow from the need, whatever words it was worked out from.
        del words["acceptance"], demand["offered_share"]
        demand.pop("view", None)
        demand["need_per_year"] = funnel_of(scenario).need_per_year
        words["streams"] = streams_in_use(scenario)
        economics = words.pop("economics")
        for name in ("start", "measure_from_year", "measures", "travel"):
            del words[name]
        words["year_starts"] = year_starts(scenario.start, scenario.horizon_years).tolist()
        self.cohort = _digest(words)
        self.courses = _digest([words, economics, self.here])
        for name in ("regions", "waiting", "stay"):
            del words[name]
        for name in ABOUT_WOMEN:
            demand.pop(name, None)
        self.referred = _digest(words)


def _keys_of_plays(scenario: Scenario, words: dict[str, Any], designs: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the play of each design depends on: everything but names, money and what is counted."""
    played = {word: value for word, value in words.items() if word not in NOT_PLAYED}
    played["demand"] = {word: value for word, value in words["demand"].items() if word != "offered_share"}
    keys = []
    for design, written in zip(scenario.designs, designs, strict=True):
        own = {word: value for word, value in written.items() if word not in {"name", "financing"}}
        if "external" in own:
            own["external"] = {
                word: value for word, value in own["external"].items() if word not in {"price", "financing"}
            }
        keys.append(_digest([played, own, offered_share_of(design, scenario)]))
    return tuple(keys)


def _digest(words: object) -> str:
    return hashlib.blake2b(json.dumps(words, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


def _size(thing: object) -> int:
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, dict):
        return sum(map(_size, thing.values()))
    return sum(map(_size, thing)) if isinstance(thing, tuple) else 0


def recall_cohort(scenario: Scenario, keys: Keys, *, block: int, memory: Memory) -> Cohort:
    """Draw the women of a block, as far as they have not been drawn before."""
    referred: Referred = memory.recall(("referred", keys.referred, block), lambda: draw_referred(scenario, block))
    cohort: Cohort = memory.recall(("cohort", keys.cohort, block), lambda: describe_women(scenario, referred))
    if not keys.here:
        return cohort
    everybody: Cohort = memory.recall(("here", keys.here, block), lambda: with_women_of_today(cohort, scenario, block))
    return everybody


def recall_costs(scenario: Scenario, keys: Keys, women: Cohort, *, block: int, memory: Memory) -> WithoutPlaces:
    """Cost the courses of a block's women as if there were no places, unless it was done before."""
    key = ("courses", keys.courses, block, women.n_replications)
    costs: WithoutPlaces = memory.recall(key, lambda: without_places(women, scenario))
    return costs


def recall_ledger(  # noqa: PLR0913 - what is played, and what is known already
    keys: Keys, design: int, play: Callable[[], Ledger], *, engine: str, block: int, n_replications: int, memory: Memory
) -> Ledger:
    """Play a design on a block's women, unless it was done before, be it under another name and paid by others."""
    key = ("ledger", keys.plays[design], engine, block, n_replications)
    ledger: Ledger = memory.recall(key, play)
    return ledger
