"""How sure the number is: the posterior against its closed form, and against truths that were drawn."""

import numpy as np
import pytest
from scipy.stats import norm

from sim.sizing.decide import chances_of

pytestmark = pytest.mark.unit

ERROR = 4 * 0.5 / np.sqrt(20_000)
"""Four standard errors of a share of the draws, at most."""


def test_with_one_rival_the_chances_are_those_of_two_normal_means() -> None:
    """What both have in common cancels in their difference, not in each."""
    rng = np.random.default_rng(3)
    common, noise = rng.normal(size=(2, 400))
    chosen, fewer = 0.1 + common + noise, -0.05 + common
    chances = chances_of(chosen, [fewer])
    fewer_is_enough = norm.sf(0, fewer.mean(), fewer.std(ddof=1) / 20)
    assert chances.fewer == pytest.approx(fewer_is_enough, abs=ERROR)
    assert sum(chances) == pytest.approx(1)


def test_a_number_that_is_clearly_right_is_sure() -> None:
    rng = np.random.default_rng(4)
    noise = rng.normal(size=300)
    assert chances_of(1 + noise, [noise - 1]).this > 0.999
    assert chances_of(noise - 1, [noise - 2]).more > 0.999


def test_without_a_rival_only_the_target_counts() -> None:
    assert chances_of(np.ones(50), []).this == 1.0


def test_what_is_called_sure_is_right_as_often_as_it_says() -> None:
    """Truths spread evenly around the border: the mean of the chances stated is the share of right choices.

    600 truths, seed fixed; the standard error is below 0.02, and a false alarm rarer than 1 in 1000.
    """
    rng = np.random.default_rng(5)
    n, stated, right = 600, 0.0, 0
    for _ in range(n):
        truth = rng.uniform(-0.8, 0.8)
        common = rng.normal(size=25)
        stated += chances_of(truth + 0.15 + common, [truth - 0.15 + common]).this / n
        right += -0.15 <= truth < 0.15
    assert abs(right / n - stated) < 0.07
