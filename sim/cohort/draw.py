"""Draw the women of a block of replications.

Referrals are points of a Poisson process in the plane of time and rate: a candidate at height ``h`` is referred if
``h`` lies below the referral rate at her time. The plane is drawn in bands of `BAND_PER_YEAR` women a year, each
with streams of its own, so that more need reaches further up, **adds** women, and changes nothing about the others.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort.attributes import COURSE_STREAMS, derive_course
from sim.cohort.clock import DAYS_PER_YEAR, year_starts
from sim.cohort.distributions import quantile
from sim.cohort.home import home_of
from sim.cohort.kernels.draw import draw_all, draw_placed, line_up, thin
from sim.cohort.need import funnel_of
from sim.cohort.rules import rule_columns, streams_in_use
from sim.cohort.streams import REPLICATIONS_PER_BLOCK, Draws, draw_uniforms, open_state
from sim.cohort.today import with_women_of_today
from sim.cohort.women import Cohort
from sim.scenario import Gamma, Scenario

BAND_PER_YEAR = 100.0

MARK_STREAMS = ("offer", "threshold", "outcome")
"""Used as they are drawn; what the others become is kept in their place."""
WOMAN_STREAMS = ("home", *MARK_STREAMS, *COURSE_STREAMS)

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
        One uniform draw for each of `WOMAN_STREAMS`, and for each stream of a rule in use.
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
    expected = BAND_PER_YEAR * scenario.horizon_years
    n_rows = int(expected + 6 * np.sqrt(expected) + 20)
    rate = _referral_rate(scenario, need_per_year)
    while (candidates := _thin_bands(scenario, block, (n_bands, n_rows), rate, factors)) is None:
        n_rows *= 2
    first, day, places = _line_up(candidates)
    return Referred(first, day, _draw_women(scenario, block, places, len(day)))


def _year_factors(scenario: Scenario, block: int) -> Floats:
    """Factor of each year of 365.25 days begun, in each replication: gamma with mean 1."""
    n_years = math.ceil(_horizon_days(scenario) / DAYS_PER_YEAR)
    variation = scenario.demand.year_variation
    if variation == 0:
        return np.ones((n_years, REPLICATIONS_PER_BLOCK))
    uniforms = draw_uniforms("year_factor", block, seed=scenario.seed, n_rows=n_years)
    return quantile(Gamma(mean=1.0, sd=variation), uniforms)


def _horizon_days(scenario: Scenario) -> float:
    return float(year_starts(scenario.start, scenario.horizon_years)[-1])


def _highest_growth(scenario: Scenario) -> float:
    """Largest value of the trend within the horizon, where awareness is at most 1."""
    growth = 1.0 + scenario.demand.trend_per_year
    return float(max(1.0, growth ** (_horizon_days(scenario) / DAYS_PER_YEAR)))


class _Candidates(NamedTuple):
    """Candidates let in: day and row of each, by band and replication, how many, and rows until the last."""

    days: Floats
    rows: Ints
    counts: Ints
    n_rows: int


def _thin_bands(
    scenario: Scenario, block: int, shape: tuple[int, int], rate: tuple[float, ...], factors: Floats
) -> _Candidates | None:
    """Let in candidates of so many bands and rows; nothing if the rows do not reach the horizon."""
    n_bands, n_rows = shape
    days = np.empty((n_bands, REPLICATIONS_PER_BLOCK, n_rows + 1))
    rows = np.empty(days.shape, dtype=np.int64)
    counts = np.empty(days.shape[:2], dtype=np.int64)
    gaps, heights = np.empty((2, n_rows, REPLICATIONS_PER_BLOCK))
    elapsed = np.empty(REPLICATIONS_PER_BLOCK)
    needed = 0
    for band in range(n_bands):
        for name, table in (("gap", gaps), ("mark", heights)):
            draw_all(open_state(name, block, band, seed=scenario.seed), table.ravel())
        np.log1p(np.negative(gaps, out=gaps), out=gaps)
        np.negative(gaps, out=gaps)
        heights += band
        heights *= BAND_PER_YEAR
        own = thin(gaps, heights, rate, factors, elapsed, days[band], rows[band], counts[band])
        if own == n_rows:
            return None
        needed = max(needed, own)
    return _Candidates(days, rows, counts, needed)


def _line_up(candidates: _Candidates) -> tuple[Ints, Floats, Ints]:
    """First woman of each replication, day of each woman, and each candidate's place: past all women if not let in."""
    first = np.concatenate(([0], np.cumsum(candidates.counts.sum(axis=0))))
    day = np.empty(first[-1])
    n_bands, n_replications = candidates.counts.shape
    places = np.full((n_bands, candidates.n_rows, n_replications), first[-1])
    line_up(candidates.days, candidates.rows, first, np.empty(n_bands, dtype=np.int64), day, places)
    return first, day, places


def _draw_women(scenario: Scenario, block: int, places: Ints, n_women: int) -> dict[str, Floats]:
    """Draw everything else about the women referred; numbers of the other candidates fall off the end."""
    draws: dict[str, Floats] = {}
    for names in filter(None, (MARK_STREAMS, ("home", *COURSE_STREAMS), streams_in_use(scenario))):
        table = np.empty((len(names), n_women + 1))
        for band, own in enumerate(places):
            states = np.stack([open_state(name, block, band, seed=scenario.seed) for name in names])
            draw_placed(states, own.ravel(), table)
        draws |= zip(names, table[:, :n_women], strict=True)
    return draws


def _referral_rate(scenario: Scenario, need_per_year: float) -> tuple[float, ...]:
    """What `thin` must know of ``need x found x awareness(t) x trend(t) x year factor``."""
    demand = scenario.demand
    start, ramp_up_years = demand.awareness.start, demand.awareness.ramp_up_years
    if ramp_up_years == 0:
        start, ramp_up_years = 1.0, 1.0
    return (
        DAYS_PER_YEAR / BAND_PER_YEAR,
        _horizon_days(scenario),
        need_per_year * demand.found_share,
        start,
        (1.0 - start) / ramp_up_years,
        1.0 + demand.trend_per_year,
    )


def awareness(scenario: Scenario, years: Floats) -> Floats:
    """Share of the full referral rate: rises linearly from its start to 1 over the ramp-up."""
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
        **rule_columns(draws, scenario, len(referred.day)),
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
