"""What is wrong with a question to the evidence: where, what must be true, what we got, what to do."""

from collections.abc import Iterable

from sim.faults import Fault, FaultError, did_you_mean, shown
from sim.texts import Sayable


class CalibrationError(FaultError):
    """Something that was asked of the evidence, a statement or a check, and cannot be done."""


def fault(where: str, allowed: Sayable, *, got: object, remedy: Sayable) -> Fault:
    """Write down one thing that is wrong."""
    return Fault(where, None, "", allowed, shown(got), remedy)


def unknown(where: str, word: str, known: Iterable[str], *, noun: Sayable, listed: Sayable) -> CalibrationError:
    """Build the error for a word that is not known."""
    remedy = did_you_mean(word, known, listed)
    return CalibrationError([fault(where, noun, got=word, remedy=remedy)])
