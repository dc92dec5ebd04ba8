"""The price of one more woman admitted, and where a design pays for itself."""

import math

import numpy as np
import pytest
from scipy import optimize, stats

from sim.economics import (
    PUBLISHED_ECONOMICS,
    break_even_completion,
    break_even_horizon,
    break_even_occupancy,
    cost_courses,
    cost_per_extra_admission,
    fieller_ratio,
    prices_of,
)
from sim.economics.courses import BEFORE_BIRTH_YEARS
from sim.scenario import Economics


@pytest.mark.unit
def test_one_more_woman_costs_the_ratio_of_the_differences() -> None:
    estimate = cost_per_extra_admission(
        [50e6, 52e6, 54e6], [30, 31, 32], cost_against=[40e6, 42e6, 44e6], admitted_against=[25, 26, 27]
    )
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((2e6, 2e6, 2e6))
    assert (estimate.top, estimate.bottom, estimate.n, estimate.is_sure) == (10e6, 5, 3, True)


@pytest.mark.unit
def test_interval_ends_are_the_ratios_that_a_t_test_just_does_not_reject() -> None:
    rng = np.random.default_rng(1)
    more = rng.normal(5, 4, 60)
    dearer = 2 * more + rng.normal(3, 5, 60)
    estimate = fieller_ratio(dearer, more)

    def p_value(ratio: float) -> float:
        return float(stats.ttest_1samp(dearer - ratio * more, 0).pvalue)

    low = optimize.brentq(lambda ratio: p_value(ratio) - 0.05, estimate.value - 5, estimate.value)
    high = optimize.brentq(lambda ratio: p_value(ratio) - 0.05, estimate.value, estimate.value + 5)
    assert (estimate.low, estimate.high) == pytest.approx((low, high))
    assert estimate.low < estimate.value < estimate.high


@pytest.mark.theory
def test_interval_holds_the_truth_as_often_as_it_says() -> None:
    """600 experiments with a true ratio of 2; the count would leave these bounds once in a million."""
    rng = np.random.default_rng(20270101)
    held = 0
    for _ in range(600):
        more = rng.normal(3, 5, 40)
        estimate = fieller_ratio(2 * more + rng.normal(0, 6, 40), more)
        held += not estimate.is_sure or estimate.low <= 2 <= estimate.high
    low, high = stats.binom.ppf([5e-7, 1 - 5e-7], 600, 0.95)
    assert low <= held <= high


@pytest.mark.unit
def test_difference_that_may_be_nothing_has_no_interval() -> None:
    estimate = fieller_ratio([1e6, 2e6, 3e6, 2e6], [1, -1, 1, 0])
    assert not estimate.is_sure
    assert math.isnan(estimate.low)
    assert math.isnan(estimate.high)
    assert estimate.value == pytest.approx(8e6)


@pytest.mark.unit
def test_missing_values_few_values_and_no_difference() -> None:
    assert fieller_ratio([1, np.nan, 3], [1, 1, np.nan])[0] == 1
    assert fieller_ratio([1, np.nan], [np.nan, 1]).n == 0
    assert math.isnan(fieller_ratio([], []).value)
    same = fieller_ratio([5, 6], [0, 0])
    assert math.isnan(same.value)
    assert not same.is_sure


@pytest.mark.unit
def test_occupancy_from_which_own_places_are_no_dearer() -> None:
    economics = Economics(place_price=4000.0)
    parts = prices_of(economics).parts
    same_price = break_even_occupancy(parts, places=6, price_a_day=4000)
    assert (same_price.verdict, same_price.at) == ("at", pytest.approx(0.85))
    assert break_even_occupancy(parts, places=12, price_a_day=4000).at < 0.85
    assert break_even_occupancy(parts, places=6, price_a_day=3000).verdict == "never"
    assert break_even_occupancy(parts, places=6, price_a_day=1000).verdict == "never"
    at = break_even_occupancy(parts, places=8, price_a_day=5000).at
    cost = parts.unit + 8 * (parts.open_place + parts.capital + at * parts.occupied_place)
    assert cost == pytest.approx(8 * at * 5000 * 365.25)


@pytest.mark.unit
def test_completion_from_which_stays_pay_for_themselves() -> None:
    verdict, estimate = break_even_completion([3e6, 5e6, 4e6], [10, 10, 10], saving=1e6, otherwise=0.4)
    assert (verdict.verdict, verdict.at) == ("at", pytest.approx(0.8))
    assert estimate.low < 0.8 < estimate.high
    assert break_even_completion([7e6] * 3, [10] * 3, saving=1e6, otherwise=0.4)[0].verdict == "never"
    assert break_even_completion([-5e6] * 3, [10] * 3, saving=1e6, otherwise=0.4)[0].verdict == "always"
    assert break_even_completion([1e6] * 3, [-1] * 3, saving=1e6, otherwise=0.4)[0].verdict == "never"
    assert break_even_completion([-1e6] * 3, [0] * 3, saving=1e6, otherwise=0.4)[0].verdict == "always"


@pytest.mark.unit
def test_age_at_which_a_course_has_paid_for_itself() -> None:
    by_hand = break_even_horizon(500_000, 1_000_000, rate=0, before_birth_years=0.375)
    assert (by_hand.verdict, by_hand.at) == ("at", pytest.approx(7))
    assert break_even_horizon(1_000_000, 1_000_000, rate=0.035, before_birth_years=0.375).at == pytest.approx(12)
    assert break_even_horizon(-1, 1_000_000, rate=0.035, before_birth_years=0.375).verdict == "always"
    assert break_even_horizon(1, 0, rate=0.035, before_birth_years=0.375).verdict == "never"
    assert break_even_horizon(9e6, 1e6, rate=0.035, before_birth_years=0.375).verdict == "never"


@pytest.mark.unit
def test_published_stay_is_not_repaid_in_the_childs_first_twelve_years() -> None:
    _, residential, untreated = cost_courses()
    age = break_even_horizon(
        residential.direct - untreated.direct,
        untreated.later - residential.later,
        rate=PUBLISHED_ECONOMICS.discount_rate,
        before_birth_years=BEFORE_BIRTH_YEARS,
    )
    assert age.at == pytest.approx(17.9, abs=0.2)
