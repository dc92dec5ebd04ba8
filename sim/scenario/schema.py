"""The words of a scenario as a JSON Schema, for completion and checks in editors."""

from typing import Any

from sim.scenario.parameters import PARAMETER_PATHS, Parameter, load_parameters
from sim.scenario.sweeps import MOST_POINTS
from sim.scenario.words.distributions import DISTRIBUTIONS
from sim.scenario.words.scenario import Scenario

_DERIVED = {"patience_daily_loss", "stay_after_birth"}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

_RANGE = {
    "type": "object",
    "properties": {"low": {"type": "number"}, "high": {"type": "number"}, "whole": {"type": "boolean"}},
    "required": ["low", "high"],
    "additionalProperties": False,
}
_AXES = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [{"type": "array", "minItems": 1}, _RANGE]},
}
_SWEEP = {
    "sweep": {
        "anyOf": [{"type": "array", "items": _AXES, "minItems": 1}, _AXES],
        "description": "What is varied: values, of which all combinations are taken, or ranges, by path.",
    },
    "samples": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_POINTS,
        "description": "Points of a Latin hypercube over the ranges of the sweep.",
    },
}


def scenario_schema() -> dict[str, Any]:
    """Describe scenario files as a JSON Schema.

    Returns
    -------
    dict
        Draft 2020-12, with meaning, unit, plausible range and source of each word. What must hold between
        words, such as shares that sum to 1, is checked when a scenario is read.
    """
    schema = Scenario.model_json_schema(by_alias=False)
    schema = {"$schema": _DRAFT, "title": "A scenario of Døgnplads", **_tidied(schema)}
    for design in schema["$defs"].values():
        if "const" in design.get("properties", {}).get("kind", {}):
            design["required"] = ["name", "kind", *design.get("required", [])[1:]]
    schema["properties"] |= _SWEEP
    for path, parameter in PARAMETER_PATHS.items():
        words = path.split(".")
        inside = next((number for number, word in enumerate(words) if word in DISTRIBUTIONS), len(words))
        for place in _places(schema, schema, words[:inside]):
            _add_source(place, load_parameters()[parameter], is_the_word=inside == len(words))
    return schema


def _tidied(node: Any) -> Any:
    """Drop what is pydantic's rather than the file's: null for what may be left out, machine titles."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    kinds = node.get("anyOf")
    if isinstance(kinds, list) and {"type": "null"} in kinds:
        others = [kind for kind in kinds if kind != {"type": "null"}]
        node = {key: value for key, value in node.items() if key not in {"anyOf", "default"}}
        node |= others[0] if len(others) == 1 else {"anyOf": others}
    tidy: dict[str, Any] = {}
    for key, value in node.items():
        if key == "properties":
            tidy[key] = {word: _tidied(item) for word, item in value.items()}
        elif not (key == "title" and isinstance(value, str)) and key not in {"default", "discriminator"}:
            tidy[key] = _tidied(value)
        elif key == "default" and isinstance(value, str | int | float):
            tidy[key] = value
    return tidy


def _places(root: dict[str, Any], node: dict[str, Any], words: list[str]) -> list[dict[str, Any]]:
    """Find the description of a word in all groups of words it may stand in."""
    if not words:
        return [node]
    found: list[dict[str, Any]] = []
    for group in _groups(root, node):
        if words[0] == "*":
            inside = [group["items"]] if isinstance(group.get("items"), dict) else []
        else:
            inside = [group["properties"][words[0]]] if words[0] in group.get("properties", {}) else []
        for item in inside:
            found += _places(root, item, words[1:])
    return found


def _groups(root: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in node:
        return _groups(root, root["$defs"][node["$ref"].rsplit("/", 1)[1]])
    several = [kind for word in ("oneOf", "anyOf") for kind in node.get(word, [])]
    return [node, *(group for kind in several for group in _groups(root, kind))]


def _add_source(node: dict[str, Any], parameter: Parameter, *, is_the_word: bool) -> None:
    if "x-parameter" in node:
        return
    unit = "" if parameter.unit == "share" else f" {parameter.unit}"
    span = "" if parameter.low is None else f" Plausible {parameter.low:g} to {parameter.high:g}{unit}."
    source = f" {parameter.strength.capitalize()}{f': {parameter.why}' if parameter.why else ''}."
    is_the_word = is_the_word and parameter.id not in _DERIVED
    meaning = "" if is_the_word else f" {parameter.meaning.capitalize()}, {parameter.default:g}{unit}."
    node["description"] = f"{node.get('description', '')}{meaning}{span}{source}".strip()
    if is_the_word:
        node["x-parameter"] = parameter.id
        node |= {} if parameter.low is None else {"x-plausible": [parameter.low, parameter.high]}
