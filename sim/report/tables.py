"""Tables of a report: designs beside each other, regions, differences with what may be said of them."""

from collections.abc import Iterable, Mapping

from sim.experiment import Comparison, Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.findings import Sensitivity, Verdict, count_places, judge_all
from sim.looks.homes import FEWEST_WOMEN, Homes
from sim.report.content import ReportCell, ReportRow, ReportTable
from sim.report.numbers import cell_of, cell_of_number, unit_of
from sim.texts import Texts, design_label, place_name

IN_ALL = (
    "referrals_per_year",
    "accepted_per_year",
    "admitted_per_year",
    "refused_share",
    "admitted_within_14_days",
    "worst_region_within_14_days",
    "wait_days_mean",
    "travel_minutes_mean",
    "worst_region_travel_minutes",
    "occupancy",
    "admissions_per_pool_year",
    "below_minimum_volume_share",
    "staff_years",
    "cost_per_year",
    "cost_municipality",
    "cost_per_admitted",
    "public_cost_per_woman",
)
"""Measures a steering group sees of the same places."""
BY_PLACE = ("admitted_per_year", "admitted_within_14_days", "wait_days_mean", "travel_minutes_mean")
"""Measures it sees region by region."""
_COLUMNS = ("field", "design", "against", "by", "place", "measure", "unit", "n", "mean", "low", "high", "p05", "p95")


def designs_table(key: str, title: str, results: Results, measures: Iterable[str], texts: Texts) -> ReportTable:
    """Set designs beside each other: their places, and a row a measure."""
    rows = [
        ReportRow(
            texts("table.places"), texts("report.of_parameter.places"), tuple(map(_places, places_of(results).values()))
        )
    ]
    for measure in measures:
        cells = tuple(cell_of(part, 0, measure, texts) for part in results.designs.values())
        rows.append(_row(measure, results, cells, texts))
    labels = tuple(design_label(name, texts) for name in results.designs)
    return ReportTable(key, title, texts("report.measure"), labels, tuple(rows), (texts("report.interval_note"),))


def places_of(results: Results) -> dict[str, str]:
    """Write the places of each design: how many for good, and how many at most."""
    counted = count_places(results.scenario).items()
    return {name: f"{few}" if few == most else f"{few}–{most}" for name, (few, most) in counted}


def _places(written: str) -> ReportCell:
    return ReportCell(written, float(written), number_format="0") if written.isdigit() else ReportCell(written)


def _row(measure: str, results: Results, cells: tuple[ReportCell, ...], texts: Texts) -> ReportRow:
    unit = unit_of(measure, results.scenario.economics.price_year, texts)
    return ReportRow(texts(f"measures.{measure}.label"), unit, cells, texts(f"measures.{measure}.definition"))


def place_tables(results: Results, homes: Iterable[Homes], texts: Texts) -> list[ReportTable]:
    """Set designs beside each other region by region, and for each level by where the women live: a table a measure."""
    tables = []
    for measure in BY_PLACE:
        tables.append(_by_place("region", measure, results, results.designs, texts))
        tables += [_by_place(own.level, measure, results, own.designs, texts) for own in homes if own.level != "region"]
    return [table for table in tables if table.rows]


def _by_place(
    level: str, measure: str, results: Results, designs: Mapping[str, Comparison], texts: Texts
) -> ReportTable:
    first = next(iter(designs.values()))
    rows = [
        ReportRow(
            place_name(level, scope.key, texts),
            unit_of(measure, results.scenario.economics.price_year, texts),
            tuple(cell_of(part, number, measure, texts) for part in designs.values()),
        )
        for number, scope in enumerate(first.scopes)
        if scope.by == level
    ]
    title = texts("report.by_place", label=texts(f"measures.{measure}.label"), level=texts(f"common.level.{level}"))
    notes = () if level == "region" else (texts("table.homes.few", n=texts.number(FEWEST_WOMEN)),)
    labels = tuple(design_label(name, texts) for name in designs)
    return ReportTable(f"{level}_{measure}", title, texts(f"common.level.{level}"), labels, tuple(rows), notes)


