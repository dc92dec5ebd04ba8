"""Shares of variance agree with what is published, whether read off the draws or from points of their own."""

import numpy as np
import pytest
from scipy.stats import qmc
from small_doubts import ISHIGAMI_FIRST, ISHIGAMI_TOTAL, ishigami, small, sobol_g, sobol_g_shares

from sim.doubt.plays import ask
from sim.doubt.saltelli import indices_by_design, sobol_shares
from sim.doubt.surrogate import fit_surrogate, shares_of


@pytest.mark.theory
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ishigami_from_draws(seed: int) -> None:
    u = qmc.Sobol(3, rng=seed).random(512)
    found = shares_of(fit_surrogate(u, ishigami(u)), u, ishigami(u), [0, 1, 2])
    assert [one.first[0] for one in found] == pytest.approx(ISHIGAMI_FIRST, abs=0.005)
    assert [one.total[0] for one in found] == pytest.approx(ISHIGAMI_TOTAL, abs=0.005)


@pytest.mark.theory
@pytest.mark.parametrize("seed", [1, 2])
def test_sobol_g_from_draws(seed: int) -> None:
    first, total = sobol_g_shares()
    u = qmc.Sobol(8, rng=seed).random(1024)
    found = shares_of(fit_surrogate(u, sobol_g(u)), u, sobol_g(u), list(range(8)))
    assert [one.first[0] for one in found] == pytest.approx(first, abs=0.02)
    assert [one.total[0] for one in found] == pytest.approx(total, abs=0.02)


@pytest.mark.theory
def test_chance_is_no_parameters_doing() -> None:
    # Half of what is seen is noise, of known variance; 37 of 40 features do nothing.
    u = qmc.Sobol(40, rng=5).random(512)
    y = ishigami(u[:, :3])
    noisy = y + np.random.default_rng(5).normal(0, y.std(), 512)
    found = shares_of(fit_surrogate(u, noisy), u, noisy, list(range(40)), variance=float(y.var()))
    assert found[0].first[0] == pytest.approx(ISHIGAMI_FIRST[0], abs=0.08)
    assert max(one.total[0] for one in found[3:]) < 0.03


@pytest.mark.unit
def test_nothing_varies() -> None:
    u = qmc.Sobol(2, rng=1).random(64)
    found = shares_of(fit_surrogate(u, np.ones(64)), u, np.ones(64), [0, 1])
    assert [one.total[0] for one in found] == [0.0, 0.0]


@pytest.mark.unit
def test_features_of_one_parameter_count_together() -> None:
    u = qmc.Sobol(3, rng=1).random(256)
    y = u[:, 0] + u[:, 1] + u[:, 2]
    found = shares_of(fit_surrogate(u, y), u, y, [0, 0, 1])
    assert [one.first[0] for one in found] == pytest.approx([2 / 3, 1 / 3], abs=1e-3)


@pytest.mark.theory
def test_ishigami_from_points_of_their_own() -> None:
    u = qmc.Sobol(6, rng=3).random(4096)
    one, other = u[:, :3], u[:, 3:]
    mixed = []
    for parameter in range(3):
        own = one.copy()
        own[:, parameter] = other[:, parameter]
        mixed.append(ishigami(own))
    found = sobol_shares(ishigami(one), ishigami(other), np.array(mixed))
    for shares, first, total in zip(found, ISHIGAMI_FIRST, ISHIGAMI_TOTAL, strict=True):
        assert shares.first[0] == pytest.approx(first, abs=0.01)
        assert shares.total[0] == pytest.approx(total, abs=0.01)
        assert shares.total[1] <= total <= shares.total[2]


@pytest.mark.unit
def test_the_model_has_points_of_its_own() -> None:
    question = ask(small(), replications=4, seed=1)
    found = indices_by_design(question, ["admitted_per_year"], 8, cores=1)
    assert set(found["admitted_per_year"]) == {"few", "many", "elsewhere", "many - few", "elsewhere - few"}
    assert set(found["admitted_per_year"]["few"]) == {"acceptance.base", "demand.found_share"}
