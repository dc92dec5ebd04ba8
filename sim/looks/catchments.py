"""Catchments: for each municipality, which pools serve it, how far they are, and how many women need a place there.

Takes a scenario and a design. Gives what a map shows before anything is played. Leaves out who says yes and who gets
in: that is play.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import funnel_of, municipal_shares
from sim.design import BuiltDesign
from sim.geography import load_municipalities, load_sites
from sim.scenario import Pool, Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NO_POOL = -1


class PoolSite(NamedTuple):
    """A pool and where it stands."""

    pool: str
    site: str
    town: str
    hospital: str
    lat: float  # of the town [degrees WGS84]
    lon: float
    places: int  # places always open, after the last step of its plan
    max_places: int  # most places that can be open; more than `places` where it is flexible


class Catchments(NamedTuple):
    """Which pools serve each municipality in a design."""

    design: str  # name of the design
    pools: tuple[PoolSite, ...]  # in the order of their numbers
    code: tuple[str, ...]  # of the municipalities, in the order of `sim.geography.load_municipalities`
    name: tuple[str, ...]
    region: tuple[str, ...]
    lat: Floats  # [shape (n_municipalities,)] Population-weighted centre [degrees WGS84]
    lon: Floats
    need_per_year: Floats  # [shape (n_municipalities,)] Women a year who need a place [women/year]
    pool_order: Ints  # shape (n_municipalities, n_pools)
    minutes: Floats  # shape (n_municipalities, n_pools)
    elsewhere_minutes: Floats  # [shape (n_municipalities,)] To the nearest place elsewhere; not a number for none

    @property
    def nearest_pool(self) -> Ints:
        """Number of the nearest pool of each municipality, of shape (n_municipalities,); `NO_POOL` for none."""
        return self.pool_order[:, 0] if self.pools else np.full(len(self.code), NO_POOL)

    @property
    def nearest_minutes(self) -> Floats:
        """Travel to the nearest pool, of shape (n_municipalities,) [minutes]; not a number for none."""
        return self.minutes[:, 0] if self.pools else np.full(len(self.code), np.nan)


def catchments_of(design: BuiltDesign, scenario: Scenario) -> Catchments:
    """Find which pools serve each municipality, and how far they are."""
    places = load_municipalities()
    order = design.plan.pool_order
    n_pools = len(design.pools)
    to_pools, elsewhere = design.minutes[:, :n_pools], design.minutes[:, n_pools:].min(axis=1)
    minutes = np.where(order == NO_POOL, np.nan, np.take_along_axis(to_pools, np.maximum(order, 0), axis=1))
    return Catchments(
        design=design.name,
        pools=tuple(_pool_site(pool) for pool in design.pools),
        code=places.code,
        name=places.name,
        region=places.region(scenario.regions),
        lat=places.lat,
        lon=places.lon,
        need_per_year=funnel_of(scenario).need_per_year * municipal_shares(scenario),
        pool_order=order,
        minutes=minutes,
        elsewhere_minutes=elsewhere,
    )


def _pool_site(pool: Pool) -> PoolSite:
    site = next(site for site in load_sites() if site.id == pool.site)
    most = pool.flexible.max_places if pool.flexible else pool.last_places
    return PoolSite(pool.id, site.id, site.town, site.hospital, site.lat, site.lon, pool.last_places, most)
