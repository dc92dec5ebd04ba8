"""Estimates against posteriors worked out by hand, and data alone against libraries that know them."""

from collections.abc import Callable

import numpy as np
import pytest
from invented_files import a_scenario
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from calibration.from_rows.estimates.acceptance import Offers, acceptance_estimates
from calibration.from_rows.estimates.estimate import EXACT, PRIOR_ONLY, SAMPLED, Chance
from calibration.from_rows.estimates.observed import Pregnancies, Times
from calibration.from_rows.estimates.pregnancy import birth_week_estimates, gestation_estimates, loss_estimate
from calibration.from_rows.estimates.referral_rate import Arrivals, awareness_at, rate_estimates, rate_log_likelihood
from calibration.from_rows.estimates.shares import kinds_estimates, share_estimate, wilson
from calibration.from_rows.estimates.times import (
    completed_by,
    early_leaving_estimates,
    gone_by,
    patience_estimate,
    stay_estimates,
)
from calibration.priors.parameters import Prior, parameter_prior
from sim.cohort import acceptance_probability

CHANCE = Chance(5, 2000)
WIDE = 6.0


def spread_over(begin: float, end: float, n: int) -> Arrivals:
    return Arrivals(begin + (np.arange(n) + 0.5) * (end - begin) / n, begin, end, -np.inf)


def by_quadrature(prior: Prior, log_likelihood: Callable[[np.ndarray], np.ndarray]) -> tuple[float, float, float]:
    """Mean and ends of the middle 95 %: even quantiles of the prior, weighted by the likelihood."""
    values = prior.distribution.ppf((np.arange(200_000) + 0.5) / 200_000)
    heights = log_likelihood(values)
    weights = np.exp(heights - heights.max())
    low, high = values[np.searchsorted(np.cumsum(weights) / weights.sum(), [0.025, 0.975])]
    return float(weights @ values / weights.sum()), float(low), float(high)


@pytest.mark.theory
def test_a_share_is_the_prior_with_yes_and_no_added() -> None:
    # Even quantiles of the exact distribution: ends to two parts in a thousand.
    prior = parameter_prior("offered_share_municipal")
    found = share_estimate("demand.offered_share.municipal", "x", prior, np.array([True] * 30 + [False] * 10), CHANCE)
    exact = by_quadrature(prior, lambda p: 30 * np.log(p) + 10 * np.log1p(-p))
    assert (found.mean, found.low, found.high) == pytest.approx(exact, rel=2e-3)
    assert found.data == wilson(30, 40)
    assert (found.n_rows, found.n_least, found.method) == (40, 10, EXACT)


@pytest.mark.theory
def test_kinds_are_a_dirichlet_distribution() -> None:
    # Means of 20,000 draws: five standard errors.
    prior, counts = np.array([10.0, 5.0, 5.0]), np.array([20, 30, 10])
    kinds = np.repeat([0.0, 1.0, 2.0], counts)
    found = kinds_estimates(["a.b.x", "a.b.y", "a.b.z"], "p", prior, kinds, Chance(5, 20_000))
    exact = stats.beta(prior + counts, (prior + counts).sum() - prior - counts)
    assert [e.mean for e in found] == pytest.approx(exact.mean(), abs=5 * exact.std().max() / np.sqrt(20_000))
    assert [e.high for e in found] == pytest.approx(exact.ppf(0.975), abs=0.01)
    assert np.sum([e.draws for e in found], axis=0) == pytest.approx(1)


@pytest.mark.theory
def test_small_kinds_are_learnt_together_and_shared_out_as_before() -> None:
    # Same standard errors as above. The small kinds, 3 and 4 women, share by their priors, 5:15, what is given both.
    prior = np.array([20.0, 5.0, 15.0])
    kinds = np.repeat([0.0, 1.0, 2.0], [33, 3, 4])
    _, one, other = kinds_estimates(["a.b.x", "a.b.y", "a.b.z"], "p", prior, kinds, Chance(5, 20_000))
    assert one.mean == pytest.approx((20 + 7) / 80 * 0.25, abs=0.002)
    assert other.mean == pytest.approx((20 + 7) / 80 * 0.75, abs=0.003)
    assert one.data is None
    assert other.data is None


@pytest.mark.theory
def test_patience_is_the_prior_with_days_waited_and_women_who_gave_up_added() -> None:
    waited = Times(np.array([10.0, 20, 30, 40, 0, 50]), np.array([True, True, False, True, False, False]))
    (found,) = patience_estimate(waited, CHANCE)
    exact = by_quadrature(parameter_prior("patience_mean"), lambda days: -3 * np.log(days) - 150 / days)
    assert (found.mean, found.low, found.high) == pytest.approx(exact, rel=5e-3)
    assert found.data is not None
    assert found.data[0] == 50
    assert (found.n_rows, found.n_least) == (5, 2)  # who did not wait at all says nothing


