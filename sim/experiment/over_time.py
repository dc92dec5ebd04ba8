"""Places over time: how many women live in, how many wait, and how many places are open, day by day.

Takes a scenario. Gives, for every design and pool, these three numbers at evenly spaced instants: their mean over
replications with its confidence interval, and how different one future may be. Leaves out money, and everything that
is counted by year: that is `sim.measures`.

The numbers are small and whole, so of each instant the whole distribution over replications is kept: how many
replications had nobody, one, two, ... Everything is read from it exactly, in whatever order blocks were played, and
memory does not grow with replications.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from sim.cohort import ALONE, REPLICATIONS_PER_BLOCK, Cohort, horizon_days
from sim.design import BuiltDesign, Plan, build_designs
from sim.engine import OUTCOMES, Ledger
from sim.experiment.cores import available_cores, in_order
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.measures.statistics import CONFIDENCE
from sim.scenario import Precision, Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Called with the replications done and how many there will be."""

DEFAULT_STEP_DAYS = 14.0
"""Fine enough for a picture of ten years, where stays last months."""

GAVE_UP = OUTCOMES.index("gave_up")
FIRST_ACCEPTING = GAVE_UP
"""Outcomes from here on are of women who accepted a place."""
ENDED_BY_PREGNANCY = (OUTCOMES.index("birth_before_place"), OUTCOMES.index("pregnancy_ended"))


class Bands(NamedTuple):
    """A number over time, over replications; arrays of shape (n_times,).

    Attributes
    ----------
    mean : ndarray of float
        Mean over replications.
    low, high : ndarray of float
        95 % confidence interval of the mean (Student's t); not a number with fewer than two replications.
    p05, p50, p95 : ndarray of float
        Quantiles over replications, linear between neighbours: nine of ten lie between the outer ones.
    """

    mean: Floats
    low: Floats
    high: Floats
    p05: Floats
    p50: Floats
    p95: Floats


class PoolOverTime(NamedTuple):
    """One pool over time.

    Attributes
    ----------
    living : Bands
        Women living there.
    waiting : Bands
        Women waiting who accept this pool and none nearer.
    open_places : Bands
        Open places.
    """

    living: Bands
    waiting: Bands
    open_places: Bands


class PlacesOverTime(NamedTuple):
    """One design over time.

    Attributes
    ----------
    living : Bands
        Women living in all pools together, without those for whom a place was bought elsewhere.
    waiting : Bands
        Women waiting, each counted once, those who wait for a place bought elsewhere among them.
    elsewhere : Bands
        Women living in places bought elsewhere.
    open_places : Bands
        Open places of all pools together.
    pools : dict of str to PoolOverTime
        By pool.
    """

    living: Bands
    waiting: Bands
    elsewhere: Bands
    open_places: Bands
    pools: dict[str, PoolOverTime]


class OverTime(NamedTuple):
    """All designs over time.

    Attributes
    ----------
    day : ndarray of float of shape (n_times,)
        Instants, from the opening day [days]; 0 first, then the end of each whole step. What happens on an instant
        has happened.
    replications : int
        How many were played.
    designs : dict of str to PlacesOverTime
        By design, in the scenario's order.
    """

    day: Floats
    replications: int
    designs: dict[str, PlacesOverTime]


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
    """Follow women and places of every design over time.

    Parameters
    ----------
    scenario : Scenario
        What is drawn; the same women as in a run of it.
    replications : int, optional
        How many; as many as the scenario says, if left out, and where it asks for a precision, the fewest of it.
    step_days : float
        Time between two instants [days].
    cores : int, optional
        How many blocks are played at the same time; all the cores there are, if left out. The numbers are the same.
    memory : Memory, optional
        What has been drawn and counted before, to be used again.
    engine : str
        A name in `sim.experiment.ENGINES`.
    on_progress : callable, optional
        Called after each block with the replications done and how many there will be.

    Returns
    -------
    OverTime
        Of all designs.

    Raises
    ------
    ValueError
        If there is no replication or no whole step in the horizon.
    """
    day = step_ends(scenario, step_days)
    wanted = _fewest_replications(scenario) if replications is None else replications
    if wanted < 1:
        raise ValueError(f"replications: at least 1; got {wanted}. Ask for more.")
    designs = build_designs(scenario)
    count = partial(_count_block, scenario, designs, day=day, engine=engine, memory=memory or Memory(most_bytes=0))
    totals: list[Ints] = [np.zeros((1, 1, 0), dtype=np.int64) for _ in designs]
    done = 0
    for distributions in in_order(_blocks(wanted, partial(count, keys=Keys(scenario))), cores or available_cores()):
        totals = [_add(total, more) for total, more in zip(totals, distributions, strict=True)]
        done = min(done + REPLICATIONS_PER_BLOCK, wanted)
        if on_progress is not None:
            on_progress(done, wanted)
    found = {design.name: _read(design, total) for design, total in zip(designs, totals, strict=True)}
    return OverTime(day, wanted, found)


