"""How likely women say yes: near by, further away, and when their family can come.

Yes with probability p1 x exp(-k x max(0, minutes - free) / 60), with the odds of p1 multiplied by the family odds ratio
for a woman with partner or children where they can live in. What counts is the nearest place she was asked about:
whoever accepts a far one accepts that one too.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from calibration.from_rows.estimates.estimate import Chance, ParameterEstimate, sampled_estimates
from calibration.from_rows.estimates.importance import Coordinate, Model
from calibration.from_rows.referrals import Bools, Floats, Referrals
from calibration.priors.parameters import parameter_prior
from sim.cohort import ALONE
from sim.scenario import Scenario


class Offers(NamedTuple):
    """Offers of a place that were answered."""

    minutes: Floats  # [shape (n_women,)] To the nearest place she was asked about, one way [minutes]
    is_family: Bools  # [shape (n_women,)] Whether she has a partner or children who could live in
    is_yes: Bools  # [shape (n_women,)] Her answer


def settled(referrals: Referrals, settle_days: int) -> Bools:
    """Tell of which women the answers have had time to come in."""
    return ~(referrals.referred_day > referrals.last_day - settle_days)


def answers(referrals: Referrals, *, settle_days: int) -> Offers:
    """Take the answers whose travel and household are known."""
    r = referrals
    is_known = ~np.isnan(r.accepted) & ~np.isnan(r.minutes) & ~np.isnan(r.household)
    is_used = is_known & (r.offered != 0) & settled(r, settle_days)
    is_family = (r.household != ALONE) & (r.has_family_places == 1)
    return Offers(r.minutes[is_used], is_family[is_used], r.accepted[is_used] == 1)


def acceptance_estimates(
    heard: Offers, scenario: Scenario, chance: Chance, *, width: float = 1.0
) -> tuple[ParameterEstimate, ...]:
    """Estimate the base probability, its loss with travel and the family odds ratio."""
    words = (
        ("base", "acceptance_base", "logit"),
        ("decay_per_hour", "acceptance_decay_per_hour", "log"),
        ("family_odds_ratio", "family_odds_ratio", "log"),
    )
    coordinates = tuple(
        Coordinate(f"acceptance.{word}", parameter, parameter_prior(parameter, width=width), scale)
        for word, parameter, scale in words
    )
    n, n_yes = len(heard.is_yes), int(heard.is_yes.sum())
    model = Model(coordinates, _log_likelihood(heard, scenario.acceptance.free_minutes), n)
    return sampled_estimates(model, chance, n_rows=n, n_least=min(n_yes, n - n_yes))


def _log_likelihood(heard: Offers, free_minutes: float) -> Callable[[Floats], Floats]:
    hours = np.maximum(0.0, heard.minutes - free_minutes) / 60.0

    def evaluate(values: Floats) -> Floats:
        base, decay, odds_ratio = (values[:, [i]] for i in range(3))
        with_family = base * odds_ratio / (1.0 - base + base * odds_ratio)
        log_yes = np.log(np.where(heard.is_family, with_family, base)) - decay * hours
        total: Floats = np.where(heard.is_yes, log_yes, np.log(-np.expm1(np.minimum(log_yes, -1e-15)))).sum(axis=1)
        return total

    return evaluate
