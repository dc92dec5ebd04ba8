"""Excel workbooks, read part by part as they are unpacked, so that the limits hold before memory is taken.

Formulas and what they came to are read together, and a sheet's own word on its size is not believed.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from sim.faults import ScenarioError, one_fault
from sim.texts import say

from .grids import Grid, Limits
from .sheet_xml import SheetReader, Strings, StyleReader, Styles

_CHUNK_BYTES = 65_536
_BROKEN = (
    expat.ExpatError, zipfile.BadZipFile, KeyError, IndexError, ValueError, RuntimeError, NotImplementedError, EOFError,
    OSError, OverflowError, LookupError,
)  # fmt: skip

Start = Callable[[str, dict[str, str]], None]


class _BrokenError(Exception):
    """Something that no workbook has."""


class _Listed(NamedTuple):
    """A sheet, as the workbook lists it."""

    title: str
    is_hidden: bool
    link: str


def workbook_grids(content: bytes, source: str, limits: Limits) -> list[Grid]:
    """Read every sheet of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            if size > limits.unpacked_bytes:
                remedy = say("remedy.keep_only_the_table")
                raise one_fault(source, say("allowed.a_workbook_of"), got=say("got.a_huge_one"), remedy=remedy)
            return list(_grids(packed, source, limits))
    except ScenarioError:
        raise
    except (*_BROKEN, _BrokenError):
        remedy = say("remedy.save_it_as_an")
        raise one_fault(
            source, say("allowed.an_excel_workbook_with"), got=say("got.a_broken_one"), remedy=remedy
        ) from None


def _grids(packed: zipfile.ZipFile, source: str, limits: Limits) -> Iterator[Grid]:
    main = next((link for kind, link in _links(packed, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    links = _links(packed, main)
    listed, is_from_1904 = _sheets(packed, main)
    parts = {kind: link for kind, link in links.values() if kind in {"styles", "sharedStrings"}}
    styles, strings = StyleReader(), Strings(Grid(source, limits))
    shared: tuple[tuple[str, StyleReader | Strings], ...] = (("styles", styles), ("sharedStrings", strings))
    for kind, part in shared:
        if kind in parts and parts[kind] in packed.namelist():
            _parse(packed, parts[kind], part)
    n_cells = 0
    for sheet in listed:
        grid = Grid(source, limits, title=sheet.title, is_hidden=sheet.is_hidden)
        kind, link = links[sheet.link]
        if kind == "worksheet":
            reader = SheetReader(grid, strings.found, Styles(styles.kinds, is_from_1904), n_cells=n_cells)
            _parse(packed, link, reader)
            reader.cover_merged()
            n_cells = reader.n_cells
        yield grid


def _links(packed: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and path of the parts that a part leads to, by the names it gives them."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, words: dict[str, str]) -> None:
        if tag == "Relationship" and words.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, words["Target"])).lstrip("/")
            found[words["Id"]] = (words["Type"].rpartition("/")[2], path)

    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where in packed.namelist():
        _parse(packed, where, start)
    return found


def _sheets(packed: zipfile.ZipFile, main: str) -> tuple[list[_Listed], bool]:
    sheets: list[_Listed] = []
    is_from_1904: list[bool] = []

    def start(tag: str, words: dict[str, str]) -> None:
        if tag == "sheet":
            link = next(value for word, value in words.items() if word.endswith("relationships id"))
            sheets.append(_Listed(words.get("name", ""), words.get("state", "visible") != "visible", link))
        elif tag == "workbookPr":
            is_from_1904.append(words.get("date1904") in {"1", "true"})

    _parse(packed, main, start)
    if not sheets:
        raise _BrokenError
    return sheets, any(is_from_1904)


def _parse(packed: zipfile.ZipFile, part: str, reader: "Start | StyleReader | Strings | SheetReader") -> None:
    """Read a part piece by piece; what a reader raises ends it at once."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def no_doctype(*_: object) -> None:
        raise _BrokenError

    parser.StartDoctypeDeclHandler = no_doctype
    start = reader if callable(reader) else reader.start
    parser.StartElementHandler = lambda tag, words: start(tag.rpartition(" ")[2], words)
    if not callable(reader):
        parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(" ")[2])
        parser.CharacterDataHandler = reader.text
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK_BYTES):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
