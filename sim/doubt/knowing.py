"""What it would be worth to know: everything, one parameter, or a group of them, before a design is chosen.

Takes what each design is worth at each point. Without knowing more, one takes the design that is worth most on average;
who knew would take at each point the one that is worth most there. Knowing one parameter is worth what can be foretold
from it (regression of the differences between designs on the parameter: Strong, Oakley and Brennan, Medical Decision
Making 34:311, 2014).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.doubt.surrogate import CAUTION, fit_surrogate

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


_FEW = 3


class Knowing(NamedTuple):
    """What knowing is worth, in the unit of what designs are worth; never below 0.

    Attributes
    ----------
    best : int
        Design that is worth most on average.
    everything : float
        Of knowing all parameters.
    parts : dict of str to float
        Of knowing one parameter, or group, by name.
    """

    best: int
    everything: float
    parts: dict[str, float]

    @property
    def frame(self) -> "pd.DataFrame":
        """Give a row for everything, then one a part.

        Returns
        -------
        pandas.DataFrame
            Columns part and worth.
        """
        import pandas as pd  # noqa: PLC0415 - slow to load

        return pd.DataFrame([("everything", self.everything), *self.parts.items()], columns=["part", "worth"])


def worth_of_knowing(benefits: Floats, noise: Floats, u: Floats, parts: Mapping[str, list[int]]) -> Knowing:
    """Find what knowing is worth.

    Parameters
    ----------
    benefits : ndarray of float of shape (n_designs, n_points)
        What each design is worth at each point, as a mean over replications.
    noise : ndarray of float of shape (n_designs, n_designs)
        Covariance that chance gives these means, on average over points.
    u : ndarray of float of shape (n_points, n_features)
        The points.
    parts : mapping of str to list of int
        Features of each parameter or group, by name.

    Returns
    -------
    Knowing
        What everything and each part is worth.

    Notes
    -----
    Chance in a mean of few replications makes one design or another look best at a point where it is not, so the mean
    of the largest is too large. The differences between designs are therefore moved, by the linear map that changes
    their mean least, until their covariance is that of the points without chance.
    """
    best = int(np.argmax(benefits.mean(axis=1)))
    others = [number for number in range(len(benefits)) if number != best]
    if not others:
        return Knowing(best, 0.0, dict.fromkeys(parts, 0.0))
    further = benefits[others] - benefits[best]
    contrast = np.zeros((len(others), len(benefits)))
    contrast[np.arange(len(others)), others] = 1.0
    contrast[:, best] = -1.0
    true = _without_noise(further, contrast @ noise @ contrast.T)
    # With chance left in, it is too large; a map that fits no such shape may make it larger still.
    everything = min(float(np.maximum(own.max(axis=0), 0.0).mean()) for own in (true, further))
    found: dict[str, float] = {}
    for name, features in parts.items():
        foretold = np.stack(
            [fit_surrogate(u, own, features=features, caution=_caution(features)).at(u) for own in further]
        )
        found[name] = min(float(np.maximum(foretold.max(axis=0), 0.0).mean()), everything)
    # Who knows a group knows its members, whatever a regression made of them.
    together = {
        name: max(worth for other, worth in found.items() if set(parts[other]) <= set(parts[name])) for name in found
    }
    return Knowing(best, everything, together)


def _caution(features: list[int]) -> float:
    """Few features leave chance little to choose from, and what they tell should not be missed."""
    return 0.0 if len(features) <= _FEW else CAUTION


def _without_noise(further: Floats, noise: Floats) -> Floats:
    """Move points toward their mean until they spread as they would without noise."""
    middle = further.mean(axis=1, keepdims=True)
    seen = np.atleast_2d(np.cov(further))
    values, vectors = np.linalg.eigh(seen - noise)
    true = (vectors * np.maximum(values, 0.0)) @ vectors.T
    root = _root(true)
    inner = _root(root @ seen @ root, power=-0.5)
    moved: Floats = middle + root @ inner @ root @ (further - middle)
    return moved


def _root(matrix: Floats, *, power: float = 0.5) -> Floats:
    """Power of a symmetric matrix; of its 0 eigenvalues, 0."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    floor = 1e-12 * max(float(values.max(initial=0.0)), 1e-300)
    powered = np.where(values > floor, np.maximum(values, floor) ** power, 0.0)
    found: Floats = (vectors * powered) @ vectors.T
    return found
