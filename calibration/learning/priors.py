"""What is believed before the data: a distribution for each parameter, from its plausible range.

The plausible range of ``sim/scenario/data/parameters.csv`` is taken to hold the truth with 90 % probability. The family
follows what the parameter is: a share is beta, a number above nothing gamma or lognormal, a change normal. Its two
numbers are solved from the two ends of the range; where one end is a wall (0, or 1 for a share), from the default as
the median and the other end. Early leaving, whose two parameters belong together, has a file of its own,
``leaving_prior``.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats
from scipy.special import expit, logit

from sim.scenario import load_parameters

Floats = npt.NDArray[np.float64]

RANGE_PROBABILITY = 0.90
"""Probability that the truth lies in the plausible range."""
_LOW, _HIGH = (1 - RANGE_PROBABILITY) / 2, (1 + RANGE_PROBABILITY) / 2
_Z = float(stats.norm.ppf(_HIGH))

REGIONAL_CONCENTRATION = 30.0
"""The regional shares of the scenario weigh as much as so many women; an assumption."""
STAY_FROM_ADMISSION_DAYS = (183.0, 548.0)
"""Plausible mean of a whole stay, 6-18 months (evidence stay_ht_6_18) [days]."""


class Range(NamedTuple):
    """A plausible range, on a scale where it can be widened evenly."""

    low: float  # ends and default
    middle: float
    high: float
    family: str  # beta, gamma, lognormal, normal or halfnormal


class Prior(NamedTuple):
    """What is believed of one parameter before the data."""

    family: str  # as in `Range`
    distribution: Any  # on the parameter's own scale

    def interval(self) -> tuple[float, float]:
        """Give the middle 95 %."""
        low, high = self.distribution.ppf([0.025, 0.975])
        return float(low), float(high)


FAMILIES: Mapping[str, str] = {
    "need_per_year": "gamma",
    "trend_per_year": "normal",
    "year_variation": "halfnormal",
    "offered_share_municipal": "beta",
    "offered_share_public": "beta",
    "acceptance_base": "beta",
    "acceptance_decay_per_hour": "gamma",
    "family_odds_ratio": "lognormal",
    "past_birth_share": "beta",
    "gestation_at_referral_mean": "normal",
    "gestation_at_referral_sd": "lognormal",
    "birth_week_mean": "normal",
    "birth_week_sd": "lognormal",
    "loss_probability": "beta",
    "stay_after_birth": "lognormal",
}
"""Family of the prior of each parameter of the table that is learnt, one number at a time."""


def parameter_prior(parameter: str, *, width: float = 1.0) -> Prior:
    """Give the prior of a parameter."""
    return solved_prior(widened(_range_of(parameter), width))


def _range_of(parameter: str) -> Range:
    table = load_parameters()
    if parameter == "stay_from_admission":
        low, high = STAY_FROM_ADMISSION_DAYS
        return Range(low, float(np.sqrt(low * high)), high, "lognormal")
    if parameter == "stay_spread":  # of even spread over the plausible range; half to double of it
        stay = table["stay_after_birth"]
        spread = ((stay.high or 0.0) - (stay.low or 0.0)) / np.sqrt(12)
        return Range(spread / 2, spread, 2 * spread, "lognormal")
    if parameter == "patience_rate":  # a day, from the share lost a day
        loss = table["patience_daily_loss"]
        low, middle, high = (-float(np.log1p(-(value or 0.0))) for value in (loss.low, loss.default, loss.high))
        return Range(low, middle, high, "gamma")
    row = table[parameter]
    return Range(row.low or 0.0, row.default, row.high or 0.0, FAMILIES[parameter])


def widened(plausible: Range, width: float) -> Range:
    """Widen a range evenly, on the scale on which the parameter has no walls."""
    low, middle, high, family = plausible
    if width == 1.0:
        return plausible
    if family == "halfnormal":
        return Range(low, middle, high * width, family)
    forward, back = _SCALES[family]
    if low == 0.0 and family != "normal":
        return Range(low, middle, float(back(forward(middle) + width * (forward(high) - forward(middle)))), family)
    if high == 1.0 and family == "beta":
        return Range(float(back(forward(middle) + width * (forward(low) - forward(middle)))), middle, high, family)
    centre, half = (forward(low) + forward(high)) / 2, width * (forward(high) - forward(low)) / 2
    return Range(float(back(centre - half)), middle, float(back(centre + half)), family)


def solved_prior(plausible: Range) -> Prior:
    """Solve the distribution whose quantiles are the ends of a range."""
    low, middle, high, family = plausible
    if family == "halfnormal":
        return Prior(family, stats.halfnorm(scale=high / stats.halfnorm.ppf(_HIGH)))
    if family == "normal":
        return Prior(family, stats.norm((low + high) / 2, (high - low) / (2 * _Z)))
    if family == "lognormal":
        log_low, log_high = np.log(low), np.log(high)
        return Prior(family, stats.lognorm((log_high - log_low) / (2 * _Z), scale=np.exp((log_low + log_high) / 2)))
    points = ((_LOW, low), (_HIGH, high))
    if family == "gamma":
        return Prior(family, _solved_gamma(*(((0.5, middle), points[1]) if low == 0.0 else points)))
    return Prior(family, _solved_beta(*((points[0], (0.5, middle)) if high == 1.0 else points)))


@lru_cache(maxsize=64)
def _solved_gamma(first: tuple[float, float], second: tuple[float, float]) -> Any:
    (p, x), (q, y) = first, second

    def miss(log_shape: float) -> float:
        shape = np.exp(log_shape)
        return float(np.log(stats.gamma.ppf(q, shape) / stats.gamma.ppf(p, shape)) - np.log(y / x))

    shape = np.exp(optimize.brentq(miss, np.log(0.05), np.log(1e5)))
    return stats.gamma(shape, scale=x / stats.gamma.ppf(p, shape))


@lru_cache(maxsize=64)
def _solved_beta(first: tuple[float, float], second: tuple[float, float]) -> Any:
    (p, x), (q, y) = first, second

    def miss(logs: Floats) -> Floats:
        return logit(np.clip(stats.beta.ppf([p, q], *np.exp(logs)), 1e-12, 1 - 1e-12)) - logit([x, y])

    centre = expit((logit(x) + logit(y)) / 2)
    start = np.log([4 * centre, 4 * (1 - centre)])
    found = optimize.least_squares(miss, start, bounds=(np.log(1e-2), np.log(1e5)))
    return stats.beta(*np.exp(found.x))


def household_concentration() -> float:
    """Find how many women the default household shares weigh, from their plausible ranges."""
    rows = [load_parameters()[f"household_{word}"] for word in ("alone", "partner", "children")]
    spreads = [((row.high or 0.0) - (row.low or 0.0)) / (2 * _Z) for row in rows]
    sizes = [row.default * (1 - row.default) / sd**2 - 1 for row, sd in zip(rows, spreads, strict=True)]
    return float(np.mean(sizes))


_SCALES: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "gamma": (np.log, np.exp),
    "lognormal": (np.log, np.exp),
    "beta": (logit, expit),
    "normal": (float, float),
}
