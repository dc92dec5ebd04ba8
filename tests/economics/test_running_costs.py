"""What pools cost: the reference unit, a flexible pool worked by hand, and a slow twin."""

from typing import Any

import numpy as np
import pytest
from costed import cost_all
from costed_unit import FULL, WITHOUT_STARTUP, YEAR, costs_of, unit_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cohort import year_starts
from sim.economics import RUNNING_PARTS, prices_of
from sim.economics.running import standing_of
from sim.scenario import PAYERS

SOME = settings(max_examples=60, deadline=None, derandomize=True)


@pytest.mark.unit
@pytest.mark.parametrize("price", ["ordinary", "specialised", 4321.0])
@pytest.mark.parametrize("year", [2021, 2026])
def test_unit_run_at_the_reference_costs_the_place_price_to_the_ore(price: Any, year: int) -> None:
    scenario, design = unit_of(place_price=price, price_year=year, running=WITHOUT_STARTUP)
    occupied = np.full(2, 0.85 * 6 * YEAR)
    costs = costs_of(scenario, design, open_place_days=[6 * YEAR, 6 * YEAR], occupied_place_days=occupied)
    a_place_year = prices_of(scenario.economics).place
    np.testing.assert_allclose(costs["running_cost"].ravel(), np.rint(100 * 5.1 * a_place_year), rtol=0, atol=1)
    np.testing.assert_array_equal(costs["staff_years"].ravel(), 15)


@pytest.mark.law
@SOME
@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_emptier_unit_costs_less_in_all_and_more_for_each_place_used(one: float, other: float) -> None:
    emptier, fuller = sorted((one, other))
    scenario, design = unit_of(1, running=WITHOUT_STARTUP)
    low, high = (
        costs_of(scenario, design, open_place_days=[6 * YEAR], occupied_place_days=[q * 6 * YEAR])[
            "running_cost"
        ].item()
        for q in (emptier, fuller)
    )
    assert low <= high
    assert low / emptier >= high / fuller * (1 - 1e-9)


@pytest.mark.unit
def test_half_empty_unit_by_hand() -> None:
    scenario, design = unit_of(1, place_price=1000.0, running=WITHOUT_STARTUP)
    used = 0.425 * 6 * YEAR
    costs = costs_of(scenario, design, open_place_days=[6 * YEAR], occupied_place_days=[used])
    # A full place costs 1000 x 0.85 / (0.7 + 0.3 x 0.85) = 890.05 a day; 70 % of it whatever happens.
    assert costs["running_cost"].item() / 100 / used == pytest.approx(FULL * (0.7 / 0.425 + 0.3), abs=0.01)


@pytest.mark.unit
def test_flexible_pool_by_hand() -> None:
    flexible = {"max_places": 8}
    words = {"place_price": 1000.0, "capital": {"per_place": 0}, "financing": {"municipality": 0.25, "state": 0.75}}
    scenario, design = unit_of(flexible=flexible, **words)
    costs = costs_of(
        scenario,
        design,
        open_place_days=[6 * YEAR, 6 * YEAR + 100],
        occupied_place_days=[1000, 2000],
        closed_place_days=[2 * YEAR, 2 * YEAR - 100],
        openings=[0, 1],
    )
    by_hand = {
        "unit": [0.7 * 0.3 * FULL * 6 * YEAR] * 2,
        "open": [0.7 * 0.7 * FULL * 6 * YEAR, 0.7 * 0.7 * FULL * (6 * YEAR + 100)],
        "occupied": [0.3 * FULL * 1000, 0.3 * FULL * 2000],
        "capital": [0, 0],
        "closed_building": [0.06 * FULL * 2 * YEAR, 0.06 * FULL * (2 * YEAR - 100)],
        "readiness": [0.14 * FULL * 2 * YEAR, 0.14 * FULL * (2 * YEAR - 100)],
        "premium": [0, 0.15 * (0.49 + 0.3) * FULL * 100],
        "left_work": [0, 0],
        "rota": [0, 0],
        "opening": [0, 7 * FULL],
        "startup": [0.7 * FULL * 6 * YEAR / 4, 0],
        "closing": [0, 0],
    }
    for part in RUNNING_PARTS:
        np.testing.assert_allclose(costs[f"running_{part}"].ravel() / 100, by_hand[part], atol=0.011, err_msg=part)
    total = costs["running_cost"]
    np.testing.assert_array_equal(costs["running_cost_municipality"], np.rint(0.25 * total))
    np.testing.assert_array_equal(costs["running_cost_state"], total - np.rint(0.25 * total))
    np.testing.assert_allclose(costs["staff_years"].ravel(), [2.5 * (6 + 1.5), 2.5 * (6 + 100 / YEAR)])


