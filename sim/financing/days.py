"""Days lived in places, by who lived there, where and when."""

import calendar
import datetime as dt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, day_of
from sim.engine import Ledger

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MONTHS = 12


class DaysOfStays(NamedTuple):
    """Days of every stay in each of some spans of time.

    Attributes
    ----------
    replication, municipality, pool : ndarray of int of shape (n_stays,)
        Whose stay it is; the number after the last pool is a place bought elsewhere.
    days : ndarray of float of shape (n_stays, n_spans)
        Days lived there in each span [days].
    """

    replication: Ints
    municipality: Ints
    pool: Ints
    days: Floats

    def sums(self, number_of: Ints, shape: tuple[int, int, int]) -> Floats:
        """Add up by replication, number of the pool and municipality.

        Parameters
        ----------
        number_of : ndarray of int of shape (n_pools + 1,)
            What each pool counts as.
        shape : tuple of int
            Replications, numbers and municipalities.

        Returns
        -------
        ndarray of float of shape (n_replications, n_numbers, n_municipalities, n_spans)
            Days; exact in whatever order they are added.
        """
        cell = np.ravel_multi_index((self.replication, number_of[self.pool], self.municipality), shape)
        found = np.empty((int(np.prod(shape)), self.days.shape[1]))
        for span in range(self.days.shape[1]):
            found[:, span] = np.bincount(cell, weights=self.days[:, span], minlength=len(found))
        return found.reshape(*shape, -1)


def days_of_stays(ledger: Ledger, cohort: Cohort, n_pools: int, edges: Floats) -> DaysOfStays:
    """Count the days of every stay in each span of time.

    Parameters
    ----------
    ledger : Ledger
        Of the design.
    cohort : Cohort
        The women.
    n_pools : int
        Pools of the design.
    edges : ndarray of float of shape (n_spans + 1,)
        Where spans begin and end [days].

    Returns
    -------
    DaysOfStays
        Of all who were admitted; a stay that is not over ends with the last span.
    """
    her = np.flatnonzero(ledger.pool >= 0)
    left = ledger.discharge_day[her]
    until = np.minimum(np.where(np.isnan(left), np.inf, left)[:, None], edges[1:])
    days = np.maximum(until - np.maximum(ledger.admission_day[her][:, None], edges[:-1]), 0.0)
    return DaysOfStays(
        replication=np.searchsorted(cohort.first, her, side="right") - 1,
        municipality=cohort.municipality[her],
        pool=np.minimum(ledger.pool[her], n_pools),
        days=days,
    )


def month_starts(start: dt.date, year_starts: Floats, years: int) -> Floats:
    """List the days on which the months of the first years begin, and the day on which the last ends.

    Parameters
    ----------
    start : datetime.date
        The opening day.
    year_starts : ndarray of float of shape (n_years + 1,)
        As of the plan [days].
    years : int
        How many years.

    Returns
    -------
    ndarray of float of shape (12 years + 1,)
        Each twelfth is the start of a year [days]. Months run from the opening day's date to the same date of the
        next month, or its last.
    """
    edges = np.empty(MONTHS * years + 1)
    for month in range(MONTHS * years):
        year, number = divmod(start.month - 1 + month, MONTHS)
        last = calendar.monthrange(start.year + year, number + 1)[1]
        day = dt.date(start.year + year, number + 1, min(start.day, last))
        edges[month] = day_of(day, start=start)
    edges[::MONTHS] = year_starts[: years + 1]
    return edges
