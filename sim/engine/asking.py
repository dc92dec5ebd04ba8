"""What the women are asked, and what they answer; the first of the rules, as plain functions of all women at once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import ALONE, Cohort
from sim.design import Plan
from sim.engine.ledger import BIRTH_BEFORE_PLACE, DECLINED, GAVE_UP, NOT_OFFERED, PREGNANCY_ENDED, WAITING

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Replies(NamedTuple):
    """What women are asked and answer; arrays of shape (n_women,).

    Attributes
    ----------
    outcome : ndarray of int
        How it ended for those who never come to play; `WAITING` for those who do, and those asked after the horizon.
    asked_day : ndarray of float
        When she was last asked [days]; not a number if never.
    threshold : ndarray of float
        She says yes to a probability above this.
    limit_day : ndarray of float
        When she would stop waiting [days].
    reason : ndarray of int
        The outcome she has if she waits until then.
    found_day : ndarray of float
        When a place elsewhere is found for her, if any is sought [days].
    """

    outcome: Ints
    asked_day: Floats
    threshold: Floats
    limit_day: Floats
    reason: Ints
    found_day: Floats

    @property
    def comes(self) -> Bools:
        """Whether she comes to a unit or its queue: she has said yes to some place, and in time."""
        is_coming: Bools = (self.outcome == WAITING) & ~np.isnan(self.asked_day)
        return is_coming


def ask(plan: Plan, women: Cohort) -> Replies:
    """Ask women about the places of a design.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        Who have met it, as from `BuiltDesign.meet`; who lives in already is asked like the others, which means nothing.

    Returns
    -------
    Replies
        Of each woman.
    """
    first = _ask_on(plan, women, _first_asked_day(women), women.threshold, women.referral_day, women.visitation_days)
    again_day = first.asked_day + plan.asked_again_days
    again = _ask_on(plan, women, again_day, women.again_threshold, again_day, np.zeros(women.n_women))
    is_asked_again = (first.outcome == DECLINED) & (women.again_mark < plan.asked_again_share) & again.comes
    return Replies(*(np.where(is_asked_again, later, at_first) for later, at_first in zip(again, first, strict=True)))


def _first_asked_day(women: Cohort) -> Floats:
    """When her visitation is done, or day 0 if it was before [days]."""
    days: Floats = np.maximum(0.0, women.referral_day + women.visitation_days)
    return days


def _ask_on(
    plan: Plan, women: Cohort, day: Floats, threshold: Floats, since: Floats, visitation_days: Floats
) -> Replies:
    """Ask each on a day of her own; her patience runs since an earlier one, and so do visitation and search."""
    limit_day, reason = _limit_of_waiting(women, since)
    pools = np.broadcast_to(np.arange(plan.n_pools), (women.n_women, plan.n_pools))
    is_open = _is_open_to(plan, women, day, pools)
    says_yes = (is_open & (threshold[:, None] < _acceptance(plan.acceptance, women))).any(axis=1)
    says_yes |= (threshold[:, None] < _acceptance(plan.elsewhere_acceptance, women)).any(axis=1)
    is_offered = (women.offer_mark < plan.offered_share) & (is_open.any(axis=1) | plan.buys_elsewhere)
    is_in_time = day < plan.horizon_days
    return Replies(
        outcome=np.select(
            [~is_in_time, ~is_offered, ~says_yes, limit_day < day], [WAITING, NOT_OFFERED, DECLINED, reason], WAITING
        ),
        asked_day=np.where(is_in_time & is_offered & ~(says_yes & (limit_day < day)), day, np.nan),
        threshold=threshold,
        limit_day=limit_day,
        reason=reason,
        found_day=np.maximum(day, since + visitation_days + women.search_days),
    )


def _limit_of_waiting(women: Cohort, since: Floats) -> tuple[Floats, Ints]:
    """Find when each stops waiting, and why, if her patience runs since a day: the days [days] and outcomes."""
    patience_ends = since + women.patience_days
    counts = women.is_lost | ~women.waits_past_birth
    is_overtaken = counts & (women.pregnancy_end_day < patience_ends)
    why = np.where(women.is_lost, PREGNANCY_ENDED, BIRTH_BEFORE_PLACE)
    return np.where(is_overtaken, women.pregnancy_end_day, patience_ends), np.where(is_overtaken, why, GAVE_UP)


def _is_open_to(plan: Plan, women: Cohort, day: Floats, pools: Ints) -> Bools:
    """Whether pools, those below 0 none, serve each woman's home, admit women and are known to her on her day."""
    serves = np.zeros((len(plan.pool_order), plan.n_pools + 1), dtype=bool)
    np.put_along_axis(serves, plan.pool_order, True, axis=1)
    serves[:, -1] = False  # where the numbers of no pool went
    day = day[:, None]
    from_day, ramp_up_days, start = (
        values[pools] for values in (plan.asked_from_day, plan.ramp_up_days, plan.ramp_up_start)
    )
    share = np.divide(day - from_day, ramp_up_days, out=np.ones(pools.shape), where=ramp_up_days > 0)
    is_known = women.known_mark[:, None] < start + (1.0 - start) * share
    is_asked: Bools = (
        serves[women.municipality[:, None], pools]
        & (from_day <= day)
        & (day < plan.last_admission_day[pools])
        & ((ramp_up_days == 0) | is_known)
    )
    return is_asked


