"""Distributions as quantile functions: a uniform draw goes in, the woman's value comes out.

Because a woman keeps her uniform draw, moving a mean moves her a little rather than replacing her. The
distribution function is there too: who is still pregnant in week 30 has not given birth before.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from sim.cohort.kernels.normal import FARTHEST, MIDDLE, quantiles_at_the_ends, quantiles_in_the_middle
from sim.scenario import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Never,
    Normal,
    Triangular,
    Uniform,
    Weibull,
)

Floats = npt.NDArray[np.float64]


def quantile(distribution: Distribution | Never, u: Floats) -> Floats:
    """Push uniform draws through the inverse distribution function.

    Parameters
    ----------
    distribution : Distribution or Never
        As the scenario has it.
    u : ndarray of float
        Uniform draws.

    Returns
    -------
    ndarray of float
        Values, of the same shape.
    """
    values: Floats = _QUANTILES[type(distribution)](distribution, u)
    return values


def probability_below(distribution: Distribution | Never, x: Floats) -> Floats:
    """Evaluate the distribution function."""
    probabilities: Floats = _PROBABILITIES[type(distribution)](distribution, x)
    return probabilities


def quantile_above(distribution: Distribution | Never, u: Floats, floor: Floats) -> Floats:
    """Quantiles given that the value lies above a floor of each woman's own.

    Who lies above her floor by her plain quantile keeps it, so the floor moves nobody else. A draw ``u`` below
    ``F(floor)`` says where she lies among the excluded, ``u / F(floor)``, which is itself uniform and serves as her
    second draw. It is read from the top, so that a small step of the floor never makes her value jump.
    """
    values = quantile(distribution, u)
    excluded = np.nonzero(values <= floor)
    if len(excluded[0]):
        below = probability_below(distribution, floor[excluded])
        excluded_share = np.divide(u[excluded], below, out=np.zeros_like(below), where=below > 0)
        second = below + (1.0 - np.minimum(excluded_share, 1.0)) * (1.0 - below)
        values[excluded] = quantile(distribution, np.minimum(second, np.nextafter(1.0, 0.0)))
    return np.maximum(values, floor)


def standard_normal_quantile(u: Floats) -> Floats:
    """Push uniform draws through the inverse of the standard normal distribution function."""
    shape, u = u.shape, np.ravel(u)
    quantiles = np.empty_like(u)
    quantiles_in_the_middle(u, quantiles)
    ends = np.flatnonzero(np.abs(u - 0.5) > MIDDLE)
    own = u[ends]
    with np.errstate(divide="ignore"):
        distances = np.sqrt(-np.log(np.minimum(own, 1.0 - own)))
    outer = np.empty_like(own)
    quantiles_at_the_ends(distances, outer)
    quantiles[ends] = np.copysign(outer, own - 0.5)
    extreme = ends[distances > FARTHEST]
    quantiles[extreme] = ndtri(u[extreme])
    return quantiles.reshape(shape)


def _triangular_quantile(d: Triangular, u: Floats) -> Floats:
    width = d.high - d.low
    if width == 0:
        return np.full_like(u, d.low)
    turn = (d.mode - d.low) / width
    rising = d.low + np.sqrt(u * width * (d.mode - d.low))
    falling = d.high - np.sqrt((1.0 - u) * width * (d.high - d.mode))
    return np.where(u < turn, rising, falling)


def _triangular_probability(d: Triangular, x: Floats) -> Floats:
    width = d.high - d.low
    if width == 0:
        return (x >= d.low).astype(np.float64)
    inside = np.clip(x, d.low, d.high)
    # Where the mode stands at an end, one side is empty, and whatever it is divided by is not used.
    rising = (inside - d.low) ** 2 / (width * (d.mode - d.low) or 1.0)
    falling = 1.0 - (d.high - inside) ** 2 / (width * (d.high - d.mode) or 1.0)
    return np.where(inside < d.mode, rising, falling)


def _cut(d: Normal) -> tuple[float, float]:
    """Probabilities of the uncut normal at its two cuts."""
    return float(ndtr((d.low - d.mean) / d.sd)), float(ndtr((d.high - d.mean) / d.sd))


def _normal_quantile(d: Normal, u: Floats) -> Floats:
    low, high = _cut(d)
    return np.clip(d.mean + d.sd * standard_normal_quantile(low + u * (high - low)), d.low, d.high)


def _normal_probability(d: Normal, x: Floats) -> Floats:
    low, high = _cut(d)
    return np.clip((ndtr((x - d.mean) / d.sd) - low) / (high - low), 0.0, 1.0)


def _lognormal(d: Lognormal) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm, from those of the value."""
    variance = np.log1p((d.sd / d.mean) ** 2)
    return float(np.log(d.mean) - variance / 2), float(np.sqrt(variance))


