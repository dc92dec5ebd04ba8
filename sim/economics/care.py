"""The woman's course: what her care costs from referral until the child is two, given what really happened to her.

Quantities are those of the national agency's course analysis (`sim.economics.courses` lists them line by line), put on
the woman's own dates: her referral, her admission and discharge, the end of her pregnancy. All amounts are present
values at referral. Everything is reckoned in discounted years, see `sim.economics.discounting`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.economics.discounting import discounted_years, later_by
from sim.economics.prices import Prices, prices_of
from sim.engine import OUTCOMES, Ledger
from sim.scenario import Economics, Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

FAMILY_TREATMENT_YEARS = 4.5 / 12.0
"""One course of family treatment: 3-6 months, the middle of them (dose_family_treat_len)."""

UNCOORDINATED_SHARE = 0.5
"""Uncoordinated ambulatory treatment is had half of the time (dose_case3_half)."""

HOME_SUPPORT_AFTER_STAY = 0.5
"""Home support after a stay is had half of what is left of the child's first year: 0-3 months after a stay that ends
6-12 months after birth (dose_home_support_post)."""


_COMPLETED, _IN_STAY = OUTCOMES.index("completed"), OUTCOMES.index("in_stay")


class Milestones(NamedTuple):
    """When things happen to each woman, in discounted years after referral.

    Attributes
    ----------
    birth : ndarray of float of shape (n_women,)
        End of pregnancy, also by loss.
    first_birthday, second_birthday : ndarray of float of shape (n_women,)
        Of the child, or what would have been.
    until : ndarray of float of shape (n_women,)
        End of care outside a place: the second birthday, or the loss.
    """

    birth: Floats
    first_birthday: Floats
    second_birthday: Floats
    until: Floats


class Rates(NamedTuple):
    """What care costs while it lasts [DKK/year], and the discount rate.

    Attributes
    ----------
    ambulatory, home_support, family_treatment : float
        At their full price.
    steady : float
        Ambulatory treatment and home support of a woman outside a place, over the two courses she may be on.
    family : float
        Family treatment, over the same.
    discount : float
        Discount rate [per year].
    """

    ambulatory: float
    home_support: float
    family_treatment: float
    steady: float
    family: float
    discount: float


class Stays(NamedTuple):
    """The women admitted who were referred in the period, in order, and what their courses cost.

    Attributes
    ----------
    her : ndarray of int of shape (n_admitted,)
        Their numbers in the cohort.
    outside : ndarray of float of shape (n_admitted,)
        Care outside a place: before, beside and after the stay [DKK].
    in_place : ndarray of float of shape (n_admitted,)
        Days in a place at its price, until the child is two [DKK].
    is_completed : ndarray of bool of shape (n_admitted,)
        Whether she leaves as planned.
    is_treated : ndarray of bool of shape (n_admitted,)
        Whether treatment was completed.
    """

    her: Ints
    outside: Floats
    in_place: Floats
    is_completed: Bools
    is_treated: Bools


def rates_of(economics: Economics, prices: Prices) -> Rates:
    """Weigh the courses a woman outside a place may be on.

    Parameters
    ----------
    economics : Economics
        For the share of coordinated courses.
    prices : Prices
        Of the scenario.

    Returns
    -------
    Rates
        In the same prices.
    """
    coordinated = economics.coordinated_share
    both = coordinated * (prices.ambulatory + prices.home_support)
    return Rates(
        ambulatory=prices.ambulatory,
        home_support=prices.home_support,
        family_treatment=prices.family_treatment,
        steady=both + (1.0 - coordinated) * UNCOORDINATED_SHARE * prices.ambulatory,
        family=coordinated * prices.family_treatment,
        discount=economics.discount_rate,
    )


def milestones_of(pregnancy_years: Floats, is_lost: Bools, rate: float) -> Milestones:
    """Find the milestones of women.

    Parameters
    ----------
    pregnancy_years : ndarray of float
        From referral to the end of pregnancy [years].
    is_lost : ndarray of bool
        Whether it ended by loss.
    rate : float
        Discount rate [per year].

    Returns
    -------
    Milestones
        In discounted years.
    """
    birth = discounted_years(pregnancy_years, rate=rate)
    second = later_by(birth, 2.0, rate=rate)
    return Milestones(birth, later_by(birth, 1.0, rate=rate), second, np.where(is_lost, birth, second))


def care_without_stay(when: Milestones, rates: Rates) -> Floats:
    """Cost the course of women who are never admitted.

    Parameters
    ----------
    when : Milestones
        The women's.
    rates : Rates
        What care costs.

    Returns
    -------
    ndarray of float of shape (n_women,)
        The mean of courses 1 and 3, weighed by the share that is coordinated [DKK].
    """
    return care_outside(np.zeros_like(when.birth), when.until, when, rates)


def care_outside(start: Floats, stop: Floats, when: Milestones, rates: Rates) -> Floats:
    """Cost the care of women who are in no place from one instant to another.

    Parameters
    ----------
    start, stop : ndarray of float of shape (n_women,)
        In discounted years after referral.
    when : Milestones
        The women's.
    rates : Rates
        What care costs.

    Returns
    -------
    ndarray of float of shape (n_women,)
        The mean of courses 1 and 3, weighed by the share that is coordinated [DKK].
    """
    stop = np.minimum(stop, when.until)
    course_ends = np.minimum(later_by(start, FAMILY_TREATMENT_YEARS, rate=rates.discount), when.birth)
    in_pregnancy = np.maximum(np.minimum(course_ends, stop) - start, 0.0)
    family = in_pregnancy + _second_family_course(start, stop, when, rates.discount)
    cost: Floats = rates.steady * np.maximum(stop - start, 0.0) + rates.family * family
    return cost


def care_after_stay(discharge: Floats, when: Milestones, rates: Rates) -> Floats:
    """Cost the care that follows a completed stay, as in course 2.

    Parameters
    ----------
    discharge : ndarray of float of shape (n_women,)
        In discounted years after referral.
    when : Milestones
        The women's.
    rates : Rates
        What care costs.

    Returns
    -------
    ndarray of float of shape (n_women,)
        Ambulatory treatment, home support and family treatment [DKK].
    """
    first_year_ends = np.minimum(when.first_birthday, when.until)
    in_first_year = np.maximum(first_year_ends - discharge, 0.0)
    in_second_year = np.maximum(when.until - np.maximum(when.first_birthday, discharge), 0.0)
    support = HOME_SUPPORT_AFTER_STAY * in_first_year + in_second_year
    family = _second_family_course(discharge, when.until, when, rates.discount)
    ambulatory = rates.ambulatory * np.maximum(when.until - discharge, 0.0)
    cost: Floats = ambulatory + rates.home_support * support + rates.family_treatment * family
    return cost


def _second_family_course(start: Floats, stop: Floats, when: Milestones, rate: float) -> Floats:
    """Length of the course of family treatment in the child's second year."""
    begins = np.maximum(when.first_birthday, start)
    ends = np.minimum(later_by(begins, FAMILY_TREATMENT_YEARS, rate=rate), stop)
    length: Floats = np.maximum(ends - begins, 0.0)
    return length


