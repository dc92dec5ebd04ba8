"""Prior of early leaving: shape and scale of its Weibull distribution, which belong together.

The table's ranges of the two are not ranges of anything that was counted. They are what the documents' shares come to:
30 % gone by day 30 and 65 % by day 365 at one corner, 8 % and 25 % at the other. A pair off the line between the
corners can lie in both ranges and still be said by no document; and the same shares, paired otherwise, give shapes far
outside the range. The prior is therefore a mixture: mostly the pairs of the documents, and with the rest of the
probability any shape that the shares taken singly allow. Where much data contradict the pairs, the rest takes over.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats
from scipy.special import ndtr

from calibration.priors.parameters import Floats, Prior
from sim.scenario import load_parameters
from sim.scenario.plausible import END_Z, RANGE_PROBABILITY

SHAPE_AND_SCALE = ("early_leaving_shape", "early_leaving_scale")

CORNERS = ((0.4320, 326.0), (0.4956, 4508.0))
"""Shape and scale [days] where the documents end.

``evidence fit --kind weibull --gone 0.30 30 --gone 0.65 365`` and ``--gone 0.08 30 --gone 0.25 365``: the highest and
the lowest of both shares. By hand: shape = (log(-log(1 - 0.65)) - log(-log(1 - 0.30))) / log(365 / 30) =
(0.0486 + 1.0309) / 2.4987 = 0.432, and scale = 365 / (-log(1 - 0.65))^(1 / 0.432) = 326.
"""

SHAPE_SCALE_CORRELATION = 0.91
"""Of the logarithms of shape and scale where they are paired as in the documents: low with low, high with high.

In standard deviations from the middle of their ranges, the corners lie at shape -1.54 and +1.45, scale -1.64 and +1.64.
The shape expected at a scale rises by the correlation for each standard deviation of the scale; the corners lie on that
line if it is (1.45 + 1.54) / (1.64 + 1.64) = 0.91.
"""

FURTHEST_SHAPE = 1.014
"""Shape where the shares are not paired so: 8 % gone by day 30, and yet 65 % by day 365.

``evidence fit --kind weibull --gone 0.08 30 --gone 0.65 365``: (0.0486 + 2.4843) / 2.4987.
"""

SCALE_WIDER = 2.0
"""How many times wider than its range the scale is then, on its logarithm; an assumption."""

LEAST_SHAPE, MOST_SCALE = 0.05, 1e6
"""What a scenario takes; a few draws in ten thousand would lie beyond."""


class Paired(NamedTuple):
    """One way in which shape and scale may belong together, and how likely it is."""

    weight: float  # its probability
    logarithms: Any  # normal, of the logarithms of shape and scale

    def log_density(self, values: Floats) -> Floats:
        """Give the logarithm of the density of pairs, of shape (n_points, 2), on their own scales."""
        logarithms = np.log(values)
        density: Floats = np.atleast_1d(self.logarithms.logpdf(logarithms)) - logarithms.sum(axis=1)
        return np.where((values[:, 0] >= LEAST_SHAPE) & (values[:, 1] <= MOST_SCALE), density, -np.inf)


class LogMixture:
    """A distribution whose logarithm is a mixture of normal distributions."""

    def __init__(self, weights: Floats, centres: Floats, spreads: Floats) -> None:
        self._weights, self._centres, self._spreads = weights, centres, spreads

    def mean(self) -> float:
        """Give the mean."""
        return float(self._weights @ np.exp(self._centres + self._spreads**2 / 2))

    def ppf(self, p: npt.ArrayLike) -> Floats:
        """Give quantiles."""
        low = float((self._centres - 10.0 * self._spreads).min())
        high = float((self._centres + 10.0 * self._spreads).max())

        def below(x: float, share: float) -> float:
            return float(ndtr((x - self._centres) / self._spreads) @ self._weights) - share

        found: Floats = np.exp([optimize.brentq(below, low, high, args=(share,)) for share in np.atleast_1d(p)])
        return found.reshape(np.shape(p))


def shape_and_scale(*, width: float = 1.0) -> tuple[Paired, ...]:
    """Give the joint prior of shape and scale of early leaving."""
    rows = [load_parameters()[name] for name in SHAPE_AND_SCALE]
    low, high = (np.log([getattr(row, end) for row in rows]) for end in ("low", "high"))
    centres, spreads = (low + high) / 2, width * (high - low) / (2 * END_Z)
    free = np.array([width * (np.log(FURTHEST_SHAPE) - centres[0]) / END_Z, SCALE_WIDER * spreads[1]])
    covariance = SHAPE_SCALE_CORRELATION * spreads.prod()
    paired = [[spreads[0] ** 2, covariance], [covariance, spreads[1] ** 2]]
    return (
        Paired(RANGE_PROBABILITY, stats.multivariate_normal(centres, paired)),
        Paired(1 - RANGE_PROBABILITY, stats.multivariate_normal(centres, np.diag(free**2))),
    )


def leaving_prior(parameter: str, *, width: float = 1.0) -> Prior:
    """Give the prior of one of the two, whatever the other is."""
    place, ways = SHAPE_AND_SCALE.index(parameter), shape_and_scale(width=width)
    centres, spreads = (
        np.array(values)
        for values in zip(
            *((way.logarithms.mean[place], np.sqrt(way.logarithms.cov[place, place])) for way in ways), strict=True
        )
    )
    return Prior(LogMixture(np.array([way.weight for way in ways]), centres, spreads))
