"""Which combinations of the parameters the numbers know, whatever was thought before.

Three counts of women admitted know how many are admitted. If that is need times offered times accepted, they know the
product, and nothing of how it is made up: the rest of what the posterior says then comes from the priors.
"""

from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh

from calibration.from_totals.points import Floats, parameter_values
from calibration.from_totals.question import Free
from calibration.from_totals.surface import Surface

INFORMED = 0.235
"""Information, as a share of the prior's, from which a combination is known: its spread shrinks by a tenth."""

_PRIOR_DRAWS = 4000
_SEED = 1


class Identified(NamedTuple):
    """What the numbers know."""

    n_combinations: int  # independent combinations of the parameters of which they tell something
    exponents: tuple[float, ...]


def find_known(surface: Surface, free: tuple[Free, ...], z: Floats) -> Identified:
    """Find what the numbers know of the parameters.

    With J the slopes of the means, by least squares over the draws, and S the covariance of what is observed by chance,
    the information is ``J' S^-1 J``. Directions are compared with the prior's own information, all on the scale of the
    parameters' logarithms, or of the parameters themselves if one may be 0 or less.
    """
    root = np.sqrt(surface.variance(z).mean(axis=0) + surface.error_variance)
    covariance = np.outer(root, root) * surface.correlation
    values = parameter_values(free, z)
    before = parameter_values(free, np.random.default_rng(_SEED).normal(size=(_PRIOR_DRAWS, len(free))))
    is_positive = min(float(values.min()), float(before.min())) > 0
    if is_positive:
        values, before = np.log(values), np.log(before)
    information = _information(surface.mean(z), values, covariance)
    informed, directions = eigh(information, np.diag(1.0 / before.var(axis=0)))
    n_combinations = int((informed >= INFORMED).sum())
    if n_combinations == 0 or not is_positive:
        return Identified(n_combinations, ())
    exponents = information @ directions[:, -1]
    exponents /= exponents[np.abs(exponents).argmax()]
    return Identified(n_combinations, tuple(exponents.tolist()))


def _information(mean: Floats, coordinates: Floats, covariance: Floats) -> Floats:
    """What the means say of the coordinates; of shape (n_free, n_free)."""
    slopes = np.linalg.lstsq(coordinates - coordinates.mean(axis=0), mean - mean.mean(axis=0))[0].T
    information: Floats = slopes.T @ np.linalg.solve(covariance, slopes)
    return information
