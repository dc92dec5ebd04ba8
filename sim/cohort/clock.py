"""Time: days from the opening day, on a grid so fine that nobody notices and so even that sums are exact.

Every instant and every duration is a whole number of ticks of 2**-20 day (about a twelfth of a second). Such
numbers add and subtract without rounding in a 64-bit float, so both engines, and anybody who replays a trace,
get the same instants and the same ties whatever the order of their sums. See
``docs/decisions/0002-time-on-a-grid.md``.
"""

import datetime as dt

import numpy as np
import numpy.typing as npt

DAYS_PER_YEAR = 365.25
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


def horizon_days(years: int) -> float:
    """Length of the horizon [days].

    Parameters
    ----------
    years : int
        The scenario's ``horizon_years``.

    Returns
    -------
    float
        Years of 365.25 days.
    """
    return years * DAYS_PER_YEAR


def year_index(days: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Number of the year, from 0, that each instant falls in.

    Parameters
    ----------
    days : ndarray of float
        Instants [days].

    Returns
    -------
    ndarray of int
        0 for the first 365.25 days, 1 for the next, and so on.
    """
    return np.floor_divide(days, DAYS_PER_YEAR).astype(np.int64)
