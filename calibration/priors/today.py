"""Parameters drawn from their stated ranges: before any data, as far as documents and judgement go.

A parameter that a check may not rest on is opened: drawn evenly from all that is possible.
"""

from collections.abc import Callable, Collection, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import qmc

from sim.scenario import load_parameters
from sim.scenario.plausible import plausible_of

Floats = npt.NDArray[np.float64]

DESIGN = "as-today"
"""Name of the design in which municipalities buy single places."""

PRIOR_PATHS: Mapping[str, str] = {
    "need_per_year": "demand.need_per_year",
    "trend_per_year": "demand.trend_per_year",
    "year_variation": "demand.year_variation",
    "found_share": "demand.found_share",
    "offered_share_municipal": "demand.offered_share.municipal",
    "gestation_at_referral_mean": "demand.gestation_at_referral_weeks.normal.mean",
    "gestation_at_referral_sd": "demand.gestation_at_referral_weeks.normal.sd",
    "birth_week_mean": "demand.birth_week.normal.mean",
    "birth_week_sd": "demand.birth_week.normal.sd",
    "loss_probability": "demand.loss_probability",
    "household_alone": "demand.household.alone",
    "household_partner": "demand.household.partner",
    "household_children": "demand.household.children",
    "acceptance_base": "acceptance.base",
    "acceptance_free_minutes": "acceptance.free_minutes",
    "acceptance_decay_per_hour": "acceptance.decay_per_hour",
    "family_odds_ratio": "acceptance.family_odds_ratio",
    "patience_daily_loss": "waiting.patience_days.exponential.mean",
    "past_birth_share": "waiting.past_birth_share",
    "external_after_days": f"designs.{DESIGN}.external.after_days",
    "external_minutes": f"designs.{DESIGN}.external.minutes",
}
"""Word of a scenario behind each parameter that decides who is admitted today. Not to be changed."""

DEPENDS_ON: Mapping[str, tuple[str, ...]] = {
    "offered": tuple(PRIOR_PATHS)[:5],
    "admitted": tuple(PRIOR_PATHS),
}
"""Parameters that decide how many women reach a step. Not to be changed."""

_HOUSEHOLD = [PRIOR_PATHS[name] for name in ("household_alone", "household_partner", "household_children")]
_AS_WORD: Mapping[str, Callable[[Floats], Floats]] = {"patience_daily_loss": lambda daily: -1.0 / np.log1p(-daily)}


def can_be_opened(parameter: str) -> bool:
    """Tell whether all that is possible for a parameter can be said without any data: from 0 to 1, for a share."""
    return load_parameters()[parameter].is_share


def draw_priors(n_draws: int, *, seed: int, opened: Collection[str] = ()) -> pd.DataFrame:
    """Draw the parameters from their stated ranges, one column a path; those opened evenly from 0 to 1 instead."""
    uniforms = qmc.LatinHypercube(len(PRIOR_PATHS), rng=seed).random(n_draws)
    columns = {
        path: _drawn(name, uniforms[:, number], is_open=name in opened)
        for number, (name, path) in enumerate(PRIOR_PATHS.items())
    }
    frame = pd.DataFrame(columns)
    frame[_HOUSEHOLD] = frame[_HOUSEHOLD].div(frame[_HOUSEHOLD].sum(axis=1), axis=0)
    return frame


def _drawn(name: str, uniforms: Floats, *, is_open: bool) -> Floats:
    believed = plausible_of(load_parameters()[name])
    if is_open or believed is None:
        return uniforms if is_open else np.full_like(uniforms, load_parameters()[name].default)
    values = believed.ppf(uniforms)
    return _AS_WORD[name](values) if name in _AS_WORD else values
