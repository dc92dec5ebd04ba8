"""Numbers as people and spreadsheets write them: with a decimal point or comma, and never with marks for thousands."""

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from sim.faults import name_character, shown
from sim.texts import Sayable, say

from .cells import Cell, CellFault, unlike

_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?\Z", re.ASCII)
_UNCLEAR = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}\Z", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}((\.\d{3})+(,\d+)?|(,\d{3})+(\.\d+)?)\Z", re.ASCII)
_DECIMALS = re.compile(r"[-+]?\d+([.,])\d+([eE][-+]?\d+)?\Z", re.ASCII)
_SHARE = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*(%|‰)\Z", re.ASCII)
_ODD = re.compile(r"[\s'’`´−‐‑‒–—]")
_LONGEST = 100
_LARGEST_EXACT = 2**53


class Marks(NamedTuple):
    """Which marks are known to stand before decimals, so that 1.000 or 1,000 is one.

    Attributes
    ----------
    point, comma : bool
        Whether it is.
    """

    point: bool = False
    comma: bool = False


def decimal_marks(cells: Iterable[Cell], *, has_decimal_comma: bool = False) -> Marks:
    """Find out from a column which marks stand before decimals in it.

    Parameters
    ----------
    cells : iterable of Cell
        Of one column.
    has_decimal_comma : bool
        Whether the table has semicolons between its columns, as where 0,5 is a half.

    Returns
    -------
    Marks
        What its other numbers show: 0.4 and 37.25 can only be read in one way, 37.251 in two.
    """
    found = {
        mark[1]
        for cell in cells
        if isinstance(cell, str) and (mark := _DECIMALS.match(cell)) and not _UNCLEAR.match(cell)
    }
    return Marks("." in found and not has_decimal_comma, has_decimal_comma or "," in found)


def number_in(text: str, marks: Marks = Marks()) -> int | float | CellFault | None:  # noqa: B008 - immutable
    """Read a text that may be a number.

    Parameters
    ----------
    text : str
        As it stands in a cell.
    marks : Marks
        What is known of the column.

    Returns
    -------
    int or float or CellFault or None
        None for what is no number; a fault for what an eye reads as one and which could be another.
    """
    if len(text) > _LONGEST:
        return None
    if _NUMBER.match(text):
        return _number(text, marks)
    share = _SHARE.match(text)
    if share:
        value = float(share[1].replace(",", ".")) / (100 if share[2] == "%" else 1000)
        return CellFault(say("allowed.a_number"), shown(text), say("remedy.write_value", value=value))
    if _THOUSANDS.match(text):
        return CellFault(say("allowed.a_number_without"), shown(text), say("remedy.write_1000_or"))
    return _odd_number(text)


def read_number(cell: Cell, marks: Marks = Marks(), *, allowed: Sayable, remedy: Sayable) -> int | float | CellFault:  # noqa: B008 - immutable
    """Read a cell that must be a number.

    Parameters
    ----------
    cell : Cell
        Not empty.
    marks : Marks
        What is known of the column.
    allowed : str
        What must be true, for the fault.
    remedy : str
        What to do, for the fault.

    Returns
    -------
    int or float or CellFault
        The number.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return whole_if_whole(float(cell)) if isinstance(cell, float) else cell
    found = number_in(cell, marks) if isinstance(cell, str) else None
    return unlike(allowed, cell, remedy) if found is None else found


def whole_if_whole(value: float) -> int | float | CellFault:
    """Write a whole number as one: spreadsheets know only decimal numbers.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    int or float or CellFault
        Equal to it; a fault if it is not finite.
    """
    if not math.isfinite(value):
        return CellFault(say("allowed.a_finite_number"), str(value), say("remedy.write_any_number"))
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value


def _number(text: str, marks: Marks) -> int | float | CellFault:
    unclear = _UNCLEAR.match(text)
    if unclear and not (marks.point if unclear[1] == "." else marks.comma):
        digits = text.replace(unclear[1], "")
        remedy = say("remedy.write_digits_or", value=digits, example=f"{text}0")
        return CellFault(say("allowed.a_number_without"), shown(text), remedy)
    return int(text) if text.lstrip("+-").isdigit() else whole_if_whole(float(text.replace(",", ".")))


def _odd_number(text: str) -> CellFault | None:
    odd = _ODD.findall(text)
    plain = _without_odd(text)
    if not odd or not any(shape.match(plain) for shape in (_NUMBER, _THOUSANDS, _SHARE)):
        return None
    names = list(dict.fromkeys(map(name_character, odd)))
    got = say("got.with_character", value=shown(_with_plain_spaces(text)), character=names)
    return CellFault(say("allowed.a_number"), got, say("remedy.write_the_number_with"))


def _with_plain_spaces(text: str) -> str:
    return "".join(" " if one.isspace() else one for one in text)


def _without_odd(text: str) -> str:
    return "".join("-" if one in "−‐‑‒–—" else "" if _ODD.match(one) else one for one in text)
