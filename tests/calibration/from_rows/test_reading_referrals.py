"""Reading referrals: what is wrong is said and left out, and the rest of the row is used."""

import datetime as dt

import numpy as np
import pytest
from invented_files import FULL_HEADER, a_reading, a_scenario, a_sheet

from calibration.from_rows.file.cells import EPOCH
from calibration.from_rows.file.reading import Period, read_rows
from sim.scenario import ScenarioError

WAITED = {"referred": "2024-01-01", "offered": "yes", "accepted": "yes"}
STAYED = WAITED | {"admitted": "2024-02-01", "discharged": "2024-05-01", "reason": "completed"}


def day(text: str) -> float:
    return float((dt.date.fromisoformat(text) - EPOCH).days)


@pytest.mark.unit
def test_a_sound_row_is_read_without_a_word() -> None:
    read = a_reading(STAYED | {"municipality": "Aarhus", "site": "AAR", "household": "børn", "gestation_week": "20+0"})
    found = read.referrals
    assert read.faults == ()
    assert found.referred_day[0] == day("2024-01-01")
    assert found.admitted_day[0] == day("2024-02-01")
    assert found.household[0] == 2
    assert found.has_family_places[0] == 1
    assert found.minutes[0] > 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cells", "column", "match"),
    [
        (
            {"referred": "2024-01-01", "municipality": "Arhus"},
            "municipality",
            "a Danish municipality; got 'Arhus'. Did you",
        ),
        (
            {"referred": "2024-01-01", "admitted": "2023-12-01"},
            "admitted",
            "a date not before referred, 2024-01-01; got",
        ),
        (STAYED | {"discharged": "2024-01-15"}, "discharged", "a date not before admitted"),
        (WAITED | {"admitted": "2096-02-01"}, "admitted", "a date not after the last day of the data, 2025-12-31"),
        (WAITED | {"pregnancy_end": "2025-12-01"}, "pregnancy_end", "less than 43 weeks after she was referred"),
        (
            WAITED | {"gestation_week": "30", "pregnancy_end": "2024-07-01"},
            "pregnancy_end",
            "an end of pregnancy by week",
        ),
        (STAYED | {"accepted": "no"}, "accepted", "yes where she was admitted; got no"),
        (WAITED | {"offered": "no"}, "accepted", "no or nothing where offered is no"),
        (STAYED | {"wait_ended": "2024-01-15"}, "wait_ended", "nothing where she was admitted"),
        (WAITED | {"discharged": "2024-05-01"}, "discharged", "nothing where she was not admitted"),
        (STAYED | {"reason": "gave_up"}, "reason", "a reason of one who was admitted; got gave_up"),
        (WAITED | {"reason": "completed"}, "reason", "admitted filled in where the reason is completed"),
        (WAITED | {"reason": "gave_up"}, "reason", "wait_ended filled in where the reason is gave_up"),
        (WAITED | {"admitted": "2024-02-01", "reason": "left_early"}, "reason", "discharged filled in where"),
        (STAYED | {"reason": "in_stay"}, "reason", "no date of an end where the reason is in_stay"),
        (STAYED | {"reason": ""}, "discharged", "a reason where there is a date of an end; got none"),
        (WAITED | {"wait_ended": "2024-03-01"}, "wait_ended", "a reason where there is a date of an end"),
    ],
)
def test_what_contradicts_is_named_and_left_out(cells: dict[str, str], column: str, match: str) -> None:
    read = a_reading(cells)
    assert [str(fault.path) for fault in read.faults] == [column]
    assert match in str(read.faults[0])
    assert str(read.faults[0]).startswith(f"mine.csv row 2, {column}: ")
    assert str(read.faults[0]).endswith("The cell was left out.")
    assert read.referrals.n_referrals == 1
    assert not np.isnan(read.referrals.referred_day[0])


@pytest.mark.unit
def test_a_reason_left_out_takes_the_end_with_it_without_a_second_word() -> None:
    read = a_reading(STAYED | {"reason": "gave_up"})
    assert np.isnan(read.referrals.discharged_day[0])
    assert not read.referrals.is_stay_sound[0]


@pytest.mark.unit
def test_all_faults_of_a_file_come_together_in_the_order_of_the_rows() -> None:
    read = a_reading(
        {"referred": "2024-01-01", "municipality": "Nowhere", "household": "?"},
        {"referred": "2024-01-02"},
        STAYED | {"discharged": "2023-01-01", "offered": "måske"},
    )
    assert [(str(fault.place), str(fault.path)) for fault in read.faults] == [
        ("mine.csv row 2", "municipality"),
        ("mine.csv row 2", "household"),
        ("mine.csv row 4", "offered"),
        ("mine.csv row 4", "discharged"),
    ]


