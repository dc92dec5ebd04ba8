"""Build a design: from words to a plan that can be played."""

import datetime as dt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import acceptance_probability, day_of, on_grid, scenario_minutes, year_starts
from sim.design.plan import Plan
from sim.design.pools import write_out_pools
from sim.design.residents import no_room, settle
from sim.geography import load_municipalities, load_sites
from sim.scenario import AnyDesign, External, Fault, PayerShares, Pool, Scenario, ScenarioError, payers_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class BuiltDesign(NamedTuple):
    """A design, ready to be played and measured.

    Attributes
    ----------
    name, kind : str
        As in the scenario.
    pools : tuple of Pool
        Written out in full; a pool's number is its place here.
    plan : Plan
        The same as arrays.
    minutes : ndarray of float of shape (n_municipalities, n_pools + 1)
        Travel one way to each pool, and in the last column to a place bought elsewhere [minutes].
    payers : PayerShares
        Who pays for the stay.
    """

    name: str
    kind: str
    pools: tuple[Pool, ...]
    plan: Plan
    minutes: Floats
    payers: PayerShares


def build_designs(scenario: Scenario) -> tuple[BuiltDesign, ...]:
    """Build all designs of a scenario.

    Parameters
    ----------
    scenario : Scenario
        With its designs.

    Returns
    -------
    tuple of BuiltDesign
        In the scenario's order.

    Raises
    ------
    ScenarioError
        If more women live at a site on the opening day than a design has places there, naming every such place.
    """
    minutes = scenario_minutes(scenario)
    faults: list[Fault] = []
    designs = tuple(_build(design, scenario, minutes, faults) for design in scenario.designs)
    if faults:
        raise ScenarioError(faults)
    return designs


def _build(design: AnyDesign, scenario: Scenario, minutes: Floats, faults: list[Fault]) -> BuiltDesign:
    pools = write_out_pools(design, scenario, minutes=minutes)
    column = {site.id: number for number, site in enumerate(load_sites())}
    to_pools = minutes[:, [column[pool.site] for pool in pools]]
    external = design.external
    payers = payers_of(design.financing or scenario.economics.financing)
    opening_day, opening_pool, opening_places = _openings(pools, scenario)
    is_first = opening_day == 0
    open_for_good = np.bincount(opening_pool[is_first], opening_places[is_first], len(pools)).astype(np.int64)
    residents, crowded = settle(pools, scenario, open_for_good=open_for_good)
    faults += [no_room(design.name, site, lacking, scenario=scenario) for site, lacking in crowded]
    plan = Plan(
        year_starts=year_starts(scenario.start, scenario.horizon_years),
        is_anchored_at_birth=scenario.stay.anchor == "birth",
        is_due_first=design.discipline == "due_first",
        is_home_first=design.home_first,
        offered_share=_offered_share(payers, scenario),
        external_after_days=float(on_grid(external.after_days)) if external else np.inf,
        external_acceptance=_external_acceptance(external, scenario),
        pool_order=_pool_order(pools, scenario, to_pools),
        acceptance=_acceptance(pools, scenario, to_pools),
        is_home=_members([pool.home_regions or () for pool in pools], scenario),
        asked_from_day=np.array([_asked_from(pool, scenario) for pool in pools], dtype=np.float64),
        turnaround_days=on_grid([pool.turnaround_days for pool in pools]),
        opening_day=opening_day,
        opening_pool=opening_pool,
        opening_places=opening_places,
        **_flexible_rules(pools),
        resident_pool=residents.pool,
        already_open=residents.already_open,
    )
    elsewhere = np.full((len(minutes), 1), external.minutes if external else np.nan)
    return BuiltDesign(design.name, design.kind, pools, plan, np.hstack([to_pools, elsewhere]), payers)


def _offered_share(payers: PayerShares, scenario: Scenario) -> float:
    """Share of the women found who are offered a place: each payer's share, weighted by what it pays."""
    offered = scenario.demand.offered_share
    return payers.municipality * offered.municipal + payers.region * offered.regional + payers.state * offered.state


