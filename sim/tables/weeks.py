"""Weeks of pregnancy as they are written in a record: 22+3, 22,4 or 22."""

import re

from sim.texts import Sayable, say

from .cells import Cell, CellFault, unlike

_WEEKS_AND_DAYS = re.compile(r"(\d{1,2})\s*\+\s*([0-6])\Z", re.ASCII)
_DECIMAL = re.compile(r"\d{1,2}([.,]\d+)?\Z", re.ASCII)
_DAYS_PER_WEEK = 7


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
