"""Write a design out as pools: what a planner may name by its kind, said in full."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.geography import REGION_MAPS, load_municipalities, load_sites, site_region
from sim.scenario import (
    AnyDesign,
    ByRegionDesign,
    BySiteDesign,
    PilotDesign,
    Pool,
    PoolFlexible,
    PoolsDesign,
    Scenario,
    SharedDesign,
)

Floats = npt.NDArray[np.float64]


def write_out_pools(design: AnyDesign, scenario: Scenario, *, minutes: Floats) -> tuple[Pool, ...]:
    """Write out the pools of a design.

    Parameters
    ----------
    design : AnyDesign
        Of any kind.
    scenario : Scenario
        For its regions and opening day.
    minutes : ndarray of float of shape (n_municipalities, n_sites)
        Travel one way [minutes]; says who lives nearest to what in a local design.

    Returns
    -------
    tuple of Pool
        As they could stand in a design of kind ``pools``, with every word said; empty for ``external`` and ``none``.
    """
    pools = BUILDERS[design.kind](design, scenario, minutes)
    return tuple(_say_in_full(pool, scenario) for pool in pools if pool.last_places > 0 or pool.flexible)


def _written_out(design: PoolsDesign, _scenario: Scenario, _minutes: Floats) -> tuple[Pool, ...]:
    return design.pools


def _by_region(design: ByRegionDesign, scenario: Scenario, _minutes: Floats) -> Iterator[Pool]:
    """A pool in each region, or one at each of its listed sites, with the region's places split over them."""
    for region in REGION_MAPS[scenario.regions]:
        opens_on = _opening(design, region)
        if opens_on == "never":
            continue
        sites = design.sites[region]
        places = _split(design.places[region], len(sites))
        most = _split(design.flexible.max_places[region], len(sites)) if design.flexible else places
        for number, site in enumerate(sites):
            yield Pool(
                id=region if len(sites) == 1 else f"{region}-{site}",
                site=site,
                serves=_group(design, region),
                home_regions=(region,),
                places=places[number],
                opens_on=opens_on,
                family_places=design.family_places,
                turnaround_days=design.turnaround_days,
                ramp_up=design.ramp_up,
                closes_on=design.closes_on,
                closing_notice_days=design.closing_notice_days,
                may_detain=design.may_detain,
                flexible=_flexible(design, most[number]),
            )


def _for_the_nearest(design: BySiteDesign, _scenario: Scenario, minutes: Floats) -> Iterator[Pool]:
    units = [site for site in design.sites if design.places[site] or _most_places(design, site)]
    return _by_site(design, _nearest(units, minutes))


def _for_the_country(design: BySiteDesign, scenario: Scenario, _minutes: Floats) -> Iterator[Pool]:
    return _by_site(design, dict.fromkeys(design.sites, REGION_MAPS[scenario.regions]))


def _nowhere(_design: AnyDesign, _scenario: Scenario, _minutes: Floats) -> tuple[Pool, ...]:
    return ()


BUILDERS: Mapping[str, Callable[[Any, Scenario, Floats], Iterable[Pool]]] = {
    "regional": _by_region,
    "shared": _by_region,
    "pilot": _by_region,
    "local": _for_the_nearest,
    "national": _for_the_country,
    "external": _nowhere,
    "none": _nowhere,
    "pools": _written_out,
}
"""What writes out the pools of each kind. Not to be changed."""


def _by_site(design: BySiteDesign, serves: Mapping[str, tuple[str, ...]]) -> Iterator[Pool]:
    """A pool at each listed site that serves anybody."""
    for site in design.sites:
        if serves.get(site):
            yield Pool(
                id=site,
                site=site,
                serves=serves[site],
                places=design.places[site],
                opens_on=design.opens_on,
                family_places=design.family_places,
                turnaround_days=design.turnaround_days,
                ramp_up=design.ramp_up,
                closes_on=design.closes_on,
                closing_notice_days=design.closing_notice_days,
                may_detain=design.may_detain,
                flexible=_flexible(design, _most_places(design, site)),
            )


def _most_places(design: BySiteDesign, site: str) -> int:
    """Most flexible places at a site."""
    return design.flexible.max_places[site] if design.flexible else 0


def _opening(design: ByRegionDesign, region: str) -> dt.date | str | None:
    """When a region's pools open: in a pilot, the others after the first."""
    if isinstance(design, PilotDesign) and region != design.first:
        return design.others_on
    return design.opens_on


def _group(design: ByRegionDesign, region: str) -> tuple[str, ...]:
    """Regions that a region's pool serves: its sharing group, or itself."""
    groups = design.groups if isinstance(design, SharedDesign) else ()
    return next((group for group in groups if region in group), (region,))


def _split(places: int, n_sites: int) -> list[int]:
    """Split places evenly; what is left over goes to the sites named first."""
    each, left = divmod(places, n_sites)
    return [each + (number < left) for number in range(n_sites)]


def _nearest(sites: Sequence[str], minutes: Floats) -> dict[str, tuple[str, ...]]:
    """Codes of the municipalities nearest to each site; ties go to the site named first."""
    if not sites:
        return {}
    column = {site.id: number for number, site in enumerate(load_sites())}
    nearest = minutes[:, [column[site] for site in sites]].argmin(axis=1)
    codes = np.array(load_municipalities().code)
    return {site: tuple(codes[nearest == number].tolist()) for number, site in enumerate(sites)}


def _flexible(design: ByRegionDesign | BySiteDesign, max_places: int) -> PoolFlexible | None:
    """The design's flexible rule for one pool, if it has room for any place."""
    if design.flexible is None or max_places == 0:
        return None
    return PoolFlexible(max_places=max_places, **design.flexible.model_dump(exclude={"max_places"}))


def _say_in_full(pool: Pool, scenario: Scenario) -> Pool:
    """Fill in what a pool leaves to its site and to the scenario."""
    return pool.model_copy(
        update={
            "opens_on": pool.opens_on or scenario.start,
            "serves": pool.serves or REGION_MAPS[scenario.regions],
            "home_regions": pool.home_regions or (site_region(pool.site, scenario.regions),),
        }
    )
