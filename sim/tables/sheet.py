"""A table: names of columns, and rows below them, with the numbers a spreadsheet shows."""

from pathlib import Path
from typing import NamedTuple

from sim.faults import Fault, ScenarioError, one_fault, shown_text
from sim.files import read_file
from sim.texts import Sayable, say

from .cells import Cell, CellFault, text_of
from .csv_text import csv_grid
from .grids import Grid, Limits
from .guarding import refuse_grids, refuse_name
from .kinds import is_workbook

Row = tuple[int, list[Cell]]
_MOST_NAMED = 5
_ROWS_LOOKED_AT = 10


class Sheet(NamedTuple):
    """A table.

    Attributes
    ----------
    source : str
        File name, for messages.
    header : tuple of str
        Names of the columns, as they were written, without empty ones at the end.
    rows : tuple of (int, list of Cell)
        Number of each row as a spreadsheet shows it, and its cells, as many as the header has. Empty rows are left out.
    header_row : int
        Number of the row in which the names of the columns stand.
    faults : tuple of Fault
        Rows that cannot be used, since their cells cannot be told to belong to a column.
    has_decimal_comma : bool
        Whether it is written with semicolons, and then 0,5 for a half.
    notes : tuple of str
        What somebody who has only seen the screen should know: sheets not read, hidden rows that were.
    beginning : tuple of (int, tuple of str)
        Numbers and texts of the first rows below the header, usable or not.
    """

    source: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1
    faults: tuple[Fault, ...] = ()
    has_decimal_comma: bool = False
    notes: tuple[str, ...] = ()
    beginning: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def column(self, place: int) -> list[tuple[int, Cell]]:
        """Take out a column.

        Parameters
        ----------
        place : int
            From 0.

        Returns
        -------
        list of (int, Cell)
            Row of each cell, and the cell.
        """
        return [(number, cells[place]) for number, cells in self.rows]

    def fault(self, row: int, path: Sayable, wrong: CellFault) -> Fault:
        """Say where something wrong stands.

        Parameters
        ----------
        row : int
            Its number.
        path : Sayable
            Name of the column; empty for the row as a whole.
        wrong : CellFault
            What is wrong.

        Returns
        -------
        Fault
            With file and row.
        """
        return Fault(self.source, None, path, *wrong, row)


_TABLE = say("allowed.a_table")


def read_sheet(path: Path, limits: Limits = Limits(), *, kind: Sayable = _TABLE) -> Sheet:  # noqa: B008 - immutable
    """Read a CSV file, or the first sheet of an Excel workbook.

    Parameters
    ----------
    path : Path
        Of the file.
    limits : Limits
        How much is read.
    kind : Sayable
        What it should be, for the fault where there is no such file.

    Returns
    -------
    Sheet
        As from `sheet_of`.

    Raises
    ------
    ScenarioError
        If it cannot be read, has nothing in it, or holds anything shaped like a personal number.
    """
    refuse_name(path.name)
    return sheet_of(read_file(path, kind=kind, most_bytes=limits.size_bytes), path.name, limits)


def sheet_of(content: bytes, name: str, limits: Limits = Limits()) -> Sheet:  # noqa: B008 - immutable
    """Read what a file holds.

    Parameters
    ----------
    content : bytes
        CSV in UTF-8, UTF-16 or Windows-1252 with semicolons, commas or tabs; or an Excel workbook.
    name : str
        Of the file.
    limits : Limits
        How much is read.

    Returns
    -------
    Sheet
        Its texts composed of whole letters; no rows if there are none.

    Raises
    ------
    ScenarioError
        If it is no table, has more than the limits, or holds anything shaped like a personal number, anywhere.
    """
    refuse_name(name)
    source = shown_text(name)
    if len(content) > limits.size_bytes:
        allowed = say("allowed.a_file_of_at_most", n=limits.size_bytes / 1e6)
        raise one_fault(name, allowed, got=say("got.a_larger_one"), remedy=say("remedy.keep_only_what"))
    if not is_workbook(content, source):
        grids = [csv_grid(content, source, limits)]
    else:
        from .workbook import workbook_grids  # noqa: PLC0415 - only workbooks need it

        grids = workbook_grids(content, source, limits)
    refuse_grids(grids, source)
    grid = grids[0]
    if grid.is_hidden:
        shown_first = next((f", before {shown_text(one.title)}" for one in grids if not one.is_hidden), "")
        got = say("got.the_hidden_sheet", name=f"{shown_text(grid.title)}{shown_first}")
        raise one_fault(source, say("allowed.a_first_sheet"), got=got, remedy=say("remedy.show_it_delete"))
    return _tidy(grid, _notes(grids))


def _tidy(grid: Grid, notes: tuple[str, ...]) -> Sheet:
    numbers = sorted(grid.rows)
    if not numbers:
        return Sheet(grid.source, (), (), notes=notes)
    top = numbers[0]
    header = ["" if isinstance(cell, CellFault) else text_of(cell) for cell in grid.rows[top]]
    width = len(header)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number in numbers[1:]:
        cells = grid.rows[number]
        written = grid.widths.get(number, width)
        if len(cells) > width or (grid.is_ragged and written < width):
            is_more = len(cells) > width
            remedy = say("remedy.put_a_name") if is_more else say("remedy.add_the_missing")
            got = say("got.more") if is_more else str(written)
            allowed = say("allowed.cells_as_in", n=width, row=top)
            faults.append(Fault(grid.source, None, "", allowed, got, remedy, number))
        else:
            rows.append((number, cells + [""] * (width - len(cells))))
    beginning = tuple(
        (number, tuple(cell for cell in grid.rows[number] if isinstance(cell, str) and cell))
        for number in numbers[1 : _ROWS_LOOKED_AT + 1]
    )
    is_comma = grid.has_decimal_comma
    return Sheet(grid.source, tuple(header), tuple(rows), top, tuple(faults), is_comma, notes, beginning)


def _notes(grids: list[Grid]) -> tuple[str, ...]:
    notes = []
    others = [shown_text(grid.title) for grid in grids[1:] if grid.rows]
    if others:
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        read, left = shown_text(grids[0].title), ", ".join(others[:_MOST_NAMED])
        notes.append(f"{grids[0].source}: only the first sheet, {read}, is read, not {left}{more}.")
    if hidden := len(grids[0].hidden_rows):
        rows = "row that is hidden or filtered away is" if hidden == 1 else "rows that are hidden or filtered away are"
        notes.append(f"{grids[0].source}: {hidden} {rows} read too.")
    return tuple(notes)


def refuse_faulty(sheet: Sheet) -> None:
    """Refuse a table that has rows which cannot be used.

    Parameters
    ----------
    sheet : Sheet
        As it was read.

    Raises
    ------
    ScenarioError
        With all of them.
    """
    if sheet.faults:
        raise ScenarioError(sheet.faults)
