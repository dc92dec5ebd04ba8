"""The women of the opening day in a file beside the scenario, read so that the scenario stands on its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.faults import Fault, Flaw, nearest, shown, shown_text
from sim.files import existing

from .csv_rows import CsvRow, read_csv_rows
from .table import is_inside

_PATH = ("today",)
_ALLOWED = "a CSV file in the scenario's own folder, or a list of women"

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


class TodayList(NamedTuple):
    """What a scenario says of the opening day, with the women in place.

    Attributes
    ----------
    values : dict
        The scenario's words; `today` is a list of women, or gone if it cannot be used.
    flaws : list of Flaw
        What is wrong with a list in the scenario itself.
    faults : list of Fault
        What is wrong with a file, each with its line there.
    source : str
        Name of the file; empty if there is none.
    lines : tuple of int
        Line of each woman in the file.
    """

    values: dict[str, Any]
    flaws: list[Flaw]
    faults: list[Fault]
    source: str = ""
    lines: tuple[int, ...] = ()


def with_today(values: dict[str, Any], folder: Path | None) -> TodayList:
    """Put the women of the file that `today` names in place of its name.

    Parameters
    ----------
    values : dict
        A scenario as it was written. Not changed.
    folder : Path or None
        Folder of the scenario file; None where there is none, and a file is left for the words to refuse.

    Returns
    -------
    TodayList
        With everything that is wrong that can be seen before the words are read. Personal numbers are refused, and
        what holds one is not looked at further.
    """
    today = values.get("today")
    without = {word: value for word, value in values.items() if word != "today"}
    if not isinstance(today, str) or folder is None:
        return TodayList(values, [], [])
    if not today.isprintable() or not is_inside(today, folder):
        flaw = Flaw(_PATH, _ALLOWED, shown(today), "Put the file beside the scenario and write its name alone.")
        return TodayList(without, [flaw], [])
    file = existing(folder / today)
    if not file.is_file():
        return TodayList(without, [Flaw(_PATH, _ALLOWED, f"{shown(today)}, which is not there", "Check the name.")], [])
    rows, faults = read_csv_rows(file, COLUMNS)
    source = shown_text(Path(today).name)
    faults += _faults_of_rows(rows, source)
    if not rows and not faults:
        faults = [Fault(source, None, "", "a row for each woman", "none", "Add rows, or delete today.")]
    women = [{word: value for word, value in _women(row).items() if word not in {"id", "status"}} for row in rows]
    return TodayList(without | ({"today": women} if women else {}), [], faults, source, tuple(row.line for row in rows))


def _women(row: CsvRow) -> dict[str, str]:
    """A row's cells, Danish words put into English."""
    return {word: _DANISH_CELLS.get(word, {}).get(cell.casefold(), cell) for word, cell in row.cells.items()}


def _faults_of_rows(rows: list[CsvRow], source: str) -> list[Fault]:
    """Names that come twice, and a status that does not go with the day of admission."""
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for row in rows:
        cells = _women(row)
        name, status = cells.get("id"), cells.get("status", "").casefold()
        if name is not None and name in first:
            got = f"{shown(name)} again (first in line {first[name]})"
            faults.append(Fault(source, row.line, "id", "each woman once", got, "Delete one of the two."))
        elif name is not None:
            first[name] = row.line
        if status and status not in _STATUS:
            near = nearest(status, _STATUS)
            remedy = f"Did you mean {near}?" if near else "Leave it out: admitted says it."
            faults.append(Fault(source, row.line, "status", "resident or waiting", shown(cells["status"]), remedy))
        elif status and (status == "resident") != ("admitted" in cells):
            got = f"{status} {'without' if status == 'resident' else 'with'} a day of admission"
            allowed = "resident with a day of admission, waiting without"
            faults.append(Fault(source, row.line, "status", allowed, got, "Correct one of the two."))
    return faults
