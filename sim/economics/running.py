"""Running costs: what the pools of a design cost, year by year, from the days in their ledger."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign, Plan
from sim.economics.ore import round_together, share_out
from sim.economics.prices import PlaceParts, Prices
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

RUNNING_PARTS = ("unit", "open", "occupied", "capital", "standby", "premium", "opening", "startup")
"""Parts of a pool's running cost, in the order of the documentation."""


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


def running_tallies(
    places: dict[str, Floats], design: BuiltDesign, scenario: Scenario, prices: Prices
) -> dict[str, Floats]:
    """Cost the pools of a design.

    Parameters
    ----------
    places : dict of str to ndarray of shape (n_replications, n_pools, n_years)
        Days and changes, as tallied by `sim.measures`.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its running words.
    prices : Prices
        Of the scenario.

    Returns
    -------
    dict of str to ndarray of shape (n_replications, n_pools, n_years)
        ``running_cost`` in all, ``running_<part>`` and ``running_cost_<payer>`` in whole øre, and ``staff_years``.
    """
    standing = standing_of(design.plan)
    parts = _parts(places, standing, scenario, prices.parts)
    rounded = dict(zip(RUNNING_PARTS, round_together([parts[name] for name in RUNNING_PARTS]), strict=True))
    total = sum(rounded.values(), start=np.zeros_like(places["open_place_days"]))
    costs = {"running_cost": total} | {f"running_{name}": ore for name, ore in rounded.items()}
    costs |= {f"running_cost_{payer}": ore for payer, ore in share_out(total, design.payers).items()}
    running = scenario.economics.running
    place_years = places["open_place_days"] / DAYS_PER_YEAR + standing.new_places * running.startup_months / 12.0
    return costs | {"staff_years": place_years * running.staff_per_place}


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
    pool_days = _days_since(plan.asked_from_day, plan)
    always_open, new_pools, new_places = np.zeros((3, *pool_days.shape))
    standing = Standing(pool_days, always_open, new_pools, new_places, plan.is_flexible[:, None])
    opens = plan.opening_day < plan.horizon_days
    days, pools, new = plan.opening_day[opens], plan.opening_pool[opens], plan.opening_places[opens]
    np.add.at(standing.always_open_days, pools, new[:, None] * _days_since(days, plan))
    np.add.at(standing.new_places, (pools, _year_of(days)), new)
    is_there = np.flatnonzero(plan.asked_from_day < plan.horizon_days)
    standing.new_pools[is_there, _year_of(plan.asked_from_day[is_there])] = 1.0
    return standing


def _days_since(day: Floats, plan: Plan) -> Floats:
    """Days of each year that come after each instant [days]."""
    ends = (np.arange(plan.n_years) + 1) * DAYS_PER_YEAR
    return np.clip(ends - day[:, None], 0.0, DAYS_PER_YEAR)


def _year_of(day: Floats) -> npt.NDArray[np.int64]:
    return (day // DAYS_PER_YEAR).astype(np.int64)


def _parts(places: dict[str, Floats], standing: Standing, scenario: Scenario, price: PlaceParts) -> dict[str, Floats]:
    """`RUNNING_PARTS` of each pool and year, before rounding [DKK]."""
    running, capital = scenario.economics.running, scenario.economics.capital
    open_years = places["open_place_days"] / DAYS_PER_YEAR
    closed_years = places["closed_place_days"] / DAYS_PER_YEAR
    flexible_days = np.maximum(places["open_place_days"] - standing.always_open_days, 0.0)
    flexible_years = flexible_days * standing.is_flexible / DAYS_PER_YEAR
    built_years = open_years + closed_years if capital.counted == "on_top" else open_years
    startup = standing.new_pools * price.unit + standing.new_places * (price.open_place + price.capital)
    return {
        "unit": np.broadcast_to(price.unit * standing.pool_days / DAYS_PER_YEAR, open_years.shape),
        "open": price.open_place * open_years,
        "occupied": price.occupied_place * places["occupied_place_days"] / DAYS_PER_YEAR,
        "capital": price.capital * built_years,
        "standby": running.closed_place_share * price.full_place * closed_years,
        "premium": running.flexible_premium * (price.open_place + price.occupied_place) * flexible_years,
        "opening": running.opening_days / DAYS_PER_YEAR * price.full_place * places["openings"],
        "startup": np.broadcast_to(startup * running.startup_months / 12.0, open_years.shape),
    }
