"""Results as tables: one description, shown on a terminal or written as Markdown."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

NARROWEST = 132
LADDERS = {"replications": "Replications", "years": "Years", "women": "Need a year", "pools": "Pools"}


class Sheet(NamedTuple):
    """A table: the first column is text, the others are numbers as text."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def print_sheets(results: dict[str, Any]) -> None:
    """Show all tables on the terminal."""
    console = Console()
    console.width = max(console.width, NARROWEST)
    for sheet in sheets_of(results):
        table = Table(title=sheet.title, title_justify="left")
        for number, column in enumerate(sheet.columns):
            table.add_column(column, justify="right" if number else "left", overflow="fold")
        for row in sheet.rows:
            table.add_row(*row)
        console.print(table)


def markdown_of(results: dict[str, Any]) -> str:
    """Write all tables as Markdown."""
    lines = []
    for sheet in sheets_of(results):
        lines += [f"**{sheet.title}**", ""]
        lines += [_line(sheet.columns), _line(("---", *("---:" for _ in sheet.columns[1:])))]
        lines += [*map(_line, sheet.rows), ""]
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def sheets_of(results: dict[str, Any]) -> Iterator[Sheet]:
    """Go through all tables of a run."""
    yield _machine_sheet(results)
    yield _goals_sheet(results["goals"])
    yield _contest_sheet(results["same_queue"])
    yield _five_regions_sheet(results["five_regions"], results["cores"])
    for name, title in LADDERS.items():
        yield _growth_sheet(title, results["growth"][name])
    yield _memory_sheet(results["memory"])
    yield _cold_sheet(results["cold_start"])


def _machine_sheet(results: dict[str, Any]) -> Sheet:
    machine = results["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items() if number)
    words = ("processor", "cores", "system", "python", "compiler", "taken by others")
    rows = [(word, str(machine[word])) for word in words]
    return Sheet(f"Machine ({results['mode']} run)", ("What", "Which"), [*rows, ("versions", versions)])


def _goals_sheet(goals: list[dict[str, Any]]) -> Sheet:
    verdict = {True: "yes", False: "no", None: "not measured"}
    rows = [
        (goal["name"], goal["bound"], _number(goal["measured"], goal["unit"]), verdict[goal["is_met"]])
        for goal in goals
    ]
    return Sheet("Goals", ("What", "Wanted", "Measured", "Met"), rows)


def _contest_sheet(section: dict[str, Any]) -> Sheet:
    rows = []
    for row in section["contenders"].values():
        if not row["is_timed"]:
            rows.append((row["what"], "not built", "", "", "", ""))
            continue
        agreement = row["agreement"]
        said = f"{agreement['apart']} of {agreement['women']:,}" if agreement else ""
        rows.append(
            (
                row["what"],
                _spread(row["ms_per_replication"]),
                _number(row["us_per_woman"]["median"]),
                _number(row["times_ours_end_to_end"]["median"], "x"),
                _number(row["times_kernel"]["median"], "x"),
                said,
            )
        )
    columns = ("Contender", "ms a replication", "µs a woman", "Ours end to end", "Kernel alone", "Women apart")
    title = f"The same queue: {section['design']}, {section['women_per_replication']:.0f} women a replication"
    return Sheet(title, columns, rows)


def _five_regions_sheet(section: dict[str, Any], cores: dict[str, Any]) -> Sheet:
    said = f"in SimPy on one core, extrapolated from {section['simpy_replications_played']:,}"
    rows = [
        ("fresh", _spread(section["fresh_seconds"])),
        ("fresh on one core", _spread(section["one_core_seconds"])),
        ("one design changed, the rest remembered", _spread(section["one_changed_seconds"])),
        (said, _spread(section["simpy_seconds_extrapolated"])),
    ]
    if cores["is_timed"]:
        rows += [
            (f"fresh, {cores['replications']:,} replications on one core", _spread(cores["one_core_seconds"])),
            (f"the same on {cores['cores']} cores", _spread(cores["more_cores_seconds"])),
        ]
    size = f"{section['designs']} designs, {section['replications']:,} replications, {section['cores']} cores"
    return Sheet(f"The five regions: {size}", ("How", "Seconds"), rows)


def _growth_sheet(title: str, rows: list[dict[str, Any]]) -> Sheet:
    cells = [
        (
            f"{row['step']:,}",
            f"{row['replications']:,}",
            f"{row['women_per_replication']:,.0f}",
            _spread(row["ms_per_replication"]),
            _number(row["us_per_woman"]["median"]),
        )
        for row in rows
    ]
    columns = (title, "Replications", "Women a replication", "ms a replication", "µs a woman")
    return Sheet(f"Growth: {title.lower()}", columns, cells)


def _memory_sheet(section: dict[str, Any]) -> Sheet:
    rows = [
        (f"{row['replications']:,}", _number(row["peak_megabytes"]), _number(row["seconds"]))
        for row in (section["few"], section["many"])
    ]
    return Sheet("Peak memory: all designs", ("Replications", "MB", "Seconds"), rows)


def _cold_sheet(section: dict[str, Any]) -> Sheet:
    packages = ", ".join(f"{name} {ms:.0f}" for name, ms in section["import_ms_by_package"].items())
    rows = [
        (f"doegnplads run today-regions, {section['replications']:,} replications", _spread(section["run_seconds"])),
        ("doegnplads --help", _spread(section["help_seconds"])),
        ("import numba, pandas", _spread(section["imports_seconds"])),
        ("longest imports of a run, own modules' time [ms]", packages),
    ]
    return Sheet("From a cold process", ("What", "Seconds"), rows)


def _spread(spread: dict[str, float]) -> str:
    return f"{_number(spread['median'])} ({_number(spread['min'])} to {_number(spread['max'])})"


def _number(value: float | None, unit: str = "") -> str:
    """Three figures, as far as they are known."""
    if value is None:
        return ""
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip() if unit != "x" else f"{digits}x"
