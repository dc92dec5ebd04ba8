"""Times seen to end and times cut off, woman by woman."""

import datetime as dt

import numpy as np
import pytest
from invented_files import a_reading, a_scenario

from calibration.from_rows.estimates.acceptance import answers, settled
from calibration.from_rows.estimates.observed import (
    births_while_waiting,
    early_leaving,
    planned_stays,
    pregnancies,
    stay_ends,
    waits,
)
from calibration.from_rows.estimates.referral_rate import arrivals

YES = {"referred": "2025-01-01", "offered": "yes", "accepted": "yes"}
IN = YES | {"admitted": "2025-01-11"}
LAST = dt.date(2025, 12, 31)  # day 364 after the referral


def times(found: object) -> list[tuple[float, bool]]:
    return list(zip(found.days.tolist(), found.is_seen.tolist(), strict=True))  # type: ignore[attr-defined]


@pytest.mark.unit
def test_patience_ends_where_she_gives_up_and_is_cut_off_by_everything_else() -> None:
    read = a_reading(
        YES | {"wait_ended": "2025-02-01", "reason": "gave_up"},
        YES | {"admitted": "2025-01-11"},
        YES | {"wait_ended": "2025-03-02", "reason": "birth_before_place"},
        YES,
        YES | {"accepted": "no"},
        {"referred": "2025-01-01", "offered": "no"},
    )
    assert times(waits(read.referrals)) == [(31, True), (10, False), (60, False), (364, False)]


@pytest.mark.unit
def test_a_wait_whose_end_is_unreadable_is_not_taken_for_one_that_goes_on() -> None:
    read = a_reading(YES | {"admitted": "snart"}, YES | {"wait_ended": "2025-02-01"}, YES | {"reason": "?"})
    assert times(waits(read.referrals)) == []


@pytest.mark.unit
def test_early_leaving_and_planned_stays_cut_each_other_off() -> None:
    born = {"pregnancy_end": "2025-03-01", "gestation_week": "31"}
    read = a_reading(
        IN | born | {"discharged": "2025-01-21", "reason": "left_early", "pregnancy_end": ""},
        IN | born | {"discharged": "2025-04-10", "reason": "left_early"},
        IN | born | {"discharged": "2025-09-01", "reason": "completed"},
        IN | born | {"discharged": "2025-06-01", "reason": "other"},
        IN | born,
    )
    assert times(early_leaving(read.referrals)) == [(10, True), (89, True), (233, False), (141, False), (354, False)]
    from_birth = planned_stays(read.referrals, is_from_birth=True)
    assert times(from_birth) == [(40, False), (184, True), (92, False), (305, False)]
    from_admission = planned_stays(read.referrals, is_from_birth=False)
    assert times(from_admission) == [(10, False), (89, False), (233, True), (141, False), (354, False)]
    assert stay_ends(read.referrals).cause.tolist() == [2, 2, 1, 0, 0]


@pytest.mark.unit
def test_a_planned_stay_counts_from_admission_where_birth_came_before() -> None:
    born = {"pregnancy_end": "2025-01-05", "gestation_week": "39"}
    read = a_reading(IN | born | {"discharged": "2025-04-21", "reason": "completed"})
    assert times(planned_stays(read.referrals, is_from_birth=True)) == [(100, True)]


@pytest.mark.unit
def test_a_stay_after_a_loss_says_nothing_of_planned_stays_and_cuts_early_leaving_off() -> None:
    lost = {"pregnancy_end": "2025-02-01", "gestation_week": "12", "discharged": "2025-02-15", "reason": "completed"}
    read = a_reading(IN | lost)
    assert times(planned_stays(read.referrals, is_from_birth=True)) == []
    assert times(early_leaving(read.referrals)) == [(35, False)]


@pytest.mark.unit
def test_an_end_without_a_known_reason_is_no_stay_at_all() -> None:
    read = a_reading(IN | {"discharged": "2025-05-01"}, IN | {"discharged": "x"}, IN | {"reason": "x"})
    assert times(early_leaving(read.referrals)) == []


@pytest.mark.unit
def test_births_while_waiting_tell_who_stays_on_the_list() -> None:
    born = {"pregnancy_end": "2025-02-01", "gestation_week": "35"}
    read = a_reading(
        YES | born | {"wait_ended": "2025-02-01", "reason": "birth_before_place"},
        YES | born | {"admitted": "2025-03-01"},
        YES | born | {"wait_ended": "2025-03-01", "reason": "gave_up"},
        YES | born,
        YES | born | {"wait_ended": "2025-02-01", "reason": "gave_up"},
        YES | born | {"admitted": "2025-01-11"},
        YES
        | {"pregnancy_end": "2025-01-20", "gestation_week": "12", "wait_ended": "2025-01-20"}
        | {"reason": "pregnancy_ended"},
    )
    assert births_while_waiting(read.referrals).tolist() == [False, True, True, True]


@pytest.mark.unit
def test_pregnancies_are_followed_as_long_as_she_is_in_sight() -> None:
    week = {"gestation_week": "10+0"}
    read = a_reading(
        YES | week | {"pregnancy_end": "2025-07-30", "admitted": "2025-02-01"},
        YES | week | {"wait_ended": "2025-01-15", "reason": "gave_up"},
        IN | week | {"discharged": "2025-01-29", "reason": "left_early"},
        YES | week | {"accepted": "no"},
        YES | week,
    )
    found = pregnancies(read.referrals)
    assert (found.last_week - found.week).tolist() == pytest.approx([30, 2, 4, 0, 52])
    assert found.is_ended.tolist() == [True, False, False, False, False]


@pytest.mark.unit
def test_answers_need_travel_and_household_and_time_to_come_in() -> None:
    known = {"municipality": "Aarhus", "site": "AAR", "household": "partner"}
    read = a_reading(
        YES | known,
        YES | known | {"accepted": "no", "household": "alene"},
        YES | known | {"household": ""},
        YES | known | {"site": ""},
        YES | known | {"referred": "2025-12-20"},
        YES | known | {"accepted": ""},
    )
    heard = answers(read.referrals, settle_days=30)
    assert heard.is_yes.tolist() == [True, False]
    assert heard.is_family.tolist() == [True, False]
    assert settled(read.referrals, 30).tolist() == [True, True, True, True, False, True]


@pytest.mark.unit
def test_only_whole_time_counts_for_the_number_of_referrals() -> None:
    rows = [{"referred": f"2025-{month:02d}-15"} for month in range(1, 13)]
    given = arrivals(a_reading(*rows, first=dt.date(2025, 1, 1)).referrals, a_scenario(), settle_days=30)
    assert len(given.time) == 11
    assert (given.begin, given.end) == pytest.approx((731 / 365.25, (731 + 335) / 365.25))
    begun = arrivals(a_reading(*rows).referrals, a_scenario(), settle_days=30)
    assert len(begun.time) == 10  # the first says when the record begins, and nothing of the rate
    assert begun.begin == pytest.approx((731 + 15) / 365.25)


@pytest.mark.unit
def test_a_record_all_of_whose_time_is_left_out_has_no_referrals() -> None:
    seen = arrivals(a_reading({"referred": "2025-12-15"}).referrals, a_scenario(), settle_days=60)
    assert len(seen.time) == 0
    assert seen.end == seen.begin


@pytest.mark.unit
def test_no_woman_is_both_seen_and_missing() -> None:
    read = a_reading(IN, YES, {"referred": "2025-03-01"})
    assert not np.isnan(waits(read.referrals).days).any()
    assert not np.isnan(early_leaving(read.referrals).days).any()
