"""Numbers of the registry as the reader's language writes them."""

import datetime as dt
import math
from collections.abc import Iterable

from calibration.checks import Checked
from calibration.evidence import EvidenceRow, FunnelRow, ParameterSource, label_in, load_parameter_sources
from sim.texts import NOTHING, Texts

_MOST_DIGITS = 4
_PLAIN_UNITS = ("year",)
"""Units whose numbers are names: 2017 is not 2.017."""
_FIRST_CALENDAR_YEAR = 1900
_DATE_UNIT = "date (yyyymmdd)"
_NO_UNIT = ("statement", "rule", "requirement", "gap", "design")


def write_amount(amount: float | None, texts: Texts, *, unit: str = "", digits: int = _MOST_DIGITS) -> str:
    """Write a number with as many decimals as it has; years and dates, by their unit in the registry, as such."""
    if amount is None or not math.isfinite(amount):
        return NOTHING
    if unit == _DATE_UNIT:
        return texts.date(dt.datetime.strptime(f"{amount:.0f}", "%Y%m%d").replace(tzinfo=dt.UTC).date())
    if unit in _PLAIN_UNITS:
        return f"{amount:g}"
    decimals = next(places for places in range(digits + 1) if places == digits or round(amount, places) == amount)
    return texts.number(amount, decimals)


def write_span(low: float, high: float, texts: Texts, *, digits: int = 1) -> str:
    """Write a span such as ``70-80``, or the one number it is."""
    ends = [write_amount(end, texts, digits=digits) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "-".join(ends)


def write_value(row: EvidenceRow, texts: Texts) -> str:
    """Write a row's value with range and unit; the kind of statement where there is no number."""
    is_calendar = row.unit in _PLAIN_UNITS and (row.value or 0) >= _FIRST_CALENDAR_YEAR
    unit = "" if is_calendar else label_in(texts.language, "unit", row.unit)
    if row.unit in _NO_UNIT:
        return unit
    if row.unit == _DATE_UNIT:
        return write_amount(row.value, texts, unit=row.unit)
    value, low, high = (write_amount(one, texts, unit=row.unit) for one in (row.value, row.low, row.high))
    if row.low is None and row.high is None:
        return f"{value} {unit}".rstrip()
    is_open = NOTHING in (low, high)
    span = (f"{low}–" if high == NOTHING else f"–{high}") if is_open else texts.interval(low, high)
    return (f"{span} {unit}" if value == NOTHING else f"{value} ({span}) {unit}").rstrip()


def write_years(row: FunnelRow) -> str:
    """Write the years a number is said to hold for, such as ``2018-2025``; empty where none is known."""
    years = [f"{year}" for year in (row.from_year, row.to_year) if year is not None]
    return "-".join(dict.fromkeys(years))


def write_women(row: FunnelRow, texts: Texts) -> str:
    """Write how many women a year a row says; a dash where it says no number."""
    return NOTHING if row.women_per_year is None else write_span(*row.women_per_year, texts)


def write_observed(checked: Checked, texts: Texts) -> str:
    """Write the published number of a check, such as ``20`` or ``højst 37``."""
    number = write_amount(checked.check.observed, texts)
    return texts(f"evidence.observed.{checked.check.comparison}", number=number)


def write_why(checked: Checked, texts: Texts) -> tuple[str, ...]:
    """Say what must be known to read a check: what is held against what, what was set aside, or why it is refused."""
    said = [texts(f"evidence.about.{checked.check.id}")]
    for word in ("opened", "from_draws"):
        if names := getattr(checked, word):
            said.append(texts(f"evidence.{word}", parameters=write_parameters(names, texts)))
    if checked.refused_for:
        said.append(texts("evidence.refused_for", names=write_parameters(checked.refused_for, texts)))
    return tuple(said)


def write_parameters(names: Iterable[str], texts: Texts) -> str:
    """Write parameters in words, one after the other; other ids are written as they are."""
    sources = load_parameter_sources()
    return ", ".join(meaning_of(sources[name], texts) if name in sources else name for name in names)


def meaning_of(source: ParameterSource, texts: Texts) -> str:
    """Write what a parameter is."""
    return source.meaning_da if texts.language == "da" else source.parameter.meaning
