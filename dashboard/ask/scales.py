"""Scales: a word of a scenario in the units people speak of, there and back.

Takes a value as it stands in a scenario. Gives the number that is shown (per cent, months, days), its text, and the way
back. Values come out with few digits, so that they read well in a file.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sim.texts import Texts

DAYS_PER_MONTH = 365.25 / 12
DAYS_PER_YEAR = 365.25

_SIGNIFICANT = 6
_DIGITS = 15
_MOST_DECIMALS = 9
_SAME = 5e-14
"""How near a number is to one with few decimals that was typed, and no other is."""


class Conversion(NamedTuple):
    """How a word is shown."""

    to_shown: Callable[[float], float]  # from the scenario's value to the number shown
    to_value: Callable[[float], float]  # the way back
    unit: str  # key below ``plan.unit``: the text of a number shown
    digits: int = 0  # decimals of the number shown
    from_parameter: Callable[[float], float] = float  # from a number of the table of parameters to the scenario's value
    is_whole: bool = False  # whether steps are whole in the scenario

    def value(self, shown: float) -> float:
        """Turn a step of a slider into a value."""
        value = self.to_value(shown)
        return _whole(round(value) if self.is_whole else float(f"{value:.{_SIGNIFICANT}g}"))

    def typed_value(self, shown: float) -> float:
        """Turn a number that was typed into a value."""
        return _whole(float(f"{self.to_value(shown):.{_DIGITS}g}"))

    def shown(self, value: float) -> float:
        """Give the number that is shown."""
        exact = self.to_shown(value)
        for digits in range(self.digits, _MOST_DECIMALS + 1):
            rounded = round(exact, digits)
            if math.isclose(rounded, exact, rel_tol=_SAME, abs_tol=_SAME**2):
                return _whole(rounded)
        return _whole(round(exact, self.digits))

    def text(self, value: float, texts: Texts) -> str:
        """Write a value in the units shown."""
        shown = self.shown(value)
        digits = max(self.digits, -int(Decimal(repr(shown)).as_tuple().exponent))
        key = f"plan.unit.{self.unit}"
        one = f"{key}_one"
        return texts(one if shown == 1 and one in texts else key, number=texts.number(shown, digits))


@lru_cache(maxsize=64)
def left_within_a_year(shape: float) -> Conversion:
    """Show the scale of a Weibull distribution of early leaving as the share gone within a year."""
    return Conversion(
        lambda scale: 100.0 * -math.expm1(-((DAYS_PER_YEAR / scale) ** shape)),
        lambda share: DAYS_PER_YEAR / (-math.log1p(-share / 100.0)) ** (1.0 / shape),
        "percent",
    )


def _plain(unit: str, digits: int = 0) -> Conversion:
    return Conversion(float, float, unit, digits)


SCALES = {
    "number": _plain("number"),
    "women_per_year": _plain("number"),
    "ratio": _plain("number", 1),
    "places": _plain("number"),
    "women": _plain("number"),
    "minutes": _plain("minutes"),
    "days": _plain("days"),
    "weeks": _plain("week"),
    "years": _plain("years", 1),
    "whole_years": _plain("years"),
    "months": _plain("months"),
    "dkk": _plain("dkk"),
    "year": Conversion(float, float, "plain"),
    "percent": Conversion(lambda share: 100.0 * share, lambda percent: percent / 100.0, "percent"),
    "fine_percent": Conversion(lambda share: 100.0 * share, lambda percent: percent / 100.0, "percent", 1),
    "months_from_days": Conversion(
        lambda days: days / DAYS_PER_MONTH, lambda months: months * DAYS_PER_MONTH, "months", is_whole=True
    ),
    # exp(-k) is what is left after an hour: shown is what is lost
    "loss_per_hour": Conversion(
        lambda decay: 100.0 * -math.expm1(-decay), lambda percent: -math.log1p(-percent / 100.0), "percent"
    ),
    # the table has the share who stop being willing a day; the scenario the mean days
    "patience": Conversion(float, float, "days", 0, lambda daily_loss: -1.0 / math.log1p(-daily_loss)),
}
"""Scales by name."""


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value
