"""What kind of file somebody has given where a table was asked for."""

import io
import zipfile

from sim.faults import ScenarioError, one_fault

WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
OTHER_ENDINGS = (".xls", ".xlsb", ".ods", ".numbers")
"""Spreadsheets of kinds that are told what they are, and not read."""
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one locked with a password"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
_PACKED: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("Index/Document.iwa", "a Numbers spreadsheet"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
)
_MOST_PARTS = 5_000


def is_workbook(content: bytes, source: str) -> bool:
    """Tell a workbook from text, and refuse what is neither with what it is."""
    kind = _kind(content)
    if not kind and source.lower().endswith((*WORKBOOK_ENDINGS, *OTHER_ENDINGS)):
        kind = "something else"
    if kind and kind != "xlsx":
        raise _refused(source, kind)
    return kind == "xlsx"


def _kind(content: bytes) -> str:
    """``xlsx``, what else it is in words, or nothing for text."""
    if content.startswith(b"PK"):
        return _packed_kind(content)
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    head = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return "a page of HTML or XML" if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")) else ""


def _packed_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "mimetype" in names and len(names) < _MOST_PARTS:
                with packed.open("mimetype") as part:
                    if b"opendocument" in part.read(100):
                        return "an OpenDocument file (.ods)"
    except Exception:  # a damaged archive fails in as many ways as it has parts
        return "something else"
    for name, kind in _PACKED:
        if name in names:
            return kind
    return "xlsx" if "xl/workbook.xml" in names or "[Content_Types].xml" in names else "a zip archive"


def _refused(source: str, kind: str) -> ScenarioError:
    if source.lower().endswith(WORKBOOK_ENDINGS):
        return one_fault(source, "an Excel workbook", got=kind, remedy="Save it as an Excel workbook (.xlsx).")
    remedy = "Save it as CSV or as an Excel workbook (.xlsx)."
    return one_fault(source, "a CSV file or an Excel workbook", got=kind, remedy=remedy)
