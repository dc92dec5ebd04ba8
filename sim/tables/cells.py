"""What stands in a cell, whatever kind of file it came from."""

import datetime as dt
from typing import NamedTuple

from sim.faults import shown


class CellFault(NamedTuple):
    """What is wrong with a cell.

    Attributes
    ----------
    allowed, got, remedy : str
        As in every message.
    """

    allowed: str
    got: str
    remedy: str


Cell = str | bool | int | float | dt.date | CellFault
"""A text without spaces around it, empty where there is nothing; in a workbook also a number, a date, true or false."""


def text_of(cell: Cell) -> str:
    """Write a cell as text.

    Parameters
    ----------
    cell : Cell
        Any but a fault.

    Returns
    -------
    str
        A date as 2026-12-31, with the time of day if it has one; true and false as in a scenario.
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat(" ") if isinstance(cell, dt.datetime) else str(cell)


def unlike(allowed: str, cell: Cell, remedy: str) -> CellFault:
    """Say that a cell is not what it should be, and what a spreadsheet has made of it where it has.

    Parameters
    ----------
    allowed : str
        What must be true.
    cell : Cell
        What we got.
    remedy : str
        What to do.

    Returns
    -------
    CellFault
        The fault that is there already, if it is one.
    """
    if isinstance(cell, CellFault):
        return cell
    if isinstance(cell, dt.date):
        made = "The spreadsheet made a date of it: format the cell as text, and write it again."
        return CellFault(allowed, f"the date {text_of(cell)}", made)
    return CellFault(allowed, "nothing" if cell == "" else shown(cell), remedy)
