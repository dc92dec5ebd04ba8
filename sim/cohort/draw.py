"""Draw the women of a block of replications.

Referrals are points of a Poisson process in the plane of time and rate: a candidate at height ``h`` is referred if
``h`` lies below the referral rate at her time. The plane is drawn in bands of `BAND_PER_YEAR` women a year, each
with streams of its own, so that more need reaches further up, **adds** women, and changes nothing about the others.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort.attributes import COURSE_STREAMS, derive_course
from sim.cohort.clock import DAYS_PER_YEAR, horizon_days, on_grid, year_index
from sim.cohort.distributions import quantile
from sim.cohort.home import home_of
from sim.cohort.need import funnel_of
from sim.cohort.streams import REPLICATIONS_PER_BLOCK, Draws, draw_uniforms
from sim.cohort.today import with_women_of_today
from sim.cohort.women import Cohort
from sim.scenario import Gamma, Scenario

BAND_PER_YEAR = 100.0

WOMAN_STREAMS = ("home", "offer", "threshold", "outcome", *COURSE_STREAMS)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Referred(NamedTuple):
    """Women referred, with the uniform draws of everything else about them.

    Attributes
    ----------
    first : ndarray of int of shape (n_replications + 1,)
        Number of the first woman of each replication.
    day : ndarray of float of shape (n_women,)
        Her referral [days].
    draws : dict of str to ndarray of float of shape (n_women,)
        One uniform draw for each of `WOMAN_STREAMS`.
    """

    first: Ints
    day: Floats
    draws: dict[str, Floats]


def draw_cohort(scenario: Scenario, block: int) -> Cohort:
    """Draw all women of a block of replications.

    Parameters
    ----------
    scenario : Scenario
        Its demand, waiting and stay.
    block : int
        Number of the block; block 0 holds replications 0 to `REPLICATIONS_PER_BLOCK` - 1.

    Returns
    -------
    Cohort
        Of `REPLICATIONS_PER_BLOCK` replications; first those who are there on the opening day.
    """
    return with_women_of_today(describe_women(scenario, draw_referred(scenario, block)), scenario, block)


def draw_referred(scenario: Scenario, block: int) -> Referred:
    """Draw who is referred, and when.

    Parameters
    ----------
    scenario : Scenario
        Its need, and how it develops.
    block : int
        Number of the block.

    Returns
    -------
    Referred
        Of `REPLICATIONS_PER_BLOCK` replications.
    """
    need_per_year = funnel_of(scenario).need_per_year
    factors = _year_factors(scenario, block)
    highest = need_per_year * scenario.demand.found_share * _highest_growth(scenario) * factors.max()
    n_bands = max(1, int(np.ceil(highest / BAND_PER_YEAR)))
    bands = [_draw_band(scenario, block, band, need_per_year, factors) for band in range(n_bands)]
    replication, draws = bands[0]
    if n_bands > 1:
        replication = np.concatenate([band[0] for band in bands])
        draws = {name: np.concatenate([band[1][name] for band in bands]) for name in draws}
        order = np.lexsort((draws["day"], replication))
        draws = {name: values[order] for name, values in draws.items()}
    counts = np.bincount(replication, minlength=REPLICATIONS_PER_BLOCK)
    return Referred(np.concatenate(([0], np.cumsum(counts))), draws.pop("day"), draws)


def _year_factors(scenario: Scenario, block: int) -> Floats:
    """Factor of each year and replication: gamma with mean 1; of shape (n_years, replications)."""
    n_years = scenario.horizon_years
    variation = scenario.demand.year_variation
    if variation == 0:
        return np.ones((n_years, REPLICATIONS_PER_BLOCK))
    uniforms = draw_uniforms("year_factor", block, seed=scenario.seed, n_rows=n_years)
    return quantile(Gamma(mean=1.0, sd=variation), uniforms)


def _highest_growth(scenario: Scenario) -> float:
    """Largest value of the trend within the horizon, where awareness is at most 1."""
    growth = 1.0 + scenario.demand.trend_per_year
    return float(max(1.0, growth**scenario.horizon_years))


def _draw_band(
    scenario: Scenario, block: int, band: int, need_per_year: float, factors: Floats
) -> tuple[Ints, dict[str, Floats]]:
    """Replication, day and draws of the women referred in one band of the plane, replication by replication."""
    days = _candidate_days(scenario, block, band)
    n_rows = len(days)
    marks = draw_uniforms("mark", block, band, seed=scenario.seed, n_rows=n_rows)
    heights = BAND_PER_YEAR * (band + marks)
    is_within = days < horizon_days(scenario.horizon_years)
    rates = _referral_rate(scenario, need_per_year, np.where(is_within, days, 0.0), factors)
    is_referred = is_within & (heights < rates)
    replication, row = np.divmod(np.flatnonzero(is_referred.T), n_rows)
    place = row * REPLICATIONS_PER_BLOCK + replication
    draws = {
        name: draw_uniforms(name, block, band, seed=scenario.seed, n_rows=n_rows).take(place) for name in WOMAN_STREAMS
    }
    return replication, {"day": days.take(place), **draws}


def _candidate_days(scenario: Scenario, block: int, band: int) -> Draws:
    """Days of candidates, one column a replication, until every replication has passed the horizon."""
    horizon = horizon_days(scenario.horizon_years)
    expected = BAND_PER_YEAR * scenario.horizon_years
    n_rows = int(expected + 6 * np.sqrt(expected) + 20)
    while True:
        gaps = -np.log1p(-draw_uniforms("gap", block, band, seed=scenario.seed, n_rows=n_rows))
        days = on_grid(np.cumsum(gaps, axis=0) * (DAYS_PER_YEAR / BAND_PER_YEAR))
        if days[-1].min() >= horizon:
            n_needed = int((days < horizon).sum(axis=0).max())
            return days[: max(n_needed, 1)]
        n_rows *= 2


def _referral_rate(scenario: Scenario, need_per_year: float, days: Floats, factors: Floats) -> Floats:
    """Expected referrals at each candidate's time [women a year], of the shape of `days`.

    ``need x found x awareness(t) x trend(t) x year factor``.
    """
    demand = scenario.demand
    years = days / DAYS_PER_YEAR
    rates = need_per_year * demand.found_share * awareness(scenario, years)
    if demand.trend_per_year != 0:
        rates *= (1.0 + demand.trend_per_year) ** years
    if demand.year_variation != 0:
        rates *= np.take_along_axis(factors, year_index(days), axis=0)
    return rates


def awareness(scenario: Scenario, years: Floats) -> Floats:
    """Share of the full referral rate: rises linearly from its start to 1 over the ramp-up.

    Parameters
    ----------
    scenario : Scenario
        Its demand.
    years : ndarray of float
        Time since the opening day [years].

    Returns
    -------
    ndarray of float
        From ``awareness.start`` to 1, of the shape of `years`.
    """
    start, ramp_up_years = scenario.demand.awareness.start, scenario.demand.awareness.ramp_up_years
    if ramp_up_years == 0:
        return np.ones_like(years)
    return np.minimum(start + (1.0 - start) / ramp_up_years * years, 1.0)


def describe_women(scenario: Scenario, referred: Referred) -> Cohort:
    """Push the draws of women referred through the scenario's distributions.

    Parameters
    ----------
    scenario : Scenario
        Its distributions and shares.
    referred : Referred
        Who is referred.

    Returns
    -------
    Cohort
        Of the same women.
    """
    draws = referred.draws
    course = derive_course(draws, scenario)
    return Cohort(
        first=referred.first,
        referral_day=referred.day,
        municipality=home_of(draws["home"], scenario),
        gestation_weeks=course.gestation_weeks,
        pregnancy_end_day=referred.day + course.pregnancy_days,
        is_lost=course.is_lost,
        offer_mark=draws["offer"],
        threshold=draws["threshold"],
        household=course.household,
        patience_days=course.patience_days,
        waits_past_birth=course.waits_past_birth,
        stay_days=course.stay_days,
        early_leaving_days=course.early_leaving_days,
        outcome_mark=draws["outcome"],
    )


def draw_order_marks(pool_id: str, block: int, *, seed: int, n_orders: int) -> Draws:
    """Draw, for one pool, the marks that say which orders of a place fail.

    Parameters
    ----------
    pool_id : str
        The pool; its marks are the same in every design that has a pool of that name.
    block : int
        Number of the block of replications.
    seed : int
        The scenario's seed.
    n_orders : int
        The most orders a replication can come to.

    Returns
    -------
    ndarray of shape (n_orders, REPLICATIONS_PER_BLOCK)
        The j-th order fails if its mark is below the pool's failure probability.
    """
    return draw_uniforms(f"order {pool_id}", block, seed=seed, n_rows=n_orders)