@pytest.mark.unit
def test_the_prior_stands_with_fewer_than_five_women() -> None:
    (waited,) = patience_estimate(Times(np.array([1.0, 2, 3, 4]), np.ones(4, dtype=bool)), CHANCE)
    assert waited.method == PRIOR_ONLY
    assert waited.data is None
    assert (waited.mean, waited.low) == pytest.approx(waited.prior[:2], rel=0.05)
    mean, _ = stay_estimates(Times(np.full(4, 50.0), np.ones(4, dtype=bool)), CHANCE, is_from_birth=True)
    assert mean.method == PRIOR_ONLY
    assert (mean.low, mean.high) == pytest.approx(mean.prior[1:], rel=0.05)
    assert mean.learnt_share == pytest.approx(0, abs=0.05)


@pytest.mark.theory
def test_the_likelihood_of_referrals_is_negative_binomial_by_year() -> None:
    # Up to a number that does not depend on the parameters; without variation it is Poisson.
    counts = np.array([20, 35, 50])
    time = np.concatenate([year + (np.arange(n) + 0.5) / n for year, n in enumerate(counts)])
    evaluate = rate_log_likelihood(Arrivals(time, 0.0, 3.0, -np.inf), a_scenario())
    needs = np.array([20.0, 30, 45])
    for variation, distribution in (
        (0.3, lambda need: stats.nbinom(1 / 0.09, 1 / (1 + 0.09 * need))),
        (0.0, stats.poisson),
    ):
        ours = evaluate(np.column_stack([needs, np.zeros(3), np.full(3, variation)]))
        exact = np.array([distribution(need).logpmf(counts).sum() for need in needs])
        assert np.diff(ours) == pytest.approx(np.diff(exact), rel=1e-3)


@pytest.mark.theory
def test_need_after_the_data_is_that_of_poisson_counts_where_years_are_known_to_be_alike() -> None:
    # 600 referrals in 6 even years about the opening day, wider by what is not known of growth and variation; the mean
    # within 3 %.
    need, trend, variation = rate_estimates(spread_over(-3.0, 3.0, 600), a_scenario(), CHANCE)
    mean, low, high = by_quadrature(parameter_prior("need_per_year"), lambda need: 600 * np.log(need) - 6 * need)
    assert need.mean == pytest.approx(mean, rel=0.03)
    assert need.high - need.low > 0.95 * (high - low)
    assert abs(trend.mean) < 0.01
    assert variation.high < 0.2


@pytest.mark.theory
def test_need_and_growth_alone_are_poisson_regression() -> None:
    time = np.log1p((np.arange(200) + 0.5) / 200 * np.expm1(0.8)) / 0.2  # rising by exp(0.2) a year
    seen = Arrivals(time, 0.0, 4.0, -np.inf)
    need, trend, variation = rate_estimates(seen, a_scenario(), CHANCE)
    months = np.histogram(time, bins=np.linspace(0, 4, 49))[0]
    middle = (np.arange(48) + 0.5) / 12
    regressors, offset = np.column_stack([np.ones(48), middle]), np.full(48, -np.log(12))
    fitted = GLM(months, regressors, family=Poisson(), offset=offset).fit()
    assert need.data is not None
    assert trend.data is not None
    assert variation.data is not None
    assert variation.data[0] == 0  # growth is not taken for variation
    assert need.data[0] == pytest.approx(np.exp(fitted.params[0]), rel=0.02)
    assert trend.data[0] == pytest.approx(np.exp(fitted.params[1]) - 1, abs=0.02)
    assert trend.low < trend.mean < trend.data[0]  # the prior pulls growth toward none


@pytest.mark.theory
def test_years_that_differ_more_than_chance_are_told_from_those_that_do_not() -> None:
    calm = np.concatenate([year + (np.arange(60) + 0.5) / 60 for year in range(6)])
    wild = np.concatenate([year + (np.arange(n) + 0.5) / n for year, n in enumerate((20, 110, 30, 100, 25, 75))])
    # By hand: (8050 / 60 / 4 - 1) / 60 is the square of 0.74, a little less for growth.
    found = [rate_estimates(Arrivals(t, 0.0, 6.0, -np.inf), a_scenario(), CHANCE)[2] for t in (calm, wild)]
    assert found[0].high < found[1].low
    assert [e.data[0] for e in found if e.data is not None] == pytest.approx([0.0, 0.74], abs=0.02)


