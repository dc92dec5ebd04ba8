"""Chains: draws of the parameter sets that agree with what was observed, from scattered starts, and whether they agree.

Several ensembles of walkers (emcee) begin at draws of the prior and never meet. Had one been caught in a corner, it
would differ from the others, and the potential scale reduction (R-hat) would say so.
"""

from collections.abc import Callable
from typing import NamedTuple

import emcee  # type: ignore[import-untyped] # publishes no types
import numpy as np

from calibration.from_totals.points import FURTHEST, Floats

LogLikelihood = Callable[[Floats], Floats]

N_CHAINS = 4
"""Ensembles that never meet."""

FEWEST_WALKERS = 100
"""Walkers of an ensemble: many and few steps cost less than few and many."""

LARGEST_REDUCTION = 1.01
"""R-hat up to which chains agree."""

FEWEST_EFFECTIVE = 400
"""Independent draws that a 95 % interval needs."""

LONGER = 4
"""How many times longer chains run that do not agree at first."""

WIDER = 1.5
"""Starts are scattered so many times wider than the prior."""


class Chains(NamedTuple):
    """Draws of several ensembles."""

    draws: Floats  # shape (n_chains, n_steps, n_walkers, n_free)

    @property
    def pooled(self) -> Floats:
        """All draws, step by step, walkers and chains mixed; of shape (n_draws, n_free)."""
        return self.draws.swapaxes(0, 1).reshape(-1, self.draws.shape[-1])

    def thinned(self, n_draws: int) -> Floats:
        """Take some of the draws, evenly spread over all steps, walkers and chains."""
        pooled = self.pooled
        return pooled[np.linspace(0, len(pooled) - 1, min(n_draws, len(pooled))).astype(np.int64)]


def run_agreeing_chains(log_likelihood: LogLikelihood, n_free: int, *, n_steps: int, seed: int) -> Chains:
    """Draw parameter sets, with longer chains if short ones do not agree."""
    chains = run_chains(log_likelihood, n_free, n_steps=n_steps, seed=seed)
    if scale_reduction(chains).max() <= LARGEST_REDUCTION and effective_draws(chains).min() >= FEWEST_EFFECTIVE:
        return chains
    return run_chains(log_likelihood, n_free, n_steps=LONGER * n_steps, seed=seed)


def run_chains(log_likelihood: LogLikelihood, n_free: int, *, n_steps: int, seed: int) -> Chains:
    """Draw parameter sets from the posterior."""

    def log_posterior(z: Floats) -> Floats:
        is_inside = (np.abs(z) <= FURTHEST).all(axis=1)
        found = np.full(len(z), -np.inf)
        if is_inside.any():
            found[is_inside] = log_likelihood(z[is_inside]) - 0.5 * (z[is_inside] ** 2).sum(axis=1)
        return found

    n_walkers = max(FEWEST_WALKERS, 4 * n_free)
    draws = []
    for chain in range(N_CHAINS):
        # emcee takes a state of the older generator, and no other.
        generator = np.random.RandomState(np.random.SeedSequence([seed, chain]).generate_state(8))
        start = np.clip(generator.normal(scale=WIDER, size=(n_walkers, n_free)), -0.9 * FURTHEST, 0.9 * FURTHEST)
        sampler = emcee.EnsembleSampler(n_walkers, n_free, log_posterior, vectorize=True)
        sampler.log_prob_fn = log_posterior  # emcee wraps it in one that prints to stdout when Ctrl-C comes in between
        sampler.run_mcmc(emcee.State(start, random_state=generator.get_state()), 2 * n_steps)
        draws.append(sampler.get_chain(discard=n_steps))
    return Chains(np.stack(draws))


def scale_reduction(chains: Chains) -> Floats:
    """Compute R-hat of each coordinate: how much wider all chains together are than one alone.

    Each chain is cut in two halves, so that one that still drifts is found out. With m halves of n draws each, W the
    mean of their variances and B/n the variance of their means, it is the root of ((n - 1) W / n + B/n) / W.

    Gelman, A. et al. (2013). Bayesian Data Analysis, third edition, section 11.4.
    """
    n_chains, n_steps, n_walkers, n_free = chains.draws.shape
    half = n_steps // 2
    halves = chains.draws[:, : 2 * half].reshape(n_chains * 2, half * n_walkers, n_free)
    n = half * n_walkers
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = halves.mean(axis=1).var(axis=0, ddof=1)
    reduction: Floats = np.sqrt(((n - 1) / n * within + between) / within)
    return reduction


def effective_draws(chains: Chains) -> Floats:
    """Count how many independent draws would say as much, for each coordinate."""
    _, n_steps, n_walkers, _ = chains.draws.shape
    with np.errstate(invalid="ignore"):  # walkers that never moved
        times = np.array([emcee.autocorr.integrated_time(chain, tol=0, quiet=True) for chain in chains.draws])
    times = np.where(np.isfinite(times), np.maximum(times, 1.0), n_steps * n_walkers)
    effective: Floats = (n_steps * n_walkers / times).sum(axis=0)
    return effective
