"""What a fit leaves on disk: the fitted scenario, the draws, and the findings as plain values."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from calibration.fitted_file import annotated, rounded
from calibration.from_totals.findings import INTERVAL, Fit
from calibration.from_totals.fitting import Round
from calibration.from_totals.reading import STATED
from sim.scenario import PLACES, Distribution, Scenario, in_field, renamed, with_values
from sim.scenario.plausible import Plausible

VIEW_PATH = "demand.view"
DRAWS = 1000
"""Draws of the posterior in a table: enough for 95 % intervals, few enough to run as scenarios."""

_DIGITS = 6
"""Significant digits of a fitted value: more than are known."""


def fitted_scenario(fit: Fit) -> Scenario:
    """Put the posterior means into the scenario, without fields or words that were different in the period."""
    question = fit.drawn.question
    changes: dict[str, Any] = {VIEW_PATH: fit.view} if fit.view else {}
    changes |= {one.free.path: rounded(one.mean, _DIGITS) for one in fit.learnt}
    ending = f"fitted-{fit.view}" if fit.view else "fitted"
    return renamed(with_values(in_field(question.base, PLACES), changes), question.base.name, ending)


def fitted_text(fit: Fit) -> str:
    """Write the fitted scenario as a file that says where its values come from.

    Parameters
    ----------
    fit : Fit
        What was found.

    Returns
    -------
    str
        YAML 1.2 with every word, and comments at the top.
    """
    question = fit.drawn.question
    notes = [
        f"Fitted by simulation to the aggregates of {question.name!r}: posterior means, 95 % intervals in brackets."
    ]
    if not fit.has_converged:
        notes.append(f"NOT CONVERGED ({', '.join(fit.faults)}): not to be relied on.")
    for one in fit.learnt:
        low, high = one.interval
        notes.append(
            f"{one.free.path}: {one.mean:.4g} ({low:.4g} to {high:.4g}), spread {one.sd_ratio:.0%} of the prior's"
        )
    if fit.confounded:
        notes.append("Parameters that the aggregates cannot tell apart are set to their means one by one.")
    return annotated(fitted_scenario(fit), notes)


def draws_text(fits: Sequence[Fit], n_draws: int = DRAWS) -> str:
    """Write draws of the posterior as a table, which is also a table of scenarios.

    Parameters
    ----------
    fits : sequence of Fit
        One for each view, or only one.
    n_draws : int
        Rows for each fit, at most.

    Returns
    -------
    str
        CSV with a column for each path, and one for the estimate of need if there are several.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    paths = fits[0].drawn.question.paths
    has_views = bool(fits[0].view)
    writer.writerow((VIEW_PATH, *paths) if has_views else paths)
    for fit in fits:
        for row in fit.draws(n_draws):
            numbers = [rounded(float(value), _DIGITS) for value in row]
            writer.writerow((fit.view, *numbers) if has_views else numbers)
    return text.getvalue()


def fit_as_json(fit: Fit) -> dict[str, Any]:
    """Write a fit as plain values.

    Parameters
    ----------
    fit : Fit
        What was found.

    Returns
    -------
    dict
        Mappings, lists, texts and numbers; None for what is not a number.
    """
    drawn = fit.drawn
    return {
        "name": drawn.question.name,
        "view": fit.view or None,
        "has_converged": fit.has_converged,
        "faults": list(fit.faults),
        "is_partial": drawn.is_partial,
        "replications": drawn.n_replications,
        "seed": drawn.question.observed.seed,
        "parameters": [
            {
                "path": one.free.path,
                "prior": _written(one.free.prior),
                "prior_mean": one.prior_mean,
                "prior_interval": list(one.prior_interval),
                "mean": one.mean,
                "interval": list(one.interval),
                "interval_probability": INTERVAL[1] - INTERVAL[0],
                "sd_ratio": one.sd_ratio,
                "pulled_to": one.end or None,
                "r_hat": one.reduction,
                "effective_draws": one.effective_draws,
            }
            for one in fit.learnt
        ],
        "rank_correlation": fit.correlation.tolist(),
        "combinations_known": fit.n_combinations,
        "best_known_product": fit.product._asdict() if fit.product else None,
        "targets": [
            {
                **one.target._asdict(),
                "median": one.median,
                "band": list(one.band),
                "is_inside": one.is_inside,
                "tail_probability": one.tail,
                "at_posterior_mean": one.at_mean if np.isfinite(one.at_mean) else None,
            }
            for one in fit.foretold
        ],
        "probability_of_as_far_off": fit.surprise,
        "share_with_values": fit.share_with_values,
        "circles": [{"source": pair.row_id, "parameter": pair.parameter} for pair in drawn.question.circles],
        "rounds": [_round_as_json(one) for one in drawn.rounds],
    }


def _written(prior: Distribution | Plausible) -> str | dict[str, Any]:
    """The prior as the file of the question has it."""
    return STATED if isinstance(prior, Plausible) else {prior.kind: prior.model_dump()}


def _round_as_json(one: Round) -> dict[str, Any]:
    return {word: value if np.isfinite(value) else None for word, value in one._asdict().items()}
