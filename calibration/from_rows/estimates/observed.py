"""What the referrals say of each part of the model: times that were seen to end, and times that were cut off.

A time is cut off (censored) when something else ends it or the data end. Each part has its own view: admission cuts off
patience, a completed stay cuts off early leaving, leaving cuts off the planned stay.
"""

from typing import NamedTuple

import numpy as np

from calibration.from_rows.file.columns import (
    BIRTH_BEFORE_PLACE,
    COMPLETED,
    GAVE_UP,
    IN_STAY,
    LEFT_EARLY,
    PREGNANCY_ENDED,
    WAITING,
)
from calibration.from_rows.referrals import Bools, Floats, Referrals
from sim.cohort import DAYS_PER_WEEK
from sim.cohort.attributes import LOSS_BEFORE_WEEK


class Times(NamedTuple):
    """Times of some women."""

    days: Floats  # [shape (n_women,)] How long it lasted, or how long it had lasted when it was cut off [days]
    is_seen: Bools  # [shape (n_women,)] Whether it was seen to end


class Ends(NamedTuple):
    """Stays by how they ended, for curves of competing ends."""

    days: Floats  # [shape (n_women,)] Since admission [days]
    cause: np.ndarray  # [shape (n_women,)] 0 cut off, 1 completed, 2 left early


class Pregnancies(NamedTuple):
    """Pregnancies as far as they were followed."""

    week: Floats  # [shape (n_women,)] At referral [weeks]
    last_week: Floats  # [shape (n_women,)] At its end, or the last in which she was known to be pregnant [weeks]
    is_ended: Bools  # [shape (n_women,)] Whether the last week is the end


def waits(referrals: Referrals) -> Times:
    """Take the time women who said yes stayed willing to wait."""
    until, is_known = _wait_until(referrals)
    said_yes = (referrals.accepted == 1) | ~np.isnan(referrals.admitted_day)
    is_used = said_yes & is_known & ~np.isnan(referrals.referred_day)
    days = (until - referrals.referred_day)[is_used]
    return Times(days, (referrals.reason == GAVE_UP)[is_used])


def _wait_until(referrals: Referrals) -> tuple[Floats, Bools]:
    """The last day she waited, and whether that is known."""
    r = referrals
    is_admitted, has_stopped = ~np.isnan(r.admitted_day), ~np.isnan(r.wait_ended_day)
    still_waits = ~is_admitted & ~has_stopped & r.is_wait_sound & (np.isnan(r.reason) | (r.reason == WAITING))
    until = np.where(is_admitted, r.admitted_day, np.where(has_stopped, r.wait_ended_day, r.last_day))
    return until, is_admitted | has_stopped | still_waits


def births_while_waiting(referrals: Referrals) -> Bools:
    """Tell of women still waiting when they gave birth whether they stayed on the list."""
    r = referrals
    until, is_known = _wait_until(r)
    is_birth = _week_at_end(r) >= LOSS_BEFORE_WEEK
    said_yes = (r.accepted == 1) | ~np.isnan(r.admitted_day)
    stopped = is_birth & (r.reason == BIRTH_BEFORE_PLACE) & ~np.isnan(r.wait_ended_day)
    stayed = said_yes & is_birth & is_known & (until > r.pregnancy_end_day) & (r.reason != BIRTH_BEFORE_PLACE)
    answers: Bools = stayed[stopped | stayed]
    return answers


def early_leaving(referrals: Referrals) -> Times:
    """Take the days from admission until women left of their own accord."""
    until, is_used = _stay_until(referrals)
    days = (until - referrals.admitted_day)[is_used]
    return Times(days, (referrals.reason == LEFT_EARLY)[is_used])


def planned_stays(referrals: Referrals, *, is_from_birth: bool) -> Times:
    """Take the days of stays from birth, or from admission, until they were completed."""
    until, is_used = _stay_until(referrals)
    begin = referrals.admitted_day
    if is_from_birth:
        begin = np.maximum(begin, referrals.pregnancy_end_day)
        is_used &= (_week_at_end(referrals) >= LOSS_BEFORE_WEEK) & (begin <= until)
    days = (until - begin)[is_used]
    return Times(days, (referrals.reason == COMPLETED)[is_used])


def stay_ends(referrals: Referrals) -> Ends:
    """Take the stays with how each ended."""
    until, is_used = _stay_until(referrals)
    cause = np.select([referrals.reason == COMPLETED, referrals.reason == LEFT_EARLY], [1, 2], 0)
    return Ends((until - referrals.admitted_day)[is_used], cause[is_used])


def _stay_until(referrals: Referrals) -> tuple[Floats, Bools]:
    """The last day she lived there, and whether that is known."""
    r = referrals
    is_admitted, has_left = ~np.isnan(r.admitted_day), ~np.isnan(r.discharged_day)
    still_there = is_admitted & ~has_left & r.is_stay_sound & (np.isnan(r.reason) | (r.reason == IN_STAY))
    return np.where(has_left, r.discharged_day, r.last_day), (is_admitted & has_left) | still_there


def pregnancies(referrals: Referrals) -> Pregnancies:
    """Follow the pregnancies from referral to their end, or as far as they were followed."""
    r = referrals
    is_ended = ~np.isnan(r.pregnancy_end_day)
    stay_until, is_stay_known = _stay_until(r)
    wait_until, is_wait_known = _wait_until(r)
    is_admitted = ~np.isnan(r.admitted_day)
    seen = np.where(is_admitted & is_stay_known, stay_until, np.where(is_wait_known, wait_until, r.referred_day))
    is_followed = r.is_pregnancy_sound & ((r.accepted == 1) | is_admitted) & (r.reason != PREGNANCY_ENDED)
    seen = np.where(is_followed, seen, r.referred_day)
    last_day = np.where(is_ended, r.pregnancy_end_day, seen)
    last_week = r.gestation_weeks + (last_day - r.referred_day) / DAYS_PER_WEEK
    is_used = ~np.isnan(r.gestation_weeks) & ~np.isnan(last_week)
    return Pregnancies(r.gestation_weeks[is_used], last_week[is_used], is_ended[is_used])


def _week_at_end(referrals: Referrals) -> Floats:
    """Week of pregnancy at its end; a birth at term where the week at referral is not known."""
    r = referrals
    week = r.gestation_weeks + (r.pregnancy_end_day - r.referred_day) / DAYS_PER_WEEK
    is_birth_only = np.isnan(r.gestation_weeks) & ~np.isnan(r.pregnancy_end_day) & (r.reason != PREGNANCY_ENDED)
    return np.where(is_birth_only, 40.0, week)
