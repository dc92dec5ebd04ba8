"""The same queue played by Ciw, a simulator by others that shares nothing with ours.

Welch's two-sided test over replications; seeds are fixed, and the probability that any figure of a test
alarms falsely is at most 1 in 1000 (Bonferroni).
"""

from typing import Any, NamedTuple

import ciw
import numpy as np
import pytest
from one_unit import ERLANGS, MEAN_STAY_DAYS, NEED_PER_YEAR, Played, one_unit, play_one_unit
from scipy.stats import ttest_ind

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.theory

PLACES, YEARS, WARM_UP = 8, 10, 2
N_CIW = 20


class Queue(NamedTuple):
    """One queue in both programs' words."""

    stay: Any
    stay_in_ciw: Any
    patience: Any
    patience_in_ciw: Any


QUEUES = {
    "exponential patience and stays": Queue(
        {"exponential": {"mean": MEAN_STAY_DAYS}},
        ciw.dists.Exponential(1 / MEAN_STAY_DAYS),
        {"exponential": {"mean": 20}},
        ciw.dists.Exponential(1 / 20),
    ),
    "constant patience and uniform stays": Queue(
        {"uniform": {"low": 10, "high": 2 * MEAN_STAY_DAYS - 10}},
        ciw.dists.Uniform(10, 2 * MEAN_STAY_DAYS - 10),
        {"constant": {"value": 14}},
        ciw.dists.Deterministic(14),
    ),
}


def played_by_ciw(queue: Queue) -> dict[str, list[float]]:
    """Figures of each replication, of those who arrive after the warm-up and not in the last year."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(NEED_PER_YEAR / DAYS_PER_YEAR)],
        service_distributions=[queue.stay_in_ciw],
        number_of_servers=[PLACES],
        reneging_time_distributions=[queue.patience_in_ciw],
    )
    figures: dict[str, list[float]] = {"gave_up": [], "waited": [], "wait_days": []}
    for seed in range(N_CIW):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(YEARS * DAYS_PER_YEAR)
        begin, end = WARM_UP * DAYS_PER_YEAR, (YEARS - 1) * DAYS_PER_YEAR
        women = [woman for woman in simulation.get_all_records() if begin <= woman.arrival_date < end]
        figures["gave_up"].append(np.mean([woman.record_type == "renege" for woman in women]))
        figures["waited"].append(np.mean([woman.waiting_time > 0 for woman in women]))
        figures["wait_days"].append(np.mean([woman.waiting_time for woman in women]))
    return figures


def played_by_us(played: Played) -> dict[str, Any]:
    counted = {"from_year": WARM_UP, "to_year": YEARS - 1}
    n_women = played.total(1.0, **counted)
    return {
        "gave_up": played.total(played.is_outcome("gave_up"), **counted) / n_women,
        "waited": played.total(played.wait_days > 0, **counted) / n_women,
        "wait_days": played.total(played.wait_days, **counted) / n_women,
    }


@pytest.mark.parametrize("name", QUEUES)
def test_ciw_plays_the_same_queue(name: str) -> None:
    """Share who give up, share who wait and mean days in the queue. False alarm 1e-3 for each queue."""
    queue = QUEUES[name]
    assert pytest.approx(PLACES) == ERLANGS
    scenario = one_unit(places=PLACES, patience_days=queue.patience, stay_days=queue.stay, horizon_years=YEARS)
    ours, theirs = played_by_us(play_one_unit(scenario)), played_by_ciw(queue)
    for figure, values in ours.items():
        alarm = ttest_ind(values, theirs[figure], equal_var=False).pvalue
        assert alarm > 1e-3 / len(ours), f"{figure}: {np.mean(values):.4f}, and Ciw {np.mean(theirs[figure]):.4f}"
