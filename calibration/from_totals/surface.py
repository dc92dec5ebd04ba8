"""The response surface: what is observed on average, and how far chance moves it, as smooth functions of parameters.

Each parameter set is played 50 times, so its mean and spread are known roughly. Smooth polynomials through hundreds of
sets know them far better, and give them between the sets, too. How far the polynomials are off is estimated from the
sets left out in turn, and counted as further uncertainty.
"""

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from calibration.from_totals.observing import REPLICATIONS, Plays
from calibration.from_totals.points import Floats

Ints = npt.NDArray[np.int64]
Coordinates = Callable[[Floats], Floats]

DEGREES = (1, 2, 3)
"""Degrees that are tried for the means."""

SPREAD_DEGREE = 2
"""Highest degree for the logarithm of the variances, which are known less well."""

FEWEST_WITH_VALUE = 0.5
"""Share of a set's replications in which every target must have a value, for the set to be used."""

SETS_PER_TERM = 3
"""Sets needed for each coefficient of a polynomial."""

SMALLEST_VARIANCE = 1e-3
"""Share of its usual variance that a target has at least: in a set where nobody comes, chance seems to move nothing."""


OUTSIDE_FALL = 100.0
"""How steeply the log-likelihood falls with the leverage outside the sets."""


class Moments(NamedTuple):
    """Mean, variance and correlation of what is observed in each parameter set, on even scales."""

    mean: Floats  # [shape (n_sets, n_targets)] Over the replications with a value
    variance: Floats
    correlation: Floats  # [shape (n_targets, n_targets)] Within sets, over all sets together


class Surface(NamedTuple):
    """Smooth functions of the parameters."""

    coordinates: Coordinates  # turns points into what the functions are polynomials of, of the same shape
    center: Floats  # [shape (n_free,)] Where the sets lie that it was fitted to, in these coordinates
    width: Floats
    powers: Ints  # [shape (n_terms, n_free)] Exponents of each term of the means
    mean_coefficients: Floats  # [shape (n_terms, n_targets)] Of the means on even scales
    spread_coefficients: Floats  # shape (n_spread_terms, n_targets)
    spread_range: Floats  # shape (2, n_targets)
    correlation: Floats  # [shape (n_targets, n_targets)] Of the targets in one set
    whitening: Floats  # [shape (n_targets, n_targets)] Takes this correlation out of standardised deviations
    error_variance: Floats  # [shape (n_targets,)] Of the surface itself; taken to be correlated as chance is
    reach: Floats  # shape (n_terms, n_terms)
    furthest: float  # largest leverage of the sets
    degree: int  # of the means
    n_sets: int  # sets it was fitted to

    def mean(self, z: Floats) -> Floats:
        """Read the means at some points; of shape (n_points, n_targets)."""
        return self._terms(z) @ self.mean_coefficients

    def variance(self, z: Floats) -> Floats:
        """Read the variances by chance at some points; of shape (n_points, n_targets)."""
        return self._variance(self._terms(z))

    def leverage(self, z: Floats) -> Floats:
        """Measure how far points lie from the sets, as the polynomials see it; of shape (n_points,)."""
        return self._leverage(self._terms(z))

    def squared_distance(self, z: Floats, observed: Floats) -> Floats:
        """Measure how far what was observed lies from what parameter sets give."""
        return self._distance_and_size(self._terms(z), observed)[0]

    def log_likelihood(self, z: Floats, observed: Floats) -> Floats:
        """Compute the synthetic log-likelihood, up to a constant; of shape (n_points,).

        Beyond the sets polynomials say anything. Sets that are not there were played and came nowhere near what was
        observed, or the prior hardly reaches them; so the likelihood falls steeply there.
        """
        terms = self._terms(z)
        squared_distance, log_size = self._distance_and_size(terms, observed)
        beyond = np.maximum(self._leverage(terms) / self.furthest - 1.0, 0.0)
        return -0.5 * squared_distance - log_size - OUTSIDE_FALL * beyond

    def _terms(self, z: Floats) -> Floats:
        return _terms((self.coordinates(z) - self.center) / self.width, self.powers)

    def _variance(self, terms: Floats) -> Floats:
        """The spread's terms are the first of the means'."""
        logs = terms[:, : len(self.spread_coefficients)] @ self.spread_coefficients
        return np.exp(np.clip(logs, *self.spread_range))

    def _leverage(self, terms: Floats) -> Floats:
        leverage: Floats = ((terms @ self.reach) ** 2).sum(axis=1)
        return leverage

    def _distance_and_size(self, terms: Floats, observed: Floats) -> tuple[Floats, Floats]:
        """Squared distances, and the logarithm of the product of the standard deviations."""
        deviation = np.sqrt(self._variance(terms) + self.error_variance)
        away = (observed - terms @ self.mean_coefficients) / deviation
        return ((away @ self.whitening) ** 2).sum(axis=1), np.log(deviation).sum(axis=1)


class SurfaceCheck(NamedTuple):
    """How well a surface foretells sets it has not seen."""

    error: Floats  # [shape (n_targets,)] Root mean square error of its means, in standard deviations by chance
    spread_ratio: Floats  # [shape (n_targets,)] Mean variance played over mean variance foretold


