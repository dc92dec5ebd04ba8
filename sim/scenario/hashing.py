"""A short name for the content of a scenario: the same content, the same hash."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted
from types import MappingProxyType
from typing import Any

from .words import Same, Words
from .words_distributions import Never
from .words_scenario import Scenario
from .writing import LARGEST_EXACT, distribution_of, plain_value, written_words

_LENGTH = 16
_REMEMBERED = 2048
"""Groups of words whose text is kept: the points of a sweep have most of them in common."""
_GAP = "\0"
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def scenario_hash(scenario: Scenario) -> str:
    """Name the content of a scenario, without its name and title.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    str
        The first 16 hexadecimal digits of SHA-256 over the complete content as JSON with sorted words. A
        number is the same written 75 or 75.0.
    """
    return hashlib.sha256(content_text(scenario).encode("ascii")).hexdigest()[:_LENGTH]


def content_text(scenario: Scenario) -> str:
    """Write the content of a scenario, without its name and title, as the text that is hashed.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    str
        `scenario_values` as JSON in ASCII, with sorted words and no spaces.
    """
    return _words_text(scenario)


def text_around(words: Any, places: tuple[Any, ...]) -> list[str]:
    """Write the content of a group of words around some of them."""
    if isinstance(words, tuple):
        text = ",".join([_GAP if at in places else text_of(item) for at, item in enumerate(words)])
        return f"[{text}]".split(_GAP)
    return _words_text(words, dict.fromkeys(places, _GAP)).split(_GAP)


def text_of(value: Any) -> str:
    """Write a value of a scenario, or a group of words, as the text that is hashed."""
    kind = type(value)
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    if kind is tuple and not (value and isinstance(value[0], Words)):
        return f"[{','.join(map(text_of, value))}]"
    if kind is tuple or (kind is not bool and isinstance(value, Words)):
        return _text_of_words(Same(value))
    return _ENCODER.encode(plain_value(value))


@lru_cache(maxsize=_REMEMBERED)
def _text_of_words(same: Same) -> str:
    words = same.words
    return f"[{','.join(map(text_of, words))}]" if isinstance(words, tuple) else _words_text(words)


def _words_text(words: Words, instead: Mapping[str, str] | None = None) -> str:
    if isinstance(words, Never):
        return _quoted(Never.kind)
    values = written_words(words)
    if isinstance(words, Scenario):
        values = {word: value for word, value in values.items() if word not in {"name", "title"}}
    text = _mapping_text(values, instead or {})
    return f'{{"{kind}":{text}}}' if (kind := distribution_of(words)) else text


def _mapping_text(values: Mapping[str, Any], instead: Mapping[str, str] = MappingProxyType({})) -> str:
    words = sorted({*values, *instead} if instead else values)
    return "{" + ",".join([f"{_quoted(word)}:{instead.get(word) or text_of(values[word])}" for word in words]) + "}"


def _float_text(value: float) -> str:
    return repr(int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value)


_WRITERS: Mapping[type, Callable[[Any], str]] = {float: _float_text, str: _quoted, int: repr, dict: _mapping_text}
