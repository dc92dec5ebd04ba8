"""Tables of a store as files for spreadsheets and statistics: CSV, Excel, Parquet. Safe to open, and always the same.

A text that begins like a formula is kept from being one. No file says when or where it was made.
"""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.files import write_whole
from sim.store.faults import StoreError
from sim.texts import say

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".xlsx", ".parquet")
MOST_SHEET_ROWS = 1_048_576
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_EPOCH = datetime.datetime(1980, 1, 1)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def export_frame(frame: "pd.DataFrame", path: Path) -> None:
    """Write a table to a file, whole or not at all."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise StoreError(
            str(path),
            say("allowed.a_name_ending", endings=", ".join(ENDINGS)),
            repr(ending),
            say("remedy.write_value", value="such a name"),
        )
    content = {".csv": _csv, ".xlsx": _workbook, ".parquet": _parquet}[ending](frame)
    write_whole(path, content)


def harmless(value: Any) -> Any:
    """Keep a text from being taken for a formula by whoever opens a CSV file."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_RISKY) else value


def _csv(frame: "pd.DataFrame") -> bytes:
    safe = frame.rename(columns=harmless)
    for number, kind in enumerate(safe.dtypes):
        if kind.kind not in "biuf":
            safe.isetitem(number, [harmless(value) for value in safe.iloc[:, number]])
    return safe.to_csv(index=False, lineterminator="\n").encode()


def _parquet(frame: "pd.DataFrame") -> bytes:
    plain = frame.copy()
    plain.attrs = {}
    for number, kind in enumerate(plain.dtypes):
        if kind.kind == "O":  # values of several kinds in one column, such as a number and a mapping
            plain.isetitem(number, [value if value is None else str(value) for value in plain.iloc[:, number]])
    file = io.BytesIO()
    plain.to_parquet(file, index=False, compression="zstd")
    return file.getvalue()


def _workbook(frame: "pd.DataFrame") -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - only workbooks need it

    if len(frame) + 1 > MOST_SHEET_ROWS:
        remedy = say("remedy.name_some_scenarios_or")
        raise StoreError("the sheet", say("allowed.at_most_rows", n=MOST_SHEET_ROWS), f"{len(frame) + 1}", remedy)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.freeze_panes = "A2"
    sheet.append([written_cell(sheet, name) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([written_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return timeless(file.getvalue())


def written_cell(sheet: Any, value: Any) -> Any:
    """A cell; text is marked as text, so that nothing becomes a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only workbooks need it

    if value is None or value != value:  # noqa: PLR0124 - not a number
        return None
    if isinstance(value, int | float) or hasattr(value, "item"):
        return value.item() if hasattr(value, "item") else value
    text = _CONTROL.sub("�", str(value))
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if harmless(text) != text:
        cell.quotePrefix = True
    return cell


def timeless(content: bytes) -> bytes:
    """Take out when a workbook was made: the same table gives the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as plain:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>" + _EPOCH.isoformat().encode() + b"Z", part)
            plain.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()
