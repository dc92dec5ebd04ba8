"""Tables of scenarios: CSV and Excel, one row a scenario, one column a path."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.cells import text_of_name, value_of_cell
from sim.faults import one_fault, shown, shown_text
from sim.scenario import Fault, Scenario, ScenarioError
from sim.tables import Cell, CellFault, Limits, Marks, Sheet, bare_heading, decimal_marks, read_sheet, refuse_title
from sim.texts import Said, say

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
LIMITS = Limits()
_ALLOWED = say("allowed.a_path_such_as")
_NAMES = {"scenario", "name", "title", "da", "en"}
"""Last words of paths that hold a text as it is written, also one that looks like a number."""
_DATES = {"start", "opens_on", "on", "others_on", "referred", "admitted", "due", "birth", "planned_end"}
"""Last words of paths that may hold a date."""
_LAST_WORD = re.compile(r"[^.\[\]]+(?=(?:\[\d+\])?\Z)")


class TableRow(NamedTuple):
    """One row."""

    source: str  # name of the file
    number: int  # of the row, as a spreadsheet numbers it
    values: dict[str, Any]  # by column, without empty cells; names as texts
    faults: tuple[Fault, ...]  # what is wrong with its cells

    @property
    def place(self) -> Said:
        """Where it is, for messages."""
        return say("fault.row", where=self.source, row=str(self.number))


class Table(NamedTuple):
    """A table of scenarios."""

    rows: tuple[TableRow, ...]  # those that are not empty
    notes: tuple[str, ...]


def read_table(path: Path) -> Table:
    """Read a table of scenarios."""
    sheet = read_sheet(path, LIMITS, kind=say("allowed.a_table_of_scenarios"))
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
                faults.append(sheet.fault(number, shown_text(name), value))
            elif value is not None:
                values[name] = value
        rows.append(TableRow(sheet.source, number, values, tuple(faults)))
    for fault in sheet.faults:
        rows.append(TableRow(sheet.source, fault.row or 0, {}, (fault,)))
    if not rows:
        remedy = say("remedy.add_rows")
        raise one_fault(sheet.source, say("allowed.a_row_for_each"), got=say("got.none"), remedy=remedy)
    return Table(tuple(sorted(rows, key=lambda row: row.number)), sheet.notes)


def csv_header(path: Path) -> tuple[str, ...]:
    """Read the first row of a table as it is."""
    try:
        return read_sheet(path, LIMITS).header
    except ScenarioError:
        return ()


def _header(sheet: Sheet) -> list[str]:
    top = sheet.header_row
    if not sheet.header:
        allowed = say("allowed.a_first_row", n=LIMITS.columns)
        raise one_fault(sheet.source, allowed, got="0", remedy=say("remedy.put_the_paths"))
    refuse_title(sheet, _is_path)
    names = [bare_heading(text) for text in sheet.header]
    faults = []
    for number, name in enumerate(names, start=1):
        if not name:
            wrong = CellFault(_ALLOWED, say("got.nothing"), say("remedy.name_it"))
            faults.append(sheet.fault(top, say("column.column", n=number), wrong))
        elif name in names[: number - 1]:
            wrong = CellFault(say("allowed.each_path_once"), say("got.it_again"), say("remedy.delete_a_column"))
            faults.append(sheet.fault(top, shown_text(name), wrong))
        elif not _is_path(name) and _is_path(name.lower()):
            remedy = say("remedy.write_it_in_small", path=shown_text(name.lower()))
            faults.append(sheet.fault(top, say("column.column", n=number), CellFault(_ALLOWED, shown(name), remedy)))
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
