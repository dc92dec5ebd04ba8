"""Numbers of a report: as they are written, and as they are reckoned with."""

import math

from sim.experiment import Comparison
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.findings import write_number
from sim.report.content import ReportCell
from sim.texts import Texts

_UNITS = {measure.name: measure.unit for measure in ALL_MEASURES}
_MILLION = 1e6
_UNIT_KEYS = {
    "share": "per_cent",
    "DKK": "million_dkk",
    "DKK/year": "million_dkk_per_year",
    "women/year": "women_per_year",
    "days/year": "days_per_year",
    "place-years": "place_years",
    "places/year": "places_per_year",
    "women/post": "women_per_post",
}
"""Keys of ``figures.unit`` that are not the unit itself."""
ONE_DECIMAL, TWO_DECIMALS, PER_CENT = "#,##0.0", "#,##0.00", "0.0%"


def number_format(measure: str, *, is_difference: bool = False) -> str:
    """How a spreadsheet writes a measure: with the decimals of the sentences."""
    unit = _UNITS[measure]
    if unit == "share" and not is_difference:
        return PER_CENT
    return TWO_DECIMALS if unit.startswith("DKK") else ONE_DECIMAL


def unit_of(measure: str, price_year: int, texts: Texts, *, is_difference: bool = False) -> str:
    """Name the unit in which a measure is shown; amounts with the year of their prices."""
    unit = _UNITS[measure]
    if unit == "share" and is_difference:
        return texts("figures.unit.percentage_points")
    words = texts(f"figures.unit.{_UNIT_KEYS.get(unit, unit)}")
    return texts("report.in_prices", unit=words, year=price_year) if unit.startswith("DKK") else words


def shown_value(value: float, measure: str, *, is_difference: bool = False) -> float | None:
    """Turn a value into the unit in which it is shown."""
    if not math.isfinite(value):
        return None
    unit = _UNITS[measure]
    if unit == "share" and is_difference:
        return 100.0 * value
    return value / _MILLION if unit.startswith("DKK") else value


def write_shown(value: float, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write a value as the sentences do."""
    if is_difference and _UNITS[measure] == "share":
        return texts.number(100.0 * value, 1)
    return write_number(value, measure, texts)


def cell_of_number(value: float, measure: str, texts: Texts, *, is_difference: bool = False) -> ReportCell:
    """Take a number as a cell."""
    return ReportCell(
        write_shown(value, measure, texts, is_difference=is_difference),
        shown_value(value, measure, is_difference=is_difference),
        number_format=number_format(measure, is_difference=is_difference),
    )


def cell_of(
    comparison: Comparison, place: int, measure: str, texts: Texts, *, is_difference: bool = False
) -> ReportCell:
    """Take an estimate as a cell: its mean, and its interval where it has one."""
    column = MEASURE_NUMBER[measure]
    n, mean, low, high = (values[place, column].item() for values in comparison.estimates[:4])
    cell = cell_of_number(mean if n else math.nan, measure, texts, is_difference=is_difference)
    if cell.value is None or not (n > 1 and high > low):
        return cell
    bottom, top = (cell_of_number(end, measure, texts, is_difference=is_difference) for end in (low, high))
    return cell._replace(low=bottom.value, high=top.value, interval=_interval(bottom.text, top.text, texts))


def _interval(low: str, high: str, texts: Texts) -> str:
    """An interval without the sign of per cent, as `run` writes it."""
    return texts.interval(low.removesuffix("%").rstrip(), high.removesuffix("%").rstrip())
