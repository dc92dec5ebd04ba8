"""The pregnancies: in which week women are referred, when they give birth, and how many pregnancies are lost."""

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from calibration.from_rows.estimates.estimate import Chance, ParameterEstimate, sampled_estimates
from calibration.from_rows.estimates.importance import Coordinate, Model
from calibration.from_rows.estimates.observed import Pregnancies
from calibration.from_rows.referrals import Floats
from calibration.priors.parameters import parameter_prior
from sim.cohort.attributes import LOSS_BEFORE_WEEK
from sim.scenario import Normal, Scenario

DEFAULT_CUTS = {"gestation_at_referral_weeks": (8.0, 38.0), "birth_week": (26.0, 42.0)}
"""Where the normal distributions are cut unless the scenario cuts them elsewhere [weeks]."""
_NEAR_CUT_WEEKS = 0.3
_TINY = 1e-300


def cuts(scenario: Scenario, word: str) -> tuple[float, float]:
    """Find where a normal distribution of weeks is cut: the cuts [weeks]."""
    written = getattr(scenario.demand, word)
    return (written.low, written.high) if isinstance(written, Normal) else DEFAULT_CUTS[word]


def gestation_estimates(
    week: Floats, scenario: Scenario, chance: Chance, *, width: float = 1.0
) -> tuple[ParameterEstimate, ...]:
    """Estimate the week of pregnancy at referral: mean and standard deviation before the cut [weeks]."""
    low, high = cuts(scenario, "gestation_at_referral_weeks")
    inside = week[(week >= low) & (week <= high)]

    def evaluate(values: Floats) -> Floats:
        mean, sd = values[:, [0]], values[:, [1]]
        log_share = np.log(np.maximum(ndtr((high - mean) / sd) - ndtr((low - mean) / sd), _TINY))
        total: Floats = (_log_density(inside, mean, sd) - log_share).sum(axis=1)
        return total

    return _normal_estimates(
        "gestation_at_referral", "gestation_at_referral_weeks", evaluate, chance, (len(inside), width)
    )


def birth_week_estimates(
    followed: Pregnancies, scenario: Scenario, chance: Chance, *, width: float = 1.0
) -> tuple[ParameterEstimate, ...]:
    """Estimate the week of birth: mean and standard deviation before the cut [weeks].

    A woman referred in week g has not given birth before: her birth is taken given that it lies above g. Where no end
    is written though she must have given birth long since, nobody knows when, and she says nothing.
    """
    low, high = cuts(scenario, "birth_week")
    is_birth = (
        followed.is_ended
        & (followed.last_week >= low - _NEAR_CUT_WEEKS)
        & (followed.last_week <= high + _NEAR_CUT_WEEKS)
    )
    goes_on = ~followed.is_ended & (followed.last_week > low) & (followed.last_week < high)
    is_used = (is_birth | goes_on) & (followed.week < high - _NEAR_CUT_WEEKS)
    born = is_birth[is_used]
    week = np.clip(followed.last_week[is_used], low, high - np.where(born, 0.0, 1e-3))
    floor = np.clip(followed.week[is_used], low, high - 1e-3)

    def evaluate(values: Floats) -> Floats:
        mean, sd = values[:, [0]], values[:, [1]]

        def above(x: Floats | float) -> Floats:
            tail: Floats = np.log(np.maximum(ndtr((high - mean) / sd) - ndtr((x - mean) / sd), _TINY))
            return tail

        seen = np.where(born, _log_density(week, mean, sd), above(week))
        total: Floats = (seen - above(floor)).sum(axis=1)
        return total

    return _normal_estimates("birth_week", "birth_week", evaluate, chance, (len(week), width))


def _normal_estimates(
    parameter: str, word: str, evaluate: Callable[[Floats], Floats], chance: Chance, about: tuple[int, float]
) -> tuple[ParameterEstimate, ...]:
    n, width = about
    coordinates = tuple(
        Coordinate(
            f"demand.{word}.normal.{part}",
            f"{parameter}_{part}",
            parameter_prior(f"{parameter}_{part}", width=width),
            scale,
        )
        for part, scale in (("mean", "linear"), ("sd", "log"))
    )
    return sampled_estimates(Model(coordinates, evaluate, n), chance, n_rows=n, n_least=n)


def _log_density(week: Floats, mean: Floats, sd: Floats) -> Floats:
    density: Floats = -0.5 * ((week - mean) / sd) ** 2 - np.log(sd)
    return density


def loss_estimate(followed: Pregnancies, chance: Chance, *, width: float = 1.0) -> tuple[ParameterEstimate, ...]:
    """Estimate the probability that a pregnancy is lost.

    Losses fall evenly between referral and week 22, as in the model. A pregnancy that was followed for a part of that
    time without a loss says so much: 1 - p x that part.
    """
    is_used = (followed.week < LOSS_BEFORE_WEEK) & (followed.is_ended | (followed.last_week > followed.week))
    week, last = followed.week[is_used], followed.last_week[is_used]
    is_lost = followed.is_ended[is_used] & (last < LOSS_BEFORE_WEEK)
    part = np.minimum(1.0, (last - week) / (LOSS_BEFORE_WEEK - week))

    def evaluate(values: Floats) -> Floats:
        p = values[:, [0]]
        total: Floats = np.where(is_lost, np.log(p), np.log1p(-p * part)).sum(axis=1)
        return total

    prior = parameter_prior("loss_probability", width=width)
    model = Model((Coordinate("demand.loss_probability", "loss_probability", prior, "logit"),), evaluate, len(part))
    n_lost = int(is_lost.sum())
    return sampled_estimates(model, chance, n_rows=len(part), n_least=min(n_lost, len(part) - n_lost))
