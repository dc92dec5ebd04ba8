"""Travel minutes: pairs worked by hand, laws, and a slow twin that tries every walk over the links."""

import csv
import math
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.geography import TravelConstants, load_municipalities, load_sites, travel_minutes
from sim.geography.routes import load_links, routes_by_landmass
from sim.geography.travel import TRAVEL_LIMITS, Places, minutes_between

Point = tuple[float, float]
DEFAULTS = TravelConstants()
ROW = {name: row for row, name in enumerate(load_municipalities().name)}
COLUMN = {site.id: column for column, site in enumerate(load_sites())}
BRIDGES_WEST_TO_EAST = [
    (55.5059, 9.7305),
    (55.3127, 10.7896),
    (55.3299, 11.1386),
]  # Middelfart, Nyborg, Korsør
MALMO, KOBENHAVN, YSTAD = (55.6059, 13.0007), (55.6759, 12.5655), (55.4297, 13.8204)


def arc_km(a: Point, b: Point) -> float:
    """Great circle by vectors, another formula than the program's."""
    (x, y, z), (u, v, w) = (
        (math.cos(p) * math.cos(q), math.cos(p) * math.sin(q), math.sin(p))
        for p, q in ((math.radians(c[0]), math.radians(c[1])) for c in (a, b))
    )
    cross = math.hypot(y * w - z * v, z * u - x * w, x * v - y * u)
    return 6371.0088 * math.atan2(cross, x * u + y * v + z * w)


def path_km(*points: Point) -> float:
    return sum(arc_km(a, b) for a, b in pairwise(points))


def formula(legs_km: float, at_sea: float = 0.0, n_ferries: int = 0, c: TravelConstants = DEFAULTS) -> float:
    road_km = c.detour * legs_km
    local, trunk = min(road_km, c.local_km), max(road_km - c.local_km, 0)
    hours = local / c.local_speed_kmh + trunk / c.trunk_speed_kmh
    return c.base_minutes + 60 * hours + at_sea + n_ferries * c.ferry_wait_minutes


def home(name: str) -> Point:
    places = load_municipalities()
    return float(places.lat[ROW[name]]), float(places.lon[ROW[name]])


def town(site_id: str) -> Point:
    site = load_sites()[COLUMN[site_id]]
    return site.lat, site.lon


def minutes(name: str, site_id: str) -> float:
    return float(travel_minutes()[ROW[name], COLUMN[site_id]])


def constants() -> st.SearchStrategy[TravelConstants]:
    return st.builds(
        TravelConstants,
        detour=st.floats(1.0, 2.0),
        base_minutes=st.floats(0.0, 60.0),
        local_km=st.floats(0.0, 300.0),
        local_speed_kmh=st.floats(20.0, 130.0),
        trunk_speed_kmh=st.floats(20.0, 130.0),
        ferry_wait_minutes=st.floats(0.0, 180.0),
    )


# The slow twin: every walk of up to five links, a link as often as one likes, straight from the file.


@lru_cache(maxsize=1)
def crossings() -> list[tuple[str, str, list[Point], float, int]]:
    found = []
    with (resources.files("sim.geography") / "data" / "travel_links.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            a, b = (float(row["lat_a"]), float(row["lon_a"])), (float(row["lat_b"]), float(row["lon_b"]))
            far_road = [b, MALMO, KOBENHAVN] if row["id"] == "BORNHOLM_YSTAD" else [b]
            sea, ferries = float(row["crossing_min"] or 0), int(row["kind"] == "ferry")
            points = [a, *far_road]
            found.append((row["landmass_a"], row["landmass_b"], points, sea, ferries))
            found.append((row["landmass_b"], row["landmass_a"], points[::-1], sea, ferries))
    return found


def driven_km(points: list[Point], is_ferry: bool) -> float:
    """Kilometres on land within a crossing: all but the leg that touches Rønne, Samsø and so on by sea."""
    if not is_ferry:
        return path_km(*points)
    on_land = [p for p in points if p in (YSTAD, MALMO, KOBENHAVN)]
    return path_km(*on_land) if len(on_land) == 3 else 0.0


def walks(land: str, at: Point, legs_km: float, sea: float, ferries: int, left: int) -> Iterator[tuple]:
    yield land, at, legs_km, sea, ferries
    if left:
        for start, end, points, crossing, is_ferry in crossings():
            if start == land:
                km = legs_km + arc_km(at, points[0]) + driven_km(points, bool(is_ferry))
                yield from walks(end, points[-1], km, sea + crossing, ferries + is_ferry, left - 1)


def slow_minutes(name: str, site_id: str, c: TravelConstants, longest: int = 5) -> float:
    places = load_municipalities()
    goal = places.landmass[places.code.index(load_sites()[COLUMN[site_id]].municipality_code)]
    return min(
        formula(legs_km + arc_km(at, town(site_id)), sea, ferries, c)
        for land, at, legs_km, sea, ferries in walks(places.landmass[ROW[name]], home(name), 0.0, 0.0, 0, longest)
        if land == goal
    )


@pytest.mark.parity
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(ROW)), st.sampled_from(sorted(COLUMN)), constants())
def test_no_walk_over_the_links_is_quicker(name: str, site_id: str, c: TravelConstants) -> None:
    fast = travel_minutes(c)[ROW[name], COLUMN[site_id]]
    assert fast == pytest.approx(slow_minutes(name, site_id, c), rel=1e-9)