@pytest.mark.unit
def test_the_same_id_again_is_left_out() -> None:
    read = a_reading({"id": "A", "referred": "2024-01-01"}, {"id": "A", "referred": "2024-02-01"})
    assert read.referrals.n_referrals == 1
    assert read.n_duplicates == 1
    assert "mine.csv row 3: each referral once, and each with an id of its own; got the same as in row 2" in str(
        read.faults[0]
    )


@pytest.mark.unit
def test_the_same_row_again_is_left_out_where_there_are_no_ids() -> None:
    header = FULL_HEADER[1:]
    row = {"referred": "2024-01-01", "municipality": "Aarhus"}
    sheet = a_sheet(row, row, row | {"municipality": "Odense"}, header=header)
    read = read_rows(sheet, a_scenario(), Period(None, dt.date(2025, 1, 1)))
    assert read.referrals.n_referrals == 2
    assert read.n_duplicates == 1


@pytest.mark.unit
def test_two_women_alike_in_everything_but_their_ids_are_two() -> None:
    assert a_reading({"referred": "2024-01-01"}, {"referred": "2024-01-01"}).referrals.n_referrals == 2


@pytest.mark.unit
def test_a_row_without_a_sound_date_is_used_for_the_rest() -> None:
    read = a_reading({"referred": "?", "household": "alene"}, {"referred": "2024-01-01"})
    assert np.isnan(read.referrals.referred_day[0])
    assert read.referrals.household[0] == 0


@pytest.mark.unit
def test_nothing_used_is_an_error_with_what_was_wrong() -> None:
    with pytest.raises(ScenarioError, match="row 2, referred: a date; got 'i går'"):
        a_reading({"referred": "i går"}, {"referred": ""})


@pytest.mark.unit
def test_a_file_without_the_day_of_referral_is_refused_with_the_nearest_column() -> None:
    with pytest.raises(ScenarioError, match=r"a column referred \(henvist\); got none of that name. Is it 'refered'"):
        read_rows(a_sheet({"refered": "2024-01-01"}, header=("id", "refered")), a_scenario())


@pytest.mark.unit
def test_a_column_twice_is_refused() -> None:
    with pytest.raises(ScenarioError, match="each column once; referred; got it twice, in columns 1 and 2"):
        read_rows(a_sheet({"referred": "2024-01-01"}, header=("referred", "Henvist")), a_scenario())


@pytest.mark.unit
def test_danish_columns_are_known_and_others_are_named_as_not_used() -> None:
    sheet = a_sheet({"Henvist": "01-02-2024", "Skostørrelse": "38"}, header=("Løbenummer", "Henvist", "Skostørrelse"))
    read = read_rows(sheet, a_scenario())
    assert read.columns == ("id", "referred")
    assert read.unknown_columns == ("Skostørrelse",)


@pytest.mark.unit
def test_the_week_at_referral_follows_from_the_day_she_is_due() -> None:
    header = (*FULL_HEADER, "due")
    sheet = a_sheet({"referred": "2024-01-01", "due": "2024-05-06"}, header=header)
    read = read_rows(sheet, a_scenario(), Period(None, dt.date(2024, 2, 1)))
    assert read.referrals.gestation_weeks[0] == 40 - 126 / 7


@pytest.mark.unit
def test_whole_weeks_are_completed_weeks_unless_the_file_has_parts_of_weeks() -> None:
    whole = a_reading({"referred": "2024-01-01", "gestation_week": "20"})
    parts = a_reading(
        {"referred": "2024-01-01", "gestation_week": "20"}, {"referred": "2024-01-02", "gestation_week": "20,4"}
    )
    assert whole.referrals.gestation_weeks[0] == 20.5
    assert parts.referrals.gestation_weeks[0] == 20.0


@pytest.mark.unit
def test_the_last_day_is_the_latest_that_is_not_in_the_future() -> None:
    sheet = a_sheet(STAYED, {"referred": "2024-06-01"}, {"referred": "2024-07-02"})
    read = read_rows(sheet, a_scenario(), Period(today=dt.date(2024, 7, 1)))
    assert read.referrals.last_day == day("2024-06-01")
    assert read.referrals.first_day == day("2024-01-01")
    assert not read.referrals.is_first_counted
    assert [str(fault.path) for fault in read.faults] == ["referred"]


@pytest.mark.unit
def test_own_minutes_go_before_those_reckoned() -> None:
    header = (*FULL_HEADER, "minutes")
    own = {"referred": "2024-01-01", "municipality": "Aarhus", "site": "AAR", "minutes": "200"}
    read = read_rows(a_sheet(own, header=header), a_scenario(), Period(None, dt.date(2025, 1, 1)))
    assert read.referrals.minutes[0] == 200
