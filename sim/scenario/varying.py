"""One scenario varied in many ways, each as fully checked as a file, and quickly where the ways are alike.

The first of the ways that set the same paths, and the same texts, is checked in full. The others differ from it in
numbers alone, so what is checked again is what a number can break: the rule of its own word, and what must hold
between the words of each group around it. A way that does not pass is checked in full, which says what is wrong.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, get_type_hints

from pydantic import TypeAdapter

from sim.faults import Path, ScenarioError
from sim.scenario.file.hashing import content_text, text_around, text_of
from sim.scenario.file.writing import distribution_of, scenario_values
from sim.scenario.paths import ways_of, with_values
from sim.scenario.words.economics import PayerShares
from sim.scenario.words.group import Words, changed
from sim.scenario.words.scenario import BESIDE, Scenario, check_beside
from sim.texts import Sayable

_REMEMBERED = 64
_NUMBERS = (int, float)
_SET_APART = ("today",)
"""Groups with rules that look beyond the groups around a word."""


class Variation:
    """A scenario to be varied.

    Parameters
    ----------
    base : Scenario
        Not changed.
    always : mapping of str to object, optional
        Value by path that is set in every one, whatever else is.
    """

    def __init__(self, base: Scenario, always: Mapping[str, Any] | None = None) -> None:
        self.base = base
        self._always = dict(always or {})
        self._patterns: OrderedDict[tuple[Any, ...], _Pattern] = OrderedDict()

    def vary(self, changes: Mapping[str, Any], *, source: Sayable = "values") -> Scenario:
        """Set words of the scenario.

        Parameters
        ----------
        changes : mapping of str to object
            New value by path.
        source : str
            What the changes came from, for messages.

        Returns
        -------
        Scenario
            As from `with_values`.

        Raises
        ------
        ScenarioError
            With everything that is wrong.
        """
        wanted = {**changes, **self._always}
        pattern = self._pattern(wanted, source)
        varied = pattern.varied(wanted)
        return with_values(self.base, wanted, source=source) if varied is None else varied

    def content(self, changes: Mapping[str, Any]) -> str:
        """Write what is hashed of a scenario that has been checked.

        Parameters
        ----------
        changes : mapping of str to object
            New value by path, as for `vary`.

        Returns
        -------
        str
            As from `content_text`.
        """
        wanted = {**changes, **self._always}
        content = self._pattern(wanted, "values").content(wanted)
        return content_text(self.vary(changes)) if content is None else content

    def _pattern(self, wanted: Mapping[str, Any], source: Sayable) -> "_Pattern":
        key = tuple([(path, None if type(value) in _NUMBERS else repr(value)) for path, value in wanted.items()])
        pattern = self._patterns.get(key)
        if pattern is None:
            first = with_values(self.base, wanted, source=source) if wanted else self.base
            pattern = self._patterns[key] = _Pattern.of(first, wanted)
            if len(self._patterns) > _REMEMBERED:
                self._patterns.popitem(last=False)
        self._patterns.move_to_end(key)
        return pattern


class _Pattern(NamedTuple):
    """What ways have in common, and the groups in which they differ; none if numbers alone do not tell them apart."""

    scenario: Scenario
    top: "_Group | None"

    @classmethod
    def of(cls, scenario: Scenario, changes: Mapping[str, Any]) -> "_Pattern":
        values = scenario_values(scenario)
        top = _Group(scenario)
        try:
            ways = ways_of(values, changes)
        except ScenarioError:  # a path through a name that was itself set
            return cls(scenario, None)
        for path, way in ways.items():
            if type(changes[path]) in _NUMBERS:
                if not _is_alone(scenario, values, way):
                    return cls(scenario, None)
                top.add(way, path)
        return cls(scenario, top)

    def varied(self, changes: Mapping[str, Any]) -> Scenario | None:
        """The scenario with other numbers; None if that cannot be told quickly."""
        try:
            return self.top.varied(changes) if self.top else None
        except ValueError:
            return None

    def content(self, changes: Mapping[str, Any]) -> str | None:
        """What is hashed of it, with numbers that are known to be right; None if that cannot be told quickly."""
        if self.top is None or not self.top.is_plain:
            return None
        return "".join([part if isinstance(part, str) else text_of(part(changes)) for part in self.top.template])


class _Group:
    """A group of words in which some are set to other numbers, or a tuple of groups.

    Words that are set lead to the path of their number, to a group, or to mappings and lists with paths in them.
    """

    def __init__(self, words: Any) -> None:
        self.words = words
        self._set: dict[Any, Any] = {}
        self._known: dict[tuple[Any, ...], Any] = {}

    def add(self, way: Path, path: str) -> None:
        """Add a number, by the way to it from here."""
        if distribution_of(self.words) == way[0]:
            way = way[1:]
        step, *rest = way
        if not rest:
            self._set[step] = path
            return
        inside: Any = self.words[int(step)] if isinstance(self.words, tuple) else getattr(self.words, str(step))
        if isinstance(inside, Words) or (isinstance(inside, tuple) and inside and isinstance(inside[0], Words)):
            self._set.setdefault(step, _Group(inside)).add(tuple(rest), path)
            return
        below = self._set.setdefault(step, {})
        for part in rest[:-1]:
            below = below.setdefault(part, {})
        below[rest[-1]] = path

    @cached_property
    def is_plain(self) -> bool:
        """Whether the same words are written whatever the numbers are."""
        groups = [below for below in self._set.values() if isinstance(below, _Group)]
        is_always_written = not (isinstance(self.words, Words) and self._set.keys() & self.words.unhashed().keys())
        return is_always_written and not isinstance(self.words, PayerShares) and all(group.is_plain for group in groups)

    def varied(self, changes: Mapping[str, Any]) -> Any:
        """The group with its numbers, checked."""
        if isinstance(self.words, tuple):
            items = list(self.words)
            for at, group in self._set.items():
                items[at] = group.varied(changes)
            return tuple(items)
        fresh = {
            word: below.varied(changes) if isinstance(below, _Group) else self._checked(word, below, changes)
            for word, below in self._set.items()
        }
        kind: type[Words] = type(self.words)
        varied = changed(self.words, fresh)
        for check in _checks(kind, "after"):
            varied = check(varied)
        for word in BESIDE if kind is Scenario else ():
            check_beside(word, vars(varied))
        return varied

    @cached_property
    def template(self) -> list[Any]:
        """The group as it is hashed: texts, and between them what gives the checked value of a word that is set."""
        words = sorted(self._set)
        first, *others = text_around(self.words, tuple(words))
        parts: list[Any] = [first]
        for word, after in zip(words, others, strict=True):
            below = self._set[word]
            parts += below.template if isinstance(below, _Group) else [partial(self._checked, word, below)]
            parts.append(after)
        return parts

    def _checked(self, word: str, below: Any, changes: Mapping[str, Any]) -> Any:
        kind: type[Words] = type(self.words)
        adapter = _adapter(kind, word).validator
        if isinstance(below, str):
            return adapter.validate_python(changes[below])
        key = (word, *[changes[path] for path in _paths_in(below)])
        if key not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[key] = adapter.validate_python(_set_in(getattr(self.words, word), below, changes))
        return self._known[key]


def _is_alone(scenario: Scenario, values: Any, way: Path) -> bool:
    """Whether a number at a place concerns no more than its own word and the groups around it."""
    if way[0] in _SET_APART:
        return False
    owner: Any = scenario
    for step in way[:-1]:
        values = values[step]
        if isinstance(owner, Words) and step != distribution_of(owner):
            owner = getattr(owner, str(step))
        elif not isinstance(owner, Words):
            owner = owner[step]
    last = way[-1]
    if type(values.get(last) if isinstance(values, dict) else values[last]) in _NUMBERS:
        return True  # a number in place of a number
    if not isinstance(owner, Words) or not isinstance(values, dict) or way[0] == "designs":
        return False
    written = values | {str(last): 0.5}
    return all(check(written) == written for check in _checks(type(owner), "before"))


def _paths_in(below: Any) -> Iterator[str]:
    for inside in below.values():
        if isinstance(inside, str):
            yield inside
        else:
            yield from _paths_in(inside)


def _set_in(old: Any, below: Any, changes: Mapping[str, Any]) -> Any:
    """A value that holds no groups of words, as it would be written, with numbers in it set."""
    if isinstance(below, str):
        return changes[below]
    if isinstance(old, dict):
        return {**old, **{key: _set_in(old.get(key), inside, changes) for key, inside in below.items()}}
    return [_set_in(item, below[at], changes) if at in below else item for at, item in enumerate(old)]


@lru_cache(maxsize=512)
def _adapter(kind: type[Words], word: str) -> TypeAdapter[Any]:
    """The rule of one word."""
    return TypeAdapter(get_type_hints(kind, include_extras=True)[word])


@lru_cache(maxsize=128)
def _checks(kind: type[Words], mode: str) -> tuple[Any, ...]:
    """Rules of a group of words as a whole, which look at what was written, or at the finished group."""
    found = kind.__pydantic_decorators__.model_validators
    return tuple(getattr(kind, name) for name, check in found.items() if check.info.mode == mode)
