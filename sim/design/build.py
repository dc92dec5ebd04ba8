"""Build a design: from words to a plan that can be played."""

import datetime as dt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import sim.cohort
from sim.cohort import (
    DAYS_PER_YEAR,
    Cohort,
    acceptance_probability,
    day_of,
    on_grid,
    scenario_minutes,
    year_starts,
)
from sim.design.plan import NO_LIMIT, Plan
from sim.design.pools import write_out_pools
from sim.design.residents import no_room, settle
from sim.geography import load_municipalities, load_sites
from sim.scenario import (
    DISCIPLINES,
    Agreement,
    AnyDesign,
    Constant,
    Distribution,
    External,
    Fault,
    Lognormal,
    PayerShares,
    Pool,
    Scenario,
    ScenarioError,
    Solidarisk,
    payers_of,
)

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
    visitation_days : Distribution or None
        From referral to the decision, where the design says otherwise than the scenario [days].
    external : External or None
        The places bought elsewhere.
    """

    name: str
    kind: str
    pools: tuple[Pool, ...]
    plan: Plan
    minutes: Floats
    payers: PayerShares
    visitation_days: Distribution | None
    external: External | None

    def meet(self, women: Cohort) -> Cohort:
        """Let women meet the design: how long their visitation takes here, and the search for a place elsewhere.

        Parameters
        ----------
        women : Cohort
            As they were drawn.

        Returns
        -------
        Cohort
            The same women, as the engines play them against this design's plan.
        """
        found = {}
        if self.visitation_days is not None:
            is_new = women.referral_day >= 0  # who is there on the opening day has been through it
            days = sim.cohort.quantile(self.visitation_days, women.visitation_mark)
            found["visitation_days"] = np.where(is_new, on_grid(days), 0.0)
        if self.external is not None:
            found["search_days"] = on_grid(sim.cohort.quantile(_search(self.external), women.search_mark))
        return women._replace(**found)


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
    places_elsewhere, elsewhere = _elsewhere(external, minutes)
    payers = payers_of(design.financing or scenario.economics.financing)
    opening_day, opening_pool, opening_places = _openings(pools, scenario)
    is_first = opening_day == 0
    open_for_good = np.bincount(opening_pool[is_first], opening_places[is_first], len(pools)).astype(np.int64)
    residents, crowded = settle(pools, scenario, open_for_good=open_for_good)
    faults += [no_room(design.name, site, lacking, scenario=scenario) for site, lacking in crowded]
    plan = Plan(
        year_starts=year_starts(scenario.start, scenario.horizon_years),
        is_anchored_at_birth=scenario.stay.anchor == "birth",
        discipline=DISCIPLINES.index(design.discipline),
        is_home_first=design.home_first,
        offered_share=offered_share_of(design, scenario),
        asked_again_share=scenario.acceptance.asked_again.share,
        asked_again_days=float(on_grid(scenario.acceptance.asked_again.after_days)),
        pool_order=_pool_order(pools, scenario, to_pools),
        acceptance=_acceptance(pools, scenario, to_pools),
        elsewhere_places=places_elsewhere,
        elsewhere_order=np.argsort(elsewhere, axis=1, kind="stable"),
        elsewhere_acceptance=_acceptance_elsewhere(external, scenario, elsewhere) * (places_elsewhere > 0),
        is_home=_members([pool.home_regions or () for pool in pools], scenario),
        asked_from_day=np.array([_asked_from(pool, scenario) for pool in pools], dtype=np.float64),
        may_detain=np.array([pool.may_detain for pool in pools], dtype=bool),
        turnaround_days=on_grid([pool.turnaround_days for pool in pools]),
        opening_day=opening_day,
        opening_pool=opening_pool,
        opening_places=opening_places,
        **_rules_over_time(pools, scenario),
        **_flexible_rules(pools),
        resident_pool=residents.pool,
        already_open=residents.already_open,
    )
    return BuiltDesign(
        design.name,
        design.kind,
        pools,
        plan,
        np.hstack([to_pools, elsewhere]),
        payers,
        design.visitation_days,
        external,
    )


def offered_share_of(design: AnyDesign, scenario: Scenario) -> float:
    """Find the share of the women found who are offered a place in a design.

    Parameters
    ----------
    design : Design
        As its words are.
    scenario : Scenario
        For its offered shares, and who pays where the design does not say.

    Returns
    -------
    float
        By agreement it follows what a further day costs the municipality that decides: as municipal at full price, as
        state where the place is paid for already. Places bought elsewhere alone are paid by the day, unless all pay for
        them together. Else it is each payer's share, weighted by what it pays.
    """
    financing, offered = design.financing or scenario.economics.financing, scenario.demand.offered_share
    if isinstance(financing, Agreement):
        rule = financing.rule
        share = rule.marginal_share if design.kind != "external" or isinstance(rule, Solidarisk) else 1.0
        return share * offered.municipal + (1.0 - share) * offered.state
    payers = payers_of(financing)
    return payers.municipality * offered.municipal + payers.region * offered.regional + payers.state * offered.state


def _search(external: External) -> Distribution:
    """How long it takes to find a place elsewhere [days]."""
    mean, variation = external.after_days, external.variation
    return Lognormal(mean=mean, sd=variation * mean) if mean and variation else Constant(value=mean)


def _elsewhere(external: External | None, minutes: Floats) -> tuple[Ints, Floats]:
    """Places of each provider elsewhere, and travel to it of shape (n_municipalities, n_elsewhere) [minutes]."""
    if external is None:
        return np.zeros(1, dtype=np.int64), np.full((len(minutes), 1), np.nan)
    if external.sites:
        column = {site.id: number for number, site in enumerate(load_sites())}
        return np.array(list(external.sites.values())), minutes[:, [column[site] for site in external.sites]]
    places = NO_LIMIT if external.places is None else external.places
    return np.array([places], dtype=np.int64), np.full((len(minutes), 1), external.minutes)


def _acceptance_elsewhere(external: External | None, scenario: Scenario, elsewhere: Floats) -> Floats:
    """Probability that a woman of each municipality accepts each provider elsewhere, without and with a family."""
    if external is None:
        return np.zeros((2, *elsewhere.shape))
    acceptance = scenario.acceptance
    if external.base is not None:
        acceptance = acceptance.model_copy(update={"base": external.base})
    return np.stack(
        [
            acceptance_probability(acceptance, elsewhere, is_family=is_family and external.family_places)
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


def _rules_over_time(pools: tuple[Pool, ...], scenario: Scenario) -> dict[str, Any]:
    """How each pool becomes known, and when it closes."""

    def closing(notice: bool) -> list[float]:
        return [
            np.inf
            if pool.closes_on is None
            else float(on_grid(_day(pool.closes_on, scenario) - (pool.closing_notice_days if notice else 0.0)))
            for pool in pools
        ]

    return {
        "last_admission_day": np.array(closing(notice=True), dtype=np.float64),
        "closes_day": np.array(closing(notice=False), dtype=np.float64),
        "ramp_up_start": np.array([pool.ramp_up.start for pool in pools], dtype=np.float64),
        "ramp_up_days": on_grid([pool.ramp_up.years * DAYS_PER_YEAR for pool in pools]),
    }


def _flexible_rules(pools: tuple[Pool, ...]) -> dict[str, Any]:
    """The flexible rule of each pool, word by word; zeros where places are fixed."""

    def each(word: str, dtype: type) -> npt.NDArray[Any]:
        return np.array([getattr(pool.flexible, word, 0) for pool in pools], dtype=dtype)

    counts = {word: each(word, np.int64) for word in ("max_places", "open_at_waiting", "keep_free")}
    days = {word: on_grid(each(word, np.float64)) for word in ("lead_days", "close_after_idle_days", "min_open_days")}
    return {
        "most_flexible": np.array([_most_flexible(pool) for pool in pools], dtype=np.int64),
        "is_flexible": np.array([pool.flexible is not None for pool in pools], dtype=bool),
        "failure_probability": each("failure_probability", np.float64),
        **counts,
        **days,
    }


def _most_flexible(pool: Pool) -> int:
    """Most places of a pool that come and go at once: where staff is bought free, as many as can be at a time."""
    if pool.flexible is None:
        return 0
    at_most = pool.flexible.released_at_most
    return pool.flexible.max_places if at_most is None else at_most
