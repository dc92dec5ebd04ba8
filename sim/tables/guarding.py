"""Personal numbers in a file: where they are, and never what they are."""

from collections.abc import Sequence

from sim.faults import Fault, ScenarioError
from sim.personal_numbers import holds_personal_number, names_personal_numbers

from .grids import Grid

REFUSED = "no personal numbers, nor anything that looks like one"
"""What faults say must be true where personal numbers are the reason."""
_GOT = "something of that shape"
_REMEDY = "Nothing of the file was read. Put pseudonyms in place of personal numbers, everywhere in the file."
_MOST_PLACES = 20


def refuse_name(name: str) -> None:
    """Refuse a file by its name, before it is opened."""
    if holds_personal_number(name):
        raise ScenarioError([Fault("the file's name", None, "", REFUSED, _GOT, _REMEDY)])


def refuse_grids(grids: Sequence[Grid], source: str) -> None:
    """Refuse a file with personal numbers in a cell, the name of a sheet or of a column, on any sheet."""
    places: list[tuple[str, str]] = []
    for number, grid in enumerate(grids, start=1):
        if holds_personal_number(grid.title):
            places.append((f"the name of sheet {number}", ""))
        sheet = f"sheet {number}, " if len(grids) > 1 else ""
        cells = list(grid.personal)
        if grid.rows:
            top = min(grid.rows)
            named = enumerate(grid.rows[top], start=1)
            cells += [(top, column) for column, name in named if isinstance(name, str) and names_personal_numbers(name)]
        for row, column in cells:
            where = f"{sheet}row {row}" if sheet else f"{source} row {row}"
            places.append((where, f"column {column}" if column else ""))
    if not places:
        return
    faults = [Fault(where, None, column, REFUSED, _GOT, _REMEDY) for where, column in dict.fromkeys(places)]
    left = len(faults) - _MOST_PLACES
    more = [Fault("further cells", None, "", REFUSED, f"{left} more of that shape", _REMEDY)] if left > 0 else []
    raise ScenarioError([*faults[:_MOST_PLACES], *more])
