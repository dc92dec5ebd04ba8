"""How the report on referrals says its numbers: names, intervals with their units, and the sentences at the top."""

from collections.abc import Sequence

import numpy as np

from calibration.from_rows.curves import standardised
from calibration.from_rows.estimates.estimate import PRIOR_ONLY, ParameterEstimate
from calibration.from_rows.estimates.importance import LEAST_EFFECTIVE
from calibration.from_rows.estimates.times import gone_by
from calibration.from_rows.fit import Learnt
from calibration.from_rows.suppression import fewer_than_least
from dashboard.draw.learning.forest import ForestRow
from sim.cohort import DAYS_PER_YEAR
from sim.scenario import Scenario
from sim.texts import NOTHING, Texts

_MUCH = 0.6
_MOST_NAMES = 5
ROUNDED_TO = 5
"""Numbers of rows are rounded to so many, so that no difference between two of them tells of few women."""
_DIGITS = {
    "need_per_year": 1,
    "acceptance_decay_per_hour": 2,
    "family_odds_ratio": 2,
    "gestation_at_referral_mean": 1,
    "gestation_at_referral_sd": 1,
    "birth_week_mean": 1,
    "birth_week_sd": 1,
    "early_leaving_shape": 2,
}
_DAYS = ("patience_mean", "stay_mean", "stay_sd", "early_leaving_scale")


def estimate_name(estimate: ParameterEstimate, texts: Texts) -> str:
    """Name an estimate for people."""
    return parameter_name(estimate.parameter, texts)


def parameter_name(code: str, texts: Texts) -> str:
    """Name a parameter by its code."""
    parameter, _, kind = code.partition(".")
    if parameter == "regional_share":
        return texts("calibration.estimate.regional_share", name=texts(f"common.region.{kind}"))
    return texts(f"calibration.estimate.{parameter}_{kind}" if kind else f"calibration.estimate.{parameter}")


def write_value(parameter: str, value: float, texts: Texts) -> str:
    """Write a value of a parameter with the digits it deserves."""
    if parameter in _DAYS:
        return texts.number(value)
    if parameter in _DIGITS:
        return texts.number(value, _DIGITS[parameter])
    return texts.percent(value, 1 if parameter == "trend_per_year" else 0)


def write_interval(parameter: str, values: Sequence[float] | None, texts: Texts) -> str:
    """Write an estimate with its interval."""
    if values is None:
        return NOTHING
    middle, low, high = values
    written = texts.days(middle) if parameter in _DAYS else write_value(parameter, middle, texts)
    ends = [write_value(parameter, end, texts) for end in (low, high)]
    return written if NOTHING in ends else f"{written} ({texts.interval(*ends)})"


def about_rows(estimate: ParameterEstimate, texts: Texts) -> str:
    """Say on how many rows an estimate rests, without telling of few women."""
    if estimate.method == PRIOR_ONLY:
        return texts("calibration.estimates.no_data")
    if fewer_than_least(estimate.n_least):
        return texts("calibration.estimates.hidden")
    rounded = ROUNDED_TO * round(estimate.n_rows / ROUNDED_TO)
    return texts("calibration.estimates.about_rows", number=texts.number(rounded))


def forest_row(estimate: ParameterEstimate, texts: Texts) -> ForestRow:
    """Make an estimate a line of the picture of all."""
    after = (estimate.mean, estimate.low, estimate.high)
    before, told = (write_interval(estimate.parameter, values, texts) for values in (estimate.prior, after))
    return ForestRow(estimate_name(estimate, texts), before, told, *standardised(estimate))


def said_in_short(learnt: Learnt, scenario: Scenario, texts: Texts) -> list[str]:
    """Say what was learnt in a few sentences."""
    found = learnt.estimates
    said = {
        "need": lambda: _said("need", "demand.need_per_year", start=texts.date(scenario.start)),
        "offered": lambda: _said("offered", f"demand.offered_share.{learnt.terms.payer}"),
        "acceptance": lambda: _said("acceptance", "acceptance.base", **_further_away(learnt, scenario, texts)),
        "patience": lambda: _said("patience", "waiting.patience_days.exponential.mean"),
        "stay": lambda: _said(f"stay_{scenario.stay.anchor}", "stay.days.gamma.mean"),
        "early_leaving": lambda: texts("calibration.short.leaving", **_gone_in_a_year(learnt, texts)),
    }

    def _said(key: str, path: str, **more: str) -> str:
        return texts(f"calibration.short.{key}", **_ends(found[path], texts), **more)

    parts = set(learnt.part.values())
    return [say() for part, say in said.items() if part in parts] + [*_left(learnt, texts), *_weighed(learnt, texts)]


def _further_away(learnt: Learnt, scenario: Scenario, texts: Texts) -> dict[str, str]:
    """Free minutes, and by how much the share who say yes falls with an hour beyond them."""
    decay = learnt.estimates["acceptance.decay_per_hour"]
    loss = [texts.percent(1.0 - float(np.exp(-value))) for value in (decay.mean, decay.low, decay.high)]
    words = dict(zip(("loss", "loss_low", "loss_high"), loss, strict=True))
    return {"free": texts.minutes(scenario.acceptance.free_minutes), **words}


def _left(learnt: Learnt, texts: Texts) -> list[str]:
    """What was left as it is in the scenario, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in learnt.left:
        by_reason.setdefault(one.reason, []).append(parameter_name(one.parameter, texts))
    return [
        texts(f"calibration.short.left_{reason}", names=_listed_names(names)) for reason, names in by_reason.items()
    ]


def _gone_in_a_year(learnt: Learnt, texts: Texts) -> dict[str, str]:
    words = ("shape", "scale")
    shape, scale = (learnt.estimates[f"stay.early_leaving_days.weibull.{word}"].draws[:, None] for word in words)
    gone = gone_by(DAYS_PER_YEAR, shape, scale)
    values = map(float, (gone.mean(), *np.quantile(gone, [0.025, 0.975])))
    return dict(zip(("mean", "low", "high"), map(texts.percent, values), strict=True))


def _ends(estimate: ParameterEstimate, texts: Texts) -> dict[str, str]:
    write = texts.days if estimate.parameter in _DAYS else lambda value: write_value(estimate.parameter, value, texts)
    low, high = (write_value(estimate.parameter, value, texts) for value in (estimate.low, estimate.high))
    return {"mean": write(estimate.mean), "low": low, "high": high}


def _weighed(learnt: Learnt, texts: Texts) -> list[str]:
    """What the data say most about, what they hardly move, and where something is amiss."""
    by_share = sorted(learnt.estimates.values(), key=lambda estimate: -estimate.learnt_share)
    most = [e for e in by_share if e.learnt_share >= _MUCH][:_MOST_NAMES]
    least = [e for e in by_share if e.is_hardly_learnt]
    groups = {
        "most": most,
        "least": least,
        "outside": [e for e in by_share if e.is_outside],
        "not_converged": [e for e in by_share if e.effective_draws < LEAST_EFFECTIVE],
    }
    return [texts(f"calibration.short.{key}", names=_listed(group, texts)) for key, group in groups.items() if group]


def _listed(estimates: Sequence[ParameterEstimate], texts: Texts) -> str:
    return _listed_names([estimate_name(estimate, texts) for estimate in estimates])


def _listed_names(names: Sequence[str]) -> str:
    return "; ".join(name[0].lower() + name[1:] for name in names)
