"""What a report rests on: assumptions with their ranges, and published estimates with whose they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.report.content import ReportCell, ReportRow, ReportTable
from sim.scenario import PARAMETER_PATHS, Parameter, Scenario, load_parameters, load_views, scenario_values
from sim.texts import Texts

_NOT_ASSUMED = ("designs.*.pools.*.places",)
"""Words with a range that are decided, not believed."""


def assumptions_table(scenario: Scenario, need_per_year: float, texts: Texts) -> ReportTable:
    """List the assumptions that have a range and concern the scenario, each with what it is here."""
    rows = [_assumption(parameter, found, texts) for parameter, found in _used(scenario, need_per_year)]
    columns = tuple(
        texts(f"report.column.{word}") for word in ("here", "range_low", "range_high", "strength", "source")
    )
    notes = (texts("report.assumptions_note"),)
    return ReportTable(
        "assumptions", texts("report.assumptions"), texts("report.column.assumption"), columns, tuple(rows), notes
    )


def _used(scenario: Scenario, need_per_year: float) -> Iterator[tuple[Parameter, list[Any]]]:
    """Parameters with a range, and what the scenario says at their words; none where it says it otherwise."""
    values: Any = scenario_values(scenario)
    values = {**values, "demand": {**values["demand"], "need_per_year": need_per_year}}
    patterns: dict[str, list[str]] = {}
    for path, name in PARAMETER_PATHS.items():
        if path not in _NOT_ASSUMED and load_parameters()[name].low is not None:
            patterns.setdefault(name, []).append(path)
    for name, paths in patterns.items():
        found = [value for path in paths for value in _values_at(values, path.split("."))]
        if found or not all("*" in path for path in paths):
            yield load_parameters()[name], found


def _values_at(values: Any, steps: list[str]) -> Iterator[Any]:
    if not steps:
        yield values
        return
    step, *rest = steps
    if step == "*" and isinstance(values, list):
        for item in values:
            yield from _values_at(item, rest)
    elif isinstance(values, Mapping) and step in values:
        yield from _values_at(values[step], rest)


def _assumption(parameter: Parameter, found: list[Any], texts: Texts) -> ReportRow:
    numbers = sorted({value for value in found if isinstance(value, int | float) and not isinstance(value, bool)})
    if len(numbers) == 1 and _is_in_its_unit(parameter):
        here = _cell(numbers[0], parameter, texts)
    elif numbers and _is_in_its_unit(parameter):
        low, high = (_cell(end, parameter, texts).text for end in (numbers[0], numbers[-1]))
        here = ReportCell(texts.interval(low, high))
    else:
        here = ReportCell(texts("report.see_scenario"))
    ends = (_cell(end, parameter, texts) for end in (parameter.low, parameter.high) if end is not None)
    strength = texts(f"parameters.strength.{parameter.strength.split()[0].strip(',;')}")
    words = (ReportCell(strength), ReportCell(texts(f"parameters.{parameter.id}.source")))
    unit = _unit(parameter, texts)
    return ReportRow(_label(parameter, texts), unit, (here, *ends, *words))


def _label(parameter: Parameter, texts: Texts) -> str:
    """Its name; another where the page Plan shows it in another unit."""
    own = f"evidence.page.name.{parameter.id}"
    return texts(own if own in texts else f"parameters.{parameter.id}.label")


_RATES = ("per year", "per day")
_IN_ANOTHER_UNIT = {"patience_daily_loss", "stay_after_birth", "place_day_specialised"}
"""Parameters whose unit is not that of their word."""


def _is_in_its_unit(parameter: Parameter) -> bool:
    return parameter.id not in _IN_ANOTHER_UNIT


def _cell(value: float, parameter: Parameter, texts: Texts) -> ReportCell:
    if parameter.is_share or parameter.unit in _RATES:
        digits = next(n for n in range(4) if n == 3 or round(100 * value, n) == round(100 * value, 9))
        return ReportCell(
            texts.percent(value, digits), float(value), number_format="0%" if not digits else f"0.{'0' * digits}%"
        )
    return ReportCell(_write(value, texts), float(value), number_format="#,##0.##########")


def _write(value: float, texts: Texts) -> str:
    """With the decimals it has, and marks for thousands."""
    digits = next(n for n in range(7) if n == 6 or round(value, n) == round(value, 9))
    return texts.number(value, digits)


def _unit(parameter: Parameter, texts: Texts) -> str:
    if parameter.is_share:
        return texts("figures.unit.per_cent")
    if parameter.unit in _RATES:
        return texts("report.per_cent", per=texts(f"report.of_parameter.{parameter.unit.replace(' ', '_')}"))
    word, _, year = parameter.unit.partition(" 20")
    if not word:
        return ""
    key = word.replace("/", "_per_").replace(" ", "_").lower()
    unit = texts(f"report.of_parameter.{key}")
    return texts("report.in_prices", unit=unit, year=f"20{year}") if year else unit


def views_table(scenario: Scenario, texts: Texts) -> ReportTable:
    """List the published estimates of need, whose they are and what they count; the scenario's own is marked."""
    rows = [
        ReportRow(
            texts(f"views.{view.id}.label"),
            texts("figures.unit.women_per_year"),
            (
                ReportCell(texts.plain(view.value), view.value, number_format="#,##0.##########"),
                ReportCell(texts(f"common.step.{view.step}")),
                ReportCell(texts(f"views.{view.id}.who")),
                ReportCell(texts(f"views.{view.id}.statement")),
                ReportCell(texts("report.used_here") if scenario.demand.view == view.id else ""),
            ),
        )
        for view in load_views().values()
    ]
    columns = tuple(texts(f"report.column.{word}") for word in ("number", "step", "who", "statement", "used"))
    return ReportTable(
        "views", texts("report.views"), texts("report.column.view"), columns, tuple(rows), (texts("report.views_note"),)
    )


def write_need(scenario: Scenario, need_per_year: float, texts: Texts) -> str:
    """Say how many women need a place, and whose estimate that is."""
    need, view = texts.number(need_per_year, 1), scenario.demand.view
    if view is None:
        return texts("report.need_own", need=need)
    who, statement = (texts(f"views.{view}.{word}") for word in ("who", "statement"))
    return texts("report.need_view", need=need, who=who, statement=statement)