def _external_acceptance(external: External | None, scenario: Scenario) -> Floats:
    """Probability that she accepts a place bought elsewhere, without and with a family."""
    if external is None:
        return np.zeros(2)
    acceptance = scenario.acceptance
    if external.base is not None:
        acceptance = acceptance.model_copy(update={"base": external.base})
    return np.array(
        [
            acceptance_probability(acceptance, external.minutes, is_family=is_family and external.family_places)
            for is_family in (False, True)
        ]
    )


def _acceptance(pools: tuple[Pool, ...], scenario: Scenario, to_pools: Floats) -> Floats:
    """Probability that a woman of each municipality accepts each pool that serves it, without and with a family."""
    serves = _members([pool.serves for pool in pools], scenario).T
    family_places = np.array([pool.family_places for pool in pools], dtype=bool)
    alone, family = (
        acceptance_probability(scenario.acceptance, to_pools, is_family=is_family) for is_family in (False, True)
    )
    return np.ascontiguousarray(np.stack([alone * serves, np.where(family_places, family, alone) * serves]))


def _pool_order(pools: tuple[Pool, ...], scenario: Scenario, to_pools: Floats) -> Ints:
    """Pools that serve each municipality, nearest first, ties by pool number; -1 after the last."""
    serves = _members([pool.serves for pool in pools], scenario).T
    order = np.argsort(np.where(serves, to_pools, np.inf), axis=1, kind="stable")
    return np.ascontiguousarray(np.where(np.take_along_axis(serves, order, axis=1), order, -1))


def _members(groups: list[tuple[str, ...]], scenario: Scenario) -> Bools:
    """Whether each municipality belongs to each group of regions and municipality codes."""
    places = load_municipalities()
    names = list(zip(places.region(scenario.regions), places.code, strict=True))
    return np.array(
        [[region in group or code in group for region, code in names] for group in map(set, groups)], dtype=bool
    ).reshape(len(groups), len(places.code))


def _openings(pools: tuple[Pool, ...], scenario: Scenario) -> tuple[Floats, Ints, Ints]:
    """When places open for good: day, pool and number of places, in order of day and pool."""
    openings = []
    for number, pool in enumerate(pools):
        places = 0
        for on, level in ((pool.opens_on, pool.places), *((step.on, step.places) for step in pool.plan)):
            if level > places:
                openings.append((_day(on, scenario), number, level - places))
            places = level
    openings.sort()
    days, numbers, places_ = zip(*openings, strict=True) if openings else ((), (), ())
    return np.array(days, dtype=np.float64), np.array(numbers, dtype=np.int64), np.array(places_, dtype=np.int64)


def _asked_from(pool: Pool, scenario: Scenario) -> float:
    """From when women are asked about a pool: from its first place, or if flexible, from its opening day."""
    if pool.flexible or pool.places > 0:
        return _day(pool.opens_on, scenario)
    return _day(next(step.on for step in pool.plan if step.places > 0), scenario)


def _day(on: dt.date | None, scenario: Scenario) -> float:
    """Day of an opening; whatever opened before the start is open on day 0 [days]."""
    return max(0.0, day_of(on or scenario.start, start=scenario.start))


def _flexible_rules(pools: tuple[Pool, ...]) -> dict[str, Any]:
    """The flexible rule of each pool, word by word; zeros where places are fixed."""

    def each(word: str, dtype: type) -> npt.NDArray[Any]:
        return np.array([getattr(pool.flexible, word, 0) for pool in pools], dtype=dtype)

    counts = {word: each(word, np.int64) for word in ("max_places", "open_at_waiting", "keep_free")}
    days = {word: on_grid(each(word, np.float64)) for word in ("lead_days", "close_after_idle_days", "min_open_days")}
    return {
        "is_flexible": np.array([pool.flexible is not None for pool in pools], dtype=bool),
        "failure_probability": each("failure_probability", np.float64),
        **counts,
        **days,
    }
