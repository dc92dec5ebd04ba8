"""The places of the model: municipalities, regions and sites, as facts with their certainty.

Takes the files in `data/`. Gives the 98 municipalities in one fixed order, the sites of the family
ambulatories, existing providers, the division into regions before and after 1 January 2027, and one default site for
each region. Leaves out the municipality-free islets Christiansø and every place abroad. Sources and licences:
`docs/data.md`.
"""

import csv
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.geography.known_words import known_word

REGION_MAPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "five": ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"),
        "four": ("oestdanmark", "syddanmark", "midtjylland", "nordjylland"),
    }
)
"""Regions by map: "five" until the end of 2026, "four" from 1 January 2027."""

REGION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "hovedstaden": "Hovedstaden",
        "sjaelland": "Sjælland",
        "syddanmark": "Syddanmark",
        "midtjylland": "Midtjylland",
        "nordjylland": "Nordjylland",
        "oestdanmark": "Østdanmark",
    }
)
"""Danish proper name of each region."""

HOME_LEVELS = ("region", "kkr", "council", "municipality")
"""What the country is divided into where women are counted by home: regions, KKR areas, health councils
(sundhedsråd), municipalities."""

_SLUG_BY_NAME = {name: slug for slug, name in REGION_NAMES.items()}
_REGION_COLUMN = {"five": "region", "four": "region_2027"}


class Municipalities(NamedTuple):
    """The 98 municipalities, by region in the order of the map "five", then by code.

    Attributes
    ----------
    code : tuple of str
        Municipality code, four digits.
    name : tuple of str
        Danish name.
    landmass : tuple of str
        The land a woman starts on, as in `travel_links.csv`.
    lat, lon : ndarray of shape (98,)
        Population-weighted centre [degrees WGS84].
    women : ndarray of shape (98,)
        Women aged 15-49 in 2026, estimated from the age structure of 2014 [persons]. A weight, not a level.
    population : ndarray of shape (98,)
        Population on 1 January 2026 [persons].
    births : ndarray of shape (98,)
        Children aged 0 in 2014, for want of births by municipality [persons].
    region_five, region_four : tuple of str
        Region by each of the two maps.
    health_council : tuple of str
        Health council (sundhedsråd) from 2026.
    kkr : tuple of str
        KKR area, the municipal contact council.
    """

    code: tuple[str, ...]
    name: tuple[str, ...]
    landmass: tuple[str, ...]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    women: npt.NDArray[np.int64]
    population: npt.NDArray[np.int64]
    births: npt.NDArray[np.int64]
    region_five: tuple[str, ...]
    region_four: tuple[str, ...]
    health_council: tuple[str, ...]
    kkr: tuple[str, ...]

    def region(self, region_map: str) -> tuple[str, ...]:
        """Name the region of each municipality.

        Parameters
        ----------
        region_map : str
            "five" or "four".

        Returns
        -------
        tuple of str
            98 regions, in the order of the municipalities.

        Raises
        ------
        ValueError
            If there is no such map.
        """
        regions_of(region_map)
        return self.region_five if region_map == "five" else self.region_four

    def region_index(self, region_map: str) -> npt.NDArray[np.int64]:
        """Give each municipality the number of its region in the map.

        Parameters
        ----------
        region_map : str
            "five" or "four".

        Returns
        -------
        ndarray of shape (98,)
            Index into `REGION_MAPS[region_map]`; read-only.

        Raises
        ------
        ValueError
            If there is no such map.
        """
        return _index_of(self.region(region_map), regions_of(region_map))


class HomePlaces(NamedTuple):
    """Parts of the country that women are counted by.

    Attributes
    ----------
    keys : tuple of str
        Regions as in `REGION_MAPS`, all else by its Danish name.
    place_of : ndarray of int of shape (98,)
        Number of the part that each municipality lies in.
    """

    keys: tuple[str, ...]
    place_of: npt.NDArray[np.int64]


def home_places(level: str, region_map: str) -> HomePlaces:
    """Divide the country at a level.

    Parameters
    ----------
    level : str
        One of `HOME_LEVELS`.
    region_map : str
        "five" or "four", for regions.

    Returns
    -------
    HomePlaces
        In the order of the municipalities, from region to region.

    Raises
    ------
    ValueError
        If there is no such level or map.
    """
    places = load_municipalities()
    of_each = {
        "region": places.region(region_map),
        "kkr": places.kkr,
        "council": places.health_council,
        "municipality": places.name,
    }[known_word(level, HOME_LEVELS, where="level")]
    keys = regions_of(region_map) if level == "region" else tuple(dict.fromkeys(of_each))
    return HomePlaces(keys, _index_of(of_each, keys))


@lru_cache(maxsize=2 * len(HOME_LEVELS))
def _index_of(of_each: tuple[str, ...], keys: tuple[str, ...]) -> npt.NDArray[np.int64]:
    index = np.array([keys.index(own) for own in of_each], dtype=np.int64)
    index.flags.writeable = False
    return index