def differences_table(  # noqa: PLR0913, PLR0917 - what is compared, and what is known of it
    key: str,
    title: str,
    results: Results,
    measures: Iterable[str],
    judged: Iterable[str],
    tried: Sensitivity | None,
    texts: Texts,
) -> ReportTable:
    """List the differences that are judged, each with its doubt and what may be said of it."""
    rows = [
        _difference(verdict, results, texts)
        for verdict in judge_all(results, measures, tried)
        if verdict.pair in {*judged}
    ]
    columns = tuple(texts(f"report.column.{word}") for word in ("difference", "least", "verdict"))
    return ReportTable(key, title, texts("report.pair"), columns, tuple(rows), (texts("report.differences_note"),))


def _difference(verdict: Verdict, results: Results, texts: Texts) -> ReportRow:
    measure, comparison = verdict.measure, results.differences[verdict.pair]
    cell = cell_of(comparison, 0, measure, texts, is_difference=True)
    least = cell_of_number(verdict.least, measure, texts, is_difference=True)
    against = results.scenario.measures.against or next(iter(results.designs))
    design = verdict.pair.removesuffix(f" - {against}")
    label = texts(
        "report.of_pair",
        label=texts(f"measures.{measure}.label"),
        design=design_label(design, texts),
        against=design_label(against, texts),
    )
    unit = unit_of(measure, results.scenario.economics.price_year, texts, is_difference=True)
    return ReportRow(label, unit, (cell, least, ReportCell(texts(f"report.verdict.{verdict.kind}"))))


def everything_table(found: Mapping[str, Results], texts: Texts) -> ReportTable:
    """List every estimate in all, and by region those of `IN_ALL`, of designs and of differences: for a pivot table."""
    rows: list[ReportRow] = []
    for field, results in found.items():
        against = results.scenario.measures.against or next(iter(results.designs))
        for name, part in (*results.designs.items(), *results.differences.items()):
            is_difference = name in results.differences
            design = name.removesuffix(f" - {against}") if is_difference else name
            about = (design_label(design, texts), design_label(against, texts) if is_difference else "")
            rows += _estimates(field, about, part, results.scenario.economics.price_year, texts)
    first, *columns = (texts(f"report.column.{word}") for word in _COLUMNS)
    return ReportTable("everything", texts("report.everything"), first, tuple(columns), tuple(rows))


def _estimates(
    field: str, about: tuple[str, str], part: Comparison, price_year: int, texts: Texts
) -> Iterable[ReportRow]:
    design, against = about
    title = texts(f"report.field.{field}")
    for number, scope in enumerate(part.scopes):
        if scope.by not in ("all", "region"):
            continue
        where = (
            texts(f"report.scope.{scope.by}"),
            place_name("region", scope.key, texts) if scope.by == "region" else "",
        )
        for measure in ALL_MEASURES:
            if scope.by == "region" and measure.name not in IN_ALL:
                continue
            numbers = _numbers(part, number, measure.name, texts, is_difference=bool(against))
            if numbers is None:
                continue
            unit = unit_of(measure.name, price_year, texts, is_difference=bool(against))
            words = (design, against, *where, texts(f"measures.{measure.name}.label"), unit)
            yield ReportRow(title, "", (*map(ReportCell, words), *numbers))


def _numbers(
    part: Comparison, place: int, measure: str, texts: Texts, *, is_difference: bool
) -> tuple[ReportCell, ...] | None:
    """How many replications, the mean, its interval and the spread."""
    n, *values = (array[place, MEASURE_NUMBER[measure]].item() for array in part.estimates)
    if not n:
        return None
    written = (cell_of_number(value, measure, texts, is_difference=is_difference) for value in values)
    return (ReportCell(texts.number(n), n, number_format="0"), *written)
