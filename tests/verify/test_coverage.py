"""How often intervals hold the truth: the long protocol behind the table in docs/method.md.

Replications of today-regions are drawn once and dealt out to many short runs. Their truth is what all of them give
together. Run ``pytest -m verify -s tests/verify/test_coverage.py`` to see the table.
"""

import sys
from collections.abc import Iterator

import numpy as np
import pytest

from sim.design import build_designs
from sim.experiment import available_cores, play_block
from sim.experiment.cores import in_order
from sim.experiment.measured import IS_SHARE, MEASURE_NUMBER
from sim.measures import Gathering, Parts, join, scopes_of
from sim.scenario import find_scenario, load_scenario

MEASURES = (
    "admitted_per_year",
    "admitted_share_of_accepted",
    "wait_days_mean",
    "wait_days_p90",
    "occupancy",
    "below_minimum_volume_share",
    "left_early_share",
    "cost_per_year",
    "cost_per_admitted",
    "cost_per_completed",
)
COLUMNS = [MEASURE_NUMBER[name] for name in MEASURES]
N_REPLICATIONS = 40_000
FEWEST_WITH_INTERVAL = 0.5
"""Of the runs: where fewer have an interval, the others say nothing."""


def drawn() -> Iterator[tuple[str, Parts]]:
    """Each design with its parts, of all the replications, for everything and by region and year."""
    five = load_scenario(find_scenario("today-regions"))
    two = tuple(five.designs[number] for number in (1, 3))
    scenario = five.model_copy(update={"seed": 4242, "designs": two})
    designs = build_designs(scenario)
    n_scopes = sum(scope.by != "pool" for scope in scopes_of(designs[0], scenario))

    def some(block: int) -> list[Parts]:
        played = play_block(scenario, designs, block=block, n_replications=50, engine="kernel")
        return [Parts(own.tops[:n_scopes, COLUMNS], own.bottoms[:n_scopes], own.per[COLUMNS]) for own in played]

    blocks = list(in_order(((lambda b=b: some(b)) for b in range(N_REPLICATIONS // 50)), available_cores()))
    for number, design in enumerate(designs):
        yield design.name, join([own[number] for own in blocks])


def covered(parts: Parts, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Share of runs of n replications whose interval holds the truth, and that have one; by scope and measure."""
    whole = Gathering(len(parts.tops), IS_SHARE[COLUMNS])
    whole.add(parts)
    truth = whole.interval()[0]
    holds, has = np.zeros((2, *truth.shape))
    runs = parts.tops.shape[-1] // n
    for run in range(runs):
        gathering = Gathering(len(parts.tops), IS_SHARE[COLUMNS])
        gathering.add(parts.part(replications=slice(run * n, run * n + n)))
        _, low, high = gathering.interval()
        has += ~np.isnan(low)
        holds += (low <= truth) & (truth <= high)
    return holds / np.maximum(has, 1), has / runs


@pytest.mark.verify
def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    for name, parts in drawn():
        for n in (30, 400):
            holds, has = covered(parts, n)
            for column, measure in enumerate(MEASURES):
                own, is_known = holds[:, column], has[:, column] > FEWEST_WITH_INTERVAL
                by = [
                    f"{100 * own[rows][is_known[rows]].mean():.1f}" if is_known[rows].any() else "-"
                    for rows in (slice(1), slice(1, 6), slice(6, None))
                ]
                sys.stdout.write(f"| {name} | `{measure}` | {n} | {' | '.join(by)} |\n")
                if is_known[0]:
                    assert own[0] >= 0.88, (name, measure, n)
