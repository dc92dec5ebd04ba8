"""Places over time: how many women live in, how many wait, and how many places are open, day by day.

Takes a scenario. Gives, for every design and pool, these three numbers at evenly spaced instants: their mean over
replications with its confidence interval, and how different one future may be. Leaves out money, and everything that
is counted by year: that is `sim.measures`.

The numbers are small and whole, so of each instant the whole distribution over replications is kept: how many
replications had nobody, one, two, ... Everything is read from it exactly, in whatever order blocks were played, and
memory does not grow with replications.
"""

import math
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from sim.design import BuiltDesign, build_designs
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.cores import available_cores
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.looks.instants import ELSEWHERE, LIVING, N_TOGETHER, OPEN, WAITING, count_over_time, step_ends
from sim.measures.intervals import ends_of
from sim.measures.statistics import CONFIDENCE
from sim.scenario import Precision, Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DEFAULT_STEP_DAYS = 14.0
"""Fine enough for a picture of ten years, where stays last months."""


class Bands(NamedTuple):
    """A number over time, over replications; arrays of shape (n_times,)."""

    mean: Floats  # mean over replications
    low: Floats
    high: Floats
    p05: Floats  # quantiles over replications, linear between neighbours: nine of ten lie between the outer ones
    p50: Floats
    p95: Floats


class PoolOverTime(NamedTuple):
    """One pool over time."""

    living: Bands  # women living there
    waiting: Bands  # women waiting who accept this pool and none nearer
    open_places: Bands  # open places


class PlacesOverTime(NamedTuple):
    """One design over time."""

    living: Bands  # women living in all pools together, without those for whom a place was bought elsewhere
    waiting: Bands  # women waiting, each counted once, those who wait for a place bought elsewhere among them
    elsewhere: Bands  # women living in places bought elsewhere
    open_places: Bands  # open places of all pools together
    pools: dict[str, PoolOverTime]


class OverTime(NamedTuple):
    """All designs over time."""

    day: Floats  # shape (n_times,)
    replications: int  # how many were played
    designs: dict[str, PlacesOverTime]  # by design, in the scenario's order


class Distributions(NamedTuple):
    """Distributions over replications of everything that is counted over time."""

    day: Floats  # [shape (n_times,)] Instants [days]
    replications: int  # how many were played
    pools: dict[str, tuple[str, ...]]  # names of the pools of each design
    counted: dict[str, Ints]  # shape (4 + 3 n_pools, n_times, most + 1)

    def living(self, design: str, pool: str | None = None) -> Ints:
        """Give the distribution of women living in."""
        row = LIVING if pool is None else N_TOGETHER + self.pools[design].index(pool)
        counted: Ints = self.counted[design][row]
        return counted

    def read(self) -> OverTime:
        """Read the bands of every series."""
        designs = {name: _read(pools, self.counted[name]) for name, pools in self.pools.items()}
        return OverTime(self.day, self.replications, designs)


def places_over_time(  # noqa: PLR0913 - what is played, how finely it is looked at, and how it is computed
    scenario: Scenario,
    *,
    replications: int | None = None,
    step_days: float = DEFAULT_STEP_DAYS,
    cores: int | None = None,
    memory: Memory | None = None,
    engine: str = "kernel",
    on_progress: Progress | None = None,
) -> OverTime:
    """Follow women and places of every design over time."""
    day = step_ends(scenario, step_days)
    found = distributions_over_time(
        scenario, day, replications=replications, cores=cores, memory=memory, engine=engine, on_progress=on_progress
    )
    return found.read()


def distributions_over_time(  # noqa: PLR0913 - what is played, when it is looked at, and how it is computed
    scenario: Scenario,
    day: Floats,
    *,
    replications: int | None = None,
    cores: int | None = None,
    memory: Memory | None = None,
    engine: str = "kernel",
    on_progress: Progress | None = None,
) -> Distributions:
    """Count women and places of every design at given instants, over replications."""
    wanted = _fewest_replications(scenario) if replications is None else replications
    designs, keys = build_designs(scenario), Keys(scenario)
    memory = memory or Memory(most_bytes=0)
    count = partial(_count_block, scenario, designs, day=day, engine=engine, memory=memory, keys=keys)
    totals: list[Ints] = [np.zeros((1, 1, 0), dtype=np.int64) for _ in designs]
    for counted in in_blocks(count, wanted, cores=cores or available_cores(), on_progress=on_progress):
        totals = [_add(total, more) for total, more in zip(totals, counted, strict=True)]
    names = {design.name: tuple(pool.id for pool in design.pools) for design in designs}
    return Distributions(day, wanted, names, dict(zip(names, totals, strict=True)))


