"""What a woman is asked, and what she answers; the first of the rules, as plain functions."""

import numpy as np

from sim.cohort import ALONE, Cohort
from sim.design import Plan


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
    home, family = int(women.municipality[woman]), _family(women, woman)
    asked_day = day_asked(women, woman)
    return [
        int(pool)
        for pool in plan.pool_order[home]
        if pool >= 0
        and plan.asked_from_day[pool] <= asked_day
        and women.threshold[woman] < plan.acceptance[family, home, pool]
    ]


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
