"""Cells of tables of scenarios: from what stands in a spreadsheet to a value of a scenario."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sim.faults import shown
from sim.scenario import ScenarioError
from sim.scenario.file.reading import read_values
from sim.tables import Cell, CellFault, Marks, number_in, read_date, text_of, whole_if_whole
from sim.texts import say

_WORDS = {"true": True, "false": False}
_DECIMAL_COMMA = re.compile(r"\d,\d")
_PLAIN_COMMA = re.compile(r", ")
_MADE_A_DATE = say("remedy.if_the_spreadsheet_made")


def value_of_cell(cell: Cell, marks: Marks = Marks(), *, is_date: bool = False) -> Any:  # noqa: B008 - immutable
    """Read a cell."""
    value = value_of_text(cell, marks) if isinstance(cell, str) else cell
    if is_date and isinstance(value, int | float) and not isinstance(value, bool):
        return read_date(cell)
    if isinstance(cell, str):
        return value
    if isinstance(cell, dt.datetime):
        return CellFault(say("allowed.a_date_without"), text_of(cell), say("remedy.format_the_cell"))
    if isinstance(cell, dt.date):
        return text_of(cell) if is_date else CellFault(say("allowed.a_value_that_is"), text_of(cell), _MADE_A_DATE)
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
        return CellFault(say("allowed.a_name"), say("got.the_date", day=text_of(cell)), _MADE_A_DATE)
    return text_of(cell)


def _bracketed(text: str, *, has_decimal_comma: bool) -> Any:
    if _DECIMAL_COMMA.search(text) and (has_decimal_comma or _PLAIN_COMMA.search(text)):
        remedy = say("remedy.write_the_decimal_point")
        return CellFault(say("allowed.a_point_within_brackets"), shown(text), remedy)
    try:
        values, _, faults = read_values(f"value: {text}", "cell")
    except ScenarioError as error:
        faults = error.faults
    if faults or not isinstance(values, Mapping):
        return CellFault(say("allowed.values_in_brackets"), shown(text), say("remedy.check_the_brackets"))
    return values["value"]
