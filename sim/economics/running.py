"""Running costs: what the pools of a design cost, year by year, from the days in their ledger."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.design import BuiltDesign, Plan
from sim.economics.ore import PAYERS, round_together, share_out
from sim.economics.prices import PlaceParts, Prices
from sim.scenario import Running, Scenario

Floats = npt.NDArray[np.float64]

RUNNING_PARTS = ("unit", "open", "occupied", "capital", "standby", "premium", "opening", "startup")
"""Parts of a pool's running cost, in the order of the documentation."""


class Standing(NamedTuple):
    """What a plan says of its pools before anything is played; each of shape (n_pools, n_years).

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
    """

    pool_days: Floats
    always_open_days: Floats
    new_pools: Floats
    new_places: Floats


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
    running = scenario.economics.running
    standing = standing_of(design.plan)
    parts = _parts(places, standing, running, prices.parts, scenario.economics.capital.counted == "on_top")
    rounded = dict(zip(RUNNING_PARTS, round_together([parts[name] for name in RUNNING_PARTS]), strict=True))
    total = np.sum(list(rounded.values()), axis=0)
    costs = {"running_cost": total} | {f"running_{name}": ore for name, ore in rounded.items()}
    costs |= {f"running_cost_{payer}": ore for payer, ore in share_out(total, design.payers).items()}
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
    cube = np.zeros((4, plan.n_pools, plan.n_years))
    standing = Standing(*cube)
    standing.pool_days[:] = _days_since(plan.asked_from_day, plan)
    opens = plan.opening_day < plan.horizon_days
    days, pools, new = plan.opening_day[opens], plan.opening_pool[opens], plan.opening_places[opens]
    np.add.at(standing.always_open_days, pools, new[:, None] * _days_since(days, plan))
    np.add.at(standing.new_places, (pools, _year_of(days, plan)), new)
    is_there = np.flatnonzero(plan.asked_from_day < plan.horizon_days)
    standing.new_pools[is_there, _year_of(plan.asked_from_day[is_there], plan)] = 1.0
    return standing


def _days_since(day: Floats, plan: Plan) -> Floats:
    """Days of each year that come after each instant [days]."""
    ends = (np.arange(plan.n_years) + 1) * DAYS_PER_YEAR
    return np.clip(ends - day[:, None], 0.0, DAYS_PER_YEAR)


def _year_of(day: Floats, plan: Plan) -> npt.NDArray[np.int64]:
    return (day // DAYS_PER_YEAR).astype(np.int64)


def _parts(
    places: dict[str, Floats], standing: Standing, running: Running, price: PlaceParts, is_on_top: bool
) -> dict[str, Floats]:
    """`RUNNING_PARTS` of each pool and year, before rounding [DKK]."""
    open_years = places["open_place_days"] / DAYS_PER_YEAR
    closed_years = places["closed_place_days"] / DAYS_PER_YEAR
    flexible_years = np.where(
        closed_years > 0, np.maximum(open_years - standing.always_open_days / DAYS_PER_YEAR, 0.0), 0.0
    )
    startup = standing.new_pools * price.unit + standing.new_places * (price.open_place + price.capital)
    shape = open_years.shape
    return {
        "unit": np.broadcast_to(price.unit * standing.pool_days / DAYS_PER_YEAR, shape),
        "open": price.open_place * open_years,
        "occupied": price.occupied_place * places["occupied_place_days"] / DAYS_PER_YEAR,
        "capital": price.capital * (open_years + closed_years if is_on_top else open_years),
        "standby": running.closed_place_share * price.full_place * closed_years,
        "premium": running.flexible_premium * (price.open_place + price.occupied_place) * flexible_years,
        "opening": running.opening_days / DAYS_PER_YEAR * price.full_place * places["openings"],
        "startup": np.broadcast_to(startup * running.startup_months / 12.0, shape),
    }
