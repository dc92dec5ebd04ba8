"""CSV as programs and spreadsheets write it, here or elsewhere."""

import csv
import re
import unicodedata
from collections.abc import Iterator

from sim.faults import Fault, ScenarioError, one_fault
from sim.personal_numbers import holds_personal_number
from sim.texts import say

from .cells import CellFault
from .grids import ERROR_WORDS, Grid, Limits

_DELIMITERS = ";,\t"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*\r?(?:\n|\Z)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LOOKED_AT = 20_000
_MOST_ON_A_LINE = 50


def csv_grid(content: bytes, source: str, limits: Limits) -> Grid:
    """Read a file of CSV."""
    text = unicodedata.normalize("NFC", _decoded(content, source))
    grid = Grid(source, limits)
    grid.is_ragged = True
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text)
    grid.has_decimal_comma = delimiter == ";"
    number = 0
    try:
        reader = csv.reader(_lines(text, grid, delimiter), delimiter=delimiter, strict=True)
        n_cells = 0
        for number, cells in enumerate(reader, start=1):
            n_cells += len(cells)
            if n_cells > limits.cells:
                raise grid.too_much(say("allowed.at_most_cells", n=limits.cells), say("remedy.split_the_table"))
            _put_row(grid, number, cells)
    except csv.Error:
        if not grid.personal and not holds_personal_number(text):
            allowed, got, remedy = say("allowed.a_table"), say("got.a_row_that"), say("remedy.check_the_quotation")
            raise ScenarioError([Fault(source, None, "", allowed, got, remedy, number + 1)]) from None
        grid.personal.append((number + 1, 0))
    return grid


def _put_row(grid: Grid, number: int, cells: list[str]) -> None:
    for column, written in enumerate(cells, start=1):
        cell = written.strip()
        if cell:
            is_error = cell[0] == "#" and cell.upper() in ERROR_WORDS
            grid.put(
                number,
                column,
                CellFault(say("allowed.a_value"), cell, say("remedy.correct_the_formula")) if is_error else cell,
            )
    if number in grid.rows:
        grid.widths[number] = len(cells)


def _lines(text: str, grid: Grid, delimiter: str) -> Iterator[str]:
    most = grid.limits.columns * _MOST_ON_A_LINE
    for found in _LINE.finditer(text):
        line = found[0]
        if line.count(delimiter) > most:
            raise grid.too_much(say("allowed.at_most_columns", n=grid.limits.columns), say("remedy.delete_the_others"))
        yield line


def _delimiter(text: str) -> str:
    """The mark that stands most often between the cells of the first row."""
    lines = _QUOTED.sub("", text[:_LOOKED_AT]).splitlines()
    first = next((line for line in lines if line.strip()), "")
    return max(_DELIMITERS, key=first.count) if any(mark in first for mark in _DELIMITERS) else ","


def _decoded(content: bytes, source: str) -> str:
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise _no_text(source) from None
    if "\0" in text:
        raise _no_text(source)
    return text


def _no_text(source: str) -> ScenarioError:
    return one_fault(
        source, say("allowed.text_in_utf"), got=say("got.another_encoding"), remedy=say("remedy.save_the_table")
    )
