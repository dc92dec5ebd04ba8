"""Time: days from the opening day, on a grid so fine that nobody notices and so even that sums are exact.

Every instant and every duration is a whole number of ticks of 2**-20 day (about a twelfth of a second). Such
numbers add and subtract without rounding in a 64-bit float, so both engines, and anybody who replays a trace,
get the same instants and the same ties whatever the order of their sums. See
``docs/decisions/0002-time-on-a-grid.md``.
"""

import calendar
import datetime as dt

import numpy as np
import numpy.typing as npt

DAYS_PER_YEAR = 365.25
"""Of a rate: need, growth, discounting, prices and place-years. The years of results are those of `year_starts`."""
DAYS_PER_WEEK = 7.0
TICKS_PER_DAY = 2.0**20


def on_grid(days: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Round days to the nearest tick.

    Parameters
    ----------
    days : array_like of float
        Instants or durations [days]; infinities stay infinite.

    Returns
    -------
    ndarray of float
        The same [days], each a whole number of ticks.
    """
    ticks = np.asarray(np.multiply(days, TICKS_PER_DAY, dtype=np.float64))
    return np.asarray(np.rint(ticks, out=ticks) * (1.0 / TICKS_PER_DAY))  # as exact as dividing, and faster


def day_of(date: dt.date, *, start: dt.date) -> float:
    """Count the days from the opening day to a date.

    Parameters
    ----------
    date : datetime.date
        The date asked about.
    start : datetime.date
        The opening day, day 0.

    Returns
    -------
    float
        Whole days, negative before the opening.
    """
    return float((date - start).days)


def anniversary(date: dt.date, years: int) -> dt.date:
    """Find the same calendar day so many years later, or earlier.

    Parameters
    ----------
    date : datetime.date
        The day.
    years : int
        How many years later; negative for earlier.

    Returns
    -------
    datetime.date
        The same day of the month; 1 March for 29 February in a year that has none.
    """
    year = date.year + years
    is_leap_day = (date.month, date.day) == (2, 29)
    return dt.date(year, 3, 1) if is_leap_day and not calendar.isleap(year) else date.replace(year=year)


def year_starts(start: dt.date, years: int) -> npt.NDArray[np.float64]:
    """List the days on which the years of results, plans and budgets begin, and the day on which the last ends.

    Parameters
    ----------
    start : datetime.date
        The opening day, day 0.
    years : int
        How many years.

    Returns
    -------
    ndarray of float of shape (years + 1,)
        Each year runs from the opening day's date to the same date of the next year [days]. The last entry is the
        horizon.
    """
    return np.array([day_of(anniversary(start, year), start=start) for year in range(years + 1)])


def year_index(days: npt.ArrayLike, starts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Number of the year, from 0, that each instant falls in.

    Parameters
    ----------
    days : array_like of float
        Instants [days].
    starts : ndarray of float of shape (n_years + 1,)
        As from `year_starts`.

    Returns
    -------
    ndarray of int
        0 for the first year, 1 for the next, and so on; the number of years from the horizon on.
    """
    return np.asarray(np.searchsorted(starts, days, side="right") - 1, dtype=np.int64)