@pytest.mark.parity
@pytest.mark.parametrize("name", ["Bornholm", "Samsø", "Ærø", "Læsø", "Fanø", "Guldborgsund", "Sønderborg"])
@pytest.mark.parametrize("site_id", ["AAL", "ODE", "AAB", "HVI", "BOR", "NYF"])
def test_the_islands_agree_with_the_slow_twin(name: str, site_id: str) -> None:
    assert minutes(name, site_id) == pytest.approx(slow_minutes(name, site_id, DEFAULTS), rel=1e-9)


@pytest.mark.unit
def test_within_a_landmass_by_hand() -> None:
    assert minutes("Randers", "AAR") == pytest.approx(formula(path_km(home("Randers"), town("AAR"))))
    assert minutes("Aarhus", "AAR") == pytest.approx(10 + 60 * 1.2 * arc_km(home("Aarhus"), town("AAR")) / 75)


@pytest.mark.unit
def test_across_the_great_belt_by_hand() -> None:
    legs_km = path_km(home("Odense"), *BRIDGES_WEST_TO_EAST[1:], town("RHO"))
    assert 1.2 * legs_km == pytest.approx(176, abs=1.5)  # 167 km by road
    assert minutes("Odense", "RHO") == pytest.approx(formula(legs_km))


@pytest.mark.unit
def test_aarhus_to_kalundborg_goes_by_land() -> None:
    aarhus, kalundborg = (56.1567, 10.2108), (55.6795, 11.0886)
    legs_km = path_km(aarhus, *BRIDGES_WEST_TO_EAST, kalundborg)
    assert arc_km(aarhus, kalundborg) == pytest.approx(76, abs=1)
    assert 1.2 * legs_km == pytest.approx(250, abs=15)
    one = Places(np.array([aarhus[0]]), np.array([aarhus[1]]), ["JUTLAND"])
    other = Places(np.array([kalundborg[0]]), np.array([kalundborg[1]]), ["ZEALAND"])
    assert minutes_between(one, other, constants=DEFAULTS)[0, 0] == pytest.approx(formula(legs_km))


@pytest.mark.unit
def test_a_ferry_by_hand() -> None:
    ferry_land, frederikshavn = (57.2568, 10.9974), (57.4407, 10.5366)
    legs_km = arc_km(home("Læsø"), ferry_land) + arc_km(frederikshavn, town("AAL"))
    assert minutes("Læsø", "AAL") == pytest.approx(formula(legs_km, at_sea=90, n_ferries=1))


@pytest.mark.unit
def test_bornholm_goes_by_ystad_though_koege_has_a_ferry() -> None:
    ronne, koege = (55.1009, 14.7066), (55.458, 12.1821)
    to_ferry = arc_km(home("Bornholm"), ronne)
    by_ystad = formula(to_ferry + path_km(YSTAD, MALMO, KOBENHAVN, town("HVI")), at_sea=80, n_ferries=1)
    by_koege = formula(to_ferry + arc_km(koege, town("HVI")), at_sea=330, n_ferries=1)
    assert minutes("Bornholm", "HVI") == pytest.approx(by_ystad)
    assert by_ystad < by_koege
    links = [route.links for route in routes_by_landmass()["BORNHOLM", "ZEALAND"]]
    assert ("BORNHOLM_KOEGE",) in links  # slower here, but shorter by road: kept for other constants
    assert ("BORNHOLM_YSTAD",) in links


