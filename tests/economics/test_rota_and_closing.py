"""The least staff of a rota, and what it costs that a unit closes for good."""

from typing import Any

import numpy as np
import pytest
from costed import Costed, cost_all
from costed_unit import BY_HAND, FULL, WITHOUT_STARTUP, YEAR, costs_of, parts_of, unit_of

from sim.economics import RUNNING_PARTS
from sim.economics.running import missing_post_days

TWO_AWAKE = {"rota_awake": 2, "posts_per_awake": 5}


def played(places: int) -> Costed:
    """A unit of so many places, always open."""
    unit = {"name": "unit", "kind": "pools", "pools": [{"id": "unit", "site": "AAR", "places": places}]}
    (costed,) = cost_all((unit,), running=TWO_AWAKE | WITHOUT_STARTUP, **BY_HAND)
    return costed


@pytest.mark.unit
@pytest.mark.parametrize(("places", "missing", "posts"), [(1, 7.5, 10), (3, 2.5, 10), (4, 0, 10), (9, 0, 22.5)])
def test_two_awake_are_ten_posts_also_where_places_have_fewer(places: int, missing: float, posts: float) -> None:
    costed = played(places)
    days = np.diff(costed.design.plan.year_starts)
    rota, staff = (costed.money.places[name][:, 0] for name in ("running_rota", "staff_years"))
    a_post = 0.28 * FULL
    np.testing.assert_allclose(rota / 100, np.broadcast_to(missing * a_post * days, rota.shape), atol=0.011)
    np.testing.assert_allclose(staff, np.broadcast_to(posts * days / YEAR, staff.shape))


@pytest.mark.unit
def test_three_places_are_not_a_third_of_nine() -> None:
    three, nine = (played(places).money.places["staff_years"].sum() for places in (3, 9))
    assert three / nine == pytest.approx(10 / 22.5)


@pytest.mark.parity
def test_posts_missing_are_those_of_a_slow_twin() -> None:
    """Place by place as they open and close, between one change and the next."""
    found = 0.0
    for costed in cost_all(running=TWO_AWAKE):
        ledger, starts = costed.ledger, costed.design.plan.year_starts
        counted = missing_post_days(ledger, costed.design, costed.scenario)
        for replication, pool in np.ndindex(*counted.shape[:2]):
            rows = slice(*ledger.capacity_first[replication : replication + 2])
            is_own = ledger.capacity_pool[rows] == pool
            changes = list(zip(ledger.capacity_day[rows][is_own], ledger.capacity_places[rows][is_own], strict=True))
            ends = [day for day, _ in changes[1:]] + [starts[-1]]
            for year, own in enumerate(counted[replication, pool]):
                days = sum(
                    max(10 - 2.5 * places, 0) * max(min(end, starts[year + 1]) - max(day, starts[year]), 0)
                    for (day, places), end in zip(changes, ends, strict=True)
                    if places > 0
                )
                assert own == pytest.approx(days)
                found += days
    assert found > 0


@pytest.mark.unit
def test_unit_with_no_place_open_needs_nobody_awake() -> None:
    *_, released, _ = cost_all(running=TWO_AWAKE)
    is_closed = released.tallies.places["open_place_days"] == 0
    assert is_closed.any()
    assert not released.money.places["running_rota"][is_closed].any()
    assert not released.money.places["staff_years"][is_closed].any()


def closing(built: Any, day: float) -> Any:
    """Close a unit on a day."""
    scenario, design = built
    return scenario, design._replace(plan=design.plan._replace(closes_day=np.array([day])))


@pytest.mark.unit
def test_unit_that_closes_costs_nothing_afterwards_but_its_closing_once() -> None:
    built = unit_of(3, **BY_HAND, running=WITHOUT_STARTUP | {"closing_months": 4})
    days = [6 * YEAR, 6 * 100, 0]
    costs = costs_of(*closing(built, YEAR + 100), open_place_days=days, days_with_open_places=[YEAR, 100, 0])
    by_hand = {
        "unit": [1.26 * YEAR, 1.26 * 100, 0],
        "open": [0.49 * 6 * YEAR, 0.49 * 6 * 100, 0],
        "closing": [0, (1.26 + 6 * 0.49) * YEAR / 3, 0],
    }
    assert parts_of(costs) == {
        part: [pytest.approx(FULL * days, abs=0.011) for days in years] for part, years in by_hand.items()
    }
    np.testing.assert_allclose(costs["staff_years"].ravel(), [15, 15 * 100 / YEAR + 15 / 3, 0])


@pytest.mark.unit
@pytest.mark.parametrize(("day", "year"), [(0.5 * YEAR, 0), (YEAR, 1), (2 * YEAR, None), (np.inf, None)])
def test_closing_is_paid_in_the_year_it_happens_if_it_does(day: float, year: int | None) -> None:
    built = unit_of(2, **BY_HAND, running=WITHOUT_STARTUP | {"closing_months": 12})
    closing_costs = costs_of(*closing(built, day))["running_closing"].ravel()
    assert np.flatnonzero(closing_costs).tolist() == ([] if year is None else [year])


@pytest.mark.unit
def test_closing_counts_the_places_that_had_opened() -> None:
    plan = [{"on": "2028-01-01", "places": 9}, {"on": "2029-01-01", "places": 12}]
    built = unit_of(4, plan=plan, **BY_HAND, running=WITHOUT_STARTUP | {"closing_months": 12})
    costs = parts_of(costs_of(*closing(built, 1.5 * YEAR)))
    assert costs["closing"] == [0, pytest.approx((1.26 + 9 * 0.49) * FULL * YEAR, abs=0.011), 0, 0]


@pytest.mark.unit
def test_released_unit_without_places_of_its_own_costs_nothing_to_close() -> None:
    flexible = {"max_places": 3, "staffing": "released"}
    built = unit_of(2, places=0, flexible=flexible, **BY_HAND, running={"closing_months": 12})
    costs = parts_of(costs_of(*closing(built, YEAR)))
    assert costs == {"readiness": [pytest.approx(0.05 * FULL * YEAR, abs=0.006), 0]}


@pytest.mark.unit
@pytest.mark.parametrize("staffing", ["standby", "released"])
def test_unit_played_until_it_closes_costs_nothing_the_year_after(staffing: str) -> None:
    pool = {
        "id": "unit",
        "site": "AAR",
        "places": 2,
        "closes_on": "2028-07-01",
        "flexible": {"max_places": 5, "staffing": staffing},
    }
    designs = ({"name": "trial", "kind": "pools", "pools": [pool]},)
    (costed,) = cost_all(designs, running=TWO_AWAKE | {"closing_months": 3})
    money, places = costed.money.places, costed.tallies.places
    plan = costed.design.plan
    year = int(np.searchsorted(plan.year_starts, plan.closes_day[0], side="right")) - 1
    assert (money["running_cost"][:, 0, : year + 1] > 0).all()
    assert (money["running_closing"][:, 0, year] > 0).all()
    assert not money["running_cost"][:, 0, year + 1 :].any()
    assert not money["staff_years"][:, 0, year + 1 :].any()
    assert not places["closed_place_days"][:, 0, year + 1 :].any()
    total = np.sum([money[f"running_{part}"] for part in RUNNING_PARTS], axis=0)
    np.testing.assert_array_equal(total, money["running_cost"])
