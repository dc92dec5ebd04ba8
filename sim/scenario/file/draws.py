"""A table of draws beside a scenario, as `calibrate` writes it, read so that the scenario stands on its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.faults import Flaw, ScenarioError, shown, shown_text
from sim.files import existing
from sim.scenario.file.beside import is_inside
from sim.scenario.words.doubt import MOST_DRAWS
from sim.tables import CellFault, Limits, Sheet, decimal_marks, number_in, read_sheet, refuse_faulty, text_of
from sim.texts import say

_PATH = ("doubt", "draws")
_VIEW = "demand.view"
_ALLOWED = say("allowed.a_csv_file_of_draws")
_LIMITS = Limits(size_bytes=20_000_000, rows=100_000, columns=200, cells=2_000_000, unpacked_bytes=60_000_000)
_LONGEST, _MOST_TOLD = 400, 20


def with_draws(values: dict[str, Any], folder: Path | None) -> tuple[dict[str, Any], list[Flaw]]:
    """Put the columns of the file that `doubt.draws` names in place of its name."""
    doubt = values.get("doubt")
    name = doubt.get("draws") if isinstance(doubt, Mapping) else None
    if folder is None or not isinstance(doubt, Mapping) or not isinstance(name, str):
        return values, []
    without = values | {"doubt": {word: value for word, value in doubt.items() if word != "draws"}}
    if not name.isprintable() or not is_inside(name, folder):
        return without, [Flaw(_PATH, _ALLOWED, shown(name), say("remedy.put_the_file_beside"))]
    path = existing(folder / name)
    if not path.exists():
        got = say("got.which_is_not", name=shown(name))
        return without, [Flaw(_PATH, _ALLOWED, got, say("remedy.check_the_name"))]
    demand = values.get("demand")
    try:
        columns = _columns(path, demand.get("view") if isinstance(demand, Mapping) else None)
    except ScenarioError as error:
        told = [shown_text(str(fault), length=_LONGEST) for fault in error.faults[:_MOST_TOLD]]
        return without, [Flaw(_PATH, _ALLOWED, shown(name), line) for line in told]
    return values | {"doubt": {**doubt, "draws": columns}}, []


def _columns(path: Path, view: object) -> dict[str, list[float]]:
    """Numbers of each column, evenly thinned; where there are several views of need, only rows of the scenario's."""
    sheet = read_sheet(path, _LIMITS, kind=say("allowed.a_table_of_draws"))
    refuse_faulty(sheet)
    views = [text_of(cell) for _, cell in sheet.column(sheet.header.index(_VIEW))] if _VIEW in sheet.header else []
    found = {name: _numbers(sheet, place) for place, name in enumerate(sheet.header) if name != _VIEW}
    rows = [row for row in range(len(sheet.rows)) if not views or view is None or views[row] == view]
    step = max(1, -(-len(rows) * len(found) // MOST_DRAWS))
    return {name: [numbers[row] for row in rows[::step]] for name, numbers in found.items()}


def _numbers(sheet: Sheet, place: int) -> list[float]:
    column = sheet.column(place)
    marks = decimal_marks((cell for _, cell in column), has_decimal_comma=sheet.has_decimal_comma)
    values = [(row, number_in(cell, marks) if isinstance(cell, str) else cell) for row, cell in column]
    faults = [
        sheet.fault(
            row,
            sheet.header[place],
            value
            if isinstance(value, CellFault)
            else CellFault(say("allowed.a_number"), shown(value), say("remedy.write_numbers_in")),
        )
        for row, value in values
        if isinstance(value, bool) or not isinstance(value, int | float)
    ]
    if faults:
        raise ScenarioError(faults)
    return [float(value) for _, value in values if isinstance(value, int | float)]
