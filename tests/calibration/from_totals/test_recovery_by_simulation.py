"""Fits of data sets that the model played itself say what was true."""

from pathlib import Path

import numpy as np
import pytest
from recovering import FREE, Recovered, recover, weigh
from scipy.stats import binom, chi2, kstest, norm
from small_fits import LIGHT


@pytest.mark.theory
def test_a_few_data_sets_are_recovered(tmp_path: Path) -> None:
    """Normal scores of the ranks: sums and sums of squares, by parameter. False alarm 1e-3 for all together."""
    n_sets = 3
    found = recover(tmp_path, n_sets, effort=LIGHT, seed=11)
    scores = norm.ppf(np.clip(found.ranks, 1e-4, 1 - 1e-4))
    alarm = 1e-3 / (2 * len(FREE))
    means = scores.mean(axis=0) * np.sqrt(n_sets)
    assert 2 * norm.sf(np.abs(means).max()) > alarm
    squares = (scores**2).sum(axis=0)
    assert 2 * min(chi2.sf(squares.max(), n_sets), chi2.cdf(squares.min(), n_sets)) > alarm


@pytest.mark.verify
def test_hundreds_of_data_sets_are_covered_by_the_likelihood(tmp_path: Path) -> None:
    """Without chains and rounds. False alarm 1e-3 for all together."""
    _check(weigh(tmp_path, 1000, seed=21))


@pytest.mark.verify
def test_a_hundred_data_sets_are_recovered(tmp_path: Path) -> None:
    """From the prior to the interval, as a user fits them. False alarm 1e-3 for all together."""
    found = recover(tmp_path, 100, effort=LIGHT, seed=1000)
    _check(found)
    assert found.has_converged.mean() > 0.9


def _check(found: Recovered) -> None:
    """Coverage of 95 % intervals and uniform ranks, by parameter."""
    n_sets = len(found.ranks)
    alarm = 1e-3 / (2 * len(FREE))
    covered = found.is_covered.sum(axis=0)
    print("covered", covered / n_sets, "converged", found.has_converged.mean())  # noqa: T201 - the protocol's figures
    assert covered.min() >= binom.ppf(alarm / 2, n_sets, 0.95)
    assert covered.max() <= binom.ppf(1 - alarm / 2, n_sets, 0.95)
    for ranks in found.ranks.T:
        print("ranks", np.histogram(ranks, bins=5, range=(0, 1))[0])  # noqa: T201
        assert kstest(ranks, "uniform").pvalue > alarm
