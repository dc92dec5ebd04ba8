"""Dates as people and spreadsheets write them: year first, or day first as in Denmark; for every row alike.

And weeks of pregnancy, as they are written in a record: 22+3, 22,4 or 22.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from sim.faults import shown
from sim.texts import Sayable, say

from .cells import Cell, CellFault, unlike

_CLOCK = r"(?:[T ][\d:.]+)?\Z"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_CLOCK}", re.ASCII)
_DANISH = re.compile(rf"(\d{{1,2}})[-./](\d{{1,2}})[-./](\d{{4}}){_CLOCK}", re.ASCII)
_RUN_TOGETHER = re.compile(r"([12]\d{3})(\d{2})(\d{2})\Z", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?\Z", re.ASCII)
_HOW = say("remedy.write_a_date")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""1954 and 2119, as spreadsheets count days: numbers between are days whose cell has lost its format."""
SPREADSHEET_DAY_0 = dt.date(1899, 12, 30)
_WEEKS_AND_DAYS = re.compile(r"(\d{1,2})\s*\+\s*([0-6])\Z", re.ASCII)
_DECIMAL = re.compile(r"\d{1,2}([.,]\d+)?\Z", re.ASCII)
_DAYS_PER_WEEK = 7


def read_date(cell: Cell) -> dt.date | CellFault:
    """Read a cell that must be a date.

    Parameters
    ----------
    cell : Cell
        A date, or a text such as 2026-12-31, 31-12-2026, 31.12.2026 or 31/12/2026; a time of day is left out.

    Returns
    -------
    datetime.date or CellFault
        The date.
    """
    if isinstance(cell, CellFault):
        return cell
    if isinstance(cell, dt.date):
        return cell.date() if isinstance(cell, dt.datetime) else cell
    if isinstance(cell, str) and (parts := _parts(cell)):
        try:
            return dt.date(*parts)
        except ValueError:
            remedy = say("remedy.correct_the_day") if _ISO.match(cell) else say("remedy.write_the_day")
            return CellFault(say("allowed.a_date_that"), shown(cell), remedy)
    return CellFault(say("allowed.a_date"), say("got.nothing") if cell == "" else shown(cell), _remedy(cell))


def read_weeks(cell: Cell, *, remedy: Sayable) -> float | CellFault:
    """Read a cell that must be weeks of pregnancy.

    Parameters
    ----------
    cell : Cell
        A number, or a text; 22+3 is 22 weeks and 3 days, as many as lie between it and the day she is due.
    remedy : str
        What to do, for the fault.

    Returns
    -------
    float or CellFault
        Weeks; a whole number is given as it was written [weeks].
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        parts = _WEEKS_AND_DAYS.match(cell)
        if parts:
            return int(parts[1]) + int(parts[2]) / _DAYS_PER_WEEK
        if _DECIMAL.match(cell):
            return float(cell.replace(",", "."))
    return unlike(say("allowed.a_week_of"), cell, remedy)


def month_first(columns: Mapping[str, Iterable[tuple[int, Cell]]]) -> Iterator[tuple[int, str, CellFault]]:
    """Find the columns of a table whose dates can only be meant month first.

    Parameters
    ----------
    columns : mapping of str to iterable of (int, Cell)
        Row of each cell, and the cell, by the name of its column; columns of dates only.

    Yields
    ------
    row : int
        Of a cell that shows it.
    name : str
        Of the column.
    fault : CellFault
        What to do. Columns of one table are written alike, so none of them should be read.
    """
    shows = {name: [(row, parts) for row, cell in cells if (parts := _ends(cell))] for name, cells in columns.items()}
    n_day_first = sum(first > 12 >= second for found in shows.values() for _, (first, second, _) in found)
    n_month_first = sum(second > 12 >= first for found in shows.values() for _, (first, second, _) in found)
    if n_month_first <= n_day_first:
        return
    for name, found in shows.items():
        shown_by = next(((row, text) for row, (first, second, text) in found if second > 12 >= first), None)
        if shown_by:
            got, remedy = say("got.with_the_month", value=shown(shown_by[1])), say("remedy.write_the_whole_column")
            yield shown_by[0], name, CellFault(say("allowed.dates_with_the"), got, remedy)


def _parts(text: str) -> tuple[int, int, int] | None:
    iso, danish = _ISO.match(text), _DANISH.match(text)
    year, month, day = iso.groups() if iso else reversed(danish.groups()) if danish else (None,) * 3
    return None if year is None or month is None or day is None else (int(year), int(month), int(day))


def _ends(cell: Cell) -> tuple[int, int, str] | None:
    """First and second number of a date written with the year last."""
    found = _DANISH.match(cell) if isinstance(cell, str) else None
    return (int(found[1]), int(found[2]), found[0]) if found else None


def _remedy(cell: Cell) -> Sayable:
    """How to write this date, where that can be told."""
    text = "" if isinstance(cell, bool) else str(cell)
    together = _RUN_TOGETHER.match(text)
    if together:
        return say("remedy.write_as", example="-".join(together.groups()))
    serial = _SERIAL.match(text)
    if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        day = SPREADSHEET_DAY_0 + dt.timedelta(days=int(serial[1]))
        return say("remedy.if_it_made_a_number", day=day)
    return _HOW
