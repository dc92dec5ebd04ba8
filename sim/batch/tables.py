"""Tables of scenarios: CSV and Excel, one row a scenario, one column a path."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.cells import CellFault, value_of_cell, value_of_text
from sim.faults import one_fault, shown, shown_text
from sim.scenario import Fault, ScenarioError

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 400_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
ENDINGS = (".csv", ".xlsx")
_ERROR_WORDS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")


class TableRow(NamedTuple):
    """One row.

    Attributes
    ----------
    source : str
        File and row, for messages; rows are numbered as a spreadsheet does.
    number : int
        Of the row.
    values : dict of str to object
        By column, without empty cells.
    faults : tuple of Fault
        What is wrong with its cells.
    """

    source: str
    number: int
    values: dict[str, Any]
    faults: tuple[Fault, ...]


def read_table(path: Path) -> list[TableRow]:
    """Read a table of scenarios.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 (with commas, or with semicolons and decimal commas), or the first sheet of an Excel workbook.

    Returns
    -------
    list of TableRow
        Rows that are not empty.

    Raises
    ------
    ScenarioError
        If it cannot be read as a table at all.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            got, remedy = f"{path.stat().st_size} bytes", "Split it."
            raise one_fault(path.name, f"a table of at most {MOST_BYTES} bytes", got=got, remedy=remedy)
        lines = _csv_lines(path) if path.suffix.lower() == ".csv" else _workbook_lines(path)
        return _rows(lines, path.name)
    except OSError as error:
        got = error.strerror or "an error of the system"
        raise one_fault(path.name, "a file that can be read", got=got, remedy="Check the path.") from None


def _rows(lines: Iterator[list[Any]], source: str) -> list[TableRow]:
    header = _header(next(lines, []), source)
    rows: list[TableRow] = []
    for number, cells in enumerate(lines, start=2):
        if all(cell is None for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise one_fault(source, f"at most {MOST_ROWS} rows", got="more", remedy="Split the table.")
        rows.append(_row(header, cells, number, source))
    if not rows:
        raise one_fault(source, "a row for each scenario below the paths", got="none", remedy="Add rows.")
    return rows


def _header(cells: list[Any], source: str) -> list[str]:
    while cells and cells[-1] is None:
        cells.pop()
    names = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
    faults = []
    for number, name in enumerate(names, start=1):
        where, allowed = f"{source} row 1", "a path such as demand.need_per_year, scenario or name"
        if not name:
            faults.append(Fault(where, None, f"column {number}", allowed, shown(cells[number - 1]), "Name it."))
        elif name in names[: number - 1]:
            faults.append(Fault(where, None, shown_text(name), "each path once", "it again", "Delete a column."))
    if not names or len(names) > MOST_COLUMNS:
        allowed = f"a first row of paths, at most {MOST_COLUMNS}"
        faults.append(Fault(source, None, "", allowed, f"{len(names)}", "Put the paths in row 1."))
    if faults:
        raise ScenarioError(faults)
    return names


def _row(header: list[str], cells: list[Any], number: int, source: str) -> TableRow:
    where = f"{source} row {number}"
    values: dict[str, Any] = {}
    faults = []
    for name, value in zip(header, cells, strict=False):
        if isinstance(value, CellFault):
            faults.append(Fault(where, None, shown_text(name), value.allowed, shown_text(value.got), value.remedy))
        elif value is not None:
            values[name] = value
    if any(cell is not None for cell in cells[len(header) :]):
        remedy = "Put a path above it, or quotes around text with the separator in it."
        faults.append(Fault(where, None, "", f"{len(header)} cells, as in row 1", "more", remedy))
    return TableRow(where, number, values, tuple(faults))


def _csv_lines(path: Path) -> Iterator[list[Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "Save the table as CSV UTF-8."
        raise one_fault(path.name, "text in UTF-8", got="another encoding", remedy=remedy) from None
    first = text.partition("\n")[0]
    has_semicolons = ";" in first
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if has_semicolons else ",", strict=True)
    try:
        for cells in reader:
            yield [value_of_text(cell, has_decimal_comma=has_semicolons) for cell in cells]
    except csv.Error as error:
        remedy = "Check the quotation marks."
        raise one_fault(path.name, "a table", got=str(error), remedy=remedy, line=reader.line_num) from None


def csv_header(path: Path) -> tuple[str, ...]:
    """Read the first row of a CSV file as it is.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    tuple of str
        Its cells; empty if it cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline(MOST_BYTES)
    except (OSError, UnicodeError):
        return ()
    return tuple(cell.strip().strip('"') for cell in first.replace(";", ",").split(","))


def _workbook_lines(path: Path) -> Iterator[list[Any]]:
    """Rows of the first sheet: what formulas came to when the workbook was last saved."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only workbooks need it

    remedy = "Save it as an Excel workbook (.xlsx)."
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise one_fault(path.name, "a workbook of usual size", got="a huge one", remedy="Keep only the table.")
        found = load_workbook(path, read_only=True, data_only=True)
        written = load_workbook(path, read_only=True, data_only=False)
    except ScenarioError:
        raise
    except Exception:  # openpyxl raises whatever the broken part of a stranger's file leads to
        raise one_fault(path.name, "an Excel workbook", got="something else", remedy=remedy) from None
    try:
        sheets: Iterable[tuple[Any, Any]] = zip(found.worksheets[0].rows, written.worksheets[0].rows, strict=False)
        for values, formulas in sheets:
            yield [_cell(value.value, formula.value) for value, formula in zip(values, formulas, strict=False)]
    except (ValueError, KeyError, IndexError, SyntaxError, zipfile.BadZipFile):
        raise one_fault(path.name, "an Excel workbook with a sheet", got="something else", remedy=remedy) from None
    finally:
        found.close()
        written.close()


def _cell(value: object, written: object) -> Any:
    if value is None and isinstance(written, str) and written.startswith("="):
        remedy = "Save the workbook in Excel, so that it holds what the formula comes to, or write the value."
        return CellFault("a value", f"the formula {shown(written)}", remedy)
    if value in _ERROR_WORDS:
        return CellFault("a value", str(value), "Correct the formula.")
    return value_of_cell(value)