@pytest.mark.unit
def test_an_offer_that_becomes_known_explains_rising_referrals() -> None:
    scenario = a_scenario(demand={"awareness": {"start": 0.4, "ramp_up_years": 2}})
    rate = np.linspace(0.4, 1, 200)
    time = np.sort(np.interp((np.arange(60) + 0.5) / 60, np.cumsum(rate) / rate.sum(), np.linspace(0, 2, 200)))
    opened = Arrivals(time, 0.0, 2.0, 0.0)
    assert awareness_at(np.array([0.0, 1, 2, 5]), opened, scenario).tolist() == [0.4, 0.7, 1, 1]
    known, unknown = (rate_estimates(opened._replace(opened=day), scenario, CHANCE) for day in (0.0, -np.inf))
    assert known[0].mean > unknown[0].mean
    assert known[1].data is not None
    assert unknown[1].data is not None
    assert known[1].data[0] < 0.1 < unknown[1].data[0]


@pytest.mark.unit
def test_need_is_more_than_the_referrals_where_some_are_not_found() -> None:
    seen = spread_over(0.0, 3.0, 90)
    all_found, half_found = (
        rate_estimates(seen, a_scenario(demand={"found_share": share}), CHANCE, width=3)[0].mean for share in (1.0, 0.5)
    )
    assert half_found == pytest.approx(2 * all_found, rel=0.1)


@pytest.mark.theory
def test_acceptance_alone_is_the_shares_where_they_say_it_all() -> None:
    # Three groups, three numbers: the likeliest values meet the three shares exactly.
    groups = ((10.0, False, 60, 100), (10.0, True, 75, 100), (90.0, False, 40, 100))
    minutes = np.concatenate([np.full(n, m) for m, _, _, n in groups])
    family = np.concatenate([np.full(n, f) for _, f, _, n in groups])
    yes = np.concatenate([np.arange(n) < k for _, _, k, n in groups])
    base, decay, ratio = acceptance_estimates(Offers(minutes, family, yes), a_scenario(), CHANCE)
    assert base.data is not None
    assert decay.data is not None
    assert ratio.data is not None
    assert base.data[0] == pytest.approx(0.6, abs=1e-3)
    assert decay.data[0] == pytest.approx(np.log(0.6 / 0.4), abs=2e-3)
    assert ratio.data[0] == pytest.approx(3 / 1.5, abs=1e-2)
    assert base.method == SAMPLED


@pytest.mark.unit
def test_acceptance_is_the_models_own_formula() -> None:
    truth = a_scenario(acceptance={"base": 0.7, "decay_per_hour": 0.5, "family_odds_ratio": 2.0}).acceptance
    minutes = np.tile([0.0, 60, 120, 180], 2000)
    family = np.repeat([True, False], 4000)
    chance = np.where(family, *(acceptance_probability(truth, minutes, is_family=f) for f in (True, False)))
    yes = np.random.default_rng(1).random(8000) < chance
    for estimate, true in zip(
        acceptance_estimates(Offers(minutes, family, yes), a_scenario(), CHANCE), (0.7, 0.5, 2.0), strict=True
    ):
        assert estimate.mean == pytest.approx(true, rel=0.1)


@pytest.mark.theory
def test_the_week_at_referral_alone_is_the_cut_normals_likeliest() -> None:
    week = stats.truncnorm((8 - 20) / 6, (38 - 20) / 6, 20, 6).ppf((np.arange(400) + 0.5) / 400)
    mean, sd = gestation_estimates(week, a_scenario(), CHANCE, width=WIDE)
    assert mean.data is not None
    assert sd.data is not None
    assert (mean.data[0], sd.data[0]) == pytest.approx((20, 6), abs=0.1)
    assert (mean.mean, sd.mean) == pytest.approx((20, 6), abs=0.3)


@pytest.mark.unit
def test_weeks_outside_the_cuts_are_left_out() -> None:
    mean, _ = gestation_estimates(np.array([*np.linspace(12, 30, 20), 3.0, 41.0, np.nan]), a_scenario(), CHANCE)
    assert mean.n_rows == 20


@pytest.mark.theory
def test_births_count_given_that_she_was_pregnant_and_pregnancies_that_go_on_count_too() -> None:
    # Referred late, in week 38: births are those above 38 alone. Taken as they are they would seem late.
    distribution = stats.truncnorm((26 - 38) / 2, (42 - 38) / 2, 38, 2)
    late = distribution.ppf(distribution.cdf(38) + (np.arange(300) + 0.5) / 300 * distribution.sf(38))
    early = distribution.ppf((np.arange(300) + 0.5) / 300)
    births = Pregnancies(
        np.concatenate([np.full(300, 38.0), np.full(300, 20.0)]),
        np.concatenate([late, early]),
        np.ones(600, dtype=bool),
    )
    mean, sd = birth_week_estimates(births, a_scenario(), CHANCE, width=WIDE)
    assert (mean.mean, sd.mean) == pytest.approx((38, 2), abs=0.15)
    seen_until = np.minimum(births.last_week, 38.5)
    cut_off = Pregnancies(births.week, seen_until, births.last_week <= 38.5)
    mean, _ = birth_week_estimates(cut_off, a_scenario(), CHANCE, width=WIDE)
    assert mean.mean == pytest.approx(38, abs=0.4)


