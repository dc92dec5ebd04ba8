"""Trials: one design with other numbers of places, played on the same women every time."""

import math
from collections.abc import Iterator
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, REPLICATIONS_PER_BLOCK, Cohort
from sim.design import NO_LIMIT, BuiltDesign, build_designs
from sim.engine import POOL_DAYS, Ledger
from sim.experiment import Memory, play_design
from sim.experiment.cores import in_order
from sim.experiment.measured import ALL_MEASURES, IS_SHARE, MEASURE_NUMBER, measure_design
from sim.experiment.memory import Keys, recall_cohort, recall_costs
from sim.faults import ScenarioError
from sim.geography import REGION_MAPS
from sim.measures import (
    MEASURES,
    Estimates,
    Gathering,
    Parts,
    WorstOff,
    measure_parts,
    scope_sums,
    scopes_of,
    summarise,
    tally,
)
from sim.scenario import AnyDesign, Scenario
from sim.sizing.target import SizingTarget
from sim.sizing.units import MOST_IN_A_UNIT, Allocation, PlaceUnit, unit_name, units_of, with_places

Floats = npt.NDArray[np.float64]

_FEWEST, _MOST_AT_FIRST = 10, 200
"""Replications a search is decided on at first."""
_WOMEN_AT_FIRST, _WOMEN_OF_A_ROUGH_LOOK = 120_000, 40_000


class RoomForAll(NamedTuple):
    """What pools are used for where nobody waits; both are means of the years measured, of shape (n_pools,)."""

    lived_in: Floats  # places lived in, or between two stays [places]
    women_per_year: Floats  # women admitted [women/year]


