"""What one more costs: the ratio of two paired differences between designs, with an honest interval."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95


class RatioEstimate(NamedTuple):
    """A ratio of two means over replications.

    Attributes
    ----------
    value : float
        Mean above over mean below; not a number where the mean below is 0.
    low, high : float
        95 % confidence interval; not a number where there is none, see `is_sure`.
    top, bottom : float
        The two means.
    n : int
        Replications.
    is_sure : bool
        Whether the mean below differs from 0 beyond chance. If it does not, no interval holds the ratio: any price,
        and none, agrees with what was seen.
    """

    value: float
    low: float
    high: float
    top: float
    bottom: float
    n: int
    is_sure: bool


def fieller_ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> RatioEstimate:
    """Estimate the ratio of two means by Fieller's theorem.

    Parameters
    ----------
    top, bottom : array_like of float of shape (n_replications,)
        Values of the same replications; those that are not a number in either are left out.

    Returns
    -------
    RatioEstimate
        The ratio with its interval.

    Notes
    -----
    The interval holds every ratio R for which the mean of ``top - R bottom`` does not differ from 0 by Student's t:
    those between the roots of a R^2 - 2 b R + c, where a = m_y^2 - t^2 s_yy / n, b = m_x m_y - t^2 s_xy / n and
    c = m_x^2 - t^2 s_xx / n. It is an interval only if a > 0, that is, if the mean below differs from 0.

    References
    ----------
    Fieller EC. Some problems in interval estimation. J R Stat Soc B 1954;16:175-185.
    """
    pairs = np.stack([np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)])
    pairs = pairs[:, ~np.isnan(pairs).any(axis=0)]
    n = pairs.shape[1]
    if n == 0:
        nothing = math.nan
        return RatioEstimate(nothing, nothing, nothing, nothing, nothing, 0, False)
    x, y = (float(mean) for mean in pairs.mean(axis=1))
    value = x / y if y else math.nan
    if n == 1:
        return RatioEstimate(value, math.nan, math.nan, x, y, 1, False)
    t = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2))
    spread = t * t * np.cov(pairs) / n
    a, b, c = y * y - spread[1, 1], x * y - spread[0, 1], x * x - spread[0, 0]
    if a <= 0:
        return RatioEstimate(value, math.nan, math.nan, x, y, n, False)
    root = math.sqrt(max(b * b - a * c, 0.0))
    return RatioEstimate(value, (b - root) / a, (b + root) / a, x, y, n, True)


def cost_per_extra_admission(
    cost: npt.ArrayLike, admitted: npt.ArrayLike, *, cost_against: npt.ArrayLike, admitted_against: npt.ArrayLike
) -> RatioEstimate:
    """Estimate what one more woman admitted costs when one design takes another's place.

    Parameters
    ----------
    cost, admitted : array_like of float of shape (n_replications,)
        Cost a year [DKK/year] and women admitted a year of the design, replication by replication.
    cost_against, admitted_against : array_like of float of shape (n_replications,)
        The same of the design it is compared with, of the same replications.

    Returns
    -------
    RatioEstimate
        In DKK for each further woman admitted. If both differences are negative, it is what is saved for each woman
        not admitted; if they have unlike signs, one design is both cheaper and admits more, and the ratio is negative
        and says nothing.
    """
    dearer = np.asarray(cost, dtype=np.float64) - np.asarray(cost_against, dtype=np.float64)
    more = np.asarray(admitted, dtype=np.float64) - np.asarray(admitted_against, dtype=np.float64)
    return fieller_ratio(dearer, more)
