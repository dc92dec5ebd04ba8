"""Reading a file of referrals: what can be used of each row, and a list of what cannot.

Takes a file as people keep it. Gives `Referrals` and a fault for each cell or row that is left out. A row with one bad
cell is still used for what is sound in it.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from calibration.from_rows.file.cells import EPOCH, READERS, date_of
from calibration.from_rows.file.columns import COLUMN_BY_WORD, COLUMNS
from calibration.from_rows.file.consistency import DEPENDENT, Cells, broken_rules
from calibration.from_rows.file.sheet import read_sheet
from calibration.from_rows.referrals import Bools, Floats, Referrals
from sim.cohort import DAYS_PER_WEEK
from sim.design import scenario_minutes
from sim.faults import nearest, one_fault, shown
from sim.scenario import Fault, Scenario, ScenarioError
from sim.tables import Cell, CellFault, Sheet, find_columns, text_of
from sim.texts import say

FULL_TERM_WEEKS = 40.0
"""Week of pregnancy on the day that is called due."""
_MOST_ROUNDS = 40
_HAPPENED = ("referred", "admitted", "discharged", "wait_ended", "pregnancy_end")
_DATED = ("admitted", "discharged", "wait_ended", "pregnancy_end")
_ENDS = {"admitted", "discharged", "wait_ended", "reason"}
_KINDS = {column.name: column.kind for column in COLUMNS}


class Read(NamedTuple):
    """A file of referrals, read.

    Attributes
    ----------
    referrals : Referrals
        What can be used.
    faults : tuple of Fault
        What cannot, in the order of the file.
    n_rows : int
        Rows of the file that are not empty.
    n_duplicates : int
        Rows left out because they were there before.
    columns : tuple of str
        Columns that were found, by their names in the program.
    unknown_columns : tuple of str
        Columns that were not used.
    n_used : int
        Rows of which anything is used.
    n_in_part : int
        Of these, rows of which a cell was left out.
    n_later : int
        Rows of women referred after the last day of the record, who are not in it.
    n_not_yet : int
        Rows of which something happened after the last day, which counts as not happened yet.
    notes : tuple of str
        What was read that is not seen on the screen, and what was seen and not read.
    """

    referrals: Referrals
    faults: tuple[Fault, ...]
    n_rows: int
    n_duplicates: int
    columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    n_used: int
    n_in_part: int
    n_later: int = 0
    n_not_yet: int = 0
    notes: tuple[str, ...] = ()

    @property
    def n_undated(self) -> int:
        """Number of women whose day of referral is not known."""
        return int(np.isnan(self.referrals.referred_day).sum())


class Period(NamedTuple):
    """The time a file covers.

    Attributes
    ----------
    first : datetime.date or None
        First day of the record; None: the first referral.
    last : datetime.date or None
        Last day of the record; None: the latest date in it that has come.
    today : datetime.date or None
        What day it is; None: the machine knows.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    today: dt.date | None = None

    @property
    def today_day(self) -> float:
        """What day it is [days since `EPOCH`]."""
        return _day(self.today or dt.datetime.now().astimezone().date())


def read_referrals(path: Path, scenario: Scenario, period: Period = Period()) -> Read:  # noqa: B008 - immutable
    """Read a file of referrals.

    Parameters
    ----------
    path : Path
        CSV or Excel; its columns are described in ``docs/calibration.md``.
    scenario : Scenario
        Its way of reckoning travel time.
    period : Period
        The time the file covers.

    Returns
    -------
    Read
        What can be used, and what cannot.

    Raises
    ------
    ScenarioError
        If nothing can be used, or if anything looks like a personal number.
    """
    sheet = read_sheet(path)
    return read_rows(sheet, scenario, period)._replace(notes=sheet.notes)


