"""Verdicts: whether a difference between two designs may be called a finding."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sim.experiment import Results
from sim.experiment.measured import MEASURE_NUMBER
from sim.findings.sensitivity import Played, Sensitivity
from sim.measures import is_direction_sure

VerdictKind = Literal["finding", "hangs_on", "untried", "small", "noise"]
"""A finding; larger than must be passed, but turns at an end; larger, with no ends played; not larger; too few
replications to tell which way it goes."""


class Verdict(NamedTuple):
    """What may be said of a difference.

    Attributes
    ----------
    kind : VerdictKind
        What it is.
    pair : str
        ``"one - other"``.
    measure : str
        Of what.
    mean : float
        The difference.
    least : float
        What must be passed.
    hangs_on : tuple of Played
        Ends at which it does not go the same way.
    n_tried : int
        Assumptions whose ends were played.
    """

    kind: VerdictKind
    pair: str
    measure: str
    mean: float
    least: float
    hangs_on: tuple[Played, ...] = ()
    n_tried: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is larger than what must be passed."""
        return self.kind in {"finding", "hangs_on", "untried"}


def judge(difference: Played, least: float, ends: Iterable[Played] | None) -> Verdict:
    """Judge a difference.

    Parameters
    ----------
    difference : Played
        Under the scenario's own assumptions.
    least : float
        What must be passed.
    ends : iterable of Played or None
        The same difference at the ends that were played; none if none were.

    Returns
    -------
    Verdict
        At an end it goes the same way if its sign is the same and its interval does not hold 0.
    """
    said = (difference.pair, difference.measure, difference.mean, least)
    if not abs(difference.mean) > least:
        return Verdict("small", *said)
    if not _is_clear(difference):
        return Verdict("noise", *said)
    if ends is None:
        return Verdict("untried", *said)
    tried = tuple(ends)
    turned = tuple(end for end in tried if not (_is_clear(end) and end.mean * difference.mean > 0))
    n_tried = len({end.parameter for end in tried})
    return Verdict("hangs_on" if turned else "finding", *said, turned, n_tried)


def _is_clear(difference: Played) -> bool:
    return is_direction_sure(difference.n, difference.mean, difference.low, difference.high)


def judge_all(results: Results, measures: Iterable[str], tried: Sensitivity | None = None) -> tuple[Verdict, ...]:
    """Judge the differences of results.

    Parameters
    ----------
    results : Results
        In whichever field.
    measures : iterable of str
        By which designs are compared; those that are not judged are left out.
    tried : Sensitivity, optional
        Ends played of the same scenario.

    Returns
    -------
    tuple of Verdict
        Pair by pair, in the order of the measures; none where nothing was measured.
    """
    wanted = [(name, least) for name in measures if (least := results.scenario.measures.least(name)) is not None]
    verdicts = []
    for pair, comparison in results.differences.items():
        for measure, least in wanted:
            column = MEASURE_NUMBER[measure]
            n, mean, low, high = (values[0, column].item() for values in comparison.estimates[:4])
            if n:
                own = Played("", "", float("nan"), pair, measure, n, mean, low, high)
                verdicts.append(judge(own, least, tried.of(pair, measure) if tried else None))
    return tuple(verdicts)
