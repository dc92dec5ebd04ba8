"""The name of a result: a digest of everything its numbers depend on, and of nothing else."""

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version

from sim.experiment import RULES_VERSION
from sim.experiment.measured import ALL_MEASURES
from sim.scenario import Case, Scenario, content_text

FORMAT = 1
"""Counts up when files of pieces are laid out in another way."""

_LENGTH = 32


def piece_key(asked: Scenario | Case, engine: str = "kernel") -> str:
    """Name the results of a scenario.

    Parameters
    ----------
    asked : Scenario or Case
        Any; its name and title do not count.
    engine : str
        Which engine plays.

    Returns
    -------
    str
        32 hexadecimal digits of SHA-256 over the content of the scenario with its designs and seed, the engine, the
        version of its rules, and the measures there are.
    """
    return content_key(asked.content() if isinstance(asked, Case) else content_text(asked), engine)


def content_key(content: str, engine: str) -> str:
    """Name the results of a scenario whose content is written out."""
    return hashlib.sha256(f"{_terms(engine)},{content}]".encode("ascii")).hexdigest()[:_LENGTH]


@lru_cache(maxsize=8)
def _terms(engine: str) -> str:
    """What the results of all scenarios depend on, the beginning of a list in JSON."""
    return json.dumps([FORMAT, RULES_VERSION, measures_digest(), engine], separators=(",", ":")).removesuffix("]")


@lru_cache(maxsize=1)
def measures_digest() -> str:
    """Name the set of measures, so that results from before a measure was added are not taken for complete."""
    text = json.dumps([[measure.name, measure.unit] for measure in ALL_MEASURES])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def versions() -> dict[str, str | int]:
    """List what made the numbers."""
    libraries = {name: version(name) for name in ("doegnplads", "numba", "numpy", "scipy")}
    return {"rules": RULES_VERSION, "measures": measures_digest(), **libraries}
