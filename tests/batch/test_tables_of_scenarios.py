"""Tables as people make them: separators, decimal commas, spreadsheets' cells; and what is refused, with the row."""

import datetime
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_batches import QUICK_TEXT

from sim.batch import Gathered, gather
from sim.batch.cells import value_of_text
from sim.tables import CellFault, Marks

NEED = "demand.need_per_year"


def table(folder: Path, text: str, name: str = "cases.csv") -> Gathered:
    (folder / "base.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return gather([str(folder / name)], base=str(folder / "base.yaml"))


def workbook(folder: Path, *rows: list[Any]) -> Gathered:
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
    assert [fault.got for fault in missing.faults[:2]] == ["none", "no such file"]
    assert missing.faults[2].remedy == "Did you mean baseline?"


@pytest.mark.unit
def test_a_table_without_a_base_says_how_to_name_one(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(f"{NEED}\n40\n", encoding="utf-8")
    (fault,) = gather([str(tmp_path / "cases.csv")]).faults
    assert str(fault).startswith("cases.csv row 2, scenario: a scenario to start from; got nothing. Add a column")
