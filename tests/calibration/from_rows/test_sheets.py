"""Files as people and spreadsheets write them come out as the same table."""

import contextlib
import csv
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_files import a_scenario, written
from openpyxl import Workbook

from calibration.from_rows.file.reading import read_rows
from calibration.from_rows.file.sheet import read_sheet
from sim.scenario import ScenarioError

TABLE = (("Henvist", "Kommune", "Uge"), ((2, ["31-12-2023", "Ærø", "22,4"]), (3, ["01-01-2024", "Tårnby", ""])))


def as_table(path: Path) -> tuple[object, object]:
    sheet = read_sheet(path)
    return sheet.header, sheet.rows


@pytest.mark.unit
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_danish_letters_come_through_in_every_encoding(tmp_path: Path, encoding: str, newline: str) -> None:
    text = newline.join(["Henvist;Kommune;Uge", "31-12-2023;Ærø;22,4", "01-01-2024;Tårnby;", ""])
    assert as_table(written(tmp_path, "a.csv", text, encoding)) == TABLE


@pytest.mark.unit
def test_commas_and_tabs_are_told_by_the_first_row(tmp_path: Path) -> None:
    commas = 'Henvist,Kommune,Uge\n31-12-2023,Ærø,"22,4"\n01-01-2024,Tårnby,\n'
    tabs = "Henvist\tKommune\tUge\n31-12-2023\tÆrø\t22,4\n01-01-2024\tTårnby\t\n"
    assert as_table(written(tmp_path, "a.csv", commas)) == TABLE
    assert as_table(written(tmp_path, "b.tsv", tabs)) == TABLE


@pytest.mark.unit
def test_the_line_that_names_the_separator_is_no_row_as_excel_shows_none(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "a.csv", "sep=;\nreferred;a,b,c\n2023-01-01;x\n"))
    assert sheet.header == ("referred", "a,b,c")
    assert sheet.rows == ((2, ["2023-01-01", "x"]),)


@pytest.mark.unit
def test_empty_rows_and_columns_at_the_end_are_dropped(tmp_path: Path) -> None:
    text = "Henvist;Kommune;Uge;;;\n31-12-2023;Ærø;22,4;;;\n01-01-2024;Tårnby;;;;\n;;;;;\n\n"
    assert as_table(written(tmp_path, "a.csv", text)) == TABLE


@pytest.mark.unit
def test_rows_that_are_too_short_are_left_out_and_told(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "a.csv", "referred;id;note\n2023-01-01\n2023-01-02;a;\n"))
    assert sheet.rows == ((3, ["2023-01-02", "a", ""]),)
    read = read_rows(sheet, a_scenario())
    assert [str(fault) for fault in read.faults] == [
        "a.csv row 2: 3 cells, as in row 1; got 1. Add the missing cells: empty ones need their separator too. "
        "The row was left out."
    ]
    assert (read.n_rows, read.referrals.n_referrals) == (2, 1)


@pytest.mark.unit
def test_a_workbook_gives_dates_numbers_and_yes_as_they_are(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Henvist", "Kommune", "Uge", None])
    sheet.append([dt.datetime(2023, 12, 31), "Ærø", 22.4])
    sheet.append([dt.date(2024, 1, 1), 751, True])
    sheet.append([None, None, None])
    book.save(tmp_path / "a.xlsx")
    assert as_table(tmp_path / "a.xlsx") == (
        ("Henvist", "Kommune", "Uge"),
        ((2, [dt.date(2023, 12, 31), "Ærø", 22.4]), (3, [dt.date(2024, 1, 1), 751, True])),
    )


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("a.csv", "", "a row for each referral below the names of the columns; got none. Add rows."),
        ("a.csv", "referred\n\n", "a row for each referral"),
        ("a.ods", "referred\n", r"a CSV file or an Excel workbook; got something else. Save it as CSV"),
        ("a.doc", "referred\n", r"a file ending in .csv, .txt, .tsv, .xlsx, .xlsm; got .doc. Save it as CSV"),
        ("a.xlsx", "no workbook", "an Excel workbook; got something else. Save it as an Excel workbook"),
        ("a.csv", 'referred\n"' + "x" * 140_000, "a row that does not end. Check the quotation marks"),
        ("a.csv", "referred\n" + "2023-01-01\n" * 20_001, "at most 20000 rows"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, text: str, match: str) -> None:
    with pytest.raises(ScenarioError, match=match):
        read_sheet(written(tmp_path, name, text))


@pytest.mark.unit
def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"missing.csv: a file of referrals; got no such file"):
        read_sheet(tmp_path / "missing.csv")