class Trials:
    """A design whose places are tried out.

    Parameters
    ----------
    scenario : Scenario
        Whose women are played.
    design : AnyDesign
        One of its designs.
    target : SizingTarget
        What is looked at first.
    memory : Memory
        What has been drawn before; shared by all designs of a scenario.
    cores : int
        How many blocks are played at the same time.
    """

    def __init__(
        self, scenario: Scenario, design: AnyDesign, target: SizingTarget, memory: Memory, *, cores: int
    ) -> None:
        self.scenario, self.design, self.target = scenario, design, target
        self.units: tuple[PlaceUnit, ...] = units_of(design, scenario)
        self._memory, self._cores = memory, cores
        self._keys = Keys(scenario)
        self._margins: dict[tuple[Allocation, int, int], Floats] = {}
        self._built: dict[Allocation, BuiltDesign] = {}
        self._is_quick = target.looked_at in MEASURES and target.looked_at.quantile is None

    @property
    def written(self) -> Allocation:
        """Places as the scenario has them."""
        return tuple(unit.fixed or unit.most for unit in self.units)

    def least(self) -> Allocation:
        """Fewest places of each unit: one in each pool, and room for who lives there already."""
        least = [unit.least for unit in self.units]
        if not self.scenario.today:
            return tuple(least)
        for number in range(len(least)):
            trial = list(self.most())
            for places in range(least[number], MOST_IN_A_UNIT):
                trial[number] = places
                try:
                    self.built(tuple(trial))
                except ScenarioError:
                    continue
                least[number] = places
                break
        return tuple(least)

    def half_full(self) -> Allocation:
        """Half as many places as women would live in if there was room for all: fewer than most targets need."""
        lived_in = dict.fromkeys((unit.name for unit in self.units), 0.0)
        for pool, places in zip(self.built(self.written).pools, self.room_for_all.lived_in, strict=True):
            lived_in[unit_name(self.design, pool)] += float(places)
        return tuple(
            min(max(least, int(lived_in[unit.name] / 2)), MOST_IN_A_UNIT)
            for unit, least in zip(self.units, self.least(), strict=True)
        )

    @cached_property
    def room_for_all(self) -> "RoomForAll":
        """What the pools would be used for if there was room for all women."""
        room = self.most()
        built, first = self.built(room), self.scenario.measure_from_year - 1
        since = built.plan.year_starts[first]
        years = (built.plan.horizon_days - since) / DAYS_PER_YEAR
        n_pools = len(built.pools)
        days, women, n = np.zeros(n_pools), np.zeros(n_pools), 0
        for block, n_played in _blocks(self.first_replications):
            ledger = self.ledger(room, block, n_played)
            days += ledger.pool_days[:, :, first:, POOL_DAYS.index("occupied_place_days")].sum(axis=(0, 2))
            is_counted = (ledger.pool >= 0) & (ledger.pool < n_pools) & (ledger.admission_day >= since)
            women += np.bincount(ledger.pool[is_counted], minlength=n_pools)
            n += len(ledger.pool_days)
        days += women * built.plan.turnaround_days
        return RoomForAll(days / DAYS_PER_YEAR / years / n, women / years / n)

    def most(self) -> Allocation:
        """Most places of each unit that are tried."""
        return (MOST_IN_A_UNIT,) * len(self.units)

    def built(self, places: Allocation) -> BuiltDesign:
        """Build the design with so many places."""
        if places not in self._built:
            design = with_places(self.design, self.units, places)
            (self._built[places],) = build_designs(self.scenario.model_copy(update={"designs": (design,)}))
        return self._built[places]

    @property
    def is_separate(self) -> bool:
        """Whether what happens in one unit leaves the others alone, so that their effects add up."""
        design = self.built(self.written)
        serving = (design.plan.pool_order >= 0).sum(axis=1)
        elsewhere = design.plan.elsewhere_places
        is_limited = ((elsewhere > 0) & (elsewhere < NO_LIMIT)).any()
        adds_up = self.target.defined.quantile is None and not self.target.defined.worst_of
        return bool(serving.max(initial=0) <= 1 and not is_limited and adds_up)

    def margin(self, places: Allocation, replications: int) -> float:
        """How far the target is exceeded on average, above the line of its measure; negative if it is missed."""
        return float(self.margins(places, replications).mean())

    def margins(self, places: Allocation, replications: int) -> Floats:
        """The same replication by replication; of the worst-off region, if the target is about that."""
        played = self._played(places, replications)
        worst = 1 + int(played[1:].mean(axis=1).argmin())
        own: Floats = played[worst if self.target.defined.worst_of else 0]
        return own

    @property
    def has_a_region_a_unit(self) -> bool:
        """Whether the women of each unit, and they alone, are those of a region."""
        return self.design.kind in ("regional", "pilot") and self.is_separate and self._is_quick

    def unit_margins(self, places: Allocation, replications: int) -> Floats:
        """The margin of each unit's own women, where that is a region; they add up but for regions without a unit."""
        rows = [1 + REGION_MAPS[self.scenario.regions].index(unit.name) for unit in self.units]
        own: Floats = self._played(places, replications).mean(axis=1)[rows]
        return own

    def _played(self, places: Allocation, replications: int) -> Floats:
        """Margins of all women and of those of each region, of shape (1 + n_regions, n_replications)."""
        wanted = [(places, block, n) for block, n in _blocks(replications)]
        missing = [key for key in wanted if key not in self._margins]
        if missing:
            self.built(places)
            found = in_order((partial(self._block_margins, *key) for key in missing), self._cores)
            self._margins |= dict(zip(missing, found, strict=True))
        return np.concatenate([self._margins[key] for key in wanted], axis=1)

    @cached_property
    def first_replications(self) -> int:
        """Replications a search is decided on at first: the fewer, the more women each has."""
        return self._with_women(_WOMEN_AT_FIRST, _MOST_AT_FIRST)

    @cached_property
    def rough_replications(self) -> int:
        """Replications a search begins with."""
        return self._with_women(_WOMEN_OF_A_ROUGH_LOOK, REPLICATIONS_PER_BLOCK)

    def _with_women(self, n_women: int, most: int) -> int:
        """Replications that have so many women together."""
        women_each = self._cohort(0).n_women / REPLICATIONS_PER_BLOCK
        return min(most, max(_FEWEST, math.ceil(n_women / max(1.0, women_each))))

    def estimates(self, places: Allocation, replications: int) -> Estimates:
        """Estimate all measures, for every scope, as a run of the scenario would."""
        design = self.built(places)
        scopes = scopes_of(design, self.scenario)
        gathering, worst = Gathering(len(scopes), IS_SHARE), WorstOff(ALL_MEASURES, scopes)
        for parts in self.parts(places, replications):
            gathering.add(parts, summarise(parts))
        estimates = gathering.estimate()
        worst.fill(worst.rows(estimates.mean), *estimates)
        return estimates

    def parts(self, places: Allocation, replications: int) -> Iterator[Parts]:
        """Play and measure everything, block by block."""
        self.built(places)
        return in_order((partial(self._parts, places, *own) for own in _blocks(replications)), self._cores)

    def share_of_years(self, places: Allocation, replications: int) -> float:
        """Share of single years in which the target is met, of those in which it has a value."""
        scopes = scopes_of(self.built(places), self.scenario)
        years = [number for number, scope in enumerate(scopes) if scope.by == "year"]
        values = np.concatenate(
            [parts.values[years, self.target.column] for parts in self.parts(places, replications)], axis=-1
        )
        known = ~np.isnan(values)
        return float(self.target.is_met(values)[known].mean()) if known.any() else float("nan")

    def women(self, block: int = 0) -> Cohort:
        """The women of a block, as they meet the design."""
        return self.built(self.written).meet(self._cohort(block))

    def ledger(self, places: Allocation, block: int, n_replications: int) -> Ledger:
        """Play a block."""
        return play_design(
            self.built(places),
            self._cohort(block),
            self.scenario,
            block=block,
            engine="kernel",
            n_replications=n_replications,
            memory=self._memory,
        )

    def _cohort(self, block: int) -> Cohort:
        return recall_cohort(self.scenario, self._keys, block=block, memory=self._memory)

    def _block_margins(self, places: Allocation, block: int, n_replications: int) -> Floats:
        look = self._quick_parts if self._is_quick else self._parts
        parts = look(places, block, n_replications)
        column = 0 if self._is_quick else MEASURE_NUMBER[self.target.looked_at.name]
        scopes = slice(1 + len(REGION_MAPS[self.scenario.regions]))
        bottoms = parts.bottoms[scopes, parts.per[column]]
        return self.target.margins(np.nan_to_num(parts.tops[scopes, column]), bottoms)

    def _quick_parts(self, places: Allocation, block: int, n_replications: int) -> Parts:
        """The target's measure alone, which spares money and quantiles."""
        design = self.built(places)
        women = self._cohort(block).replications(0, n_replications)
        ledger = self.ledger(places, block, n_replications)
        tallies = tally(ledger, women, design, self.scenario, has_quantiles=False)
        return measure_parts((self.target.looked_at,), scope_sums(tallies, design, self.scenario), {}, design)

    def _parts(self, places: Allocation, block: int, n_replications: int) -> Parts:
        design = self.built(places)
        women = self._cohort(block).replications(0, n_replications)
        without = recall_costs(self.scenario, self._keys, women, block=block, memory=self._memory)
        ledger = self.ledger(places, block, n_replications)
        return measure_design(ledger, women, design, self.scenario, without=without)


def _blocks(replications: int) -> Iterator[tuple[int, int]]:
    """Blocks, and how many replications of each are wanted."""
    whole, rest = divmod(replications, REPLICATIONS_PER_BLOCK)
    return enumerate([*[REPLICATIONS_PER_BLOCK] * whole, *[rest] * bool(rest)])
