"""What kind of file somebody has given where a table was asked for."""

import io
import zipfile

from sim.faults import ScenarioError, one_fault
from sim.texts import Said, Sayable, say

WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
OTHER_ENDINGS = (".xls", ".xlsb", ".ods", ".numbers")
"""Spreadsheets of kinds that are told what they are, and not read."""
_BEGINNINGS: tuple[tuple[bytes, Said], ...] = (
    (b"\xd0\xcf\x11\xe0", say("got.an_old_excel")),
    (b"%PDF", say("got.a_pdf")),
    (b"{\\rtf", say("got.a_text_document")),
    (b"\x1f\x8b", say("got.a_packed_file")),
    (b"7z\xbc\xaf", say("got.a_packed_file")),
    (b"Rar!", say("got.a_packed_file")),
    (b"\x89PNG", say("got.a_picture")),
    (b"\xff\xd8\xff", say("got.a_picture")),
    (b"GIF8", say("got.a_picture")),
    (b"PAR1", say("got.a_parquet_file")),
    (b"SQLite format 3", say("got.a_database")),
)
_PACKED: tuple[tuple[str, Said], ...] = (
    ("xl/workbook.bin", say("got.a_binary_excel")),
    ("Index/Document.iwa", say("got.a_numbers_spreadsheet")),
    ("word/document.xml", say("got.a_word_document")),
    ("ppt/presentation.xml", say("got.a_presentation")),
)
_WORKBOOK = "xlsx"
_MOST_PARTS = 5_000


def is_workbook(content: bytes, source: str) -> bool:
    """Tell a workbook from text, and refuse what is neither with what it is."""
    kind = _kind(content)
    if not kind and source.lower().endswith((*WORKBOOK_ENDINGS, *OTHER_ENDINGS)):
        kind = say("got.something_else")
    if isinstance(kind, Said):
        raise _refused(source, kind)
    return kind == _WORKBOOK


def _kind(content: bytes) -> Sayable:
    """A workbook, what else it is in words, or nothing for text."""
    if content.startswith(b"PK"):
        return _packed_kind(content)
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    head = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return say("got.a_page_of_html") if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")) else ""


def _packed_kind(content: bytes) -> Sayable:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "mimetype" in names and len(names) < _MOST_PARTS:
                with packed.open("mimetype") as part:
                    if b"opendocument" in part.read(100):
                        return say("got.an_opendocument_file")
    except Exception:  # a damaged archive fails in as many ways as it has parts
        return say("got.something_else")
    for name, kind in _PACKED:
        if name in names:
            return kind
    is_workbook = "xl/workbook.xml" in names or "[Content_Types].xml" in names
    return _WORKBOOK if is_workbook else say("got.a_zip_archive")


def _refused(source: str, kind: Said) -> ScenarioError:
    if source.lower().endswith(WORKBOOK_ENDINGS):
        return one_fault(source, say("allowed.an_excel_workbook"), got=kind, remedy=say("remedy.save_it_as_an"))
    remedy = say("remedy.save_it_as")
    return one_fault(source, say("allowed.a_csv_file_or"), got=kind, remedy=remedy)
