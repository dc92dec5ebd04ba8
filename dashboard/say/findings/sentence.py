"""A sentence and how much it matters."""

from typing import NamedTuple

from dashboard.say.measure_words import Estimate

LEAD, MATTERS, SMALL, NOT_SURE = 3, 2, 1, 0
"""Levels: the chosen design itself, large enough to count, not so large, too few replications to tell."""


class Sentence(NamedTuple):
    """A finding in words.

    Attributes
    ----------
    topic : str
        What it is about.
    design : str
        The design it is about, as in the scenario.
    level : int
        `LEAD`, `MATTERS`, `SMALL` or `NOT_SURE`.
    text : str
        In the reader's language.
    """

    topic: str
    design: str
    level: int
    text: str


def magnitude(estimate: Estimate) -> Estimate:
    """Turn a difference to be positive, for words such as more and less."""
    if not estimate.mean < 0:
        return estimate
    n, mean, low, high, p05, p95 = estimate
    return Estimate(n, -mean, -high, -low, -p95, -p05)
