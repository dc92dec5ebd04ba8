"""Referrals: what is known about each, as arrays; whatever its file looked like."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Referrals(NamedTuple):
    """Women referred, one a row. Days are counted from `EPOCH` of the file's cells; not a number is not known.

    Attributes
    ----------
    referred_day : ndarray of float of shape (n_referrals,)
        When she was referred [days].
    municipality : ndarray of float of shape (n_referrals,)
        Her home, a row of `sim.geography.load_municipalities`.
    gestation_weeks : ndarray of float of shape (n_referrals,)
        Week of pregnancy at referral [weeks].
    household : ndarray of float of shape (n_referrals,)
        Number in `sim.cohort.HOUSEHOLDS`.
    offered, accepted : ndarray of float of shape (n_referrals,)
        1 for yes, 0 for no.
    minutes : ndarray of float of shape (n_referrals,)
        Travel one way to the nearest place she was asked about [minutes].
    has_family_places : ndarray of float of shape (n_referrals,)
        1 if her family could live there too, else 0; 1 where nothing is said.
    admitted_day, discharged_day, wait_ended_day : ndarray of float of shape (n_referrals,)
        When she moved in, when she left, and when she stopped waiting without a place [days].
    reason : ndarray of float of shape (n_referrals,)
        Number in `calibration.from_rows.file.columns.REASONS`.
    pregnancy_end_day : ndarray of float of shape (n_referrals,)
        Birth or loss [days].
    is_wait_sound, is_stay_sound, is_pregnancy_sound : ndarray of bool of shape (n_referrals,)
        Whether what is not filled in there has not happened yet, rather than being unknown.
    first_day, last_day : float
        First and last day the data cover [days].
    is_first_counted : bool
        Whether the first day was given; else the data begin with the first referral, which then tells nothing of the
        rate.
    """

    referred_day: Floats
    municipality: Floats
    gestation_weeks: Floats
    household: Floats
    offered: Floats
    accepted: Floats
    minutes: Floats
    has_family_places: Floats
    admitted_day: Floats
    discharged_day: Floats
    wait_ended_day: Floats
    reason: Floats
    pregnancy_end_day: Floats
    is_wait_sound: Bools
    is_stay_sound: Bools
    is_pregnancy_sound: Bools
    first_day: float
    last_day: float
    is_first_counted: bool

    @property
    def n_referrals(self) -> int:
        """Number of referrals."""
        return len(self.referred_day)
