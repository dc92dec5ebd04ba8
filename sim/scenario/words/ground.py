"""The places a scenario may name: regions of both maps, sites and municipalities."""

from collections.abc import Mapping
from functools import lru_cache

from sim.faults import broken
from sim.geography import REGION_MAPS, default_site, load_municipalities, load_sites, site_region
from sim.scenario.words.rules import Choice, Rule
from sim.texts import say


@lru_cache(maxsize=1)
def region_words() -> tuple[str, ...]:
    """List the regions of all maps."""
    return tuple(dict.fromkeys(region for regions in REGION_MAPS.values() for region in regions))


@lru_cache(maxsize=1)
def site_words() -> tuple[str, ...]:
    """List the sites."""
    return tuple(site.id for site in load_sites())


@lru_cache(maxsize=1)
def confirmed_sites() -> tuple[str, ...]:
    """List the sites where a source names a Familieambulatorium."""
    return tuple(site.id for site in load_sites() if site.certainty == "confirmed" and not site.is_provider)


@lru_cache(maxsize=1)
def municipality_codes() -> frozenset[str]:
    """List the municipalities."""
    return frozenset(load_municipalities().code)


@lru_cache(maxsize=2)
def main_sites(region_map: str) -> Mapping[str, str]:
    """Name the site of each region where nothing else is said."""
    return {region: default_site(region, region_map).site for region in REGION_MAPS[region_map]}


def regions_of_site(site: str) -> tuple[str, ...]:
    """Name the regions a site lies in, one for each map."""
    return tuple(site_region(site, region_map) for region_map in REGION_MAPS)


class Code(Rule):
    """A municipality code of four digits; a number whose leading zeros were eaten will do."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        code = _with_zeros(value)
        if code in municipality_codes():
            return code
        raise broken(say("allowed.a_municipality_code"), value, say("remedy.write_it_as_0751"))

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{3,4}$"},
                {"type": "integer", "minimum": 101, "maximum": 999},
            ]
        }


class Served(Rule):
    """A region or a municipality code."""

    def check(self, value: object) -> str:  # noqa: D102 - said by Rule
        if _with_zeros(value) is not None:
            return CODE.check(value)
        return REGION.check(value)

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return {"anyOf": [REGION.json(), *CODE.json()["anyOf"]]}  # type: ignore[misc]


def _with_zeros(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        return f"{value:04d}"
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 4:
        return value.zfill(4)
    return None


REGION = Choice("allowed.a_region_one", region_words)
SITE = Choice("allowed.a_site_one_of", site_words)
CODE = Code()
SERVED = Served()
