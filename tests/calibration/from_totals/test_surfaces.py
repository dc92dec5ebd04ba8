"""The response surface finds smooth functions, says how far it is off, and does not trust itself beyond its sets."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import multivariate_normal

from calibration.from_totals.observing import REPLICATIONS, Plays
from calibration.from_totals.surface import check_surface, fit_surface, has_values, moments_of, n_terms

pytestmark = pytest.mark.unit

Floats = npt.NDArray[np.float64]
CORRELATION = np.array([[1.0, 0.6], [0.6, 1.0]])


def as_they_are(z: Floats) -> Floats:
    return z


def true_mean(z: Floats) -> Floats:
    return np.stack([3 + z[:, 0] + 0.3 * z[:, 0] * z[:, 1], 1 - 0.5 * z[:, 1] + 0.2 * z[:, 0] ** 2], axis=1)


def true_sd(z: Floats) -> Floats:
    return np.stack([np.exp(0.2 * z[:, 0]), np.full(len(z), 0.5)], axis=1)


def some_plays(n_sets: int, *, seed: int = 0, bump: float = 0.0) -> Plays:
    """Sets of a model that is known, with a bump that no polynomial has."""
    generator = np.random.default_rng(seed)
    z = generator.normal(size=(n_sets, 2))
    noise = generator.multivariate_normal(np.zeros(2), CORRELATION, size=(n_sets, REPLICATIONS)).swapaxes(1, 2)
    mean = true_mean(z) + bump * np.sin(6 * z[:, :1])
    scaled = mean[:, :, None] + true_sd(z)[:, :, None] * noise
    return Plays(z, scaled, scaled)


def test_a_smooth_function_is_found() -> None:
    surface = fit_surface(some_plays(400), as_they_are)
    z = np.random.default_rng(9).normal(size=(200, 2))
    error = (surface.mean(z) - true_mean(z)) / true_sd(z)
    # 6 to 10 coefficients from 20,000 replications: about 0.02 standard deviations by chance.
    assert np.sqrt((error**2).mean()) < 0.04
    assert surface.variance(z) == pytest.approx(np.clip(true_sd(z) ** 2, [0.4, 0.25], [2.4, 0.25]), rel=0.2)
    assert surface.correlation == pytest.approx(CORRELATION, abs=0.02)
    assert surface.error_variance.max() < 0.01


def test_the_likelihood_is_the_normal_density() -> None:
    surface = fit_surface(some_plays(400, bump=0.5), as_they_are)
    observed, z = np.array([2.0, 1.5]), np.array([[0.3, -0.4], [1.0, 0.5], [-1.2, 0.1]])
    expected = []
    for mean, variance in zip(surface.mean(z), surface.variance(z), strict=True):
        root = np.sqrt(variance + surface.error_variance)
        covariance = np.outer(root, root) * surface.correlation
        expected.append(multivariate_normal.logpdf(observed, mean, covariance))
    found = surface.log_likelihood(z, observed)
    assert found - found[0] == pytest.approx(np.array(expected) - expected[0])


def test_the_error_of_sets_left_out_is_that_of_really_leaving_them_out() -> None:
    plays = some_plays(40, bump=1.0)
    surface = fit_surface(plays, as_they_are)
    found = moments_of(plays)
    errors = []
    for number in range(40):
        others = np.arange(40) != number
        terms, own = (_polynomial(plays.z[rows], surface.degree) for rows in (others, [number]))
        errors.append(found.mean[number] - (own @ np.linalg.lstsq(terms, found.mean[others])[0])[0])
    noise = found.variance.mean(axis=0) / REPLICATIONS
    assert surface.error_variance == pytest.approx(np.mean(np.square(errors), axis=0) - noise)


def _polynomial(z: Floats, degree: int) -> Floats:
    return np.stack([z[:, 0] ** i * z[:, 1] ** j for i in range(degree + 1) for j in range(degree + 1 - i)], axis=1)


def test_fresh_sets_say_whether_a_surface_holds() -> None:
    surface = fit_surface(some_plays(400), as_they_are)
    right, wrong = (check_surface(surface, some_plays(200, seed=5, bump=bump)) for bump in (0.0, 0.5))
    assert right.error.max() < 0.1
    assert right.spread_ratio == pytest.approx([1, 1], abs=0.1)
    assert wrong.error[1] == pytest.approx(0.5 / np.sqrt(2) / 0.5, rel=0.2)


def test_a_surface_off_by_something_says_so_in_its_likelihood() -> None:
    smooth, bumpy = (fit_surface(some_plays(400, bump=bump), as_they_are) for bump in (0.0, 0.5))
    assert bumpy.error_variance[1] == pytest.approx(0.5**2 / 2, rel=0.3)
    assert smooth.error_variance[1] < 0.01


def test_beyond_the_sets_the_likelihood_falls() -> None:
    surface = fit_surface(some_plays(400), as_they_are)
    inside, outside = np.array([[0.5, 0.5]]), np.array([[3.9, -3.9]])
    assert surface.leverage(inside)[0] < surface.furthest < surface.leverage(outside)[0]
    best_there = surface.mean(outside)[0]
    assert surface.log_likelihood(outside, best_there)[0] < surface.log_likelihood(inside, best_there)[0]


def test_sets_without_values_are_known() -> None:
    plays = some_plays(3)
    scaled = plays.scaled.copy()
    scaled[0, 1, : REPLICATIONS // 2 + 1] = np.nan
    scaled[1, 0, :5] = np.nan
    holed = plays._replace(scaled=scaled)
    assert has_values(holed).tolist() == [False, True, True]
    found = moments_of(Plays(*(values[1:] for values in holed)))
    assert found.mean[0] == pytest.approx(plays.scaled[1, :, 5:].mean(axis=1))
    assert found.variance[0] == pytest.approx(plays.scaled[1, :, 5:].var(axis=1, ddof=1))


@pytest.mark.parametrize(("n_free", "degree", "n"), [(1, 3, 4), (2, 2, 6), (4, 2, 15), (6, 3, 84)])
def test_terms_are_counted(n_free: int, degree: int, n: int) -> None:
    assert n_terms(n_free, degree) == n
