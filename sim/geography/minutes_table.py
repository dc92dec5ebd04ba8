"""The user's own travel minutes: read a table of them and put them in place of the formula's.

Takes a CSV file or an Excel workbook, long (`municipality,site,minutes`) or wide (one column for each site id). Gives
minutes by municipality code and site id, and the matrix with these pairs replaced. Leaves every pair that is not in the
table to the formula.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.faults import Fault, ScenarioError, one_fault, shown
from sim.geography.known_words import nearest_hint
from sim.geography.places import load_municipalities, load_sites
from sim.geography.spelling import find_municipality, find_site, nearest_municipality, nearest_site
from sim.tables import (
    Cell,
    CellFault,
    Limits,
    Marks,
    Sheet,
    bare_heading,
    decimal_marks,
    plain_word,
    read_number,
    read_sheet,
    refuse_title,
    text_of,
)

MAX_MINUTES = 1440.0
LIMITS = Limits(size_bytes=1_000_000, rows=2_000, columns=40, cells=80_000, unpacked_bytes=20_000_000)
COLUMNS: Mapping[str, str] = {
    **{word: word for word in ("municipality", "site", "minutes")},
    **{"kommune": "municipality", "sted": "site", "minutter": "minutes", "rejsetid": "minutes"},
}
"""Columns of a long table by the names they may have, English or Danish."""
_HEADER_RULE = "the columns municipality,site,minutes, or municipality and one column for each site id"
_MINUTES_REMEDY = "Write travel one way in minutes."


class _Pair(NamedTuple):
    """One pair as written, with where it stands."""

    row: int
    municipality: Cell
    site: Cell
    minutes: Cell
    minutes_column: str
    marks: Marks


def read_minutes_table(path: str | Path) -> dict[str, dict[str, float]]:
    """Read the user's own travel minutes.

    Parameters
    ----------
    path : str or Path
        CSV or Excel of at most 1 MB. A municipality is its code (a lost leading zero is put back) or its name. An empty
        cell of a wide table leaves the pair to the formula.

    Returns
    -------
    dict
        Minutes one way by municipality code, then by site id, in the order of the file [minutes].

    Raises
    ------
    ScenarioError
        If the file cannot be read or has faults; all of them are named at once.
    """
    path = Path(path)
    sheet = read_sheet(path, LIMITS, kind="a table of travel minutes")
    pairs = list(_pairs(sheet))
    most = len(load_municipalities().code) * len(load_sites())
    if len(pairs) > most:
        raise one_fault(sheet.source, f"at most {most} pairs", got=str(len(pairs)), remedy="Give each pair once.")
    minutes: dict[str, dict[str, float]] = {}
    first: dict[tuple[str, str], int] = {}
    faults = [(_row_of(fault), fault) for fault in sheet.faults]
    for pair in pairs:
        code, site, value, found = _read(pair, sheet.where(pair.row))
        if code and site and (code, site) in first:
            got = f"{code} and {site} again, first in row {first[code, site]}"
            allowed = "each pair of municipality and site once"
            found.append(Fault(sheet.where(pair.row), None, "", allowed, got, "Remove one of the two."))
        if code and site:
            first.setdefault((code, site), pair.row)
            if not found:
                minutes.setdefault(code, {})[site] = value
        faults += [(pair.row, fault) for fault in found]
    if faults:
        raise ScenarioError(fault for _, fault in sorted(faults, key=lambda item: item[0]))
    if not minutes:
        remedy = "Fill in a row or leave the file out."
        raise one_fault(sheet.source, "at least one pair with minutes", got="none", remedy=remedy)
    return minutes


def is_minutes_header(header: tuple[str, ...]) -> bool:
    """Tell a table of travel minutes from other tables.

    Parameters
    ----------
    header : tuple of str
        Names of its columns.

    Returns
    -------
    bool
        Whether it is long or wide, as `read_minutes_table` reads it.
    """
    words = _words(header)
    return sorted(words) == ["minutes", "municipality", "site"] or (
        words[:1] == ["municipality"] and len(words) > 1 and all(_is_site(word) for word in words[1:])
    )


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
    ScenarioError
        If a municipality, a site or a number is not one that a table may hold; all of them are named at once.
    """
    row_of = {code: row for row, code in enumerate(load_municipalities().code)}
    column_of = {site.id: column for column, site in enumerate(load_sites())}
    replaced = minutes.copy()
    faults: list[Fault] = []
    for code, by_site in own.items():
        for site, value in by_site.items():
            where = f"own minutes, {code} to {site}"
            if code not in row_of:
                remedy = nearest_hint(code, row_of)
                faults.append(Fault(where, None, "", "the code of a municipality", shown(code), remedy))
            elif site not in column_of:
                faults.append(Fault(where, None, "", "a site id", shown(site), nearest_hint(site, column_of)))
            elif not 0.0 <= value <= MAX_MINUTES:
                faults.append(Fault(where, None, "", *_no_minutes(value)))
            else:
                replaced[row_of[code], column_of[site]] = value
    if faults:
        raise ScenarioError(faults)
    replaced.flags.writeable = False
    return replaced