def step_ends(scenario: Scenario, step_days: float) -> Floats:
    """List the ends of the steps that lie whole within the horizon, and day 0 before them [days].

    Parameters
    ----------
    scenario : Scenario
        For its horizon.
    step_days : float
        Length of a step [days].

    Returns
    -------
    ndarray of float of shape (n_steps + 1,)
        Rising [days].

    Raises
    ------
    ValueError
        If no whole step lies within the horizon.
    """
    horizon = horizon_days(scenario.horizon_years)
    if not 0 < step_days <= horizon:
        allowed = f"more than 0 and at most the horizon of {horizon:g} days"
        raise ValueError(f"step_days: {allowed}; got {step_days:g}. A week, 7, is usual.")
    n_steps = math.floor(horizon / step_days * (1 + 1e-12))  # a step that fits but for rounding is kept
    ends: Floats = np.minimum(np.arange(n_steps + 1) * step_days, horizon)
    return ends


def _fewest_replications(scenario: Scenario) -> int:
    wanted = scenario.replications
    return wanted.at_least if isinstance(wanted, Precision) else wanted


def _blocks(wanted: int, count: Callable[..., tuple[Ints, ...]]) -> Iterator[Callable[[], tuple[Ints, ...]]]:
    """The work of each block, in order, the last one cut to the replications wanted."""
    for block, start in enumerate(range(0, wanted, REPLICATIONS_PER_BLOCK)):
        yield partial(count, block=block, n_replications=min(REPLICATIONS_PER_BLOCK, wanted - start))


def _count_block(  # noqa: PLR0913 - what is played, and what is known already
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    *,
    block: int,
    n_replications: int,
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

    about_time = (len(day), float(day[-1]))
    return tuple(
        memory.recall(("over_time", key, engine, block, n_replications, *about_time), partial(distribution_of, design))
        for key, design in zip(keys.designs, designs, strict=True)
    )


# -- counting one ledger ---------------------------------------------------------------------------------------------

LIVING, ELSEWHERE, WAITING, OPEN = range(4)
"""Rows of a design's series that are about all pools together; a row a pool follows of women living there, then of
women waiting, then of open places."""
N_TOGETHER = 4


def count_over_time(ledger: Ledger, cohort: Cohort, plan: Plan, *, day: Floats) -> Ints:
    """Count women and places at given instants, in each replication.

    Parameters
    ----------
    ledger : Ledger
        What happened.
    cohort : Cohort
        To these women.
    plan : Plan
        Under this design.
    day : ndarray of float of shape (n_times,)
        Instants, rising [days].

    Returns
    -------
    ndarray of int of shape (4 + 3 n_pools, n_replications, n_times)
        Women living in all pools, women living elsewhere, women waiting, and open places; then for each pool women
        living there, for each pool women waiting who accept it and none nearer, and for each pool its open places.
    """
    replication = np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))
    shape = (plan.n_pools + 1, cohort.n_replications, len(day))
    admitted = np.flatnonzero(ledger.pool >= 0)
    living = _count_present(
        ledger.pool[admitted],
        replication[admitted],
        np.searchsorted(day, ledger.admission_day[admitted]),
        np.searchsorted(day, ledger.discharge_day[admitted]),  # not a number lies after all instants
        shape,
    )
    moved_in_at_once = ledger.admission_day == cohort.referral_day
    waited = np.flatnonzero((ledger.outcome >= FIRST_ACCEPTING) & ~moved_in_at_once)
    waiting = _count_present(
        _nearest_accepted(plan, cohort, waited),
        replication[waited],
        np.searchsorted(day, cohort.referral_day[waited]),
        np.searchsorted(day, _wait_ends(ledger, cohort, waited)),
        shape,
    )
    is_open = _count_open(ledger, shape[1:], n_pools=plan.n_pools, day=day)
    together = np.stack([living[:-1].sum(axis=0), living[-1], waiting.sum(axis=0), is_open.sum(axis=0)])
    return np.concatenate([together, living[:-1], waiting[:-1], is_open])


