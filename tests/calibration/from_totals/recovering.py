"""Known parameters, played by the model itself, and fitted again: do the posteriors say what was true?

The truth is drawn from the prior, so each rank of the truth among the draws is uniform if the posterior is right
(simulation-based calibration), and 95 % intervals cover it in 95 % of the data sets.
"""

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from small_fits import TIGHT, a_question

from calibration.from_totals import Effort
from calibration.from_totals.findings import sum_up
from calibration.from_totals.fitting import draw_posterior, nearest_sets
from calibration.from_totals.observing import Player, observe_set
from calibration.from_totals.points import parameter_values, surface_coordinates
from calibration.from_totals.surface import fit_surface

Floats = npt.NDArray[np.float64]

FREE: dict[str, Any] = {
    "demand.need_per_year": {"uniform": {"low": 20, "high": 70}},
    "acceptance.base": {"uniform": {"low": 0.3, "high": 0.8}},
    "waiting.patience_days.exponential.mean": {"lognormal": {"mean": 66, "sd": 30}},
}
TARGETS: list[dict[str, Any]] = [
    {"measure": "referrals_per_year", "value": 45},
    {"measure": "admitted_per_year", "by": "year", "value": {"2020": 12, "2021": 12, "2022": 12}},
    {"measure": "occupancy", "value": 0.9},
    {"measure": "gave_up_per_year", "value": 5},
]
PERIOD = {"start": "2020-01-01", "years": 3, "warm_up_years": 2}
FAR_BLOCK = 10_000_000
"""Blocks of replications that no fit comes to: each data set, of each seed, has women of its own."""


class Recovered(NamedTuple):
    """Data sets fitted again.

    Attributes
    ----------
    ranks : ndarray of shape (n_sets, n_free)
        Share of the draws below the truth.
    is_covered : ndarray of bool of shape (n_sets, n_free)
        Whether the 95 % interval holds the truth.
    has_converged : ndarray of bool of shape (n_sets,)
        Whether the fit says it may be used.
    """

    ranks: Floats
    is_covered: npt.NDArray[np.bool_]
    has_converged: npt.NDArray[np.bool_]


def recover(folder: Path, n_sets: int, *, effort: Effort, seed: int) -> Recovered:
    """Play and fit so many data sets."""
    question = a_question(
        folder,
        scenario=TIGHT,
        targets=TARGETS,
        free=FREE,
        period={"start": "2020-01-01", "years": 3, "warm_up_years": 2},
    )
    truths = parameter_values(question.free, np.random.default_rng(seed).normal(size=(n_sets, len(FREE))))
    ranks, covered, converged = [], [], []
    for number, truth in enumerate(truths):
        changes = dict(zip(question.paths, truth.tolist(), strict=True))
        seen = observe_set(question, changes, block=FAR_BLOCK + 10_000 * seed + number)[0][:, 0]
        targets = tuple(
            target._replace(value=float(value)) for target, value in zip(question.targets, seen, strict=True)
        )
        observed = question.observed.model_copy(update={"seed": seed + number})
        fit = sum_up(draw_posterior(question._replace(targets=targets, observed=observed), effort=effort))
        ranks.append((fit.draws(10_000) < truth).mean(axis=0))
        covered.append(
            [one.interval[0] <= value <= one.interval[1] for one, value in zip(fit.learnt, truth, strict=True)]
        )
        converged.append(fit.has_converged)
    return Recovered(np.array(ranks), np.array(covered), np.array(converged))


def weigh(folder: Path, n_sets: int, *, seed: int) -> Recovered:
    """The same without chains and rounds, so that hundreds of data sets take minutes.

    The surface of each rests on those of 1,024 sets spread over the prior that come near it, and draws of the prior are
    weighted by the likelihood.
    """
    question = a_question(folder, scenario=TIGHT, targets=TARGETS, free=FREE, period=PERIOD)
    generator = np.random.default_rng(seed)
    spread, truths, prior = (generator.normal(size=(n, len(FREE))) for n in (1024, n_sets, 6000))
    player = Player(question)  # each set has a block of its own, so what is seen is of other women
    plays, seen = player.play(spread), player.play(truths)
    ranks = []
    for truth, observed in zip(truths, seen.scaled[:, :, 0], strict=True):
        surface = fit_surface(nearest_sets(plays, observed), partial(surface_coordinates, question.free))
        log_weights = surface.log_likelihood(prior, observed)
        weights = np.exp(log_weights - log_weights.max())
        ranks.append(weights @ (prior < truth) / weights.sum())
    found = np.array(ranks)
    return Recovered(found, (found > 0.025) & (found < 0.975), np.ones(n_sets, dtype=np.bool_))
