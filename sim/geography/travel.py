"""Travel minutes by car and ferry, one way, from every municipality to every site.

Takes places, routes and the travel constants. Gives the minutes of the quickest route by the documented
formula. Leaves out traffic, the hour of the day, waiting for the next departure beyond a constant, and public
transport.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.geography.places import load_municipalities, load_sites
from sim.geography.routes import great_circle_km, routes_by_landmass


class TravelConstants(NamedTuple):
    """Constants of the travel formula.

    Attributes
    ----------
    detour : float
        Road kilometres by great-circle kilometre. 1.2: 52 pairs of towns gave 1.17 with way points (standard
        deviation
        0.07); rounded up because women start in rural parishes too.
    base_minutes : float
        Getting started and parking, once a trip; assumption [minutes].
    local_km : float
        Road kilometres at local speed; assumption [km].
    local_speed_kmh : float
        Speed on these; assumption [km/h].
    trunk_speed_kmh : float
        Speed beyond them; assumption [km/h].
    ferry_wait_minutes : float
        Meeting time and waiting, once a ferry; assumption [minutes].
    """

    detour: float = 1.2
    base_minutes: float = 10.0
    local_km: float = 50.0
    local_speed_kmh: float = 75.0
    trunk_speed_kmh: float = 95.0
    ferry_wait_minutes: float = 30.0


class Places(NamedTuple):
    """Points with the landmass they lie on."""

    lat: npt.NDArray[np.float64]  # [shape (n,)] Points [degrees WGS84]
    lon: npt.NDArray[np.float64]
    landmass: Sequence[str]  # one of the landmasses of `travel_links.csv` each


TRAVEL_LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "detour": (1.0, 3.0),
        "base_minutes": (0.0, 240.0),
        "local_km": (0.0, 1000.0),
        "local_speed_kmh": (5.0, 200.0),
        "trunk_speed_kmh": (5.0, 200.0),
        "ferry_wait_minutes": (0.0, 720.0),
    }
)
"""Least and greatest value allowed for each constant: a road is never shorter than the great circle;
assumptions."""


def travel_minutes(constants: TravelConstants = TravelConstants()) -> npt.NDArray[np.float64]:  # noqa: B008 - immutable
    """Compute travel minutes from every municipality to every site [minutes].

    Parameters
    ----------
    constants : TravelConstants
        Constants of the formula.

    Returns
    -------
    ndarray of shape (98, n_sites)
        Minutes one way, rows as in `load_municipalities`, columns as in `load_sites`; read-only [minutes].

    Raises
    ------
    ValueError
        If a constant is out of its limits; all of them are named at once.

    Notes
    -----
    The formula is in `minutes_between`. A site in her own municipality costs the formula as any other.
    """
    check_travel_constants(constants)
    return _travel_minutes(constants)


def minutes_between(starts: Places, ends: Places, *, constants: TravelConstants) -> npt.NDArray[np.float64]:
    """Compute the minutes of the quickest route between places [minutes].

    For one route, with the great-circle legs start - first point - ... - last point - end that are driven,

        road_km = detour x sum of legs
        minutes = base
                  + 60 x (min(road_km, local_km) / local_speed + max(road_km - local_km, 0) / trunk_speed)
                  + for each ferry (crossing + wait)

    The sea is paid in minutes of crossing, not in kilometres. The result is the minimum over the direct road,
    if start and end share a landmass, and over every route of `routes_by_landmass`, where it is argued that
    no other can be quicker.
    """
    minutes = np.full((len(starts.landmass), len(ends.landmass)), np.inf)
    for from_land in sorted(set(starts.landmass)):
        for to_land in sorted(set(ends.landmass)):
            rows = np.flatnonzero([landmass == from_land for landmass in starts.landmass])
            columns = np.flatnonzero([landmass == to_land for landmass in ends.landmass])
            block = np.full((len(rows), len(columns)), np.inf)
            lat, lon = starts.lat[rows, np.newaxis], starts.lon[rows, np.newaxis]
            lat_end, lon_end = ends.lat[np.newaxis, columns], ends.lon[np.newaxis, columns]
            if from_land == to_land:
                block = _road_minutes(great_circle_km(lat, lon, lat_b=lat_end, lon_b=lon_end), constants)
            for route in routes_by_landmass().get((from_land, to_land), ()):
                to_entry_km = great_circle_km(lat, lon, lat_b=route.entry[0], lon_b=route.entry[1])
                from_exit_km = great_circle_km(route.exit[0], route.exit[1], lat_b=lat_end, lon_b=lon_end)
                by_route = _road_minutes(to_entry_km + route.road_km + from_exit_km, constants)
                at_sea = route.crossing_minutes + route.n_ferries * constants.ferry_wait_minutes
                block = np.minimum(block, by_route + at_sea)
            minutes[np.ix_(rows, columns)] = block
    return minutes


def check_travel_constants(constants: TravelConstants) -> None:
    """Refuse travel constants that mean nothing.

    Parameters
    ----------
    constants : TravelConstants
        Constants of the formula.

    Raises
    ------
    ValueError
        If a constant is out of its limits; all of them are named at once.
    """
    faults = []
    for name, value in constants._asdict().items():
        least, greatest = TRAVEL_LIMITS[name]
        if not least <= value <= greatest:  # also refuses nan
            faults.append(
                f"travel.{name}: a number from {least:g} to {greatest:g}; got {value!r}. "
                f"The default is {TravelConstants._field_defaults[name]:g}."
            )
    if faults:
        raise ValueError("\n".join(faults))


@lru_cache(maxsize=16)
def _travel_minutes(constants: TravelConstants) -> npt.NDArray[np.float64]:
    municipalities, sites = load_municipalities(), load_sites()
    landmass_of = dict(zip(municipalities.code, municipalities.landmass, strict=True))
    homes = Places(municipalities.lat, municipalities.lon, municipalities.landmass)
    ends = Places(
        np.array([site.lat for site in sites]),
        np.array([site.lon for site in sites]),
        [landmass_of[site.municipality_code] for site in sites],
    )
    minutes = minutes_between(homes, ends, constants=constants)
    minutes.flags.writeable = False
    return minutes


def _road_minutes(legs_km: npt.NDArray[np.float64], constants: TravelConstants) -> npt.NDArray[np.float64]:
    road_km = constants.detour * legs_km
    local_km = np.minimum(road_km, constants.local_km)
    hours = local_km / constants.local_speed_kmh + (road_km - local_km) / constants.trunk_speed_kmh
    minutes: npt.NDArray[np.float64] = constants.base_minutes + 60.0 * hours
    return minutes
