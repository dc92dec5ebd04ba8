"""Draws from a posterior, by adaptive importance sampling; and the estimate that data alone would give.

A handful of parameters and a likelihood of its own: points are drawn from a wide distribution around the best one,
weighted by how much better the posterior likes them, and the distribution is fitted to them and drawn from again until
the weights are even. The effective number of draws says how well that went. There is no chain and nothing to wait for.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import expit, logit, logsumexp, ndtr

from calibration.from_rows.referrals import Floats
from calibration.priors.parameters import Prior

N_POINTS = 4000
MOST_ROUNDS = 8
ENOUGH_SHARE = 0.35
"""Effective share of the points at which a round is good enough to be the last."""
LEAST_EFFECTIVE = 400.0
"""Fewest effective draws of which we say that it worked."""
_DEGREES_OF_FREEDOM = 5
_STEP = 1e-3
_STEP_SIZES = np.array([1.0, 0.5, 0.2, 0.05, 0.0])
_MOST_STEPS, _LONGEST_STEP, _CLOSE = 80, 2.0, 1e-5
_HUGE = 1e100
_LARGEST_CELLS = 2_000_000
_FAR = 12.0
_FURTHEST_Z, _N_STEPS = 8.0, 2**15


class Coordinate(NamedTuple):
    """One parameter of a model."""

    path: str  # word of the scenario
    parameter: str  # code of the parameter, for texts
    prior: Prior  # on its own scale
    scale: str  # log, logit or linear: where it has no walls


class Model(NamedTuple):
    """Some parameters that are learnt together."""

    coordinates: tuple[Coordinate, ...]  # the parameters
    log_likelihood: Callable[[Floats], Floats]
    n_rows: int  # rows it looks at; for how many points fit in memory at a time
    log_prior: Callable[[Floats], Floats] | None = None  # of the same shape, where the priors are not independent
    mixture: tuple[tuple[float, Callable[[Floats], Floats]], ...] = ()


class Posterior(NamedTuple):
    """Draws from a posterior, equally likely."""

    draws: Floats  # [shape (n_draws, n_parameters)] On the parameters' own scales
    effective_draws: float  # independent draws they are worth
    rounds: int  # how often the points were drawn

    @property
    def has_converged(self) -> bool:
        """Whether there are enough effective draws to trust its ends."""
        return self.effective_draws >= LEAST_EFFECTIVE


def sample_posterior(model: Model, *, n_draws: int, rng: np.random.Generator) -> Posterior:
    """Draw from a posterior.

    The posterior of a mixture is a mixture of posteriors: each part of the prior is sampled by itself, and weighs as
    much as its probability times the probability of the data under it.
    """
    if not model.mixture:
        found = [_weighted(model, rng)]
        shares = np.ones(1)
    else:
        found = [_weighted(model._replace(log_prior=log_prior), rng) for _, log_prior in model.mixture]
        evidence = np.array([one.log_evidence for one in found]) + np.log([weight for weight, _ in model.mixture])
        shares = np.exp(evidence - logsumexp(evidence))
    points = np.concatenate([one.points for one in found])
    weights = np.concatenate([share * one.weights for share, one in zip(shares, found, strict=True)])
    chosen = np.searchsorted(np.cumsum(weights), (rng.random() + np.arange(n_draws)) / n_draws * weights.sum())
    draws = points[np.minimum(chosen, len(points) - 1)]
    effective = float(1.0 / np.sum(weights**2))
    return Posterior(_back(model, rng.permutation(draws)), effective, max(one.rounds for one in found))


def exact_posterior(model: Model, *, n_draws: int, rng: np.random.Generator) -> Posterior:
    """Draw from the posterior of one parameter: even quantiles, in random order."""
    z = np.linspace(-_FURTHEST_Z, _FURTHEST_Z, _N_STEPS)
    values = model.coordinates[0].prior.distribution.ppf(ndtr(z))
    heights = _in_parts(model, values[:, None], model.log_likelihood) - z**2 / 2
    below = np.cumsum(np.exp(heights - heights.max()))
    chosen = np.searchsorted(below, (np.arange(n_draws) + 0.5) / n_draws * below[-1])
    return Posterior(rng.permutation(values[chosen])[:, None], float(n_draws), 0)


class _Weighted(NamedTuple):
    """Points of the last round, their weights, which sum to 1, and the probability of the data under the prior."""

    points: Floats
    weights: Floats
    log_evidence: float
    rounds: int


def _weighted(model: Model, rng: np.random.Generator) -> _Weighted:
    centre, shape = _start(model)
    effective, rounds, points, weights, log_evidence = 0.0, 0, np.zeros((0, len(centre))), np.zeros(0), 0.0
    while rounds < MOST_ROUNDS and effective < ENOUGH_SHARE * N_POINTS:
        proposal = stats.multivariate_t(centre, shape, df=_DEGREES_OF_FREEDOM, seed=rng)
        points = np.reshape(proposal.rvs(N_POINTS), (N_POINTS, len(centre)))
        log_weights = _log_posterior(model, points) - proposal.logpdf(points)
        total = logsumexp(log_weights)
        weights, log_evidence = np.exp(log_weights - total), float(total - np.log(N_POINTS))
        effective, rounds = float(1.0 / np.sum(weights**2)), rounds + 1
        centre, shape = _refitted(points, weights, shape)
    return _Weighted(points, weights, log_evidence, rounds)


def _start(model: Model) -> tuple[Floats, Floats]:
    """The best point, and how wide the posterior is about it."""
    best, _, curvature = _climb(lambda points: _log_posterior(model, points), _medians(model))
    values, vectors = np.linalg.eigh(curvature)
    return best, 1.5 * (vectors / np.clip(values, 1e-2, None)) @ vectors.T


def _medians(model: Model) -> Floats:
    return _forward(model, np.array([float(c.prior.distribution.ppf(0.5)) for c in model.coordinates]))


def _climb(surface: Callable[[Floats], Floats], start: Floats) -> tuple[Floats, bool, Floats]:
    """The highest point of a surface, whether it was found, and the curvature there: Newton's steps, never down."""
    point, was_found = start, False
    slope, curvature = _slope_and_curvature(surface, point)
    for _ in range(_MOST_STEPS):
        values, vectors = np.linalg.eigh(curvature)
        step = vectors @ ((vectors.T @ slope) / np.clip(np.abs(values), 1e-3, None))
        step *= min(1.0, _LONGEST_STEP / np.abs(step).max(initial=1e-12))
        tried = point + np.outer(_STEP_SIZES, step)
        chosen = int(np.argmax(surface(tried)))
        point = tried[chosen]
        slope, curvature = _slope_and_curvature(surface, point)
        if np.abs(_STEP_SIZES[chosen] * step).max() < _CLOSE:
            was_found = bool(np.abs(step).max() < 100 * _CLOSE)
            break
    return point, was_found, curvature


