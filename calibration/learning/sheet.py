"""A file of referrals as rows of cells: CSV as programs and spreadsheets write it, or an Excel workbook.

Takes a path, or bytes. Gives a table of at least one row, whose dates are written with the day first. Leaves out what
the cells mean.
"""

from pathlib import Path, PurePath

from calibration.learning.columns import COLUMN_BY_WORD, COLUMNS
from sim.faults import Fault, one_fault
from sim.scenario import ScenarioError
from sim.tables import OTHER_ENDINGS, WORKBOOK_ENDINGS, Limits, Sheet, find_columns, month_first, sheet_of
from sim.tables import read_sheet as read_table

LIMITS = Limits(rows=20_000, columns=200)
ENDINGS = (".csv", ".txt", ".tsv", *WORKBOOK_ENDINGS)
_DATES = [column.name for column in COLUMNS if column.kind == "date"]


def read_sheet(path: Path) -> Sheet:
    """Read the rows of a file."""
    _check_ending(path.name)
    return _checked(read_table(path, LIMITS, kind="a file of referrals"))


def read_bytes(content: bytes, name: str) -> Sheet:
    """Read the rows of a file that is in memory."""
    _check_ending(name)
    return _checked(sheet_of(content, name, LIMITS))


def _check_ending(name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in (*ENDINGS, *OTHER_ENDINGS):
        remedy = "Save it as CSV or as an Excel workbook (.xlsx)."
        raise one_fault(name, f"a file ending in {', '.join(ENDINGS)}", got=ending or "none", remedy=remedy)


def _checked(sheet: Sheet) -> Sheet:
    if not sheet.rows and not sheet.faults:
        allowed = "a row for each referral below the names of the columns"
        raise one_fault(sheet.source, allowed, got="none", remedy="Add rows.")
    places = find_columns(sheet, COLUMN_BY_WORD).places
    dates = {name: sheet.column(places[name]) for name in _DATES if name in places}
    swapped = [Fault(where, None, name, *fault) for where, name, fault in month_first(dates)]
    if swapped:
        raise ScenarioError(swapped)
    return sheet