def moments_of(plays: Plays) -> Moments:
    """Sum up the replications of each parameter set."""
    values = plays.scaled
    has_value = np.isfinite(values).all(axis=1, keepdims=True)
    n = has_value.sum(axis=2).astype(np.float64)
    mean = np.where(has_value, values, 0.0).sum(axis=2) / n
    away = np.where(has_value, values - mean[:, :, None], 0.0)
    products = np.einsum("sir,sjr->ij", away, away)
    variance = (away**2).sum(axis=2) / (n - 1.0)
    root = np.sqrt(np.maximum(np.diagonal(products), np.finfo(float).tiny))
    correlation = products / np.outer(root, root)
    np.fill_diagonal(correlation, 1.0)
    usual = np.median(variance, axis=0)
    return Moments(mean, np.maximum(variance, SMALLEST_VARIANCE * usual), correlation)


def has_values(plays: Plays) -> npt.NDArray[np.bool_]:
    """Tell which sets can be summed up: every target has a value in enough replications."""
    share = np.isfinite(plays.scaled).all(axis=1).mean(axis=1)
    is_usable: npt.NDArray[np.bool_] = share >= FEWEST_WITH_VALUE
    return is_usable


def fit_surface(plays: Plays, coordinates: Coordinates) -> Surface:
    """Fit a surface to parameter sets."""
    found = moments_of(plays)
    where = coordinates(plays.z)
    center, width = where.mean(axis=0), np.maximum(where.std(axis=0), np.finfo(float).tiny)
    placed = (where - center) / width
    noise = found.variance / REPLICATIONS
    fits = (_fit(placed, found.mean, degree) for degree in DEGREES if _is_enough(plays.z, degree))
    best = min(fits, key=lambda fit: float((fit.left_out / noise.mean(axis=0)).sum()))
    spread_degree = min(best.degree, SPREAD_DEGREE)
    logs = np.log(found.variance)
    return Surface(
        coordinates=coordinates,
        center=center,
        width=width,
        powers=_powers(plays.z.shape[1], best.degree),
        mean_coefficients=best.coefficients,
        spread_coefficients=_fit(placed, logs, spread_degree).coefficients,
        spread_range=np.quantile(logs, [0.01, 0.99], axis=0),
        correlation=found.correlation,
        whitening=np.linalg.inv(np.linalg.cholesky(found.correlation)).T,
        error_variance=np.maximum(best.left_out - noise.mean(axis=0), 0.0),
        reach=best.reach,
        furthest=best.furthest,
        degree=best.degree,
        n_sets=plays.n_sets,
    )


def check_surface(surface: Surface, fresh: Plays) -> SurfaceCheck:
    """Compare a surface with parameter sets it has not seen."""
    found = moments_of(fresh)
    foretold = surface.variance(fresh.z)
    away = ((found.mean - surface.mean(fresh.z)) ** 2 - found.variance / REPLICATIONS).mean(axis=0)
    variance = found.variance.mean(axis=0)
    return SurfaceCheck(np.sqrt(np.maximum(away, 0.0) / variance), variance / foretold.mean(axis=0))


def n_terms(n_free: int, degree: int) -> int:
    """Count the terms of a polynomial."""
    return len(_powers(n_free, degree))


def _is_enough(z: Floats, degree: int) -> bool:
    return degree == DEGREES[0] or len(z) >= SETS_PER_TERM * n_terms(z.shape[1], degree)


def _powers(n_free: int, degree: int) -> Ints:
    rows = [
        np.bincount(variables, minlength=n_free) if variables else np.zeros(n_free, dtype=np.int64)
        for order in range(degree + 1)
        for variables in combinations_with_replacement(range(n_free), order)
    ]
    return np.array(rows, dtype=np.int64)


def _terms(placed: Floats, powers: Ints) -> Floats:
    """Terms of the polynomial at some points; of shape (n_points, n_terms)."""
    ladder = placed[:, :, None] ** np.arange(int(powers.max(initial=0)) + 1)
    terms: Floats = np.prod(ladder[:, np.arange(powers.shape[1]), powers], axis=2)
    return terms


class _Fitted(NamedTuple):
    """A polynomial: its degree and coefficients, the mean square error of sets left out in turn, and its leverage."""

    degree: int
    coefficients: Floats
    left_out: Floats
    reach: Floats
    furthest: float


def _fit(placed: Floats, values: Floats, degree: int) -> _Fitted:
    """Least squares. A set's error when it is left out follows from its leverage."""
    terms = _terms(placed, _powers(placed.shape[1], degree))
    orthogonal, upper = np.linalg.qr(terms)
    reach = np.linalg.inv(upper)
    coefficients: Floats = reach @ (orthogonal.T @ values)
    leverage = np.minimum((orthogonal**2).sum(axis=1), 1.0 - 1e-9)
    left_out = (values - terms @ coefficients) / (1.0 - leverage)[:, None]
    return _Fitted(degree, coefficients, (left_out**2).mean(axis=0), reach, float(leverage.max()))
