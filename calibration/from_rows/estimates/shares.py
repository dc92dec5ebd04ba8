"""Shares: of those found who are offered a place, of regions, of households, of those who wait past birth.

Yes and no are binomial. Kinds have an exact posterior: a Dirichlet prior with kinds counted.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.special import xlog1py, xlogy

from calibration.from_rows.estimates.estimate import (
    EXACT,
    LEAST_ROWS,
    PRIOR_ONLY,
    Chance,
    ParameterEstimate,
    sampled_estimates,
)
from calibration.from_rows.estimates.importance import Coordinate, Model
from calibration.from_rows.referrals import Floats
from calibration.priors.parameters import Prior


def share_estimate(
    path: str, parameter: str, prior: Prior, is_yes: npt.NDArray[np.bool_], chance: Chance
) -> ParameterEstimate:
    """Estimate a share from yes and no."""
    n, yes = len(is_yes), int(is_yes.sum())

    def evaluate(values: Floats) -> Floats:
        total: Floats = xlogy(yes, values[:, 0]) + xlog1py(n - yes, -values[:, 0])
        return total

    model = Model((Coordinate(path, parameter, prior, "logit"),), evaluate, 1)
    (found,) = sampled_estimates(model, chance, n_rows=n, n_least=min(yes, n - yes))
    return found._replace(data=wilson(yes, n) if n >= LEAST_ROWS else None)


def wilson(yes: int, n: int) -> tuple[float, float, float] | None:
    """Estimate a share from counts alone, with Wilson's 95 % interval."""
    if n == 0:
        return None
    from statsmodels.stats.proportion import (  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load
        proportion_confint,
    )

    low, high = proportion_confint(yes, n, method="wilson")
    return yes / n, float(low), float(high)


def kinds_estimates(
    paths: Sequence[str], parameter: str, prior: Floats, kinds: Floats, chance: Chance
) -> tuple[ParameterEstimate, ...]:
    """Estimate the shares of several kinds that sum to 1.

    Kinds with fewer than `LEAST_ROWS` women are counted together, and shared out among themselves as beforehand: what
    is learnt of them is how many they are in all. If that is still fewer, the next smallest kind joins them.
    """
    counts = np.bincount(kinds.astype(int), minlength=len(prior))
    group = merged_kinds(counts)
    rng = chance.stream(paths[0])
    draws = _grouped_dirichlet(prior, counts, group, rng=rng, n_draws=chance.n_draws)
    n = int(counts.sum())
    estimates = []
    for i, path in enumerate(paths):
        is_alone = (group == group[i]).sum() == 1
        own_prior = Prior(stats.beta(float(prior[i]), float(prior.sum() - prior[i])))
        low, high = np.quantile(draws[:, i], [0.025, 0.975])
        estimates.append(
            ParameterEstimate(
                path,
                f"{parameter}.{path.rpartition('.')[2]}",
                (float(own_prior.distribution.mean()), *own_prior.interval()),
                wilson(int(counts[i]), n) if is_alone and n >= LEAST_ROWS else None,
                float(draws[:, i].mean()),
                float(low),
                float(high),
                draws[:, i],
                n,
                int(min(counts[i], n - counts[i])),
                EXACT if n >= LEAST_ROWS else PRIOR_ONLY,
                float(chance.n_draws),
            )
        )
    return tuple(estimates)


def merged_kinds(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Put kinds together until none has fewer than `LEAST_ROWS` women."""
    group = np.arange(len(counts))
    group[counts < LEAST_ROWS] = -1
    while (group == -1).any() and (group != -1).any() and counts[group == -1].sum() < LEAST_ROWS:
        group[np.where(group == -1, np.iinfo(np.int64).max, counts).argmin()] = -1
    return group


def _grouped_dirichlet(
    prior: Floats,
    counts: npt.NDArray[np.int64],
    group: npt.NDArray[np.int64],
    *,
    rng: np.random.Generator,
    n_draws: int,
) -> Floats:
    """Draws of the shares: of the groups with their women, and within a group as beforehand."""
    draws = np.zeros((n_draws, len(prior)))
    labels = np.unique(group)
    members: Mapping[int, npt.NDArray[np.bool_]] = {int(label): group == label for label in labels}
    weights = [prior[members[int(label)]].sum() + counts[members[int(label)]].sum() for label in labels]
    of_groups = rng.dirichlet(weights, n_draws) if len(labels) > 1 else np.ones((n_draws, 1))
    for column, label in enumerate(labels):
        is_member = members[int(label)]
        within = rng.dirichlet(prior[is_member], n_draws) if is_member.sum() > 1 else np.ones((n_draws, 1))
        draws[:, is_member] = of_groups[:, [column]] * within
    return draws