def willing_list(plan: Plan, women: Cohort, replies: Replies, woman: int) -> list[int]:
    """List the pools she says yes to on the day she is asked, nearest first.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    replies : Replies
        Of the women.
    woman : int
        Her number.

    Returns
    -------
    list of int
        Numbers of pools.
    """
    order = plan.pool_order[women.municipality[woman]]
    pools: list[int] = order[says_yes_to(plan, women, replies, np.array([woman]), order[None])[0]].tolist()
    return pools


def says_yes_to(plan: Plan, women: Cohort, replies: Replies, of: Ints, pools: Ints) -> Bools:
    """Tell whether some of the women say yes to pools on the day they are asked.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        All women.
    replies : Replies
        Of all women.
    of : ndarray of int of shape (n,)
        Numbers of those meant.
    pools : ndarray of int of shape (n, m)
        Pools asked about; below 0 is none.

    Returns
    -------
    ndarray of bool of shape (n, m)
        Whether she is asked about it and says yes.
    """
    them = Cohort(women.first, *(column[of] for column in women[1:]))  # type: ignore[arg-type] # fields in their order
    accepts = plan.acceptance[_family(them)[:, None], them.municipality[:, None], pools]
    is_yes: Bools = _is_open_to(plan, them, replies.asked_day[of], pools) & (replies.threshold[of][:, None] < accepts)
    return is_yes & (pools >= 0)


def willing_elsewhere(plan: Plan, women: Cohort, replies: Replies, woman: int) -> list[int]:
    """List the providers elsewhere she says yes to, nearest first; none where nothing is bought.

    Parameters
    ----------
    plan : Plan
        The design.
    women : Cohort
        The women.
    replies : Replies
        Of the women.
    woman : int
        Her number.

    Returns
    -------
    list of int
        Numbers of providers.
    """
    home, family = women.municipality[woman], _family(women)[woman]
    accepts = replies.threshold[woman] < plan.elsewhere_acceptance[family, home]
    return [number for number in plan.elsewhere_order[home].tolist() if accepts[number]]


def _acceptance(acceptance: Floats, women: Cohort) -> Floats:
    """Each woman's probabilities: by her family and home."""
    own: Floats = acceptance[_family(women), women.municipality]
    return own


def _family(women: Cohort) -> Ints:
    """Whether each has a partner or children, as a number."""
    return np.where(women.household == ALONE, 0, 1)
