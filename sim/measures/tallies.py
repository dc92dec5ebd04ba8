"""Tallies: what adds up. Counts and sums of the ledger by region or pool and year, replication by replication.

Women count in the year of their referral, places in the year they are open or occupied. Women who are there already on
the opening day were referred before the first year: they are not counted, but the places they live in are.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort
from sim.design import BuiltDesign
from sim.engine import Ledger
from sim.geography import REGION_MAPS, load_municipalities
from sim.measures.count_kernel import (
    COUNTED,
    PLACE_TALLIES,
    WAY_TALLIES,
    count_courses,
    count_outcomes,
    count_places,
    read_quantiles,
)
from sim.measures.living_kernel import STEP_DAYS, count_living
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

QUANTILES = (("wait_days", (0.5, 0.9)), ("travel_minutes", (0.9,)), ("stay_days", (0.5,)))
"""Of which values of the women admitted, and which."""

LIVING_IN = ("women_living_in", 0.95)
"""The quantile over time."""


class Tallies(NamedTuple):
    """What adds up in one design, replication by replication, and what does not.

    Attributes
    ----------
    counted_by_region : ndarray of shape (n_replications, n_regions, n_years, n_counted)
        `COUNTED` by home region and year of referral.
    counted_by_pool : ndarray of shape (n_replications, n_pools + 1, n_years, n_counted)
        The same of the women admitted, by pool; the last pool is places bought elsewhere.
    counted_of_places : ndarray of shape (n_replications, n_pools, n_years, n_place_tallies)
        `PLACE_TALLIES` by pool and year.
    quantiles : dict of (str, float) to ndarray of shape (n_scopes, n_replications)
        `QUANTILES` over the women admitted, of stays over those that are over, and `LIVING_IN` over the time measured,
        for every scope.
    """

    counted_by_region: Floats
    counted_by_pool: Floats
    counted_of_places: Floats
    quantiles: dict[tuple[str, float], Floats]

    @property
    def women(self) -> dict[str, Floats]:
        """What is counted of women and their steps on the way, by name, home region and year of referral."""
        counted = by_name(COUNTED, self.counted_by_region)
        return counted | steps(counted)

    @property
    def pool_women(self) -> dict[str, Floats]:
        """What is counted of women admitted, by name, pool and year of referral."""
        counted = by_name(COUNTED, self.counted_by_pool)
        return {name: counted[name] for name in COUNTED if name not in WAY_TALLIES}

    @property
    def places(self) -> dict[str, Floats]:
        """What is counted of places, by name, pool and year."""
        return by_name(PLACE_TALLIES, self.counted_of_places)


def by_name(names: Sequence[str], cells: Floats) -> dict[str, Floats]:
    """Take tallies apart.

    Parameters
    ----------
    names : sequence of str
        The tallies.
    cells : ndarray of shape (..., n_tallies)
        Side by side.

    Returns
    -------
    dict of str to ndarray of shape (...)
        Views of the same numbers.
    """
    return {name: cells[..., number] for number, name in enumerate(names)}


def tally(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, *, has_quantiles: bool = True
) -> Tallies:
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
    has_quantiles : bool
        Whether quantiles are taken; they need the women sorted.

    Returns
    -------
    Tallies
        By region or pool and year, replication by replication.
    """
    n_regions, n_years = len(REGION_MAPS[scenario.regions]), scenario.horizon_years
    by_region = np.zeros((cohort.n_replications, n_regions, n_years, len(COUNTED)))
    by_pool = np.zeros((cohort.n_replications, len(design.pools) + 1, n_years, len(COUNTED)))
    region_of = load_municipalities().region_index(scenario.regions)
    asked = (cohort.municipality, cohort.referral_day, cohort.pregnancy_end_day, design.meet(cohort).visitation_days)
    women = (
        cohort.municipality,
        cohort.referral_day,
        cohort.gestation_weeks,
        cohort.pregnancy_end_day,
        cohort.household,
    )
    course = (ledger.outcome, ledger.pool, ledger.admission_day, ledger.discharge_day)
    starts = design.plan.year_starts
    days = (starts[scenario.measure_from_year - 1], starts)
    accepted = np.empty(cohort.n_women + 1, dtype=np.int64)
    n = count_outcomes(cohort.first, asked, ledger.outcome, region_of, starts, by_region, accepted)
    keys = {name: np.empty(n, dtype=np.int64) for name, _ in QUANTILES}
    n_keys, n_stays = count_courses(
        cohort.first,
        accepted[:n],
        women,
        course,
        region_of,
        design.minutes,
        days,
        by_region,
        by_pool,
        tuple(keys.values()),
    )
    places = _places(ledger, design, by_pool[:, :-1, :, COUNTED.index("admitted")], scenario)
    if not has_quantiles:
        return Tallies(by_region, by_pool, places, {})
    n_of = {"stay_days": n_stays}
    written = {name: own[: n_of.get(name, n_keys)] for name, own in keys.items()}
    quantiles = _quantiles(written, scenario, by_pool.shape)
    quantiles[LIVING_IN] = _living_in(ledger, cohort, design, scenario)
    return Tallies(by_region, by_pool, places, quantiles)


