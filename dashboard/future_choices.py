"""What can be chosen of one possible future: which, and which part of it."""

import datetime as dt
from collections.abc import Sequence

from sim.experiment.bed_board import BedBoard
from sim.experiment.futures import Futures
from sim.scenario import Scenario

KINDS = ("typical", "good", "bad", "own")
"""Which future: one that stands for many, or one by its number."""

SPANS = ("two_years", "all")
"""How much of it is seen at a time."""

_YEAR_DAYS = 365.0
_MONTHS = 12


def number_of(kind: str, futures: Futures) -> int:
    """Find the number of a future.

    Parameters
    ----------
    kind : str
        In `KINDS`, but not ``own``.
    futures : Futures
        What was found.

    Returns
    -------
    int
        Of the replication, from 0.
    """
    number: int = getattr(futures, kind)
    return number


def dates_of(scenario: Scenario) -> list[dt.date]:
    """List the dates the slider stops at.

    Parameters
    ----------
    scenario : Scenario
        For its opening day and horizon.

    Returns
    -------
    list of date
        The same day of every month, from the opening day until the horizon.
    """
    first = scenario.start.year * _MONTHS + scenario.start.month - 1
    months = range(first, first + scenario.horizon_years * _MONTHS)
    return [dt.date(month // _MONTHS, month % _MONTHS + 1, min(scenario.start.day, 28)) for month in months]


def date_of(written: str, dates: Sequence[dt.date]) -> dt.date:
    """Read a date out of a link.

    Parameters
    ----------
    written : str
        As in the link.
    dates : sequence of date
        What there is to choose from.

    Returns
    -------
    date
        The nearest there is; two years after the opening, when the offer is known, if it is not a date.
    """
    try:
        wanted = dt.date.fromisoformat(written)
    except ValueError:
        return dates[min(2 * _MONTHS, len(dates) - 1)]
    return min(dates, key=lambda date: abs(date - wanted))


def day_of(date: dt.date, scenario: Scenario) -> float:
    """Count days from the opening.

    Parameters
    ----------
    date : date
        Any.
    scenario : Scenario
        For its opening day.

    Returns
    -------
    float
        Days.
    """
    return float((date - scenario.start).days)


def window_of(span: str, day: float, board: BedBoard) -> tuple[float, float] | None:
    """Choose the part of a board that is seen.

    Parameters
    ----------
    span : str
        In `SPANS`.
    day : float
        What it is seen around [days].
    board : BedBoard
        For its end.

    Returns
    -------
    tuple of float or None
        First and last day, two years within the board [days]; None for all of it.
    """
    if span == "all":
        return None
    first = max(0.0, min(day - _YEAR_DAYS, board.horizon_days - 2 * _YEAR_DAYS))
    return first, min(first + 2 * _YEAR_DAYS, board.horizon_days)
