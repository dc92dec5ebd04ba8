"""Anything shaped like a personal number stops the whole file, and is never shown."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from calibration.from_rows.file.sheet import read_sheet
from sim.personal_numbers import holds_personal_number, names_personal_numbers
from sim.scenario import ScenarioError

DAY = st.integers(1, 31)
MONTH = st.integers(1, 12)


@pytest.mark.law
@settings(deadline=None)
@given(DAY, MONTH, st.integers(0, 99), st.integers(0, 9999), st.sampled_from(["", "-", " ", "–", " - ", "\u00a0", "."]))
def test_every_date_with_four_digits_is_found_whatever_stands_between(
    day: int, month: int, year: int, serial: int, mark: str
) -> None:
    number = f"{day:02d}{month:02d}{year:02d}{mark}{serial:04d}"
    assert holds_personal_number(number)
    assert holds_personal_number(f"se også {number}, flyttet")
    assert holds_personal_number(number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("101701234", id="a spreadsheet took the zero"),
        pytest.param("610170-1234", id="a temporary number"),
        pytest.param("01.01.70-1234", id="a date with marks"),
        pytest.param("0101\u200b701234", id="a character that shows nothing"),
        pytest.param("x0101701234y", id="between letters"),
    ],
)
def test_disguised_numbers_are_found(text: str) -> None:
    assert holds_personal_number(text)


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "31-12-2026",
        "31.12.2026",
        "31/12/2026 10:30",
        "2026-12-31 00:00:00",
        "22+3",
        "0751",
        "R001",
        "20304050",
        "+45 20 30 40 50",
        "22.428571",
        "1103428",
        "99999999999",
        "1234567890",
    ],
)
def test_dates_weeks_codes_and_telephone_numbers_are_not(text: str) -> None:
    assert not holds_personal_number(text)


@pytest.mark.unit
@pytest.mark.parametrize(("name", "is_one"), [("CPR-nr", True), ("personnummer", True), ("cpr", True), ("id", False)])
def test_columns_that_name_personal_numbers_are_known(name: str, is_one: bool) -> None:
    assert names_personal_numbers(name) is is_one


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError, match="no personal numbers") as caught:
        read_sheet(path)
    for secret in ("010170", "1234", "101701234"):
        assert secret not in str(caught.value)
        assert secret not in repr(caught.value.faults)
    return str(caught.value)


@pytest.mark.unit
def test_a_number_in_a_cell_is_told_by_row_and_column_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;referred;note\nR1;2023-01-01;ja\nR2;2023-01-02;mor 010170-1234\n", encoding="utf-8")
    assert "row 3, column 3" in refused(path)


@pytest.mark.unit
def test_a_number_in_the_name_of_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("referred,010170 1234\n2023-01-01,\n", encoding="utf-8")
    assert "row 1, column 2" in refused(path)


@pytest.mark.unit
def test_a_column_called_cpr_is_refused_even_if_it_holds_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("CPR;referred\nA;2023-01-01\n", encoding="utf-8")
    assert "row 1, column 1" in refused(path)


@pytest.mark.unit
def test_a_number_in_the_name_of_the_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    assert "file's name" in refused(tmp_path / "010170-1234.csv")


@pytest.mark.unit
def test_a_number_in_a_workbook_is_found_on_any_sheet_also_as_a_number(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["referred", "id"])
    sheet.append(["2023-01-01", "R1"])
    other = book.create_sheet("noter")
    other.append([None, 101701234])
    book.save(tmp_path / "a.xlsx")
    assert "sheet 2 row 1, column 2" in refused(tmp_path / "a.xlsx")


@pytest.mark.unit
def test_a_number_in_a_file_that_cannot_be_parsed_is_still_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('referred,note\n2023-01-01,"' + "x" * 140_000 + "010170-1234\n", encoding="utf-8")
    refused(path)


@pytest.mark.unit
def test_many_numbers_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("referred,id\n" + "2023-01-01,010170-1234\n" * 50, encoding="utf-8")
    told = refused(path)
    assert len(told.splitlines()) == 21
    assert "30 more of that shape" in told
