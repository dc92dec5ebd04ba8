"""How many women are referred and when: a Poisson process with the right rate."""

from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, changed, replication_of
from scipy import stats

from sim.cohort import DAYS_PER_YEAR, draw_cohort
from sim.cohort.draw import awareness

N_BLOCKS, N_REPLICATIONS = 4, 200
AT_ONCE = {"horizon_years": 5, "demand.awareness.ramp_up_years": 0}


def counts_of(changes: dict[str, Any]) -> Any:
    """Women referred, by replication and year."""
    scenario = changed(AT_ONCE | changes)
    counts = []
    for block in range(N_BLOCKS):
        women = draw_cohort(scenario, block)
        table = np.zeros((women.n_replications, scenario.horizon_years), dtype=int)
        np.add.at(table, (replication_of(women), (women.referral_day // DAYS_PER_YEAR).astype(int)), 1)
        counts.append(table)
    return np.concatenate(counts)


def agrees_with_poisson(count: int, expected: float) -> bool:
    """Whether a count agrees with its expectation; a false alarm comes once in a million."""
    tails = stats.poisson(expected)
    return bool(min(tails.cdf(count), tails.sf(count - 1)) > FALSE_ALARM / 2)


@pytest.mark.theory
@pytest.mark.parametrize("need", [0.5, 8, 75, 180])
def test_referrals_are_poisson_with_the_need_as_their_rate(need: float) -> None:
    """Mean, dispersion of yearly counts and distribution of their values; three false alarms in a million."""
    counts = counts_of({"demand.need_per_year": need}).ravel()
    assert agrees_with_poisson(counts.sum(), need * counts.size)
    dispersion = (counts.size - 1) * counts.var(ddof=1) / counts.mean()
    chi2 = stats.chi2(counts.size - 1)
    assert min(chi2.cdf(dispersion), chi2.sf(dispersion)) > FALSE_ALARM / 2
    assert chi_square_of_counts(counts, stats.poisson(need)) > FALSE_ALARM


def chi_square_of_counts(counts: Any, distribution: Any) -> float:
    """P-value of yearly counts against a distribution, in bins that expect at least ten each."""
    edges, low = [], -1
    for value in range(int(counts.max()) + 50):
        is_last = distribution.sf(value) * counts.size < 10
        if (distribution.cdf(value) - distribution.cdf(low)) * counts.size >= 10 and not is_last:
            edges.append(value)
            low = value
    bins = np.searchsorted(edges, counts)
    observed = np.bincount(bins, minlength=len(edges) + 1)
    below = np.concatenate([[0.0], distribution.cdf(edges), [1.0]])
    return float(stats.chisquare(observed, np.diff(below) * counts.size).pvalue)


@pytest.mark.theory
def test_referrals_fall_evenly_over_the_year_and_the_horizon() -> None:
    """Kolmogorov-Smirnov over about 19,000 days; false alarm in one of a million."""
    women = draw_cohort(changed(AT_ONCE), 0)
    assert stats.kstest(women.referral_day / (5 * DAYS_PER_YEAR), "uniform").pvalue > FALSE_ALARM


@pytest.mark.theory
def test_years_and_replications_are_independent() -> None:
    """Correlation of a year with the next, of a replication with the next; two false alarms in a million."""
    counts = counts_of({})
    limit = stats.norm.isf(FALSE_ALARM / 2)
    for one, other in ((counts[:, :-1], counts[:, 1:]), (counts[:-1], counts[1:])):
        z = np.corrcoef(one.ravel(), other.ravel())[0, 1] * np.sqrt(one.size - 1)
        assert abs(z) < limit


@pytest.mark.theory
@pytest.mark.parametrize(("start", "ramp_up_years"), [(0.4, 2), (0, 1), (0.5, 2.5)])
def test_awareness_rises_in_a_straight_line(start: float, ramp_up_years: float) -> None:
    """Yearly sums against the area under the line; five false alarms in a million."""
    counts = counts_of({"demand.awareness.start": start, "demand.awareness.ramp_up_years": ramp_up_years})

    def area(years: float) -> float:
        rising = min(years, ramp_up_years)
        return start * rising + (1 - start) * rising**2 / (2 * ramp_up_years) + years - rising

    for year in range(5):
        expected = 75 * (area(year + 1) - area(year)) * N_REPLICATIONS
        assert agrees_with_poisson(counts[:, year].sum(), expected), year


@pytest.mark.theory
@pytest.mark.parametrize("trend", [0.1, -0.2])
def test_need_grows_by_the_trend(trend: float) -> None:
    """Yearly sums against the integral of the growth; five false alarms in a million."""
    counts = counts_of({"demand.trend_per_year": trend})
    growth = np.log1p(trend)
    for year in range(5):
        expected = 75 * np.exp(growth * year) * np.expm1(growth) / growth * N_REPLICATIONS
        assert agrees_with_poisson(counts[:, year].sum(), expected), year


@pytest.mark.theory
@pytest.mark.parametrize("variation", [0.2, 0.7])
def test_years_that_differ_are_gamma_poisson(variation: float) -> None:
    """A thousand yearly counts against the negative binomial; two false alarms in a million."""
    need = 40
    counts = counts_of({"demand.need_per_year": need, "demand.year_variation": variation}).ravel()
    theory = stats.nbinom(1 / variation**2, 1 / (1 + need * variation**2))
    assert theory.mean() == pytest.approx(need)
    assert theory.var() == pytest.approx(need + (need * variation) ** 2)
    z = (counts.mean() - need) / np.sqrt(theory.var() / counts.size)
    assert abs(z) < stats.norm.isf(FALSE_ALARM / 2)
    assert chi_square_of_counts(counts, theory) > FALSE_ALARM


@pytest.mark.unit
def test_awareness_by_hand() -> None:
    scenario = changed({"demand.awareness": {"start": 0.4, "ramp_up_years": 2}})
    years = np.array([0, 0.5, 1, 2, 9])
    np.testing.assert_allclose(awareness(scenario, years), [0.4, 0.55, 0.7, 1, 1], rtol=1e-15)
    assert awareness(changed({"demand.awareness.ramp_up_years": 0}), years).tolist() == [1] * 5
