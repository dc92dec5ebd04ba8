"""Bills over replications: who pays what for the places of a design, area by area.

Takes a scenario. Gives, for each design, the bills of `sim.financing` over replications, and of them: what each
municipality, council or region pays a year, how much it swings from year to year, the accounts year by year, the first
years month by month, and whose women live in whose places. Leaves out all other measures.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign, build_designs
from sim.economics import money_tallies
from sim.experiment import Memory, available_cores, most_replications
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.memory import Keys, recall_cohort, recall_costs
from sim.experiment.play import once_for_all_payers
from sim.financing import Bills, bill_design, cooperations_of, financing_of, join_bills
from sim.geography import REGION_MAPS, REGION_NAMES, load_municipalities, site_region
from sim.looks.naming import find_design
from sim.measures import tally
from sim.scenario import Abonnement, Agreement, PayerShares, Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

By = Literal["municipality", "council", "region"]
AREAS: tuple[By, ...] = get_args(By)
"""What bills may be added up by: municipalities, health councils, or the regions of the scenario's map."""
ORE_PER_KRONE = 100.0
_LOW, _HIGH = 0.05, 0.95


class DesignBills(NamedTuple):
    """The bills of one design over replications."""

    name: str
    financing: PayerShares | Agreement | str
    cooperations: tuple[str, ...]  # names of those with an account
    pool_regions: Ints  # [shape (n_pools,)] Region that each unit lies in
    bills: Bills

    @property
    def price_dkk(self) -> float:
        """Full price of a day, on average over the days used; not a number if there is none [DKK]."""
        account, days = self.bills.accounts, float(self.bills.days.sum())
        rule = self.financing.rule if isinstance(self.financing, Agreement) else None
        if isinstance(rule, Abonnement):
            known = account.price[account.price > 0]
            return float(known.mean() / ORE_PER_KRONE) if len(known) else math.nan
        share = rule.marginal_share if rule else 1.0
        paid = account.by_use.sum() / ORE_PER_KRONE
        return float(paid / days / share) if days and paid and share else math.nan


class ScenarioBills(NamedTuple):
    """The bills of a scenario's designs."""

    scenario: Scenario
    replications: int  # how many were played
    designs: dict[str, DesignBills]


class AreaBill(NamedTuple):
    """What an area pays in a year, on average over replications and measured years [DKK/year]."""

    area: str
    bill: float  # what it pays in the end
    by_use: float
    by_key: float
    bought: float
    refund: float
    empty: float  # what of it pays for places nobody lives in
    sd: float  # from year to year
    low: float  # 5 % and 95 % of all years of all replications
    high: float
    days: float  # days lived in the design's units [days/year]


class YearOfAccount(NamedTuple):
    """A year of a cooperation's account, mean over replications [DKK]; of all together where it has no name."""

    cooperation: str
    year: int
    price: float  # of a day; not a number if there is none
    occupancy: float  # budgeted, as a share of open place-days; not a number if nothing is budgeted
    cost: float
    by_use: float
    by_key: float
    carried_in: float
    balance: float
    outstanding: float  # what is owed to the operator after the year, negative if it owes


def bill_scenario(  # noqa: PLR0913 - what is played, and how it is computed
    scenario: Scenario,
    *,
    design: str | None = None,
    replications: int | None = None,
    engine: str = "kernel",
    cores: int | None = None,
    memory: Memory | None = None,
    on_progress: Progress | None = None,
) -> ScenarioBills:
    """Play designs and send the bills; designs that differ only in who pays are played once."""
    designs, keys = build_designs(scenario), Keys(scenario)
    names = [built.name for built in designs] if design is None else [find_design(scenario, design).name]
    wanted = [number for number, built in enumerate(designs) if built.name in names]
    memory = memory or Memory(most_bytes=0)
    n = replications or most_replications(scenario)

    def bill_block(block: int, n_replications: int) -> list[Bills]:
        ledger_of = once_for_all_payers(
            scenario, designs, block=block, n_replications=n_replications, engine=engine, memory=memory, keys=keys
        )
        cohort = recall_cohort(scenario, keys, block=block, memory=memory)
        women = cohort.replications(0, n_replications)
        without = recall_costs(scenario, keys, women, block=block, memory=memory)
        found = []
        for number in wanted:
            ledger, built = ledger_of(number, cohort), designs[number]
            tallies = tally(ledger, women, built, scenario)
            money = money_tallies(ledger, women, built, scenario, tallies, without=without)
            found.append(bill_design(ledger, women, built, scenario, tallies=tallies, money=money))
        return found

    blocks = list(in_blocks(bill_block, n, cores=cores or available_cores(), on_progress=on_progress))
    return ScenarioBills(
        scenario,
        n,
        {
            designs[number].name: _of_design(designs[number], scenario, [block[place] for block in blocks])
            for place, number in enumerate(wanted)
        },
    )


