"""What a woman is asked, and what she answers; the first of the rules, as plain functions."""

import numpy as np
import numpy.typing as npt

from sim.cohort import ALONE, Cohort
from sim.design import Plan

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def is_offered(plan: Plan, women: Cohort, woman: int) -> bool:
    """Tell whether she is offered a place at all.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    woman : int
        Her number.

    Returns
    -------
    bool
        Whether her offer mark is below the payer's offered share.
    """
    return bool(women.offer_mark[woman] < plan.offered_share)


def day_asked(women: Cohort, woman: int) -> float:
    """Find the day on which she is asked: that of her referral, or day 0 if she waits by then: the day [days]."""
    return max(0.0, float(women.referral_day[woman]))


def willing_pools(plan: Plan, women: Cohort, woman: int) -> list[int]:
    """Ask her about every pool that serves her home and is open on the day she is asked.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    woman : int
        Her number.

    Returns
    -------
    list of int
        Numbers of the pools she accepts, nearest first.
    """
    pools = plan.pool_order[women.municipality[woman]]
    willing: list[int] = pools[accepts(plan, women, woman, pool=pools)].tolist()
    return willing


def accepts(plan: Plan, women: Cohort, woman: int | Ints, *, pool: int | Ints) -> Bools:
    """Tell whether she accepts a pool, one of those that serve her home, or each woman of many.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    woman : int or ndarray of int
        Her number.
    pool : int or ndarray of int
        The pool's number; below 0 is none.

    Returns
    -------
    ndarray of bool
        Whether she is asked about it and says yes.
    """
    is_asked = (pool >= 0) & (plan.asked_from_day[pool] <= np.maximum(women.referral_day[woman], 0.0))
    home, family = women.municipality[woman], np.where(women.household[woman] == ALONE, 0, 1)
    is_accepted: Bools = is_asked & (women.threshold[woman] < plan.acceptance[family, home, pool])
    return is_accepted


def external_day(plan: Plan, women: Cohort, woman: int) -> float:
    """Find the day on which a place elsewhere would be bought for her.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    woman : int
        Her number.

    Returns
    -------
    float
        The day [days], not before she is asked; infinite if the design buys none or she would not accept it.
    """
    if women.threshold[woman] < plan.external_acceptance[_family(women, woman)]:
        return max(day_asked(women, woman), float(women.referral_day[woman]) + plan.external_after_days)
    return np.inf


def _family(women: Cohort, woman: int) -> int:
    return 0 if women.household[woman] == ALONE else 1