@pytest.mark.unit
def test_capital_on_top_is_paid_for_closed_places_too() -> None:
    words = {"flexible": {"max_places": 8}, "price_year": 2025}
    days = {"open_place_days": [6 * YEAR] * 2, "closed_place_days": [2 * YEAR] * 2}
    inside, on_top = (
        costs_of(*unit_of(capital={"counted": counted}, running=WITHOUT_STARTUP, **words), **days)
        for counted in ("inside", "on_top")
    )
    extra = (on_top["running_cost"] - inside["running_cost"]).ravel() / 100
    np.testing.assert_allclose(extra, 8 * 108_742.66, atol=0.2)


@pytest.mark.unit
def test_plan_says_when_a_pool_stands_and_grows() -> None:
    steps = [{"on": "2028-07-01", "places": 9}]
    scenario, design = unit_of(3, plan=steps)
    starts = year_starts(scenario.start, 3)
    standing = standing_of(design.plan._replace(year_starts=starts), np.array([False]))
    # 1 July 2028 is day 547: 184 days before the end of the second year.
    np.testing.assert_array_equal(standing.new_pools, [[1, 0, 0]])
    np.testing.assert_array_equal(standing.new_places, [[6, 3, 0]])
    np.testing.assert_array_equal(standing.pool_days, [[365, 366, 365]])
    np.testing.assert_array_equal(standing.always_open_days, [[6 * 365, 6 * 366 + 3 * 184, 9 * 365]])


@pytest.mark.parity
@pytest.mark.parametrize("counted", ["inside", "on_top"])
def test_running_costs_are_those_of_a_slow_twin(counted: str) -> None:
    for costed in cost_all(capital={"counted": counted}):
        running, parts = costed.scenario.economics.running, prices_of(costed.scenario.economics).parts
        places, plan = costed.tallies.places, costed.design.plan
        for (replication, number, year), total in np.ndenumerate(costed.money.places["running_cost"]):
            pool = costed.design.pools[number]
            here = {name: float(cube[replication, number, year]) for name, cube in places.items()}
            opened, closed = here["open_place_days"] / YEAR, here["closed_place_days"] / YEAR
            years, fixed = np.diff(plan.year_starts)[year] / YEAR, pool.places
            flexible, whole_place = opened - fixed * years, parts.open_place + parts.occupied_place
            cost = parts.open_place * opened + parts.occupied_place * here["occupied_place_days"] / YEAR
            cost += parts.capital * (opened + closed if counted == "on_top" else opened)
            cost += running.opening_days / YEAR * parts.full_place * here["openings"]
            if pool.flexible and pool.flexible.staffing == "released":
                cost += parts.unit * here["days_with_open_places"] / YEAR
                cost += running.closed_place_share * running.closed_building_part * parts.full_place * closed
                cost += running.released_readiness_share * parts.full_place * years
                cost += running.released_premium * whole_place * flexible
                cost += running.left_work_share * (parts.unit / 6 + parts.open_place) * flexible
            else:
                cost += parts.unit * years
                cost += running.closed_place_share * parts.full_place * closed
                cost += running.flexible_premium * whole_place * flexible if pool.flexible else 0
            if year == 0 and fixed > 0:
                cost += running.startup_months / 12 * (parts.unit + fixed * (parts.open_place + parts.capital))
            assert total / 100 == pytest.approx(cost, abs=0.02)


@pytest.mark.law
def test_parts_and_payers_of_running_costs_add_up_to_the_ore() -> None:
    for costed in cost_all():
        places = costed.money.places
        total = places["running_cost"]
        np.testing.assert_array_equal(np.sum([places[f"running_{part}"] for part in RUNNING_PARTS], axis=0), total)
        np.testing.assert_array_equal(np.sum([places[f"running_cost_{payer}"] for payer in PAYERS], axis=0), total)
        assert (total == np.rint(total)).all()
