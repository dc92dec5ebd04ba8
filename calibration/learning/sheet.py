"""A file of rows and columns as text: CSV as programs and spreadsheets write it, or an Excel workbook.

Takes a path. Gives the cells as texts, dates as 2026-12-31, without empty rows and columns at the end. Refuses the
whole file if anything in it looks like a personal number. Leaves out what the cells mean.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.faults import one_fault
from sim.personal_numbers import holds_personal_number, names_personal_numbers
from sim.scenario import Fault, ScenarioError

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_MOST_PLACES = 20
_DELIMITERS = ";,\t"
_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")

Row = tuple[int, list[str]]


class Sheet(NamedTuple):
    """A table as text.

    Attributes
    ----------
    source : str
        File name, for messages.
    header : tuple of str
        Names of the columns, as they were written.
    rows : tuple of (int, list of str)
        Number of each row as a spreadsheet counts, and its cells, as many as the header has. Empty rows are left out.
    """

    source: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """Read the rows of a CSV file or of the first sheet of an Excel workbook.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, UTF-16 or Windows-1252 with commas, semicolons or tabs; or ``.xlsx``.

    Returns
    -------
    Sheet
        At least one row.

    Raises
    ------
    ScenarioError
        If it cannot be read, is empty, or holds anything shaped like a personal number.
    """
    if holds_personal_number(path.name):
        raise _refused([("the file's name", "")])
    _check_file(path)
    try:
        sheets = list(_workbook(path)) if path.suffix.lower() == ".xlsx" else [("", _csv_rows(path))]
    except OSError as error:
        raise _unreadable(path, error) from None
    _refuse_personal_numbers(sheets)
    return _tidy(sheets[0][1], path.name)


def _check_file(path: Path) -> None:
    if path.suffix.lower() not in _ENDINGS:
        remedy = "Save it as CSV or as an Excel workbook (.xlsx)."
        raise one_fault(path.name, f"a file ending in {', '.join(_ENDINGS)}", got=path.suffix or "none", remedy=remedy)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from None
    if size > MOST_BYTES:
        raise one_fault(path.name, f"a file of at most {MOST_BYTES} bytes", got=f"{size} bytes", remedy="Split it.")


def _unreadable(path: Path, error: OSError) -> ScenarioError:
    got = error.strerror or "an error of the system"
    return one_fault(path.name, "a file that can be read", got=got, remedy="Check the path and your rights to it.")


def _csv_rows(path: Path) -> list[Row]:
    text = _decoded(path.read_bytes())
    first, _, rest = text.partition("\n")
    offset = 1
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiter, text, offset = first.strip()[-1], rest, 2
    else:
        lines = [line for line in text.splitlines() if line.strip()][:1]
        delimiter = max(_DELIMITERS, key=lines[0].count) if lines else ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(number, cells) for number, cells in enumerate(reader, start=offset)]
    except csv.Error:
        if holds_personal_number(text):
            raise _refused([("somewhere", "")]) from None
        remedy = "Check the quotation marks."
        raise one_fault(path.name, "a table", got="a row that does not end", remedy=remedy) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _workbook(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Rows of every sheet: only the first is used, but none may hold a personal number."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only workbooks need it

    remedy = "Save it as an Excel workbook (.xlsx)."
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MOST_UNPACKED_BYTES:
            raise one_fault(path.name, "a workbook of usual size", got="a huge one", remedy="Keep only the table.")
        book = load_workbook(path, read_only=True, data_only=True)
    except (ScenarioError, OSError):
        raise
    except Exception:  # openpyxl raises whatever the broken part of a stranger's file leads to
        raise one_fault(path.name, "an Excel workbook", got="something else", remedy=remedy) from None
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            yield sheet.title, [(number, [_cell_text(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
    except (ValueError, KeyError, IndexError, SyntaxError, zipfile.BadZipFile):
        raise one_fault(path.name, "an Excel workbook", got="a broken one", remedy=remedy) from None
    finally:
        book.close()


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[: len("2026-12-31")]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _refuse_personal_numbers(sheets: list[tuple[str, list[Row]]]) -> None:
    places = []
    for number, (title, rows) in enumerate(sheets, start=1):
        sheet = f"sheet {number}, " if len(sheets) > 1 else ""
        if holds_personal_number(title):
            places.append((f"the name of sheet {number}", ""))
        places += [
            (f"{sheet}row {row}", f"column {column}")
            for row, cells in rows
            for column, cell in enumerate(cells, start=1)
            if len(cell) >= len("101701234") and holds_personal_number(cell)
        ]
    header = next((row for row in sheets[0][1] if any(cell.strip() for cell in row[1])), (1, []))
    places += [
        (f"row {header[0]}", f"column {i}") for i, name in enumerate(header[1], 1) if names_personal_numbers(name)
    ]
    if places:
        raise _refused(places)


def _refused(places: list[tuple[str, str]]) -> ScenarioError:
    """The error for a file with personal numbers: where they are, and never what they are."""
    allowed, got = "no personal numbers, nor anything that looks like one", "something of that shape"
    remedy = "Nothing of the file was read. Put pseudonyms in place of personal numbers, everywhere in the file."
    faults = [Fault(row, None, column, allowed, got, remedy) for row, column in dict.fromkeys(places)]
    left = len(faults) - _MOST_PLACES
    more = [Fault("further cells", None, "", allowed, f"{left} more of that shape", remedy)] if left > 0 else []
    return ScenarioError([*faults[:_MOST_PLACES], *more])


def _tidy(rows: list[Row], source: str) -> Sheet:
    filled = [(number, [cell.strip() for cell in cells]) for number, cells in rows]
    filled = [(number, cells) for number, cells in filled if any(cells)]
    header = filled[0][1] if filled else []
    while header and not header[-1]:
        header = header[:-1]
    if len(filled) < 2:
        raise one_fault(
            source, "a row for each referral below the names of the columns", got="none", remedy="Add rows."
        )
    if len(filled) - 1 > MOST_ROWS or len(header) > MOST_COLUMNS:
        allowed = f"at most {MOST_ROWS} rows and {MOST_COLUMNS} columns"
        got = f"{len(filled) - 1} rows and {len(header)} columns"
        raise one_fault(source, allowed, got=got, remedy="Keep only the table of referrals.")
    width = len(header)
    return Sheet(source, tuple(header), tuple((n, (cells + [""] * width)[:width]) for n, cells in filled[1:]))
