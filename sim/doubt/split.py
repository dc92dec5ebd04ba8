"""Chance and doubt told apart: how much of the spread is one future's, and how much the assumptions'.

Takes what was measured at points, replication by replication. At point k a measure is r_k, the mean above the line over
the mean below it; a replication deviates from it by e_kr. The variance of the r_k between points is that of the
assumptions and, beside it, what is left of chance in a mean of R replications: mean(s_k^2) / R is therefore taken out.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ENDS = (0.05, 0.95)


class AtPoints(NamedTuple):
    """A measure of one design at every point that has a value.

    Attributes
    ----------
    mean : ndarray of float of shape (n_points,)
        At each point; not a number where there is none.
    deviation : ndarray of float of shape (n_points, n_replications)
        Of each replication from it (linearised, where the measure is a quotient).
    """

    mean: Floats
    deviation: Floats


class Split(NamedTuple):
    """Where the spread of a measure comes from.

    Attributes
    ----------
    mean : float
        Over all points.
    chance_variance : float
        Of one future at a point.
    doubt_variance : float
        Of the points, with what chance adds to it taken out; never below 0.
    noise_variance : float
        What chance adds to the variance between points.
    chance, doubt, together : tuple of float
        5 % and 95 % points: of one future where the assumptions hold; of the mean over futures; of both.
    n_points : int
        Points that have a value.
    """

    mean: float
    chance_variance: float
    doubt_variance: float
    noise_variance: float
    chance: tuple[float, float]
    doubt: tuple[float, float]
    together: tuple[float, float]
    n_points: int

    @property
    def doubt_share(self) -> float:
        """Share of the variance of a future that the assumptions have; not a number where nothing varies."""
        whole = self.chance_variance + self.doubt_variance
        return self.doubt_variance / whole if whole > 0 else float("nan")


def points_from(tops: Floats, bottoms: Floats) -> AtPoints:
    """Find a measure at each point.

    Parameters
    ----------
    tops, bottoms : ndarray of float of shape (n_points, n_replications)
        Above and below the line; not a number above it where a replication has no value.

    Returns
    -------
    AtPoints
        Of all points.
    """
    has_value = np.isfinite(tops) & np.isfinite(bottoms)
    n = np.maximum(has_value.sum(axis=1), 1)
    tops, bottoms = np.where(has_value, tops, 0.0), np.where(has_value, bottoms, 0.0)
    below = bottoms.sum(axis=1) / n
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(below > 0, tops.sum(axis=1) / n / below, np.nan)
        deviation = np.where(has_value, (tops - mean[:, None] * bottoms) / below[:, None], np.nan)
    return AtPoints(mean, deviation)


def difference(one: AtPoints, other: AtPoints) -> AtPoints:
    """Take the difference of two designs, replication by replication."""
    return AtPoints(one.mean - other.mean, one.deviation - other.deviation)


def split_points(points: AtPoints, *, low: float = -np.inf, high: float = np.inf) -> Split:
    """Tell chance and doubt apart.

    Parameters
    ----------
    points : AtPoints
        A measure, or a difference, at each point.
    low, high : float
        What the measure cannot be below and above; bands are kept inside.

    Returns
    -------
    Split
        Not a number where fewer than two points have a value.

    Notes
    -----
    With N points and R replications, B the variance of the r_k and s_k^2 that of the replications at a point, the
    doubt variance is B - mean(s_k^2) / R, without bias; the doubt band is read from the r_k drawn toward their mean by
    the root of its share in B.
    """
    mean, noise = noise_of(points)
    is_there = np.isfinite(mean)
    n_points = int(is_there.sum())
    if n_points < 2:
        nothing = (float("nan"), float("nan"))
        unknown = float("nan")
        return Split(unknown, unknown, unknown, unknown, nothing, nothing, nothing, n_points)
    mean, deviation, noise = mean[is_there], points.deviation[is_there], noise[is_there]
    counted = np.isfinite(deviation).sum(axis=1)
    middle = float(mean.mean())
    noise_variance = float(noise.mean())
    chance_variance = float((noise * counted).mean())
    doubt_variance = max(float(mean.var(ddof=1)) - noise_variance, 0.0)
    shrunk = shrunk_means(mean, doubt_variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        widened = deviation * np.sqrt(counted / np.maximum(counted - 1, 1))[:, None]
    futures = mean[:, None] + deviation
    bands = [
        _band(values, low, high)
        for values in (middle + widened[np.isfinite(widened)], shrunk, futures[np.isfinite(futures)])
    ]
    return Split(middle, chance_variance, doubt_variance, noise_variance, bands[0], bands[1], bands[2], n_points)


def noise_of(points: AtPoints) -> tuple[Floats, Floats]:
    """Give the mean at each point and the variance that chance gives it; of shape (n_points,)."""
    counted = np.isfinite(points.deviation).sum(axis=1)
    squares = np.nansum(points.deviation**2, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return points.mean, np.where(counted > 1, squares / (counted - 1) / counted, 0.0)


def shrunk_means(mean: Floats, doubt_variance: float) -> Floats:
    """Draw means toward their mean, so that they spread as the assumptions alone make them."""
    spread = float(np.nanvar(mean, ddof=1))
    middle = np.nanmean(mean)
    drawn: Floats = middle + (mean - middle) * np.sqrt(min(doubt_variance / spread, 1.0) if spread > 0 else 1.0)
    return drawn


def _band(values: Floats, low: float, high: float) -> tuple[float, float]:
    if not len(values):
        return float("nan"), float("nan")
    first, last = np.clip(np.quantile(values, ENDS), low, high)
    return float(first), float(last)
