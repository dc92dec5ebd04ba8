"""Intervals: their ends, on a scale on which a measure has no end, and which way a difference surely goes."""

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

WIDEST = 10.0
"""Most times its mean, or odds, an interval may reach; a wider one says nothing."""
FEWEST_ALIKE = 6
"""If neither way were likelier, so many differences would all go the same way in 2 / 2**6 = 3 % of runs."""


def ends_of(mean: Floats, half_width: Floats, is_share: Bools | bool) -> tuple[Floats, Floats]:
    """Find the ends of an interval that stays where a measure can be.

    Parameters
    ----------
    mean, half_width : ndarray of float
        What is known of it; half a width of 0 gives no interval.
    is_share : ndarray of bool
        Whether it lies between 0 and 1; else it is at least 0.

    Returns
    -------
    low, high : ndarray of float
        Not a number where there is no interval.

    Notes
    -----
    Made on the scale of logarithms, for a share on that of log odds, on which a small distance d from the mean m is
    d / m and d / (m (1 - m)). Where not even the order of magnitude is known, as after two replications, there is none.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        odds = np.where(is_share, mean / (1 - mean), mean)
        reach = np.exp(half_width / np.where(is_share, mean * (1 - mean), mean))
        is_known = np.isfinite(odds) & (odds > 0) & (half_width > 0) & (reach <= WIDEST)
        low, high = (
            np.where(is_known, np.where(is_share, 1 / (1 + 1 / end), end), np.nan)
            for end in (odds / reach, odds * reach)
        )
    return low, high


def is_same_everywhere(n: int, mean: float, low: float) -> bool:
    """Tell whether a difference is exactly 0 in every replication.

    Parameters
    ----------
    n : int
        Replications that have a value.
    mean, low : float
        As in `Estimates`.

    Returns
    -------
    bool
        False with one replication, which shows nothing.
    """
    return n > 1 and mean == 0 and math.isnan(low)


def is_direction_sure(n: int, mean: float, low: float, high: float) -> bool:
    """Tell whether it is sure which way a difference goes.

    Parameters
    ----------
    n : int
        Replications that have a value.
    mean, low, high : float
        As in `Estimates`.

    Returns
    -------
    bool
        Whether the interval leaves out 0; without an interval, whether so many replications as `FEWEST_ALIKE` have the
        same difference.
    """
    return low > 0 or high < 0 or (math.isnan(low) and n >= FEWEST_ALIKE and abs(mean) > 0)
