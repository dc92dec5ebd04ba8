"""Cells: dates, weeks, minutes, yes and no, places and the words that are known."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.from_rows.file.cells import (
    EPOCH,
    read_date,
    read_household,
    read_minutes,
    read_municipality,
    read_reason,
    read_site,
    read_week,
    read_yes_no,
)
from calibration.from_rows.file.columns import COLUMN_BY_WORD, COLUMNS, plain_word
from sim.geography import load_municipalities, load_sites
from sim.tables import CellFault


@pytest.mark.law
@settings(deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_reads_the_same_however_it_is_written(date: dt.date) -> None:
    day = float((date - EPOCH).days)
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d 00:00:00", "%d-%m-%Y 10:30"):
        assert read_date(date.strftime(pattern)) == day
    assert read_date(f"{date.day}/{date.month}/{date.year}") == day


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("31-12-23", "with the year in full"),
        ("12/31/2023", "Write the day first"),
        ("31-02-2023", "Write the day first"),
        ("45123", "format the cell as a date, or write 2023-07-16"),
        ("20231231", "Write it as 2023-12-31."),
        ("1. juli 2028", "Write it as 2026-12-31"),
        ("1823-01-01", "Correct the year"),
        ("snart", "Write it as"),
    ],
)
def test_a_date_that_is_none_says_what_to_do(text: str, remedy: str) -> None:
    found = read_date(text)
    assert isinstance(found, CellFault)
    assert remedy in str(found.remedy)
    assert repr(text) == str(found.got)


@pytest.mark.unit
@pytest.mark.parametrize(("text", "week"), [("22+3", 22 + 3 / 7), ("22 + 0", 22.0), ("22,4", 22.4), ("22", 22.0)])
def test_weeks_are_read_with_days_or_decimals(text: str, week: float) -> None:
    assert read_week(text) == pytest.approx(week)


@pytest.mark.unit
@pytest.mark.parametrize("text", ["60", "1", "22+8", "tidligt", "-3", "²²"])
def test_weeks_that_are_none_are_told(text: str) -> None:
    assert isinstance(read_week(text), CellFault)


@pytest.mark.unit
@pytest.mark.parametrize(("text", "minutes"), [("75", 75.0), ("75,5", 75.5), ("0", 0.0)])
def test_minutes_are_read(text: str, minutes: float) -> None:
    assert read_minutes(text) == minutes
    assert isinstance(read_minutes("9999"), CellFault)
    assert isinstance(read_minutes("langt"), CellFault)


@pytest.mark.unit
def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [read_yes_no(text) for text in ("ja", "JA", "yes", "x", "1", "SAND")] == [1.0] * 6
    assert [read_yes_no(text) for text in ("nej", "No", "0", "falsk")] == [0.0] * 4
    found = read_yes_no("måske")
    assert isinstance(found, CellFault)
    assert "ja or nej" in str(found.remedy)


@pytest.mark.unit
def test_households_and_reasons_are_read_in_both_languages() -> None:
    assert [read_household(text) for text in ("alene", "Partner", "hjemmeboende børn")] == [0.0, 1.0, 2.0]
    assert read_reason("left_early") == read_reason("afbrudt før tid") == read_reason("Left early") == 1.0
    assert read_reason("Fødsel før plads") == read_reason("birth_before_place") == 3.0
    found = read_reason("gennemfort")
    assert isinstance(found, CellFault)
    assert str(found.remedy) == "Did you mean gennemført?"


@pytest.mark.unit
@pytest.mark.parametrize("number", range(98))
def test_every_municipality_is_known_by_code_and_name(number: int) -> None:
    places = load_municipalities()
    name, code = places.name[number], places.code[number]
    spellings = (
        name,
        name.upper(),
        f"{name} Kommune",
        f"{name}s Kommune",
        code,
        str(int(code)),
        name.replace("å", "aa"),
    )
    assert [read_municipality(spelling) for spelling in spellings] == [float(number)] * len(spellings)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "near"), [("Arhus", "Aarhus"), ("Kolbing", "Kolding"), ("Hojetaastrup", "Høje-Taastrup")]
)
def test_an_unknown_municipality_gets_the_nearest_name(text: str, near: str) -> None:
    found = read_municipality(text)
    assert isinstance(found, CellFault)
    assert str(found.remedy) == f"Did you mean {near}?"


@pytest.mark.unit
def test_sites_are_known_by_id_town_and_hospital() -> None:
    sites = [site.id for site in load_sites()]
    assert read_site("aar") == sites.index("AAR")
    assert read_site("Kolding") == sites.index("KOL")
    assert read_site("Aalborg Universitetshospital, Nord") == sites.index("AAL")
    assert isinstance(read_site("Malmø"), CellFault)


@pytest.mark.unit
def test_long_texts_are_cut_in_messages() -> None:
    found = read_municipality("x" * 500)
    assert isinstance(found, CellFault)
    assert len(str(found.got)) < 40


@pytest.mark.unit
def test_no_name_of_a_column_stands_for_two() -> None:
    words = [plain_word(word) for column in COLUMNS for word in (column.name, *column.danish)]
    assert len(words) == len(set(words)) == len(COLUMN_BY_WORD)
