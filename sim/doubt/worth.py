"""What it would be worth to know, of what was explored."""

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.doubt.explored import MOST_FITTED, Explored
from sim.doubt.knowing import Knowing, worth_of_knowing
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def worth(
    found: Explored,
    measure: str = "admitted_per_year",
    *,
    willingness: float | None = None,
    cost: str = "cost_per_year",
) -> Knowing:
    """Find what it would be worth to know the parameters before a design is chosen.

    Parameters
    ----------
    found : Explored
        From `explore`.
    measure : str
        What is wanted.
    willingness : float, optional
        Kroner that one more of it is worth; then a design is worth that, less its cost. Without it, designs are
        judged by the measure alone.
    cost : str
        Measure of the cost, with `willingness`.

    Returns
    -------
    Knowing
        In the unit of the measure, or in kroner a year; `Knowing.frame` is a table of it.
    """
    benefits, noise, is_there = benefits_of(found, measure, willingness=willingness, cost=cost)
    kept = np.flatnonzero(is_there)[:MOST_FITTED]
    free = set(found.features(measure if willingness is None else cost, " - ".join(found.designs)))
    return worth_of_knowing(benefits[:, kept], noise, found.u[kept], _parts(found, free))


def benefits_of(
    found: Explored, measure: str, *, willingness: float | None = None, cost: str = "cost_per_year"
) -> tuple[Floats, Floats, Bools]:
    """Find what each design is worth at each draw.

    Parameters
    ----------
    found : Explored
        From `explore`.
    measure : str
        What is wanted.
    willingness : float, optional
        Kroner that one more of it is worth.
    cost : str
        Measure of the cost, with `willingness`.

    Returns
    -------
    benefits : ndarray of float of shape (n_designs, n_draws)
        As a mean over replications.
    noise : ndarray of float of shape (n_designs, n_designs)
        Covariance that chance gives them, on average over draws.
    is_there : ndarray of bool of shape (n_draws,)
        Draws at which every design has a value that has one at any; a design that has none is never worth choosing.
    """
    direction = ALL_MEASURES[MEASURE_NUMBER[measure]].direction or 1
    weights = {measure: float(direction)} if willingness is None else {measure: willingness, cost: -1.0}
    means: Any = 0.0
    deviations: Any = 0.0
    for name, weight in weights.items():
        own = found.points(name)
        means = means + weight * np.stack([points.mean for points in own])
        deviations = deviations + weight * np.stack([points.deviation for points in own])
    is_known = np.isfinite(means).any(axis=1)
    is_there = np.isfinite(means[is_known]).all(axis=0)
    means = np.where(is_known[:, None], means, np.nanmin(means, initial=0.0) - 1e12)
    left = np.nan_to_num(deviations[:, is_there])
    replications = left.shape[-1]
    noise = np.einsum("ikr,jkr->ij", left, left) / max(is_there.sum(), 1) / (max(replications - 1, 1) * replications)
    return means, noise, is_there


def _parts(found: Explored, free: set[int]) -> dict[str, list[int]]:
    """Features of each parameter, and of each group of them, as far as they can have a part."""
    ends = list(accumulate((one.n_features for one in found.question.unsure), initial=0))
    parts = {
        one.name: list(range(start, end))
        for one, (start, end) in zip(found.question.unsure, pairwise(ends), strict=True)
    }
    groups: dict[str, list[int]] = {}
    for name, features in parts.items():
        groups.setdefault(name.split(".")[0], []).extend(features)
    parts |= {name: features for name, features in groups.items() if name not in parts}
    return {name: [feature for feature in features if feature in free] for name, features in parts.items()}
