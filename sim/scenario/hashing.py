"""A short name for the content of a scenario: the same content, the same hash."""

import hashlib
import json

from .words_scenario import Scenario
from .writing import scenario_values

_LENGTH = 16


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
    values = scenario_values(scenario)
    content = {word: value for word, value in values.items() if word not in {"name", "title"}}
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]