def _quantiles(keys: dict[str, Ints], scenario: Scenario, shape: tuple[int, ...]) -> dict[tuple[str, float], Floats]:
    """`QUANTILES` of every scope, linear between neighbours; not a number where nobody was admitted."""
    n_replications, n_pools, n_years = shape[:3]
    n_regions, years_left_out = len(REGION_MAPS[scenario.regions]), scenario.measure_from_year - 1
    first_pool = 1 + n_regions + n_years - years_left_out
    offsets = (1, 1 + n_regions - years_left_out, first_pool)
    counts, ranks = np.empty((2, first_pool + n_pools), dtype=np.int64)
    quantiles: dict[tuple[str, float], Floats] = {}
    for name, own in keys.items():
        own.sort()
        for share in dict(QUANTILES)[name]:
            quantiles[name, share] = np.full((len(counts), n_replications), np.nan)
            read_quantiles(own, share, offsets, counts, ranks, quantiles[name, share])
    return quantiles


def _living_in(ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario) -> Floats:
    """`LIVING_IN` of every scope; not a number where there is no unit."""
    starts = design.plan.year_starts[scenario.measure_from_year - 1 :]
    inside = is_in_region(design, scenario)
    n_regions, n_pools = inside.shape
    instants = np.arange(np.ceil(starts[0] / STEP_DAYS), np.ceil(starts[-1] / STEP_DAYS)) * STEP_DAYS
    of_year = np.bincount(np.searchsorted(starts, instants, side="right") - 1, minlength=len(starts) - 1)
    has_unit = np.concatenate(([n_pools > 0], inside.any(axis=1), np.full(len(of_year) + n_pools, n_pools > 0)))
    n_instants = np.full(len(has_unit), len(instants))
    n_instants[1 + n_regions : 1 + n_regions + len(of_year)] = of_year
    shapes = (
        (n_pools, len(instants) + 1),
        (len(has_unit),),
        (len(has_unit), int(np.diff(cohort.first).max(initial=0)) + 1),
    )
    room = tuple(np.empty(shape, dtype=np.int64) for shape in shapes)
    levels = np.full((len(has_unit) + 1, cohort.n_replications), np.nan)  # the last scope is places bought elsewhere
    course = (ledger.pool, ledger.admission_day, ledger.discharge_day)
    count_living(
        cohort.first,
        course,
        (starts, instants[0]),
        LIVING_IN[1],
        np.argwhere(inside),
        n_instants * has_unit,
        room,
        levels,
    )
    return levels


def is_in_region(design: BuiltDesign, scenario: Scenario) -> npt.NDArray[np.bool_]:
    """Which pools are at home in which region, of shape (n_regions, n_pools)."""
    regions = REGION_MAPS[scenario.regions]
    return np.array(
        [[region in (pool.home_regions or ()) for pool in design.pools] for region in regions], dtype=np.bool_
    ).reshape(len(regions), len(design.pools))


def steps(counted: Mapping[str, Floats]) -> dict[str, Floats]:
    """Women at each step of the way: referred, offered, accepted, and refused though they accepted."""
    refused = counted["gave_up"] + counted["birth_before_place"] + counted["pregnancy_ended"]
    accepted = refused + counted["waiting"] + counted["admitted"]
    offered = accepted + counted["declined"]
    return {
        "referred": offered + counted["not_offered"],
        "offered": offered,
        "accepted": accepted,
        "refused": refused,
    }


def _places(ledger: Ledger, design: BuiltDesign, admissions: Floats, scenario: Scenario) -> Floats:
    """`PLACE_TALLIES` of each pool and year, side by side."""
    plan = design.plan
    cells = np.empty((*admissions.shape, len(PLACE_TALLIES)))
    count_places(
        (ledger.pool_days, ledger.openings, ledger.closings, admissions),
        (plan.asked_from_day, plan.closes_day, plan.is_flexible, plan.max_places),
        plan.year_starts,
        scenario.measures.minimum_volume,
        cells,
    )
    return cells
