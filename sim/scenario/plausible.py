"""What a plausible range means: nine in ten that the truth lies in it, and the default as likely too low as too high.

Takes low, default and high of a parameter. Gives a distribution of which low and high are the 5 % and 95 % points and
the default is the median. The ends are no limits: ranges that experts state are known to be too narrow. There is one
family: two halves of normal distributions, on the scale on which the parameter has no walls. An end that is a wall, 0
or 1, is none of the points: that side mirrors the other. A share whose default is itself a wall is beta with its top
there; a time whose default is 0 is exponential. Why: ``docs/decisions/0012-plausible-ranges.md``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit, ndtri

from sim.scenario.parameters import Parameter

Floats = npt.NDArray[np.float64]

RANGE_PROBABILITY = 0.90
"""Probability that the truth lies in the plausible range."""
END_PROBABILITY = (1 - RANGE_PROBABILITY) / 2
"""Probability below the low end, and above the high one."""
END_Z = float(-ndtri(END_PROBABILITY))
"""Standard deviations of a normal distribution from its middle to the ends."""

THINNER = 3 / 4
"""Spread far out on the narrower side, of what it would be without a join; at an edge no sampler could climb."""

_ALIKE = 1e-9
_MIDDLES = (np.arange(2**14) + 0.5) / 2**14
_LEAST, _MOST = np.finfo(float).tiny, np.nextafter(1.0, 0.0)


class _Scale(NamedTuple):
    """A scale on which a parameter has no walls."""

    forward: Callable[[Any], Any]
    back: Callable[[Any], Any]
    log_slope: Callable[[Floats], Floats]  # logarithm of the slope of forward


_SCALES: Mapping[str, _Scale] = {
    "linear": _Scale(np.asarray, np.asarray, np.zeros_like),
    "log": _Scale(np.log, np.exp, lambda x: -np.log(x)),
    "logit": _Scale(logit, expit, lambda x: -np.log(x) - np.log1p(-x)),
}


@dataclass(frozen=True)
class TwoHalves:
    """Two halves of normal distributions on a scale, as likely below as above, joined by a hyperbola.

    Where z is standard normal, the value on its scale is middle + slope z + bend (sqrt(join^2 + z^2) - join). Far out
    its spread is slope - bend below and slope + bend above. The three are solved from the three points and `THINNER`.
    """

    scale: str  # linear, log or logit
    below: float  # 5 % point, on the scale
    middle: float  # median, on the scale
    above: float  # 95 % point, on the scale

    @property
    def _curve(self) -> tuple[float, float, float]:
        """Slope, bend and join."""
        slope = (self.above - self.below) / (2 * END_Z)
        narrow = min(self.middle - self.below, self.above - self.middle) / END_Z
        side = float(np.sign(self.below + self.above - 2 * self.middle))
        if slope - narrow < _ALIKE * slope:
            return slope, 0.0, 0.0
        bend = slope - THINNER * narrow
        share = (slope - narrow) / bend
        return slope, side * bend, END_Z * (1 - share**2) / (2 * share)

    def ppf(self, p: npt.ArrayLike) -> Floats:
        """Give quantiles."""
        slope, bend, join = self._curve
        z = ndtri(np.clip(p, _LEAST, _MOST))
        found: Floats = _SCALES[self.scale].back(self.middle + slope * z + bend * (np.hypot(join, z) - join))
        return found

    def logpdf(self, x: npt.ArrayLike) -> Floats:
        """Give the logarithm of the density."""
        slope, bend, join = self._curve
        scale, x = _SCALES[self.scale], np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            moved = scale.forward(x) - self.middle + bend * join
            both = slope**2 - bend**2
            z = (slope * moved - bend * np.sqrt(moved**2 + both * join**2)) / both
            slopes = slope + bend * np.divide(z, np.hypot(join, z), out=np.zeros_like(z), where=bend != 0)
            found = -0.5 * (z**2 + np.log(2 * np.pi)) - np.log(slopes) + scale.log_slope(x)
        return np.where(np.isfinite(found), found, -np.inf)

    def mean(self) -> float:
        """Give the mean."""
        return float(self.ppf(_MIDDLES).mean())

    def widened(self, width: float) -> "TwoHalves":
        """Give what is believed if the range is so many times as wide, on the scale without walls."""
        below, above = (self.middle + width * (end - self.middle) for end in (self.below, self.above))
        return replace(self, below=below, above=above)


@dataclass(frozen=True)
class NearWall:
    """A share that is thought to be 0, or 1, and may lie some way off: beta with 1 and a power."""

    wall: float  # 0 or 1
    power: float  # the larger, the nearer

    def ppf(self, p: npt.ArrayLike) -> Floats:
        """Give quantiles."""
        p = np.asarray(p, dtype=np.float64)
        return p ** (1 / self.power) if self.wall == 1 else 1 - (1 - p) ** (1 / self.power)

    def logpdf(self, x: npt.ArrayLike) -> Floats:
        """Give the logarithm of the density."""
        x = np.asarray(x, dtype=np.float64)
        distance = 1 - x if self.wall == 1 else x
        with np.errstate(all="ignore"):
            found = np.log(self.power) + (self.power - 1) * np.log1p(-distance)
        return np.where((distance >= 0) & (distance <= 1), found, -np.inf)

    def mean(self) -> float:
        """Give the mean."""
        return abs(self.wall - 1 / (1 + self.power))

    def widened(self, width: float) -> "NearWall":
        """Give what is believed if the range is so many times as wide."""
        return replace(self, power=self.power / width)


@dataclass(frozen=True)
class NearNothing:
    """A time or number that is thought to be 0, and may lie some way off: exponential."""

    mean_value: float  # the smaller, the nearer

    def ppf(self, p: npt.ArrayLike) -> Floats:
        """Give quantiles."""
        return -self.mean_value * np.log1p(-np.asarray(p, dtype=np.float64))

    def logpdf(self, x: npt.ArrayLike) -> Floats:
        """Give the logarithm of the density."""
        x = np.asarray(x, dtype=np.float64)
        return np.where(x >= 0, -np.log(self.mean_value) - x / self.mean_value, -np.inf)

    def mean(self) -> float:
        """Give the mean."""
        return self.mean_value

    def widened(self, width: float) -> "NearNothing":
        """Give what is believed if the range is so many times as wide."""
        return replace(self, mean_value=self.mean_value * width)


Plausible = TwoHalves | NearWall | NearNothing


def plausible(low: float, default: float, high: float, *, scale: str) -> Plausible:
    """Read a plausible range of a change (``linear``), of what is above nothing (``log``) or of a share (``logit``)."""
    with np.errstate(divide="ignore"):
        below, middle, above = (float(_SCALES[scale].forward(value)) for value in (low, default, high))
    if np.isinf(middle) and scale == "log" and high >= 1:
        return NearNothing(-high / float(np.log(END_PROBABILITY)))
    if np.isinf(middle):
        distance = high if default == 0 else 1 - low
        return NearWall(default, float(np.log(END_PROBABILITY) / np.log1p(-distance)))
    if np.isinf(below) and np.isinf(above):
        below, above = float(logit(END_PROBABILITY)), float(-logit(END_PROBABILITY))
    elif np.isinf(below):
        below = 2 * middle - above
    elif np.isinf(above):
        above = 2 * middle - below
    return TwoHalves(scale, below, middle, above)


def plausible_of(parameter: Parameter) -> Plausible | None:
    """Read the plausible range of a row of the table of parameters; None where it states none."""
    low, high = parameter.low, parameter.high
    if low is None or high is None:
        return None
    scale = "linear" if low < 0 else "logit" if parameter.is_share else "log"
    return plausible(low, parameter.default, high, scale=scale)
