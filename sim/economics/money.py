"""Money tallies: what adds up in kroner, replication by replication, in whole øre.

Running costs count in the year of the days that cost them, and so do places bought elsewhere; a woman's course and its
later consequences count in the year of her referral.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.economics.care import Stays, cost_stays
from sim.economics.ore import ORE_PER_KRONE, PAYERS, in_ore, share_out
from sim.economics.prices import Prices, care_payers, later_payers, prices_of
from sim.economics.running import running_tallies
from sim.economics.without_places import WithoutPlaces, sum_cells, without_places
from sim.engine import Ledger
from sim.measures import Tallies
from sim.scenario import Economics, Scenario

Floats = npt.NDArray[np.float64]


class Money(NamedTuple):
    """What adds up in one design, replication by replication; amounts in whole øre.

    Attributes
    ----------
    women : dict of str to ndarray of shape (n_replications, n_regions, n_years)
        By home region: ``care_cost`` outside a place, ``residential_cost`` of her days in a place at its price,
        ``stays_completed`` of women who give birth, ``later_cost``, ``births`` and ``treatment_completed`` by year of
        referral; ``bought_cost`` and ``bought_days`` of places bought elsewhere by the year of the days.
        ``care_cost``, ``later_cost`` and ``bought_cost`` also by payer, as ``care_cost_municipality``.
    pool_women : dict of str to ndarray of shape (n_replications, n_pools + 1, n_years)
        ``bought_cost``, its payers and ``bought_days``; all of it in the last pool, places bought elsewhere.
    places : dict of str to ndarray of shape (n_replications, n_pools, n_years)
        ``running_cost``, its parts and its payers, and ``staff_years`` [posts].
    """

    women: dict[str, Floats]
    pool_women: dict[str, Floats]
    places: dict[str, Floats]


def money_tallies(
    ledger: Ledger,
    cohort: Cohort,
    design: BuiltDesign,
    scenario: Scenario,
    tallies: Tallies,
    *,
    without: WithoutPlaces | None = None,
) -> Money:
    """Cost a ledger.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its economics and regions.
    tallies : Tallies
        Of the ledger.
    without : WithoutPlaces, optional
        The same women as if there were no places, to save time where several designs are costed.

    Returns
    -------
    Money
        By region or pool and year, replication by replication.
    """
    without = without or without_places(cohort, scenario)
    prices = prices_of(scenario.economics)
    bought = _bought(ledger, design, without, prices)
    stays = cost_stays(ledger, cohort, design, scenario, without.when)
    women = _courses(stays, without, scenario.economics) | _later(stays, without, scenario.economics, prices)
    running = running_tallies(tallies.places, design, scenario, prices)
    return Money(women | bought, _elsewhere(bought, len(design.pools)), running)


def derived_sums(sums: dict[str, Floats]) -> dict[str, Floats]:
    """Add up what is a sum of several tallies.

    Parameters
    ----------
    sums : dict of str to ndarray
        All tallies of `Money` and ``occupied_place_days``, summed alike.

    Returns
    -------
    dict of str to ndarray
        ``place_cost``: running costs and places bought elsewhere. ``used_place_days``: the days lived there.
        ``course_cost``: care outside a place and days in one at its price. ``woman_cost``: that and later
        consequences. ``public_cost``: places at what they really cost, care outside them and later consequences.
        ``place_cost`` and ``public_cost`` also by payer.
    """
    derived = {
        "place_cost": sums["running_cost"] + sums["bought_cost"],
        "used_place_days": sums["occupied_place_days"] + sums["bought_days"],
        "course_cost": sums["care_cost"] + sums["residential_cost"],
    }
    derived["woman_cost"] = derived["course_cost"] + sums["later_cost"]
    derived["public_cost"] = derived["place_cost"] + sums["care_cost"] + sums["later_cost"]
    for payer in PAYERS:
        place = sums[f"running_cost_{payer}"] + sums[f"bought_cost_{payer}"]
        derived[f"place_cost_{payer}"] = place
        derived[f"public_cost_{payer}"] = place + sums[f"care_cost_{payer}"] + sums[f"later_cost_{payer}"]
    return derived


def _elsewhere(bought: dict[str, Floats], n_pools: int) -> dict[str, Floats]:
    """Places bought elsewhere, as the last of the pools."""
    cubes = {}
    for name, by_region in bought.items():
        n_replications, _, n_years = by_region.shape
        cubes[name] = np.zeros((n_replications, n_pools + 1, n_years))
        cubes[name][:, -1] = by_region.sum(axis=1)
    return cubes


def _with_payers(name: str, total: Floats, parts: dict[str, Floats]) -> dict[str, Floats]:
    return {name: total} | {f"{name}_{payer}": parts[payer] for payer in PAYERS}


def _courses(stays: Stays, without: WithoutPlaces, economics: Economics) -> dict[str, Floats]:
    """Care outside a place with its payers, and days in a place at its price [øre]."""
    cell = without.cell[stays.her]
    change = sum_cells(cell, in_ore(stays.outside) - without.care[stays.her], without.shape)
    outside = without.care_cost + change
    costs = _with_payers("care_cost", outside, share_out(outside, care_payers(economics)))
    gives_birth = without.has_child[stays.her]
    return costs | {
        "residential_cost": sum_cells(cell, in_ore(stays.in_place), without.shape),
        "stays_completed": sum_cells(cell[stays.is_completed & gives_birth], None, without.shape),
    }


def _later(stays: Stays, without: WithoutPlaces, economics: Economics, prices: Prices) -> dict[str, Floats]:
    """Consequences in the child's years 3 to 12 with their payers [øre], births and completed treatments."""
    has_turned = (stays.is_treated != without.is_treated[stays.her]) & without.has_child[stays.her]
    turned = np.where(stays.is_treated[has_turned], 1.0, -1.0)
    treated = without.treatment_completed + sum_cells(without.cell[stays.her[has_turned]], turned, without.shape)
    completed = treated * np.rint(prices.later_completed * ORE_PER_KRONE)
    not_completed = (without.births - treated) * np.rint(prices.later_not_completed * ORE_PER_KRONE)
    paid = share_out(completed, later_payers(economics, is_completed=True))
    paid_otherwise = share_out(not_completed, later_payers(economics, is_completed=False))
    parts = {payer: paid[payer] + paid_otherwise[payer] for payer in PAYERS}
    costs = _with_payers("later_cost", completed + not_completed, parts)
    return costs | {"births": without.births, "treatment_completed": treated}


def _bought(ledger: Ledger, design: BuiltDesign, without: WithoutPlaces, prices: Prices) -> dict[str, Floats]:
    """Places bought elsewhere: days by home region and the year of the days, and what they cost [øre]."""
    plan = design.plan
    her = np.flatnonzero(ledger.pool == len(design.pools))
    admission = ledger.admission_day[her][:, None]
    discharge = np.fmin(ledger.discharge_day[her], plan.horizon_days)[:, None]
    years = np.arange(plan.n_years)
    starts = years * DAYS_PER_YEAR
    days = np.minimum(discharge, starts + DAYS_PER_YEAR) - np.maximum(admission, starts)
    first = without.cell[her] // plan.n_years * plan.n_years
    cell = first[:, None] + years
    bought_days = sum_cells(cell.ravel(), np.maximum(days, 0.0).ravel(), without.shape)
    cost = in_ore(bought_days * (prices.external / DAYS_PER_YEAR))
    return _with_payers("bought_cost", cost, share_out(cost, design.payers)) | {"bought_days": bought_days}
