"""A sentence and how much it matters."""

from typing import NamedTuple

from dashboard.say.measure_words import Estimate

LEAD, MATTERS, SMALL, NOT_SURE = 3, 2, 1, 0
"""Levels: the chosen design itself, sure and large enough to matter, sure but small, not sure."""


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

    @property
    def is_sure(self) -> bool:
        """Whether its direction is sure."""
        return self.level > NOT_SURE


def magnitude(estimate: Estimate) -> Estimate:
    """Turn a difference to be positive, for words such as more and less."""
    if not estimate.mean < 0:
        return estimate
    n, mean, low, high, p05, p95 = estimate
    return Estimate(n, -mean, -high, -low, -p95, -p05)
