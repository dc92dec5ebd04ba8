"""Tables for the terminal: designs side by side, region by region, and how sure we are of the differences."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from sim.cli.streams import console
from sim.economics import RatioEstimate
from sim.experiment import Comparison, Results
from sim.experiment.findings import Finding
from sim.experiment.measured import MEASURE_NUMBER
from sim.faults import counted
from sim.measures import is_direction_sure, is_same_everywhere
from sim.scenario import Precision


class Line(NamedTuple):
    """One line of a table: a measure, in words, and how its numbers are written."""

    measure: str
    words: str
    write: Callable[[float], str]


def _number(value: float) -> str:
    return f"{value:,.1f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _millions(value: float) -> str:
    return f"{value / 1e6:,.2f}"


COMPARED = (
    Line("referrals_per_year", "Women referred a year", _number),
    Line("accepted_per_year", "... who accept a place", _number),
    Line("admitted_per_year", "... who are admitted", _number),
    Line("admitted_share_of_referred", "Admitted, of those referred", _percent),
    Line("refused_share", "Accepted, but never got a place", _percent),
    Line("admitted_within_14_days", "Admitted within 14 days, of those who accept", _percent),
    Line("wait_days_mean", "Days waited by those admitted", _number),
    Line("travel_minutes_mean", "Minutes to the place, one way", _number),
    Line("travel_over_90_share", "... more than 90 minutes", _percent),
    Line("open_place_years", "Place-years open, all years together", _number),
    Line("occupancy", "Occupancy", _percent),
    Line("empty_probability", "A unit stands empty", _percent),
    Line("admissions_per_pool_year", "Women admitted a unit and year", _number),
    Line("below_minimum_volume_share", "Unit-years below the minimum volume", _percent),
    Line("staff_years", "Posts", _number),
    Line("cost_per_year", "Cost of places, million kr. a year", _millions),
    Line("cost_municipality", "... of which municipalities pay", _millions),
    Line("cost_per_admitted", "... for each woman admitted", _millions),
    Line("public_cost_per_woman", "Public cost, million kr. a woman referred", _millions),
)
BY_REGION = (
    Line("admitted_share_of_accepted", "admitted, of those who accept", _percent),
    Line("wait_days_mean", "days waited", _number),
    Line("travel_minutes_mean", "minutes to the place", _number),
)
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


def print_comparison(results: Results, heading: str = "") -> None:
    """Print what a steering group would ask first."""
    screen = console(120)
    years = results.scenario.horizon_years - results.scenario.measure_from_year + 1
    size = f"{counted(results.replications, 'replication')} of {counted(years, 'year')}"
    screen.print(
        f"\n{heading or results.scenario.title.en or results.scenario.name}: {size}, "
        f"need {results.funnel.need_per_year:.1f} women a year"
        + (". Stopped early: the numbers are partial." if results.is_partial else ""),
        highlight=False,
    )
    if (told := _precision(results)) is not None:
        screen.print(told, highlight=False)
    screen.print("Mean, and in brackets the 95 % confidence interval of the mean.\n", highlight=False)
    for designs in _side_by_side(results.designs, screen.width):
        screen.print(_designs_table(designs))
        screen.print(_regions_table(designs))
    for differences in _side_by_side(results.differences, screen.width):
        screen.print(_differences_table(differences, results.findings))
    screen.print(
        f"Amounts are in {results.scenario.economics.price_year} prices. Differences are taken replication by "
        "replication, on the same women; those of shares are in percentage points. 'not sure' means that the "
        "interval holds 0, 'the same' that no replication differs.\n",
        highlight=False,
    )


def _precision(results: Results) -> str | None:
    """How well the measures asked for are known, where a precision was asked for."""
    wanted, reached = results.scenario.replications, results.precision
    if not isinstance(wanted, Precision) or reached is None:
        return None
    is_reached = "reached" if reached <= wanted.precision else f"not reached with {results.replications} replications"
    asked = f"Precision of {100 * wanted.precision:g} % of {', '.join(wanted.of)}: {is_reached}"
    return f"{asked} ({100 * reached:.2g} %)."


def _side_by_side(comparisons: dict[str, Comparison], width: int) -> Iterator[dict[str, Comparison]]:
    """As many at a time as stand well beside each other."""
    most = max(1, (width - LABEL_WIDTH) // COLUMN_WIDTH)
    names = list(comparisons)
    for start in range(0, len(names), most):
        yield {name: comparisons[name] for name in names[start : start + most]}


def _table(first: str, others: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, min_width=LABEL_WIDTH)
    for name in others:
        table.add_column(name, no_wrap=True)
    return table


def _designs_table(designs: dict[str, Comparison]) -> Table:
    table = _table("Design", designs)
    for line in COMPARED:
        table.add_row(line.words, *(_cell(part, 0, line) for part in designs.values()))
    return table


def _regions_table(designs: dict[str, Comparison]) -> Table:
    table = _table("\nBy region", ("\n" + name for name in designs))
    scopes = next(iter(designs.values())).scopes
    for number, scope in enumerate(scopes):
        if scope.by == "region":
            for line in BY_REGION:
                cells = (_cell(part, number, line) for part in designs.values())
                table.add_row(f"{scope.key}: {line.words}", *cells)
    return table


def _differences_table(differences: dict[str, Comparison], findings: dict[str, Finding]) -> Table:
    table = _table("\nDifference", ("\n" + name for name in differences))
    for line in COMPARED:
        if line.measure in DIFFERENCES:
            cells = (_cell(part, 0, line, is_difference=True) for part in differences.values())
            table.add_row(line.words, *cells)
    prices = (_ratio(findings[name].cost_per_extra_admission, part) for name, part in differences.items())
    table.add_row("Places, million kr. a further woman", *prices)
    return table


def _ratio(ratio: RatioEstimate, difference: Comparison) -> str:
    """What one more woman costs, or one fewer saves, where more or fewer are admitted for certain."""
    n, mean, low = (values[0, MEASURE_NUMBER["admitted_per_year"]] for values in difference.estimates[:3])
    if ratio.n == 0 or is_same_everywhere(n, mean, low):
        return "-"
    if not ratio.is_sure:
        return "not sure"
    if ratio.top > 0 > ratio.bottom:
        return "dearer, and\nadmits fewer"
    if ratio.top < 0 < ratio.bottom:
        return "cheaper, and\nadmits more"
    text = f"{_millions(ratio.value)}\n({_millions(ratio.low)} to {_millions(ratio.high)})"
    return f"{text}\nsaved for each fewer" if ratio.bottom < 0 else text


def _cell(comparison: Comparison, scope: int, line: Line, *, is_difference: bool = False) -> str:
    """Mean and interval; a dash where there is nothing to measure."""
    column = MEASURE_NUMBER[line.measure]
    estimates = comparison.estimates
    n, mean, low, high = (values[scope, column] for values in estimates[:4])
    if n == 0:
        return "-"
    is_same = is_difference and is_same_everywhere(n, mean, low)
    text = "the same" if is_same else line.write(mean)
    if is_difference and line.write is _percent and not is_same:
        text = f"{text.removesuffix(' %')} points"
    if is_difference and not is_same and not is_direction_sure(n, mean, low, high):
        text += " not sure"
    if n > 1 and high > low:
        text += f"\n({line.write(low).removesuffix(' %')} to {line.write(high).removesuffix(' %')})"
    return text


def write_measure(measure: str, unit: str) -> Callable[[float], str]:
    """How the numbers of a measure are written: as `run` writes them where it does, else by the unit."""
    known = {line.measure: line.write for line in COMPARED}
    if unit == "share":
        return _percent
    return known.get(measure, _number) if not unit.startswith("DKK") else lambda amount: f"{amount:,.0f}"


def print_table(screen: Console, table: Table) -> None:
    """Print a table whole: as it is where it fits, otherwise a block for each of its rows."""
    headers = [str(column.header) for column in table.columns]
    columns = [[str(cell) for cell in column.cells] for column in table.columns]
    widths = [max(cell_len(text) for text in (header, *cells)) for header, cells in zip(headers, columns, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) <= screen.width:
        screen.print(table, markup=False)
        return
    for first, *others in zip(*columns, strict=True):
        screen.print(first, highlight=False, markup=False, overflow="fold")
        for header, cell in zip(headers[1:], others, strict=True):
            screen.print(f"  {header}: {cell}", highlight=False, markup=False, overflow="fold")
