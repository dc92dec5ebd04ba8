"""Priors: what is thought of a parameter before the numbers are looked at.

A parameter set is a point ``z`` with one coordinate for each free parameter, standard normal and independent before the
numbers are seen: ``value = quantile(prior, Phi(z))``. So every prior is the same to what follows.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from calibration.from_totals.question import Free
from sim.cohort.distributions import quantile
from sim.scenario import parameter_of
from sim.scenario.plausible import Plausible, plausible_of

Floats = npt.NDArray[np.float64]

FURTHEST = 4.0
"""Largest coordinate: six in a hundred thousand of the prior lie beyond."""


def stated_prior(path: str, current: object) -> Plausible | None:
    """Find what the plausible range of the table of parameters says."""
    # Where the word is a distribution, the table speaks of something else, such as a daily loss.
    if not isinstance(current, int | float) or isinstance(current, bool):
        return None
    parameter = parameter_of(path)
    return parameter and plausible_of(parameter)


def parameter_values(free: Sequence[Free], z: Floats) -> Floats:
    """Turn points into values of the parameters: in the parameters' units (shape (n_sets, n_free))."""
    u = np.minimum(ndtr(z), np.nextafter(1.0, 0.0))
    return np.stack([_quantile(one, u[:, number]) for number, one in enumerate(free)], axis=1)


def _quantile(one: Free, u: Floats) -> Floats:
    return one.prior.ppf(u) if isinstance(one.prior, Plausible) else quantile(one.prior, u)


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
