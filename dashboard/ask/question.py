"""What is asked of the model: a scenario to begin with, what has been changed in it, and which designs are compared.

Takes plain values, as controls and links hold them. Gives the `Scenario` they stand for, the same that a file would
give. Leaves out how it is shown and kept.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.ask.limits import check_size
from sim.scenario import (
    DESIGNS,
    PLACES,
    Fields,
    Scenario,
    ScenarioError,
    in_field,
    load_scenario,
    ready_scenarios,
    scenario_from,
    scenario_values,
    with_values,
)

Value = Any
"""A plain value: a truth value, a number, a text, or a tuple of them."""

Words = Mapping[str, Any]
"""A scenario as plain values: what its file says, with every word."""

BASELINE = "baseline"
REPLICATIONS = 500
"""Played unless another number is asked for: the interval of most means is then within two per cent."""

ADDABLE: Mapping[str, Mapping[str, Any]] = {
    "regional": {"kind": "regional"},
    "shared": {"kind": "shared"},
    "flexible": {"kind": "regional"},
    **{kind: {"kind": kind} for kind in DESIGNS if kind != "pools"},
    "external": {"kind": "external", "financing": "municipal"},
}
"""Designs that can be added to any scenario, by name."""

_WEST, _WEST_AT_MOST = (
    {"syddanmark": 3, "midtjylland": 4, "nordjylland": 2},
    {"syddanmark": 7, "midtjylland": 8, "nordjylland": 4},
)
_FLEXIBLE: Mapping[str, Mapping[str, Any]] = {
    "five": {
        "places": {"hovedstaden": 6, "sjaelland": 3} | _WEST,
        "flexible": {"max_places": {"hovedstaden": 12, "sjaelland": 6} | _WEST_AT_MOST},
    },
    "four": {
        "places": {"oestdanmark": 9} | _WEST,
        "flexible": {"max_places": {"oestdanmark": 18} | _WEST_AT_MOST},
    },
}
"""Places of flexible units that are added, on each map of regions."""

_ONE_OF_TWO = {"demand.need_per_year": "demand.view", "demand.view": "demand.need_per_year"}
_MISSING = object()


class Question(NamedTuple):
    """What is asked of the model."""

    base: str = BASELINE  # name of the ready scenario it begins with
    own: str = ""  # a scenario of one's own in its place, complete, as JSON; empty for a ready one
    changes: tuple[tuple[str, Value], ...] = ()
    added: tuple[str, ...] = ()  # designs added to those of the scenario, by their names in `ADDABLE`
    off: tuple[str, ...] = ()  # names of designs that are left out
    replications: int = REPLICATIONS  # how often each design is played


def base_scenario(question: Question) -> Scenario:
    """Give the scenario a question begins with, and the designs added to it."""
    return _base(question.base, question.own, question.added)


@lru_cache(maxsize=32)
def _written(base: str, own: str) -> Scenario:
    return scenario_from(json.loads(own), "link") if own else load_scenario(ready_scenarios()[base])


@lru_cache(maxsize=32)
def _base(base: str, own: str, added: tuple[str, ...]) -> Scenario:
    """The scenario without its fields, which may not fit what is changed; see `scenarios_in_fields`."""
    scenario = in_field(_written(base, own), PLACES)
    if not added:
        return scenario
    values = scenario_values(scenario)
    values["designs"] += [_addable(name, scenario.regions) for name in added]
    return scenario_from(values, scenario.name)


def _addable(name: str, region_map: str) -> dict[str, Any]:
    places = _FLEXIBLE[region_map] if name == "flexible" else {}
    return {"name": name, **ADDABLE[name], **places}


def own_question(scenario: Scenario) -> Question:
    """Ask what a scenario of one's own asks."""
    wanted = scenario.replications
    own = json.dumps(scenario_values(scenario), ensure_ascii=False, separators=(",", ":"))
    return Question(base="", own=own, replications=wanted if isinstance(wanted, int) else REPLICATIONS)


@lru_cache(maxsize=64)
def scenario_of(question: Question) -> Scenario:
    """Build the scenario a question stands for."""
    changes = {path: list(value) if isinstance(value, tuple) else value for path, value in question.changes}
    changed = with_values(base_scenario(question), changes | {"replications": question.replications})
    off = set(question.off)
    if off & {design.name for design in changed.designs}:
        values = scenario_values(changed)
        values["designs"] = [design for design in values["designs"] if design["name"] not in off]
        if values["measures"].get("against") in off:
            del values["measures"]["against"]
        changed = scenario_from(values, changed.name)
    check_size(changed)
    return changed


def scenarios_in_fields(question: Question) -> dict[str, Scenario]:
    """Build the scenario in the fields of the same access and budget, as far as these fit what was changed."""
    written, scenario = _written(question.base, question.own), scenario_of(question)
    found = {}
    for name, field in written.fields.given() if written.fields else ():
        names = {design.name for design in scenario.designs}
        kept = {design: words for design, words in field.designs.items() if design in names}
        fields = Fields().model_copy(update={name: field.model_copy(update={"designs": kept})})
        if kept:
            with suppress(ScenarioError):
                found[name] = in_field(scenario.model_copy(update={"fields": fields}), name)
    return found


def scenario_to_save(question: Question) -> Scenario:
    """Build the scenario a question stands for, with its fields where they fit."""
    written, scenario = fields_of_base(question), scenario_of(question)
    names = {design.name for design in scenario.designs}
    if written is None or any(not field.designs.keys() <= names for _, field in written.given()):
        return scenario
    whole = scenario.model_copy(update={"fields": written})
    return whole if len(scenarios_in_fields(question)) == len([*written.given()]) else scenario


def fields_of_base(question: Question) -> Fields | None:
    """Give what is equal in the fields of the scenario a question begins with."""
    return _written(question.base, question.own).fields


def with_changes(question: Question, changes: Mapping[str, Value]) -> Question:
    """Change words of a question."""
    base = scenario_values(base_scenario(question))
    kept = dict(question.changes)
    for path, value in changes.items():
        kept.pop(_ONE_OF_TWO.get(path, ""), None)
        if value == value_at(base, path):
            kept.pop(path, None)
        else:
            kept[path] = value
    return question._replace(changes=tuple(kept.items()))


def without_changes(question: Question, paths: Iterable[str]) -> Question:
    """Take changes back."""
    gone = set(paths)
    return question._replace(changes=tuple((path, value) for path, value in question.changes if path not in gone))


def value_at(words: Words, path: str) -> Value | None:
    """Read a word of a scenario by its path."""
    return _as_tuple(_value_in(words, path))


def _value_in(values: Any, path: str) -> Any:
    inside, rest = values, path
    while rest:
        if isinstance(inside, list):
            named = [(str(item.get("name", item.get("id", ""))), item) for item in inside if isinstance(item, dict)]
            found = [(len(name), item) for name, item in named if rest == name or rest.startswith(f"{name}.")]
            if not found:
                return None
            length, inside = max(found, key=lambda pair: pair[0])
            rest = rest[length + 1 :]
        elif isinstance(inside, dict):
            word, _, rest = rest.partition(".")
            inside = inside.get(word, _MISSING)
        else:
            return None
        if inside is _MISSING:
            return None
    return inside


def _as_tuple(value: Any) -> Any:
    return tuple(_as_tuple(item) for item in value) if isinstance(value, list) else value
