"""What grows in the benchmarks is a scenario at every step."""

from collections.abc import Callable

import pytest

from benchmarks.growth import Ladder, with_pools, with_replications, with_women, with_years
from sim.scenario import Scenario


@pytest.mark.unit
@pytest.mark.parametrize(
    ("ladder", "read"),
    [
        (with_replications((50, 100)), lambda scenario: scenario.replications),
        (with_years((1, 10), 50), lambda scenario: scenario.horizon_years),
        (with_women((25, 200), 50), lambda scenario: scenario.demand.need_per_year),
        (with_pools((1, 10), 50), lambda scenario: len(scenario.designs[0].pools)),
    ],
    ids=["replications", "years", "women", "pools"],
)
def test_each_step_is_a_scenario_that_has_grown(ladder: Ladder, read: Callable[[Scenario], float]) -> None:
    assert [read(ladder.scenario(step)) for step in ladder.steps] == list(ladder.steps)
