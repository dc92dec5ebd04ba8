"""The state's refund of expensive single cases, on cases by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.economics import price_factor
from sim.financing import refund_amounts, refund_of
from sim.scenario import Economics

ABOVE, SHARES = (860_000.0, 1_680_000.0, 2_120_000.0), (0.25, 0.5, 0.75)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cost", "refunded"),
    [
        (0, 0),
        (860_000, 0),
        (1_000_000, 35_000),
        (1_680_000, 205_000),
        (2_000_000, 205_000 + 160_000),
        (2_120_000, 205_000 + 220_000),
        (3_000_000, 425_000 + 660_000),
    ],
)
def test_cases_by_hand(cost: float, refunded: float) -> None:
    assert refund_of(cost, ABOVE, SHARES) == pytest.approx(refunded)


@pytest.mark.law
@given(st.lists(st.floats(0, 1e7), min_size=2, max_size=20))
def test_a_dearer_case_never_costs_the_municipality_less(costs: list[float]) -> None:
    ordered = np.sort(costs)
    refunded = refund_of(ordered, ABOVE, SHARES)
    assert (refunded >= 0).all()
    assert (np.diff(refunded) >= -1e-6).all()
    assert (np.diff(ordered - refunded) >= -1e-6).all()


@pytest.mark.unit
def test_amounts_are_those_of_the_law_in_their_year_and_follow_prices() -> None:
    economics = Economics()
    refund = economics.refund
    assert (refund.above, refund.shares, refund.price_year, refund.counted) == (ABOVE, SHARES, 2022, False)
    assert refund_amounts(economics)[0] == pytest.approx(860_000 * price_factor(amounts_of=2022, to=2026))
