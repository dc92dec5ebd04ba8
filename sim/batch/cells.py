"""Cells of tables of scenarios: from what stands in a spreadsheet to a value of a scenario."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sim.faults import shown
from sim.scenario import ScenarioError
from sim.scenario.reading import read_values
from sim.tables import Cell, CellFault, Marks, number_in, read_date, text_of, whole_if_whole

_WORDS = {"true": True, "false": False}
_DECIMAL_COMMA = re.compile(r"\d,\d")
_PLAIN_COMMA = re.compile(r", ")
_MADE_A_DATE = "If the spreadsheet made a date of it, format the cell as text or as a number, and write it again."


def value_of_cell(cell: Cell, marks: Marks = Marks(), *, is_date: bool = False) -> Any:  # noqa: B008 - immutable
    """Read a cell."""
    value = value_of_text(cell, marks) if isinstance(cell, str) else cell
    if is_date and isinstance(value, int | float) and not isinstance(value, bool):
        return read_date(cell)
    if isinstance(cell, str):
        return value
    if isinstance(cell, dt.datetime):
        return CellFault("a date without a time of day", text_of(cell), "Format the cell as a date.")
    if isinstance(cell, dt.date):
        return text_of(cell) if is_date else CellFault("a value that is no date", text_of(cell), _MADE_A_DATE)
    return whole_if_whole(cell) if isinstance(cell, float) else cell


def value_of_text(text: str, marks: Marks = Marks()) -> Any:  # noqa: B008 - immutable
    """Read a cell of text."""
    if not text:
        return None
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    if text[0] in "[{":
        return _bracketed(text, has_decimal_comma=marks.comma)
    number = number_in(text, marks)
    return text if number is None else number


def text_of_name(cell: Cell) -> str | CellFault:
    """Read a cell that holds a name: as it is written, whatever it looks like."""
    if isinstance(cell, CellFault):
        return cell
    if isinstance(cell, dt.date):
        return CellFault("a name", f"the date {text_of(cell)}", _MADE_A_DATE)
    return text_of(cell)


def _bracketed(text: str, *, has_decimal_comma: bool) -> Any:
    if _DECIMAL_COMMA.search(text) and (has_decimal_comma or _PLAIN_COMMA.search(text)):
        remedy = "Write the decimal point as in 183.5; where the comma stands between two values, put a space after it."
        return CellFault("a decimal point within brackets", shown(text), remedy)
    try:
        values, _, faults = read_values(f"value: {text}", "cell")
    except ScenarioError as error:
        faults = error.faults
    if faults or not isinstance(values, Mapping):
        return CellFault("values in brackets, as in a scenario file", shown(text), "Check the brackets.")
    return values["value"]
