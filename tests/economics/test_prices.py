"""Prices: the index, the place price taken apart, and who pays."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cohort import DAYS_PER_YEAR
from sim.economics import price_factor, prices_of
from sim.economics.cost_kernel import CARE, RUNNING_MONEY, RUNNING_PARTS, WOMEN_MONEY, cost_pools, settle_women
from sim.economics.discounting import annuity, discounted_years, shift_of
from sim.economics.prices import cuts_of, later_payers
from sim.economics.running import RunningPrices
from sim.measures import by_name
from sim.scenario import PAYERS, Economics, PayerShares, ScenarioError, price_years, scenario_from

YEARS = st.integers(*price_years())
SHARES = st.floats(0, 1)
SOME = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.unit
def test_index_is_the_chain_of_yearly_rises() -> None:
    assert price_factor(amounts_of=2021, to=2021) == 1
    assert price_factor(amounts_of=2021, to=2026) == pytest.approx(1.043 * 1.025 * 1.04 * 1.028 * 1.03)
    assert price_factor(amounts_of=2025, to=2023) == pytest.approx(1 / (1.04 * 1.028))


@pytest.mark.law
@SOME
@given(YEARS, YEARS, YEARS)
def test_the_way_over_another_year_makes_no_difference(first: int, over: int, last: int) -> None:
    both = price_factor(amounts_of=first, to=over) * price_factor(amounts_of=over, to=last)
    assert both == pytest.approx(price_factor(amounts_of=first, to=last))


@pytest.mark.unit
@pytest.mark.parametrize("words", ["price_year", "unit_prices.price_year", "capital.price_year"])
@pytest.mark.parametrize("year", [2020, 2027, 2025.5, "now"])
def test_year_without_an_index_is_refused(words: str, year: Any) -> None:
    economics: dict[str, Any] = {}
    inside = economics
    *above, word = words.split(".")
    for name in above:
        inside = inside.setdefault(name, {})
    inside[word] = year
    message = rf"economics.{words}: a year that the price index covers, 2021 to 2026; got '?{year}'?. Choose one"
    with pytest.raises(ScenarioError, match=message):
        scenario_from({"name": "a", "designs": [{"name": "b", "kind": "none"}], "economics": economics})


@pytest.mark.unit
def test_place_prices_are_those_of_their_own_year() -> None:
    assert prices_of(Economics(price_year=2021, place_price="ordinary")).place == 1_103_428
    assert prices_of(Economics(price_year=2026)).place == pytest.approx(5_500 * 365.25)
    factor = price_factor(amounts_of=2021, to=2026)
    assert prices_of(Economics(price_year=2026)).external == pytest.approx(1_103_428 * factor)
    assert prices_of(Economics(price_year=2021)).place == pytest.approx(5_500 * 365.25 / factor)


@pytest.mark.unit
def test_price_of_ones_own_is_in_the_prices_of_the_price_year() -> None:
    for year in (2021, 2026):
        assert prices_of(Economics(price_year=year, place_price=4000.0)).place == 4000 * 365.25


@pytest.mark.law
@SOME
@given(
    fixed=SHARES,
    unit=SHARES,
    places=st.integers(1, 20),
    occupancy=st.floats(0.05, 1),
    year=YEARS,
    price=st.floats(1, 9e4),
)
def test_reference_unit_costs_the_place_price(
    fixed: float, unit: float, places: int, occupancy: float, year: int, price: float
) -> None:
    words = {
        "price_year": year,
        "place_price": price,
        "reference": {"places": places, "occupancy": occupancy},
        "running": {"fixed_share": fixed, "unit_share": unit},
    }
    prices = prices_of(Economics(**words))
    parts = prices.parts
    assert min(parts) >= 0
    cost = parts.unit + places * (parts.open_place + parts.capital + occupancy * parts.occupied_place)
    assert cost == pytest.approx(prices.place * places * occupancy)
    whatever_happens = cost - places * occupancy * parts.occupied_place
    assert fixed * parts.full_place * places == pytest.approx(whatever_happens, abs=1e-3)


@pytest.mark.unit
def test_capital_is_inside_the_price_or_on_top_of_it() -> None:
    inside, on_top = (
        prices_of(Economics(price_year=2025, capital={"counted": counted})).parts for counted in ("inside", "on_top")
    )
    assert inside.capital == on_top.capital == pytest.approx(108_742.66, abs=0.01)
    assert inside.open_place + inside.capital == pytest.approx(on_top.open_place)
    dear = prices_of(Economics(place_price=100.0)).parts
    assert (dear.open_place, dear.capital > 0) == (0, True)


@pytest.mark.unit
def test_annuity_and_discounted_years_by_hand() -> None:
    assert annuity(30, rate=0.035) == pytest.approx(0.035 / (1 - 1.035**-30))
    assert annuity(20, rate=0) == 1 / 20
    assert discounted_years(2.0, rate=0.035) == pytest.approx((1 - 1 / 1.035**2) / math.log(1.035))
    assert discounted_years(2.0, rate=0) == 2
    assert discounted_years(np.inf, rate=0.035) == pytest.approx(1 / math.log(1.035))


@pytest.mark.law
@SOME
@given(st.floats(0, 50), st.floats(0, 50), st.sampled_from([0, 0.01, 0.035, 0.2]))
def test_later_is_later_in_discounted_years_too(years: float, more: float, rate: float) -> None:
    factor, further = shift_of(more, rate=rate)
    later = factor * float(discounted_years(years, rate=rate)) + further
    assert later == pytest.approx(float(discounted_years(years + more, rate=rate)), abs=1e-9)


@st.composite
def payers(draw: st.DrawFn) -> PayerShares:
    a, b, c = (draw(st.integers(0, 9)) for _ in PAYERS)
    whole = max(a + b + c, 1)
    return PayerShares(municipality=a / whole, region=b / whole, state=max(0.0, 1 - a / whole - b / whole))


@pytest.mark.law
@SOME
@given(st.lists(st.integers(0, 10**12), min_size=1), payers())
def test_payers_add_up_to_the_ore(amounts: list[int], shares: PayerShares) -> None:
    cells = np.zeros((1, 1, len(amounts), len(WOMEN_MONEY)))
    cells[0, 0, :, CARE] = ore = np.array(amounts, dtype=np.float64)
    settle_women(cells, np.zeros(2), 0.0, (cuts_of(shares), *[(1.0, 1.0)] * 3))
    paid = by_name(WOMEN_MONEY, cells[0, 0])
    assert sum(paid[f"care_cost_{payer}"] for payer in PAYERS).tolist() == amounts
    for payer in PAYERS:
        own = paid[f"care_cost_{payer}"]
        assert (own >= 0).all()
        assert np.abs(own - ore * getattr(shares, payer)).max() <= 1
        assert getattr(shares, payer) > 0 or not own.any()


@pytest.mark.law
@SOME
@given(st.lists(st.floats(0, 1e9), min_size=len(RUNNING_PARTS), max_size=len(RUNNING_PARTS)))
def test_rounded_parts_add_up_to_the_rounded_total(parts: list[float]) -> None:
    own = dict(zip(RUNNING_PARTS, parts, strict=True))
    days, one, none = np.full((1, 1, 1), DAYS_PER_YEAR), np.ones((1, 1)), np.zeros((1, 1))
    prices = RunningPrices(
        unit=own["unit"],
        open_place=own["open"],
        occupied_place=own["occupied"],
        capital=own["capital"],
        closed_building=own["closed_building"],
        closed_place=own["closed_building"],
        readiness=own["readiness"],
        premium=own["premium"],
        left_work=own["left_work"],
        post=own["rota"],
        opening=own["opening"],
        staff_per_place=0.0,
        is_built_on_top=False,
    )
    cells = np.empty((1, 1, 1, len(RUNNING_MONEY)))
    places = (days, days, days, days, np.ones((1, 1, 1)), days)
    standing = (one * DAYS_PER_YEAR, none, one * own["startup"], one * own["closing"], none, one[0] > 0, np.array([0]))
    cost_pools(places, standing, (prices, prices), (0.5, 1.0), cells)
    costs = by_name(RUNNING_MONEY, cells)
    rounded = [costs[f"running_{part}"].item() for part in RUNNING_PARTS]
    assert sum(rounded) == costs["running_cost"].item()
    assert costs["running_cost"].item() == pytest.approx(100 * sum(parts), rel=1e-12, abs=0.51)
    np.testing.assert_allclose(rounded, 100 * np.array(parts), rtol=0, atol=1 + 1e-4)


@pytest.mark.unit
def test_later_payers_are_the_municipality_and_then_the_others() -> None:
    completed, not_completed = (later_payers(Economics(), is_completed=which) for which in (True, False))
    assert (completed.municipality, completed.region, completed.state) == pytest.approx((0.86, 0.07, 0.07))
    assert (not_completed.municipality, not_completed.region) == pytest.approx((0.88, 0.06))
