"""The user's own travel minutes: read a table of them and put them in place of the formula's.

Takes a CSV file, long (`municipality,site,minutes`) or wide (one column for each site id). Gives minutes by
municipality code and site id, and the matrix with these pairs replaced. Leaves every pair that is not in the
table to the formula.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.geography.known_words import nearest_hint
from sim.geography.places import load_municipalities, load_sites

MAX_TABLE_BYTES = 1_000_000
MAX_MINUTES = 1440.0
_SHOWN_FAULTS = 50
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_LONG_HEADER = ("municipality", "site", "minutes")
_HEADER_RULE = "the columns municipality,site,minutes, or municipality and one column for each site id"


class TableError(ValueError):
    """A table of minutes that cannot be used.

    Parameters
    ----------
    messages : tuple of str
        Every fault of the file, in the order of its lines.
    """

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        shown = messages[:_SHOWN_FAULTS]
        left = len(messages) - len(shown)
        super().__init__("\n".join((*shown, f"... and {left} more.") if left else shown))


class _Cell(NamedTuple):
    """One pair as written, with where it stands."""

    line: int
    municipality: str
    site: str
    minutes: str
    minutes_column: str


def read_minutes_table(path: str | Path) -> dict[str, dict[str, float]]:
    """Read the user's own travel minutes from a CSV file.

    Parameters
    ----------
    path : str or Path
        CSV file in UTF-8 of at most 1 MB; `,` or `;` between the columns, decimal point or comma. A
        municipality is its code (a lost leading zero is put back) or its name. An empty cell of a wide table
        leaves the pair to the formula.

    Returns
    -------
    dict
        Minutes one way by municipality code, then by site id, in the order of the file [minutes].

    Raises
    ------
    TableError
        If the file cannot be read or has faults; all of them are named at once.
    """
    path = Path(path)
    cells, faults = _read_cells(_read_text(path), path.name)
    most = len(load_municipalities().code) * len(load_sites())
    if len(cells) > most:
        raise TableError((f"{path.name}: at most {most} pairs; got {len(cells)}. Give each pair once.",))
    codes = _codes_by_spelling()
    sites = {site.id.casefold(): site.id for site in load_sites()}
    minutes: dict[str, dict[str, float]] = {}
    first_line: dict[tuple[str, str], int] = {}
    for cell in cells:
        where = f"{path.name} line {cell.line}"
        code, site = codes.get(_code_spelling(cell.municipality)), sites.get(cell.site.casefold())
        found = _cell_faults(cell, where, is_known_municipality=code is not None, is_known_site=site is not None)
        if code and site and (code, site) in first_line:
            found.append(
                f"{where}: each pair of municipality and site once; got {code} and {site} again, "
                f"first on line {first_line[code, site]}. Remove one of the two."
            )
        faults += [(cell.line, fault) for fault in found]
        if code and site:
            first_line.setdefault((code, site), cell.line)
        if code and site and not found:
            minutes.setdefault(code, {})[site] = float(cell.minutes.replace(",", "."))
    if faults:
        raise TableError(tuple(fault for _, fault in sorted(faults, key=lambda item: item[0])))
    if not minutes:
        raise TableError(
            (f"{path.name}: at least one pair with minutes; got none. Fill in a row or leave the file out.",)
        )
    return minutes


def with_own_minutes(
    minutes: npt.NDArray[np.float64], own: Mapping[str, Mapping[str, float]]
) -> npt.NDArray[np.float64]:
    """Put the user's own minutes in place of the formula's.

    Parameters
    ----------
    minutes : ndarray of shape (98, n_sites)
        Minutes by the formula, as from `travel_minutes`; not changed [minutes].
    own : mapping
        Minutes by municipality code, then by site id, as from `read_minutes_table` [minutes].

    Returns
    -------
    ndarray of shape (98, n_sites)
        A new array with the pairs of `own` replaced; read-only [minutes].

    Raises
    ------
    TableError
        If a municipality, a site or a number is not one that a table may hold; all of them are named at once.
    """
    row_of = {code: row for row, code in enumerate(load_municipalities().code)}
    column_of = {site.id: column for column, site in enumerate(load_sites())}
    replaced = minutes.copy()
    faults: list[str] = []
    for code, by_site in own.items():
        for site, value in by_site.items():
            where = f"own minutes, {code} to {site}"
            if code not in row_of:
                faults.append(f"{where}: the code of a municipality; got {code!r}. {nearest_hint(code, row_of)}")
            elif site not in column_of:
                faults.append(f"{where}: a site id; got {site!r}. {nearest_hint(site, column_of)}")
            elif not 0.0 <= value <= MAX_MINUTES:
                faults.append(_minutes_fault(where, repr(value)))
            else:
                replaced[row_of[code], column_of[site]] = value
    if faults:
        raise TableError(tuple(faults))
    replaced.flags.writeable = False
    return replaced


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise TableError((f"{path.name}: a CSV file that exists; got no file at {path}. Check its name and folder.",))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TABLE_BYTES + 1)
    except OSError as error:
        raise TableError(
            (f"{path.name}: a file that may be read; got {error.strerror}. Check its permissions.",)
        ) from error
    if len(content) > MAX_TABLE_BYTES:
        raise TableError((f"{path.name}: at most 1 MB; got more. Keep only the columns asked for.",))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            (
                f"{path.name}: text in UTF-8; got byte 0x{content[error.start]:02x} "
                f"at position {error.start}. Save it as 'CSV UTF-8' in the spreadsheet.",
            )
        ) from error


def _read_cells(text: str, name: str) -> tuple[list[_Cell], list[tuple[int, str]]]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    faults: list[tuple[int, str]] = []
    cells: list[_Cell] = []
    try:
        header = [column.strip() for column in next(reader, [])]
        _check_header(header, name)
        for written in reader:
            row = [cell.strip() for cell in written]
            if not any(row):
                continue
            if len(row) != len(header):
                faults.append((reader.line_num, _row_fault(f"{name} line {reader.line_num}", len(row), len(header))))
                continue
            cells += _row_cells(header, row, reader.line_num)
    except csv.Error as error:
        faults.append(
            (
                reader.line_num,
                f"{name} line {reader.line_num}: rows of CSV; got {error}. Check its quotation marks.",
            )
        )
    return cells, faults


def _check_header(header: list[str], name: str) -> None:
    words = [word.casefold() for word in header]
    where = f"{name} line 1"
    if sorted(words) == sorted(_LONG_HEADER):
        return
    if len(words) < 2 or words[0] != "municipality" or set(words) & {"site", "minutes"}:
        got = _quoted(",".join(header)) if any(words) else "nothing"
        raise TableError((f"{where}: {_HEADER_RULE}; got {got}. Write the column names first.",))
    ids = [site.id for site in load_sites()]
    known = {site.casefold() for site in ids}
    faults = [
        f"{where}, column {number}: a site id; got {_quoted(word)}. {nearest_hint(word, ids)}"
        for number, word in enumerate(header[1:], start=2)
        if word.casefold() not in known
    ]
    faults += [
        f"{where}, column {number}: each site once; got {_quoted(header[number - 1])} again. Remove one."
        for number, word in enumerate(words[1:], start=2)
        if word in known and word in words[1 : number - 1]
    ]
    if faults:
        raise TableError(tuple(faults))


def _row_cells(header: list[str], row: list[str], line: int) -> Iterator[_Cell]:
    by_column = {column.casefold(): cell for column, cell in zip(header, row, strict=True)}
    if "site" in by_column:
        yield _Cell(line, by_column["municipality"], by_column["site"], by_column["minutes"], "minutes")
        return
    for site, cell in zip(header[1:], row[1:], strict=True):
        if cell:
            yield _Cell(line, row[0], site, cell, site)


def _cell_faults(cell: _Cell, where: str, *, is_known_municipality: bool, is_known_site: bool) -> list[str]:
    faults = []
    if not is_known_municipality:
        hint = nearest_hint(cell.municipality, load_municipalities().name)
        got = _quoted(cell.municipality)
        faults.append(f"{where}, municipality: a code of four digits or a name; got {got}. {hint}")
    if not is_known_site:
        hint = nearest_hint(cell.site, [site.id for site in load_sites()])
        faults.append(f"{where}, site: a site id; got {_quoted(cell.site)}. {hint}")
    is_number = _NUMBER.fullmatch(cell.minutes) is not None
    if not is_number or float(cell.minutes.replace(",", ".")) > MAX_MINUTES:
        faults.append(_minutes_fault(f"{where}, {cell.minutes_column}", _quoted(cell.minutes)))
    return faults


def _minutes_fault(where: str, got: str) -> str:
    return f"{where}: a number from 0 to {MAX_MINUTES:g}; got {got}. Write travel one way in minutes."


def _row_fault(where: str, got: int, expected: int) -> str:
    return (
        f"{where}: {expected} cells, as in the first line; got {got}. "
        "Use ; between the columns if numbers are written with a decimal comma."
    )


def _codes_by_spelling() -> dict[str, str]:
    municipalities = load_municipalities()
    by_name = {name.casefold(): code for name, code in zip(municipalities.name, municipalities.code, strict=True)}
    return by_name | {code: code for code in municipalities.code}


def _code_spelling(written: str) -> str:
    return written.zfill(4) if written.isascii() and written.isdigit() else written.casefold()


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
