"""The published course analysis, line by line: quantities by phase, unit prices, and what they come to.

Reproduces the three courses of Socialstyrelsen, *Forløbsbeskrivelse - Udsatte gravide med skadeligt rusmiddelforbrug*
(September 2022), sections 5.3-5.4 and annex 5: 2021 prices, present value at pregnancy. Quantities printed as a range
are taken at their middle. `sim.economics.care` puts the same quantities on a woman's own dates.
"""

from typing import Literal, NamedTuple

from sim.economics.care import FAMILY_TREATMENT_YEARS, UNCOORDINATED_SHARE
from sim.economics.cost_kernel import HOME_SUPPORT_AFTER_STAY
from sim.economics.discounting import discounted_years
from sim.economics.prices import prices_of
from sim.scenario import Economics

BEFORE_BIRTH_YEARS = 4.5 / 12.0
"""Treatment begins 3-6 months before birth (stay_pre_3_6)."""

STAY_AFTER_BIRTH_YEARS = 9.0 / 12.0
"""A stay ends 6-12 months after birth (stay_post_6_12)."""

PUBLISHED_ECONOMICS = Economics(price_year=2021, place_price="ordinary", discount_rate=0.035)
"""The built-in numbers, in the prices the analysis was made in."""

Phase = Literal["pregnancy", "first_year", "second_year"]
Service = Literal["residential", "ambulatory", "home_support", "family_treatment"]

_PHASES: dict[Phase, float] = {"pregnancy": -BEFORE_BIRTH_YEARS, "first_year": 0.0, "second_year": 1.0}
_STAY, _PREGNANCY = STAY_AFTER_BIRTH_YEARS, BEFORE_BIRTH_YEARS


class Line(NamedTuple):
    """One line of a course: a service in one phase."""

    service: Service  # what is given
    phase: Phase
    start_years: float  # when it begins, from the beginning of the phase, and how long it lasts [years]
    years: float
    sources: str  # rows of the table of evidence the quantity follows from, or that it is our reading
    share: float = 1.0  # share of that time in which it is given

    @property
    def months(self) -> float:
        """Quantity [months]."""
        return 12.0 * self.years * self.share

    @property
    def begins(self) -> float:
        """When it begins, from birth [years]."""
        return _PHASES[self.phase] + self.start_years


class Published(NamedTuple):
    """What the analysis prints of a course [DKK, or share]."""

    direct: float
    later: float
    total: float
    municipal_share: float
    municipal: float


class CostedLine(NamedTuple):
    """A line with its price and what it comes to."""

    line: Line  # the line
    unit_price: float  # [DKK/year]
    amount: float  # not discounted [DKK]
    present_value: float  # at the start of treatment in pregnancy [DKK]


class CareCourse(NamedTuple):
    """A course with our numbers and the printed ones [DKK].

    Attributes
    ----------
    name : str
        ``course_1``, ``course_2`` or ``course_3``.
    lines : tuple of CostedLine
        Direct costs.
    direct, later, total : float
        Until the child is two, in its years 3 to 12, and in all; present value at pregnancy.
    municipal : float
        What of the total the municipality pays.
    municipal_share : float
        The same as a share.
    published : Published
        What is printed.
    """

    name: str
    lines: tuple[CostedLine, ...]
    direct: float
    later: float
    total: float
    municipal: float
    municipal_share: float
    published: Published


def _all_along(service: Service, sources: str, share: float = 1.0) -> tuple[Line, ...]:
    return (
        Line(service, "pregnancy", 0.0, _PREGNANCY, sources, share),
        Line(service, "first_year", 0.0, 1.0, sources, share),
        Line(service, "second_year", 0.0, 1.0, sources, share),
    )


_ALL_ALONG = "stay_pre_3_6; amb_until_2y, read as all along"
_TREATMENT = "dose_family_treat_n; dose_family_treat_len"

COURSE_LINES: dict[str, tuple[Line, ...]] = {
    "course_1": (
        *_all_along("ambulatory", _ALL_ALONG),
        *_all_along("home_support", "our reading: as long as ambulatory treatment"),
        Line("family_treatment", "pregnancy", 0.0, FAMILY_TREATMENT_YEARS, _TREATMENT),
        Line("family_treatment", "second_year", 0.0, FAMILY_TREATMENT_YEARS, _TREATMENT),
    ),
    "course_2": (
        Line("residential", "pregnancy", 0.0, _PREGNANCY, "stay_pre_3_6"),
        Line("residential", "first_year", 0.0, _STAY, "stay_post_6_12"),
        *_all_along("ambulatory", _ALL_ALONG),
        Line(
            "home_support",
            "first_year",
            _STAY,
            1.0 - _STAY,
            "dose_home_support_post",
            HOME_SUPPORT_AFTER_STAY,
        ),
        Line("home_support", "second_year", 0.0, 1.0, "dose_home_support_post"),
        Line(
            "family_treatment",
            "second_year",
            0.0,
            FAMILY_TREATMENT_YEARS,
            "our reading: one course, its price stands in table 2",
        ),
    ),
    "course_3": _all_along("ambulatory", "dose_case3_half", UNCOORDINATED_SHARE),
}
"""Quantities of the three courses."""

PUBLISHED = {
    "course_1": Published(500_000, 2_000_000, 2_500_000, 0.89, 2_300_000),
    "course_2": Published(1_500_000, 2_000_000, 3_500_000, 0.92, 3_300_000),
    "course_3": Published(60_000, 3_000_000, 3_100_000, 0.88, 2_900_000),
}
"""What the analysis prints: rows direct_case*, derived_cost_*, total_case*, muni_share_case* and muni_cost_case*."""


def cost_courses(economics: Economics = PUBLISHED_ECONOMICS) -> tuple[CareCourse, ...]:
    """Cost the three courses.

    Parameters
    ----------
    economics : Economics
        Prices, discount rate and shares; the built-in ones of 2021 if left out.

    Returns
    -------
    tuple of CareCourse
        Courses 1, 2 and 3. Treatment is completed in the first two and not in the third, as the analysis assumes.
    """
    return tuple(_cost_course(name, economics) for name in COURSE_LINES)


def _cost_course(name: str, economics: Economics) -> CareCourse:
    prices = prices_of(economics)
    unit_prices: dict[Service, float] = {
        "residential": prices.place,
        "ambulatory": prices.ambulatory,
        "home_support": prices.home_support,
        "family_treatment": prices.family_treatment,
    }
    rate = economics.discount_rate
    lines = tuple(_cost_line(line, unit_prices[line.service], rate) for line in COURSE_LINES[name])
    is_completed = name != "course_3"
    later = prices.later_completed if is_completed else prices.later_not_completed
    shares = economics.municipal_share_later
    direct = sum(line.present_value for line in lines)
    municipal = direct + later * (shares.completed if is_completed else shares.not_completed)
    total = direct + later
    return CareCourse(name, lines, direct, later, total, municipal, municipal / total, PUBLISHED[name])


def _cost_line(line: Line, unit_price: float, rate: float) -> CostedLine:
    begins = BEFORE_BIRTH_YEARS + line.begins
    length = discounted_years(begins + line.years, rate=rate) - discounted_years(begins, rate=rate)
    amount = unit_price * line.years * line.share
    return CostedLine(line, unit_price, amount, float(length) * unit_price * line.share)
