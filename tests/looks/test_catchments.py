"""Catchments: the nearest pool that serves a municipality, how far it is, and how many women need a place there."""

import numpy as np
import pytest

from sim.cohort import municipal_shares
from sim.design import build_designs
from sim.geography import load_municipalities
from sim.looks.catchments import NO_POOL, Catchments, catchments_of
from sim.scenario import scenario_from

POOLS = [
    {"id": "aarhus", "site": "AAR", "serves": ["midtjylland", "nordjylland"], "places": 4},
    {"id": "aalborg", "site": "AAL", "serves": ["nordjylland"], "places": 2, "flexible": {"max_places": 5}},
]
DESIGNS = [
    {"name": "two", "kind": "pools", "pools": POOLS},
    {"name": "bought", "kind": "external", "external": {"minutes": 75}},
    {"name": "nothing", "kind": "none"},
]
SCENARIO = scenario_from({"name": "two", "demand": {"need_per_year": 50}, "designs": DESIGNS})
ROW = {name: row for row, name in enumerate(load_municipalities().name)}


def found(number: int) -> Catchments:
    return catchments_of(build_designs(SCENARIO)[number], SCENARIO)


@pytest.mark.unit
def test_each_municipality_has_its_pools_nearest_first() -> None:
    two = found(0)
    aarhus, aalborg, odense = ROW["Aarhus"], ROW["Aalborg"], ROW["Odense"]
    assert two.pool_order[aarhus].tolist() == [0, NO_POOL]  # Aalborg does not serve Midtjylland
    assert two.pool_order[aalborg].tolist() == [1, 0]
    assert two.pool_order[odense].tolist() == [NO_POOL, NO_POOL]
    assert two.nearest_pool[[aarhus, aalborg, odense]].tolist() == [0, 1, NO_POOL]


@pytest.mark.unit
def test_minutes_are_those_of_the_design_in_the_same_order() -> None:
    two, minutes = found(0), build_designs(SCENARIO)[0].minutes
    aalborg = ROW["Aalborg"]
    assert two.minutes[aalborg].tolist() == [minutes[aalborg, 1], minutes[aalborg, 0]]
    assert two.nearest_minutes[aalborg] < two.minutes[aalborg, 1]
    assert np.isnan(two.nearest_minutes[ROW["Odense"]])


@pytest.mark.unit
def test_the_need_is_spread_over_municipalities() -> None:
    need = found(0).need_per_year
    assert need.sum() == pytest.approx(50)
    assert need == pytest.approx(50 * municipal_shares(SCENARIO))


@pytest.mark.unit
def test_sites_have_their_places() -> None:
    aarhus, aalborg = found(0).pools
    assert (aarhus.town, aarhus.places, aarhus.max_places) == ("Aarhus", 4, 4)
    assert (aalborg.site, aalborg.places, aalborg.max_places) == ("AAL", 2, 5)


@pytest.mark.unit
@pytest.mark.parametrize(("number", "elsewhere_minutes"), [(1, 75.0), (2, np.nan)])
def test_without_pools_nobody_is_served(number: int, elsewhere_minutes: float) -> None:
    without = found(number)
    assert without.pools == ()
    assert (without.nearest_pool == NO_POOL).all()
    assert np.isnan(without.nearest_minutes).all()
    np.testing.assert_allclose(without.elsewhere_minutes, np.full(98, elsewhere_minutes))
