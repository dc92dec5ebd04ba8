"""Growth: time for one replication as replications, years, women and pools become more; one core, one design."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from benchmarks.same_queue import regional_scenario
from benchmarks.timing import Turn, spread_of, time_in_turns
from sim.cohort import draw_cohort
from sim.experiment import run_experiment
from sim.scenario import Scenario, with_values

NEED = 75
TOTAL_PLACES = 40
SITES = ("HVI", "ROS", "KOL", "AAR", "AAL", "ODE", "ESB", "AAB", "HIL", "HOL")


class Ladder(NamedTuple):
    """What grows, and its steps."""

    steps: Sequence[int]
    scenario: Callable[[int], Scenario]


def with_replications(steps: Sequence[int]) -> Ladder:
    return Ladder(steps, lambda n: regional_scenario(replications=n))


def with_years(steps: Sequence[int], replications: int) -> Ladder:
    return Ladder(steps, lambda n: regional_scenario(horizon_years=n, replications=replications))


def with_women(steps: Sequence[int], replications: int) -> Ladder:
    """More need, and places in the same measure, so that women wait no longer."""

    def scenario(need_per_year: int) -> Scenario:
        asked = regional_scenario(replications=replications)
        places = {
            f"designs.regional.places.{region}": max(1, round(places * need_per_year / NEED))
            for region, places in asked.designs[0].places.items()
        }
        return with_values(asked, {"demand.need_per_year": need_per_year, **places})

    return Ladder(steps, scenario)


def with_pools(steps: Sequence[int], replications: int) -> Ladder:
    """More pools with the same places in all; each serves the whole country, so that every woman is asked about all."""

    def scenario(n_pools: int) -> Scenario:
        asked = regional_scenario(replications=replications)
        pools = [
            {"id": f"pool-{number}", "site": SITES[number % len(SITES)], "places": places}
            for number, places in enumerate(np.diff(np.arange(n_pools + 1) * TOTAL_PLACES // n_pools).tolist())
        ]
        return with_values(asked, {"designs": [{"name": "pools", "kind": "pools", "pools": pools}]})

    return Ladder(steps, scenario)


def time_growth(ladders: dict[str, Ladder], *, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Time every step of every ladder."""
    return {name: _climb(ladder, rounds) for name, ladder in ladders.items()}


def _climb(ladder: Ladder, rounds: int) -> list[dict[str, Any]]:
    scenarios = {str(step): ladder.scenario(step) for step in ladder.steps}
    turns = {
        step: Turn(partial(run_experiment, scenario, cores=1), scenario.replications)
        for step, scenario in scenarios.items()
    }
    seconds = time_in_turns(turns, rounds=rounds)
    rows = []
    for step, scenario in scenarios.items():
        women = draw_cohort(scenario, 0)
        women_per_replication = women.n_women / women.n_replications
        own = spread_of(seconds[step])
        rows.append(
            {
                "step": int(step),
                "replications": scenario.replications,
                "women_per_replication": women_per_replication,
                "ms_per_replication": own.times(1e3)._asdict(),
                "us_per_woman": own.times(1e6 / women_per_replication)._asdict(),
            }
        )
    return rows
