"""CSV as programs and spreadsheets write it comes out as the same table, with the rows a spreadsheet shows."""

import unicodedata
from pathlib import Path

import pytest

from sim.faults import ScenarioError
from sim.tables import Limits, read_sheet, sheet_of

TABLE = (("name", "kommune", "tal"), ((2, ["få", "Tårnby", "0,5"]), (3, ["mange", "Ærø", "1"])))


def table(text: str, encoding: str = "utf-8") -> tuple[object, object]:
    sheet = sheet_of(text.encode(encoding), "a.csv")
    return sheet.header, sheet.rows


@pytest.mark.unit
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [";", "\t"])
@pytest.mark.parametrize("first", ["", "sep={}"])
def test_encodings_separators_and_the_line_that_names_them(encoding: str, newline: str, mark: str, first: str) -> None:
    lines = ["name;kommune;tal", "få;Tårnby;0,5", "mange;Ærø;1", ""]
    text = newline.join([first.format(mark)] * bool(first) + [line.replace(";", mark) for line in lines])
    assert table("\ufeff" + text if encoding == "utf-16-le" else text, encoding) == TABLE


@pytest.mark.unit
def test_letters_taken_apart_are_whole_letters() -> None:
    assert table(unicodedata.normalize("NFD", "name,kommune,tal\nfå,Tårnby,'0,5'\n"))[0] == TABLE[0]
    sheet = sheet_of(unicodedata.normalize("NFD", "å\nTårnby\n").encode(), unicodedata.normalize("NFD", "på.csv"))
    assert (sheet.header, sheet.rows) == (("å",), ((2, ["Tårnby"]),))


@pytest.mark.unit
def test_a_cell_over_several_lines_is_one_row_and_shifts_nothing() -> None:
    sheet = sheet_of(b'"henvist\n(dato)";note\r\n2026-01-01;"to\r\nlinjer; med semikolon"\r\n\r\nx\r\n', "a.csv")
    assert sheet.header == ("henvist\n(dato)", "note")
    assert sheet.rows == ((2, ["2026-01-01", "to\r\nlinjer; med semikolon"]),)
    assert [str(fault) for fault in sheet.faults] == [
        "a.csv row 4: 2 cells, as in row 1; got 1. Add the missing cells: empty ones need their separator too."
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0" * 90,
            "got an old Excel workbook (.xls), or one locked with a password. Save it",
        ),
        ("a.csv", b"%PDF-1.7 ...", "a.csv: a CSV file or an Excel workbook; got a PDF. Save it as CSV or as an Excel"),
        ("a.xls", b"<html><table>", "got a page of HTML or XML."),
        ("a.csv", b"PAR1....", "got a Parquet file."),
        ("a.csv", b"a\0b\n", "a.csv: text in UTF-8; got another encoding. Save the table as CSV UTF-8."),
        ("a.csv", b"a\x81\n", "a.csv: text in UTF-8; got another encoding."),
        (
            "a.xlsx",
            b"name\nx\n",
            "a.xlsx: an Excel workbook; got something else. Save it as an Excel workbook (.xlsx).",
        ),
        ("a.csv", b'a,b\n1,2\n"3,4\n5,6\n', "a.csv row 3: a table; got a row that does not end. Check the quotation"),
    ],
)
def test_other_files_are_told_what_they_are(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        sheet_of(content, name)
    assert message in str(refused.value)


@pytest.mark.unit
def test_rows_columns_and_cells_have_limits() -> None:
    few = Limits(rows=3, columns=3, cells=8)
    assert len(sheet_of(b"a,b\n1,2\n1,2\n1,2\n", "a.csv", few).rows) == 3
    for content, message in (
        (b"a\n1\n1\n1\n1\n", "at most 3 rows; got more. Split"),
        (b"a,b,c,d\n", "at most 3 columns; got more."),
        (b"a\n" + b"," * 10_000, "at most 3 columns; got more."),
        (b"a,b,c\n,,\n,,\n", "at most 8 cells; got more."),
    ):
        with pytest.raises(ScenarioError, match=message):
            sheet_of(content, "a.csv", few)


@pytest.mark.unit
def test_devices_and_pipes_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "z.csv").symlink_to("/dev/zero")
    with pytest.raises(ScenarioError, match=r"z.csv: a table; got a device or pipe. Save it as a file"):
        read_sheet(tmp_path / "z.csv")
