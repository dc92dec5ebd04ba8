"""Bills add up, to the øre: payers to the cost, areas to the country, years to the horizon."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from billed import N_REPLICATIONS, Billed, bill_all
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.financing import cooperations_of, days_of_stays, join_bills, month_starts, refund_amounts, refund_of
from sim.geography import load_municipalities

Floats = npt.NDArray[np.float64]
KEY = st.sampled_from(["population", "births", "women"])
SHARE = st.floats(0, 1)
TARIFF = {
    "budgeted_occupancy": st.floats(0.3, 1),
    "mean_of_years": st.integers(0, 3),
    "accounts_after": st.integers(1, 3),
}
CARRIED = TARIFF | {"carried_share": SHARE, "kept_within": st.floats(0, 0.2)}


def rule(word: str, **settings: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({word: st.fixed_dictionaries({}, optional=settings)})


FINANCING = st.one_of(
    st.sampled_from(["municipal", "regional", "state", {"municipality": 0.3, "region": 0.3, "state": 0.4}]),
    rule("takst", **CARRIED),
    rule("objektiv", key=KEY),
    rule("delt", **TARIFF, takst_share=SHARE, key=KEY),
    rule("abonnement", **CARRIED, bought_share=SHARE, price_beyond=st.floats(0, 2), key=KEY),
    rule("solidarisk", key=KEY),
)


def gross(own: Billed) -> Floats:
    return own.bills.by_use + own.bills.by_key + own.bills.bought


@pytest.mark.law
@settings(deadline=None, max_examples=40)
@given(FINANCING, st.booleans())
def test_bills_add_up_to_the_ore(financing: Any, has_refund: bool) -> None:
    for name, own in bill_all(financing=financing, refund={"counted": has_refund}).items():
        bills, account = own.bills, own.bills.accounts
        for cells in (bills.by_use, bills.by_key, bills.bought, bills.refund, bills.empty, bills.by_region):
            assert np.array_equal(cells, np.rint(cells)), name
        cost = own.money.places["running_cost"].sum(axis=1) + own.money.women["bought_cost"].sum(axis=1)
        paid = gross(own).sum(axis=1) + bills.by_region.sum(axis=1) + bills.by_state
        np.testing.assert_array_equal(
            paid - account.balance.sum(axis=1), cost
        )  # year by year, replication by replication
        np.testing.assert_array_equal(account.by_use.sum(axis=1), bills.by_use.sum(axis=1))
        np.testing.assert_array_equal(account.by_key.sum(axis=1), bills.by_key.sum(axis=1))
        assert (bills.refund >= 0).all()
        assert (bills.refund <= bills.by_use + bills.bought).all()
        assert has_refund or not bills.refund.any()
        measured = slice(own.scenario.measure_from_year - 1, None)
        assert bills.monthly.sum() == gross(own)[..., :3].sum()
        np.testing.assert_array_equal(bills.paid_for.sum(axis=1), gross(own)[..., measured].sum(axis=(0, 2)))


@pytest.mark.unit
@pytest.mark.parametrize("payer", ["municipality", "region", "state"])
def test_each_pays_what_the_measures_say(payer: str) -> None:
    words = {"municipality": 0.3, "region": 0.3, "state": 0.4}
    for own in bill_all(financing=words).values():
        told = own.money.places[f"running_cost_{payer}"].sum() + own.money.women[f"bought_cost_{payer}"].sum()
        mine = {
            "municipality": own.bills.net.sum(),
            "region": own.bills.by_region.sum(),
            "state": own.bills.by_state.sum(),
        }
        assert mine[payer] == told


@pytest.mark.unit
def test_days_are_those_of_the_ledger() -> None:
    for own in bill_all().values():
        n_pools = len(own.design.pools)
        stays = days_of_stays(own.ledger, own.cohort, n_pools, own.design.plan.year_starts)
        days = stays.sums(np.arange(n_pools + 1), (N_REPLICATIONS, n_pools + 1, 98)).sum(axis=2)
        np.testing.assert_array_equal(days[:, :-1], own.tallies.places["occupied_place_days"])
        assert days[:, -1].sum() == own.money.women["bought_days"].sum()
        months = month_starts(own.scenario.start, own.design.plan.year_starts, 4)
        assert days_of_stays(own.ledger, own.cohort, n_pools, months).days.sum() == days.sum()


@pytest.mark.unit
def test_by_a_key_every_municipality_of_the_cooperation_pays_its_share() -> None:
    people = load_municipalities().population
    own = bill_all(financing={"objektiv": {"key": "population"}})["regional"]
    for number, cooperation in enumerate(cooperations_of(own.design, "five")):
        bill = own.bills.by_key[:, cooperation.is_member]
        share = people[cooperation.is_member] / people[cooperation.is_member].sum()
        cost = own.bills.accounts.cost[:, number]
        np.testing.assert_allclose(bill, cost[:, None] * share[None, :, None], atol=1)
    everywhere = bill_all(financing="solidarisk")["regional"]
    total = everywhere.bills.net.sum()
    np.testing.assert_allclose(everywhere.bills.net.sum(axis=(0, 2)), total * people / people.sum(), rtol=1e-5)


@pytest.mark.unit
def test_by_use_who_has_nobody_there_pays_nothing_and_all_pay_one_price() -> None:
    own = bill_all(financing="takst")["shared"]
    bills, account = own.bills, own.bills.accounts
    assert not bills.by_use[bills.days == 0].any()
    np.testing.assert_allclose(bills.by_use, account.price[:, 0, None] * bills.days, atol=1.5)
    assert not bills.by_key.any()


@pytest.mark.unit
def test_empty_places_are_what_is_paid_above_the_days_at_the_cost_of_an_open_place_day() -> None:
    own = bill_all(financing="objektiv")["shared"]
    open_days = own.tallies.places["open_place_days"].sum(axis=1)
    cost, days = own.bills.accounts.cost[:, 0], own.bills.days
    np.testing.assert_allclose(own.bills.empty, own.bills.by_key - (cost / open_days)[:, None] * days, atol=1.5)
    empty = cost * (1 - days.sum(axis=1) / open_days)
    np.testing.assert_allclose(own.bills.empty.sum(axis=1), empty, atol=1)


@pytest.mark.unit
def test_a_refund_is_that_of_each_woman() -> None:
    own = bill_all(financing="takst", refund={"counted": True})["regional"]
    bills, plan = own.bills, own.design.plan
    above = refund_amounts(own.scenario.economics)
    pools = {number: which for which, one in enumerate(cooperations_of(own.design, "five")) for number in one.pools}
    by_hand = np.zeros_like(bills.refund)
    n_pools = len(own.design.pools)
    a_day_elsewhere = own.money.women["bought_cost"].sum() / max(own.money.women["bought_days"].sum(), 1)
    for replication in range(N_REPLICATIONS):
        for woman in range(own.cohort.first[replication], own.cohort.first[replication + 1]):
            pool = own.ledger.pool[woman]
            if pool < 0:
                continue
            left = own.ledger.discharge_day[woman]
            for year in range(own.scenario.horizon_years):
                until = min(plan.year_starts[year + 1], np.inf if np.isnan(left) else left)
                days = max(until - max(own.ledger.admission_day[woman], plan.year_starts[year]), 0)
                price = a_day_elsewhere if pool >= n_pools else bills.accounts.price[replication, pools[pool], year]
                where = replication, own.cohort.municipality[woman], year
                by_hand[where] += refund_of(days * price / 100, above, (0.25, 0.5, 0.75)) * 100
    assert by_hand.sum() > 0
    np.testing.assert_allclose(bills.refund, by_hand, atol=40)


@pytest.mark.unit
def test_what_nobody_uses_is_not_refunded() -> None:
    own = bill_all(financing="objektiv", refund={"counted": True})["shared"]
    assert not own.bills.refund.any()


@pytest.mark.unit
def test_blocks_put_together_are_all_replications() -> None:
    own = bill_all(financing="abonnement")["flexible"].bills
    both = join_bills([own, own])
    assert both.net.shape[0] == 2 * own.net.shape[0]
    assert both.net.sum() == 2 * own.net.sum()
    assert both.monthly.sum() == 2 * own.monthly.sum()
    assert both.accounts.cost.shape[0] == 2 * N_REPLICATIONS