def _pairs(sheet: Sheet) -> Iterator[_Pair]:
    """The pairs of a long or a wide table."""
    refuse_title(sheet, lambda text: plain_word(bare_heading(text)) in COLUMNS or _is_site(text))
    words = _words(sheet.header)
    marks = [decimal_marks(cells, has_decimal_comma=sheet.has_decimal_comma) for cells in _columns(sheet)]
    if sorted(words) == ["minutes", "municipality", "site"]:
        home, place, value = (words.index(name) for name in ("municipality", "site", "minutes"))
        for number, cells in sheet.rows:
            yield _Pair(number, cells[home], cells[place], cells[value], "minutes", marks[value])
        return
    _check_wide(sheet, words)
    for number, cells in sheet.rows:
        for column in range(1, len(words)):
            if cells[column] != "":
                site = sheet.header[column]
                yield _Pair(number, cells[0], bare_heading(site), cells[column], site, marks[column])


def _columns(sheet: Sheet) -> Iterator[list[Cell]]:
    for place in range(len(sheet.header)):
        yield [cell for _, cell in sheet.column(place)]


def _words(header: tuple[str, ...]) -> list[str]:
    plain = [plain_word(bare_heading(word)) for word in header]
    return [COLUMNS.get(word, word) for word in plain]


def _is_site(word: str) -> bool:
    return find_site(bare_heading(word)) is not None


def _check_wide(sheet: Sheet, words: list[str]) -> None:
    where = sheet.where(sheet.header_row)
    if words[:1] != ["municipality"] or len(words) < 2 or set(words) & {"site", "minutes"}:
        got = shown(",".join(sheet.header)) if any(words) else "nothing"
        raise ScenarioError([Fault(where, None, "", _HEADER_RULE, got, "Write the column names first.")])
    faults = []
    seen: set[int] = set()
    for number, word in enumerate(sheet.header[1:], start=2):
        site = find_site(bare_heading(word))
        if site is None:
            faults.append(Fault(where, None, f"column {number}", "a site id", shown(word), _site_remedy(word)))
        elif site in seen:
            faults.append(
                Fault(where, None, f"column {number}", "each site once", f"{shown(word)} again", "Remove one.")
            )
        else:
            seen.add(site)
    if faults:
        raise ScenarioError(faults)


def _read(pair: _Pair, where: str) -> tuple[str, str, float, list[Fault]]:
    """Code, site and minutes of a pair, with what is wrong with it."""
    faults: list[Fault] = []
    home, place = text_of(pair.municipality), text_of(pair.site)
    row, column = find_municipality(home), find_site(place)
    if row is None:
        near = nearest_municipality(home)
        remedy = f"Did you mean {near}?" if near else "Write one of those that are known."
        allowed = "a code of four digits or a name"
        faults.append(_fault(where, "municipality", pair.municipality, allowed, remedy))
    if column is None:
        faults.append(_fault(where, "site", pair.site, "a site id", _site_remedy(place)))
    allowed, _, remedy = _no_minutes(0)
    value = read_number(pair.minutes, pair.marks, allowed=allowed, remedy=remedy)
    if not isinstance(value, CellFault) and not 0 <= value <= MAX_MINUTES:
        value = CellFault(allowed, shown(pair.minutes), remedy)
    if isinstance(value, CellFault):
        faults.append(Fault(where, None, pair.minutes_column, *value))
    code = load_municipalities().code[row] if row is not None else ""
    site = load_sites()[column].id if column is not None else ""
    return code, site, 0.0 if isinstance(value, CellFault) else float(value), faults


def _fault(where: str, column: str, cell: Cell, allowed: str, remedy: str) -> Fault:
    wrong = cell if isinstance(cell, CellFault) else CellFault(allowed, shown(text_of(cell)), remedy)
    return Fault(where, None, column, *wrong)


def _no_minutes(value: object) -> tuple[str, str, str]:
    return f"a number from 0 to {MAX_MINUTES:g}", shown(value), _MINUTES_REMEDY


def _site_remedy(word: str) -> str:
    near = nearest_site(word)
    return f"Did you mean {near}?" if near else "Write one of those that are known."


def _row_of(fault: Fault) -> int:
    return int(fault.source.rpartition(" ")[2])