def _of_design(design: BuiltDesign, scenario: Scenario, parts: Sequence[Bills]) -> DesignBills:
    regions = REGION_MAPS[scenario.regions]
    return DesignBills(
        design.name,
        financing_of(design, scenario),
        tuple(cooperation.name for cooperation in cooperations_of(design, scenario.regions)),
        np.array([regions.index(site_region(pool.site, scenario.regions)) for pool in design.pools], dtype=np.int64),
        join_bills(parts),
    )


def areas_of(by: By, region_map: str) -> tuple[tuple[str, ...], Ints]:
    """List areas, and the number of each municipality's."""
    places = load_municipalities()
    if by == "region":
        return tuple(REGION_NAMES[region] for region in REGION_MAPS[region_map]), places.region_index(region_map)
    of_each = places.name if by == "municipality" else places.health_council
    names = tuple(dict.fromkeys(of_each))
    return names, np.array([names.index(name) for name in of_each], dtype=np.int64)


def by_area(cells: Floats, area_of: Ints) -> Floats:
    """Add municipalities up by area: from (n_replications, n_municipalities, n_years)."""
    return np.stack([cells[:, area_of == area].sum(axis=1) for area in range(area_of.max() + 1)], axis=1)


def area_bills(own: DesignBills, scenario: Scenario, by: By) -> tuple[AreaBill, ...]:
    """Say what each area pays in a year, and how much it swings."""
    names, area_of = areas_of(by, scenario.regions)
    years = slice(scenario.measure_from_year - 1, None)
    bills = own.bills
    net = by_area(bills.net[..., years], area_of) / ORE_PER_KRONE
    sd = np.sqrt(net.var(axis=2, ddof=1).mean(axis=0)) if net.shape[2] > 1 else np.zeros(len(names))
    low, high = np.quantile(net, (_LOW, _HIGH), axis=(0, 2))

    def mean(cells: Floats) -> Floats:
        found: Floats = by_area(cells[..., years], area_of).mean(axis=(0, 2))
        return found

    parts = [mean(cells) / ORE_PER_KRONE for cells in (bills.by_use, bills.by_key, bills.bought, bills.refund)]
    columns = (net.mean(axis=(0, 2)), *parts, mean(bills.empty) / ORE_PER_KRONE, sd, low, high, mean(bills.days))
    return tuple(AreaBill(name, *map(float, row)) for name, row in zip(names, np.stack(columns, axis=1), strict=True))


def years_of_accounts(own: DesignBills) -> tuple[YearOfAccount, ...]:
    """Tell each cooperation's account year by year, and all of them together."""
    found = []
    account = own.bills.accounts
    owed = -np.cumsum(account.balance, axis=2)
    named = [(name, slice(number, number + 1)) for number, name in enumerate(own.cooperations)]
    for name, which in [*named, ("", slice(None))] if named else []:
        for year in range(account.cost.shape[2]):

            def mean(cells: Floats, which: slice = which, year: int = year) -> float:
                return float(cells[:, which, year].sum(axis=1).mean() / ORE_PER_KRONE)

            price, occupancy = account.price[:, which, year], account.occupancy[:, which, year]
            found.append(
                YearOfAccount(
                    name,
                    year + 1,
                    _mean_known(price) / ORE_PER_KRONE,
                    _mean_known(occupancy),
                    mean(account.cost),
                    mean(account.by_use),
                    mean(account.by_key),
                    mean(account.carried_in),
                    mean(account.balance),
                    mean(owed),
                )
            )
    return tuple(found)


