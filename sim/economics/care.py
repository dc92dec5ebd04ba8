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
from sim.economics.cost_kernel import cost_stays
from sim.economics.discounting import discounted_years, shift_of
from sim.economics.prices import Prices
from sim.engine import Ledger
from sim.scenario import Economics

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

FAMILY_TREATMENT_YEARS = 4.5 / 12.0
"""One course of family treatment: 3-6 months, the middle of them (dose_family_treat_len)."""

UNCOORDINATED_SHARE = 0.5
"""Uncoordinated ambulatory treatment is had half of the time (dose_case3_half)."""


class Rates(NamedTuple):
    """What care costs while it lasts [DKK/year], and how time is discounted."""

    ambulatory: float  # at their full price
    home_support: float
    family_treatment: float
    steady: float
    family: float  # family treatment, over the same
    discount: float  # discount rate [per year]
    one_year: tuple[float, float]
    two_years: tuple[float, float]
    family_course: tuple[float, float]


class Stays(NamedTuple):
    """The women admitted who were referred in the period, in order, and what their courses cost."""

    her: Ints  # [shape (n_admitted,)] Their numbers in the cohort
    is_completed: Bools  # [shape (n_admitted,)] Whether she leaves as planned
    outside: Floats  # [shape (n_admitted,)] Care outside a place: before, beside and after the stay [DKK]
    in_place: Floats  # [shape (n_admitted,)] Days in a place at its price, until the child is two [DKK]


def rates_of(economics: Economics, prices: Prices) -> Rates:
    """Weigh the courses a woman outside a place may be on."""
    coordinated, rate = economics.coordinated_share, economics.discount_rate
    both = coordinated * (prices.ambulatory + prices.home_support)
    return Rates(
        ambulatory=prices.ambulatory,
        home_support=prices.home_support,
        family_treatment=prices.family_treatment,
        steady=both + (1.0 - coordinated) * UNCOORDINATED_SHARE * prices.ambulatory,
        family=coordinated * prices.family_treatment,
        discount=rate,
        one_year=shift_of(1.0, rate=rate),
        two_years=shift_of(2.0, rate=rate),
        family_course=shift_of(FAMILY_TREATMENT_YEARS, rate=rate),
    )


def births_of(cohort: Cohort, *, rate: float) -> Floats:
    """Find when pregnancies end, by birth or loss: in discounted years after referral (shape (n_women,))."""
    return discounted_years((cohort.pregnancy_end_day - cohort.referral_day) / DAYS_PER_YEAR, rate=rate)


def stays_of(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, *, births: Floats, prices: Prices, rates: Rates
) -> Stays:
    """Cost the courses of the women admitted.

    Who is still in a place at the horizon stays as long as was drawn for her, so that her course is whole. Women
    referred before the opening day are left out.
    """
    her = np.flatnonzero((ledger.pool >= 0) & (cohort.referral_day >= 0))
    days = np.stack([ledger.admission_day[her], ledger.ended_day[her]]) - cohort.referral_day[her]
    is_completed = ledger.completes[her]
    admission, discharge = discounted_years(days / DAYS_PER_YEAR, rate=rates.discount)
    outside, in_place = np.empty_like(days)
    cost_stays(
        (her, admission, discharge, is_completed),
        (ledger.pool, births, cohort.is_lost),
        len(design.pools),
        rates,
        ((prices.place, prices.is_treated_beside), (prices.external, prices.is_treated_beside_external)),
        outside,
        in_place,
    )
    return Stays(her, is_completed, outside, in_place)
