"""What a fit found: what was learnt, what cannot be told apart, what is foretold, and whether it has converged."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2, spearmanr

from calibration.from_totals.chains import FEWEST_EFFECTIVE, LARGEST_REDUCTION, effective_draws, scale_reduction
from calibration.from_totals.fitting import (
    LARGEST_SHIFT,
    LARGEST_SPREAD_ERROR,
    LARGEST_SURFACE_ERROR,
    Drawn,
    Round,
)
from calibration.from_totals.identification import find_known
from calibration.from_totals.observing import REPLICATIONS, changes_of, observe_set
from calibration.from_totals.points import Floats, parameter_values
from calibration.from_totals.question import Free, Target

INTERVAL = (0.025, 0.975)
"""Of a parameter: 95 %."""

BAND = (0.05, 0.95)
"""Of what is foretold: 90 %."""

FEWEST_FORETOLD = 0.95
"""Share of plays from the posterior in which every target has a value."""

NOT_TOLD_APART = 0.5
"""Rank correlation from which two parameters stand in for each other."""

UNLIKELY = 0.05
"""Probability of numbers as far off, below which the fitted model hardly gives them together."""

HARDLY_LEARNT = 0.9
"""Width left of the prior's, from which nothing to speak of was learnt."""

_AT_THE_END = 0.05
"""Part of the prior at one end of its range."""

_PRIOR_DRAWS = 20_000
_SOME_DRAWS = 1000
_MEAN_BLOCKS = 4


class Marginal(NamedTuple):
    """What was learnt of one parameter.

    Attributes
    ----------
    free : Free
        The parameter and its prior.
    prior_mean, mean : float
        Before and after, in the parameter's unit.
    prior_interval, interval : tuple of float
        95 % intervals before and after.
    sd_ratio : float
        Standard deviation after over that before: 1 is nothing learnt, 0 everything.
    end : {"", "low", "high"}
        End of its range the numbers pull it to: more than a third of the posterior lies in the prior's last twentieth.
    reduction : float
        R-hat.
    effective_draws : float
        Independent draws that would say as much.
    """

    free: Free
    prior_mean: float
    mean: float
    prior_interval: tuple[float, float]
    interval: tuple[float, float]
    sd_ratio: float
    end: str
    reduction: float
    effective_draws: float

    @property
    def is_hardly_learnt(self) -> bool:
        """Whether the numbers say next to nothing about it alone."""
        return self.sd_ratio >= HARDLY_LEARNT


class Product(NamedTuple):
    """The product of powers of the parameters that the numbers know best.

    Attributes
    ----------
    exponents : tuple of float
        Of each parameter; the largest is 1.
    prior_median, median : float
        Before and after.
    prior_interval, interval : tuple of float
        95 % intervals before and after.
    sd_ratio : float
        Standard deviation of its logarithm after over that before.
    """

    exponents: tuple[float, ...]
    prior_median: float
    median: float
    prior_interval: tuple[float, float]
    interval: tuple[float, float]
    sd_ratio: float


class Foretold(NamedTuple):
    """A target beside what the fitted parameters foretell, chance and the parameters' uncertainty included.

    Attributes
    ----------
    target : Target
        What was observed.
    median : float
        Of the plays from the posterior.
    band : tuple of float
        Nine of ten of them lie within.
    tail : float
        Share of them at least as far out as what was observed, on its side, twice.
    at_mean : float
        Mean of plays with every parameter at its posterior mean.
    """

    target: Target
    median: float
    band: tuple[float, float]
    tail: float
    at_mean: float

    @property
    def is_inside(self) -> bool:
        """Whether what was observed lies within the band."""
        return self.band[0] <= self.target.value <= self.band[1]


class Fit(NamedTuple):
    """A fit by simulation.

    Attributes
    ----------
    drawn : Drawn
        What it rests on.
    learnt : tuple of Marginal
        Parameter by parameter.
    correlation : ndarray of float of shape (n_free, n_free)
        Rank correlations of the posterior.
    n_combinations : int
        Independent combinations of the parameters that the numbers tell something of, whatever the priors.
    product : Product or None
        None for a single parameter, one that may be 0 or less, or where the numbers tell nothing.
    foretold : tuple of Foretold
        Target by target.
    surprise : float
        Probability of numbers as far off as those observed, all together, if the fitted model is right.
    share_with_values : float
        Share of plays from the posterior in which every target has a value.
    faults : tuple of str
        Why it has not converged, in codes: partial, unsettled, surface, spread, chains, draws, values. Empty if it has.
    """

    drawn: Drawn
    learnt: tuple[Marginal, ...]
    correlation: Floats
    n_combinations: int
    product: Product | None
    foretold: tuple[Foretold, ...]
    surprise: float
    share_with_values: float
    faults: tuple[str, ...]

    @property
    def has_converged(self) -> bool:
        """Whether the draws may be used as the posterior."""
        return not self.faults

    @property
    def is_unlikely(self) -> bool:
        """Whether the fitted model hardly gives the numbers together."""
        return self.surprise < UNLIKELY

    @property
    def view(self) -> str:
        """Estimate of need it was fitted under; empty where there is only the scenario's."""
        return self.drawn.view

    def draws(self, n_draws: int) -> Floats:
        """Take draws of the posterior; of shape (n_draws, n_free), in the parameters' units."""
        return parameter_values(self.drawn.question.free, self.drawn.chains.thinned(n_draws))

    def prior_draws(self, n_draws: int) -> Floats:
        """Take draws of the prior; of the same shape."""
        return _prior_draws(self.drawn, n_draws)

    @property
    def confounded(self) -> tuple[tuple[int, int], ...]:
        """Pairs of parameters that the numbers cannot tell apart."""
        n = len(self.learnt)
        pairs = [(one, other) for one in range(n) for other in range(one + 1, n)]
        return tuple(pair for pair in pairs if abs(self.correlation[pair]) >= NOT_TOLD_APART)


