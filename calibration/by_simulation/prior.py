"""Priors: what is thought of a parameter before the numbers are looked at.

A parameter set is a point ``z`` with one coordinate for each free parameter, standard normal and independent before the
numbers are seen: ``value = quantile(prior, Phi(z))``. So every prior is the same to what follows, and no parameter
leaves its range.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from calibration.by_simulation.question import Free
from sim.cohort.distributions import quantile
from sim.scenario import Distribution, Triangular, parameter_of

Floats = npt.NDArray[np.float64]

FURTHEST = 4.0
"""Largest coordinate: six in a hundred thousand of the prior lie beyond."""


def stated_prior(path: str, current: object) -> Distribution | None:
    """Turn the plausible range of the table of parameters into a prior."""
    parameter = parameter_of(path)
    if parameter is None or parameter.low is None or parameter.high is None or not parameter.low < parameter.high:
        return None
    # Where the word is a distribution, the table speaks of something else, such as a daily loss.
    if not isinstance(current, int | float) or isinstance(current, bool):
        return None
    # Built without the checks of a scenario's distributions: a growth may be negative.
    return Triangular.model_construct(low=parameter.low, mode=parameter.default, high=parameter.high)


def parameter_values(free: Sequence[Free], z: Floats) -> Floats:
    """Turn points into values of the parameters: in the parameters' units (shape (n_sets, n_free))."""
    u = np.minimum(ndtr(z), np.nextafter(1.0, 0.0))
    return np.stack([quantile(one.prior, u[:, number]) for number, one in enumerate(free)], axis=1)


def surface_coordinates(free: Sequence[Free], z: Floats) -> Floats:
    """Turn points into the coordinates that surfaces are polynomials of.

    Women admitted are need times found times offered times accepted. On its even scale a count is twice its root, which
    is then the product of the roots of its factors: a polynomial, exactly.
    """
    values = parameter_values(free, z)
    return np.where(_may_have_root(tuple(free)), np.sqrt(np.maximum(values, 0.0)), values)


@lru_cache(maxsize=16)
def _may_have_root(free: tuple[Free, ...]) -> npt.NDArray[np.bool_]:
    """Whether each parameter can never be negative."""
    lowest = parameter_values(free, np.full((1, len(free)), -FURTHEST))[0]
    may: npt.NDArray[np.bool_] = lowest >= 0.0
    return may
