"""Running costs: what the pools of a design cost, year by year, from the days in their ledger."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign, Plan
from sim.economics.cost_kernel import RUNNING_MONEY, cost_pools, stand_by_plan
from sim.economics.ore import cuts_of
from sim.economics.prices import PlaceParts, Prices
from sim.measures import PLACE_TALLIES, by_name
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]


class Standing(NamedTuple):
    """What a plan says of its pools before anything is played.

    All are of shape (n_pools, n_years), but for the last.

    Attributes
    ----------
    pool_days : ndarray of float
        Days on which the pool is there [days].
    always_open_days : ndarray of float
        Place-days of places that never close [days].
    new_pools : ndarray of float
        Pools that open.
    new_places : ndarray of float
        Places that open for good.
    is_flexible : ndarray of bool of shape (n_pools, 1)
        Whether places of the pool come and go.
    """

    pool_days: Floats
    always_open_days: Floats
    new_pools: Floats
    new_places: Floats
    is_flexible: npt.NDArray[np.bool_]


class RunningPrices(NamedTuple):
    """What the parts of a pool's running cost are reckoned with, for the kernel.

    Attributes
    ----------
    open_place, occupied_place, capital : float
        For each place-year open, occupied and built [DKK].
    standby, premium : float
        For each place-year closed, and open though flexible [DKK].
    opening : float
        For each place that opens anew [DKK].
    staff_per_place : float
        Posts for each open place.
    is_built_on_top : bool
        Whether capital is paid for closed places, too.
    """

    open_place: float
    occupied_place: float
    capital: float
    standby: float
    premium: float
    opening: float
    staff_per_place: float
    is_built_on_top: bool


def running_tallies(places: Floats, design: BuiltDesign, scenario: Scenario, prices: Prices) -> Floats:
    """Cost the pools of a design.

    Parameters
    ----------
    places : ndarray of float of shape (n_replications, n_pools, n_years, n_place_tallies)
        Days and changes, as tallied by `sim.measures`.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its running words.
    prices : Prices
        Of the scenario.

    Returns
    -------
    ndarray of float of shape (n_replications, n_pools, n_years, n_tallies)
        `RUNNING_MONEY`: ``running_cost`` in all, ``running_<part>`` and ``running_cost_<payer>`` in whole øre, and
        ``staff_years`` [posts].
    """
    standing = standing_of(design.plan)
    parts, startup_months = prices.parts, scenario.economics.running.startup_months
    startup = standing.new_pools * parts.unit + standing.new_places * (parts.open_place + parts.capital)
    named = by_name(PLACE_TALLIES, places)
    cells = np.empty((*places.shape[:3], len(RUNNING_MONEY)))
    cost_pools(
        tuple(named[name] for name in ("open_place_days", "occupied_place_days", "closed_place_days", "openings")),
        (
            parts.unit * standing.pool_days / DAYS_PER_YEAR,
            startup * startup_months / 12.0,
            standing.always_open_days,
            standing.new_places * startup_months / 12.0,
            np.broadcast_to(standing.is_flexible, startup.shape).astype(np.float64),
        ),
        _running_prices(scenario, parts),
        cuts_of(design.payers),
        cells,
    )
    return cells


def _running_prices(scenario: Scenario, parts: PlaceParts) -> RunningPrices:
    running = scenario.economics.running
    return RunningPrices(
        open_place=parts.open_place,
        occupied_place=parts.occupied_place,
        capital=parts.capital,
        standby=running.closed_place_share * parts.full_place,
        premium=running.flexible_premium * (parts.open_place + parts.occupied_place),
        opening=running.opening_days / DAYS_PER_YEAR * parts.full_place,
        staff_per_place=running.staff_per_place,
        is_built_on_top=scenario.economics.capital.counted == "on_top",
    )


def standing_of(plan: Plan) -> Standing:
    """Read from a plan what does not depend on play.

    Parameters
    ----------
    plan : Plan
        The design's.

    Returns
    -------
    Standing
        By pool and year.
    """
    cells = np.zeros((4, plan.n_pools, plan.n_years))
    stand_by_plan(
        plan.asked_from_day, (plan.opening_day, plan.opening_pool, plan.opening_places), plan.year_starts, cells
    )
    pool_days, always_open_days, new_pools, new_places = cells
    return Standing(pool_days, always_open_days, new_pools, new_places, plan.is_flexible[:, None])
