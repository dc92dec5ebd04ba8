"""The plan: a design as arrays, ready for play."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NO_LIMIT = 2**31
"""Places elsewhere where there are as many as are wanted."""


class Plan(NamedTuple):
    """What play needs to know of a design. Days are on the grid of `sim.cohort.clock`.

    Attributes
    ----------
    year_starts : ndarray of float of shape (n_years + 1,)
        Day on which each year begins; nothing happens at or after the last, the horizon [days].
    is_anchored_at_birth : bool
        Whether stays are planned from the end of pregnancy rather than from admission.
    discipline : int
        Who gets a free place first, a number in `DISCIPLINES`.
    is_home_first : bool
        Whether women of the pool's own region come before others.
    offered_share : float
        Share of the women found who are offered a place.
    asked_again_share, asked_again_days : float
        Share of those who say no who are asked once more, and how much later [days].
    pool_order : ndarray of int of shape (n_municipalities, n_pools)
        Pools that serve each municipality, nearest first; -1 after the last.
    acceptance : ndarray of float of shape (2, n_municipalities, n_pools)
        Probability that she accepts each pool, without and with a family.
    elsewhere_places : ndarray of int of shape (n_elsewhere,)
        Places at each provider elsewhere: `NO_LIMIT` for as many as are wanted; none where nothing is bought.
    elsewhere_order : ndarray of int of shape (n_municipalities, n_elsewhere)
        Providers elsewhere, nearest first.
    elsewhere_acceptance : ndarray of float of shape (2, n_municipalities, n_elsewhere)
        Probability that she accepts each, without and with a family.
    is_home : ndarray of bool of shape (n_pools, n_municipalities)
        Whether the municipality lies in the pool's own region.
    asked_from_day : ndarray of float of shape (n_pools,)
        From when women are asked about the pool [days].
    last_admission_day, closes_day : ndarray of float of shape (n_pools,)
        From when nobody is admitted any more, and when the pool closes [days]; infinite if never.
    ramp_up_start, ramp_up_days : ndarray of float of shape (n_pools,)
        Share who hear of the pool when women are first asked about it, and how long until all do [days].
    may_detain : ndarray of bool of shape (n_pools,)
        Whether its site is approved to hold to a contract on detention.
    turnaround_days : ndarray of float of shape (n_pools,)
        Between two stays in a place [days].
    opening_day : ndarray of float of shape (n_openings,)
        When places open for good, in order of day and pool [days].
    opening_pool, opening_places : ndarray of int of shape (n_openings,)
        In which pool, and how many.
    is_flexible : ndarray of bool of shape (n_pools,)
        Whether places open and close as need comes and goes.
    max_places, open_at_waiting, keep_free : ndarray of int of shape (n_pools,)
        The flexible rule.
    lead_days, close_after_idle_days, min_open_days : ndarray of float of shape (n_pools,)
        The flexible rule [days].
    most_flexible : ndarray of int of shape (n_pools,)
        Most places of the pool that are open or on order at once beside those that never close.
    failure_probability : ndarray of float of shape (n_pools,)
        Probability that an ordered place cannot be staffed.
    resident_pool : ndarray of int of shape (n_residents,)
        The pool each woman lives in who lives in already on day 0; the number of pools means the first provider
        elsewhere. They are the first women of every replication, in this order.
    already_open : ndarray of int of shape (n_pools,)
        Flexible places that are open already on day 0, because women live in them.
    """

    year_starts: Floats
    is_anchored_at_birth: bool
    discipline: int
    is_home_first: bool
    offered_share: float
    asked_again_share: float
    asked_again_days: float
    pool_order: Ints
    acceptance: Floats
    elsewhere_places: Ints
    elsewhere_order: Ints
    elsewhere_acceptance: Floats
    is_home: Bools
    asked_from_day: Floats
    last_admission_day: Floats
    closes_day: Floats
    ramp_up_start: Floats
    ramp_up_days: Floats
    may_detain: Bools
    turnaround_days: Floats
    opening_day: Floats
    opening_pool: Ints
    opening_places: Ints
    is_flexible: Bools
    max_places: Ints
    open_at_waiting: Ints
    keep_free: Ints
    lead_days: Floats
    close_after_idle_days: Floats
    min_open_days: Floats
    most_flexible: Ints
    failure_probability: Floats
    resident_pool: Ints
    already_open: Ints

    @property
    def n_years(self) -> int:
        """Years of the horizon."""
        return len(self.year_starts) - 1

    @property
    def horizon_days(self) -> float:
        """Nothing happens at or after this [days]."""
        return float(self.year_starts[-1])

    @property
    def n_pools(self) -> int:
        """Number of pools."""
        return len(self.is_flexible)

    @property
    def buys_elsewhere(self) -> bool:
        """Whether places are bought elsewhere."""
        return bool(self.elsewhere_places.any())

    @property
    def uses_places_elsewhere(self) -> bool:
        """Whether anybody can live in a place bought elsewhere."""
        return self.buys_elsewhere or bool((self.resident_pool == self.n_pools).any())
