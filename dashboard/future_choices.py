"""What can be chosen of one possible future: which, and which part of it."""

import datetime as dt
from collections.abc import Sequence

from sim.looks.bed_board import BedBoard
from sim.looks.futures import Futures
from sim.scenario import Scenario

KINDS = ("typical", "good", "bad", "own")
"""Which future: one that stands for many, or one by its number."""

SPANS = ("two_years", "all")
"""How much of it is seen at a time."""

_YEAR_DAYS = 365.0
_MONTHS = 12


def number_of(kind: str, futures: Futures) -> int:
    """Find the number of a future."""
    number: int = getattr(futures, kind)
    return number


def dates_of(scenario: Scenario) -> list[dt.date]:
    """List the dates the slider stops at."""
    first = scenario.start.year * _MONTHS + scenario.start.month - 1
    months = range(first, first + scenario.horizon_years * _MONTHS)
    return [dt.date(month // _MONTHS, month % _MONTHS + 1, min(scenario.start.day, 28)) for month in months]


def date_of(written: str, dates: Sequence[dt.date]) -> dt.date:
    """Read a date out of a link."""
    try:
        wanted = dt.date.fromisoformat(written)
    except ValueError:
        return dates[min(2 * _MONTHS, len(dates) - 1)]
    return min(dates, key=lambda date: abs(date - wanted))


def day_of(date: dt.date, scenario: Scenario) -> float:
    """Count days from the opening."""
    return float((date - scenario.start).days)


def window_of(span: str, day: float, board: BedBoard) -> tuple[float, float] | None:
    """Choose the part of a board that is seen."""
    if span == "all":
        return None
    first = max(0.0, min(day - _YEAR_DAYS, board.horizon_days - 2 * _YEAR_DAYS))
    return first, min(first + 2 * _YEAR_DAYS, board.horizon_days)
