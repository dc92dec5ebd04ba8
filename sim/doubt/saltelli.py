"""Shares of variance from points of their own (Saltelli 2010), beside those that are read off the draws.

N points of a cube twice as wide give two sets, A and B; for each parameter, A with that parameter from B is played as
well: N (d + 2) plays. All are on the same women, so that chance does not pass for the parameters' doing.
"""

import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.doubt.plays import DoubtQuestion, Progress, play_point
from sim.doubt.split import AtPoints, points_from
from sim.doubt.surrogate import Shares
from sim.doubt.unsure import changes_of, n_features, values_at
from sim.experiment import Memory, available_cores
from sim.experiment.cores import in_order
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import ScenarioError, Variation

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.90
_RESAMPLES = 200
_MEMORY_BYTES = 150_000_000


def points_of_indices(question: DoubtQuestion, n_base: int) -> Iterator[Floats]:
    """Go through the points: for each of A its partner of B, then A with each parameter from B."""
    from scipy.stats import qmc  # noqa: PLC0415 - slow to load

    width = n_features(question.unsure)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        both = qmc.Sobol(2 * width, scramble=True, rng=question.seed).random(n_base)
    ends = list(accumulate((one.n_features for one in question.unsure), initial=0))
    for row in both:
        one, other = row[:width], row[width:]
        yield one
        yield other
        for start, end in pairwise(ends):
            mixed = one.copy()
            mixed[start:end] = other[start:end]
            yield mixed


def indices_by_design(
    question: DoubtQuestion,
    measures: Iterable[str],
    n_base: int,
    *,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> dict[str, dict[str, dict[str, Shares]]]:
    """Play points of their own and find shares of variance.

    Parameters
    ----------
    question : DoubtQuestion
        What is unsure.
    measures : iterable of str
        Which are looked at.
    n_base : int
        N, best a power of 2.
    cores : int, optional
        How many points are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called after each point.

    Returns
    -------
    dict
        By measure, design (or ``one - other``, against the first) and parameter.
    """
    wanted = tuple(measures)
    names = (*question.designs, *(f"{design} - {question.designs[0]}" for design in question.designs[1:]))
    n_points = n_base * (len(question.unsure) + 2)
    found = np.full((n_points, len(wanted), len(names)), np.nan)
    variation, memory = Variation(question.scenario), Memory(_MEMORY_BYTES)
    pieces = (
        partial(_play, question, variation, memory, point, wanted) for point in points_of_indices(question, n_base)
    )
    for number, values in enumerate(in_order(pieces, cores or available_cores())):
        found[number] = values
        if on_progress is not None:
            on_progress(number + 1, n_points)
    by_base = found.reshape(n_base, len(question.unsure) + 2, len(wanted), len(names))
    parameters = [one.name for one in question.unsure]
    told: dict[str, dict[str, dict[str, Shares]]] = {}
    for m, measure in enumerate(wanted):
        for n, name in enumerate(names):
            own = by_base[:, :, m, n]
            own = own[np.isfinite(own).all(axis=1)]
            if len(own) > 2 and np.ptp(own[:, :2]) > 0:
                shares = sobol_shares(own[:, 0], own[:, 1], own[:, 2:].T, seed=question.seed)
                told.setdefault(measure, {})[name] = dict(zip(parameters, shares, strict=True))
    return told


def sobol_shares(of_a: Floats, of_b: Floats, of_mixed: Floats, *, seed: int = 0) -> list[Shares]:
    """Find shares of variance from what was found at the points, with 90 % intervals.

    Parameters
    ----------
    of_a, of_b : ndarray of float of shape (n_base,)
        At the points of A and of B.
    of_mixed : ndarray of float of shape (n_parameters, n_base)
        At the points of A with one parameter from B.
    seed : int
        Of the points drawn anew for the intervals.

    Returns
    -------
    list of Shares
        By parameter.
    """
    from scipy.stats import sobol_indices  # noqa: PLC0415 - slow to load

    played: Any = {"f_A": of_a[None], "f_B": of_b[None], "f_AB": of_mixed[:, None]}
    found = sobol_indices(func=played, n=len(of_a), rng=seed)
    again = found.bootstrap(confidence_level=CONFIDENCE, n_resamples=_RESAMPLES)
    ends = [
        (interval.confidence_interval.low, interval.confidence_interval.high)
        for interval in (again.first_order, again.total_order)
    ]
    values = (np.ravel(found.first_order), np.ravel(found.total_order))
    return [
        Shares(
            *(
                (float(value[n]), float(np.ravel(low)[n]), float(np.ravel(high)[n]))
                for value, (low, high) in zip(values, ends, strict=True)
            )
        )
        for n in range(len(values[0]))
    ]


def _play(
    question: DoubtQuestion, variation: Variation, memory: Memory, point: Floats, measures: tuple[str, ...]
) -> Floats:
    """Every measure of every design, and its difference from the first, at a point."""
    n_designs = len(question.designs)
    found = np.full((len(measures), 2 * n_designs - 1), np.nan)
    try:
        scenario = variation.vary(changes_of(question.unsure, values_at(question.unsure, point)), source="doubt")
        played = play_point(question, scenario, 0, memory=memory)
    except ScenarioError:
        return found
    for m, measure in enumerate(measures):
        column = MEASURE_NUMBER[measure]
        means = [_mean(points_from(own.tops[:1, column], own.bottoms[:1, own.per[column]])) for own in played]
        found[m] = [*means, *(mean - means[0] for mean in means[1:])]
    return found


def _mean(points: AtPoints) -> float:
    return float(points.mean[0])
