"""What is wrong with a question to the evidence: where, what must be true, what we got, what to do."""

from collections.abc import Iterable

from sim.scenario import Fault
from sim.scenario.faults import nearest, shown


class CalibrationError(ValueError):
    """Something that was asked of the evidence, a statement or a check, and cannot be done.

    Parameters
    ----------
    faults : iterable of Fault
        At least one.

    Attributes
    ----------
    faults : tuple of Fault
        All of them.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["CalibrationError"], tuple[tuple[Fault, ...]]]:
        return CalibrationError, (self.faults,)


def fault(where: str, allowed: str, *, got: object, remedy: str) -> Fault:
    """Write down one thing that is wrong.

    Parameters
    ----------
    where : str
        What was asked, such as ``--parameter``.
    allowed : str
        What must be true.
    got : object
        What we got.
    remedy : str
        What to do.

    Returns
    -------
    Fault
        For a `CalibrationError`.
    """
    return Fault(where, None, "", allowed, shown(got), remedy)


def unknown(where: str, word: str, known: Iterable[str], *, noun: str, listed: str) -> CalibrationError:
    """Build the error for a word that is not known.

    Parameters
    ----------
    where : str
        What was asked, such as ``--parameter``.
    word : str
        What was written.
    known : iterable of str
        What may be written.
    noun : str
        What it should have been, such as ``a parameter``.
    listed : str
        Where to find what may be written.

    Returns
    -------
    CalibrationError
        To be raised.
    """
    near = nearest(word, known)
    remedy = f"Did you mean {near}?" if near else listed
    return CalibrationError([fault(where, noun, got=word, remedy=remedy)])