@pytest.mark.unit
def test_samso_goes_west_to_aarhus_and_east_to_copenhagen() -> None:
    samso, hou, kalundborg = (55.8326, 10.5972), (55.9731, 10.153), (55.6795, 11.0886)
    to_ferry = arc_km(home("Samsø"), samso)
    west = formula(to_ferry + arc_km(hou, town("AAR")), at_sea=50, n_ferries=1)
    east = formula(to_ferry + arc_km(kalundborg, town("RHO")), at_sea=75, n_ferries=1)
    assert minutes("Samsø", "AAR") == pytest.approx(west)
    assert minutes("Samsø", "RHO") == pytest.approx(east)


@pytest.mark.unit
def test_minutes_are_computed_once_and_cannot_be_changed() -> None:
    first = travel_minutes()
    assert first is travel_minutes(TravelConstants())
    assert first.shape == (98, 20)
    assert np.isfinite(first).all()
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 0.0


@pytest.mark.unit
def test_every_link_joins_known_landmasses_and_the_sea_is_not_driven() -> None:
    homes = set(load_municipalities().landmass)
    assert {land for link in load_links() for land in (link.landmass_a, link.landmass_b)} == homes
    for link in load_links():
        assert (link.crossing_minutes > 0) == bool(link.n_ferries)
        assert link.road_km == 0 or not link.n_ferries or link.id == "BORNHOLM_YSTAD"


@pytest.mark.unit
def test_constants_that_mean_nothing_are_all_named() -> None:
    wrong = TravelConstants(detour=0.9, local_speed_kmh=0.0, ferry_wait_minutes=math.nan)
    with pytest.raises(ValueError, match=r"travel\.detour: a number from 1 to 3; got 0\.9\. The default is 1\.2\."):
        travel_minutes(wrong)
    with pytest.raises(ValueError, match=r"travel\.local_speed_kmh: a number from 5 to 200; got 0\.0"):
        travel_minutes(wrong)
    with pytest.raises(ValueError, match=r"travel\.ferry_wait_minutes: a number from 0 to 720; got nan"):
        travel_minutes(wrong)


@pytest.mark.unit
def test_limits_name_every_constant_and_hold_the_defaults() -> None:
    assert tuple(TRAVEL_LIMITS) == TravelConstants._fields
    for name, value in DEFAULTS._asdict().items():
        assert TRAVEL_LIMITS[name][0] <= value <= TRAVEL_LIMITS[name][1]


@pytest.mark.law
@settings(max_examples=30, deadline=None)
@given(constants(), st.floats(0.0, 1.0))
def test_more_detour_is_never_quicker(c: TravelConstants, more: float) -> None:
    assert (travel_minutes(c._replace(detour=c.detour + more)) >= travel_minutes(c) - 1e-9).all()


@pytest.mark.law
@settings(max_examples=30, deadline=None)
@given(constants(), st.sampled_from(["local_speed_kmh", "trunk_speed_kmh"]), st.floats(0.0, 60.0))
def test_more_speed_is_never_slower(c: TravelConstants, which: str, more: float) -> None:
    faster = c._replace(**{which: getattr(c, which) + more})
    assert (travel_minutes(faster) <= travel_minutes(c) + 1e-9).all()


@pytest.mark.law
@settings(max_examples=30, deadline=None)
@given(constants(), st.floats(0.0, 120.0))
def test_longer_waits_for_ferries_are_never_quicker(c: TravelConstants, more: float) -> None:
    longer = c._replace(ferry_wait_minutes=c.ferry_wait_minutes + more)
    assert (travel_minutes(longer) >= travel_minutes(c) - 1e-9).all()


@pytest.mark.law
@settings(max_examples=30, deadline=None)
@given(constants(), st.floats(0.0, 60.0))
def test_base_minutes_are_paid_once_by_everybody(c: TravelConstants, more: float) -> None:
    assert (travel_minutes(c) >= c.base_minutes).all()
    longer = c._replace(base_minutes=c.base_minutes + more)
    np.testing.assert_allclose(travel_minutes(longer), travel_minutes(c) + more, atol=1e-9)


@pytest.mark.law
@settings(max_examples=20, deadline=None)
@given(constants())
def test_the_way_back_is_as_long(c: TravelConstants) -> None:
    places = load_municipalities()
    homes = Places(places.lat, places.lon, places.landmass)
    there = minutes_between(homes, homes, constants=c)
    np.testing.assert_allclose(there, there.T, rtol=1e-9)
    np.testing.assert_allclose(np.diag(there), c.base_minutes, atol=1e-9)
