"""The report as a workbook: a sheet a table, numbers as numbers, ready for a pivot table; no text becomes a formula."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sim.report.content import ReportCell, ReportContent, ReportTable
from sim.store.export import timeless, written_cell
from sim.texts import Texts, load_texts

_WIDEST, _NARROWEST, _LONGEST_SHEET = 70, 9, 31  # letters
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\']")
_FILL = "F4F6F8"


def write_workbook(content: ReportContent) -> bytes:
    """Write the workbook; the same content gives the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 - only workbooks need it

    texts, book, names = load_texts(content.language), Workbook(write_only=True), _Names()
    _Sheet(book, names.unique(texts("report.sheet.summary")), (34, 90, 12)).fill(_summary(content, texts))
    for table in content.tables:
        _Sheet(book, names.unique(_short(table, content, texts)), _widths(table)).fill(
            _table(table, texts), header=_HEADER
        )
    _Sheet(book, names.unique(texts("report.sheet.definitions")), (45, 110)).fill(
        [[_bold(texts("report.measure")), _bold(texts("report.definition"))]]
        + [[fact.label, fact.text] for fact in content.definitions],
        header=1,
    )
    everything = _Sheet(book, names.unique(texts("report.sheet.everything")), (16, 20, 20, 16, 14, 44, 30))
    everything.fill(_everything(content.everything), header=1, is_list=True)
    lines = [[line] for line in content.scenario_text.splitlines()]
    _Sheet(book, names.unique(texts("report.sheet.scenario")), (110,)).fill(lines)
    book.properties.title, book.properties.creator = _plain(content.title), texts("common.app.name")
    file = io.BytesIO()
    book.save(file)
    return timeless(file.getvalue())


_HEADER = 3
"""Row of the headings of a table: its title stands above."""


class _Bold(str):
    """A text that is a heading."""


def _bold(text: str) -> _Bold:
    return _Bold(text)


class _Names:
    """Names of sheets: short, without signs that Excel refuses, and each once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def unique(self, wanted: str) -> str:
        plain = " ".join(_NOT_IN_SHEETS.sub(" ", _plain(wanted)).split())[:_LONGEST_SHEET].strip() or "-"
        name, number = plain, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{plain[: _LONGEST_SHEET - len(str(number)) - 1]} {number}"
        self.taken.add(name.casefold())
        return name


def _plain(text: str) -> str:
    """A text without signs that a file of XML cannot hold."""
    return re.sub(r"[\x00-\x1f\ufffe\uffff\ud800-\udfff]", " ", text)


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, book: Any, name: str, widths: Sequence[int]) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - only workbooks need it

        self.sheet = book.create_sheet(name)
        self.styles: dict[str, Any] = {}
        for number, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9  # A4
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def fill(self, rows: Iterable[Sequence[object]], *, header: int = 0, is_list: bool = False) -> None:
        """Write the rows; those down to the headings stay in sight and are printed on every page."""
        if header:
            self.sheet.freeze_panes = f"B{header + 1}"
            self.sheet.print_title_rows = f"{header}:{header}"
        n_rows = n_columns = 0
        for row in rows:
            self.sheet.append([self._cell(value) for value in row])
            n_rows, n_columns = n_rows + 1, max(n_columns, len(row))
        if is_list:
            from openpyxl.utils import get_column_letter  # noqa: PLC0415 - only workbooks need it

            self.sheet.auto_filter.ref = f"A1:{get_column_letter(max(n_columns, 1))}{max(n_rows, 1)}"

    def _cell(self, value: object) -> Any:
        if isinstance(value, ReportCell):
            return self._number(value) if value.value is not None else self._words(value.text)
        return self._words(value) if isinstance(value, str) else value

    def _number(self, cell: ReportCell) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only workbooks need it

        made: Any = WriteOnlyCell(self.sheet, value=cell.value)
        if cell.number_format not in self.styles:
            made.number_format = cell.number_format or "General"
            self.styles[cell.number_format] = made._style
        made._style = self.styles[cell.number_format]  # looked up once: there are a hundred thousand of them
        return made

    def _words(self, text: str) -> Any:
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - only workbooks need it

        if text[:1].isalpha() and len(text) <= _WIDEST and text.isprintable() and not isinstance(text, _Bold):
            return text
        cell = written_cell(self.sheet, _plain(text))
        if isinstance(text, _Bold):
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color=_FILL)
        if isinstance(text, _Bold) or len(text) > _WIDEST:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell


def _summary(content: ReportContent, texts: Texts) -> Iterator[Sequence[object]]:
    yield [_bold(content.title)]
    yield [texts("report.heading.question"), content.question]
    yield ["", content.need]
    for number, sentence in enumerate(content.answer):
        yield [texts("report.heading.answer") if not number else "", sentence]
    for number, sentence in enumerate(content.doubt):
        yield [texts("report.heading.doubt") if not number else "", sentence]
    yield []
    yield [_bold(texts(f"report.{word}")) for word in ("design", "kind", "places")]
    yield from ([own.label, own.kind, own.places] for own in content.designs)
    yield []
    yield [_bold(texts("report.heading.provenance"))]
    yield from ([fact.label, fact.text] for fact in content.provenance)
    yield []
    yield [texts("report.footer")]


def _short(table: ReportTable, content: ReportContent, texts: Texts) -> str:
    """The name of a table's sheet: the field and what it is, as sheets have short names."""
    field, _, rest = table.key.partition("_")
    if field not in {section.key for section in content.sections} or rest not in {"", "differences"}:
        return table.title
    kind = texts(f"report.sheet.{rest or 'designs'}")
    return (
        texts("report.in_field", field=texts(f"report.field.{field}"), said=kind) if len(content.sections) > 1 else kind
    )


def _with_ends(table: ReportTable) -> list[int]:
    """Columns whose numbers have intervals."""
    columns = range(len(table.columns))
    return [column for column in columns if any(row.cells[column].low is not None for row in table.rows)]


def _widths(table: ReportTable) -> list[int]:
    def fitting(words: Iterable[str], widest: int = _WIDEST) -> int:
        return min(max(map(len, words), default=0) + 2, widest)

    first = fitting(row.label for row in table.rows)
    unit = [fitting(row.unit for row in table.rows)] if table.has_units else []
    columns = [
        max(_NARROWEST, fitting([row.cells[number].text for row in table.rows] + [name[:16]]))
        for number, name in enumerate(table.columns)
    ]
    return [first, *unit, *columns, *[12] * (2 * len(_with_ends(table)))]


def _table(table: ReportTable, texts: Texts) -> Iterator[Sequence[object]]:
    """Title, headings, the numbers, and after them the ends of their intervals; notes at last."""
    ends = _with_ends(table)
    low, high = texts("report.interval_low"), texts("report.interval_high")
    yield [_bold(table.title)]
    yield []
    heads = [table.corner, *([texts("report.unit")] if table.has_units else []), *table.columns]
    heads += [f"{table.columns[column]}: {end}" for column in ends for end in (low, high)]
    yield [_bold(head) for head in heads]
    for row in table.rows:
        cells: list[object] = [row.label, *([row.unit] if table.has_units else []), *row.cells]
        for column in ends:
            own = row.cells[column]
            cells += [ReportCell("", end, number_format=own.number_format) for end in (own.low, own.high)]
        yield cells
    yield []
    yield from ([note] for note in table.notes)


def _everything(table: ReportTable) -> Iterator[Sequence[object]]:
    yield [_bold(name) for name in (table.corner, *table.columns)]
    for row in table.rows:
        yield [row.label, *row.cells]
