"""From a scenario back to plain values and to text, with every word written out."""

import datetime
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from sim.scenario.words.designs import Design
from sim.scenario.words.distributions import DISTRIBUTIONS, Never
from sim.scenario.words.economics import PayerShares
from sim.scenario.words.group import Words
from sim.scenario.words.scenario import Scenario
from sim.scenario.words.supply import Flexible

_LINE_LENGTH = 110
_PLAIN_WORD = re.compile(r"[A-Za-zÆØÅæøå][A-Za-z0-9ÆØÅæøå_-]*\Z")
_NOT_WORDS = {"true", "false", "null"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_LARGEST_EXACT = 2**53
_FIRST = ("name", "kind", "first", "others_on", "sites", "places", "groups", "max_places")
_LAST = ("discipline", "home_first", "financing", "external", "pools")


def scenario_values(scenario: Scenario) -> dict[str, Any]:
    """Write a scenario as plain values, complete.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    dict
        Mappings, lists, texts, numbers, true and false, in the order of the published words. A word that
        follows another (such as the opening day of a pool) is left out where the scenario does not set it.
    """
    values: dict[str, Any] = plain_value(scenario)
    return values


def scenario_text(scenario: Scenario) -> str:
    """Write a scenario as a file's text.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    str
        YAML 1.2 with every word.
    """
    return "\n".join(_block(scenario_values(scenario), 0)) + "\n"


@lru_cache(maxsize=128)
def _order(kind: type[Words]) -> tuple[str, ...]:
    known = list(kind.model_fields)
    if issubclass(kind, Design | Flexible):
        known.sort(key=lambda word: _FIRST.index(word) - len(_FIRST) if word in _FIRST else word in _LAST)
    return tuple(known)


def _is_left_out(value: Any, default: Any) -> bool:
    """Nothing, or an empty list or mapping; not one that stands where nothing would mean something else."""
    return value is None or (isinstance(value, tuple | dict) and not value and default is not None)


def distribution_of(words: Words) -> str:
    """Say the word above which a distribution's own words are written."""
    kind = getattr(words, "kind", "")
    return kind if kind in DISTRIBUTIONS and not isinstance(words, Design) else ""


def plain_value(value: Any, *, is_hashed: bool = False) -> Any:
    """Write a value of a scenario, or a group of them, as plain values."""
    if isinstance(value, Words):
        return plain_words(value, is_hashed=is_hashed)
    if isinstance(value, dict):
        return {key: plain_value(item, is_hashed=is_hashed) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain_value(item, is_hashed=is_hashed) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return int(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def plain_words(words: Words, instead: Mapping[str, Any] = MappingProxyType({}), *, is_hashed: bool = False) -> Any:
    """Write a group of words as plain values, in their order, some of them given; all, or those that are hashed."""
    if isinstance(words, Never):
        return Never.kind
    values, kind = vars(words), type(words)
    unhashed = kind.unhashed() if is_hashed else {}
    written = {
        word: plain_value(values[word], is_hashed=is_hashed)
        for word in _order(kind)
        if not _is_left_out(values[word], kind.model_fields[word].default)
        and not (word in unhashed and values[word] == unhashed[word])
    }
    if isinstance(words, PayerShares):
        written = {word: share for word, share in written.items() if share}
    written |= instead
    return {shape: written} if (shape := distribution_of(words)) else written


def _block(value: dict[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        start = " " * indent + f"{_scalar(key)}:"
        flow = f"{start} {_flow(item)}"
        if not isinstance(item, dict | list) or not item or ((indent or key == "title") and _fits(flow, item)):
            lines.append(flow)
        elif isinstance(item, dict):
            lines += [start, *_block(item, indent + 2)]
        elif any(isinstance(part, dict) for part in item):
            lines.append(start)
            for part in item:
                first, *others = _block(part, indent + 4)
                lines += [" " * (indent + 2) + "- " + first.lstrip(), *others]
        else:
            first, more = " " * (indent + 2), " " * (indent + 3)
            lines += [start, *wrap(_flow(item), _LINE_LENGTH, initial_indent=first, subsequent_indent=more)]
    return lines


def _fits(line: str, item: Any) -> bool:
    inside = item.values() if isinstance(item, dict) else item
    return len(line) <= _LINE_LENGTH and not any(isinstance(part, dict) and len(part) > 4 for part in inside)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        is_plain = _PLAIN_WORD.match(value) and value.casefold() not in _NOT_WORDS
        return value if is_plain or _DATE.match(value) else json.dumps(value, ensure_ascii=False)
    return repr(value)
