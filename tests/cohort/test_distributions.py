"""Distributions: against scipy.stats kind by kind, and the laws of quantiles."""

from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.cohort.distributions import probability_below, quantile, quantile_above
from sim.scenario import (
    DISTRIBUTIONS,
    Constant,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Never,
    Normal,
    Triangular,
    Uniform,
    Weibull,
)

U = np.concatenate([[1e-12, 1e-6, 1e-3], np.linspace(0.01, 0.99, 197), [0.999, 1 - 1e-6, 1 - 1e-9]])


def lognormal(mean: float, sd: float) -> Any:
    variance = np.log(1 + (sd / mean) ** 2)
    return stats.lognorm(np.sqrt(variance), scale=mean / np.sqrt(1 + (sd / mean) ** 2))


def normal(mean: float, sd: float, low: float, high: float) -> Any:
    return stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)


CONTINUOUS = [
    (Uniform(low=183, high=365), stats.uniform(183, 182)),
    (Triangular(low=10, mode=20, high=50), stats.triang(0.25, 10, 40)),
    (Triangular(low=0, mode=0, high=5), stats.triang(0, 0, 5)),
    (Triangular(low=3, mode=7, high=7), stats.triang(1, 3, 4)),
    (Exponential(mean=66), stats.expon(scale=66)),
    (Normal(mean=22, sd=7, low=8, high=38), normal(22, 7, 8, 38)),
    (Normal(mean=38.5, sd=2, low=26, high=42), normal(38.5, 2, 26, 42)),
    (Normal(mean=10, sd=2, low=13, high=40), normal(10, 2, 13, 40)),
    (Normal(mean=30, sd=2, low=0, high=25), normal(30, 2, 0, 25)),
    (Lognormal(mean=66, sd=40), lognormal(66, 40)),
    (Lognormal(mean=5, sd=50), lognormal(5, 50)),
    (Gamma(mean=300, sd=90), stats.gamma((300 / 90) ** 2, scale=90**2 / 300)),
    (Gamma(mean=1, sd=1.5), stats.gamma((1 / 1.5) ** 2, scale=1.5**2)),
    (Weibull(shape=0.46, scale=1580), stats.weibull_min(0.46, scale=1580)),
    (Weibull(shape=3, scale=10), stats.weibull_min(3, scale=10)),
]
NAMES = [str(ours) for ours, _ in CONTINUOUS]


@pytest.mark.unit
@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS, ids=NAMES)
def test_quantiles_and_probabilities_are_those_of_scipy(ours: Any, theirs: Any) -> None:
    np.testing.assert_allclose(quantile(ours, U), theirs.ppf(U), rtol=1e-7, atol=1e-12)
    x = np.concatenate([[0.0], theirs.ppf(U), [theirs.ppf(0.5), 1e5]])
    np.testing.assert_allclose(probability_below(ours, x), theirs.cdf(x), rtol=1e-7, atol=1e-13)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("distribution", "mean", "sd"),
    [
        (Exponential(mean=66), 66, 66),
        (Lognormal(mean=66, sd=40), 66, 40),
        (Gamma(mean=300, sd=90), 300, 90),
        (Uniform(low=10, high=22), 16, 12 / np.sqrt(12)),
        (Triangular(low=1, mode=2, high=6), 3, np.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18)),
    ],
)
def test_mean_and_sd_are_those_of_the_values_themselves(distribution: Any, mean: float, sd: float) -> None:
    u = (np.arange(1_000_000) + 0.5) / 1_000_000
    values = quantile(distribution, u)
    assert values.mean() == pytest.approx(mean, rel=1e-4)
    assert values.std() == pytest.approx(sd, rel=2e-3)


@pytest.mark.unit
def test_a_constant_and_never() -> None:
    u = np.array([0.0, 0.5, 0.999])
    assert quantile(Constant(value=0), u).tolist() == [0, 0, 0]
    assert quantile(Constant(value=7), u).tolist() == [7, 7, 7]
    assert probability_below(Constant(value=7), np.array([6.9, 7.0, 7.1])).tolist() == [0, 1, 1]
    assert quantile(Never(), u).tolist() == [np.inf] * 3
    assert probability_below(Never(), np.array([0.0, 1e9])).tolist() == [0, 0]


@pytest.mark.unit
def test_observed_values_come_equally_often() -> None:
    observed = Empirical(values=(30, 10, 20, 10))
    u = np.array([0, 0.2499, 0.25, 0.4999, 0.5, 0.74, 0.75, np.nextafter(1, 0)])
    assert quantile(observed, u).tolist() == [10, 10, 10, 10, 20, 20, 30, 30]
    assert probability_below(observed, np.array([9, 10, 15, 20, 30.0])).tolist() == [0, 0.5, 0.5, 0.75, 1]


@pytest.mark.unit
def test_ends_that_meet_are_one_value() -> None:
    u, x = np.array([0.0, 0.5]), np.array([4.9, 5.0])
    assert quantile(Uniform(low=5, high=5), u).tolist() == [5, 5]
    assert probability_below(Uniform(low=5, high=5), x).tolist() == [0, 1]