class DesignAccount(NamedTuple):
    """What a design's units cost and what is paid for them over all years, mean over replications [DKK]."""

    price: float  # full price of a day; not a number if there is none
    cost: float  # a year
    paid: float  # a year
    deficit: float  # a year, what the operator lays out; negative if it has something over
    outstanding: float  # what is owed to the operator after the last year


def account_of(own: DesignBills) -> DesignAccount | None:
    """Add up the accounts of a design; none if it has no units."""
    together = [row for row in years_of_accounts(own) if not row.cooperation]
    if not together:
        return None
    n = len(together)
    cost, paid = (
        sum(amounts) / n for amounts in zip(*((row.cost, row.by_use + row.by_key) for row in together), strict=True)
    )
    owed = together[-1].outstanding
    return DesignAccount(own.price_dkk, cost, paid, owed / n, owed)


class BillsInShort(NamedTuple):
    """Of the bills of a design what can be kept for long."""

    financing: PayerShares | Agreement | str
    account: DesignAccount | None
    areas: tuple[AreaBill, ...]  # municipalities, as `sim.geography.load_municipalities` has them


def bills_in_short(found: ScenarioBills) -> dict[str, BillsInShort]:
    """Keep of the bills of a scenario each municipality's and the accounts, by design."""
    return {
        name: BillsInShort(own.financing, account_of(own), area_bills(own, found.scenario, "municipality"))
        for name, own in found.designs.items()
    }


def has_agreement(scenario: Scenario) -> bool:
    """Tell whether municipalities share by an agreement in some design."""
    return any(isinstance(words.financing or scenario.economics.financing, Agreement) for words in scenario.designs)


def _mean_known(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan


def payers_of_design(own: DesignBills, scenario: Scenario) -> dict[str, float]:
    """Say what municipalities, regions and the state pay a year, the refund, and what the operator lacks [DKK/year]."""
    years = slice(scenario.measure_from_year - 1, None)
    bills = own.bills
    n = bills.net.shape[0] * bills.net[..., years].shape[2] * ORE_PER_KRONE
    refund = bills.refund[..., years].sum()
    return {
        "municipality": float(bills.net[..., years].sum() / n),
        "region": float(bills.by_region[..., years].sum() / n),
        "state": float((bills.by_state[..., years].sum() + refund) / n),
        "refund": float(refund / n),
        "operator": float(-bills.accounts.balance[..., years].sum() / n) + 0.0,
    }


def months_of(own: DesignBills, scenario: Scenario, by: By, replications: int) -> tuple[tuple[str, ...], Floats]:
    """Tell the first years' bills month by month: areas, and of shape (2, n_areas, n_months) by use and key [DKK]."""
    names, area_of = areas_of(by, scenario.regions)
    return names, by_area(own.bills.monthly, area_of) / ORE_PER_KRONE / replications


class Flows(NamedTuple):
    """Whose women live in whose places, and who pays for them, a year; the last column is places bought elsewhere."""

    areas: tuple[str, ...]
    days: Floats  # shape (n_areas, n_areas + 1)
    paid: Floats  # the same [DKK/year]
    cost: Floats  # [shape (n_areas,)] The municipal part of what each area's units cost [DKK/year]


def flows_of(own: DesignBills, scenario: Scenario, replications: int) -> Flows:
    """Add up days and payments between the regions of the scenario's map."""
    names, area_of = areas_of("region", scenario.regions)
    n_areas = len(names)
    to = np.append(own.pool_regions, n_areas)
    n = replications * (scenario.horizon_years - scenario.measure_from_year + 1)

    def between(cells: Floats) -> Floats:
        found = np.zeros((n_areas, n_areas + 1))
        np.add.at(found, (area_of[:, None], to[None, :]), cells)
        return found / n

    cost = np.bincount(own.pool_regions, weights=own.bills.cost_of_units, minlength=n_areas) / n / ORE_PER_KRONE
    return Flows(names, between(own.bills.lived), between(own.bills.paid_for) / ORE_PER_KRONE, cost)
