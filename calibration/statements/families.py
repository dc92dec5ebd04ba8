"""The distributions a statement can be turned into: what is free in each, where the search starts, how it is written.

Every family is searched in coordinates that cannot leave what a scenario allows: logarithms of what must be positive,
between the scenario's own limits.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import gammaincinv, ndtri

from sim.scenario import Distribution, Exponential, Gamma, Lognormal, Normal, Triangular, Uniform, Weibull

Floats = npt.NDArray[np.float64]
Ends = tuple[float, float]

_LARGEST = np.log(1e6)
_AMOUNT = (-_LARGEST, _LARGEST)
_GAMMA_SHAPES = (0.01, 1e4)
_SHAPE = (float(np.log(0.05)), float(np.log(100.0)))


class Family(NamedTuple):
    """One kind of distribution."""

    n_free: int  # how many numbers statements have to settle, and so how many statements it takes
    needs_ends: bool  # whether lowest and highest value must be given, and are not searched for
    start: Callable[[Floats, Floats, Ends], Floats]  # from probabilities, values and ends to where the search begins
    build: Callable[[Floats, Ends], Distribution]  # from searched coordinates and ends to the distribution
    limits: tuple[tuple[float, float], ...]  # lowest and highest of each coordinate


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Intercept and slope of the straight line nearest to the points."""
    slope, intercept = np.polyfit(x, y, 1)
    return float(intercept), float(slope)


def _exponential_start(p: Floats, x: Floats, _: Ends) -> Floats:
    return np.array([np.log(np.mean(-x / np.log1p(-p)))])


def _weibull_start(p: Floats, x: Floats, _: Ends) -> Floats:
    intercept, shape = _line(np.log(x), np.log(-np.log1p(-p)))
    return np.array([np.log(shape), -intercept / shape])


def _lognormal_start(p: Floats, x: Floats, _: Ends) -> Floats:
    mu, sigma = _line(ndtri(p), np.log(x))
    log_mean = mu + sigma**2 / 2.0
    return np.array([log_mean, log_mean + np.log(np.expm1(sigma**2)) / 2.0])


def _gamma_start(p: Floats, x: Floats, _: Ends) -> Floats:
    """The gamma through the first and the last statement: the ratio of two quantiles gives its shape."""
    first_and_last = p[[0, -1]]
    ratio = np.log(x[-1] / x[0])

    def too_wide(log_shape: float) -> float:
        low, high = gammaincinv(np.exp(log_shape), first_and_last)
        return float(np.log(high / low) - ratio)

    ends = np.log(_GAMMA_SHAPES)
    if too_wide(ends[0]) <= 0:
        log_shape = ends[0]
    elif too_wide(ends[1]) >= 0:
        log_shape = ends[1]
    else:
        log_shape = brentq(too_wide, *ends)
    log_scale = np.log(x[-1] / gammaincinv(np.exp(log_shape), p[-1]))
    return np.array([log_scale + log_shape, log_scale + log_shape / 2.0])


def _normal_start(p: Floats, x: Floats, _: Ends) -> Floats:
    mean, sd = _line(ndtri(p), x)
    return np.array([mean, np.log(sd)])


def _uniform_start(p: Floats, x: Floats, _: Ends) -> Floats:
    low, width = _line(p, x)
    return np.array([max(low, 0.0), np.log(max(low + width, 1e-6) - max(low, 0.0) or 1e-6)])


def _triangular_start(_: Floats, x: Floats, ends: Ends) -> Floats:
    return np.array([float(np.clip(np.mean(x), *ends) - ends[0]) / (ends[1] - ends[0])])


FAMILIES: Mapping[str, Family] = {
    "exponential": Family(1, False, _exponential_start, lambda t, _: Exponential(mean=np.exp(t[0])), (_AMOUNT,)),
    "weibull": Family(
        2, False, _weibull_start, lambda t, _: Weibull(shape=np.exp(t[0]), scale=np.exp(t[1])), (_SHAPE, _AMOUNT)
    ),
    "lognormal": Family(
        2, False, _lognormal_start, lambda t, _: Lognormal(mean=np.exp(t[0]), sd=np.exp(t[1])), (_AMOUNT, _AMOUNT)
    ),
    "gamma": Family(2, False, _gamma_start, lambda t, _: Gamma(mean=np.exp(t[0]), sd=np.exp(t[1])), (_AMOUNT, _AMOUNT)),
    "normal": Family(
        2,
        True,
        _normal_start,
        lambda t, ends: Normal(mean=t[0], sd=np.exp(t[1]), low=ends[0], high=ends[1]),
        ((0.0, 1e6), _AMOUNT),
    ),
    "uniform": Family(
        2,
        False,
        _uniform_start,
        lambda t, _: Uniform(low=t[0], high=min(t[0] + np.exp(t[1]), 1e6)),
        ((0.0, 1e6), _AMOUNT),
    ),
    "triangular": Family(
        1,
        True,
        _triangular_start,
        lambda t, ends: Triangular(low=ends[0], mode=ends[0] + t[0] * (ends[1] - ends[0]), high=ends[1]),
        ((0.0, 1.0),),
    ),
}
"""Each family by the word a scenario has for it. Not to be changed."""
