"""Released staff against staff who stand by, worked by hand."""

from typing import Any

import numpy as np
import pytest
from costed_unit import BY_HAND, FULL, YEAR, costs_of, parts_of, unit_of
from hypothesis import given, settings
from hypothesis import strategies as st

SOME = settings(max_examples=60, deadline=None, derandomize=True)


def flexible_unit(staffing: str, places: int = 0, **running: Any) -> Any:
    """A unit that may open two flexible places beside those it always has."""
    flexible = {"max_places": places + 2, "staffing": staffing}
    return unit_of(1, places=places, flexible=flexible, **BY_HAND, running=running)


@pytest.mark.unit
def test_two_released_places_open_all_year() -> None:
    days = {"open_place_days": [2 * YEAR], "occupied_place_days": [300], "days_with_open_places": [YEAR]}
    costs = costs_of(*flexible_unit("released"), **days, openings=[2])
    by_hand = {
        "unit": 1.26 * YEAR,
        "open": 0.49 * 2 * YEAR,
        "occupied": 0.3 * 300,
        "readiness": 0.05 * YEAR,
        "premium": 0.15 * 0.79 * 2 * YEAR,
        "left_work": 0.1 * 0.7 * 2 * YEAR,
        "opening": 7 * 2,
    }
    assert parts_of(costs) == {part: [pytest.approx(FULL * days, abs=0.011)] for part, days in by_hand.items()}
    np.testing.assert_allclose(costs["staff_years"], 5)


@pytest.mark.unit
def test_released_unit_with_no_place_open_costs_its_readiness_and_its_building_alone() -> None:
    costs = costs_of(*flexible_unit("released"), closed_place_days=[2 * YEAR])
    by_hand = {"closed_building": 0.3 * 0.2 * 2 * YEAR, "readiness": 0.05 * YEAR}
    assert parts_of(costs) == {part: [pytest.approx(FULL * days, abs=0.011)] for part, days in by_hand.items()}
    assert costs["staff_years"].item() == 0


@pytest.mark.unit
def test_the_same_unit_with_staff_who_stand_by_costs_its_leader_and_its_start_too() -> None:
    costs = costs_of(*flexible_unit("standby"), closed_place_days=[2 * YEAR])
    by_hand = {
        "unit": 1.26 * YEAR,
        "closed_building": 0.3 * 0.2 * 2 * YEAR,
        "readiness": 0.7 * 0.2 * 2 * YEAR,
        "startup": 1.26 * YEAR / 4,
    }
    assert parts_of(costs) == {part: [pytest.approx(FULL * days, abs=0.011)] for part, days in by_hand.items()}


@pytest.mark.unit
def test_example_of_the_documentation() -> None:
    """Six places at most, half of the year two open and occupied, at 5,500 DKK a day."""
    days = {
        "open_place_days": [YEAR],
        "occupied_place_days": [YEAR],
        "closed_place_days": [5 * YEAR],
        "days_with_open_places": [YEAR / 2],
        "openings": [2],
    }
    costs = {}
    for staffing in ("standby", "released"):
        flexible = {"max_places": 6, "staffing": staffing}
        costs[staffing] = parts_of(costs_of(*unit_of(1, places=0, flexible=flexible), **days))
    thousands = {
        staffing: {part: round(amount / 1000) for part, (amount,) in parts.items()} for staffing, parts in costs.items()
    }
    same = {"open": 764, "occupied": 536, "capital": 112, "closed_building": 536, "premium": 195, "opening": 69}
    assert thousands == {
        "standby": same | {"unit": 2253, "readiness": 1252, "startup": 563},
        "released": same | {"unit": 1126, "readiness": 89, "left_work": 114},
    }
    assert {
        staffing: round(sum(amount for (amount,) in parts.values()) / 1000) for staffing, parts in costs.items()
    } == {
        "standby": 6280,
        "released": 3542,
    }


@pytest.mark.unit
def test_released_unit_with_places_always_open_has_staff_of_its_own_for_them() -> None:
    days = {"open_place_days": [3 * YEAR], "days_with_open_places": [YEAR], "closed_place_days": [2 * YEAR]}
    released, standby = (parts_of(costs_of(*flexible_unit(how, 3), **days)) for how in ("released", "standby"))
    for part in ("unit", "open", "startup", "closed_building"):
        assert released[part] == standby[part]
    assert released["startup"] == [pytest.approx((1.26 + 3 * 0.49) * FULL * YEAR / 4, abs=0.02)]
    assert "premium" not in released


@pytest.mark.unit
def test_released_unit_has_staff_of_its_own_from_its_first_place_that_stays_open() -> None:
    flexible = {"max_places": 5, "staffing": "released"}
    plan = [{"on": "2028-06-01", "places": 3}]
    costs = costs_of(*unit_of(places=0, flexible=flexible, plan=plan, **BY_HAND))
    startup = (1.26 + 3 * 0.49) * FULL * YEAR / 4
    assert parts_of(costs)["startup"] == [0, pytest.approx(startup, abs=0.02)]


@pytest.mark.law
@SOME
@given(
    days=st.tuples(st.floats(0, YEAR), st.floats(0, YEAR)),
    shares=st.tuples(*[st.floats(0, 1)] * 4),
)
def test_standby_and_released_are_the_same_but_for_what_is_said_to_differ(days: Any, shares: Any) -> None:
    """Without readiness, premium and left work, and with the building all there is to a closed place."""
    opened, taken = max(days), min(days)
    fixed, unit, closed, _ = shares
    running = {
        "fixed_share": fixed,
        "unit_share": unit,
        "closed_place_share": closed,
        "closed_building_part": 1,
        "flexible_premium": 0,
        "released_premium": 0,
        "left_work_share": 0,
        "released_readiness_share": 0,
    }
    counted = {
        "open_place_days": [2 * YEAR + opened],
        "occupied_place_days": [taken],
        "closed_place_days": [2 * YEAR - opened],
        "days_with_open_places": [YEAR],
        "openings": [3],
    }
    standby, released = (costs_of(*flexible_unit(how, 2, **running), **counted) for how in ("standby", "released"))
    for name, own in standby.items():
        np.testing.assert_array_equal(own, released[name], err_msg=name)
