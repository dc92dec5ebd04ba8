"""What knowing is worth, where it is known in closed form: two designs whose difference is normal."""

import numpy as np
import pytest
from scipy.stats import norm, qmc

from sim.doubt.knowing import worth_of_knowing


def closed_form(mean: float, sd: float) -> float:
    """Mean of what is gained by knowing a normal difference, of which the mean is not above 0."""
    return float(sd * norm.pdf(mean / sd) + mean * norm.cdf(mean / sd))


def two_designs(n: int, *, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Design 1 differs by -1 + 2 z1 + 1 z2, and chance; z3 does nothing."""
    u = qmc.Sobol(3, rng=seed).random(n)
    z = norm.ppf(np.clip(u, 1e-9, 1 - 1e-9))
    generator = np.random.default_rng(seed)
    seen = np.stack([np.zeros(n), -1 + 2 * z[:, 0] + z[:, 1]]) + generator.normal(0, np.sqrt(noise), (2, n))
    return seen, noise * np.eye(2), u


PARTS = {"first": [0], "second": [1], "third": [2], "both": [0, 1]}


@pytest.mark.theory
@pytest.mark.parametrize("noise", [0.0, 1.0, 4.0])
def test_two_normal_designs(noise: float) -> None:
    # With the most noise, 8 beside a variance of 5, the mean of eight has a standard error of 3 %.
    found = [worth_of_knowing(*two_designs(1024, noise=noise, seed=seed), PARTS) for seed in range(8)]
    everything = np.mean([one.everything for one in found])
    assert everything == pytest.approx(closed_form(-1, np.sqrt(5)), rel=0.10)
    for name, sd in (("first", 2.0), ("second", 1.0), ("both", np.sqrt(5))):
        assert np.mean([one.parts[name] for one in found]) == pytest.approx(closed_form(-1, sd), abs=0.06)
    assert np.mean([one.parts["third"] for one in found]) < 0.02


@pytest.mark.theory
def test_noise_alone_is_worth_nothing() -> None:
    generator = np.random.default_rng(1)
    u = qmc.Sobol(4, rng=1).random(256)
    found = worth_of_knowing(generator.normal(0, 1, (3, 256)), np.eye(3), u, {"one": [0], "all": [0, 1, 2, 3]})
    assert found.everything < 0.25  # 0.85 with the noise left in
    assert found.parts["one"] < 0.05


@pytest.mark.law
@pytest.mark.parametrize("seed", range(5))
def test_never_below_nothing_and_a_part_never_above_the_whole(seed: int) -> None:
    generator = np.random.default_rng(seed)
    u = generator.random((128, 3))
    benefits = generator.normal(0, 1, (4, 128)) + np.outer(generator.normal(0, 1, 4), u[:, 0])
    found = worth_of_knowing(benefits, 0.5 * np.eye(4), u, {"a": [0], "b": [1], "ab": [0, 1]})
    assert all(0 <= worth <= found.everything for worth in found.parts.values())
    assert found.parts["ab"] >= max(found.parts["a"], found.parts["b"])


@pytest.mark.unit
def test_one_design_leaves_nothing_to_choose() -> None:
    assert worth_of_knowing(np.ones((1, 8)), np.eye(1), np.zeros((8, 1)), {"a": [0]}).everything == 0.0
