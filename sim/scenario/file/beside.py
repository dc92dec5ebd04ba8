"""Files beside a scenario, travel minutes and women of the opening day, read so that it stands on its own."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from sim.faults import Fault, Flaw, ScenarioError, did_you_mean, shown, shown_text
from sim.files import existing
from sim.geography import read_minutes_table
from sim.tables import CellFault, Limits, find_columns, month_first, read_sheet, text_of
from sim.texts import say

_LONGEST, _MOST_TOLD = 400, 20
_TABLE = ("travel", "table")
_ALLOWED_TABLE = say("allowed.a_file_in")
_TODAY = ("today",)
_ALLOWED_TODAY = say("allowed.a_csv_file_in")
_LIMITS = Limits(size_bytes=1_000_000, rows=5_000, columns=100, cells=100_000, unpacked_bytes=20_000_000)
COLUMNS: Mapping[str, str] = {
    **{word: word for word in ("id", "status", "municipality", "referred", "admitted", "site", "household")},
    **{word: word for word in ("due", "gestation_week", "birth", "planned_end")},
    **{"kommune": "municipality", "henvist": "referred", "indskrevet": "admitted", "sted": "site"},
    **{"husstand": "household", "termin": "due", "graviditetsuge": "gestation_week", "født": "birth"},
    **{"fødsel": "birth", "planlagt_slut": "planned_end"},
}
"""Columns by the names they may have, English or Danish."""

_DANISH_CELLS: Mapping[str, Mapping[str, str]] = {
    "status": {"beboer": "resident", "indskrevet": "resident", "venter": "waiting"},
    "site": {"andetsteds": "elsewhere"},
    "household": {"alene": "alone", "partner": "partner", "børn": "children"},
}
_STATUS = ("resident", "waiting")
_DATES = ("referred", "admitted", "due", "birth", "planned_end")


class _Woman(NamedTuple):
    """A row of the file: its number, and its cells by column, without empty cells."""

    row: int
    cells: dict[str, str]


class TodayList(NamedTuple):
    """What a scenario says of the opening day, with the women in place."""

    values: dict[str, Any]  # the scenario's words; `today` is a list of women, or gone if it cannot be used
    flaws: list[Flaw]  # what is wrong with a list in the scenario itself
    faults: list[Fault]  # what is wrong with a file, each with its row there
    source: str = ""  # name of the file; empty if there is none
    rows: tuple[int, ...] = ()  # row of each woman in the file

    def order(self, fault: Fault) -> tuple[int, int]:
        """Say where a fault comes among others: the file after the scenario, each from its top."""
        if self.source and fault.source == self.source and fault.line is None:
            return 1, fault.row or 0
        return 0, fault.line or 0


def with_today(values: dict[str, Any], folder: Path | None) -> TodayList:
    """Put the women of the file that `today` names in place of its name."""
    today = values.get("today")
    without = {word: value for word, value in values.items() if word != "today"}
    if not isinstance(today, str) or folder is None:
        return TodayList(values, [], [])
    if not today.isprintable() or not is_inside(today, folder):
        flaw = Flaw(_TODAY, _ALLOWED_TODAY, shown(today), say("remedy.put_the_file_beside"))
        return TodayList(without, [flaw], [])
    path = existing(folder / today)
    if not path.exists():
        return TodayList(
            without,
            [Flaw(_TODAY, _ALLOWED_TODAY, say("got.which_is_not", name=shown(today)), say("remedy.check_the_name"))],
            [],
        )
    women, faults = _read_women(path)
    source = shown_text(path.name)
    faults += _faults_of_rows(women, source)
    if not women and not faults:
        faults = [
            Fault(
                source,
                None,
                "",
                say("allowed.a_row_for_each_woman"),
                say("got.none"),
                say("remedy.add_rows_or_delete"),
            )
        ]
    said = [{word: cell for word, cell in woman.cells.items() if word not in {"id", "status"}} for woman in women]
    values = without | ({"today": said} if said else {})
    return TodayList(values, [], faults, source, tuple(woman.row for woman in women))


def _read_women(path: Path) -> tuple[list[_Woman], list[Fault]]:
    """The women of a file, as far as they can be read, and everything that is wrong with it."""
    try:
        sheet = read_sheet(path, _LIMITS, kind=say("allowed.a_list_of_women"))
        columns = find_columns(sheet, COLUMNS)
    except ScenarioError as error:
        return [], list(error.faults)
    if not sheet.header:
        allowed = say("allowed.a_line_of_column")
        return [], [Fault(sheet.source, None, "", allowed, say("got.nothing"), say("remedy.add_them"))]
    faults = [*columns.faults, *sheet.faults]
    dates = {name: sheet.column(columns.places[name]) for name in _DATES if name in columns.places}
    swapped = [sheet.fault(*found) for found in month_first(dates)]
    if swapped:
        return [], faults + swapped
    women = []
    for number, cells in sheet.rows:
        written = {name: cells[place] for name, place in columns.places.items() if cells[place] != ""}
        wrong = [(name, cell) for name, cell in written.items() if isinstance(cell, CellFault)]
        faults += [sheet.fault(number, name, cell) for name, cell in wrong]
        if not wrong:
            women.append(_Woman(number, {name: _english(name, text_of(cell)) for name, cell in written.items()}))
    return women, faults


def _english(name: str, cell: str) -> str:
    return _DANISH_CELLS.get(name, {}).get(cell.casefold(), cell)


def _faults_of_rows(women: list[_Woman], source: str) -> list[Fault]:
    """Names that come twice, and a status that does not go with the day of admission."""
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for woman in women:
        cells = woman.cells
        name, status = cells.get("id"), cells.get("status", "").casefold()
        if name is not None and name in first:
            got = say("got.again_first_in_row", word=shown(name), row=str(first[name]))
            faults.append(
                Fault(
                    source, None, "id", say("allowed.each_woman_once"), got, say("remedy.delete_one_of_the"), woman.row
                )
            )
        elif name is not None:
            first[name] = woman.row
        if status and status not in _STATUS:
            remedy = did_you_mean(status, _STATUS, say("remedy.leave_it_out_admitted"))
            allowed = say("allowed.resident_or_waiting")
            faults.append(Fault(source, None, "status", allowed, shown(cells["status"]), remedy, woman.row))
        elif status and (status == "resident") != ("admitted" in cells):
            got = say("got.resident_without" if status == "resident" else "got.waiting_with")
            allowed = say("allowed.resident_with_a_day")
            faults.append(Fault(source, None, "status", allowed, got, say("remedy.correct_one_of_the"), woman.row))
    return faults


def with_table(values: dict[str, Any], folder: Path | None) -> tuple[dict[str, Any], list[Flaw]]:
    """Put the minutes of `travel.table` in place of its name."""
    travel = values.get("travel")
    if folder is None or not isinstance(travel, Mapping) or "table" not in travel:
        return values, []
    without = {word: value for word, value in travel.items() if word != "table"}
    if "minutes" in travel:
        flaw = Flaw(
            _TABLE,
            say("allowed.either_or_not", one="table", other="minutes"),
            shown(travel["table"]),
            say("remedy.delete_one_of_the"),
        )
        return values | {"travel": without}, [flaw]
    minutes, flaws = _read_table(travel["table"], folder)
    return values | {"travel": without | ({"minutes": minutes} if minutes else {})}, flaws


def _read_table(name: object, folder: Path) -> tuple[dict[str, dict[str, float]] | None, list[Flaw]]:
    if not isinstance(name, str) or not name.isprintable() or not is_inside(name, folder):
        return None, [Flaw(_TABLE, _ALLOWED_TABLE, shown(name), say("remedy.put_the_table"))]
    path = existing(folder / name)
    if not path.exists():
        return None, [
            Flaw(_TABLE, _ALLOWED_TABLE, say("got.which_is_not", name=shown(name)), say("remedy.check_the_name"))
        ]
    try:
        return {code: dict(minutes) for code, minutes in read_minutes_table(path).items()}, []
    except ScenarioError as error:
        allowed = say("allowed.a_table_of_minutes")
        told = [shown_text(str(fault), length=_LONGEST) for fault in error.faults[:_MOST_TOLD]]
        if left := len(error.faults) - len(told):
            told.append(f"... and {left} more.")
        return None, [Flaw(_TABLE, allowed, shown(name), line) for line in told]


def is_inside(name: str, folder: Path) -> bool:
    """Tell whether a name written in a file leads to something in the file's own folder."""
    parts = PureWindowsPath(name).parts
    if not name or ".." in parts or PureWindowsPath(name).anchor or PurePosixPath(name).is_absolute() or "\\" in name:
        return False
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
