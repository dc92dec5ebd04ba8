"""The units of a design whose places can be chosen, and the design with other numbers of them.

A unit is what the design counts places by: a region, a site or a pool. Where places come and go, the fixed number is
what is chosen and the most places follow in the proportion they are written in; where none is fixed, the most are.
"""

import math
from typing import Any, NamedTuple

from sim.cohort import scenario_minutes
from sim.design import write_out_pools
from sim.scenario import AnyDesign, ByRegionDesign, BySiteDesign, Pool, PoolsDesign, Scenario

Allocation = tuple[int, ...]
"""Places of each unit."""

MOST_IN_A_UNIT = 200


class PlaceUnit(NamedTuple):
    """A unit of a design.

    Attributes
    ----------
    name : str
        Region, site or pool.
    least : int
        Fewest places with which the design still has the same pools.
    fixed, most : int
        As they are written: places always open, and the most open at once; the same where none come and go.
    """

    name: str
    least: int
    fixed: int
    most: int

    @property
    def is_flexible(self) -> bool:
        """Whether places come and go."""
        return self.most != self.fixed

    def most_for(self, places: int) -> int:
        """Most places open at once with another number chosen, in the proportion written."""
        if self.fixed == 0 or not self.is_flexible:
            return places
        return max(places, math.floor(places * self.most / self.fixed + 0.5))

    def fixed_for(self, places: int) -> int:
        """Places always open."""
        return 0 if self.fixed == 0 else places


def units_of(design: AnyDesign, scenario: Scenario) -> tuple[PlaceUnit, ...]:
    """List the units of a design that have places; none for designs without places of their own."""
    pools = write_out_pools(design, scenario, minutes=scenario_minutes(scenario))
    if isinstance(design, PoolsDesign):
        return tuple(PlaceUnit(pool.id, 1, pool.last_places, _most(pool)) for pool in pools)
    if not isinstance(design, ByRegionDesign | BySiteDesign):
        return ()
    most = design.flexible.max_places if design.flexible else {}
    n_pools = {name: sum(unit_name(design, pool) == name for pool in pools) for name in design.places}
    return tuple(
        PlaceUnit(name, n_pools[name], fixed, max(fixed, most.get(name, 0)))
        for name, fixed in design.places.items()
        if n_pools[name]
    )


def unit_name(design: AnyDesign, pool: Pool) -> str:
    """Name the word of the design that a pool's places come from."""
    if isinstance(design, BySiteDesign):
        return pool.site
    if isinstance(design, ByRegionDesign):
        return next(iter(pool.home_regions or ()))
    return pool.id


def _most(pool: Pool) -> int:
    return pool.flexible.max_places if pool.flexible else pool.last_places


def with_places(design: AnyDesign, units: tuple[PlaceUnit, ...], places: Allocation) -> AnyDesign:
    """Give a design other numbers of places; everything else stays."""
    fixed = {unit.name: unit.fixed_for(n) for unit, n in zip(units, places, strict=True)}
    most = {unit.name: unit.most_for(n) for unit, n in zip(units, places, strict=True)}
    if isinstance(design, PoolsDesign):
        pools = tuple(_pool_with(pool, fixed, most) for pool in design.pools)
        return design.model_copy(update={"pools": pools})
    if not isinstance(design, ByRegionDesign | BySiteDesign):
        return design
    update: dict[str, Any] = {"places": {**design.places, **fixed}}
    if design.flexible:
        flexible = {"max_places": {**design.flexible.max_places, **most}}
        update["flexible"] = design.flexible.model_copy(update=flexible)
    return design.model_copy(update=update)


def _pool_with(pool: Pool, fixed: dict[str, int], most: dict[str, int]) -> Pool:
    """A pool with another number: the last of its plan, which earlier ones never exceed."""
    if pool.id not in fixed:
        return pool
    n = fixed[pool.id]
    update: dict[str, Any] = {"places": min(pool.places, n) if pool.plan else n}
    if pool.plan:
        steps = [step.model_copy(update={"places": min(step.places, n)}) for step in pool.plan]
        update["plan"] = (*steps[:-1], steps[-1].model_copy(update={"places": n}))
    if pool.flexible:
        update["flexible"] = pool.flexible.model_copy(update={"max_places": most[pool.id]})
    return pool.model_copy(update=update)
