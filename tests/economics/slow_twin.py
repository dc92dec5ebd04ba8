"""The slow, obvious twin of the woman's course: one woman at a time, in years, with nothing clever about it."""

import math
from typing import Any

YEAR = 365.25
MONTH = 1 / 12


def present_value(a_year: float, start: float, stop: float, rate: float) -> float:
    """Of a service from start to stop, in years after referral."""
    if stop <= start:
        return 0.0
    if rate == 0:
        return a_year * (stop - start)
    force = math.log(1 + rate)
    return a_year * (math.exp(-force * start) - math.exp(-force * stop)) / force


def course_of(woman: dict[str, Any], prices: Any, economics: Any) -> dict[str, Any]:
    """Cost one woman's course; days count from referral."""
    rate = economics.discount_rate
    birth = woman["pregnancy_end"] / YEAR
    until = birth if woman["is_lost"] else birth + 2
    if woman["admission"] is None:
        care = _outside(0.0, until, birth, until, (prices, economics))
        return {"care": care, "in_place": 0.0, "is_treated": woman["mark"] < economics.completion.otherwise}
    admission, discharge = woman["admission"] / YEAR, woman["discharge"] / YEAR
    care = _outside(0.0, min(admission, until), birth, until, (prices, economics))
    if prices.is_treated_beside_external if woman["is_bought"] else prices.is_treated_beside:
        care += present_value(prices.ambulatory, admission, min(discharge, birth + 2), rate)
    if woman["is_completed"]:
        care += _after(discharge, birth, until, prices, rate)
        chance = economics.completion.residential
    else:
        care += _outside(discharge, until, birth, until, (prices, economics))
        chance = economics.completion.otherwise
    price = prices.external if woman["is_bought"] else prices.place
    in_place = present_value(price, admission, min(discharge, birth + 2), rate)
    return {"care": care, "in_place": in_place, "is_treated": woman["mark"] < chance}


def _outside(start: float, stop: float, birth: float, until: float, words: Any) -> float:
    prices, economics = words
    rate = economics.discount_rate
    coordinated = present_value(prices.ambulatory + prices.home_support, start, stop, rate)
    first_ends = min(start + 4.5 * MONTH, birth, stop)
    coordinated += present_value(prices.family_treatment, start, first_ends, rate)
    coordinated += _second_family_treatment(start, stop, birth, prices, rate)
    uncoordinated = present_value(0.5 * prices.ambulatory, start, stop, rate)
    share = economics.coordinated_share
    return share * coordinated + (1 - share) * uncoordinated


def _after(discharge: float, birth: float, until: float, prices: Any, rate: float) -> float:
    cost = present_value(prices.ambulatory, discharge, until, rate)
    cost += present_value(0.5 * prices.home_support, discharge, min(birth + 1, until), rate)
    cost += present_value(prices.home_support, max(discharge, birth + 1), until, rate)
    return cost + _second_family_treatment(discharge, until, birth, prices, rate)


def _second_family_treatment(start: float, stop: float, birth: float, prices: Any, rate: float) -> float:
    begins = max(birth + 1, start)
    return present_value(prices.family_treatment, begins, min(begins + 4.5 * MONTH, stop), rate)
