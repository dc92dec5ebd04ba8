"""What a ledger says at given instants: women living in, women waiting, open places.

Takes a ledger with its women and plan. Gives counts, exact, in each replication. Leaves out what they come to over
replications: that is `sim.looks.over_time`.
"""

import math

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, year_starts
from sim.design import Plan
from sim.engine import Ledger, Replies, ask, says_yes_to
from sim.scenario import Scenario
from sim.texts import say

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LIVING, ELSEWHERE, WAITING, OPEN = range(4)
"""Rows of a design's series that are about all pools together; a row a pool follows of women living there, then of
women waiting, then of open places."""
N_TOGETHER = 4


def step_ends(scenario: Scenario, step_days: float) -> Floats:
    """List the ends of the steps that lie whole within the horizon, and day 0 before them [days]."""
    horizon = float(year_starts(scenario.start, scenario.horizon_years)[-1])
    if not 0 < step_days <= horizon:
        allowed = say("allowed.more_than_and_at", horizon=horizon)
        raise ValueError(f"step_days: {allowed}; got {step_days:g}. A week, 7, is usual.")
    n_steps = math.floor(horizon / step_days * (1 + 1e-12))  # a step that fits but for rounding is kept
    ends: Floats = np.minimum(np.arange(n_steps + 1) * step_days, horizon)
    return ends


def count_over_time(ledger: Ledger, cohort: Cohort, plan: Plan, *, day: Floats) -> Ints:
    """Count women and places at given instants, in each replication."""
    replication = np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))
    shape = (plan.n_pools + 1, cohort.n_replications, len(day))
    admitted = np.flatnonzero(ledger.pool >= 0)
    living = _count_present(
        np.minimum(ledger.pool[admitted], plan.n_pools),
        replication[admitted],
        np.searchsorted(day, ledger.admission_day[admitted]),
        np.searchsorted(day, ledger.discharge_day[admitted]),  # not a number lies after all instants
        shape,
    )
    replies = ask(plan, cohort)
    waited = np.flatnonzero(replies.comes & (ledger.admission_day != replies.asked_day) & ~is_resident(plan, cohort))
    waiting = _count_present(
        _nearest_accepted(plan, cohort, replies, waited),
        replication[waited],
        np.searchsorted(day, replies.asked_day[waited]),
        np.searchsorted(day, wait_ends(ledger, waited)),
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


def wait_ends(ledger: Ledger, waited: Ints) -> Floats:
    """Find when women who waited got a place or stopped waiting; infinite for who waits still."""
    admitted, stopped = ledger.admission_day[waited], ledger.ended_day[waited]
    ends: Floats = np.fmin(np.fmin(admitted, stopped), np.inf)
    return ends


def is_resident(plan: Plan, cohort: Cohort) -> npt.NDArray[np.bool_]:
    """Tell who lived in already on the opening day."""
    number = np.arange(cohort.n_women) - np.repeat(cohort.first[:-1], np.diff(cohort.first))
    lives_in: npt.NDArray[np.bool_] = number < len(plan.resident_pool)
    return lives_in


def _nearest_accepted(plan: Plan, cohort: Cohort, replies: Replies, waited: Ints) -> Ints:
    """Nearest pool each of them accepts; the number of pools if none."""
    order = plan.pool_order[cohort.municipality[waited]]
    says_yes = says_yes_to(plan, cohort, replies, waited, order)
    nearest = np.full(len(waited), plan.n_pools)
    for place in range(order.shape[1])[::-1]:  # the farthest first: a nearer takes its place
        np.copyto(nearest, order[:, place], where=says_yes[:, place])
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
