"""Tables as people make them: separators, decimal commas, spreadsheets' cells; and what is refused, with the row."""

import datetime
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_batches import QUICK_TEXT

from sim.batch import GatheredCases, gather
from sim.batch.cells import value_of_text
from sim.tables import CellFault, Marks

NEED = "demand.need_per_year"


def table(folder: Path, text: str, name: str = "cases.csv") -> GatheredCases:
    (folder / "base.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return gather([str(folder / name)], base=str(folder / "base.yaml"))


def workbook(folder: Path, *rows: list[Any]) -> GatheredCases:
    (folder / "base.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / "cases.xlsx")
    return gather([str(folder / "cases.xlsx")], base=str(folder / "base.yaml"))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" 12 ", 12),
        ("12.0", 12),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("1e-3", 0.001),
        ("TRUE", True),
        ("2028-01-01", "2028-01-01"),
        ("{constant: {value: 3}}", {"constant": {"value": 3}}),
        ("[1, 2]", [1, 2]),
    ],
)
def test_cells_of_text(text: str, value: object) -> None:
    assert value_of_text(text.strip(), Marks(comma=True)) == value


@pytest.mark.unit
@pytest.mark.parametrize("text", ["1.000", "1.000,5", "{a: ", "1.234.567"])
def test_cells_that_may_mean_two_things_are_faults(text: str) -> None:
    assert isinstance(value_of_text(text.strip(), Marks(comma=True)), CellFault)


@pytest.mark.unit
def test_a_danish_table_means_what_an_english_one_does(tmp_path: Path) -> None:
    english = table(tmp_path, f"name,{NEED},acceptance.base\nfirst,40,0.35\n,,\n,50,\n")
    danish = table(tmp_path, f"\ufeffname;{NEED};acceptance.base\r\nfirst;40;0,35\r\n;;\r\n;50;\r\n")
    assert english == danish
    assert [case.scenario.name for case in english.cases] == ["first", "quick-row4"]
    assert english.cases[1].scenario.acceptance.base == 0.4


@pytest.mark.unit
def test_cells_of_a_workbook(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        [NEED, "start", "waiting.patience_days", "designs.regional.home_first"],
        [40.0, datetime.datetime(2028, 1, 1), "{constant: {value: 3}}", True],
        [None, datetime.date(2029, 1, 1), None, None],
    )
    assert found.faults == ()
    one, two = (case.scenario for case in found.cases)
    assert (one.demand.need_per_year, one.start, one.designs[0].home_first) == (40, datetime.date(2028, 1, 1), True)
    assert (two.demand.need_per_year, two.start) == (75, datetime.date(2029, 1, 1))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("abc", r"cases.xlsx row 3, demand.need_per_year: a number from 0 to 10000 women/year; got 'abc'."),
        ("=1+1", "cases.xlsx row 3, demand.need_per_year: a value; got the formula '=1+1'. Save the workbook in Excel"),
        ("#REF!", "cases.xlsx row 3, demand.need_per_year: a value; got #REF!. Correct the formula."),
        (datetime.datetime(2028, 1, 1, 12), "a date without a time of day; got 2028-01-01 12:00:00. Format the cell"),
        (datetime.time(12), "a number, text, date, true or false; got a time of day. Format the cell as a number."),
    ],
)
def test_a_faulty_row_is_named_and_the_others_are_kept(tmp_path: Path, cell: object, message: str) -> None:
    found = workbook(tmp_path, [NEED], [40], [cell], [50])
    assert [case.scenario.demand.need_per_year for case in found.cases] == [40, 50]
    (fault,) = found.faults
    assert re.search(re.escape(message), str(fault))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{NEED}\nabc\n", "cases.csv row 2, demand.need_per_year: a number from 0 to 10000 women/year; got 'abc'."),
        ("demand.ned\n1\n", "cases.csv row 2, demand.ned: a known word"),
        (f"{NEED},{NEED}\n1,2\n", f"cases.csv row 1, {NEED}: each path once; got it again. Delete a column."),
        (f"{NEED},\n1,2\n", "cases.csv row 2: 1 cells, as in row 1; got more. Put a name above it"),
        (f"{NEED}\n", "cases.csv: a row for each scenario below the paths; got none. Add rows."),
        ("", "cases.csv: a first row of paths, at most 500; got 0. Put the paths in row 1."),
        ("scenario\n../base.yaml\n", "cases.csv row 2, scenario: the name of a ready scenario, or a file in the table"),
        ("scenario\n/etc/passwd\n", "cases.csv row 2, scenario: the name of a ready scenario, or a file in the table"),
        ('a\n"b\n', "a table; got"),
        (f"{NEED};acceptance.base\n1.000;0,5\n", "a number without marks for thousands; got '1.000'. Write 1000, or"),
    ],
)
def test_faults_of_csv_tables(tmp_path: Path, text: str, message: str) -> None:
    found = table(tmp_path, text)
    assert found.cases == ()
    assert message in str(found.faults[0])


