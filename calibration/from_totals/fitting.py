"""Fit parameters by simulation: play, smooth, draw, look whether it holds, and play again where it matters.

1. Parameter sets spread evenly over the prior are played.
2. A surface is fitted to the sets that come anywhere near what was observed.
3. Chains draw from the posterior that the surface and the prior give.
4. Fresh sets from these draws are played. Does the surface foretell them, and did the posterior stay where it was in
   the round before? If not, they join the others, and the next round begins at 2.

The fresh sets are the posterior's own predictions, too: they are played, not read from the surface.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2, qmc

from calibration.from_totals.chains import Chains, run_agreeing_chains
from calibration.from_totals.observing import REPLICATIONS, Player, Plays, Progress, join_plays, to_even_scale
from calibration.from_totals.points import FURTHEST, Floats, surface_coordinates
from calibration.from_totals.question import FitQuestion
from calibration.from_totals.surface import (
    DEGREES,
    FEWEST_WITH_VALUE,
    SETS_PER_TERM,
    Surface,
    check_surface,
    fit_surface,
    has_values,
    moments_of,
    n_terms,
)
from sim.scenario import Fault, ScenarioError
from sim.texts import say


class Effort(NamedTuple):
    """How much work is done.

    Attributes
    ----------
    first_sets : int
        Parameter sets spread over the prior; a power of two.
    fresh_sets : int
        Sets from the posterior in each round.
    wider_sets : int
        Sets about as far again from the middle, in each round, for the surface's slopes.
    most_rounds : int
        Rounds at most.
    n_steps : int
        Steps of each chain that are kept; more if chains do not agree.
    """

    first_sets: int = 256
    fresh_sets: int = 200
    wider_sets: int = 100
    most_rounds: int = 8
    n_steps: int = 200

    @property
    def most_replications(self) -> int:
        """Replications at most."""
        return REPLICATIONS * (self.first_sets + self.most_rounds * (self.fresh_sets + self.wider_sets))


class Round(NamedTuple):
    """One round."""

    n_sets: int  # parameter sets the surface was fitted to
    degree: int  # of the surface
    surface_error: float  # largest error of the surface in fresh sets, of all targets, in standard deviations by chance
    spread_error: float  # largest factor by which the surface has a variance wrong
    shift: float  # how far the posterior moved since the round before [its standard deviations]; infinite in the first


class Drawn(NamedTuple):
    """What a fit came to, before it is summed up."""

    question: FitQuestion  # what was asked
    view: str  # estimate of need it was fitted under; empty where there is only the scenario's
    chains: Chains  # the posterior
    surface: Surface  # the last
    fresh: Plays  # sets from the posterior, played
    observed: Floats  # [shape (n_targets,)] What was observed, on even scales
    rounds: tuple[Round, ...]  # the way there
    n_replications: int  # observed periods played in all
    is_partial: bool  # whether it was stopped before it was done


LARGEST_SURFACE_ERROR = 0.15
"""Standard deviations by chance that the surface may be off: it widens what is observed by one per cent."""

LARGEST_SPREAD_ERROR = 1.25
"""Factor by which the surface may have a variance wrong."""

LARGEST_SHIFT = 0.2
"""Standard deviations that the posterior may still move from round to round; a factor of 1.2 in its width, too."""

_FURTHEST_KEPT = 0.9999
"""Sets further from what was observed than this quantile of chi-squared, beyond the nearest set, are left out."""

_STILL = 1e-9
"""Standard deviation on the even scale below which chance moves nothing."""


def draw_posterior(
    question: FitQuestion,
    *,
    view: str = "",
    effort: Effort | None = None,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> Drawn:
    """Find the parameters that make the simulator reproduce what was observed; partial if stopped after a round."""
    effort = effort or Effort()
    player = Player(question, view, cores=cores, most=effort.most_replications, on_progress=on_progress)
    observed = scaled_targets(question)
    played = player.play(_spread_sets(len(question.free), effort.first_sets, seed=question.observed.seed))
    _check_targets(question, played)
    found: Drawn | None = None
    try:
        for _ in range(effort.most_rounds):
            found, widened = _next_round(player, played, found, observed=observed, effort=effort)
            if is_settled(found.rounds[-1]):
                break
            played = join_plays([played, found.fresh, player.play(widened)])
    except KeyboardInterrupt:
        if found is None:
            raise
        return found._replace(is_partial=True)
    assert found is not None  # there is at least one round
    return found


def is_settled(last: Round) -> bool:
    """Tell whether further rounds would change anything."""
    return (
        last.surface_error <= LARGEST_SURFACE_ERROR
        and last.spread_error <= LARGEST_SPREAD_ERROR
        and last.shift <= LARGEST_SHIFT
    )


def scaled_targets(question: FitQuestion) -> Floats:
    """Put what was observed on even scales: in the order of the targets (shape (n_targets,))."""
    return np.array(
        [to_even_scale(np.array([target.value]), target, question.period)[0] for target in question.targets]
    )


def _next_round(
    player: Player, played: Plays, before: Drawn | None, *, observed: Floats, effort: Effort
) -> tuple[Drawn, Floats]:
    """Smooth, draw and look; also gives the wider sets that the round after would play."""
    question, seed = player.question, player.question.observed.seed
    rounds = before.rounds if before else ()
    surface = fit_surface(nearest_sets(played, observed), partial(surface_coordinates, question.free))
    likelihood = partial(surface.log_likelihood, observed=observed)
    chains = run_agreeing_chains(likelihood, len(question.free), n_steps=effort.n_steps, seed=seed + len(rounds))
    fresh_z = chains.thinned(effort.fresh_sets)
    fresh = player.play(fresh_z)
    usable = _usable(fresh)
    check = check_surface(surface, usable)
    one = Round(
        n_sets=surface.n_sets,
        degree=surface.degree,
        surface_error=float(check.error.max()),
        spread_error=float(np.maximum(check.spread_ratio, 1.0 / check.spread_ratio).max()),
        shift=_shift(before.chains, chains) if before else np.inf,
    )
    found = Drawn(
        question=question,
        view=player.view,
        chains=chains,
        surface=surface,
        fresh=fresh,
        observed=observed,
        rounds=(*rounds, one),
        n_replications=REPLICATIONS * player.n_played,
        is_partial=False,
    )
    return found, _widened(fresh_z[: effort.wider_sets], chains, seed=seed + len(rounds))


def _spread_sets(n_free: int, n_sets: int, *, seed: int) -> Floats:
    """Points spread evenly over the prior (scrambled Sobol)."""
    u = qmc.Sobol(n_free, rng=np.random.default_rng(seed)).random(n_sets)
    return np.clip(ndtri(np.clip(u, 1e-9, 1.0 - 1e-9)), -FURTHEST, FURTHEST)


def _widened(z: Floats, chains: Chains, *, seed: int) -> Floats:
    """Draws moved by as much again as they spread, so that the surface sees around the posterior."""
    generator = np.random.default_rng(seed)
    spread = np.atleast_2d(np.cov(chains.pooled, rowvar=False))
    moved = z + generator.multivariate_normal(np.zeros(z.shape[1]), spread, size=len(z), method="cholesky")
    return np.clip(moved, -FURTHEST, FURTHEST)


def _usable(plays: Plays) -> Plays:
    is_usable = has_values(plays)
    return Plays(*(values[is_usable] for values in plays))


def nearest_sets(played: Plays, observed: Floats) -> Plays:
    """Choose the sets that come anywhere near what was observed: a surface need not hold where nothing fits anyway."""
    usable = _usable(played)
    found = moments_of(usable)
    away = ((observed - found.mean) ** 2 / found.variance).sum(axis=1)
    limit = away.min() + chi2.ppf(_FURTHEST_KEPT, len(observed))
    fewest = SETS_PER_TERM * n_terms(usable.z.shape[1], DEGREES[1])
    is_kept = away <= max(limit, np.sort(away)[min(fewest, len(away)) - 1])
    return Plays(*(values[is_kept] for values in usable))


def _shift(before: Chains, after: Chains) -> float:
    """How far the posterior moved, and how much wider or narrower it became, in its own standard deviations."""
    old, new = before.pooled, after.pooled
    width = new.std(axis=0)
    moved = np.abs(new.mean(axis=0) - old.mean(axis=0)) / width
    return float(max(moved.max(), np.abs(np.log(width / old.std(axis=0))).max()))


def _check_targets(question: FitQuestion, played: Plays) -> None:
    """Refuse targets that cannot be fitted, all at once."""
    faults = []
    for number, target in enumerate(question.targets):
        scaled = played.scaled[:, number]
        has_value = np.isfinite(scaled)
        known = scaled[has_value.all(axis=1)]
        where = f"targets, {target.name}"
        if has_value.mean() < FEWEST_WITH_VALUE:
            allowed = say("allowed.a_measure_that_has")
            got, remedy = (
                say("got.one_in_of_them", mean=f"{has_value.mean():.0%}"),
                say("remedy.choose_another_measure_or"),
            )
            faults.append(Fault(question.name, None, where, allowed, got, remedy))
        elif len(known) and not known.std(axis=1).max() > _STILL:
            allowed, remedy = (
                say("allowed.an_error_of_observation"),
                say("remedy.write_rounding"),
            )
            faults.append(Fault(question.name, None, where, allowed, say("got.neither_rounding_nor_sd"), remedy))
    if faults:
        raise ScenarioError(faults)
