"""Changing words of a scenario by their dotted paths, as sweeps, tables and sliders do."""

import re
from collections.abc import Mapping
from typing import Any

from sim.faults import Fault, ScenarioError, nearest, shown, shown_text

from .checking import scenario_from
from .words_distributions import DISTRIBUTIONS
from .words_scenario import Scenario
from .writing import scenario_values

_WORD = re.compile(r"\.?([^.\[\]]+)")
_INDEX = re.compile(r"\[(\d{1,6})\]")
_EXCLUDE = {"need_per_year": "view", "view": "need_per_year"}
_NAMED = ("name", "id")


def with_values(scenario: Scenario, changes: Mapping[str, Any], *, source: str = "values") -> Scenario:
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
    faults: list[Fault] = []
    for path, value in changes.items():
        fault = _set(values, path, value)
        if fault:
            faults.append(fault._replace(source=shown_text(source)))
    if faults:
        raise ScenarioError(faults)
    return scenario_from(values, source)


def _set(values: dict[str, Any], path: str, value: object) -> Fault | None:
    inside: Any = values
    rest, last = path, None
    while rest:
        step, after = _step(inside, rest)
        if step is None:
            return _no_such_path(path, inside, rest)
        last, rest = (inside, step), after
        if rest:
            inside = _entered(inside, step)
    if last is None:
        return _no_such_path(path, values, path)
    container, step = last
    demand = values.get("demand")
    container[step] = value
    if demand is not None and container is demand and step in _EXCLUDE:
        demand.pop(_EXCLUDE[step], None)
    return None


def _entered(inside: Any, step: Any) -> Any:
    if isinstance(inside, dict) and step not in inside and step not in DISTRIBUTIONS:
        inside[step] = {}
    return inside[step] if isinstance(inside, list) or step in inside else None


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
        allowed = f"a name ({', '.join(names)}) or a number from [0] to [{len(inside) - 1}]"
    elif isinstance(inside, dict) and inside:
        names = [str(key) for key in inside]
        allowed = f"one of {', '.join(names)}"
    else:
        names = []
        allowed = "a path such as demand.need_per_year"
    near = nearest(word, names)
    remedy = f"Did you mean {near}?" if near else "Set the whole value instead, or correct the path."
    return Fault("", None, shown_text(path), shown_text(allowed, length=300), shown(word), remedy)