@pytest.mark.law
@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.txt"]))
def test_whatever_the_bytes_it_is_read_or_refused_in_plain_words(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        read_or_refused(path)


@pytest.mark.law
@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["referred", "henvist", "site", "2024-01-01", "ja", "", "22+3", "Aarhus", "waiting", "ÿ"])
            | st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_whatever_the_cells_they_are_read_or_refused_in_plain_words(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["referred", "admitted", "reason", "household"], *rows])
        read_or_refused(path)


def read_or_refused(path: Path) -> None:
    """Anything but a table or a message of our own is a fault."""
    with contextlib.suppress(ScenarioError):
        sheet = read_sheet(path)
        read = read_rows(sheet, a_scenario())
        assert read.referrals.n_referrals + read.n_duplicates + len(sheet.faults) == read.n_rows


@pytest.mark.unit
def test_a_broken_workbook_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(content[: len(content) // 2])
    with pytest.raises(ScenarioError, match="an Excel workbook"):
        read_sheet(tmp_path / "b.xlsx")


@pytest.mark.unit
def test_a_discharge_that_was_never_reckoned_is_not_still_living_there(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "henvist", "tilbudt", "tilsagn", "indskrevet", "udskrevet", "årsag"])
    sheet.append(["A", dt.date(2023, 1, 1), "ja", "ja", dt.date(2023, 1, 4), "=E2+90", "afbrudt før tid"])
    book.save(tmp_path / "a.xlsx")
    read = read_rows(read_sheet(tmp_path / "a.xlsx"), a_scenario())
    assert str(read.faults[0]).startswith("a.xlsx row 2, discharged: a value; got the formula '=E2+90'. Save the work")
    assert not read.referrals.is_stay_sound[0]


@pytest.mark.unit
def test_days_that_fit_month_first_only_refuse_the_file(tmp_path: Path) -> None:
    text = "referred,admitted\n01/02/2023,01/05/2023\n02/28/2023,03/06/2023\n"
    with pytest.raises(ScenarioError, match=r"a.csv row 3, referred: dates with the day first; got '02/28/2023', with"):
        read_sheet(written(tmp_path, "a.csv", text))


@pytest.mark.unit
def test_half_unreadable_days_are_told_one_by_one(tmp_path: Path) -> None:
    rows = "".join(f"{n},{'??' if n % 2 else f'2023-01-{n + 1:02d}'}\n" for n in range(20))
    read = read_rows(read_sheet(written(tmp_path, "a.csv", f"id,referred\n{rows}")), a_scenario())
    assert len([fault for fault in read.faults if str(fault.path) == "referred"]) == 10


@pytest.mark.unit
def test_headings_over_two_lines_and_cells_with_line_breaks(tmp_path: Path) -> None:
    text = (
        'løbenummer;"henvist\n(dato)";"kommune\nved henvisning";note;a\u030arsag\n'
        'A;2023-01-09;Aarhus;"talte\n2. gang; ringer";\nB;2023-01-10;Arhus;;\n'
    )
    read = read_rows(read_sheet(written(tmp_path, "a.csv", text)), a_scenario())
    assert read.columns == ("id", "referred", "municipality", "reason")
    assert [str(fault) for fault in read.faults] == [
        "a.csv row 3, municipality: a Danish municipality; got 'Arhus'. Did you mean Aarhus? The cell was left out."
    ]


@pytest.mark.unit
def test_joined_cells_and_numbers_that_were_dates_are_left_out_and_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["henvist", "kommune", "graviditetsuge"],
        [44935, "Aarhus", dt.date(2026, 3, 22)],
        [dt.date(2023, 1, 2)],
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    read = read_rows(read_sheet(tmp_path / "a.xlsx"), a_scenario())
    assert [f"{fault.place} {fault.path}: {fault.got}" for fault in read.faults] == [
        "a.xlsx row 2 referred: 44935",
        "a.xlsx row 2 gestation_week: the date 2026-03-22",
        "a.xlsx row 3 municipality: a cell joined with row 2, column 2",
    ]
    assert "or write 2023-01-09" in str(read.faults[0].remedy)