def _refitted(points: Floats, weights: Floats, shape: Floats) -> tuple[Floats, Floats]:
    """Mean and spread of the weighted points; where few count, not all at once."""
    centre = weights @ points
    effective = 1.0 / np.sum(weights**2)
    spread = (points - centre).T @ ((points - centre) * weights[:, None])
    trust = min(1.0, effective / 200.0)
    floor = 1e-8 * np.eye(len(centre))
    refitted: Floats = trust * 1.1 * spread + (1.0 - trust) * 2.0 * shape + floor
    return centre, refitted


def data_estimates(model: Model) -> tuple[tuple[float, float, float] | None, ...]:
    """Estimate what the data alone would say, without priors: the likeliest values with 95 % intervals.

    Intervals are by the curvature of the log likelihood on the scale without walls (Wald).
    """
    n, start = len(model.coordinates), _medians(model)

    def surface(points: Floats) -> Floats:
        return _in_parts(model, points, lambda part: model.log_likelihood(_back(model, part)))

    best, was_found, curvature = _climb(surface, start)
    is_peak = was_found and np.linalg.eigvalsh(curvature)[0] > 1e-4
    if not is_peak or np.any(np.abs(best - start) > _FAR * _prior_spreads(model)):
        return (None,) * n
    half = stats.norm.ppf(0.975) * np.sqrt(np.diag(np.linalg.inv(curvature)))
    ends = [_back(model, point[None, :])[0] for point in (best, best - half, best + half)]
    return tuple((float(e), float(low), float(high)) for e, low, high in zip(*ends, strict=True))


