"""Chains draw from what they should, and it shows when they do not agree."""

import numpy as np
import numpy.typing as npt
import pytest

from calibration.from_totals.chains import Chains, effective_draws, run_chains, scale_reduction
from calibration.from_totals.points import parameter_values, stated_prior
from calibration.from_totals.question import Free
from sim.scenario import Gamma, Lognormal, Uniform
from sim.scenario.plausible import plausible

pytestmark = pytest.mark.unit

Floats = npt.NDArray[np.float64]


def banana(z: Floats) -> Floats:
    """A product known to be about 1, and nothing of its factors."""
    return -0.5 * ((z[:, 0] + z[:, 1] - 1.0) / 0.2) ** 2


def test_draws_have_the_posterior_of_a_case_that_is_known() -> None:
    """Prior N(0, I) and a sum seen with sd 0.2: mean 1 / 2.04 each, variances and covariance by algebra.

    About 3,000 independent draws: a mean is off by 0.013; five times that alarms falsely once in a million.
    """
    chains = run_chains(banana, 2, n_steps=200, seed=3)
    precision = np.eye(2) + np.ones((2, 2)) / 0.04
    covariance = np.linalg.inv(precision)
    assert chains.pooled.mean(axis=0) == pytest.approx(covariance @ np.full(2, 25.0), abs=0.065)
    assert np.cov(chains.pooled, rowvar=False) == pytest.approx(covariance, abs=0.065)
    assert scale_reduction(chains).max() < 1.01
    assert effective_draws(chains).min() > 1000


def test_the_same_seed_gives_the_same_draws() -> None:
    one, again, other = (run_chains(banana, 2, n_steps=20, seed=seed).draws for seed in (3, 3, 4))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_chains_caught_apart_are_found_out() -> None:
    draws = np.random.default_rng(1).normal(size=(4, 200, 40, 1))
    assert scale_reduction(Chains(draws))[0] < 1.01
    draws[0] += 0.5
    assert scale_reduction(Chains(draws))[0] > 1.02


def test_chains_that_drift_are_found_out() -> None:
    draws = np.random.default_rng(1).normal(size=(4, 200, 40, 1)) + np.linspace(0, 2, 200)[:, None, None]
    assert scale_reduction(Chains(draws))[0] > 1.1


def test_draws_that_repeat_count_less() -> None:
    generator = np.random.default_rng(1)
    fresh = Chains(generator.normal(size=(4, 400, 40, 1)))
    slow = Chains(np.repeat(generator.normal(size=(4, 40, 40, 1)), 10, axis=1))
    assert effective_draws(fresh)[0] == pytest.approx(4 * 400 * 40, rel=0.2)
    assert effective_draws(slow)[0] == pytest.approx(4 * 40 * 40, rel=0.4)


def test_thinned_draws_come_from_all_chains() -> None:
    draws = np.broadcast_to(np.arange(4.0)[:, None, None, None], (4, 30, 40, 1))
    thinned = Chains(draws).thinned(400)
    assert np.bincount(thinned[:, 0].astype(int), minlength=4).min() > 50
    assert len(thinned) == 400


def test_values_have_the_prior() -> None:
    free = [
        Free("a", Uniform(low=2, high=6)),
        Free("b", Lognormal(mean=5, sd=2)),
        Free("c", Gamma(mean=40, sd=12)),
    ]
    values = parameter_values(free, np.random.default_rng(1).normal(size=(200_000, 3)))
    assert values.mean(axis=0) == pytest.approx([4, 5, 40], rel=0.01)
    assert values.std(axis=0) == pytest.approx([4 / np.sqrt(12), 2, 12], rel=0.02)


def test_stated_priors_are_the_ranges_of_the_table() -> None:
    assert stated_prior("acceptance.base", 0.4) == plausible(0.1, 0.4, 0.75, scale="logit")
    assert stated_prior("demand.trend_per_year", 0.0) == plausible(-0.05, 0.0, 0.08, scale="linear")
    assert stated_prior("demand.household.alone", None) is None
    assert stated_prior("economics.unit_prices.ambulatory", 51818.0) is None
    assert stated_prior("waiting.patience_days.exponential.mean", 66.0) is None


def test_ctrl_c_in_the_middle_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    # emcee prints what it was doing to standard output, where a program that reads JSON does not want it.
    calls = iter(range(5))

    def log_likelihood(z: np.ndarray) -> np.ndarray:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return np.zeros(len(z))

    with pytest.raises(KeyboardInterrupt):
        run_chains(log_likelihood, 2, n_steps=10, seed=1)
    assert capfd.readouterr() == ("", "")
