"""Workbooks: what is seen on the screen is what is read, and what is not is told."""

import datetime as dt
import io
import unicodedata
import zipfile
from typing import Any

import openpyxl
import pytest
from made_tables import inline, packed, saved, workbook

from sim.faults import ScenarioError
from sim.tables import Cell, CellFault, Limits, Sheet, find_columns, sheet_of

SAVE = "Save the workbook in Excel, so that it holds what the formula comes to, or write the value."


def read(content: bytes) -> Sheet:
    return sheet_of(content, "a.xlsx")


def cells(content: bytes, row: int = 2) -> list[Any]:
    return dict(read(content).rows)[row]


def in_english(cell: Cell) -> Cell:
    return CellFault(*map(str, cell)) if isinstance(cell, CellFault) else cell


@pytest.mark.unit
def test_values_come_as_they_are_shown() -> None:
    book = workbook(["a", "b", "c", "d", "e", "f"], [40.0, 0.1, "  Tårnby ", True, dt.date(2027, 1, 1), None])
    assert cells(saved(book)) == [40, 0.1, "Tårnby", True, dt.date(2027, 1, 1), ""]
    book.active["C2"] = unicodedata.normalize("NFD", "Tårnby")
    book.active["E2"] = dt.datetime(2027, 1, 1, 12)
    assert cells(saved(book))[2:5:2] == ["Tårnby", dt.datetime(2027, 1, 1, 12)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("value", "format_code", "expected"),
    [
        (46388, "yyyy-mm-dd", dt.date(2027, 1, 1)),
        (46388, 'dd" i "mmm', dt.date(2027, 1, 1)),
        (46388, "[$-406]d. mmmm yyyy", dt.date(2027, 1, 1)),
        (46388, "General", 46388),
        (46388, '#,##0" dage"', 46388),
        (46388, "[Red]0.00", 46388),
        (0.4, "0%", 0.4),
        (
            0.5,
            "hh:mm",
            CellFault("a number, text, date, true or false", "a time of day", "Format the cell as a number."),
        ),
        (-5, "yyyy-mm-dd", CellFault("a date that exists", "-5", "Format the cell as a number.")),
        (
            40,
            '0"%"',
            CellFault("a number", "40 shown with a per cent sign", "Write 0.4, or format the cell as a percentage."),
        ),
    ],
)
def test_formats_say_what_a_number_is(value: float, format_code: str, expected: object) -> None:
    book = workbook(["a"], [value])
    book.active["A2"].number_format = format_code
    assert list(map(in_english, cells(saved(book)))) == [expected]


@pytest.mark.unit
def test_days_counted_from_1904_are_days() -> None:
    book = workbook(["a"], [dt.date(2027, 1, 1)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert cells(saved(book)) == [dt.date(2027, 1, 1)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A2"><f>H2+90</f><v></v></c>', CellFault("a value", "the formula '=H2+90'", SAVE)),
        (
            '<c r="A2"><f t="array" ref="A2">SUM(B1:B3*2)</f><v/></c>',
            CellFault("a value", "the formula '=SUM(B1:B3*2)'", SAVE),
        ),
        ('<c r="A2"><f>H2+90</f></c>', CellFault("a value", "the formula '=H2+90'", SAVE)),
        ('<c r="A2"><f>H2+90</f><v>46388</v></c>', 46388),
        ('<c r="A2" t="str"><f>IF(B2,"x","")</f><v></v></c>', None),
        ('<c r="A2" t="str"><f>A1</f><v>ja</v></c>', "ja"),
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellFault("a value", "#DIV/0!", "Correct the formula.")),
        ('<c r="A2" t="b"><v>1</v></c>', True),
        ('<c r="A2" t="d"><v>2027-01-01T00:00:00</v></c>', dt.date(2027, 1, 1)),
        ('<c t="s"><v>0</v></c>', "delt"),
    ],
)
def test_formulas_count_with_what_they_came_to_or_are_faults(cell: str, expected: object) -> None:
    head = f'<row r="1">{inline("A1", "a")}{inline("B1", "b")}</row>'
    content = packed(
        f'{head}<row r="2">{cell}{inline("B2", "x")}</row>',
        strings=[b"<si><r><t>de</t></r><r><t>lt</t></r><rPh><t>yomi</t></rPh></si>"],
    )
    assert in_english(cells(content)[0]) == ("" if expected is None else expected)