def _prior_spreads(model: Model) -> Floats:
    """Half the prior's 90 % range on the scale without walls."""
    ends = [_forward(model, np.array([c.prior.distribution.ppf(p) for c in model.coordinates])) for p in (0.05, 0.95)]
    return (ends[1] - ends[0]) / 2


def _slope_and_curvature(surface: Callable[[Floats], Floats], point: Floats) -> tuple[Floats, Floats]:
    """First derivatives, and second derivatives turned upside down, by central differences."""
    n = len(point)
    steps = _STEP * np.maximum(1.0, np.abs(point))
    pairs = [(i, j) for i in range(n) for j in range(i, n)]
    signs = np.array([(1, 1), (1, -1), (-1, 1), (-1, -1)])
    moved = np.repeat(point[None, :], n * 2 + len(pairs) * 4, axis=0)
    for i in range(n):
        moved[2 * i, i] += steps[i]
        moved[2 * i + 1, i] -= steps[i]
    for place, (i, j) in enumerate(pairs):
        corners = slice(2 * n + 4 * place, 2 * n + 4 * place + 4)
        moved[corners, i] += signs[:, 0] * steps[i]
        moved[corners, j] += signs[:, 1] * steps[j]
    heights = surface(moved)
    slope = (heights[: 2 * n : 2] - heights[1 : 2 * n : 2]) / (2 * steps)
    bends = heights[2 * n :].reshape(-1, 4) @ signs.prod(axis=1)
    curvature = np.zeros((n, n))
    for (i, j), bend in zip(pairs, bends, strict=True):
        curvature[i, j] = curvature[j, i] = -bend / (4 * steps[i] * steps[j])
    return np.clip(slope, -_HUGE, _HUGE), np.clip(curvature, -_HUGE, _HUGE)


def _log_posterior(model: Model, points: Floats) -> Floats:
    def of_part(part: Floats) -> Floats:
        values = _back(model, part)
        if model.log_prior is not None:
            log_prior = model.log_prior(values)
        else:
            log_prior = np.sum(
                [c.prior.distribution.logpdf(values[:, i]) for i, c in enumerate(model.coordinates)], axis=0
            )
        total: Floats = log_prior + model.log_likelihood(values) + _log_stretch(model, part)
        return total

    return _in_parts(model, points, of_part)


def _in_parts(model: Model, points: Floats, evaluate: Callable[[Floats], Floats]) -> Floats:
    size = max(1, _LARGEST_CELLS // max(1, model.n_rows))
    with np.errstate(all="ignore"):  # far points may overflow; what is not finite has no weight
        heights = np.concatenate([evaluate(points[i : i + size]) for i in range(0, len(points), size)])
    return np.where(np.isfinite(heights), heights, -_HUGE)


_FORWARD: dict[str, Callable[[Floats], Floats]] = {"log": np.log, "logit": logit, "linear": lambda x: x}
_BACK: dict[str, Callable[[Floats], Floats]] = {"log": np.exp, "logit": expit, "linear": lambda x: x}
_LOG_STRETCH: dict[str, Callable[[Floats], Floats]] = {
    "log": lambda x: x,
    "logit": lambda x: -np.logaddexp(0.0, x) - np.logaddexp(0.0, -x),
    "linear": np.zeros_like,
}


def _forward(model: Model, values: Floats) -> Floats:
    return np.array([_FORWARD[c.scale](value) for c, value in zip(model.coordinates, values, strict=True)])


def _back(model: Model, points: Floats) -> Floats:
    return np.stack([_BACK[c.scale](points[:, i]) for i, c in enumerate(model.coordinates)], axis=1)


def _log_stretch(model: Model, points: Floats) -> Floats:
    """Log of how much the scale without walls is stretched."""
    total: Floats = np.sum([_LOG_STRETCH[c.scale](points[:, i]) for i, c in enumerate(model.coordinates)], axis=0)
    return total
