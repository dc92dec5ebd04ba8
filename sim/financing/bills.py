"""Bills: what each municipality, the regions and the state pay for a design's places, year by year, in whole øre."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.design import BuiltDesign
from sim.economics import Money, prices_of
from sim.engine import Ledger
from sim.financing.accounts import Account, keep_account
from sim.financing.cooperations import Cooperation, cooperations_of, key_weights
from sim.financing.days import MONTHS, DaysOfStays, days_of_stays, month_starts
from sim.financing.refund import refund_amounts, refund_of
from sim.financing.sharing import share_out
from sim.geography import REGION_MAPS, load_municipalities
from sim.measures import Tallies
from sim.scenario import Agreement, AnyRule, PayerShares, Scenario, Solidarisk

Floats = npt.NDArray[np.float64]

ORE_PER_KRONE = 100.0
MONTHLY_YEARS = 3
"""Years of which the budget is told month by month."""


class Bills(NamedTuple):
    """What is paid for the places of a design; amounts in whole øre.

    Attributes
    ----------
    by_use, by_key, bought : ndarray of float of shape (n_replications, n_municipalities, n_years)
        What municipalities pay for days in the design's units, whether used or not, and for places bought elsewhere.
    refund : ndarray of float of shape (n_replications, n_municipalities, n_years)
        What the state gives back of it.
    empty : ndarray of float of shape (n_replications, n_municipalities, n_years)
        What of `by_use` and `by_key` pays for places nobody lives in: what is above its days at the cost of an open
        place-day.
    days : ndarray of float of shape (n_replications, n_municipalities, n_years)
        Days lived in the units [days].
    by_region : ndarray of float of shape (n_replications, n_regions, n_years)
        What regions pay.
    by_state : ndarray of float of shape (n_replications, n_years)
        What the state pays, the refund apart.
    accounts : Account
        Of every cooperation, of shape (n_replications, n_cooperations, n_years).
    monthly : ndarray of float of shape (2, n_municipalities, n_months)
        Of the first years, all replications together: what a municipality pays by use and for places bought elsewhere,
        and by key.
    lived : ndarray of float of shape (n_municipalities, n_pools + 1)
        Days lived in each unit and, last, in places bought elsewhere, all replications and measured years [days].
    paid_for : ndarray of float of shape (n_municipalities, n_pools + 1)
        What municipalities pay for each unit, and for places bought elsewhere, likewise.
    cost_of_units : ndarray of float of shape (n_pools,)
        The municipal part of what units cost, likewise.
    """

    by_use: Floats
    by_key: Floats
    bought: Floats
    refund: Floats
    empty: Floats
    days: Floats
    by_region: Floats
    by_state: Floats
    accounts: Account
    monthly: Floats
    lived: Floats
    paid_for: Floats
    cost_of_units: Floats

    @property
    def net(self) -> Floats:
        """What municipalities pay in the end, by replication, municipality and year [øre]."""
        return self.by_use + self.by_key + self.bought - self.refund


_SUMMED = ("monthly", "lived", "paid_for", "cost_of_units")


def financing_of(design: BuiltDesign, scenario: Scenario) -> PayerShares | Agreement | str:
    """Find who pays for a design's places.

    Parameters
    ----------
    design : BuiltDesign
        A design of the scenario.
    scenario : Scenario
        With its words.

    Returns
    -------
    PayerShares, Agreement or str
        As the design says, or else the scenario.
    """
    own = next(words.financing for words in scenario.designs if words.name == design.name)
    return own or scenario.economics.financing


def bill_design(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, *, tallies: Tallies, money: Money
) -> Bills:
    """Send the bills for what a design's places cost.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its financing and regions.
    tallies : Tallies
        Of the ledger.
    money : Money
        Of the ledger.

    Returns
    -------
    Bills
        Of municipalities, regions and state. What they pay, less what the accounts have over, is what places cost.
    """
    return _Billing(ledger, cohort, design, scenario, tallies, money).bills()


def join_bills(parts: Sequence[Bills]) -> Bills:
    """Put the bills of several blocks of replications together.

    Parameters
    ----------
    parts : sequence of Bills
        Of one design.

    Returns
    -------
    Bills
        Of all their replications.
    """

    def together(field: str) -> object:
        own = [getattr(part, field) for part in parts]
        if field in _SUMMED:
            return np.sum(own, axis=0)
        if field == "accounts":
            return Account(*(np.concatenate(columns) for columns in zip(*own, strict=True)))
        return np.concatenate(own)

    return Bills(**{field: together(field) for field in Bills._fields})  # type: ignore[arg-type] # told by field


class _Billing:
    """One design's bills being written."""

    def __init__(
        self,
        ledger: Ledger,
        cohort: Cohort,
        design: BuiltDesign,
        scenario: Scenario,
        tallies: Tallies,
        money: Money,
    ) -> None:
        self.design, self.scenario, self.money, self.tallies = design, scenario, money, tallies
        financing = financing_of(design, scenario)
        self.rule: AnyRule | None = financing.rule if isinstance(financing, Agreement) else None
        self.cooperations = cooperations_of(design, scenario.regions)
        self.region_of = load_municipalities().region_index(scenario.regions)
        self.everybody = np.ones(len(self.region_of), dtype=bool)
        self.number_of = np.full(len(design.pools) + 1, len(self.cooperations))
        for number, cooperation in enumerate(self.cooperations):
            self.number_of[list(cooperation.pools)] = number
        starts = design.plan.year_starts
        n_pools = len(design.pools)
        self.first_year = scenario.measure_from_year - 1
        self.stays = days_of_stays(ledger, cohort, n_pools, starts)
        self.shape = (cohort.n_replications, len(self.cooperations) + 1, len(self.region_of))
        self.days = self.stays.sums(self.number_of, self.shape)
        self.month_years = min(MONTHLY_YEARS, scenario.horizon_years)
        months = days_of_stays(ledger, cohort, n_pools, month_starts(scenario.start, starts, self.month_years))
        self.month_days = months.sums(self.number_of, self.shape).sum(axis=0)

    def bills(self) -> Bills:
        n_replications, n_years = self.shape[0], self.scenario.horizon_years
        own = (n_replications, len(self.cooperations), len(self.region_of), n_years)
        use, key, empty = np.zeros(own), np.zeros(own), np.zeros(own)
        by_region = np.zeros((n_replications, len(REGION_MAPS[self.scenario.regions]), n_years))
        by_state = np.zeros((n_replications, n_years))
        accounts = []
        for number, cooperation in enumerate(self.cooperations):
            account = self._account(cooperation, number)
            accounts.append(account)
            use[:, number], key[:, number] = self._shared(cooperation, number, account)
            empty[:, number] = use[:, number] + key[:, number] - self._at_cost(cooperation, number, account)
            by_region += self._regions(cooperation, number)
            by_state += self._cost(cooperation, "_state")
        bought = self._bought()
        women = self.money.women
        by_region += women["bought_cost_region"]
        by_state += women["bought_cost_state"].sum(axis=1)
        refund = self._refund(use, bought)
        paid_for, cost_of_units = self._paid_for(use, key, bought)
        return Bills(
            by_use=use.sum(axis=1),
            by_key=key.sum(axis=1),
            bought=bought,
            refund=refund,
            empty=empty.sum(axis=1),
            days=self.days[:, :-1].sum(axis=1),
            by_region=by_region,
            by_state=by_state,
            accounts=_side_by_side(accounts, (n_replications, 0, n_years)),
            monthly=self._monthly(use, key, bought),
            lived=self._lived(self.stays),
            paid_for=paid_for,
            cost_of_units=cost_of_units,
        )

    # -- accounts ----------------------------------------------------------------------------------------------------

    def _cost(self, cooperation: Cooperation, payer: str, name: str = "running_cost") -> Floats:
        """What units cost, or one pays of it (n_replications, n_years)."""
        found: Floats = self.money.places[f"{name}{payer}"][:, list(cooperation.pools)].sum(axis=1)
        return found

    def _account(self, cooperation: Cooperation, number: int) -> Account:
        pools = list(cooperation.pools)
        cost, used = self._cost(cooperation, "_municipality"), self.days[:, number].sum(axis=1)
        if self.rule is None:  # at cost, when the year is over
            nothing = np.zeros_like(cost)
            price = np.divide(cost, used, out=np.full_like(cost, np.nan), where=used > 0)
            is_used = used > 0
            return Account(
                cost,
                np.full_like(cost, np.nan),
                price,
                np.where(is_used, cost, 0.0),
                np.where(is_used, 0.0, cost),
                nothing,
                nothing,
                nothing,
            )
        open_days = self.tallies.places["open_place_days"][:, pools].sum(axis=1)
        a_day = prices_of(self.scenario.economics).parts.occupied_place / DAYS_PER_YEAR * ORE_PER_KRONE
        occupied = self._cost(cooperation, "", "running_occupied")
        return keep_account(self.rule, cost=cost, occupied_cost=occupied, a_day=a_day, days=np.stack([open_days, used]))

    def _shared(self, cooperation: Cooperation, number: int, account: Account) -> tuple[Floats, Floats]:
        """What each municipality pays by use and by key (n_replications, n_municipalities, n_years)."""
        weights = self._key_of(cooperation)
        days = np.moveaxis(self.days[:, number], 1, -1)  # by replication, year and municipality
        if account.bought_days.any():
            own = account.bought_days[..., None] * weights / weights.sum()
            days = np.maximum(days - own, 0.0)
        used = np.where(days.sum(axis=-1, keepdims=True) > 0, days, weights)
        by_use, by_key = share_out(account.by_use, used), share_out(account.by_key, weights)
        return np.moveaxis(by_use, -1, 1), np.moveaxis(by_key, -1, 1)

    def _key_of(self, cooperation: Cooperation) -> Floats:
        """Weights of the municipalities that share a cost by a key."""
        is_member = self.everybody if isinstance(self.rule, Solidarisk) else cooperation.is_member
        return key_weights(getattr(self.rule, "key", "population"), is_member)

    def _at_cost(self, cooperation: Cooperation, number: int, account: Account) -> Floats:
        """What the days of each municipality cost as a share of the open place-days, in whole øre."""
        open_days = self.tallies.places["open_place_days"][:, list(cooperation.pools)].sum(axis=1)
        days = np.moveaxis(self.days[:, number], 1, -1)
        share = np.divide(days.sum(axis=-1), open_days, out=np.zeros_like(open_days), where=open_days > 0)
        return np.moveaxis(share_out(np.rint(account.cost * np.minimum(share, 1.0)), days), -1, 1)

    # -- others who pay ----------------------------------------------------------------------------------------------

    def _by_region(self, cells: Floats) -> Floats:
        """Add municipalities up by region; (n_replications, n_municipalities, n_years)."""
        n_regions = len(REGION_MAPS[self.scenario.regions])
        return np.stack([cells[:, self.region_of == region].sum(axis=1) for region in range(n_regions)], axis=1)

    def _regions(self, cooperation: Cooperation, number: int) -> Floats:
        """What regions pay of units: by the days of their women, or by population where nobody lived there."""
        days = self._by_region(self.days[:, number])
        people = key_weights("population", cooperation.is_member)
        by_people = np.bincount(self.region_of, weights=people, minlength=days.shape[1])
        days = np.moveaxis(days, 1, -1)
        weights = np.where(days.sum(axis=-1, keepdims=True) > 0, days, by_people)
        return np.moveaxis(share_out(self._cost(cooperation, "_region"), weights), -1, 1)

    def _bought(self) -> Floats:
        """What municipalities pay for places bought elsewhere: by the day, or all of them together."""
        cost, days = self.money.women["bought_cost_municipality"], self.days[:, -1]
        if isinstance(self.rule, Solidarisk) and not self._is_bought_otherwise():
            weights = key_weights(self.rule.key, self.everybody)
            return np.moveaxis(share_out(cost.sum(axis=1), weights), -1, 1)
        bought = np.zeros_like(days)
        for region in range(cost.shape[1]):
            own = self.region_of == region
            bought[:, own] = np.moveaxis(share_out(cost[:, region], np.moveaxis(days[:, own], 1, -1)), -1, 1)
        return bought

    def _is_bought_otherwise(self) -> bool:
        """Whether the design says of its own who pays for places bought elsewhere."""
        return self.design.external is not None and self.design.external.financing is not None

    def _refund(self, use: Floats, bought: Floats) -> Floats:
        """What the state refunds of what each woman's own days cost her municipality in a year."""
        refund = self.scenario.economics.refund
        found = np.zeros_like(bought)
        if not refund.counted:
            return found
        stays, years = self.stays, np.arange(bought.shape[2])
        amounts = np.concatenate([use, bought[:, None]], axis=1)
        a_day = np.divide(amounts, self.days, out=np.zeros_like(amounts), where=self.days > 0)
        where = (stays.replication[:, None], self.number_of[stays.pool][:, None], stays.municipality[:, None], years)
        above = tuple(amount * ORE_PER_KRONE for amount in refund_amounts(self.scenario.economics))
        refunded = np.rint(refund_of(a_day[where] * stays.days, above, refund.shares))
        np.add.at(found, (stays.replication[:, None], stays.municipality[:, None], years), refunded)
        most: Floats = np.minimum(found, amounts.sum(axis=1))
        return most

    # -- all replications together -----------------------------------------------------------------------------------

    def _lived(self, stays: DaysOfStays) -> Floats:
        """Days by home and unit, in the years measured."""
        n_pools = len(self.design.pools) + 1
        shape = (self.shape[0], n_pools, len(self.region_of))
        days = stays.sums(np.arange(n_pools), shape)[..., self.first_year :]
        lived: Floats = days.sum(axis=(0, 3)).T
        return lived

    def _paid_for(self, use: Floats, key: Floats, bought: Floats) -> tuple[Floats, Floats]:
        """What municipalities pay for each unit: their bills, by what the units of a cooperation cost."""
        years = slice(self.first_year, None)
        paid_for = np.zeros((len(self.region_of), len(self.design.pools) + 1))
        cost = self.money.places["running_cost_municipality"][..., years].sum(axis=(0, 2))
        for number, cooperation in enumerate(self.cooperations):
            bill = (use[:, number, :, years] + key[:, number, :, years]).sum(axis=(0, 2))
            pools = list(cooperation.pools)
            weights = cost[pools] if cost[pools].sum() > 0 else np.ones(len(pools))
            paid_for[:, pools] = share_out(bill, np.broadcast_to(weights, (len(bill), len(pools))))
        paid_for[:, -1] = bought[..., years].sum(axis=(0, 2))
        return paid_for, cost

    def _monthly(self, use: Floats, key: Floats, bought: Floats) -> Floats:
        """Split the first years' bills: by use as days lie, by key evenly over the days of the year."""
        n_years = self.month_years
        n_months = MONTHS * n_years
        edges = month_starts(self.scenario.start, self.design.plan.year_starts, n_years)
        evenly = np.diff(edges).reshape(n_years, MONTHS)
        days = self.month_days.reshape(*self.month_days.shape[:2], n_years, MONTHS)
        by_use = np.concatenate([use, bought[:, None]], axis=1).sum(axis=0)[..., :n_years]
        weights = np.where(days.sum(axis=-1, keepdims=True) > 0, days, evenly)
        used = share_out(by_use, weights).sum(axis=0)
        by_key = share_out(key.sum(axis=(0, 1))[..., :n_years], np.broadcast_to(evenly, (*used.shape[:2], MONTHS)))
        return np.stack([used.reshape(-1, n_months), by_key.reshape(-1, n_months)])


def _side_by_side(accounts: list[Account], none: tuple[int, ...]) -> Account:
    """Put accounts of cooperations together; (n_replications, n_cooperations, n_years)."""
    if not accounts:
        return Account(*(np.zeros(none) for _ in Account._fields))
    return Account(*(np.stack(columns, axis=1) for columns in zip(*accounts, strict=True)))