@pytest.mark.theory
def test_a_pregnancy_without_an_end_that_must_have_ended_says_nothing() -> None:
    rng = np.random.default_rng(11)
    births = Pregnancies(np.full(60, 20.0), np.clip(rng.normal(38.5, 2, 60), 26, 42), np.ones(60, dtype=bool))
    no_end = Pregnancies(np.full(40, 20.0), np.full(40, 90.0), np.zeros(40, dtype=bool))
    both = Pregnancies(*map(np.concatenate, zip(births, no_end, strict=True)))
    found, expected = (birth_week_estimates(rows, a_scenario(), CHANCE, width=WIDE) for rows in (both, births))
    assert [(one.n_rows, one.mean) for one in found] == [(one.n_rows, one.mean) for one in expected]


@pytest.mark.theory
def test_a_loss_counts_by_how_far_pregnancies_were_followed() -> None:
    # 20 followed to the end with 4 losses: p^4 (1-p)^16. 200 more seen for no time at all change nothing.
    week = np.full(220, 12.0)
    last = np.concatenate([np.full(4, 17.0), np.full(16, 39.0), np.full(200, 12.0)])
    (found,) = loss_estimate(Pregnancies(week, last, np.arange(220) < 20), CHANCE)
    prior = parameter_prior("loss_probability")
    exact = by_quadrature(prior, lambda p: 4 * np.log(p) + 16 * np.log1p(-p))
    assert found.n_rows == 20
    assert (found.mean, found.low, found.high) == pytest.approx(exact, rel=5e-3)
    half_way = Pregnancies(np.full(40, 12.0), np.full(40, 17.0), np.zeros(40, dtype=bool))
    (followed_half,) = loss_estimate(half_way, CHANCE)
    assert followed_half.mean == pytest.approx(by_quadrature(prior, lambda p: 40 * np.log1p(-p / 2))[0], rel=5e-3)


@pytest.mark.theory
def test_stays_alone_are_scipys_likeliest_of_censored_data() -> None:
    rng = np.random.default_rng(4)
    planned, cut_off = rng.gamma(16, 14, 300), 400 * rng.random(300)
    is_seen = planned <= cut_off
    mean, sd = stay_estimates(Times(np.minimum(planned, cut_off), is_seen), CHANCE, is_from_birth=True, width=WIDE)
    shape, _, scale = stats.gamma.fit(stats.CensoredData(uncensored=planned[is_seen], right=cut_off[~is_seen]), floc=0)
    assert mean.data is not None
    assert sd.data is not None
    assert mean.data[0] == pytest.approx(shape * scale, rel=0.01)
    assert sd.data[0] == pytest.approx(np.sqrt(shape) * scale, rel=0.02)


@pytest.mark.theory
def test_early_leaving_alone_is_scipys_likeliest_of_censored_data() -> None:
    rng = np.random.default_rng(4)
    days, cut_off = np.floor(700 * rng.weibull(0.5, 300)), np.floor(600 * rng.random(300))
    is_seen = days <= cut_off
    found = early_leaving_estimates(Times(np.minimum(days, cut_off), is_seen), CHANCE)
    seen = days[is_seen]
    within = np.column_stack([np.maximum(seen - 0.5, 0), seen + 0.5])
    shape, _, scale = stats.weibull_min.fit(stats.CensoredData(interval=within, right=cut_off[~is_seen]), floc=0)
    assert [e.data[0] for e in found if e.data is not None] == pytest.approx([shape, scale], rel=0.02)


@pytest.mark.unit
def test_curves_are_the_distributions_of_the_words() -> None:
    days = np.array([0.0, 30, 365])
    assert gone_by(days, 0.46, 1580) == pytest.approx(stats.weibull_min(0.46, scale=1580).cdf(days))
    assert completed_by(days, 200, 50) == pytest.approx(stats.gamma(16, scale=12.5).cdf(days))


@pytest.mark.unit
def test_one_part_does_not_move_the_draws_of_another() -> None:
    alone = share_estimate("a", "x", parameter_prior("past_birth_share"), np.ones(9, dtype=bool), CHANCE)
    Chance(5, 2000).stream("b").random(1000)
    again = share_estimate("a", "x", parameter_prior("past_birth_share"), np.ones(9, dtype=bool), CHANCE)
    assert np.array_equal(alone.draws, again.draws)
    assert not np.array_equal(CHANCE.stream("a").random(9), CHANCE.stream("b").random(9))
