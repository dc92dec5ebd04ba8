"""Changing words of a scenario by their dotted paths, as sweeps, tables and sliders do."""

import re
from collections.abc import Mapping
from typing import Any

from sim.faults import Fault, Path, ScenarioError, did_you_mean, shown, shown_text, shown_words
from sim.scenario.file.checking import scenario_from
from sim.scenario.file.writing import scenario_values
from sim.scenario.words.distributions import DISTRIBUTIONS
from sim.scenario.words.scenario import Scenario
from sim.texts import Sayable, say

_WORD = re.compile(r"\.?([^.\[\]]+)")
_INDEX = re.compile(r"\[(\d{1,6})\]")
_NEED, _VIEW = ("demand", "need_per_year"), ("demand", "view")
_EXCLUDE: Mapping[Path, Path] = {_NEED: _VIEW, _VIEW: _NEED}
_DELETE = say("remedy.delete_one_of_the")
_NAMED = ("name", "id")


def with_values(scenario: Scenario, changes: Mapping[str, Any], *, source: Sayable = "values") -> Scenario:
    """Change words of a scenario by their paths.

    Parameters
    ----------
    scenario : Scenario
        Not changed.
    changes : mapping of str to object
        New value by path: `demand.need_per_year`, `designs[0].places`, `designs.regional.places.nordjylland`,
        `waiting.patience_days.exponential.mean`. Designs and pools go by name or number. Setting
        need_per_year drops view, and setting view drops need_per_year.
    source : str
        What the changes came from, for messages.

    Returns
    -------
    Scenario
        Complete and checked.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    values = scenario_values(scenario)
    ways = ways_of(values, changes, source=source)
    for path, value in changes.items():
        _put(values, ways[path], value)
    return scenario_from(values, source)


def ways_of(values: dict[str, Any], paths: Mapping[str, Any], *, source: Sayable = "values") -> dict[str, Path]:
    """Find the places in a scenario that paths lead to: the rule that no two of them may set the same thing."""
    ways: dict[str, Path] = {}
    ends: dict[Path, str] = {}
    passed: dict[Path, str] = {}
    faults: list[Fault] = []
    for path, value in paths.items():
        way = _way(values, path)
        if isinstance(way, Fault):
            faults.append(way)
            continue
        parts = [way[:length] for length in range(1, len(way) + 1)]
        other = next((ends[part] for part in parts if part in ends), passed.get(way))
        rival = _EXCLUDE.get(way)
        if other is not None:
            got = say("got.it_again_by", path=shown_text(other))
            faults.append(Fault("", None, shown_text(path), say("allowed.each_word_by"), got, _DELETE))
        elif rival in ends:
            one, other_word = sorted((str(way[-1]), str(rival[-1])))
            allowed = say("allowed.either_or_not", one=one, other=other_word)
            faults.append(Fault("", None, shown_text(path), allowed, shown(value), _DELETE))
        ways[path], ends[way] = way, path
        passed |= dict.fromkeys(parts, path)
    if faults:
        raise ScenarioError(fault._replace(source=shown_words(source)) for fault in faults)
    return ways


def _way(values: dict[str, Any], path: str) -> Path | Fault:
    inside: Any = values
    way: Path = ()
    rest = path
    while rest or not way:
        step, after = _step(inside, rest)
        if step is None:
            return _no_such_path(path, inside, rest)
        way, rest = (*way, step), after
        if rest:
            inside = _entered(inside, step)
    return way


def _put(values: dict[str, Any], way: Path, value: object) -> None:
    inside: Any = values
    for step in way[:-1]:
        inside = inside.setdefault(step, {}) if isinstance(inside, dict) else inside[step]
    inside[way[-1]] = value
    if way in _EXCLUDE:
        inside.pop(_EXCLUDE[way][-1], None)


def _entered(inside: Any, step: Any) -> Any:
    if isinstance(inside, dict) and step not in inside:
        return None if step in DISTRIBUTIONS else {}
    return inside[step]


def _step(inside: Any, rest: str) -> tuple[str | int | None, str]:
    if isinstance(inside, list):
        return _list_step(inside, rest)
    match = _WORD.match(rest)
    if not isinstance(inside, dict) or match is None:
        return None, rest
    word = match.group(1)
    if word in DISTRIBUTIONS and len(inside) == 1 and next(iter(inside)) in DISTRIBUTIONS and word not in inside:
        return None, rest
    return word, rest[match.end() :]


def _list_step(items: list[Any], rest: str) -> tuple[int | None, str]:
    index = _INDEX.match(rest)
    if index:
        number = int(index.group(1))
        return (number if number < len(items) else None), rest[index.end() :]
    name_and_more = rest.removeprefix(".")
    found: list[tuple[int, int]] = []
    for number, item in enumerate(items):
        name = next((item[key] for key in _NAMED if key in item), None) if isinstance(item, dict) else None
        if name is not None and re.match(re.escape(str(name)) + r"(?=[.\[]|\Z)", name_and_more):
            found.append((len(str(name)), number))
    if not found:
        return None, rest
    length, number = max(found)
    return number, name_and_more[length:]


def _no_such_path(path: str, inside: Any, rest: str) -> Fault:
    word = rest.lstrip(".").split(".")[0]
    if isinstance(inside, list):
        names = [str(item[key]) for item in inside if isinstance(item, dict) for key in _NAMED if key in item]
        allowed = say("allowed.a_name_or", known=", ".join(names), low="[0]", high=f"[{len(inside) - 1}]")
    elif isinstance(inside, dict) and inside:
        names = [str(key) for key in inside]
        allowed = say("allowed.one_of", known=", ".join(names))
    else:
        names = []
        allowed = say("allowed.a_path_such")
    remedy = did_you_mean(word, names, say("remedy.set_the_whole"))
    return Fault("", None, shown_text(path), allowed, shown(word), remedy)
