"""What stands in a cell, whatever kind of file it came from."""

import datetime as dt
from typing import NamedTuple

from sim.faults import shown
from sim.texts import Sayable, say


class CellFault(NamedTuple):
    """What is wrong with a cell.

    Attributes
    ----------
    allowed, got, remedy : str
        As in every message.
    """

    allowed: Sayable
    got: Sayable
    remedy: Sayable


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


def unlike(allowed: Sayable, cell: Cell, remedy: Sayable) -> CellFault:
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
        made = say("remedy.the_spreadsheet_made")
        return CellFault(allowed, say("got.the_date", day=text_of(cell)), made)
    return CellFault(allowed, say("got.nothing") if cell == "" else shown(cell), remedy)
