"""Tables for the terminal: designs side by side, region by region, and how sure we are of the differences."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from sim.cli.streams import console
from sim.experiment import Comparison, Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.findings import judge_all
from sim.measures import is_direction_sure, is_same_everywhere
from sim.scenario import Precision
from sim.texts import PLAIN, Texts, load_texts

UNITS = {measure.name: measure.unit for measure in ALL_MEASURES}


class Writing(NamedTuple):
    """How numbers are written in a language."""

    texts: Texts

    def number(self, value: float) -> str:
        """With one decimal."""
        return self.texts.number(value, 1)

    def percent(self, value: float) -> str:
        """As per cent with one decimal."""
        return f"{self.texts.number(100 * value, 1)} %"

    def millions(self, value: float) -> str:
        """In millions with two decimals."""
        return self.texts.number(value / 1e6, 2)

    def write(self, measure: str, value: float) -> str:
        """As the measure's unit has it; amounts in millions."""
        unit = UNITS[measure]
        if unit == "share":
            return self.percent(value)
        return self.millions(value) if unit.startswith("DKK") else self.number(value)


COMPARED = (
    "referrals_per_year",
    "accepted_per_year",
    "admitted_per_year",
    "admitted_share_of_referred",
    "refused_share",
    "admitted_within_14_days",
    "worst_region_within_14_days",
    "wait_days_mean",
    "travel_minutes_mean",
    "worst_region_travel_minutes",
    "travel_over_90_share",
    "open_place_years",
    "occupancy",
    "empty_probability",
    "admissions_per_pool_year",
    "below_minimum_volume_share",
    "staff_years",
    "cost_per_year",
    "cost_municipality",
    "cost_per_admitted",
    "public_cost_per_woman",
)
"""Measures that designs are compared by; `table.line` of the texts names them."""
BY_REGION = (
    "admitted_share_of_accepted",
    "wait_days_mean",
    "travel_minutes_mean",
)
"""Measures shown region by region; `table.region` of the texts names them."""
BY_HOME = (
    "referrals_per_year",
    "offered_per_year",
    "accepted_per_year",
    "admitted_per_year",
    "admitted_share_of_accepted",
    "admitted_within_14_days",
    "wait_days_mean",
    "travel_minutes_mean",
)
"""Measures shown by home; `table.home` of the texts names them."""
DIFFERENCES = (
    "admitted_per_year",
    "refused_share",
    "wait_days_mean",
    "travel_minutes_mean",
    "occupancy",
    "cost_per_year",
    "public_cost_per_woman",
)
"""Measures whose paired differences are shown."""
LABEL_WIDTH, COLUMN_WIDTH = 30, 19


def print_comparison(results: Results, heading: str = "", language: str = PLAIN) -> None:
    """Print what a steering group would ask first."""
    screen, texts = console(120), load_texts(language)
    screen.print(f"\n{heading_of(results, texts, heading)}\n", highlight=False)
    for designs in side_by_side(results.designs, screen.width):
        screen.print(_designs_table(designs, texts))
        screen.print(_regions_table(designs, texts))
    for differences in side_by_side(results.differences, screen.width):
        screen.print(_differences_table(differences, results, texts))
    screen.print(texts("table.about", year=results.scenario.economics.price_year) + "\n", highlight=False)


def heading_of(results: Results, texts: Texts, heading: str = "") -> str:
    """Say what was played, how often, and how numbers are written."""
    years = results.scenario.horizon_years - results.scenario.measure_from_year + 1
    size = texts(
        "table.size",
        replications=texts.counted("table.replications", results.replications),
        years=texts.counted("table.years", years),
        need=texts.number(results.funnel.need_per_year, 1),
    )
    title = heading or getattr(results.scenario.title, texts.language) or results.scenario.name
    partial = f" {texts('table.partial')}" if results.is_partial else ""
    precision = _precision(results, texts)
    return "\n".join([f"{title}: {size}{partial}", *([precision] if precision else []), texts("table.brackets")])


def _precision(results: Results, texts: Texts) -> str | None:
    """How well the measures asked for are known, where a precision was asked for."""
    wanted, reached = results.scenario.replications, results.precision
    if not isinstance(wanted, Precision) or reached is None:
        return None
    key = "table.reached" if reached <= wanted.precision else "table.not_reached"
    is_reached = texts(key, n=results.replications)
    asked, found = (texts.plain(float(f"{100 * share:.2g}")) for share in (wanted.precision, reached))
    return texts("table.precision", asked=asked, of=", ".join(wanted.of), is_reached=is_reached, reached=found)


