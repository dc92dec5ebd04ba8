"""The same queue in Ciw: a node for each unit, a server for each place, baulking for no, reneging for patience.

The women are handed over through distributions of our own: the time between two arrivals, the answer, the patience
and the stay that Ciw asks for are hers. Days are on a grid on which floats add exactly, so admissions must agree to
the last digit.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import ciw

from benchmarks.same_queue import Admissions, Queue, Woman, no_admissions


class Arrivals(ciw.dists.Distribution):
    """Days from one referral to the next; never after the last."""

    def __init__(self, women: Sequence[Woman]) -> None:
        days = [0.0, *(woman.referral_day for woman in women)]
        self._gaps = iter([after - before for before, after in pairwise(days)])

    def __deepcopy__(self, _memo: object) -> "Arrivals":
        return self

    def sample(self, **_unused: object) -> float:
        return next(self._gaps, math.inf)


class Answers:
    """The probability that she balks, 0 or 1. Asked as each arrives, in order: here she gets her name."""

    def __init__(self, women: Sequence[Woman]) -> None:
        self._women = iter(women)

    def __call__(self, _n_present: int, *, next_ind: ciw.Individual, **_unused: object) -> float:
        next_ind.woman = next(self._women)
        return 0.0 if next_ind.woman.is_willing else 1.0


class Patience(ciw.dists.Distribution):
    """Days she waits."""

    def sample(self, t: float, ind: ciw.Individual) -> float:
        return ind.woman.limit_day - t


class Stay(ciw.dists.Distribution):
    """Days her place is taken, the turnaround after her stay included."""

    def __init__(self, turnaround_days: float) -> None:
        self._turnaround_days = turnaround_days

    def sample(self, t: float, ind: ciw.Individual) -> float:
        return ind.woman.leaves(t) + self._turnaround_days - t


def play_by_ciw(queue: Queue) -> Admissions:
    """Play every replication."""
    page = no_admissions(queue.n_women)
    for women in queue.replications:
        _play_one(queue, women, page)
    return page


def _play_one(queue: Queue, women: Sequence[Woman], page: Admissions) -> None:
    units = range(len(queue.places))
    by_unit = [[woman for woman in women if woman.pool == unit] for unit in units]
    network = ciw.create_network(
        arrival_distributions=[Arrivals(own) for own in by_unit],
        service_distributions=[Stay(days) for days in queue.turnaround_days],
        baulking_functions=[Answers(own) for own in by_unit],
        reneging_time_distributions=[Patience() for _ in units],
        number_of_servers=list(queue.places),
        routing=[[0.0 for _ in units] for _ in units],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(queue.horizon_days)
    for individual in simulation.get_all_individuals():
        woman = individual.woman
        day = individual.service_start_date
        for record in individual.data_records:
            if record.record_type == "service":
                day = record.service_start_date
        if day is not False:
            page.pool[woman.number], page.day[woman.number] = woman.pool, day
