"""Cells of tables: from what stands in a spreadsheet to a value of a scenario."""

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.scenario import ScenarioError
from sim.scenario.reading import read_values

_COMMA_NUMBER = re.compile(r"[-+]?\d+,\d+\Z", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}((\.\d{3})+(,\d+)?|(,\d{3})+\.\d+|(,\d{3}){2,})\Z", re.ASCII)
_PLAIN_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+\Z", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\Z", re.ASCII)
_WORDS = {"true": True, "false": False}
_LARGEST_EXACT = 2**53


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


def value_of_text(text: str, *, has_decimal_comma: bool) -> Any:
    """Read a cell of text.

    Parameters
    ----------
    text : str
        What stands in it.
    has_decimal_comma : bool
        Whether the table writes 0,5 for a half.

    Returns
    -------
    object
        None for an empty cell; a number, true or false; values in brackets, as in a scenario file; else the text. A
        `CellFault` if it cannot be told which number is meant.
    """
    plain = text.strip()
    if not plain:
        return None
    if plain.casefold() in _WORDS:
        return _WORDS[plain.casefold()]
    if has_decimal_comma and (_THOUSANDS.match(plain) or _PLAIN_THOUSANDS.match(plain)):
        return CellFault("a number without marks for thousands", repr(plain), "Write 1000 or 0,5.")
    if has_decimal_comma and _COMMA_NUMBER.match(plain):
        plain = plain.replace(",", ".")
    if _NUMBER.match(plain) and len(plain) <= 100:
        return number_of(float(plain)) if not plain.lstrip("+-").isdigit() else int(plain)
    if plain[0] in "[{":
        return _bracketed(plain)
    return plain


def value_of_cell(value: object) -> Any:
    """Read a cell of a workbook.

    Parameters
    ----------
    value : object
        As openpyxl gives it.

    Returns
    -------
    object
        As from `value_of_text`; a date as its text.
    """
    if isinstance(value, str):
        return value_of_text(value, has_decimal_comma=False)
    if isinstance(value, float):
        return number_of(value)
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return CellFault("a date without a time of day", value.isoformat(" "), "Format the cell as a date.")
    if isinstance(value, datetime.date):
        return value.isoformat()[: len("2027-01-01")]
    if isinstance(value, datetime.time | datetime.timedelta):
        return CellFault("a number, text, date, true or false", "a time of day", "Format the cell as a number.")
    return value


def number_of(value: float) -> int | float | CellFault:
    """Write a whole number as one: spreadsheets know only decimal numbers.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    int or float
        Equal to it; a fault if it is not finite.
    """
    if not math.isfinite(value):
        return CellFault("a finite number", str(value), "Write a number.")
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value


def _bracketed(text: str) -> Any:
    try:
        values, _, faults = read_values(f"value: {text}", "cell")
    except ScenarioError as error:
        faults = error.faults
    if faults or not isinstance(values, Mapping):
        return CellFault("values in brackets, as in a scenario file", repr(text)[:60], "Check the brackets.")
    return values["value"]
