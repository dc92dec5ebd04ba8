"""Charts of a report: bars from 0, in the designs' own colours and patterns."""

from collections.abc import Iterable, Mapping

from sim.experiment import Results
from sim.report.content import ReportCell, ReportChart, ReportSeries
from sim.report.numbers import cell_of, number_format, unit_of
from sim.report.palette import PATTERNS, PAYER_COLORS, design_look
from sim.scenario import PAYERS
from sim.texts import NOTHING, Texts, design_label, place_name


def draw_measure(key: str, measure: str, results: Results, designs: Iterable[str], texts: Texts) -> ReportChart:
    """Draw a measure: a bar for each design, with its interval."""
    title = texts(f"measures.{measure}.label")
    cells = {name: (cell_of(results.designs[name], 0, measure, texts),) for name in designs}
    return _chart(key, measure, title, (title,), cells, results, texts)


def draw_regions(key: str, measure: str, results: Results, designs: Iterable[str], texts: Texts) -> ReportChart:
    """Draw a measure region by region: a group of bars for each."""
    first = next(iter(results.designs.values()))
    places = [(number, scope.key) for number, scope in enumerate(first.scopes) if scope.by == "region"]
    label, level = texts(f"measures.{measure}.label"), texts("common.level.region")
    title = texts("report.by_place", label=label, level=level)
    names = tuple(place_name("region", place, texts) for _, place in places)
    cells = {
        name: tuple(cell_of(results.designs[name], number, measure, texts) for number, _ in places) for name in designs
    }
    return _chart(key, measure, title, names, cells, results, texts)


def _chart(  # noqa: PLR0913, PLR0917 - all that a chart of designs is made of
    key: str,
    measure: str,
    title: str,
    categories: tuple[str, ...],
    cells: Mapping[str, tuple[ReportCell, ...]],
    results: Results,
    texts: Texts,
) -> ReportChart:
    numbers = {name: number for number, name in enumerate(results.designs)}
    series = tuple(
        _series(design_label(name, texts), design_look(numbers[name]), own)
        for name, own in cells.items()
        if any(cell.value is not None for cell in own)
    )
    unit = unit_of(measure, results.scenario.economics.price_year, texts)
    alt = describe(title, unit, categories, series, texts)
    return ReportChart(key, "clustered", title, unit, number_format(measure), categories, series, alt)


def _series(label: str, look: tuple[str, str], cells: tuple[ReportCell, ...]) -> ReportSeries:
    color, pattern = look
    return ReportSeries(
        label,
        color,
        pattern,
        tuple(cell.value for cell in cells),
        tuple(cell.text for cell in cells),
        tuple(cell.low for cell in cells),
        tuple(cell.high for cell in cells),
    )


def draw_payers(key: str, results: Results, texts: Texts) -> ReportChart:
    """Draw who pays for the places: a bar for each design, made of what each payer pays."""
    measure = "cost_per_year"
    title, unit = texts("report.payers"), unit_of(measure, results.scenario.economics.price_year, texts)
    series = []
    for number, payer in enumerate(PAYERS):
        cells = tuple(cell_of(part, 0, f"cost_{payer}", texts) for part in results.designs.values())
        if any(cell.value for cell in cells):
            plain = tuple(cell._replace(low=None, high=None) for cell in cells)
            look = PAYER_COLORS[number], PATTERNS[number]
            series.append(_series(texts(f"report.payer.{payer}"), look, plain))
    categories = tuple(design_label(name, texts) for name in results.designs)
    alt = describe(title, unit, categories, series, texts)
    return ReportChart(key, "stacked", title, unit, number_format(measure), categories, tuple(series), alt)


def describe(title: str, unit: str, categories: Iterable[str], series: Iterable[ReportSeries], texts: Texts) -> str:
    """Say what a chart shows, number by number."""
    named = [*categories]
    said = []
    for own in series:
        pairs = [(name, text) for name, text in zip(named, own.texts, strict=True) if text != NOTHING]
        numbers = ", ".join(text if len(named) == 1 else f"{name} {text}" for name, text in pairs)
        said.append(f"{own.label}: {numbers}")
    return texts("report.alt", title=title, unit=unit, numbers="; ".join(said))