def read_rows(sheet: Sheet, scenario: Scenario, period: Period = Period()) -> Read:  # noqa: B008 - immutable
    """Read the rows of a table of referrals."""
    columns, unknown = _columns(sheet)
    rows, faults, n_duplicates = _rows(sheet, columns)
    last_day = _last_day(rows, period, sheet.source, faults)
    later = {row for row, cells in rows.items() if last_day < cells["referred"] <= period.today_day}
    rows = {row: cells for row, cells in rows.items() if row not in later}
    faults = [fault for fault in faults if fault.row not in later]
    n_not_yet = sum(_take_back(cells, last_day, period.today_day) for cells in rows.values())
    bad: list[set[str]] = []
    for row, cells in rows.items():
        unread = {str(fault.path) for fault in faults if fault.row == row}
        bad.append(unread | _leave_out_broken(cells, unread, faults, where=(sheet, row), last_day=last_day))
    referrals = _arrays(list(rows.values()), bad, scenario, period, last_day)
    if np.isnan(referrals.referred_day).all():
        allowed, remedy = say("allowed.a_date_in", last=date_of(last_day)), say("remedy.add_dates")
        raise ScenarioError(faults or [Fault(sheet.source, None, "referred", allowed, say("got.none"), remedy)])
    faults.sort(key=lambda fault: fault.row or 0)
    found = tuple(column.name for column in COLUMNS if column.name in columns)
    used = {row for row, cells in rows.items() if not np.isnan(list(cells.values())).all()}
    n_in_part = len(used & {fault.row for fault in faults})
    n_rows = len(sheet.rows) + len(sheet.faults)
    return Read(
        referrals, tuple(faults), n_rows, n_duplicates, found, unknown, len(used), n_in_part, len(later), n_not_yet
    )


def _day(date: dt.date) -> float:
    return float((date - EPOCH).days)


def _take_back(row: Cells, last_day: float, today: float) -> bool:
    """Take back what happened after the last day: on that day it had not happened yet. Tells whether anything had."""
    later = {column for column in _DATED if last_day < row[column] <= today}
    row.update(dict.fromkeys(later, np.nan))
    if later - {"pregnancy_end"}:
        row["reason"] = np.nan
    if "admitted" in later:
        row["discharged"] = np.nan
    return bool(later)


def _columns(sheet: Sheet) -> tuple[dict[str, int], tuple[str, ...]]:
    """Place of each known column, and the names of the others."""
    found = find_columns(sheet, COLUMN_BY_WORD)
    if found.twice:
        raise ScenarioError(found.twice)
    if "referred" not in found.places:
        near = nearest("referred", sheet.header) or nearest("henvist", sheet.header)
        remedy = say("remedy.is_it_rename", word=shown(near)) if near else say("remedy.begin_with_the")
        raise one_fault(sheet.source, say("allowed.a_column_referred"), got=say("got.none_of_that"), remedy=remedy)
    return found.places, found.unknown


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> tuple[dict[int, Cells], list[Fault], int]:
    """Values by row, without rows that were there before."""
    rows: dict[int, Cells] = {}
    faults = [fault._replace(remedy=say("remedy.the_row_was_left", remedy=fault.remedy)) for fault in sheet.faults]
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        name = cells[columns["id"]] if "id" in columns else ""
        key = "" if isinstance(name, CellFault) else text_of(name)
        key = key or "\t".join(text_of(cells[place]) for place in columns.values())
        if key in seen:
            allowed = say("allowed.each_referral_once") if "id" in columns else say("allowed.each_row_once")
            got = say("got.the_same_as", row=str(seen[key]))
            faults.append(sheet.fault(number, "", CellFault(allowed, got, say("remedy.the_row_was"))))
            continue
        seen[key] = number
        rows[number] = _values(cells, columns, (sheet, number), faults)
    return rows, faults, len(sheet.rows) - len(rows)


def _values(cells: list[Cell], columns: Mapping[str, int], where: tuple[Sheet, int], faults: list[Fault]) -> Cells:
    values = dict.fromkeys(_KINDS, np.nan)
    for name, place in columns.items():
        cell = cells[place]
        if cell == "" or (_KINDS[name] == "text" and not isinstance(cell, CellFault)):
            continue
        value = cell if isinstance(cell, CellFault) else READERS[_KINDS[name]](cell)
        if isinstance(value, CellFault):
            faults.append(_left_out(where, name, value))
        else:
            values[name] = value
    return values


