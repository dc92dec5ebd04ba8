"""The women of the opening day in a file beside the scenario, read so that the scenario stands on its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.faults import Fault, Flaw, ScenarioError, nearest, shown, shown_text
from sim.files import existing
from sim.tables import CellFault, Limits, find_columns, month_first, read_sheet, text_of

from .table import is_inside

_PATH = ("today",)
_ALLOWED = "a CSV file in the scenario's own folder, or a list of women"
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

    def where(self, woman: int) -> str:
        """Say where a woman stands in the file, for messages."""
        return f"{self.source} row {self.rows[woman]}"

    def order(self, fault: Fault) -> tuple[int, int]:
        """Say where a fault comes among others: the file after the scenario, each from its top."""
        file, _, row = fault.source.rpartition(" row ")
        if self.source and fault.line is None and self.source in {fault.source, file}:
            return 1, int(row) if file else 0
        return 0, fault.line or 0


def with_today(values: dict[str, Any], folder: Path | None) -> TodayList:
    """Put the women of the file that `today` names in place of its name."""
    today = values.get("today")
    without = {word: value for word, value in values.items() if word != "today"}
    if not isinstance(today, str) or folder is None:
        return TodayList(values, [], [])
    if not today.isprintable() or not is_inside(today, folder):
        flaw = Flaw(_PATH, _ALLOWED, shown(today), "Put the file beside the scenario and write its name alone.")
        return TodayList(without, [flaw], [])
    path = existing(folder / today)
    if not path.exists():
        return TodayList(without, [Flaw(_PATH, _ALLOWED, f"{shown(today)}, which is not there", "Check the name.")], [])
    women, faults = _read(path)
    source = shown_text(path.name)
    faults += _faults_of_rows(women, source)
    if not women and not faults:
        faults = [Fault(source, None, "", "a row for each woman", "none", "Add rows, or delete today.")]
    said = [{word: cell for word, cell in woman.cells.items() if word not in {"id", "status"}} for woman in women]
    values = without | ({"today": said} if said else {})
    return TodayList(values, [], faults, source, tuple(woman.row for woman in women))


def _read(path: Path) -> tuple[list[_Woman], list[Fault]]:
    """The women of a file, as far as they can be read, and everything that is wrong with it."""
    try:
        sheet = read_sheet(path, _LIMITS, kind="a list of women")
        columns = find_columns(sheet, COLUMNS)
    except ScenarioError as error:
        return [], list(error.faults)
    if not sheet.header:
        allowed = "a line of column names, and rows"
        return [], [Fault(sheet.source, None, "", allowed, "nothing", "Add them.")]
    faults = [*columns.faults, *sheet.faults]
    dates = {name: sheet.column(columns.places[name]) for name in _DATES if name in columns.places}
    swapped = [Fault(where, None, name, *fault) for where, name, fault in month_first(dates)]
    if swapped:
        return [], faults + swapped
    women = []
    for number, cells in sheet.rows:
        written = {name: cells[place] for name, place in columns.places.items() if cells[place] != ""}
        wrong = [(name, cell) for name, cell in written.items() if isinstance(cell, CellFault)]
        faults += [Fault(sheet.where(number), None, name, *cell) for name, cell in wrong]
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
        cells, where = woman.cells, f"{source} row {woman.row}"
        name, status = cells.get("id"), cells.get("status", "").casefold()
        if name is not None and name in first:
            got = f"{shown(name)} again (first in row {first[name]})"
            faults.append(Fault(where, None, "id", "each woman once", got, "Delete one of the two."))
        elif name is not None:
            first[name] = woman.row
        if status and status not in _STATUS:
            near = nearest(status, _STATUS)
            remedy = f"Did you mean {near}?" if near else "Leave it out: admitted says it."
            faults.append(Fault(where, None, "status", "resident or waiting", shown(cells["status"]), remedy))
        elif status and (status == "resident") != ("admitted" in cells):
            got = f"{status} {'without' if status == 'resident' else 'with'} a day of admission"
            allowed = "resident with a day of admission, waiting without"
            faults.append(Fault(where, None, "status", allowed, got, "Correct one of the two."))
    return faults
