"""What is drawn about each woman: worked by hand, its laws, and its shares and distributions."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, PLAIN, changed, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.cohort import ALONE, WITH_CHILDREN, WITH_PARTNER, Cohort, draw_cohort
from sim.cohort.attributes import COURSE_STREAMS, derive_course
from sim.cohort.clock import TICKS_PER_DAY, anniversary, on_grid, year_index, year_starts

TICK = 1 / TICKS_PER_DAY
BY_HAND = changed(
    {
        "demand.gestation_at_referral_weeks": {"uniform": {"low": 10, "high": 30}},
        "demand.birth_week": {"uniform": {"low": 36, "high": 40}},
        "demand.loss_probability": 0.2,
        "demand.household": {"alone": 0.5, "partner": 0.3, "children": 0.2},
        "waiting.patience_days": {"uniform": {"low": 0, "high": 100}},
        "waiting.past_birth_share": 0.6,
        "stay.days": {"uniform": {"low": 100, "high": 300}},
        "stay.early_leaving_days": "none",
        "stay.after_loss_days": 14,
    }
)


def draws(**given_draws: float) -> dict[str, Any]:
    return {name: np.array([given_draws.get(name, 0.5)]) for name in COURSE_STREAMS}


@pytest.mark.unit
def test_a_woman_by_hand() -> None:
    course = derive_course(
        draws(gestation=0.25, birth=0.5, loss=0.2, patience=0.125, stay=0.75, household=0.5), BY_HAND
    )
    assert course.gestation_weeks[0] == 15
    assert course.pregnancy_days[0] == (38 - 15) * 7
    assert not course.is_lost[0]  # 0.2 is not below 0.2
    assert course.household[0] == WITH_PARTNER  # 0.5 is no longer alone
    assert course.patience_days[0] == 12.5
    assert course.waits_past_birth[0]
    assert course.stay_days[0] == 250
    assert course.early_leaving_days[0] == np.inf


@pytest.mark.unit
def test_a_lost_pregnancy_by_hand() -> None:
    course = derive_course(draws(gestation=0.25, loss=0.19, loss_time=0.5, stay=0.75, past_birth=0.6), BY_HAND)
    assert course.is_lost[0]
    assert course.pregnancy_days[0] == 0.5 * (22 - 15) * 7
    assert course.stay_days[0] == 14
    assert not course.waits_past_birth[0]


@pytest.mark.unit
def test_whoever_is_referred_from_week_22_on_loses_no_pregnancy() -> None:
    assert derive_course(draws(gestation=0.599, loss=0.0), BY_HAND).is_lost[0]
    assert not derive_course(draws(gestation=0.6, loss=0.0), BY_HAND).is_lost[0]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("draw", "household"),
    [(0.0, ALONE), (0.499, ALONE), (0.5, WITH_PARTNER), (0.799, WITH_PARTNER), (0.801, WITH_CHILDREN)],
)
def test_household_by_hand(draw: float, household: int) -> None:
    assert derive_course(draws(household=draw), BY_HAND).household[0] == household


@pytest.mark.unit
def test_the_grid() -> None:
    assert on_grid([1.0, 0.1, np.inf]).tolist() == [1.0, round(0.1 * 2**20) / 2**20, np.inf]


@pytest.mark.unit
def test_the_years_of_results_are_calendar_years() -> None:
    starts = year_starts(dt.date(2027, 1, 1), 10)
    assert starts.tolist() == [(dt.date(2027 + year, 1, 1) - dt.date(2027, 1, 1)).days for year in range(11)]
    assert starts[-1] == 3653  # 2028, 2032 and 2036 have a day more
    assert year_index(np.array([0, 364.99, 365, 730.99, 731, 3653]), starts).tolist() == [0, 0, 1, 1, 2, 10]


@pytest.mark.unit
def test_a_year_from_29_february_ends_on_1_march() -> None:
    start = dt.date(2028, 2, 29)
    ends = [start + dt.timedelta(days=days) for days in year_starts(start, 5)]
    assert ends[1:] == [dt.date(2029 + year, 3, 1) if year != 3 else dt.date(2032, 2, 29) for year in range(5)]
    assert anniversary(start, -1) == dt.date(2027, 3, 1)
    assert anniversary(dt.date(2026, 7, 1), -3) == dt.date(2023, 7, 1)


# -- laws over scenarios --

WEEKS = st.floats(8, 34)
DISTRIBUTIONS_OF_DAYS = st.sampled_from(
    [
        "none",
        {"constant": {"value": 0}},
        {"exponential": {"mean": 66}},
        {"weibull": {"shape": 0.46, "scale": 1580}},
        {"lognormal": {"mean": 100, "sd": 300}},
        {"empirical": {"values": [1.1, 2.2, 3.3]}},
    ]
)
SCENARIOS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**40),
        "horizon_years": st.just(1),
        "demand.need_per_year": st.sampled_from([0, 1, 40, 150]),
        "demand.gestation_at_referral_weeks": WEEKS.map(lambda low: {"uniform": {"low": low, "high": low + 6}}),
        "demand.birth_week": st.sampled_from(
            [
                {"normal": {"mean": 38.5, "sd": 2, "low": 26, "high": 42}},
                {"triangular": {"low": 24, "mode": 30, "high": 43}},
                {"constant": {"value": 41}},
                {"empirical": {"values": [24, 30, 41]}},
            ]
        ),
        "demand.loss_probability": st.floats(0, 1),
        "waiting.patience_days": DISTRIBUTIONS_OF_DAYS,
        "stay.days": DISTRIBUTIONS_OF_DAYS,
        "stay.early_leaving_days": DISTRIBUTIONS_OF_DAYS,
    }
)


def weeks_at_end(women: Cohort) -> Any:
    return women.gestation_weeks + (women.pregnancy_end_day - women.referral_day) / 7


@pytest.mark.law
@settings(max_examples=60, deadline=None, derandomize=True)
@given(SCENARIOS)
def test_pregnancies_end_after_referral_and_losses_before_week_22(changes: dict[str, Any]) -> None:
    women = drawn(changes)
    assert (women.pregnancy_end_day > women.referral_day).all()
    assert (women.gestation_weeks[women.is_lost] < 22).all()
    assert (weeks_at_end(women)[women.is_lost] <= 22 + TICK).all()
    born = weeks_at_end(women)[~women.is_lost]
    assert (born >= 24 - TICK).all()
    assert (born <= 43 + TICK).all()


@pytest.mark.law
@settings(max_examples=40, deadline=None, derandomize=True)
@given(SCENARIOS)
def test_times_are_whole_ticks(changes: dict[str, Any]) -> None:
    women = drawn(changes)
    for name in ("referral_day", "pregnancy_end_day", "patience_days", "stay_days", "early_leaving_days"):
        days = getattr(women, name)
        ticks = days[np.isfinite(days)] * TICKS_PER_DAY
        np.testing.assert_array_equal(ticks, np.rint(ticks), err_msg=name)
        assert (days >= 0).all(), name


# -- shares and distributions --

WOMEN = draw_cohort(changed({"horizon_years": 10}), 0)
DEMAND = PLAIN.demand


def is_share(count: int, of: int, share: float) -> bool:
    """Whether a count agrees with a share; a false alarm comes once in a million."""
    return bool(stats.binomtest(int(count), int(of), share).pvalue > FALSE_ALARM)


@pytest.mark.theory
def test_shares_are_those_of_the_scenario() -> None:
    n = WOMEN.n_women
    assert n > 30_000
    assert is_share((WOMEN.household == ALONE).sum(), n, DEMAND.household.alone)
    assert is_share((WOMEN.household == WITH_PARTNER).sum(), n, DEMAND.household.partner)
    assert is_share((WOMEN.household == WITH_CHILDREN).sum(), n, DEMAND.household.children)
    assert is_share(WOMEN.waits_past_birth.sum(), n, PLAIN.waiting.past_birth_share)
    early = WOMEN.gestation_weeks < 22
    assert is_share(WOMEN.is_lost.sum(), early.sum(), DEMAND.loss_probability)
    assert not WOMEN.is_lost[~early].any()


def truncated(mean: float, sd: float, low: float, high: float) -> Any:
    return stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)


@pytest.mark.theory
@pytest.mark.parametrize(
    ("values", "distribution"),
    [
        (WOMEN.gestation_weeks, truncated(22, 7, 8, 38)),
        (WOMEN.patience_days, stats.expon(scale=66)),
        (WOMEN.stay_days[~WOMEN.is_lost], stats.uniform(183, 182)),
        (WOMEN.early_leaving_days, stats.weibull_min(0.46, scale=1580)),
        (WOMEN.offer_mark, stats.uniform()),
        (WOMEN.threshold, stats.uniform()),
        (WOMEN.outcome_mark, stats.uniform()),
    ],
    ids=["gestation", "patience", "stay", "early leaving", "offer", "threshold", "outcome"],
)
def test_attributes_follow_the_distributions_of_the_scenario(values: Any, distribution: Any) -> None:
    """Kolmogorov-Smirnov over about 35,000 women; false alarm in one of a million."""
    assert stats.kstest(values, distribution.cdf).pvalue > FALSE_ALARM


@pytest.mark.theory
def test_births_follow_the_distribution_given_that_she_is_still_pregnant() -> None:
    """Her week of birth as its probability above her week of referral; two false alarms in a million."""
    birth = truncated(38.5, 2, 26, 42)
    born = ~WOMEN.is_lost
    below = birth.cdf(WOMEN.gestation_weeks[born])
    within = (birth.cdf(weeks_at_end(WOMEN)[born]) - below) / (1 - below)
    assert stats.kstest(within, "uniform").pvalue > FALSE_ALARM
    late = WOMEN.gestation_weeks[born] > 35
    assert late.sum() > 500
    assert stats.kstest(within[late], "uniform").pvalue > FALSE_ALARM


@pytest.mark.theory
def test_losses_fall_evenly_between_referral_and_week_22() -> None:
    """Kolmogorov-Smirnov over some 2,500 losses; false alarm in one of a million."""
    lost = WOMEN.is_lost
    gestation = WOMEN.gestation_weeks[lost]
    passed = (weeks_at_end(WOMEN)[lost] - gestation) / (22 - gestation)
    assert stats.kstest(passed, "uniform").pvalue > FALSE_ALARM
