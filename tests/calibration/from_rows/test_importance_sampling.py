"""Importance sampling gives the posteriors that are known exactly, and those of another sampler."""

import emcee
import numpy as np
import pytest
from scipy import stats

from calibration.from_rows.estimates.estimate import Chance
from calibration.from_rows.estimates.importance import (
    LEAST_EFFECTIVE,
    Coordinate,
    Model,
    data_estimates,
    sample_posterior,
)
from calibration.from_rows.estimates.observed import Times
from calibration.from_rows.estimates.times import early_leaving_estimates
from calibration.priors.parameters import Prior

RNG_SEED = 11


def share_model(yes: int, n: int, alpha: float = 3.0, beta: float = 4.0) -> Model:
    prior = Prior(stats.beta(alpha, beta))
    return Model(
        (Coordinate("a", "a", prior, "logit"),),
        lambda values: yes * np.log(values[:, 0]) + (n - yes) * np.log1p(-values[:, 0]),
        n,
    )


@pytest.mark.theory
@pytest.mark.parametrize(("yes", "n"), [(0, 5), (7, 20), (300, 400)])
def test_a_share_comes_out_as_the_beta_distribution(yes: int, n: int) -> None:
    # Largest distance of 4,000 draws worth at least 1,400 independent ones: 1.95 / sqrt(1400) is passed by chance once
    # in 1,000 times.
    found = sample_posterior(share_model(yes, n), n_draws=4000, rng=np.random.default_rng(RNG_SEED))
    exact = stats.beta(3.0 + yes, 4.0 + n - yes)
    assert found.effective_draws > 1400
    assert stats.ks_1samp(found.draws[:, 0], exact.cdf).statistic < 1.95 / np.sqrt(1400)


@pytest.mark.theory
def test_two_parameters_come_out_as_the_normal_distribution_with_its_correlation() -> None:
    # A normal likelihood with correlation 0.9 and a wide prior; 4,000 draws worth 1,400: three standard errors.
    covariance = np.array([[1.0, 0.9], [0.9, 1.0]])
    joint = stats.multivariate_normal([3.0, -1.0], covariance)
    wide = Prior(stats.norm(0, 1000))
    model = Model(tuple(Coordinate(name, name, wide, "linear") for name in "ab"), joint.logpdf, 1)
    found = sample_posterior(model, n_draws=4000, rng=np.random.default_rng(RNG_SEED))
    assert found.draws.mean(axis=0) == pytest.approx([3.0, -1.0], abs=3 / np.sqrt(1400))
    assert np.cov(found.draws.T) == pytest.approx(covariance, abs=3 * np.sqrt(2 / 1400))


@pytest.mark.theory
def test_another_sampler_agrees_on_shape_and_scale_of_early_leaving() -> None:
    # The ensemble sampler emcee on the same posterior: quantiles within 0.15 posterior standard deviations, where both
    # have more than 1,000 effective draws (standard error of a quartile 0.043 each).
    rng = np.random.default_rng(RNG_SEED)
    days = np.floor(700 * rng.weibull(0.5, 40))
    cut_off = rng.integers(30, 700, 40)
    lived = Times(np.minimum(days, cut_off), days <= cut_off)
    shape, scale = early_leaving_estimates(lived, Chance(RNG_SEED, 4000))
    ours = np.log(np.column_stack([shape.draws, scale.draws]))
    theirs = emcee_draws(lived)
    spread = theirs.std(axis=0)
    for probability in (0.1, 0.25, 0.5, 0.75, 0.9):
        gap = np.quantile(ours, probability, axis=0) - np.quantile(theirs, probability, axis=0)
        assert np.abs(gap / spread).max() < 0.15


def emcee_draws(lived: Times) -> np.ndarray:
    """The same posterior written down a second time, with SciPy's distributions."""
    centre = np.log([np.sqrt(0.43 * 0.50), np.sqrt(326 * 4510)])
    paired, free = (stats.multivariate_normal(centre, covariance) for covariance in _covariances())

    def log_posterior(points: np.ndarray) -> np.ndarray:
        shape, scale = np.exp(points[:, [0]]), np.exp(points[:, [1]])
        before, after = (stats.weibull_min.cdf(lived.days + half, shape, scale=scale) for half in (-0.5, 0.5))
        early = np.log(np.maximum(after - before, 1e-300))
        prior = np.log(0.9 * paired.pdf(points) + 0.1 * free.pdf(points))
        return prior + np.where(lived.is_seen, early, -((lived.days / scale) ** shape)).sum(axis=1)

    np.random.seed(RNG_SEED)  # noqa: NPY002 - emcee takes its chance from here
    walkers = centre + 0.05 * np.random.default_rng(RNG_SEED).standard_normal((24, 2))
    sampler = emcee.EnsembleSampler(24, 2, log_posterior, vectorize=True)
    sampler.run_mcmc(walkers, 900)
    draws = sampler.get_chain(discard=200, flat=True)
    assert len(draws) / sampler.get_autocorr_time(tol=0).max() > 500
    return draws


def _covariances() -> tuple[np.ndarray, np.ndarray]:
    z = 2 * 1.6448536
    s, t = np.log(0.50 / 0.43) / z, np.log(4510 / 326) / z
    any_shape = np.log(1.014 / np.sqrt(0.43 * 0.50)) / 1.6448536
    return np.array([[s**2, 0.91 * s * t], [0.91 * s * t, t**2]]), np.diag([any_shape**2, (2 * t) ** 2])


@pytest.mark.unit
def test_the_same_seed_gives_the_same_draws() -> None:
    first, second = (
        sample_posterior(share_model(7, 20), n_draws=500, rng=np.random.default_rng(RNG_SEED)) for _ in range(2)
    )
    assert np.array_equal(first.draws, second.draws)


@pytest.mark.unit
def test_too_few_effective_draws_are_not_called_converged() -> None:
    spike = Model(
        tuple(Coordinate(name, name, Prior(stats.norm(0, 1)), "linear") for name in "abcdef"),
        lambda values: -1e4 * np.abs(np.sin(40 * values)).sum(axis=1),
        1,
    )
    found = sample_posterior(spike, n_draws=100, rng=np.random.default_rng(RNG_SEED))
    assert found.effective_draws < LEAST_EFFECTIVE
    assert not found.has_converged
    assert found.rounds > 1


@pytest.mark.unit
def test_data_alone_give_the_likeliest_value_and_walds_interval() -> None:
    ((estimate, low, high),) = data_estimates(share_model(12, 40))  # type: ignore[misc] # there is one
    half = 1.959964 / np.sqrt(40 * 0.3 * 0.7)
    odds = np.exp(np.log(0.3 / 0.7) + np.array([-half, half]))
    assert estimate == pytest.approx(0.3, abs=1e-3)
    assert [low, high] == pytest.approx(odds / (1 + odds), abs=2e-3)


@pytest.mark.unit
def test_data_alone_that_do_not_say_give_none() -> None:
    assert data_estimates(share_model(0, 20)) == (None,)
    assert data_estimates(share_model(0, 0)) == (None,)