@pytest.mark.unit
def test_every_kind_a_scenario_may_name_can_be_drawn() -> None:
    tested = {type(ours) for ours, _ in CONTINUOUS} | {Constant, Empirical}
    assert tested == set(DISTRIBUTIONS.values())


# -- laws --

MANY = settings(max_examples=200, deadline=None, derandomize=True)
AMOUNTS = st.floats(0.5, 500)


@st.composite
def continuous(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(["uniform", "triangular", "exponential", "normal", "lognormal", "gamma", "weibull"]))
    a, b, c = draw(AMOUNTS), draw(AMOUNTS), draw(AMOUNTS)
    sd = a * draw(st.floats(0.05, 3))
    low, mode, high = sorted((a, b, c))
    return {
        "uniform": lambda: Uniform(low=low, high=high + 1),
        "triangular": lambda: Triangular(low=low, mode=mode, high=high + 1),
        "exponential": lambda: Exponential(mean=a),
        "normal": lambda: Normal(mean=a, sd=sd, low=max(0.0, a - 3 * sd), high=a + 2 * sd),
        "lognormal": lambda: Lognormal(mean=a, sd=sd),
        "gamma": lambda: Gamma(mean=a, sd=sd),
        "weibull": lambda: Weibull(shape=draw(st.floats(0.3, 5)), scale=a),
    }[kind]()


EMPIRICAL = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=12).map(lambda v: Empirical(values=tuple(v)))
DRAWS = st.lists(st.floats(1e-6, 1 - 1e-6), min_size=1, max_size=20).map(np.array)


@pytest.mark.law
@MANY
@given(continuous(), DRAWS)
def test_the_probability_of_a_quantile_is_its_draw(distribution: Any, u: Any) -> None:
    np.testing.assert_allclose(probability_below(distribution, quantile(distribution, u)), u, rtol=1e-6)


@pytest.mark.law
@MANY
@given(continuous() | EMPIRICAL, DRAWS)
def test_a_higher_draw_never_gives_a_lower_value(distribution: Any, u: Any) -> None:
    values = quantile(distribution, np.sort(u))
    assert (np.diff(values) >= 0).all()
    assert (values >= 0).all()


@pytest.mark.law
@MANY
@given(continuous() | EMPIRICAL, DRAWS, st.floats(0, 0.98))
def test_above_a_floor_all_lie_above_it_and_who_lay_above_keeps_her_value(
    distribution: Any, u: Any, below: float
) -> None:
    floor = np.full_like(u, quantile(distribution, np.array([below]))[0])
    plain, above = quantile(distribution, u), quantile_above(distribution, u, floor)
    assert (above >= floor).all()
    keeps = plain > floor
    np.testing.assert_array_equal(above[keeps], plain[keeps])


@pytest.mark.law
@MANY
@given(continuous(), st.floats(0.01, 0.95))
def test_a_floor_that_just_passes_her_moves_her_no_more_than_a_step(distribution: Any, u: float) -> None:
    step = 1e-7
    floor = quantile(distribution, np.array([u + step]))
    moved = probability_below(distribution, quantile_above(distribution, np.array([u]), floor))[0]
    assert u <= moved <= u + step + step / u + 1e-8


@pytest.mark.law
@MANY
@given(EMPIRICAL, DRAWS, st.integers(0, 20))
def test_observed_values_above_a_floor_are_observed_values(observed: Empirical, u: Any, floor: int) -> None:
    above = quantile_above(observed, u, np.full_like(u, floor))
    assert set(above) <= {value for value in observed.values if value >= floor} | {floor}


@pytest.mark.unit
def test_nothing_above_the_floor_gives_the_floor() -> None:
    u = np.array([0.1, 0.9])
    assert quantile_above(Constant(value=30), u, np.array([31.0, 29.0])).tolist() == [31, 30]
    assert quantile_above(Uniform(low=20, high=30), u, np.array([30.0, 35.0])).tolist() == [30, 35]


@pytest.mark.theory
@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS, ids=NAMES)
@pytest.mark.parametrize("below", [0.1, 0.6, 0.99])
def test_above_a_floor_the_distribution_is_the_truncated_one(ours: Any, theirs: Any, below: float) -> None:
    """Kolmogorov-Smirnov over 20,000 draws; false alarm in one of a million."""
    u = np.random.default_rng(11).random(20_000)
    floor = theirs.ppf(below)
    values = quantile_above(ours, u, np.full_like(u, floor))
    within = (theirs.cdf(values) - below) / (1 - below)
    assert stats.kstest(within, "uniform").pvalue > FALSE_ALARM


@pytest.mark.theory
def test_above_a_floor_observed_values_come_equally_often() -> None:
    """Chi-square over 20,000 draws; false alarm in one of a million."""
    observed = Empirical(values=tuple(range(1, 11)))
    u = np.random.default_rng(12).random(20_000)
    values = quantile_above(observed, u, np.full_like(u, 4.0))
    assert stats.chisquare(np.bincount(values.astype(int), minlength=11)[5:]).pvalue > FALSE_ALARM
    assert values.min() == 5
