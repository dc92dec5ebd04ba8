"""Closed forms of the accounts: what a price earns, what is carried forward, what a subscription comes to."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.financing import Account, keep_account, share_out, tariff_of
from sim.scenario import Abonnement, AnyRule, Delt, Objektiv, Solidarisk, Takst

Floats = npt.NDArray[np.float64]

A_DAY = 100_000.0
"""What a day lived in a place costs on top of the place [øre]."""
A_YEAR = 365.0
OCCUPANCIES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def account_of(rule: AnyRule, occupancy: list[float], *, places: float = 6.0, fixed: float = 9e8) -> Account:
    """Keep the account of one replication, where so much of open place-days is used year by year."""
    open_days = np.full((1, len(occupancy)), places * A_YEAR)
    used = open_days * occupancy
    occupied = np.rint(A_DAY * used)
    return keep_account(
        rule, cost=fixed + occupied, occupied_cost=occupied, a_day=A_DAY, days=np.stack([open_days, used])
    )


def is_whole(amounts: Floats) -> bool:
    return bool(np.array_equal(amounts, np.rint(amounts)))


# -- a price for each day --


@pytest.mark.law
@given(st.floats(0.3, 1.0), st.integers(1, 6), st.integers(1, 10**10))
def test_at_budgeted_occupancy_a_price_earns_what_the_units_cost(q: float, years: int, fixed: int) -> None:
    account = account_of(Takst(budgeted_occupancy=q), [q] * years, fixed=float(fixed))
    assert np.abs(account.balance).max() <= 1  # the øre that the cost itself is rounded to
    assert is_whole(account.by_use)


@pytest.mark.unit
def test_below_it_the_operator_lacks_what_does_not_follow_occupancy() -> None:
    account = account_of(Takst(budgeted_occupancy=1.0, carried_share=0), [0.6])
    assert account.price[0, 0] == pytest.approx(9e8 / (6 * A_YEAR) + A_DAY)
    assert account.balance[0, 0] == pytest.approx(-0.4 * 9e8, abs=1)


@pytest.mark.unit
def test_a_deficit_goes_into_the_price_two_years_later_by_hand() -> None:
    account = account_of(Takst(budgeted_occupancy=1.0), [0.5, 1.0, 1.0, 0.5, 1.0, 1.0])
    lacking = 4.5e8
    assert account.carried_in[0] == pytest.approx([0, 0, -lacking, 0, 0, -lacking], abs=2)
    assert account.balance[0] == pytest.approx([-lacking, 0, lacking, -lacking, 0, lacking], abs=2)
    assert account.price[0, 2] - account.price[0, 1] == pytest.approx(lacking / (6 * A_YEAR))


@pytest.mark.law
@settings(deadline=None)
@given(OCCUPANCIES, st.integers(1, 4), st.floats(0.5, 1))
def test_what_is_not_in_a_price_yet_is_what_is_owed(occupancy: list[float], after: int, q: float) -> None:
    account = account_of(Takst(budgeted_occupancy=q, accounts_after=after), occupancy)
    results = account.balance + account.carried_in
    np.testing.assert_array_equal(
        account.carried_in[:, after:], results[:, :-after] if after < len(occupancy) else [[]]
    )
    assert account.balance.sum() == results[:, -after:].sum()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "carried"),
    [
        ({}, -4.5e8),
        ({"carried_share": 0.5}, -2.25e8),
        ({"carried_share": 0}, 0),
        ({"kept_within": 0.1}, -4.5e8 + 0.1 * (9e8 + A_DAY * 6 * A_YEAR)),
        ({"kept_within": 0.5}, 0),
    ],
)
def test_the_operator_keeps_what_the_agreement_says(words: dict[str, float], carried: float) -> None:
    account = account_of(Takst(budgeted_occupancy=1.0, **words), [0.5, 1.0, 1.0])  # type: ignore[arg-type]
    assert account.carried_in[0, 2] == pytest.approx(carried, abs=2)


@pytest.mark.unit
def test_a_surplus_larger_than_a_budget_is_given_back_over_years_and_no_price_is_negative() -> None:
    rule = Takst(budgeted_occupancy=0.1, accounts_after=1)
    account = account_of(rule, [1.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert account.price.min() == 0
    assert account.balance.sum() == pytest.approx(0, abs=12)


@pytest.mark.unit
def test_the_mean_of_known_years_within_bounds_by_hand() -> None:
    rule = Takst(budgeted_occupancy=0.97, mean_of_years=2, bounds=(0.9, 0.98))
    account = account_of(rule, [0.94, 0.96, 0.5, 1.0, 1.0, 0.9])
    # years 1 and 2 know no accounts; year 3 knows year 1, year 4 years 1 and 2, year 5 years 2 and 3, year 6 years 3, 4
    assert account.occupancy[0] == pytest.approx([0.97, 0.97, 0.94, 0.95, 0.9, 0.9])
    assert account_of(rule, [1.0] * 3).occupancy[0, 2] == pytest.approx(0.98)


@pytest.mark.unit
def test_years_without_open_places_are_no_years_of_the_mean() -> None:
    rule = Takst(budgeted_occupancy=0.97, mean_of_years=2, accounts_after=1)
    open_days = np.array([[0.0, 100.0, 100.0, 0.0]])
    used = np.array([[0.0, 92.0, 80.0, 0.0]])
    cost = np.full((1, 4), 1e6)
    account = keep_account(rule, cost=cost, occupied_cost=0 * cost, a_day=0.0, days=np.stack([open_days, used]))
    assert account.occupancy[0, :3] == pytest.approx([0.97, 0.97, 0.92])
    assert account.price[0, [0, 3]].tolist() == [0, 0]
    assert account.carried_in[0, 1] == -1e6  # what a unit costs before it opens


# -- part by use, the rest by a key --


@pytest.mark.unit
def test_the_published_model_of_secured_places() -> None:
    """Half of a place's price by use and half by a key: DKK 1,652,253 a year and 4,527 a day are printed."""
    cost = np.array([[2 * 1_652_253_00.0]])
    days = np.full((1, 1), A_YEAR)
    rule = Delt(takst_share=0.5, budgeted_occupancy=1.0)
    account = keep_account(rule, cost=cost, occupied_cost=0 * cost, a_day=0.0, days=np.stack([days, days]))
    assert account.by_use[0, 0] == 1_652_253_00
    assert round(0.5 * account.price[0, 0] / 100) == 4_527
    assert account.by_key[0, 0] == account.by_use[0, 0]


