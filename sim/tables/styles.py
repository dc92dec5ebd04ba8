"""How the cells of a workbook are shown: what is stored as a number may be seen as a date or a share in per cent."""

import datetime as dt
import re
from typing import NamedTuple

from sim.faults import shown
from sim.texts import say

from .cells import Cell, CellFault
from .dates import SPREADSHEET_DAY_0
from .numbers import whole_if_whole

NUMBER, DATE, PERCENT_SIGN = "number", "date", "percent sign"
_DATE_CODES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_WRITTEN_OUT = re.compile(r'"[^"]*"|\\.')
_COLOURS_AND_PLACES = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_DAY_1_OF_1904 = dt.date(1904, 1, 1)
_LAST_DAY = 2_958_465
_SECONDS = 86_400


class Styles(NamedTuple):
    """How cells are shown."""

    kinds: list[str]  # ``number``, ``date`` or ``percent sign`` by the number of a style
    is_from_1904: bool  # whether days are counted from 1904

    def value(self, written: str, style: int) -> Cell:
        """Read a number as it is shown."""
        kind = self.kinds[style] if 0 <= style < len(self.kinds) else NUMBER
        value = float(written)
        if kind == DATE:
            return _date_of(value, is_from_1904=self.is_from_1904)
        if kind == PERCENT_SIGN:
            remedy = say("remedy.write_value_or_format", value=value / 100)
            return CellFault(
                say("allowed.a_number"), say("got.shown_with_a", value=shown(whole_if_whole(value))), remedy
            )
        return whole_if_whole(value)


class StyleReader:
    """Reads the part of a workbook in which styles stand."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._formats: dict[str, str] = {}
        self._is_in_cells = False

    def start(self, tag: str, words: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "numFmt":
            self._formats[words.get("numFmtId", "")] = words.get("formatCode", "")
        elif tag == "cellXfs":
            self._is_in_cells = True
        elif tag == "xf" and self._is_in_cells:
            self.kinds.append(_kind(words.get("numFmtId", "0"), self._formats))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "cellXfs":
            self._is_in_cells = False

    def text(self, _text: str) -> None:
        """Leave out text: there is none that matters."""


def _kind(number: str, formats: dict[str, str]) -> str:
    if number not in formats:
        return DATE if number.isdigit() and int(number) in _DATE_CODES else NUMBER
    code = formats[number].partition(";")[0]
    if any(sign in one for one in _WRITTEN_OUT.findall(code) for sign in "%‰"):
        return PERCENT_SIGN
    plain = _COLOURS_AND_PLACES.sub("", _WRITTEN_OUT.sub("", code)).lower()
    return DATE if any(letter in plain for letter in "dmyhs") and "general" not in plain else NUMBER


def _date_of(value: float, *, is_from_1904: bool) -> Cell:
    if 0 <= value < 1:
        return CellFault(say("allowed.a_number_text"), say("got.a_time_of"), say("remedy.format_the_cell_as"))
    if not 0 < value < _LAST_DAY + 1:
        return CellFault(say("allowed.a_date_that"), shown(whole_if_whole(value)), say("remedy.format_the_cell_as"))
    # Spreadsheets have a 29 February 1900, as the first of them had.
    day_0 = _DAY_1_OF_1904 if is_from_1904 else SPREADSHEET_DAY_0 + dt.timedelta(days=value < 60)
    days, seconds = divmod(round(value * _SECONDS), _SECONDS)
    day = day_0 + dt.timedelta(days=days)
    return day if not seconds else dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)
