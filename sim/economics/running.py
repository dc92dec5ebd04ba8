"""Running costs: what the pools of a design cost, year by year, from the days in their ledger."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign, Plan
from sim.economics.cost_kernel import RUNNING_MONEY, cost_pools, stand_by_plan
from sim.economics.prices import PlaceParts, Prices, cuts_of
from sim.measures import PLACE_TALLIES, by_name
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]


class Standing(NamedTuple):
    """What a plan says of its pools before anything is played.

    All are of shape (n_pools, n_years), but for the last.
    """

    pool_days: Floats  # days on which the pool is there [days]
    always_open_days: Floats  # place-days of places that never close [days]
    new_pools: Floats  # pools that open
    new_places: Floats  # places that open for good
    is_flexible: npt.NDArray[np.bool_]  # [shape (n_pools, 1)] Whether places of the pool come and go


class RunningPrices(NamedTuple):
    """What the parts of a pool's running cost are reckoned with, for the kernel."""

    open_place: float  # for each place-year open, occupied and built [DKK]
    occupied_place: float
    capital: float
    standby: float  # for each place-year closed, and open though flexible [DKK]
    premium: float
    opening: float  # for each place that opens anew [DKK]
    staff_per_place: float  # posts for each open place
    is_built_on_top: bool  # whether capital is paid for closed places, too


def running_tallies(places: Floats, design: BuiltDesign, scenario: Scenario, prices: Prices) -> Floats:
    """Cost the pools of a design."""
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
    """Read from a plan what does not depend on play."""
    cells = np.zeros((4, plan.n_pools, plan.n_years))
    stand_by_plan(
        plan.asked_from_day, (plan.opening_day, plan.opening_pool, plan.opening_places), plan.year_starts, cells
    )
    pool_days, always_open_days, new_pools, new_places = cells
    return Standing(pool_days, always_open_days, new_pools, new_places, plan.is_flexible[:, None])
