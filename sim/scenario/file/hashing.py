"""A short name for the content of a scenario: the same content, the same hash."""

import hashlib
import json
from typing import Any

from sim.scenario.file.writing import plain_value, plain_words
from sim.scenario.words.scenario import Scenario

_LENGTH = 16
_GAP = "\0"
"""A text that no scenario holds."""
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
        number is the same written 75 or 75.0, and a word that came later is no part of it at its default: what was
        hashed before it keeps its hash.
    """
    return content_hash(content_text(scenario))


def content_hash(content: str) -> str:
    """Name the content of a scenario, written out.

    Parameters
    ----------
    content : str
        As from `content_text`.

    Returns
    -------
    str
        As from `scenario_hash`.
    """
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:_LENGTH]


def content_text(scenario: Scenario) -> str:
    """Write the content of a scenario, without its name and title, as the text that is hashed.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    str
        `scenario_values` as JSON in ASCII, with sorted words and no spaces, without words that came later where they
        have their defaults.
    """
    return "".join(text_around(scenario, ()))


def text_around(words: Any, places: tuple[Any, ...]) -> list[str]:
    """Write the content of a group of words, or of a tuple of groups, around some of them."""
    if isinstance(words, tuple):
        plain: Any = [_GAP if at in places else plain_value(item, is_hashed=True) for at, item in enumerate(words)]
    else:
        plain = plain_words(words, dict.fromkeys(places, _GAP), is_hashed=True)
    if isinstance(words, Scenario):
        plain = {word: value for word, value in plain.items() if word not in {"name", "title"}}
    return text_of(plain).split(text_of(_GAP))


def text_of(value: Any) -> str:
    """Write a value of a scenario, or a group of words, as the text that is hashed."""
    return _ENCODER.encode(plain_value(value, is_hashed=True))