def cost_stays(ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, when: Milestones) -> Stays:
    """Cost the courses of the women admitted.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its economics.
    when : Milestones
        Of all women.

    Returns
    -------
    Stays
        Woman by woman.

    Notes
    -----
    Who is still in a place at the horizon stays as long as was drawn for her, so that her course is whole. Women
    referred before the opening day are left out.
    """
    prices, rate = prices_of(scenario.economics), scenario.economics.discount_rate
    her = np.flatnonzero((ledger.pool >= 0) & (cohort.referral_day >= 0))
    own = Milestones(*(values[her] for values in when))
    discharge_day, is_completed = _leaving(ledger, cohort, design, her)
    referral_day = cohort.referral_day[her]
    admission = discounted_years((ledger.admission_day[her] - referral_day) / DAYS_PER_YEAR, rate=rate)
    discharge = discounted_years((discharge_day - referral_day) / DAYS_PER_YEAR, rate=rate)
    rates = rates_of(scenario.economics, prices)
    outside = _care_around_stay(admission, discharge, is_completed, own, rates)
    stayed = np.maximum(np.minimum(discharge, own.second_birthday) - admission, 0.0)
    is_bought = ledger.pool[her] == len(design.pools)
    is_beside = np.where(is_bought, prices.is_treated_beside_external, prices.is_treated_beside)
    outside += rates.ambulatory * is_beside * np.maximum(np.minimum(discharge, own.until) - admission, 0.0)
    completion = scenario.economics.completion
    probability = np.where(is_completed, completion.residential, completion.otherwise)
    in_place = stayed * np.where(is_bought, prices.external, prices.place)
    return Stays(her, outside, in_place, is_completed, cohort.outcome_mark[her] < probability)


def _leaving(ledger: Ledger, cohort: Cohort, design: BuiltDesign, her: Ints) -> tuple[Floats, Bools]:
    """When admitted women leave [days], and whether as planned; after the horizon, as was drawn for them."""
    outcome, discharge = ledger.outcome[her], ledger.discharge_day[her]
    is_completed = outcome == _COMPLETED
    still = np.flatnonzero(outcome == _IN_STAY)
    woman = her[still]
    admission = ledger.admission_day[woman]
    is_anchored_at_birth = design.plan.is_anchored_at_birth
    anchor = np.maximum(admission, cohort.pregnancy_end_day[woman]) if is_anchored_at_birth else admission
    planned = anchor + cohort.stay_days[woman]
    own_accord = admission + cohort.early_leaving_days[woman]
    discharge[still] = np.minimum(planned, own_accord)
    is_completed[still] = own_accord >= planned
    return discharge, is_completed


def _care_around_stay(
    admission: Floats, discharge: Floats, is_completed: Bools, when: Milestones, rates: Rates
) -> Floats:
    """Care before a stay, and after it by how it ended [DKK]; instants in discounted years after referral."""
    care = np.zeros_like(admission)
    waited = np.flatnonzero(admission > 0)
    own = Milestones(*(values[waited] for values in when))
    care[waited] = care_outside(np.zeros(len(waited)), admission[waited], own, rates)
    for is_group, cost in ((is_completed, care_after_stay), (~is_completed, _care_after_leaving)):
        group = np.flatnonzero(is_group)
        own = Milestones(*(values[group] for values in when))
        care[group] += cost(discharge[group], own, rates)
    return care


def _care_after_leaving(discharge: Floats, when: Milestones, rates: Rates) -> Floats:
    """Care after leaving early: that of women outside a place [DKK]."""
    return care_outside(discharge, when.until, when, rates)