def _count_present(
    group: Ints, replication: Ints, comes: npt.NDArray[np.intp], goes: npt.NDArray[np.intp], shape: tuple[int, ...]
) -> Ints:
    """Women of each group who have come and not gone, at each instant; of the shape given.

    ``comes`` and ``goes`` are the numbers of the first instants at which they have.
    """
    n_groups, n_replications, n_times = shape
    row = (group * n_replications + replication) * (n_times + 1)  # a last column for what comes after all instants
    size = n_groups * n_replications * (n_times + 1)
    change = np.bincount(row + comes, minlength=size) - np.bincount(row + goes, minlength=size)
    present: Ints = change.reshape(n_groups, n_replications, n_times + 1)[:, :, :-1].cumsum(axis=2)
    return present


def _wait_ends(ledger: Ledger, cohort: Cohort, waited: Ints) -> Floats:
    """When each woman who waited got a place or stopped waiting [days]; infinite if neither."""
    outcome = ledger.outcome[waited]
    ends = np.where(ledger.pool[waited] >= 0, ledger.admission_day[waited], np.inf)
    has_given_up, is_overtaken = outcome == GAVE_UP, np.isin(outcome, ENDED_BY_PREGNANCY)
    np.copyto(ends, cohort.referral_day[waited] + cohort.patience_days[waited], where=has_given_up)
    np.copyto(ends, cohort.pregnancy_end_day[waited], where=is_overtaken)
    return ends


def _nearest_accepted(plan: Plan, cohort: Cohort, waited: Ints) -> Ints:
    """Nearest pool each of them accepts, the first of `sim.engine.willing_pools`; the number of pools if none."""
    home, family = cohort.municipality[waited], (cohort.household[waited] != ALONE).astype(np.int64)
    referral_day, threshold = cohort.referral_day[waited], cohort.threshold[waited]
    nearest = np.full(len(waited), plan.n_pools)
    for pool in plan.pool_order[home].T[::-1]:  # the farthest first, so that a nearer one takes its place
        is_asked = (pool >= 0) & (plan.asked_from_day[pool] <= referral_day)
        np.copyto(nearest, pool, where=is_asked & (threshold < plan.acceptance[family, home, pool]))
    return nearest


def _count_open(ledger: Ledger, shape: tuple[int, ...], *, n_pools: int, day: Floats) -> Ints:
    """Open places of each pool at each instant, from the changes of each replication."""
    n_replications, n_times = shape
    replication = np.repeat(np.arange(n_replications), np.diff(ledger.capacity_first))
    row = ledger.capacity_pool * n_replications + replication
    order = np.argsort(row, kind="stable")  # within a pool and replication they stand in order of time
    row, places = row[order], ledger.capacity_places[order]
    is_first = np.diff(row, prepend=-1) > 0
    change = places - np.where(is_first, 0, np.roll(places, 1))
    place = row * (n_times + 1) + np.searchsorted(day, ledger.capacity_day[order])
    changes = np.bincount(place, weights=change, minlength=n_pools * n_replications * (n_times + 1))
    whole = np.rint(changes).astype(np.int64).reshape(n_pools, n_replications, n_times + 1)
    is_open: Ints = whole[:, :, :-1].cumsum(axis=2)
    return is_open


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


def _read(design: BuiltDesign, distribution: Ints) -> PlacesOverTime:
    """Read a design's bands from its distributions."""
    bands = _bands(distribution)

    def series(number: int) -> Bands:
        return Bands(*(values[number] for values in bands))

    n_pools = len(design.pools)
    pools = {
        pool.id: PoolOverTime(*(series(N_TOGETHER + part * n_pools + number) for part in range(3)))
        for number, pool in enumerate(design.pools)
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
    half_width = (
        stdtrit(n - 1, (1 + CONFIDENCE) / 2) * np.sqrt(np.maximum(variance, 0.0) / n)
        if n > 1
        else np.full(mean.shape, np.nan)
    )
    reached = distribution.cumsum(axis=2)
    p05, p50, p95 = (_quantile(reached, share * (n - 1)) for share in (0.05, 0.5, 0.95))
    return Bands(mean, mean - half_width, mean + half_width, p05, p50, p95)


def _quantile(reached: Ints, position: float) -> Floats:
    """Value at a position in the order of replications, from 0, linear between neighbours."""
    below = math.floor(position)
    low, high = ((reached <= rank).sum(axis=2) for rank in (below, math.ceil(position)))
    quantile: Floats = low + (position - below) * (high - low)
    return quantile