class Site(NamedTuple):
    """A hospital where a pool can be attached, or a provider that takes these women today.

    Attributes
    ----------
    id : str
        Three letters.
    hospital, town : str
        Danish proper names; of a provider, its own in place of a hospital's.
    municipality_code : str
        The municipality it lies in.
    lat, lon : float
        Point of the town, up to about 6 km from the hospital [degrees WGS84].
    certainty : str
        Whether a Familieambulatorium, or the provider, is there: "confirmed", "likely" or "unverified".
    role : str
        "main", "satellite", "unit", "birthplace" or "hospital"; "provider" where there is no Familieambulatorium.
    source, note : str
        What the certainty rests on.
    """

    id: str
    hospital: str
    town: str
    municipality_code: str
    lat: float
    lon: float
    certainty: str
    role: str
    source: str
    note: str

    @property
    def is_provider(self) -> bool:
        """Whether it takes these women today, and is no hospital."""
        return self.role == "provider"


class DefaultSite(NamedTuple):
    """The site a region's pool stands at unless the scenario says otherwise.

    Attributes
    ----------
    region : str
        Region it stands for.
    site : str
        Site id.
    certainty : str
        Whether a Familieambulatorium is there: "confirmed", "likely" or "unverified".
    why : str
        What the choice rests on.
    """

    region: str
    site: str
    certainty: str
    why: str


def regions_of(region_map: str) -> tuple[str, ...]:
    """List the regions of a map."""
    return REGION_MAPS[known_word(region_map, REGION_MAPS, where="region map")]


@lru_cache(maxsize=1)
def load_municipalities() -> Municipalities:
    """Load the 98 municipalities in their fixed order.

    Returns
    -------
    Municipalities
        Arrays are read-only.
    """
    order = [REGION_NAMES[region] for region in REGION_MAPS["five"]]
    rows = sorted(read_rows("municipalities.csv"), key=lambda row: (order.index(row["region"]), row["code"]))

    def words(column: str) -> tuple[str, ...]:
        return tuple(row[column] for row in rows)

    def degrees(column: str) -> npt.NDArray[np.float64]:
        values = np.array([float(row[column]) for row in rows], dtype=np.float64)
        values.flags.writeable = False
        return values

    def persons(column: str) -> npt.NDArray[np.int64]:
        values = np.array([int(row[column]) for row in rows], dtype=np.int64)
        values.flags.writeable = False
        return values

    return Municipalities(
        code=words("code"),
        name=words("name"),
        landmass=words("landmass"),
        lat=degrees("lat"),
        lon=degrees("lon"),
        women=persons("women_15_49_2026_est"),
        population=persons("population_2026"),
        births=persons("age0_2014"),
        region_five=tuple(_SLUG_BY_NAME[name] for name in words("region")),
        region_four=tuple(_SLUG_BY_NAME[name] for name in words("region_2027")),
        health_council=words("health_council"),
        kkr=words("kkr"),
    )


@lru_cache(maxsize=1)
def load_sites() -> tuple[Site, ...]:
    """Load the sites in the order of their files: hospitals, then existing providers.

    Returns
    -------
    tuple of Site
        One for each hospital and each provider listed.
    """
    return tuple(
        Site(
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            **{field: row[field] for field in Site._fields if field not in {"lat", "lon"}},
        )
        for file_name in ("sites.csv", "providers.csv")
        for row in read_rows(file_name)
    )


def site_region(site_id: str, region_map: str) -> str:
    """Name the region a site lies in.

    Parameters
    ----------
    site_id : str
        Site id, such as "AAR".
    region_map : str
        "five" or "four".

    Returns
    -------
    str
        One of the regions of the map.

    Raises
    ------
    ValueError
        If there is no such site or map.
    """
    sites = {site.id: site for site in load_sites()}
    site = sites[known_word(site_id, sites, where="site")]
    municipalities = load_municipalities()
    return municipalities.region(region_map)[municipalities.code.index(site.municipality_code)]


def default_site(region: str, region_map: str) -> DefaultSite:
    """Give the site a region's pool stands at unless the scenario says otherwise.

    Parameters
    ----------
    region : str
        One of the regions of the map.
    region_map : str
        "five" or "four".

    Returns
    -------
    DefaultSite
        The site, how certain it is that a Familieambulatorium is there, and why it was chosen.

    Raises
    ------
    ValueError
        If there is no such map, or no such region in it.

    Notes
    -----
    The rule: of the hospitals in the region, those of the strongest certainty (confirmed, then likely, then
    unverified); of these, the one with the smallest mean travel time over the region's women aged 15-49, by
    the default travel constants. The choice is kept in `data/default_sites.csv`; a test recomputes it.
    """
    known_word(region, regions_of(region_map), where=f"region of the map {region_map!r}")
    return next(site for site in _load_default_sites() if site.region == region)


def load_region_outlines() -> dict[str, Any]:
    """Load the outlines of the five regions, for drawing and not for measuring.

    Returns
    -------
    dict
        GeoJSON FeatureCollection, lon and lat [degrees WGS84]. Its `licence` and `attribution` must be shown
        with the map. Each feature's properties name its region by both maps.
    """
    outlines: dict[str, Any] = json.loads(_read_text("regions.geojson"))
    return outlines


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Read the rows of a fact file of this package."""
    return list(csv.DictReader(io.StringIO(_read_text(file_name), newline="")))


@lru_cache(maxsize=1)
def _load_default_sites() -> tuple[DefaultSite, ...]:
    return tuple(DefaultSite(**row) for row in read_rows("default_sites.csv"))


def _read_text(file_name: str) -> str:
    return (resources.files("sim.geography") / "data" / file_name).read_text(encoding="utf-8")
