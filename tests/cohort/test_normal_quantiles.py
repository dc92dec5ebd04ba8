"""Quantiles of the normal distribution, against SciPy's."""

import numpy as np
import pytest
from scipy.special import ndtri

from sim.cohort.distributions import standard_normal_quantile
from sim.cohort.kernels.normal import MIDDLE

BELOW = np.concatenate([np.geomspace(1e-300, 0.5, 4001), 0.5 - MIDDLE + np.linspace(-1e-12, 1e-12, 9)])


@pytest.mark.unit
def test_normal_quantiles_are_those_of_scipy_to_the_last_digits() -> None:
    np.testing.assert_allclose(standard_normal_quantile(BELOW), ndtri(BELOW), rtol=5e-15, atol=1e-16)
    above = 1.0 - BELOW[BELOW > 1e-15]
    np.testing.assert_allclose(standard_normal_quantile(above), ndtri(above), rtol=5e-15, atol=1e-16)


@pytest.mark.unit
def test_normal_quantiles_only_rise() -> None:
    u = np.sort(np.random.default_rng(1).random(200_000))
    assert np.diff(standard_normal_quantile(u)).min() >= 0


@pytest.mark.unit
def test_normal_quantiles_at_the_very_ends_and_of_nothing() -> None:
    assert standard_normal_quantile(np.array([0.0, 0.5])).tolist() == [-np.inf, 0.0]
    assert standard_normal_quantile(np.empty(0)).shape == (0,)
