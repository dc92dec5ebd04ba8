"""The cells of a workbook's sheet, element by element, as they are shown: a number may be seen as a date or a share."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.faults import shown
from sim.personal_numbers import holds_personal_number
from sim.texts import say

from .cells import Cell, CellFault
from .dates import SPREADSHEET_DAY_0
from .grids import Grid
from .numbers import whole_if_whole

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\Z")
_LONGEST_TEXT = 32_767
_MOST_MERGED = 10_000
_SPLIT = say("remedy.split_the_joined")
_SAVE = say("remedy.save_the_workbook")
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


class Strings:
    """Reads the texts that the cells of all sheets share."""

    def __init__(self, grid: Grid) -> None:
        self.found: list[str] = []
        self._grid = grid
        self._text = _Text()

    def start(self, tag: str, _words: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "si":
            if len(self.found) >= self._grid.limits.cells:
                raise self._grid.too_much(
                    say("allowed.at_most_cells", n=self._grid.limits.cells), say("remedy.keep_only_the_table")
                )
            self._text.clear()
        self._text.start(tag)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._text.end(tag)
        if tag == "si":
            self.found.append(self._text.whole())

    def text(self, text: str) -> None:
        """Take text."""
        self._text.add(text)


class SheetReader:
    """Reads a sheet into a grid."""

    def __init__(self, grid: Grid, strings: list[str], styles: Styles, *, n_cells: int) -> None:
        self.n_cells = n_cells
        self._grid, self._strings, self._styles = grid, strings, styles
        self._row, self._column, self._is_hidden = 0, 0, False
        self._words: dict[str, str] = {}
        self._value, self._formula, self._inline = _Text("v"), _Text("f"), _Text()
        self._merged: list[tuple[int, int, int, int]] = []

    def start(self, tag: str, words: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "c":
            self._begin_cell(words)
        elif tag == "row":
            self._count()
            self._row = int(words.get("r", self._row + 1))
            self._column, self._is_hidden = 0, words.get("hidden") in {"1", "true"}
        elif tag == "mergeCell":
            self._merge(words.get("ref", ""))
        else:
            for part in (self._value, self._formula, self._inline):
                part.start(tag)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "c":
            self._end_cell()
        else:
            for part in (self._value, self._formula, self._inline):
                part.end(tag)

    def text(self, text: str) -> None:
        """Take text."""
        for part in (self._value, self._formula, self._inline):
            part.add(text)

    def cover_merged(self) -> None:
        """Mark the cells that lie under another: what is seen in them is not in them."""
        width = max(map(len, self._grid.rows.values()), default=0)
        for left, top, right, bottom in self._merged:
            for row in [row for row in self._grid.rows if top <= row <= bottom]:
                for column in range(left, min(right, width) + 1):
                    if (row, column) != (top, left):
                        got = say("got.a_cell_joined", row=top, n=left)
                        self._grid.put(row, column, CellFault(say("allowed.a_value_in_each"), got, _SPLIT))

    def _begin_cell(self, words: dict[str, str]) -> None:
        self._count()
        found = _PLACE.match(words.get("r", ""))
        self._column = _column(found[1]) if found else self._column + 1
        self._row = int(found[2]) if found else self._row
        self._words = words
        for part in (self._value, self._formula, self._inline):
            part.clear()

    def _end_cell(self) -> None:
        cell = self._cell()
        if cell == "":
            return
        if isinstance(cell, CellFault) and holds_personal_number(self._formula.whole()):
            self._grid.personal.append((self._row, self._column))
        self._grid.put(self._row, self._column, cell)
        if self._is_hidden:
            self._grid.hidden_rows.add(self._row)

    def _cell(self) -> Cell:
        kind, written = self._words.get("t", "n"), self._value.whole()
        if kind == "inlineStr":
            return self._inline.whole()
        if not written:
            # An empty text is what a formula came to; no value at all is none that was ever reckoned.
            is_open = self._formula.is_there and not (kind == "str" and self._value.is_there)
            return (
                CellFault(
                    say("allowed.a_value"), say("got.the_formula", formula=shown("=" + self._formula.whole())), _SAVE
                )
                if is_open
                else ""
            )
        read = _READ.get(kind)
        if read is not None:
            return read(written)
        if kind == "s":
            return self._strings[int(written)]
        style = self._words.get("s", "0")
        return self._styles.value(written, int(style) if style.isdigit() else 0)

    def _count(self) -> None:
        self.n_cells += 1
        if self.n_cells > self._grid.limits.cells:
            raise self._grid.too_much(
                say("allowed.at_most_cells", n=self._grid.limits.cells), say("remedy.keep_only_the_table")
            )

    def _merge(self, area: str) -> None:
        found = _AREA.match(area)
        if len(self._merged) >= _MOST_MERGED:
            raise self._grid.too_much(say("allowed.at_most_joined", n=_MOST_MERGED), say("remedy.split_the_joined"))
        if found:
            self._merged.append((_column(found[1]), int(found[2]), _column(found[3]), int(found[4])))


class _Text:
    """Text of the elements of one name, without how Japanese words are said."""

    def __init__(self, tag: str = "t") -> None:
        self._tag = tag
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.is_there, self._is_open, self._is_said = False, False, False
        self._parts: list[str] = []

    def start(self, tag: str) -> None:
        """Take the beginning of an element."""
        if tag == self._tag:
            self.is_there, self._is_open = True, True
        elif tag == "rPh":
            self._is_said = True

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == self._tag:
            self._is_open = False
        elif tag == "rPh":
            self._is_said = False

    def add(self, text: str) -> None:
        """Take text."""
        if self._is_open and not self._is_said:
            self._parts.append(text)

    def whole(self) -> str:
        """All of it, as one cell may hold."""
        return unicodedata.normalize("NFC", "".join(self._parts).strip()[:_LONGEST_TEXT])


def _error(written: str) -> CellFault:
    return CellFault(say("allowed.a_value"), written, say("remedy.correct_the_formula"))


def _moment(written: str) -> dt.date:
    moment = dt.datetime.fromisoformat(written)
    return moment if moment.time() != dt.time() else moment.date()


_READ: Mapping[str, Callable[[str], Cell]] = {"str": str, "b": "1".__eq__, "e": _error, "d": _moment}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


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
