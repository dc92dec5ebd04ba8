"""The report as a workbook: numbers are numbers, texts are texts, and it opens again."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from reported import HOSTILE, content_of, hostile, invented

from sim.report import ReportContent
from sim.report.workbook import write_workbook
from sim.texts import LANGUAGES, load_texts


def opened(content: ReportContent) -> Any:
    return load_workbook(io.BytesIO(write_workbook(content)))


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_a_table_with_the_numbers_of_the_report(language: str) -> None:
    content = content_of(invented(), language)
    book = opened(content)
    titled = {sheet["A1"].value: sheet for sheet in book.worksheets}
    for table in content.tables:
        sheet = titled[table.title]
        shift = 2 if table.has_units else 1
        for number, row in enumerate(table.rows, start=4):
            cells = [sheet.cell(number, column + 1) for column in range(shift + len(row.cells))]
            assert cells[0].value == row.label
            for cell, own in zip(cells[shift:], row.cells, strict=True):
                if own.value is None:
                    assert (cell.value or "") == own.text
                else:
                    assert cell.value == pytest.approx(own.value, rel=1e-14)
                    assert cell.data_type == "n"
                    assert cell.number_format == own.number_format
            if table.has_units:
                assert (cells[1].value or "") == row.unit


@pytest.mark.unit
def test_every_estimate_is_a_row_of_a_list() -> None:
    content = content_of(invented())
    sheet = opened(content)[load_texts("da")("report.sheet.everything")]
    assert sheet.auto_filter.ref == sheet.dimensions
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(content.everything.rows)
    for row, own in zip(rows, content.everything.rows, strict=True):
        assert [value or "" for value in row[:7]] == [own.label, *(cell.text for cell in own.cells[:6])]
        for value, cell in zip(row[7:], own.cells[6:], strict=True):
            assert value == (None if cell.value is None else pytest.approx(cell.value, rel=1e-14)) or value == cell.text


@pytest.mark.unit
def test_definitions_and_the_scenario_are_there() -> None:
    content = content_of(invented())
    book, texts = opened(content), load_texts("da")
    definitions = {row[0]: row[1] for row in book[texts("report.sheet.definitions")].iter_rows(values_only=True)}
    assert all(definitions[fact.label] == fact.text for fact in content.definitions)
    lines = [row[0] or "" for row in book[texts("report.sheet.scenario")].iter_rows(values_only=True)]
    assert "\n".join(lines).split() == content.scenario_text.split()


@pytest.mark.unit
@pytest.mark.parametrize("text", [*HOSTILE, "[a]:b*?/\\", "'", "", "\x00\x1b\ud800", "=" * 40])
def test_texts_from_outside_never_become_formulas(text: str) -> None:
    for sheet in opened(hostile(content_of(invented()), text)).worksheets:
        assert 1 <= len(sheet.title) <= 31
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "inlineStr", "n"}
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix


@pytest.mark.unit
def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_workbook(content_of(invented())) == write_workbook(content_of(invented()))