@pytest.mark.law
@given(OCCUPANCIES, st.floats(0, 1))
def test_a_key_pays_all_that_use_does_not(occupancy: list[float], share: float) -> None:
    account = account_of(Delt(takst_share=share), occupancy)
    np.testing.assert_array_equal(account.by_use + account.by_key, account.cost)
    assert not account.balance.any()
    alone = account_of(Takst(carried_share=0), occupancy)
    np.testing.assert_allclose(account.by_use, share * alone.by_use, atol=1)


@pytest.mark.law
@given(OCCUPANCIES, st.sampled_from([Objektiv(), Solidarisk()]))
def test_by_a_key_alone_all_is_paid_at_once(occupancy: list[float], rule: AnyRule) -> None:
    account = account_of(rule, occupancy)
    np.testing.assert_array_equal(account.by_key, account.cost)
    assert not account.by_use.any()
    assert not account.balance.any()
    assert rule.marginal_share == 0


# -- a subscription --


@pytest.mark.law
@given(st.floats(0.3, 1), st.floats(0.1, 1), st.integers(1, 5))
def test_a_subscription_that_is_just_used_costs_what_the_days_would(q: float, share: float, years: int) -> None:
    own = account_of(Abonnement(budgeted_occupancy=q, bought_share=share, carried_share=0), [share * q] * years)
    by_use = account_of(Takst(budgeted_occupancy=q, carried_share=0), [share * q] * years)
    np.testing.assert_allclose(own.by_key + own.by_use, by_use.by_use, atol=2)
    np.testing.assert_allclose(own.bought_days, share * q * 6 * A_YEAR)


@pytest.mark.unit
def test_days_beyond_a_subscription_cost_their_own_price_and_unused_ones_are_paid_for() -> None:
    rule = Abonnement(budgeted_occupancy=1.0, bought_share=0.5, price_beyond=1.2, carried_share=0)
    account = account_of(rule, [0.25, 0.75])
    full = 9e8 / (6 * A_YEAR) + A_DAY
    assert account.by_key[0] == pytest.approx([full * 3 * A_YEAR] * 2, abs=1)
    assert account.by_use[0] == pytest.approx([0, 1.2 * full * 1.5 * A_YEAR], abs=1)


@pytest.mark.law
@given(OCCUPANCIES)
def test_a_subscription_to_nothing_is_a_price_for_each_day(occupancy: list[float]) -> None:
    np.testing.assert_array_equal(
        account_of(Abonnement(bought_share=0), occupancy).by_use, account_of(Takst(), occupancy).by_use
    )


# -- sharing out --


@pytest.mark.law
@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=1, max_size=98).filter(any),
)
def test_parts_are_whole_and_add_up_and_who_has_no_share_pays_nothing(amount: int, weights: list[float]) -> None:
    parts = share_out(float(amount), weights)
    assert is_whole(parts)
    assert parts.sum() == amount
    assert not parts[np.array(weights) == 0].any()
    np.testing.assert_allclose(parts, amount * np.array(weights) / sum(weights), atol=1.01, rtol=1e-9)


@pytest.mark.unit
def test_a_price_is_the_budget_over_its_days() -> None:
    assert tariff_of(1000.0, 8.0) == 125
    assert tariff_of(1000.0, 0.0) == 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("rule", "share"),
    [
        (Takst(), 1.0),
        (Objektiv(), 0.0),
        (Delt(takst_share=0.3), 0.3),
        (Abonnement(bought_share=0.8), 0.2),
        (Abonnement(bought_share=0.8, price_beyond=1.5), 0.3),
        (Abonnement(bought_share=0, price_beyond=3), 1.0),
        (Abonnement(bought_share=1), 0.0),
        (Solidarisk(), 0.0),
    ],
)
def test_what_a_further_day_costs_of_the_full_price(rule: Any, share: float) -> None:
    assert rule.marginal_share == pytest.approx(share)