def _lognormal_quantile(d: Lognormal, u: Floats) -> Floats:
    mu, sigma = _lognormal(d)
    return np.exp(mu + sigma * standard_normal_quantile(u))


def _lognormal_probability(d: Lognormal, x: Floats) -> Floats:
    mu, sigma = _lognormal(d)
    with np.errstate(divide="ignore"):
        return ndtr((np.log(np.maximum(x, 0.0)) - mu) / sigma)


def _gamma(d: Gamma) -> tuple[float, float]:
    """Shape and scale from mean and standard deviation."""
    return (d.mean / d.sd) ** 2, d.sd**2 / d.mean


def _gamma_quantile(d: Gamma, u: Floats) -> Floats:
    shape, scale = _gamma(d)
    return np.asarray(scale * gammaincinv(shape, u), dtype=np.float64)


def _gamma_probability(d: Gamma, x: Floats) -> Floats:
    shape, scale = _gamma(d)
    return np.asarray(gammainc(shape, np.maximum(x, 0.0) / scale), dtype=np.float64)


def _empirical_quantile(d: Empirical, u: Floats) -> Floats:
    values = np.sort(np.asarray(d.values, dtype=np.float64))
    return values[(u * len(values)).astype(np.int64)]


def _empirical_probability(d: Empirical, x: Floats) -> Floats:
    values = np.sort(np.asarray(d.values, dtype=np.float64))
    return np.searchsorted(values, x, side="right") / len(values)


def _weibull_quantile(d: Weibull, u: Floats) -> Floats:
    return d.scale * (-np.log1p(-u)) ** (1.0 / d.shape)


def _weibull_probability(d: Weibull, x: Floats) -> Floats:
    return -np.expm1(-((np.maximum(x, 0.0) / d.scale) ** d.shape))


def _uniform_probability(d: Uniform, x: Floats) -> Floats:
    if d.high == d.low:
        return (x >= d.low).astype(np.float64)
    return np.clip((x - d.low) / (d.high - d.low), 0.0, 1.0)


_QUANTILES: dict[type, Callable[[Any, Floats], Floats]] = {
    Never: lambda d, u: np.full_like(u, np.inf),
    Constant: lambda d, u: np.full_like(u, d.value),
    Uniform: lambda d, u: d.low + u * (d.high - d.low),
    Triangular: _triangular_quantile,
    Exponential: lambda d, u: -d.mean * np.log1p(-u),
    Normal: _normal_quantile,
    Lognormal: _lognormal_quantile,
    Gamma: _gamma_quantile,
    Weibull: _weibull_quantile,
    Empirical: _empirical_quantile,
}

_PROBABILITIES: dict[type, Callable[[Any, Floats], Floats]] = {
    Never: lambda d, x: np.zeros_like(x),
    Constant: lambda d, x: (x >= d.value).astype(np.float64),
    Uniform: _uniform_probability,
    Triangular: _triangular_probability,
    Exponential: lambda d, x: -np.expm1(-np.maximum(x, 0.0) / d.mean),
    Normal: _normal_probability,
    Lognormal: _lognormal_probability,
    Gamma: _gamma_probability,
    Weibull: _weibull_probability,
    Empirical: _empirical_probability,
}
