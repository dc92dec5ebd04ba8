"""The ledger: what happened to each woman and each pool. Everything that is measured is computed from it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

OUTCOMES = (
    "not_offered",
    "declined",
    "gave_up",
    "birth_before_place",
    "pregnancy_ended",
    "waiting",
    "completed",
    "left_early",
    "in_stay",
)
(
    NOT_OFFERED,
    DECLINED,
    GAVE_UP,
    BIRTH_BEFORE_PLACE,
    PREGNANCY_ENDED,
    WAITING,
    COMPLETED,
    LEFT_EARLY,
    IN_STAY,
) = range(len(OUTCOMES))

NO_POOL = -1

POOL_DAYS = ("open_place_days", "occupied_place_days", "days_with_open_places", "all_taken_days", "empty_days")
OPEN_PLACE_DAYS, OCCUPIED_PLACE_DAYS, DAYS_WITH_OPEN_PLACES, ALL_TAKEN_DAYS, EMPTY_DAYS = range(len(POOL_DAYS))


OF_WOMEN = (
    "outcome",
    "pool",
    "admission_day",
    "discharge_day",
    "asked_day",
    "ended_day",
    "completes",
)
"""Columns of a ledger that hold a value a woman."""


class Ledger(NamedTuple):
    """What happened in one or more replications of one design.

    Attributes
    ----------
    outcome : ndarray of int of shape (n_women,)
        Number in `OUTCOMES`; every woman has exactly one.
    pool : ndarray of int of shape (n_women,)
        Number of the pool she was admitted to; from the number of pools on it is a provider elsewhere, in the order of
        the plan; `NO_POOL` is none.
    admission_day : ndarray of float of shape (n_women,)
        When she moved in [days]; not a number if never.
    discharge_day : ndarray of float of shape (n_women,)
        When she left [days]; not a number if never, or not within the horizon.
    asked_day : ndarray of float of shape (n_women,)
        When she was last asked about places [days]; not a number if never.
    ended_day : ndarray of float of shape (n_women,)
        Of a woman admitted, when she leaves, be it after the horizon, infinite if never; of one who stopped waiting,
        for a place or for the decision, when she did [days]. Not a number for the others.
    completes : ndarray of bool of shape (n_women,)
        Whether she stays as long as planned, be it until after the horizon.
    pool_days : ndarray of float of shape (n_replications, n_pools, n_years, 5)
        `POOL_DAYS` of each pool and year [days]: place-days open and occupied; days with at least one open place,
        and of those, days with no open place free and days with nobody living there.
    openings, closings : ndarray of int of shape (n_replications, n_pools, n_years)
        Flexible places opened and closed.
    capacity_first : ndarray of int of shape (n_replications + 1,)
        Number of each replication's first row in the three arrays that follow.
    capacity_pool : ndarray of int of shape (n_rows,)
        The pool whose number of open places changed.
    capacity_day : ndarray of float of shape (n_rows,)
        When it changed [days].
    capacity_places : ndarray of int of shape (n_rows,)
        Open places from then on.
    """

    outcome: npt.NDArray[np.int64]
    pool: npt.NDArray[np.int64]
    admission_day: npt.NDArray[np.float64]
    discharge_day: npt.NDArray[np.float64]
    asked_day: npt.NDArray[np.float64]
    ended_day: npt.NDArray[np.float64]
    completes: npt.NDArray[np.bool_]
    pool_days: npt.NDArray[np.float64]
    openings: npt.NDArray[np.int64]
    closings: npt.NDArray[np.int64]
    capacity_first: npt.NDArray[np.int64]
    capacity_pool: npt.NDArray[np.int64]
    capacity_day: npt.NDArray[np.float64]
    capacity_places: npt.NDArray[np.int64]


def empty_ledger(n_women: int, n_replications: int, n_pools: int, n_years: int) -> Ledger:
    """Open a ledger in which nothing has happened yet."""
    cube = (n_replications, n_pools, n_years)
    return Ledger(
        outcome=np.full(n_women, WAITING),
        pool=np.full(n_women, NO_POOL),
        admission_day=np.full(n_women, np.nan),
        discharge_day=np.full(n_women, np.nan),
        asked_day=np.full(n_women, np.nan),
        ended_day=np.full(n_women, np.nan),
        completes=np.zeros(n_women, dtype=bool),
        pool_days=np.zeros((*cube, len(POOL_DAYS))),
        openings=np.zeros(cube, dtype=np.int64),
        closings=np.zeros(cube, dtype=np.int64),
        capacity_first=np.zeros(n_replications + 1, dtype=np.int64),
        capacity_pool=np.zeros(0, dtype=np.int64),
        capacity_day=np.zeros(0),
        capacity_places=np.zeros(0, dtype=np.int64),
    )