def _fewest_replications(scenario: Scenario) -> int:
    wanted = scenario.replications
    return wanted.at_least if isinstance(wanted, Precision) else wanted


def _count_block(  # noqa: PLR0913 - what is played, and what is known already
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    block: int,
    n_replications: int,
    *,
    day: Floats,
    engine: str,
    memory: Memory,
    keys: Keys,
) -> tuple[Ints, ...]:
    """Distribution of every series of each design over the replications of a block."""

    def distribution_of(design: BuiltDesign) -> Ints:
        cohort = recall_cohort(scenario, keys, block=block, memory=memory)
        ledger = play_design(design, cohort, scenario, block=block, engine=engine, n_replications=n_replications)
        return _distribution(count_over_time(ledger, cohort.replications(0, n_replications), design.plan, day=day))

    when = day.tobytes()
    return tuple(
        memory.recall(("over_time", key, engine, block, n_replications, when), partial(distribution_of, design))
        for key, design in zip(keys.designs, designs, strict=True)
    )


# -- distributions over replications ---------------------------------------------------------------------------------


def _distribution(counts: Ints) -> Ints:
    """How many replications had 0, 1, 2, ... at each instant; of shape (n_series, n_times, most + 1)."""
    n_series, _, n_times = counts.shape
    width = int(counts.max(initial=0)) + 1
    cell = np.arange(n_series)[:, None, None] * n_times + np.arange(n_times)
    cells = np.bincount((cell * width + counts).ravel(), minlength=n_series * n_times * width)
    return cells.reshape(n_series, n_times, width)


def _add(total: Ints, more: Ints) -> Ints:
    """Add two distributions, one of which may reach further."""
    width = max(total.shape[2], more.shape[2])
    wide = (np.pad(part, ((0, 0), (0, 0), (0, width - part.shape[2]))) for part in (total, more))
    added: Ints = np.add(*wide)
    return added


def _read(names: tuple[str, ...], distribution: Ints) -> PlacesOverTime:
    """Read a design's bands from its distributions."""
    bands = _bands(distribution)

    def series(number: int) -> Bands:
        return Bands(*(values[number] for values in bands))

    pools = {
        name: PoolOverTime(*(series(N_TOGETHER + part * len(names) + number) for part in range(3)))
        for number, name in enumerate(names)
    }
    return PlacesOverTime(
        living=series(LIVING),
        waiting=series(WAITING),
        elsewhere=series(ELSEWHERE),
        open_places=series(OPEN),
        pools=pools,
    )


def _bands(distribution: Ints) -> Bands:
    """Bands of every series; arrays of shape (n_series, n_times)."""
    value = np.arange(distribution.shape[2])
    n = int(distribution[0, 0].sum())
    total, squares = distribution @ value, distribution @ value**2
    mean = total / n
    variance = (squares - total * mean) / max(n - 1, 1)
    quantile = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) if n > 1 else np.nan
    half_width = np.asarray(quantile * np.sqrt(np.maximum(variance, 0.0) / n), dtype=np.float64)
    p05, p50, p95 = quantiles(distribution, (0.05, 0.5, 0.95))
    return Bands(mean, *ends_of(mean, half_width, is_share=False), p05, p50, p95)


def quantiles(distribution: Ints, shares: Sequence[float]) -> Floats:
    """Read quantiles from distributions over replications."""
    reached = distribution.cumsum(axis=2)
    last = int(distribution[0, 0].sum()) - 1
    found = []
    for position in (share * last for share in shares):
        low, high = ((reached <= rank).sum(axis=2) for rank in (math.floor(position), math.ceil(position)))
        found.append(low + (position - math.floor(position)) * (high - low))
    return np.array(found)
