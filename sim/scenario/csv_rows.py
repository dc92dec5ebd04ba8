"""Rows of a CSV file with a line of column names, as a spreadsheet saves it in Denmark or elsewhere."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sim.faults import Fault, nearest, shown, shown_text
from sim.personal_numbers import PERSONAL_NUMBER, holds_personal_number

MOST_BYTES = 1_000_000


class CsvRow(NamedTuple):
    """One row.

    Attributes
    ----------
    line : int
        In the file, from 1.
    cells : dict of str to str
        By column, without empty cells.
    """

    line: int
    cells: dict[str, str]


def read_csv_rows(path: Path, columns: Mapping[str, str]) -> tuple[list[CsvRow], list[Fault]]:
    """Read the rows of a CSV file.

    Parameters
    ----------
    path : Path
        UTF-8, with or without a byte order mark; commas, or semicolons if there is one in the first line.
    columns : mapping of str to str
        Column by the names it may have, in lower case.

    Returns
    -------
    rows : list of CsvRow
        Those that are not empty; none if the file cannot be read.
    faults : list of Fault
        Everything that is wrong with the file. If there are personal numbers in it, only these.
    """
    name = shown_text(path.name)
    text, fault = _read_text(path)
    if fault:
        return [], [fault]
    lines, faults = _split(text, name)
    numbers = [
        Fault(name, line, f"column {column}", *PERSONAL_NUMBER)
        for line, cells in lines
        for column, cell in enumerate(cells, start=1)
        if holds_personal_number(cell)
    ]
    if numbers:
        return [], numbers
    if not lines:
        return [], [*faults, Fault(name, 1, "", "a line of column names, and rows", "nothing", "Add them.")]
    header, header_faults = _header(lines[0][1], columns, name)
    faults += header_faults
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            remedy = "Use ; between the columns if numbers are written with a decimal comma."
            faults.append(Fault(name, line, "", f"{len(header)} cells, as in line 1", str(len(cells)), remedy))
        else:
            rows.append(CsvRow(line, {word: cell for word, cell in zip(header, cells, strict=True) if cell}))
    return rows, faults


def _read_text(path: Path) -> tuple[str, Fault | None]:
    name = shown_text(path.name)

    def fault(allowed: str, got: str, remedy: str) -> tuple[str, Fault]:
        return "", Fault(name, None, "", allowed, got, remedy)

    try:
        if not path.is_file():
            return fault("a CSV file", "no such file", "Check the path.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        return fault("a file that can be read", error.strerror or "an error of the system", "Check the path.")
    if len(content) > MOST_BYTES:
        return fault("a file of at most 1 MB", "a larger one", "Keep only the columns asked for.")
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return fault("text in UTF-8", "another encoding", "Save it as 'CSV UTF-8' in the spreadsheet.")


def _split(text: str, name: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Lines that are not empty, each with its number, as far as they can be read."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        for written in reader:
            cells = [cell.strip() for cell in written]
            if any(cells):
                lines.append((reader.line_num, cells))
    except csv.Error:
        remedy = "Check its quotation marks."
        return lines, [Fault(name, reader.line_num, "", "rows of CSV", "something else", remedy)]
    return lines, []


def _header(cells: list[str], columns: Mapping[str, str], name: str) -> tuple[list[str], list[Fault]]:
    faults, header = [], []
    known = list(dict.fromkeys(columns.values()))
    for number, cell in enumerate(cells, start=1):
        word = columns.get(cell.casefold().replace(" ", "_"), "")
        where = f"column {number}"
        if not word:
            near = nearest(cell, columns)
            remedy = f"Did you mean {near}?" if near else "Remove the column, or name it."
            faults.append(Fault(name, 1, where, f"one of {', '.join(known)}", shown(cell), remedy))
        elif word in header:
            faults.append(Fault(name, 1, where, "each column once", f"{word} again", "Remove one of the two."))
        header.append(word)
    return header, faults
