"""Learning all that referrals can teach: every estimate, with its prior, from one reading of the file."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from calibration.from_rows.estimates.acceptance import acceptance_estimates, answers, settled
from calibration.from_rows.estimates.estimate import Chance, ParameterEstimate
from calibration.from_rows.estimates.importance import LEAST_EFFECTIVE
from calibration.from_rows.estimates.observed import (
    births_while_waiting,
    early_leaving,
    planned_stays,
    pregnancies,
    waits,
)
from calibration.from_rows.estimates.pregnancy import birth_week_estimates, gestation_estimates, loss_estimate
from calibration.from_rows.estimates.referral_rate import arrivals, rate_estimates
from calibration.from_rows.estimates.shares import kinds_estimates, share_estimate
from calibration.from_rows.estimates.times import early_leaving_estimates, patience_estimate, stay_estimates
from calibration.from_rows.referrals import Referrals
from calibration.parts import PARTS
from calibration.priors.parameters import household_prior, parameter_prior, region_prior
from sim.cohort import HOUSEHOLDS
from sim.geography import REGION_MAPS, load_municipalities
from sim.scenario import Scenario

MOST_UNDATED = 0.05
"""Share of the women whose day of referral may be unknown while the need is learnt.

Each of them is missing from the count, so that the need comes out too low by that share. One in twenty is small beside
the interval (with 100 women, 20 % to either side by chance alone); more is not, and who has no day is seldom chance.
"""


class Terms(NamedTuple):
    """How it is learnt.

    Attributes
    ----------
    seed : int
        Start of all random streams.
    n_draws : int
        Draws of each estimate.
    settle_days : int
        Women referred in so many last days do not count for numbers and answers, which may still come in [days].
    opened : datetime.date or None
        When the offer opened, if awareness rose during the record; None: it was there long before.
    payer : str
        Who paid: municipal, state or regional.
    prior_width : float
        How much wider than the plausible ranges the priors are.
    without : tuple of str
        Parts that are left as they are in the scenario.
    """

    seed: int = 0
    n_draws: int = 2000
    settle_days: int = 30
    opened: dt.date | None = None
    payer: str = "municipal"
    prior_width: float = 1.0
    without: tuple[str, ...] = ()


class Left(NamedTuple):
    """A word that was not learnt, but left as it is in the scenario."""

    path: str  # the word
    parameter: str  # code of what it is, for texts
    part: str  # the part it belongs to
    reason: str  # because it was asked for, or because too many days of referral are not known


class Learnt(NamedTuple):
    """What was learnt.

    Attributes
    ----------
    estimates : dict of str to ParameterEstimate
        By path, in the order of `PARTS`.
    part : dict of str to str
        The part each path belongs to.
    terms : Terms
        How it was learnt.
    left : tuple of Left
        What was left as it is in the scenario, in the order of `PARTS`; it has no estimate.
    """

    estimates: Mapping[str, ParameterEstimate]
    part: Mapping[str, str]
    terms: Terms
    left: tuple[Left, ...] = ()

    @property
    def has_converged(self) -> bool:
        """Whether every estimate has enough effective draws."""
        return all(estimate.effective_draws >= LEAST_EFFECTIVE for estimate in self.estimates.values())


def learn(referrals: Referrals, scenario: Scenario, terms: Terms = Terms()) -> Learnt:  # noqa: B008 - immutable
    """Learn the parameters of the women from referrals.

    Parameters
    ----------
    referrals : Referrals
        What can be used of a file.
    scenario : Scenario
        What is not learnt is taken from here: found share, awareness, free minutes, cuts, the stay's anchor.
    terms : Terms
        How.

    Returns
    -------
    Learnt
        An estimate for each word that can be learnt.
    """
    chance, width = Chance(terms.seed, terms.n_draws), terms.prior_width
    followed, is_from_birth = pregnancies(referrals), scenario.stay.anchor == "birth"
    seen = arrivals(referrals, scenario, settle_days=terms.settle_days, opened=terms.opened)
    heard = answers(referrals, settle_days=terms.settle_days)
    parts: dict[str, tuple[ParameterEstimate, ...]] = {
        "need": rate_estimates(seen, scenario, chance, width=width),
        "regions": _regions(referrals, scenario, chance, width),
        "offered": _offered(referrals, terms, chance),
        "acceptance": acceptance_estimates(heard, scenario, chance, width=width),
        "patience": patience_estimate(waits(referrals), chance, width=width),
        "past_birth": _past_birth(referrals, chance, width),
        "gestation": gestation_estimates(referrals.gestation_weeks, scenario, chance, width=width),
        "birth": birth_week_estimates(followed, scenario, chance, width=width),
        "loss": loss_estimate(followed, chance, width=width),
        "household": _households(referrals, chance, width),
        "stay": stay_estimates(
            planned_stays(referrals, is_from_birth=is_from_birth), chance, is_from_birth=is_from_birth, width=width
        ),
        "early_leaving": early_leaving_estimates(early_leaving(referrals), chance, width=width),
    }
    reasons = _left_parts(referrals, terms)
    left = tuple(Left(e.path, e.parameter, part, why) for part, why in reasons.items() for e in parts[part])
    learnt = {part: parts[part] for part in PARTS if part not in reasons}
    estimates = {estimate.path: estimate for part in learnt.values() for estimate in part}
    return Learnt(estimates, {estimate.path: part for part in learnt for estimate in learnt[part]}, terms, left)


def _left_parts(referrals: Referrals, terms: Terms) -> dict[str, str]:
    """Parts that are not learnt, with the reason."""
    undated = np.isnan(referrals.referred_day)
    reasons = {"need": "undated"} if len(undated) and undated.mean() > MOST_UNDATED else {}
    reasons |= dict.fromkeys(terms.without, "asked")
    return {part: reasons[part] for part in PARTS if part in reasons}


def _regions(referrals: Referrals, scenario: Scenario, chance: Chance, width: float) -> tuple[ParameterEstimate, ...]:
    home = referrals.municipality[~np.isnan(referrals.municipality)].astype(int)
    region = load_municipalities().region_index(scenario.regions)[home]
    paths = [f"demand.regional_shares.{name}" for name in REGION_MAPS[scenario.regions]]
    prior = region_prior(scenario, width=width)
    return kinds_estimates(paths, "regional_share", prior, region.astype(np.float64), chance)


def _households(referrals: Referrals, chance: Chance, width: float) -> tuple[ParameterEstimate, ...]:
    known = referrals.household[~np.isnan(referrals.household)]
    paths = [f"demand.household.{name}" for name in HOUSEHOLDS]
    return kinds_estimates(paths, "household", household_prior(width=width), known, chance)


def _offered(referrals: Referrals, terms: Terms, chance: Chance) -> tuple[ParameterEstimate, ...]:
    is_used = ~np.isnan(referrals.offered) & settled(referrals, terms.settle_days)
    parameter = "offered_share_municipal" if terms.payer == "municipal" else "offered_share_public"
    prior = parameter_prior(parameter, width=terms.prior_width)
    path = f"demand.offered_share.{terms.payer}"
    return (share_estimate(path, parameter, prior, referrals.offered[is_used] == 1, chance),)


def _past_birth(referrals: Referrals, chance: Chance, width: float) -> tuple[ParameterEstimate, ...]:
    prior = parameter_prior("past_birth_share", width=width)
    stayed = births_while_waiting(referrals)
    return (share_estimate("waiting.past_birth_share", "past_birth_share", prior, stayed, chance),)
