"""Money tallies: what adds up in kroner, replication by replication, in whole øre.

Running costs count in the year of the days that cost them, and so do places bought elsewhere; a woman's course and its
later consequences count in the year of her referral.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.economics.care import stays_of
from sim.economics.cost_kernel import (
    RUNNING_MONEY,
    SHARES,
    WOMEN_MONEY,
    add_bought_days,
    add_stays,
    settle_women,
)
from sim.economics.prices import ORE_PER_KRONE, cuts_of, later_payers, with_price_of
from sim.economics.running import missing_post_days, running_tallies
from sim.economics.without_places import WithoutPlaces, without_places
from sim.engine import Ledger
from sim.geography import load_municipalities
from sim.measures import Sums, Tallies, by_name, sum_places, sum_women
from sim.scenario import PAYERS, Economics, External, Scenario, payers_of

Floats = npt.NDArray[np.float64]

BOUGHT_MONEY = (*(f"bought_cost{share}" for share in SHARES), "bought_days")
"""What is added up of places bought elsewhere; a pool of its own."""

DERIVED = (
    *(f"{cost}{share}" for cost in ("place_cost", "public_cost") for share in SHARES),
    "used_place_days",
    "course_cost",
    "woman_cost",
)
"""Sums of several, see `derived_sums`."""

ALL_MONEY = (*WOMEN_MONEY, *RUNNING_MONEY, *DERIVED)


class Money(NamedTuple):
    """What adds up in one design, replication by replication; amounts in whole øre.

    Attributes
    ----------
    by_region : ndarray of float of shape (n_replications, n_regions, n_years, n_tallies)
        `WOMEN_MONEY` by home region: ``care_cost`` outside a place, ``residential_cost`` of her days in a place at its
        price, ``stays_completed`` of women who give birth, ``later_cost``, ``births`` and ``treatment_completed`` by
        year of referral; ``bought_cost`` and ``bought_days`` of places bought elsewhere by the year of the days.
        ``care_cost``, ``later_cost`` and ``bought_cost`` also by payer, as ``care_cost_municipality``.
    by_pool : ndarray of float of shape (n_replications, n_pools, n_years, n_tallies)
        `RUNNING_MONEY`: ``running_cost``, its parts and its payers, and ``staff_years`` [posts].
    """

    by_region: Floats
    by_pool: Floats

    @property
    def women(self) -> dict[str, Floats]:
        """`WOMEN_MONEY` by name, home region and year."""
        return by_name(WOMEN_MONEY, self.by_region)

    @property
    def places(self) -> dict[str, Floats]:
        """`RUNNING_MONEY` by name, pool and year."""
        return by_name(RUNNING_MONEY, self.by_pool)


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
    by_region = _courses(ledger, cohort, design, scenario, without)
    missing = missing_post_days(ledger, design, scenario)
    return Money(by_region, running_tallies(tallies.counted_of_places, missing, design, scenario, without.prices))


def money_sums(money: Money, sums: Sums, design: BuiltDesign, scenario: Scenario) -> None:
    """Sum money for every scope.

    Parameters
    ----------
    money : Money
        Of the design.
    sums : Sums
        With room for `ALL_MONEY`, which is filled in.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and years.
    """
    women = sums.rows(WOMEN_MONEY)
    sum_women(money.by_region, women, scenario)
    women[:, -len(design.pools) - 1 :] = 0.0
    bought = sums.rows(BOUGHT_MONEY)
    bought[:, -1] = bought[:, 0]
    sum_places(money.by_pool, sums.rows(RUNNING_MONEY), design, scenario)
    sums.fill(derived_sums(sums))


def derived_sums(sums: Mapping[str, Floats]) -> dict[str, Floats]:
    """Add up what is a sum of several tallies.

    Parameters
    ----------
    sums : mapping of str to ndarray
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


def _courses(ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, without: WithoutPlaces) -> Floats:
    """`WOMEN_MONEY` by home region and year."""
    economics = scenario.economics
    cells, first = without.cells.copy(), cohort.first
    region_of = load_municipalities().region_index(scenario.regions)
    external = external_of(design, scenario)
    prices = with_price_of(external, without.prices, economics)
    stays = stays_of(ledger, cohort, design, births=without.births, prices=prices, rates=without.rates)
    women = (cohort.municipality, cohort.referral_day, cohort.is_lost, cohort.outcome_mark, without.care)
    completion = (economics.completion.residential, economics.completion.otherwise)
    add_stays(first, tuple(stays), women, region_of, design.plan.year_starts, completion, cells)
    plan, elsewhere = design.plan, len(design.pools)
    if plan.uses_places_elsewhere:
        course = (ledger.pool, ledger.admission_day, ledger.discharge_day)
        add_bought_days(first, cohort.municipality, course, region_of, elsewhere, plan.year_starts, cells)
    later_prices = (
        np.rint(prices.later_completed * ORE_PER_KRONE),
        np.rint(prices.later_not_completed * ORE_PER_KRONE),
    )
    settle_women(cells, later_prices, prices.external / DAYS_PER_YEAR, _cuts(economics, design, external))
    return cells


def external_of(design: BuiltDesign, scenario: Scenario) -> External | None:
    """Find what a design says of places bought elsewhere."""
    return next((words.external for words in scenario.designs if words.name == design.name), None)


def _cuts(economics: Economics, design: BuiltDesign, external: External | None) -> tuple[tuple[float, float], ...]:
    """Where care, later cost by completion, and places bought elsewhere are cut between those who pay."""
    financing = external.financing if external else None
    return (
        cuts_of(payers_of(economics.care_financing)),
        cuts_of(later_payers(economics, is_completed=True)),
        cuts_of(later_payers(economics, is_completed=False)),
        cuts_of(payers_of(financing) if financing else design.payers),
    )
