"""Tables of scenarios: CSV and Excel, one row a scenario, one column a path."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.cells import text_of_name, value_of_cell
from sim.faults import one_fault, shown, shown_text
from sim.scenario import Fault, Scenario, ScenarioError
from sim.tables import Cell, CellFault, Limits, Marks, Sheet, bare_heading, decimal_marks, read_sheet, refuse_title

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
LIMITS = Limits()
_ALLOWED = "a path such as demand.need_per_year, scenario or name"
_NAMES = {"scenario", "name", "title", "da", "en"}
"""Last words of paths that hold a text as it is written, also one that looks like a number."""
_DATES = {"start", "opens_on", "on", "others_on", "referred", "admitted", "due", "birth", "planned_end"}
"""Last words of paths that may hold a date."""
_LAST_WORD = re.compile(r"[^.\[\]]+(?=(?:\[\d+\])?\Z)")


class TableRow(NamedTuple):
    """One row."""

    source: str  # file and row, for messages; rows are numbered as a spreadsheet does
    number: int  # of the row
    values: dict[str, Any]  # by column, without empty cells; names as texts
    faults: tuple[Fault, ...]  # what is wrong with its cells


class Table(NamedTuple):
    """A table of scenarios."""

    rows: tuple[TableRow, ...]  # those that are not empty
    notes: tuple[str, ...]


def read_table(path: Path) -> Table:
    """Read a table of scenarios."""
    sheet = read_sheet(path, LIMITS, kind="a table of scenarios")
    header = _header(sheet)
    columns = [[cells[place] for _, cells in sheet.rows] for place in range(len(header))]
    marks = [decimal_marks(cells, has_decimal_comma=sheet.has_decimal_comma) for cells in columns]
    del columns
    rows = []
    for number, cells in sheet.rows:
        values: dict[str, Any] = {}
        faults = []
        for name, cell, known in zip(header, cells, marks, strict=True):
            value = _value(name, cell, known)
            if isinstance(value, CellFault):
                faults.append(Fault(sheet.where(number), None, shown_text(name), *value))
            elif value is not None:
                values[name] = value
        rows.append(TableRow(sheet.where(number), number, values, tuple(faults)))
    for fault in sheet.faults:
        rows.append(TableRow(fault.source, int(fault.source.rpartition(" ")[2]), {}, (fault,)))
    if not rows:
        remedy = "Add rows."
        raise one_fault(sheet.source, "a row for each scenario below the paths", got="none", remedy=remedy)
    return Table(tuple(sorted(rows, key=lambda row: row.number)), sheet.notes)


def csv_header(path: Path) -> tuple[str, ...]:
    """Read the first row of a table as it is."""
    try:
        return read_sheet(path, LIMITS).header
    except ScenarioError:
        return ()


def _header(sheet: Sheet) -> list[str]:
    where = sheet.where(sheet.header_row)
    if not sheet.header:
        allowed = f"a first row of paths, at most {LIMITS.columns}"
        raise one_fault(sheet.source, allowed, got="0", remedy="Put the paths in row 1.")
    refuse_title(sheet, _is_path)
    names = [bare_heading(text) for text in sheet.header]
    faults = []
    for number, name in enumerate(names, start=1):
        if not name:
            faults.append(Fault(where, None, f"column {number}", _ALLOWED, "nothing", "Name it."))
        elif name in names[: number - 1]:
            faults.append(Fault(where, None, shown_text(name), "each path once", "it again", "Delete a column."))
        elif not _is_path(name) and _is_path(name.lower()):
            remedy = f"Write it in small letters: {shown_text(name.lower())}."
            faults.append(Fault(where, None, f"column {number}", _ALLOWED, shown(name), remedy))
    if faults:
        raise ScenarioError(faults)
    return names


def _is_path(text: str) -> bool:
    first = re.split(r"[.\[]", bare_heading(text), maxsplit=1)[0]
    return first == "scenario" or first in Scenario.model_fields


def _value(name: str, cell: Cell, marks: Marks) -> Any:
    if cell == "":
        return None
    last = _LAST_WORD.search(name)
    word = last[0] if last else name
    if word in _NAMES and not (word == "title" and isinstance(cell, str) and cell.startswith("{")):
        return text_of_name(cell)
    return value_of_cell(cell, marks, is_date=word in _DATES)
