"""Measures in words: their labels, and their numbers as people read them.

Takes the name of a measure and its numbers as they stand in results. Gives text with a unit, as many decimals as there
is something to tell, and the scale of an axis. Leaves out what is drawn or said with them.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.answer.estimates import BETTER, NO_ESTIMATE, UNIT_OF, Estimate, estimate_of
from sim.texts import Texts

__all__ = [
    "BETTER",
    "NO_ESTIMATE",
    "UNIT_OF",
    "Estimate",
    "Scale",
    "estimate_of",
    "measure_label",
    "raw_unit",
    "reads_as_nothing",
    "scale_of",
    "unit_beside",
    "with_one_stop",
    "write_alike",
    "write_bare",
    "write_estimate",
    "write_interval",
    "write_spread",
]

_UNIT_KEYS = {
    "women/year": "women_per_year",
    "days": "days",
    "days/year": "days_per_year",
    "weeks": "weeks",
    "minutes": "minutes",
    "place-years": "place_years",
    "places/year": "places_per_year",
    "posts": "posts",
    "women": "women",
    "women/post": "women_per_post",
}
_MILLION = 1e6
_IN_MILLIONS_FROM = 0.5e6
_IN_THOUSANDS_FROM = 0.1e6
_MOST_DIGITS = 2


def measure_label(measure: str, texts: Texts) -> str:
    """Name a measure."""
    return texts(f"measures.{measure}.label")


def with_one_stop(sentences: str) -> str:
    """End each sentence with one full stop, also after an abbreviation that has its own."""
    return sentences.replace("..", ".")


class Scale(NamedTuple):
    """How the numbers of a measure stand on an axis."""

    factor: float  # what a number is multiplied by
    title: str  # the unit in words
    suffix: str  # what stands after each number on the axis


def scale_of(measure: str, texts: Texts, *, largest: float = math.inf, is_difference: bool = False) -> Scale:
    """Choose the scale of an axis."""
    unit = UNIT_OF[measure]
    if unit == "share":
        return _share_scale(texts, is_difference=is_difference)
    if unit.startswith("DKK"):
        is_large = not abs(largest) < _IN_MILLIONS_FROM
        key = ("million_dkk" if is_large else "dkk") + ("_per_year" if unit.endswith("/year") else "")
        return Scale(1 / _MILLION if is_large else 1.0, texts(f"figures.unit.{key}"), "")
    return Scale(1.0, texts(f"figures.unit.{_UNIT_KEYS[unit]}"), "")


def _share_scale(texts: Texts, *, is_difference: bool) -> Scale:
    if is_difference:
        return Scale(100.0, texts("figures.unit.percentage_points"), "")
    return Scale(100.0, "", texts.percent(0.0).removeprefix(texts.number(0.0)))


def unit_beside(label: str, scale: Scale, texts: Texts) -> str:
    """Name the unit of an axis beside its label, without what the label says already."""
    a_year = texts("figures.unit.a_year")
    unit = scale.title.removesuffix(a_year).strip() if label.endswith(a_year) else scale.title
    return "" if unit.lower() in label.lower() else unit


def raw_unit(measure: str, texts: Texts) -> str:
    """Name the unit of a measure as it stands in results and in downloaded tables."""
    return scale_of(measure, texts, largest=0.0).title or texts("figures.unit.share")


def write_estimate(estimate: Estimate, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write a mean with its unit."""
    return _Written(estimate, measure, texts, is_difference).whole(estimate.mean)


def write_bare(estimate: Estimate, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write a mean without its unit."""
    return _Written(estimate, measure, texts, is_difference).bare(estimate.mean)


def write_interval(estimate: Estimate, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write the 95 % confidence interval of a mean, without its unit."""
    written = _Written(estimate, measure, texts, is_difference)
    return texts.interval(written.end(estimate.low), written.end(estimate.high))


def write_spread(estimate: Estimate, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write where nine of ten replications lie, without the unit."""
    written = _Written(estimate, measure, texts, is_difference)
    return texts.interval(written.bare(estimate.p05), written.bare(estimate.p95))


def write_alike(estimates: Sequence[Estimate], measure: str, texts: Texts, *, is_difference: bool = False) -> list[str]:
    """Write means without their unit, all in the same unit, so that they can be compared at a glance."""
    sizes = [abs(estimate.mean) for estimate in estimates if math.isfinite(estimate.mean)]
    scale = scale_of(measure, texts, largest=max(sizes, default=0.0), is_difference=is_difference)
    return [
        _write(estimate.mean, scale, _digits(estimate.mean, measure, scale), texts, has_sign=is_difference)
        for estimate in estimates
    ]


def reads_as_nothing(written: str) -> bool:
    """Tell whether a number is written as 0."""
    return not any(one in "123456789" for one in written)


def _write(value: float, scale: Scale, digits: int, texts: Texts, *, has_sign: bool) -> str:
    """A number with what stands right after it; a plus where it is a difference."""
    if not math.isfinite(value):
        return texts.number(value)
    rounded = round(value * scale.factor, digits)
    sign = "+" if has_sign and rounded > 0 else ""
    return f"{sign}{texts.number(rounded, max(digits, 0))}{scale.suffix}"


class _Written:
    """One estimate's way of being written: its scale and its decimals."""

    def __init__(self, estimate: Estimate, measure: str, texts: Texts, is_difference: bool) -> None:
        self._texts = texts
        self._has_sign = is_difference
        self._scale = scale_of(measure, texts, largest=estimate.mean, is_difference=is_difference)
        self._digits = _digits(estimate.mean, measure, self._scale)
        self._digits_of_ends = _digits_of_ends(estimate, self._digits, self._scale)

    def bare(self, value: float) -> str:
        return _write(value, self._scale._replace(suffix=""), self._digits, self._texts, has_sign=self._has_sign)

    def end(self, value: float) -> str:
        digits, scale = self._digits_of_ends, self._scale._replace(suffix="")
        return _write(value, scale, digits, self._texts, has_sign=self._has_sign)

    def whole(self, value: float) -> str:
        text = _write(value, self._scale, self._digits, self._texts, has_sign=self._has_sign)
        return f"{text} {self._scale.title}" if self._scale.title and math.isfinite(value) else text


def _digits(mean: float, measure: str, scale: Scale) -> int:
    """Decimals of a number, those of the verdicts: the same wherever it stands; below 0 for thousands."""
    if not UNIT_OF[measure].startswith("DKK"):
        return 1
    if scale.factor != 1.0:
        return 2
    return -3 if math.isfinite(mean) and abs(mean) >= _IN_THOUSANDS_FROM else 0


def _digits_of_ends(estimate: Estimate, digits: int, scale: Scale) -> int:
    """More decimals where the interval's ends would read alike, or one of them as 0."""
    low, high = estimate.low * scale.factor, estimate.high * scale.factor
    while digits < _MOST_DIGITS and low < high and _reads_wrong(round(low, digits), round(high, digits), low * high):
        digits += 1
    return digits


def _reads_wrong(low: float, high: float, product: float) -> bool:
    return low == high or (product > 0 and 0 in (low, high))