def sum_up(drawn: Drawn) -> Fit:
    """Sum up a fit."""
    free = drawn.question.free
    z = drawn.chains.pooled
    values, before = parameter_values(free, z), _prior_draws(drawn, _PRIOR_DRAWS)
    reduction, effective = scale_reduction(drawn.chains), effective_draws(drawn.chains)
    learnt = tuple(
        _learnt(one, values[:, n], before[:, n], z[:, n])._replace(
            reduction=float(reduction[n]), effective_draws=float(effective[n])
        )
        for n, one in enumerate(free)
    )
    has_values = float(np.isfinite(drawn.fresh.scaled).all(axis=1).mean())
    some = drawn.chains.thinned(_SOME_DRAWS)
    known = find_known(drawn.surface, free, some)
    return Fit(
        drawn=drawn,
        learnt=learnt,
        correlation=_rank_correlation(values),
        n_combinations=known.n_combinations,
        product=_product(known.exponents, values, before),
        foretold=_foretold(drawn, np.array([one.mean for one in learnt])),
        surprise=float(chi2.sf(drawn.surface.squared_distance(some, drawn.observed), len(drawn.observed)).mean()),
        share_with_values=has_values,
        faults=tuple(_faults(drawn, learnt, has_values)),
    )


def _prior_draws(drawn: Drawn, n_draws: int) -> Floats:
    generator = np.random.default_rng(drawn.question.observed.seed)
    return parameter_values(drawn.question.free, generator.normal(size=(n_draws, len(drawn.question.free))))


def _learnt(free: Free, after: Floats, before: Floats, z: Floats) -> Marginal:
    below = float((ndtr(z) < _AT_THE_END).mean())
    above = float((ndtr(z) > 1.0 - _AT_THE_END).mean())
    return Marginal(
        free=free,
        prior_mean=float(before.mean()),
        mean=float(after.mean()),
        prior_interval=_interval(before),
        interval=_interval(after),
        sd_ratio=float(after.std() / before.std()),
        end="low" if below > 1 / 3 else "high" if above > 1 / 3 else "",
        reduction=np.nan,
        effective_draws=np.nan,
    )


def _interval(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, INTERVAL)
    return float(low), float(high)


def _rank_correlation(values: Floats) -> Floats:
    n = values.shape[1]
    if n == 1:
        return np.ones((1, 1))
    found = np.asarray(spearmanr(values).statistic, dtype=np.float64)
    return found if found.ndim == 2 else np.array([[1.0, float(found)], [float(found), 1.0]])


def _product(exponents: tuple[float, ...], after: Floats, before: Floats) -> Product | None:
    """The product of powers of the parameters, before and after."""
    if len(exponents) < 2:
        return None
    powers = np.array(exponents)
    logs, prior_logs = np.log(after) @ powers, np.log(before) @ powers
    return Product(
        exponents=exponents,
        prior_median=float(np.exp(np.median(prior_logs))),
        median=float(np.exp(np.median(logs))),
        prior_interval=_interval(np.exp(prior_logs)),
        interval=_interval(np.exp(logs)),
        sd_ratio=float(logs.std() / prior_logs.std()),
    )


def _foretold(drawn: Drawn, means: Floats) -> tuple[Foretold, ...]:
    question = drawn.question
    (changes,) = changes_of(question, [means])
    with_view = {"demand.view": drawn.view} | changes if drawn.view else changes
    # Blocks that no set was played with, so that the plays at the mean are women of their own.
    next_block = drawn.n_replications // REPLICATIONS + 1_000_000
    at_mean = [observe_set(question, with_view, block=next_block + n)[0] for n in range(_MEAN_BLOCKS)]
    rows = zip(question.targets, drawn.fresh.values.swapaxes(0, 1), np.concatenate(at_mean, axis=1), strict=True)
    return tuple(_foretold_one(target, values.ravel(), mean) for target, values, mean in rows)


def _foretold_one(target: Target, values: Floats, at_mean: Floats) -> Foretold:
    known = values[np.isfinite(values)]
    low, high = np.quantile(known, BAND)
    as_low, as_high = (known <= target.value).mean(), (known >= target.value).mean()
    return Foretold(
        target=target,
        median=float(np.median(known)),
        band=(float(low), float(high)),
        tail=float(min(1.0, 2.0 * min(as_low, as_high))),
        at_mean=float(at_mean[np.isfinite(at_mean)].mean()) if np.isfinite(at_mean).any() else np.nan,
    )


def _faults(drawn: Drawn, learnt: tuple[Marginal, ...], share_with_values: float) -> list[str]:
    last: Round = drawn.rounds[-1]
    checks = {
        "partial": drawn.is_partial,
        "unsettled": last.shift > LARGEST_SHIFT,
        "surface": last.surface_error > LARGEST_SURFACE_ERROR,
        "spread": last.spread_error > LARGEST_SPREAD_ERROR,
        "chains": max(one.reduction for one in learnt) > LARGEST_REDUCTION,
        "draws": min(one.effective_draws for one in learnt) < FEWEST_EFFECTIVE,
        "values": share_with_values < FEWEST_FORETOLD,
    }
    return [code for code, is_so in checks.items() if is_so]