def side_by_side(comparisons: dict[str, Comparison], width: int) -> Iterator[dict[str, Comparison]]:
    """As many at a time as stand well beside each other."""
    most = max(1, (width - LABEL_WIDTH) // COLUMN_WIDTH)
    names = list(comparisons)
    for start in range(0, len(names), most):
        yield {name: comparisons[name] for name in names[start : start + most]}


def table_of(first: str, others: Iterable[str]) -> Table:
    """An empty table: a column of labels, and one for each other name."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, min_width=LABEL_WIDTH)
    for name in others:
        table.add_column(name, no_wrap=True)
    return table


def _designs_table(designs: dict[str, Comparison], texts: Texts) -> Table:
    table = table_of(texts("table.design"), designs)
    for measure in COMPARED:
        table.add_row(
            texts(f"table.line.{measure}"), *(written_estimate(part, 0, measure, texts) for part in designs.values())
        )
    return table


def _regions_table(designs: dict[str, Comparison], texts: Texts) -> Table:
    table = table_of(f"\n{texts('table.by_region')}", ("\n" + name for name in designs))
    scopes = next(iter(designs.values())).scopes
    for number, scope in enumerate(scopes):
        if scope.by == "region":
            for measure in BY_REGION:
                cells = (written_estimate(part, number, measure, texts) for part in designs.values())
                table.add_row(f"{scope.key}: {texts(f'table.region.{measure}')}", *cells)
    return table


def _differences_table(differences: dict[str, Comparison], results: Results, texts: Texts) -> Table:
    table = table_of(f"\n{texts('table.difference')}", ("\n" + name for name in differences))
    for measure in COMPARED:
        if measure in DIFFERENCES:
            cells = (written_estimate(part, 0, measure, texts, is_difference=True) for part in differences.values())
            table.add_row(texts(f"table.line.{measure}"), *cells)
    table.add_row(texts("table.further_woman"), *(_further_woman(results, pair, texts) for pair in differences))
    return table


def _further_woman(results: Results, pair: str, texts: Texts) -> str:
    """What one more woman costs, or one fewer saves, where the difference in women counts; no more where cost does not.

    Which way it goes is said in words only where both differences count.
    """
    ratio = results.findings[pair].cost_per_extra_admission
    verdicts = {verdict.measure: verdict for verdict in judge_all(results, ("admitted_per_year", "cost_per_year"))
                if verdict.pair == pair}  # fmt: skip
    if ratio.n == 0 or not (verdicts and all(verdict.counts for verdict in verdicts.values())):
        return "-"
    if ratio.top > 0 > ratio.bottom:
        return texts("table.dearer")
    if ratio.top < 0 < ratio.bottom:
        return texts("table.cheaper")
    value, low_end, high_end = map(Writing(texts).millions, (ratio.value, ratio.low, ratio.high))
    text = f"{value}\n{texts('table.interval', low=low_end, high=high_end)}"
    return f"{text}\n{texts('table.saved')}" if ratio.bottom < 0 else text


def written_estimate(
    comparison: Comparison, scope: int, measure: str, texts: Texts, *, is_difference: bool = False
) -> str:
    """Mean and interval; a dash where there is nothing to measure."""
    column, write = MEASURE_NUMBER[measure], Writing(texts).write
    n, mean, low, high = (values[scope, column] for values in comparison.estimates[:4])
    if n == 0:
        return "-"
    is_same = is_difference and is_same_everywhere(n, mean, low)
    written, low_end, high_end = (write(measure, value) for value in (mean, low, high))
    text = texts("table.same") if is_same else written
    if is_difference and not is_same:
        text = texts("table.points", number=text.removesuffix(" %")) if text.endswith(" %") else text
        if not is_direction_sure(n, mean, low, high):
            text += f" {texts('table.not_sure')}"
    if n > 1 and high > low:
        text += "\n" + texts("table.interval", low=low_end.removesuffix(" %"), high=high_end.removesuffix(" %"))
    return text


def write_measure(measure: str, unit: str, language: str = PLAIN) -> Callable[[float], str]:
    """How the numbers of a measure are written: as `run` writes them where it does, else by the unit."""
    texts = load_texts(language)
    writing = Writing(texts)
    return texts.number if unit.startswith("DKK") and measure not in COMPARED else partial(writing.write, measure)


def print_table(screen: Console, table: Table) -> None:
    """Print a table whole: as it is where it fits, otherwise a block for each of its rows."""
    headers = [str(column.header) for column in table.columns]
    columns = [[str(cell) for cell in column.cells] for column in table.columns]
    widths = [
        max(cell_len(line) for text in (header, *cells) for line in text.split("\n"))
        for header, cells in zip(headers, columns, strict=True)
    ]
    if sum(widths) + 2 * (len(widths) - 1) <= screen.width:
        screen.print(table, markup=False)
        return
    for first, *others in zip(*columns, strict=True):
        screen.print(first, highlight=False, markup=False, overflow="fold")
        for header, cell in zip(headers[1:], others, strict=True):
            written = " ".join(f"{header}: {cell}".split("\n"))
            screen.print(f"  {written}", highlight=False, markup=False, overflow="fold")
