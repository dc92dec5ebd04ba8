"""Running costs: what the pools of a design cost, year by year, from the days in their ledger."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign, Plan
from sim.economics.cost_kernel import RUNNING_MONEY, cost_pools, count_missing_posts, stand_by_plan
from sim.economics.prices import PlaceParts, Prices, cuts_of
from sim.engine import Ledger
from sim.measures import PLACE_TALLIES, by_name
from sim.scenario import Pool, Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PLACES_COSTED = (
    "open_place_days",
    "occupied_place_days",
    "closed_place_days",
    "days_with_open_places",
    "openings",
)
"""What the cost of a pool follows, of what is counted of it."""


class Standing(NamedTuple):
    """What a plan says of its pools before anything is played, of shape (n_pools, n_years)."""

    pool_days: Floats  # days on which the pool is there [days]
    always_open_days: Floats  # place-days of places that never close [days]
    new_pools: Floats  # pools that open with staff of their own
    new_places: Floats  # places that open for good
    ended_pools: Floats  # pools with staff of their own that close for good
    ended_places: Floats  # places that close with them, of those that opened for good


class RunningPrices(NamedTuple):
    """What the parts of a pool's running cost are reckoned with, for the kernel."""

    unit: float  # for each year the unit is there, or with released staff has open places [DKK]
    open_place: float  # for each place-year open, occupied and built [DKK]
    occupied_place: float
    capital: float
    closed_building: float  # for each place-year closed: the building, and all that it costs [DKK]
    closed_place: float
    readiness: float  # for each year the unit is there [DKK]
    premium: float  # for each place-year open though flexible [DKK]
    left_work: float
    post: float  # for each post-year that open places have too few of [DKK]
    opening: float  # for each place that opens anew [DKK]
    staff_per_place: float  # posts for each open place
    is_built_on_top: bool  # whether capital is paid for closed places, too


def running_tallies(
    places: Floats, missing_post_days: Floats, design: BuiltDesign, scenario: Scenario, prices: Prices
) -> Floats:
    """Cost the pools of a design."""
    running, parts = scenario.economics.running, prices.parts
    is_released = np.array([_is_released(pool) for pool in design.pools], dtype=bool)
    standing = standing_of(design.plan, is_released)
    a_place = parts.open_place + parts.capital
    startup = standing.new_pools * parts.unit + standing.new_places * a_place
    closing = standing.ended_pools * parts.unit + standing.ended_places * a_place
    startup_years = standing.new_places * running.startup_months / 12.0
    closing_years = standing.ended_places * running.closing_months / 12.0
    named = by_name(PLACE_TALLIES, places)
    cells = np.empty((*places.shape[:3], len(RUNNING_MONEY)))
    cost_pools(
        (*(named[name] for name in PLACES_COSTED), missing_post_days),
        (
            standing.pool_days,
            standing.always_open_days,
            startup * running.startup_months / 12.0,
            closing * running.closing_months / 12.0,
            startup_years + closing_years,
            design.plan.is_flexible,
            is_released.astype(np.int64),
        ),
        _running_prices(scenario, parts),
        cuts_of(design.payers),
        cells,
    )
    return cells


def missing_post_days(ledger: Ledger, design: BuiltDesign, scenario: Scenario) -> Floats:
    """Count the post-days that the rota needs beyond those of open places, by replication, pool and year."""
    running, n_pools = scenario.economics.running, len(design.pools)
    cells = np.zeros((len(ledger.capacity_first) - 1, n_pools, scenario.horizon_years))
    needed = running.rota_awake * running.posts_per_awake
    if needed > 0:
        changes = (ledger.capacity_first, ledger.capacity_pool, ledger.capacity_day, ledger.capacity_places)
        since, places = np.zeros(n_pools), np.zeros(n_pools, dtype=np.int64)
        starts = design.plan.year_starts
        count_missing_posts(changes, starts, needed, running.staff_per_place, since, places, cells)
    return cells


def _running_prices(scenario: Scenario, parts: PlaceParts) -> tuple[RunningPrices, RunningPrices]:
    """Prices of pools with staff who stand by, and with released staff."""
    economics = scenario.economics
    running = economics.running
    closed_place = running.closed_place_share * parts.full_place
    closed_building = running.closed_building_part * closed_place
    premium_of = parts.open_place + parts.occupied_place
    staff_of_place = parts.unit / economics.reference.places + parts.open_place
    standby = RunningPrices(
        unit=parts.unit,
        open_place=parts.open_place,
        occupied_place=parts.occupied_place,
        capital=parts.capital,
        closed_building=closed_building,
        closed_place=closed_place,
        readiness=0.0,
        premium=running.flexible_premium * premium_of,
        left_work=0.0,
        post=staff_of_place / running.staff_per_place if running.staff_per_place else 0.0,
        opening=running.opening_days / DAYS_PER_YEAR * parts.full_place,
        staff_per_place=running.staff_per_place,
        is_built_on_top=economics.capital.counted == "on_top",
    )
    released = standby._replace(
        closed_place=closed_building,
        readiness=running.released_readiness_share * parts.full_place,
        premium=running.released_premium * premium_of,
        left_work=running.left_work_share * staff_of_place,
    )
    return standby, released


def _is_released(pool: Pool) -> bool:
    return pool.flexible is not None and pool.flexible.staffing == "released"


def standing_of(plan: Plan, is_released: Bools) -> Standing:
    """Read from a plan what does not depend on play.

    A pool with released staff has staff of its own from its first place that opens for good, others from when women
    are asked.
    """
    first_opening = np.full(plan.n_pools, np.inf)
    np.minimum.at(first_opening, plan.opening_pool, plan.opening_day)
    cells = np.zeros((len(Standing._fields), plan.n_pools, plan.n_years))
    stand_by_plan(
        (plan.asked_from_day, np.where(is_released, first_opening, plan.asked_from_day), plan.closes_day),
        (plan.opening_day, plan.opening_pool, plan.opening_places),
        plan.year_starts,
        tuple(cells),
    )
    return Standing(*cells)
