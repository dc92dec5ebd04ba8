"""What a design leaves out where it follows from something else it says: its regions, its sites.

Works on values as they were written, before they are checked, and leaves alone what it does not understand.
"""

import numbers
from collections.abc import Mapping
from typing import Any

from sim.geography import REGION_MAPS
from sim.scenario.words.ground import main_sites, regions_of_site, site_words

EXAMPLE_PLACES: Mapping[str, int] = {
    "hovedstaden": 9,
    "sjaelland": 4,
    "syddanmark": 5,
    "midtjylland": 6,
    "nordjylland": 3,
    "oestdanmark": 13,
}
"""Places of a region where a design gives none, an assumption [places]. Not to be changed."""

_MANY = 1_000_000


def complete_regions(written: dict[str, Any], region_map: str) -> dict[str, Any]:
    """Write out sites and places of every region of the map."""
    design, regions = dict(written), REGION_MAPS[region_map]
    places = design.get("places", {region: EXAMPLE_PLACES[region] for region in regions})
    if isinstance(places, Mapping) and places:
        design["places"] = places = dict.fromkeys(regions, 0) | dict(places)
    sites = design.get("sites", {})
    if isinstance(sites, Mapping):
        design["sites"] = dict(main_sites(region_map)) | dict(sites)
    flexible = design.get("flexible")
    if isinstance(flexible, Mapping) and isinstance(places, Mapping):
        most = flexible.get("max_places")
        if isinstance(most, Mapping) and most:
            design["flexible"] = dict(flexible) | {"max_places": dict(places) | dict(most)}
    return design


def spread_places(values: object, sites: tuple[str, ...], *, default: int, is_total: bool) -> object:
    """Write out the places of a local or national design site by site."""
    if not isinstance(values, Mapping):
        return values
    listed = values.get("sites", sites)
    listed = [listed] if isinstance(listed, str) else listed
    known = site_words()
    if not isinstance(listed, list | tuple) or not all(isinstance(site, str) and site in known for site in listed):
        return values
    completed = dict(values)
    places = _by_site(values.get("places", default), list(listed), is_total=is_total)
    if isinstance(places, Mapping) and places:
        completed["places"] = places = dict.fromkeys(listed, 0) | dict(places)
    flexible = values.get("flexible")
    if isinstance(flexible, Mapping) and "max_places" in flexible and isinstance(places, Mapping):
        most = _by_site(flexible["max_places"], list(listed), is_total=is_total)
        most = dict(places) | dict(most) if isinstance(most, Mapping) and most else most
        completed["flexible"] = dict(flexible) | {"max_places": most}
    return completed


def _by_site(places: object, sites: list[str], *, is_total: bool) -> object:
    number_of_all = _whole(places)
    if number_of_all is not None:
        return _split(number_of_all, sites) if is_total else dict.fromkeys(sites, number_of_all)
    if not isinstance(places, Mapping):
        return places
    spread: dict[object, object] = {}
    for where, number in places.items():
        inside = [site for site in sites if where in regions_of_site(site)]
        whole = _whole(number)
        if inside and whole is not None:
            spread |= _split(whole, inside)
        else:
            spread[where] = number
    return spread


def _whole(value: object) -> int | None:
    """Return a whole number of places, such as 9 or 9.0 from a table; None if it is anything else."""
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        return None
    given: Any = value
    number = float(given) if abs(given) < _MANY else -1.0
    return int(number) if number >= 0 and number.is_integer() else None


def _split(total: int, sites: list[str]) -> dict[object, object]:
    each, rest = divmod(total, len(sites)) if sites else (0, 0)
    return {site: each + (number < rest) for number, site in enumerate(sites)}
