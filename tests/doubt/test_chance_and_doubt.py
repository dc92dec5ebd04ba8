"""Chance and doubt are told apart rightly where both are known."""

import numpy as np
import pytest

from sim.doubt.split import AtPoints, points_from, shrunk_means, split_points


def toy(n: int, replications: int, *, doubt: float, chance: float, seed: int) -> AtPoints:
    generator = np.random.default_rng(seed)
    means = generator.normal(10, np.sqrt(doubt), n)
    values = means[:, None] + generator.normal(0, np.sqrt(chance), (n, replications))
    return points_from(values, np.ones_like(values))


@pytest.mark.theory
@pytest.mark.parametrize(("doubt", "chance", "replications"), [(4.0, 1.0, 20), (0.25, 9.0, 5), (1.0, 1.0, 2)])
def test_variances_of_a_toy(doubt: float, chance: float, replications: int) -> None:
    # Means over 40 toys of 500 points; the standard error of a mean of variances is below 1 % and 3 % of it.
    splits = [split_points(toy(500, replications, doubt=doubt, chance=chance, seed=seed)) for seed in range(40)]
    assert np.mean([one.chance_variance for one in splits]) == pytest.approx(chance, rel=0.03)
    assert np.mean([one.doubt_variance for one in splits]) == pytest.approx(doubt, rel=0.06)
    wanted = doubt / (doubt + chance)
    assert np.mean([one.doubt_share for one in splits]) == pytest.approx(wanted, rel=0.06)


@pytest.mark.theory
def test_bands_of_a_toy() -> None:
    split = split_points(toy(20_000, 5, doubt=4.0, chance=9.0, seed=1))
    for band, variance in ((split.doubt, 4.0), (split.chance, 9.0), (split.together, 13.0)):
        half = 1.6449 * np.sqrt(variance)
        assert band == pytest.approx((10 - half, 10 + half), abs=0.12)


@pytest.mark.theory
def test_the_doubt_band_holds_nine_in_ten_truths() -> None:
    # 200 toys, each with a truth drawn as its points are: 0.90 with a standard error of 0.021.
    held = 0
    for seed in range(200):
        split = split_points(toy(256, 5, doubt=1.0, chance=5.0, seed=seed))
        truth = np.random.default_rng([seed, 1]).normal(10, 1.0)
        held += split.doubt[0] <= truth <= split.doubt[1]
    assert held / 200 == pytest.approx(0.90, abs=0.065)


@pytest.mark.unit
def test_no_doubt_at_all() -> None:
    split = split_points(toy(200, 10, doubt=0.0, chance=4.0, seed=3))
    assert split.doubt_share < 0.05
    assert split.doubt[1] - split.doubt[0] < 1.0


@pytest.mark.unit
def test_a_quotient_is_one_mean_over_another() -> None:
    points = points_from(np.array([[2.0, 0.0, 4.0]]), np.array([[1.0, 0.0, 2.0]]))
    assert points.mean[0] == 2.0
    assert points.deviation[0] == pytest.approx([0.0, 0.0, 0.0])


@pytest.mark.unit
def test_points_without_a_value_are_left_out() -> None:
    tops = np.array([[np.nan, np.nan], [1.0, 3.0], [2.0, 2.0], [0.0, 0.0]])
    bottoms = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    split = split_points(points_from(tops, bottoms))
    assert (split.n_points, split.mean) == (2, 2.0)


@pytest.mark.unit
def test_one_point_says_nothing() -> None:
    assert np.isnan(split_points(points_from(np.ones((1, 3)), np.ones((1, 3)))).mean)


@pytest.mark.unit
def test_means_are_drawn_together() -> None:
    means = np.array([0.0, 1.0, 2.0])
    assert shrunk_means(means, 0.25).var(ddof=1) == pytest.approx(0.25)
    assert shrunk_means(means, 9.0) == pytest.approx(means)