def _last_day(rows: Mapping[int, Cells], period: Period, source: str, faults: list[Fault]) -> float:
    """The last day the data cover: as given, or the latest date that is not in the future."""
    today = period.today_day
    if period.last is not None:
        last_day = _day(period.last)
        if last_day > today:
            allowed, remedy = say("allowed.a_day_that", last=date_of(today)), say("remedy.give_the_day")
            raise one_fault(say("source.last_day"), allowed, got=str(period.last), remedy=remedy)
    else:
        days = [row[column] for row in rows.values() for column in _HAPPENED if row[column] <= today]
        if not days:
            got, remedy = say("got.none"), say("remedy.correct_the_dates")
            raise ScenarioError([*faults, Fault(source, None, "", say("allowed.a_date_that_is"), got, remedy)])
        last_day = max(days)
    if period.first is not None and _day(period.first) > last_day:
        allowed, remedy = say("allowed.a_day_by", last=date_of(last_day)), say("remedy.correct_from_or")
        raise one_fault(say("source.first_day"), allowed, got=str(period.first), remedy=remedy)
    return last_day


def _left_out(where: tuple[Sheet, int], column: str, wrong: CellFault) -> Fault:
    sheet, row = where
    said = wrong._replace(remedy=say("remedy.the_cell_was", remedy=wrong.remedy))
    return sheet.fault(row, say(f"column.{column}"), said)


def _leave_out_broken(
    row: Cells, unread: set[str], faults: list[Fault], *, where: tuple[Sheet, int], last_day: float
) -> set[str]:
    """Leave out cells until nothing contradicts; gives the columns left out."""
    left_out: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        broken = next(broken_rules(row, last_day=last_day), None)
        if broken is None:
            break
        # What follows from a cell that is left out already is left out without a word of its own.
        is_consequence = broken.column in _ENDS and bool((unread | left_out) & _ENDS)
        row[broken.column] = np.nan
        left_out.add(broken.column)
        if not is_consequence:
            faults.append(_left_out(where, broken.column, CellFault(broken.allowed, broken.got, broken.remedy)))
    return left_out


def _arrays(rows: list[Cells], bad: list[set[str]], scenario: Scenario, period: Period, last_day: float) -> Referrals:
    values: dict[str, Floats] = {name: np.array([row[name] for row in rows]) for name in _KINDS}

    def is_sound(what: str) -> Bools:
        return np.array([not columns & set(DEPENDENT[what]) for columns in bad], dtype=bool)

    referred = values["referred"]
    first_day = _day(period.first) if period.first else float(np.nanmin([*referred, last_day]))
    return Referrals(
        referred_day=referred,
        municipality=values["municipality"],
        gestation_weeks=_gestation(values),
        household=values["household"],
        offered=values["offered"],
        accepted=values["accepted"],
        minutes=_minutes(values, scenario),
        has_family_places=np.where(np.isnan(values["family_places"]), 1.0, values["family_places"]),
        admitted_day=values["admitted"],
        discharged_day=values["discharged"],
        wait_ended_day=values["wait_ended"],
        reason=values["reason"],
        pregnancy_end_day=values["pregnancy_end"],
        is_wait_sound=is_sound("wait"),
        is_stay_sound=is_sound("stay"),
        is_pregnancy_sound=is_sound("pregnancy"),
        first_day=first_day,
        last_day=last_day,
        is_first_counted=period.first is not None,
    )


def _gestation(values: Mapping[str, Floats]) -> Floats:
    """Week at referral: as written, else from the day she is due.

    Where every week in the file is a whole number, they are completed weeks, and the middle of the week is used.
    """
    written = values["gestation_week"]
    known = written[~np.isnan(written)]
    if len(known) and np.all(known == np.floor(known)):
        written = written + 0.5
    from_due = FULL_TERM_WEEKS - (values["due"] - values["referred"]) / DAYS_PER_WEEK
    return np.where(np.isnan(written), from_due, written)


def _minutes(values: Mapping[str, Floats], scenario: Scenario) -> Floats:
    """Travel minutes: as written, else from her home to the site."""
    table = scenario_minutes(scenario)
    home, site = values["municipality"], values["site"]
    is_known = ~np.isnan(home) & ~np.isnan(site)
    minutes = np.where(is_known, table[np.nan_to_num(home).astype(int), np.nan_to_num(site).astype(int)], np.nan)
    return np.where(np.isnan(values["minutes"]), minutes, values["minutes"])
