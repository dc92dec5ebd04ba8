"""A file of referrals as rows of cells: CSV as programs and spreadsheets write it, or an Excel workbook.

Takes a path, or bytes. Gives a table of at least one row, whose dates are written with the day first. Leaves out what
the cells mean.
"""

from pathlib import Path, PurePath

from calibration.from_rows.file.columns import COLUMN_BY_WORD, COLUMNS
from sim.faults import one_fault
from sim.scenario import ScenarioError
from sim.tables import OTHER_ENDINGS, WORKBOOK_ENDINGS, Limits, Sheet, find_columns, month_first, sheet_of
from sim.tables import read_sheet as read_table
from sim.texts import say

LIMITS = Limits(rows=20_000, columns=200)
ENDINGS = (".csv", ".txt", ".tsv", *WORKBOOK_ENDINGS)
_DATES = [column.name for column in COLUMNS if column.kind == "date"]


def read_sheet(path: Path) -> Sheet:
    """Read the rows of a file."""
    _check_ending(path.name)
    return _checked(read_table(path, LIMITS, kind=say("allowed.a_file_of_referrals")))


def read_bytes(content: bytes, name: str) -> Sheet:
    """Read the rows of a file that is in memory."""
    _check_ending(name)
    return _checked(sheet_of(content, name, LIMITS))


def _check_ending(name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in (*ENDINGS, *OTHER_ENDINGS):
        remedy = say("remedy.save_it_as")
        raise one_fault(
            name,
            say("allowed.a_file_ending", endings=", ".join(ENDINGS)),
            got=ending or say("got.none"),
            remedy=remedy,
        )


def _checked(sheet: Sheet) -> Sheet:
    if not sheet.rows and not sheet.faults:
        allowed = say("allowed.a_row_for")
        raise one_fault(sheet.source, allowed, got=say("got.none"), remedy=say("remedy.add_rows"))
    places = find_columns(sheet, COLUMN_BY_WORD).places
    dates = {name: sheet.column(places[name]) for name in _DATES if name in places}
    swapped = [sheet.fault(*found) for found in month_first(dates)]
    if swapped:
        raise ScenarioError(swapped)
    return sheet
