"""Sweeps: one file that stands for many scenarios.

Takes the words ``sweep`` and ``samples`` out of a file's values. Gives the points: every combination of the listed
values, crossed with a Latin hypercube over the ranges. Leaves out running them.
"""

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.faults import Fault, Path, ScenarioError, dotted, shown, shown_text
from sim.scenario.file.hashing import content_text
from sim.scenario.file.writing import scenario_values
from sim.scenario.paths import ways_of
from sim.scenario.varying import Variation
from sim.scenario.words.scenario import Scenario
from sim.texts import Sayable, say

SWEEP_WORDS = ("sweep", "samples")
MOST_POINTS = 100_000
LONGEST_NAME = 60
_HOPELESS = 1000
"""Points after which a sweep is given up if none of them can be run."""
_DIGITS = 12
"""Significant digits of a drawn value: few enough to survive a spreadsheet."""


class Range(NamedTuple):
    """Values from one number to another."""

    low: float  # its ends, both possible
    high: float
    is_whole: bool  # whether only whole numbers are drawn


class Sweep(NamedTuple):
    """What is varied."""

    lists: dict[str, list[Any]]  # by path, the values of which every combination is taken
    ranges: dict[str, Range]  # by path, the ranges that are sampled together
    samples: int  # points of the Latin hypercube; 1 where there are no ranges

    @property
    def n_points(self) -> int:
        """How many scenarios it stands for."""
        return self.samples * math.prod(map(len, self.lists.values()))


class Case:
    """One scenario to run, and how it differs from what it was made of.

    Parameters
    ----------
    origin : Scenario or Variation
        The scenario; or what it is a variation of, so that thousands take little room.
    changes : mapping of str to object
        Value by path; empty for a scenario that stands on its own.
    name : str, optional
        In place of the scenario's own.

    Attributes
    ----------
    changes : dict of str to object
        Value by path.
    """

    __slots__ = ("_name", "_origin", "changes")

    def __init__(self, origin: Scenario | Variation, changes: Mapping[str, Any], name: str | None = None) -> None:
        self._origin, self._name = origin, name
        self.changes = dict(changes)

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self._name or self.scenario.name

    @property
    def scenario(self) -> Scenario:
        """The scenario, complete and checked; made anew each time it is asked for."""
        origin = self._origin
        made = origin if isinstance(origin, Scenario) else origin.vary(self.changes)
        return made if self._name in (None, made.name) else made.model_copy(update={"name": self._name})

    def content(self) -> str:
        """Write what is hashed of the scenario.

        Returns
        -------
        str
            As from `content_text`.
        """
        return content_text(self._origin) if isinstance(self._origin, Scenario) else self._origin.content(self.changes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and (self.scenario, self.changes) == (other.scenario, other.changes)

    __hash__ = None  # type: ignore[assignment] # its changes are a mapping

    def __repr__(self) -> str:
        return f"Case({self.name!r}, {self.changes!r})"


class Cases(NamedTuple):
    """Scenarios to run, and what keeps others from being run.

    Attributes
    ----------
    cases : tuple of Case
        In the order of the file.
    faults : tuple of Fault
        Of those that cannot be run.
    """

    cases: tuple[Case, ...]
    faults: tuple[Fault, ...]


def take_sweep(values: Any, lines: Mapping[Path, int], source: str) -> tuple[Any, Sweep | None, tuple[Fault, ...]]:
    """Take the words of a sweep out of a file's values."""
    if not isinstance(values, Mapping) or not any(word in values for word in SWEEP_WORDS):
        return values, None, ()
    reader = _Reader(source, lines)
    sweep = reader.read(values.get("sweep"), values.get("samples"))
    return _without_sweep(values), None if reader.faults else sweep, tuple(reader.faults)


def refuse_sweep(values: Any, lines: Mapping[Path, int], source: str) -> tuple[Any, tuple[Fault, ...]]:
    """Refuse a sweep where one scenario is wanted."""
    if not isinstance(values, Mapping):
        return values, ()
    remedy = say("remedy.run_it_with")
    found = [word for word in SWEEP_WORDS if word in values]
    faults = [
        Fault(shown_text(source), lines.get((word,)), word, say("allowed.one_scenario"), say("got.a_sweep"), remedy)
        for word in found
    ]
    return _without_sweep(values), tuple(faults)


def _without_sweep(values: Mapping[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in values.items() if word not in SWEEP_WORDS}


def sweep_cases(scenario: Scenario, sweep: Sweep, source: str, *, always: Mapping[str, Any] | None = None) -> Cases:
    """Write out the scenarios of a sweep."""
    variation = Variation(scenario, always)
    paths = sweep.lists | {path: span._asdict() for path, span in sweep.ranges.items()}
    ways_of(scenario_values(scenario), paths, source=f"{source} sweep")
    cases: list[Case] = []
    faults: list[Fault] = []
    width = len(str(sweep.n_points))
    for number, changes in enumerate(sweep_points(sweep, scenario.seed), start=1):
        try:
            variation.vary(changes, source=say("source.sweep_point", file=source, point=number))
        except ScenarioError as error:
            faults += error.faults
            if not cases and number == _HOPELESS:
                allowed = say("allowed.a_point_that_can", n=_HOPELESS)
                faults.append(
                    Fault(shown_text(source), None, "sweep", allowed, say("got.none"), say("remedy.correct_what_is"))
                )
                raise ScenarioError(faults) from None
            continue
        cases.append(Case(variation, changes, named_after(scenario.name, f"{number:0{width}}")))
    return Cases(tuple(cases), tuple(faults))


def renamed(scenario: Scenario, base: str, ending: str) -> Scenario:
    """Name a scenario after what it was made of.

    Parameters
    ----------
    scenario : Scenario
        Not changed.
    base : str
        Name of the scenario that is varied.
    ending : str
        What tells it from its sisters.

    Returns
    -------
    Scenario
        The same under the name ``base-ending``, cut to the longest a name may be.
    """
    return scenario.model_copy(update={"name": named_after(base, ending)})


def named_after(base: str, ending: str) -> str:
    """Name one of many after what it was made of.

    Parameters
    ----------
    base : str
        Name of the scenario that is varied.
    ending : str
        What tells it from its sisters.

    Returns
    -------
    str
        ``base-ending``, cut to the longest a name may be.
    """
    return f"{base[: LONGEST_NAME - 1 - len(ending)]}-{ending}"


def sweep_points(sweep: Sweep, seed: int) -> Iterator[dict[str, Any]]:
    """Go through the points of a sweep."""
    drawn = {path: _latin(path, span, sweep.samples, seed) for path, span in sweep.ranges.items()}
    for values in itertools.product(*sweep.lists.values()):
        for sample in range(sweep.samples):
            yield dict(zip(sweep.lists, values, strict=True)) | {path: column[sample] for path, column in drawn.items()}


def _latin(path: str, span: Range, samples: int, seed: int) -> list[float]:
    """One value from each of as many equal parts of a range, in an order of the path's own."""
    digest = hashlib.blake2b(path.encode(), digest_size=16).digest()
    name = tuple(int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))
    generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=name))
    shares = (generator.permutation(samples) + generator.random(samples)) / samples
    if span.is_whole:
        n_numbers = int(span.high) - int(span.low) + 1
        return [int(span.low) + min(int(share * n_numbers), n_numbers - 1) for share in shares]
    return [float(f"{span.low + share * (span.high - span.low):.{_DIGITS}g}") for share in shares]