@pytest.mark.unit
def test_the_sheet_s_own_word_on_its_size_is_not_believed() -> None:
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", f"x{n}")}{inline(f"B{n}", "y")}</row>' for n in range(1, 8))
    assert len(read(packed(rows, before='<dimension ref="A1:A3"/>')).rows) == 6


@pytest.mark.unit
def test_joined_cells_are_a_fault_where_nothing_stands_in_them() -> None:
    book = workbook(["name", "need", "base"], ["a", 40, 0.4], ["b", None, 0.5], ["c", None, None])
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("C3:D3")
    sheet = read(saved(book))
    joined = CellFault(
        "a value in each cell", "a cell joined with row 2, column 2", "Split the joined cells, and fill in each."
    )
    assert [[*map(in_english, row)] for _, row in sheet.rows] == [["a", 40, 0.4], ["b", joined, 0.5], ["c", joined, ""]]
    assert sheet.faults == ()


@pytest.mark.unit
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_first_sheet_is_refused(state: str) -> None:
    book = workbook(["a"], [1])
    book.create_sheet("Scenarier").append(["a"])
    book.worksheets[0].sheet_state = state
    with pytest.raises(
        ScenarioError, match=r"a first sheet that is shown; got the hidden sheet Sheet, before Scenarier"
    ):
        read(saved(book))


@pytest.mark.unit
def test_further_sheets_and_hidden_rows_are_told() -> None:
    book = workbook(["a"], [1], [999], [3])
    book.create_sheet("Noter").append(["ja"])
    book.create_sheet("Tomt")
    book.active.row_dimensions[3].hidden = True
    sheet = read(saved(book))
    assert len(sheet.rows) == 3
    assert sheet.notes == (
        "a.xlsx: only the first sheet, Sheet, is read, not Noter.",
        "a.xlsx: 1 row that is hidden or filtered away is read too.",
    )


@pytest.mark.unit
def test_a_title_above_the_names_is_told_with_their_row() -> None:
    book = workbook(["Henvisninger 2023-2025"], [], ["Henvist", "Kommune (bopæl)"], ["2026-01-01", "Aarhus"])
    words = {"referred": "referred", "henvist": "referred", "kommune": "municipality"}
    with pytest.raises(
        ScenarioError, match=r"a.xlsx row 1: the names of the columns; got .* in row 3. Delete the rows"
    ):
        find_columns(read(saved(book)), words)


@pytest.mark.unit
def test_rows_keep_the_numbers_of_the_screen_and_far_empty_cells_are_nothing() -> None:
    head = f'<row r="3">{inline("B3", "a")}</row>'
    rows = f'<row r="9">{inline("B9", "x")}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = read(packed(head + rows))
    assert (sheet.header_row, sheet.rows) == (3, ((9, ["", "x"]),))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument file"),
        ({"Index/Document.iwa": ""}, "a Numbers spreadsheet"),
        ({"xl/workbook.bin": ""}, "a binary Excel workbook"),
        ({"word/document.xml": ""}, "a Word document"),
        ({"a.txt": ""}, "a zip archive"),
    ],
)
def test_other_packed_files_are_told_what_they_are(members: dict[str, str], kind: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    with pytest.raises(ScenarioError, match=f"got {kind}"):
        sheet_of(file.getvalue(), "a.ods")


@pytest.mark.unit
@pytest.mark.parametrize("kept", [10, 200, 1000, 3000])
def test_a_broken_workbook_is_told(kept: int) -> None:
    with pytest.raises(ScenarioError, match="an Excel workbook"):
        read(saved(workbook(["a"], [1]))[:kept])


@pytest.mark.unit
def test_a_text_that_defines_others_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook><sheets/></workbook>')
    with pytest.raises(ScenarioError, match="an Excel workbook with a sheet; got a broken one"):
        read(file.getvalue())


@pytest.mark.unit
def test_limits_of_workbooks() -> None:
    few = Limits(rows=2, columns=2, cells=20)
    for rows, message in (
        ([["a"], [1], [2], [3]], "at most 2 rows"),
        ([["a", "b", "c"]], "at most 2 columns"),
        ([["a", "b"]] + [["", ""]] * 12, "at most 20 cells"),
    ):
        with pytest.raises(ScenarioError, match=message):
            sheet_of(saved(workbook(*rows)), "a.xlsx", few)
