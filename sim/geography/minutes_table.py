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
    unlike,
)
from sim.texts import Said, say

MAX_MINUTES = 1440.0
LIMITS = Limits(size_bytes=1_000_000, rows=2_000, columns=40, cells=80_000, unpacked_bytes=20_000_000)
COLUMNS: Mapping[str, str] = {
    **{word: word for word in ("municipality", "site", "minutes")},
    **{"kommune": "municipality", "sted": "site", "minutter": "minutes", "rejsetid": "minutes"},
}
"""Columns of a long table by the names they may have, English or Danish."""
_HEADER_RULE = say("allowed.the_columns_of_minutes")
_MINUTES = say("allowed.a_number_from_to", low=0, high=MAX_MINUTES)
_MINUTES_REMEDY = say("remedy.write_travel_one_way")


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
    sheet = read_sheet(path, LIMITS, kind=say("allowed.a_table_of_travel"))
    pairs = list(_pairs(sheet))
    most = len(load_municipalities().code) * len(load_sites())
    if len(pairs) > most:
        raise one_fault(
            sheet.source,
            say("allowed.at_most_pairs", most=most),
            got=str(len(pairs)),
            remedy=say("remedy.give_each_pair_once"),
        )
    minutes: dict[str, dict[str, float]] = {}
    first: dict[tuple[str, str], int] = {}
    faults = list(sheet.faults)
    for pair in pairs:
        code, site, value, found = _read(pair, sheet)
        if code and site and (code, site) in first:
            got = say("got.again_first", word=f"{code} and {site}", row=str(first[code, site]))
            allowed = say("allowed.each_pair_of_municipality")
            found.append(sheet.fault(pair.row, "", CellFault(allowed, got, say("remedy.remove_one_of"))))
        if code and site:
            first.setdefault((code, site), pair.row)
            if not found:
                minutes.setdefault(code, {})[site] = value
        faults += found
    if faults:
        raise ScenarioError(sorted(faults, key=lambda fault: fault.row or 0))
    if not minutes:
        remedy = say("remedy.fill_in_a_row")
        raise one_fault(sheet.source, say("allowed.at_least_one_pair"), got=say("got.none"), remedy=remedy)
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
            where = say("source.own_minutes", code=code, site=site)
            if code not in row_of:
                remedy = nearest_hint(code, row_of)
                faults.append(Fault(where, None, "", say("allowed.the_code_of_a"), shown(code), remedy))
            elif site not in column_of:
                faults.append(
                    Fault(where, None, "", say("allowed.a_site_id"), shown(site), nearest_hint(site, column_of))
                )
            elif not 0.0 <= value <= MAX_MINUTES:
                faults.append(Fault(where, None, "", _MINUTES, shown(value), _MINUTES_REMEDY))
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
    top = sheet.header_row
    if words[:1] != ["municipality"] or len(words) < 2 or set(words) & {"site", "minutes"}:
        got = shown(",".join(sheet.header)) if any(words) else say("got.nothing")
        wrong = CellFault(_HEADER_RULE, got, say("remedy.write_the_column_names"))
        raise ScenarioError([sheet.fault(top, "", wrong)])
    faults = []
    seen: set[int] = set()
    for number, word in enumerate(sheet.header[1:], start=2):
        site = find_site(bare_heading(word))
        if site is None:
            wrong = CellFault(say("allowed.a_site_id"), shown(word), _site_remedy(word))
            faults.append(sheet.fault(top, say("column.column", n=number), wrong))
        elif site in seen:
            got = say("got.name_again", name=shown(word))
            wrong = CellFault(say("allowed.each_site_once"), got, say("remedy.remove_one"))
            faults.append(sheet.fault(top, say("column.column", n=number), wrong))
        else:
            seen.add(site)
    if faults:
        raise ScenarioError(faults)


def _read(pair: _Pair, sheet: Sheet) -> tuple[str, str, float, list[Fault]]:
    """Code, site and minutes of a pair, with what is wrong with it."""
    faults: list[Fault] = []
    home, place = text_of(pair.municipality), text_of(pair.site)
    row, column = find_municipality(home), find_site(place)
    if row is None:
        allowed, remedy = say("allowed.a_code_of_four"), _meant(nearest_municipality(home))
        faults.append(sheet.fault(pair.row, "municipality", unlike(allowed, pair.municipality, remedy)))
    if column is None:
        faults.append(sheet.fault(pair.row, "site", unlike(say("allowed.a_site_id"), pair.site, _site_remedy(place))))
    value = read_number(pair.minutes, pair.marks, allowed=_MINUTES, remedy=_MINUTES_REMEDY)
    if not isinstance(value, CellFault) and not 0 <= value <= MAX_MINUTES:
        value = CellFault(_MINUTES, shown(pair.minutes), _MINUTES_REMEDY)
    if isinstance(value, CellFault):
        faults.append(sheet.fault(pair.row, pair.minutes_column, value))
    code = load_municipalities().code[row] if row is not None else ""
    site = load_sites()[column].id if column is not None else ""
    return code, site, 0.0 if isinstance(value, CellFault) else float(value), faults


def _site_remedy(word: str) -> Said:
    return _meant(nearest_site(word))


def _meant(near: str | None) -> Said:
    return say("remedy.did_you_mean", word=near) if near else say("remedy.write_one_of_those")