class _Reader:
    """Reads the words of a sweep and gathers what is wrong with them."""

    def __init__(self, source: str, lines: Mapping[Path, int]) -> None:
        self.source, self.lines = source, lines
        self.faults: list[Fault] = []

    def read(self, sweep: object, samples: object) -> Sweep:
        """Read both words."""
        found = Sweep({}, {}, 1)
        for path, where, value in self._axes(sweep):
            if path in found.lists or path in found.ranges:
                self._add(
                    where,
                    say("allowed.each_path_once"),
                    say("got.name_again", name=path),
                    say("remedy.delete_one_of_the"),
                )
            elif isinstance(value, list) and value and None not in value:
                found.lists[path] = value
            elif isinstance(value, Mapping):
                found.ranges[path] = self._range(value, where)
            else:
                self._add(
                    where,
                    say("allowed.a_list_of_values"),
                    shown(value),
                    say("remedy.write_the_values"),
                )
        found = found._replace(samples=self._samples(samples, needed=bool(found.ranges)))
        if found.n_points > MOST_POINTS and not self.faults:
            self._add(
                ("sweep",),
                say("allowed.at_most_points", n=MOST_POINTS),
                str(found.n_points),
                say("remedy.use_fewer_values"),
            )
        return found

    def _axes(self, sweep: object) -> Iterator[tuple[str, Path, object]]:
        parts = sweep if isinstance(sweep, list) else [sweep]
        if not all(isinstance(part, Mapping) and part for part in parts) or not parts:
            remedy = say("remedy.begin_each_line")
            self._add(("sweep",), say("allowed.paths_with_values"), shown(sweep), remedy)
            return
        for number, part in enumerate(parts):
            below: Path = ("sweep", number) if isinstance(sweep, list) else ("sweep",)
            for path, value in part.items():
                yield path, (*below, path), value

    def _range(self, value: Mapping[str, Any], where: Path) -> Range:
        is_whole = value.get("whole", False)
        ends = [value.get("low"), value.get("high")]
        numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
        is_plain = set(value) <= {"low", "high", "whole"} and isinstance(is_whole, bool) and len(numbers) == 2
        if not is_plain or not numbers[0] < numbers[1] or (is_whole and any(end != int(end) for end in numbers)):
            allowed = say("allowed.low_a_number")
            self._add(where, allowed, shown(dict(value)), say("remedy.write_the_ends"))
            return Range(0, 1, False)
        return Range(numbers[0], numbers[1], is_whole)

    def _samples(self, samples: object, *, needed: bool) -> int:
        allowed = say("allowed.a_whole_number_from", low=1, high=MOST_POINTS)
        if not needed:
            if samples is not None:
                remedy = say("remedy.delete_it_or")
                self._add(("samples",), say("allowed.samples_only_where"), shown(samples), remedy)
            return 1
        if isinstance(samples, int) and not isinstance(samples, bool) and 1 <= samples <= MOST_POINTS:
            return samples
        self._add(("samples",), allowed, shown(samples), say("remedy.write_how_many"))
        return 1

    def _add(self, path: Path, allowed: Sayable, got: Sayable, remedy: Sayable) -> None:
        placed = path
        while placed and placed not in self.lines:
            placed = placed[:-1]
        self.faults.append(Fault(shown_text(self.source), self.lines.get(placed), dotted(path), allowed, got, remedy))
