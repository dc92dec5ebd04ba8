"""Tallies: what adds up. Counts and sums of the ledger by region or pool and year, replication by replication.

Women count in the year of their referral, places in the year they are open or occupied. Women who are there already on
the opening day were referred before the first year: they are not counted, but the places they live in are.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.engine import POOL_DAYS, Ledger
from sim.geography import REGION_MAPS, load_municipalities
from sim.measures.count_kernel import COUNTED, count_women, key_admitted, order_by_scope
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PLACE_TALLIES = (
    *POOL_DAYS,
    "closed_place_days",
    "openings",
    "closings",
    "pool_years",
    "pool_years_below_minimum",
    "admissions",
)
"""Of a pool: days, changes, years with an open place, and women admitted."""

QUANTILES = (("wait_days", (0.5, 0.9)), ("travel_minutes", (0.9,)))
"""Of which values of the women admitted, and which."""


class Tallies(NamedTuple):
    """What adds up in one design, replication by replication, and what does not.

    Attributes
    ----------
    counted_by_region : ndarray of shape (n_replications, n_regions, n_years, n_counted)
        `COUNTED` by home region and year of referral.
    counted_by_pool : ndarray of shape (n_replications, n_pools + 1, n_years, n_counted)
        The same of the women admitted, by pool; the last pool is places bought elsewhere.
    places : dict of str to ndarray of shape (n_replications, n_pools, n_years)
        `PLACE_TALLIES` by pool and year.
    quantiles : dict of (str, float) to ndarray of shape (n_scopes, n_replications)
        `QUANTILES` over the women admitted, for every scope.
    """

    counted_by_region: Floats
    counted_by_pool: Floats
    places: dict[str, Floats]
    quantiles: dict[tuple[str, float], Floats]

    @property
    def women(self) -> dict[str, Floats]:
        """What is counted of women and their steps on the way, by name, home region and year of referral."""
        counted = dict(zip(COUNTED, np.moveaxis(self.counted_by_region, -1, 0), strict=True))
        return counted | steps(counted)

    @property
    def pool_women(self) -> dict[str, Floats]:
        """What is counted of women admitted, by name, pool and year of referral."""
        counted = dict(zip(COUNTED, np.moveaxis(self.counted_by_pool, -1, 0), strict=True))
        return {name: counted[name] for name in COUNTED if name != "exposure_days"}


def tally(ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario) -> Tallies:
    """Count and sum a ledger.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and minimum volume.

    Returns
    -------
    Tallies
        By region or pool and year, replication by replication.
    """
    n_regions, n_years = len(REGION_MAPS[scenario.regions]), scenario.horizon_years
    by_region = np.zeros((cohort.n_replications, n_regions, n_years, len(COUNTED)))
    by_pool = np.zeros((cohort.n_replications, len(design.pools) + 1, n_years, len(COUNTED)))
    region_of = load_municipalities().region_index(scenario.regions)
    women = (cohort.municipality, cohort.referral_day, cohort.gestation_weeks, cohort.pregnancy_end_day)
    course = (ledger.outcome, ledger.pool, ledger.admission_day)
    horizon = design.plan.horizon_days
    count_women(cohort.first, women, course, region_of, design.minutes, horizon, by_region, by_pool)
    places = _places(ledger, design, by_pool[:, :-1, :, COUNTED.index("admitted")], scenario)
    quantiles = _quantiles(ledger, cohort, design, scenario, (by_region, by_pool))
    return Tallies(by_region, by_pool, places, quantiles)


def _quantiles(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, counted: tuple[Floats, Floats]
) -> dict[tuple[str, float], Floats]:
    """`QUANTILES` of every scope, linear between neighbours; not a number where nobody was admitted."""
    women = (cohort.municipality, cohort.referral_day)
    course = (ledger.outcome, ledger.pool, ledger.admission_day)
    region_of = load_municipalities().region_index(scenario.regions)
    years_left_out = scenario.measure_from_year - 1
    keys = {name: np.empty(cohort.n_women, dtype=np.int64) for name, _ in QUANTILES}
    first_day = years_left_out * DAYS_PER_YEAR
    n_keys = key_admitted(cohort.first, women, course, design.minutes, first_day, *keys.values())
    admitted = COUNTED.index("admitted")
    by_region, by_pool = (cube[..., admitted] for cube in counted)
    counts = sum_scopes(by_region, by_pool, years_left_out).T.astype(np.int64)
    ends = np.cumsum(counts).reshape(counts.shape)
    n_regions = by_region.shape[1]
    offsets = (1, 1 + n_regions - years_left_out, 1 + n_regions + scenario.horizon_years - years_left_out)
    ordered = np.empty(ends[-1, -1])
    quantiles: dict[tuple[str, float], Floats] = {}
    for name, shares in QUANTILES:
        ordered_keys = np.sort(keys[name][:n_keys])
        order_by_scope(ordered_keys, cohort.first, women, course, region_of, offsets, ends - counts, ordered)
        quantiles |= {(name, share): _read_quantile(ordered, ends, counts, share) for share in shares}
    return quantiles


def _read_quantile(ordered: Floats, ends: Ints, counts: Ints, share: float) -> Floats:
    """Read a quantile from values that lie sorted group by group; of shape (n_scopes, n_replications)."""
    has_any = counts > 0
    first, last = (ends - counts)[has_any], ends[has_any] - 1
    position = share * (counts[has_any] - 1)
    below = position.astype(np.int64)
    low, high = ordered[first + below], ordered[np.minimum(first + below + 1, last)]
    quantile = np.full(counts.shape, np.nan)
    quantile[has_any] = low + (position - below) * (high - low)
    return quantile.T


def steps(counted: dict[str, Floats]) -> dict[str, Floats]:
    """Women at each step of the way: referred, offered, accepted, and refused though they accepted.

    Parameters
    ----------
    counted : dict of str to ndarray
        Women by outcome, and those admitted.

    Returns
    -------
    dict of str to ndarray
        Of the same shape.
    """
    refused = counted["gave_up"] + counted["birth_before_place"] + counted["pregnancy_ended"]
    accepted = refused + counted["waiting"] + counted["admitted"]
    offered = accepted + counted["declined"]
    return {
        "referred": offered + counted["not_offered"],
        "offered": offered,
        "accepted": accepted,
        "refused": refused,
    }


def sum_scopes(by_region: Floats, by_pool: Floats, years_left_out: int) -> Floats:
    """Sum counts for every scope: everything, regions, measured years and pools.

    Parameters
    ----------
    by_region : ndarray of shape (n_replications, n_regions, n_years, ...)
        Counts by home region and year.
    by_pool : ndarray of shape (n_replications, n_pools + 1, n_years, ...)
        Counts by pool and year.
    years_left_out : int
        Years before those measured.

    Returns
    -------
    ndarray of shape (n_scopes, n_replications, ...)
        In the order of `sim.measures.scopes_of`.
    """
    measured = by_region[:, :, years_left_out:]
    regions = measured.sum(axis=2).swapaxes(0, 1)
    years = measured.sum(axis=1).swapaxes(0, 1)
    pools = by_pool[:, :, years_left_out:].sum(axis=2).swapaxes(0, 1)
    return np.concatenate([regions.sum(axis=0, keepdims=True), regions, years, pools])


def _places(ledger: Ledger, design: BuiltDesign, admissions: Floats, scenario: Scenario) -> dict[str, Floats]:
    """`PLACE_TALLIES` of each pool and year."""
    days = {name: ledger.pool_days[..., number] for number, name in enumerate(POOL_DAYS)}
    is_open = days["days_with_open_places"] > 0
    return days | {
        "closed_place_days": _closed(days["open_place_days"], design),
        "openings": ledger.openings.astype(np.float64),
        "closings": ledger.closings.astype(np.float64),
        "pool_years": is_open.astype(np.float64),
        "pool_years_below_minimum": (is_open & (admissions < scenario.measures.minimum_volume)).astype(np.float64),
        "admissions": admissions,
    }


def _closed(open_place_days: Floats, design: BuiltDesign) -> Floats:
    """Days of places that could open again: most places less open ones, from the day women are asked [days]."""
    plan = design.plan
    year_ends = (np.arange(plan.n_years) + 1) * plan.horizon_days / plan.n_years
    days_since = np.clip(year_ends - plan.asked_from_day[:, None], 0.0, plan.horizon_days / plan.n_years)
    most = np.where(plan.is_flexible, plan.max_places, 0)[:, None]
    return np.maximum(most * days_since - open_place_days, 0.0) * plan.is_flexible[:, None]