@pytest.mark.unit
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for content in (b"PK\x03\x04nonsense", b"", b"\x80\x04\x95pickle"):
        (tmp_path / "cases.xlsx").write_bytes(content)
        (fault,) = gather([str(tmp_path / "cases.xlsx")], base="baseline").faults
        assert "cases.xlsx: an Excel workbook; got something else. Save it as an Excel workbook" in str(fault)


@pytest.mark.unit
def test_folders_and_patterns_take_scenarios_and_tables_and_leave_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(QUICK_TEXT + "travel: {table: minutes.csv}\n", encoding="utf-8")
    (tmp_path / "minutes.csv").write_text("municipality,site,minutes\n0751,AAR,9\n", encoding="utf-8")
    (tmp_path / "faulty.yaml").write_text("name: faulty\n", encoding="utf-8")
    (tmp_path / "table.csv").write_text(f"scenario,{NEED}\na.yaml,40\nbaseline,41\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("")
    found = gather([str(tmp_path), str(tmp_path / "a*.yaml"), "baseline"])
    assert [case.scenario.name for case in found.cases] == ["quick", "quick-row2", "baseline-row3", "quick", "baseline"]
    assert {fault.source for fault in found.faults} == {"faulty.yaml"}
    missing = gather([str(tmp_path / "none*.yaml"), str(tmp_path / "none.csv"), "basline"])
    assert [str(fault.got) for fault in missing.faults[:2]] == ["none", "no such file"]
    assert str(missing.faults[2].remedy) == "Did you mean baseline?"


@pytest.mark.unit
def test_a_table_without_a_base_says_how_to_name_one(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(f"{NEED}\n40\n", encoding="utf-8")
    (fault,) = gather([str(tmp_path / "cases.csv")]).faults
    assert str(fault).startswith("cases.csv row 2, scenario: a scenario to start from; got nothing. Add a column")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"name;{NEED};acceptance.base\na;40;40 %\n", "acceptance.base: a number; got '40 %'. Write 0.4."),
        (f"name,{NEED}\na,1.000\n", "a number without marks for thousands; got '1.000'. Write 1000, or with more"),
        (f"name,{NEED}\na,51.818\n", "a number without marks for thousands; got '51.818'. Write 51818, or with more"),
        (f"name;{NEED}\na;2 000\n", "a number; got '2 000', with space (U+0020). Write the number alone"),
        (f"name;{NEED}\na;2\u00a0000\n", "'2 000', with no-break space (U+00A0). Write the number alone"),
        (f"name;{NEED}\na;\u2212\u0032,5\n", "with minus sign (U+2212). Write the number alone"),
        (f"name;{NEED}\na;1'000\n", "with apostrophe (U+0027). Write the number alone"),
        ("name;stay.days\na;{empirical: {values: [183,5, 200,5]}}\n", "a decimal point within brackets; got '{empi"),
        (f"name,{NEED},acceptance.base\na,40\n", "cases.csv row 2: 3 cells, as in row 1; got 2. Add the missing cells"),
        (
            f"Mine scenarier,,\nname,{NEED},seed\na,40,1\n",
            "cases.csv row 1: the names of the columns; got something el",
        ),
        (
            f"Name,{NEED}\na,40\n",
            "column 1: a path such as demand.need_per_year, scenario or name; got 'Name'. Write it",
        ),
        (
            "name,start\na,46388\n",
            "start: a date; got '46388'. If the spreadsheet made a number of it, format the cell",
        ),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(tmp_path: Path, text: str, message: str) -> None:
    found = table(tmp_path, text)
    assert found.cases == ()
    assert message in str(found.faults[0])


@pytest.mark.unit
def test_a_spreadsheet_s_dates_and_per_cents_are_told_and_the_row_beside_is_kept(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        ["name", "start", "designs.regional.places.nordjylland", "acceptance.base"],
        ["a", datetime.date(2027, 1, 1), datetime.date(2026, 2, 1), 0.4],
        [datetime.date(2026, 4, 3), datetime.date(2027, 1, 1), 2, 0.4],
        ["c", 46388, 2, 0.4],
        ["d", datetime.date(2027, 1, 1), 2, "0,4"],
    )
    assert [(case.scenario.name, case.scenario.acceptance.base) for case in found.cases] == [("d", 0.4)]
    assert [f"{fault.place}, {fault.path}: {fault.got}" for fault in found.faults] == [
        "cases.xlsx row 2, designs.regional.places.nordjylland: 2026-02-01",
        "cases.xlsx row 3, name: the date 2026-04-03",
        "cases.xlsx row 4, start: 46388",
    ]
    assert "If the spreadsheet made a date of it, format the cell as text" in str(found.faults[1].remedy)


@pytest.mark.unit
def test_names_are_kept_as_they_are_written(tmp_path: Path) -> None:
    found = table(tmp_path, f"name,{NEED}\n007,40\n1.10,41\n1e3,42\ntrue,43\n")
    assert [case.scenario.name for case in found.cases] == ["007", "1.10", "1e3", "true"]


@pytest.mark.unit
def test_a_column_shows_what_its_points_mean(tmp_path: Path) -> None:
    found = table(tmp_path, f"name,{NEED}\na,37.251\nb,41.5\n")
    assert [case.scenario.demand.need_per_year for case in found.cases] == [37.251, 41.5]


@pytest.mark.unit
def test_further_sheets_and_the_line_that_names_the_separator(tmp_path: Path) -> None:
    found = table(tmp_path, f"sep=;\nname;{NEED}\nfå;40,5\n")
    assert [(case.scenario.name, case.scenario.demand.need_per_year) for case in found.cases] == [("få", 40.5)]
    tabs = table(tmp_path, f"name\t{NEED}\na\t40.5\n")
    assert tabs.cases[0].scenario.demand.need_per_year == 40.5
    book = openpyxl.Workbook()
    book.active.append(["name", NEED])  # type: ignore[union-attr]
    book.active.append(["a", 40])  # type: ignore[union-attr]
    book.create_sheet("Noter").append(["x"])
    book.save(tmp_path / "more.xlsx")
    assert gather([str(tmp_path / "more.xlsx")], base="baseline").notes == (
        "more.xlsx: only the first sheet, Sheet, is read, not Noter.",
    )


@pytest.mark.unit
def test_old_workbooks_are_told_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" * 90)
    (fault,) = gather([str(tmp_path / "old.xls")], base="baseline").faults
    assert str(fault).startswith("old.xls: a CSV file or an Excel workbook; got an old Excel workbook (.xls)")


@pytest.mark.unit
def test_a_place_is_named_once(tmp_path: Path) -> None:
    found = table(tmp_path, "scenario,name\n/etc/passwd,a\n/etc/passwd,b\n")
    assert [str(fault.place) for fault in found.faults] == ["cases.csv row 2", "cases.csv row 3"]
