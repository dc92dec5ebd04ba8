"""Where the women live."""

from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, PLAIN, changed
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.cohort import draw_cohort, municipal_shares
from sim.cohort.home import find_intervals, home_of
from sim.geography import REGION_MAPS, load_municipalities

PLACES = load_municipalities()
BY_REGION = {"hovedstaden": 0.1, "sjaelland": 0.2, "syddanmark": 0.3, "midtjylland": 0.4, "nordjylland": 0.0}
FOUR = {"oestdanmark": 0.25, "syddanmark": 0.25, "midtjylland": 0.25, "nordjylland": 0.25}


def of_regions(shares: Any, region_map: str = "five") -> Any:
    return np.bincount(PLACES.region_index(region_map), weights=shares)


@pytest.mark.unit
@pytest.mark.parametrize("key", ["women", "population", "births"])
def test_regions_follow_the_key_and_municipalities_the_women_of_childbearing_age(key: str) -> None:
    shares = municipal_shares(changed({"demand.regional_shares": key}))
    column = getattr(PLACES, key)
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(of_regions(shares), of_regions(column) / column.sum())
    region = PLACES.region_index("five")
    within = PLACES.women / of_regions(PLACES.women)[region]
    np.testing.assert_allclose(shares / of_regions(shares)[region], within)


@pytest.mark.unit
def test_shares_given_by_region_are_the_shares_of_regions() -> None:
    shares = municipal_shares(changed({"demand.regional_shares": BY_REGION}))
    np.testing.assert_allclose(of_regions(shares), list(BY_REGION.values()), atol=1e-15)


@pytest.mark.unit
def test_shares_given_by_region_on_the_map_of_four() -> None:
    scenario = changed({"regions": "four", "demand.regional_shares": FOUR})
    np.testing.assert_allclose(of_regions(municipal_shares(scenario), "four"), [0.25] * 4)
    assert REGION_MAPS["four"] == tuple(FOUR)


@pytest.mark.unit
def test_the_first_and_the_last_draw_live_somewhere() -> None:
    homes = home_of(np.array([0.0, np.nextafter(1, 0)]), PLAIN)
    assert homes.tolist() == [0, len(PLACES.code) - 1]
    without = changed({"demand.regional_shares": BY_REGION})
    assert PLACES.region_five[home_of(np.array([np.nextafter(1, 0)]), without)[0]] != "nordjylland"


@pytest.mark.theory
@pytest.mark.parametrize("shares", ["women", "births", BY_REGION])
def test_women_live_by_the_shares(shares: Any) -> None:
    """Chi-square over some 35,000 women by municipality; false alarm in one of a million."""
    scenario = changed({"horizon_years": 10, "demand.regional_shares": shares})
    expected = municipal_shares(scenario)
    women = draw_cohort(scenario, 0)
    observed = np.bincount(women.municipality, minlength=len(expected))
    lived_in = expected > 0
    assert not observed[~lived_in].any()
    expected = expected[lived_in] / expected[lived_in].sum() * women.n_women
    assert stats.chisquare(observed[lived_in], expected).pvalue > FALSE_ALARM


@pytest.mark.law
@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.floats(0, 1), min_size=0, max_size=40),
    st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=40),
)
def test_intervals_are_those_of_a_plain_search(ends: list[float], draws: list[float]) -> None:
    bounds = np.array([*sorted(ends), 1.0])
    on_bounds = [end for end in ends if end < 1]
    draw = np.array([*draws, *on_bounds])
    np.testing.assert_array_equal(find_intervals(bounds, draw), np.searchsorted(bounds, draw, side="right"))
