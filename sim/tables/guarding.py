"""Personal numbers in a file: where they are, and never what they are."""

from collections.abc import Sequence

from sim.faults import Fault, ScenarioError
from sim.personal_numbers import holds_personal_number, names_personal_numbers
from sim.texts import Sayable, say

from .grids import Grid

REFUSED = say("allowed.no_personal_numbers")
"""What faults say must be true where personal numbers are the reason."""
_GOT = say("got.something_of_that")
_REMEDY = say("remedy.nothing_of_the")
_MOST_PLACES = 20


def refuse_name(name: str) -> None:
    """Refuse a file by its name, before it is opened."""
    if holds_personal_number(name):
        raise ScenarioError([Fault(say("source.the_file_s"), None, "", REFUSED, _GOT, _REMEDY)])


def refuse_grids(grids: Sequence[Grid], source: str) -> None:
    """Refuse a file with personal numbers in a cell, the name of a sheet or of a column, on any sheet."""
    places: list[tuple[Sayable, Sayable, int | None]] = []
    for number, grid in enumerate(grids, start=1):
        if holds_personal_number(grid.title):
            places.append((say("source.the_name_of", n=number), "", None))
        sheet = say("source.sheet", n=number) if len(grids) > 1 else source
        cells = list(grid.personal)
        if grid.rows:
            top = min(grid.rows)
            named = enumerate(grid.rows[top], start=1)
            cells += [(top, column) for column, name in named if isinstance(name, str) and names_personal_numbers(name)]
        for row, column in cells:
            places.append((sheet, say("column.column", n=column) if column else "", row))
    if not places:
        return
    faults = [Fault(where, None, path, REFUSED, _GOT, _REMEDY, row) for where, path, row in dict.fromkeys(places)]
    left = len(faults) - _MOST_PLACES
    more = (
        [Fault(say("source.further_cells"), None, "", REFUSED, say("got.more_of_that", n=left), _REMEDY)]
        if left > 0
        else []
    )
    raise ScenarioError([*faults[:_MOST_PLACES], *more])
