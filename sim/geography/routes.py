"""Routes between landmasses over bridges and ferries.

Takes `data/travel_links.csv`. Gives, for each pair of landmasses, the few routes that can be the quickest
whatever the travel constants. Leaves out the minutes, which depend on the constants, and roads within a
landmass, which are great circles here.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.geography.places import read_rows

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_MALMO = (55.6059, 13.0007)  # town point, degrees WGS84
_KOBENHAVN = (55.6759, 12.5655)  # town point, degrees WGS84

Point = tuple[float, float]


class Link(NamedTuple):
    """A bridge or ferry, used from shore to shore in either direction."""

    id: str  # name in `travel_links.csv`
    landmass_a: str  # what it joins
    landmass_b: str
    point_a: Point  # where the road on each landmass meets it, lat and lon [degrees WGS84]
    point_b: Point
    road_km: float  # great-circle kilometres driven between the two points; 0 at sea [km]
    crossing_minutes: float  # timetable minutes at sea; 0 for a bridge [minutes]
    n_ferries: int  # 1 for a ferry, 0 for a bridge


class Route(NamedTuple):
    """A way from one landmass to another, from its first point to its last."""

    links: tuple[str, ...]  # the links used, in order
    entry: Point  # first and last point of the route, lat and lon [degrees WGS84]
    exit: Point
    road_km: float  # great-circle kilometres driven between them [km]
    crossing_minutes: float  # timetable minutes at sea [minutes]
    n_ferries: int  # ferries used


def great_circle_km(
    lat_a: npt.ArrayLike, lon_a: npt.ArrayLike, *, lat_b: npt.ArrayLike, lon_b: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Measure great-circle distances [km]."""
    phi_a, lambda_a, phi_b, lambda_b = (np.radians(np.asarray(x, dtype=float)) for x in (lat_a, lon_a, lat_b, lon_b))
    half_chord = (
        np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin((lambda_b - lambda_a) / 2) ** 2
    )
    distance: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half_chord))
    return distance


@lru_cache(maxsize=1)
def load_links() -> tuple[Link, ...]:
    """Load the bridges and ferries in the order of their file."""
    return tuple(_read_link(row) for row in read_rows("travel_links.csv"))


@lru_cache(maxsize=1)
def routes_by_landmass() -> Mapping[tuple[str, str], tuple[Route, ...]]:
    """List the routes over at least one link that can be the quickest, by pair of landmasses.

    Minutes are not additive over legs (kilometres beyond the local ones are cheaper), so a label-setting
    search such as Dijkstra's would not be exact. Two facts make listing exact instead, both needing only that
    minutes never fall when kilometres, minutes at sea or ferries are added:

    1. Some quickest route passes each link at most once. A second passage comes back to a point where the
       traveller has been already, and cutting the loop out adds nothing. So it is enough to list the trails,
       sequences of joined links without repetition: about a thousand.
    2. Of two trails with the same first and last point, one that has no fewer kilometres, no fewer minutes at
       sea and no fewer ferries than the other is never quicker, whatever the start, the end and the
       constants. It is dropped; about a third are left.
    """
    best: dict[tuple[str, str], list[Route]] = {}
    landmasses = {landmass for link in load_links() for landmass in (link.landmass_a, link.landmass_b)}
    for start in sorted(landmasses):
        for end, route in _trails(start, ()):
            best.setdefault((start, end), []).append(route)
    return MappingProxyType({pair: _undominated(routes) for pair, routes in best.items()})


def _read_link(row: dict[str, str]) -> Link:
    point_a = (float(row["lat_a"]), float(row["lon_a"]))
    point_b = (float(row["lat_b"]), float(row["lon_b"]))
    is_ferry = row["kind"] == "ferry"
    road_km = 0.0 if is_ferry else _leg_km(point_a, point_b)
    if row["id"] == "BORNHOLM_YSTAD":
        road_km = _leg_km(point_b, _MALMO) + _leg_km(_MALMO, _KOBENHAVN)
        point_b = _KOBENHAVN
    return Link(
        id=row["id"],
        landmass_a=row["landmass_a"],
        landmass_b=row["landmass_b"],
        point_a=point_a,
        point_b=point_b,
        road_km=road_km,
        crossing_minutes=float(row["crossing_min"] or 0),
        n_ferries=int(is_ferry),
    )


@cache
def _leg_km(a: Point, b: Point) -> float:
    return float(great_circle_km(a[0], a[1], lat_b=b[0], lon_b=b[1]))


def _trails(landmass: str, so_far: tuple[tuple[Link, bool], ...]) -> Iterator[tuple[str, Route]]:
    """Walk every trail that goes on from `landmass`; a link comes with whether it is passed from a to b."""
    used = {link.id for link, _ in so_far}
    for link in load_links():
        for is_forward, near, far in (
            (True, link.landmass_a, link.landmass_b),
            (False, link.landmass_b, link.landmass_a),
        ):
            if near == landmass and link.id not in used:
                trail = (*so_far, (link, is_forward))
                yield far, _route_of(trail)
                yield from _trails(far, trail)


def _route_of(trail: tuple[tuple[Link, bool], ...]) -> Route:
    shores = [
        (link.point_a, link.point_b) if is_forward else (link.point_b, link.point_a) for link, is_forward in trail
    ]
    between_km = sum(_leg_km(shores[i][1], shores[i + 1][0]) for i in range(len(shores) - 1))
    return Route(
        links=tuple(link.id for link, _ in trail),
        entry=shores[0][0],
        exit=shores[-1][1],
        road_km=between_km + sum(link.road_km for link, _ in trail),
        crossing_minutes=sum(link.crossing_minutes for link, _ in trail),
        n_ferries=sum(link.n_ferries for link, _ in trail),
    )


def _undominated(routes: Iterable[Route]) -> tuple[Route, ...]:
    kept: list[Route] = []
    for route in sorted(routes, key=_burden):
        if not any(_is_no_worse(other, route) for other in kept):
            kept.append(route)
    return tuple(kept)


def _burden(route: Route) -> tuple[float, float, int, int]:
    return route.road_km, route.crossing_minutes, route.n_ferries, len(route.links)


def _is_no_worse(route: Route, other: Route) -> bool:
    return (
        (route.entry, route.exit) == (other.entry, other.exit)
        and route.road_km <= other.road_km
        and route.crossing_minutes <= other.crossing_minutes
        and route.n_ferries <= other.n_ferries
    )
