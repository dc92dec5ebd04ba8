"""Typical, good and bad futures: chosen by the values of the run itself."""

import numpy as np
import pytest
from small_runs import small, values_of

from sim.experiment import Memory
from sim.experiment.measured import MEASURE_NUMBER
from sim.looks.futures import choose_replications
from sim.scenario import ScenarioError

SHARE = MEASURE_NUMBER["admitted_share_of_accepted"]
WAIT = MEASURE_NUMBER["wait_days_mean"]


@pytest.mark.unit
def test_they_lie_at_the_median_and_near_the_ends() -> None:
    scenario = small()
    values = values_of(scenario, 60)[0][0, SHARE]
    chosen = choose_replications(scenario, design="regional", replications=60)
    assert np.array_equal(chosen.values, values)
    for number, quantile in ((chosen.bad, 0.05), (chosen.typical, 0.5), (chosen.good, 0.95)):
        distance = np.abs(values - np.quantile(values, quantile))
        assert number == distance.argmin()
    assert values[chosen.bad] < values[chosen.typical] < values[chosen.good]


@pytest.mark.unit
def test_a_short_wait_is_good() -> None:
    scenario = small()
    chosen = choose_replications(
        scenario, design="regional", measure="wait_days_mean", is_lower_better=True, replications=20
    )
    values = values_of(scenario, 20)[0][0, WAIT]
    assert np.array_equal(chosen.values, values)
    assert values[chosen.good] < values[chosen.typical] < values[chosen.bad]


@pytest.mark.unit
def test_memory_gives_the_same_choice() -> None:
    memory = Memory()
    fresh = choose_replications(small(), design="shared", replications=60)
    for _ in range(2):
        again = choose_replications(small(), design="shared", replications=60, memory=memory)
        assert again[:3] == fresh[:3]
    assert memory.n_bytes > 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"design": "reginal"}, r"the name of a design: regional, shared, as-today.*'reginal'.*Did you mean regional"),
        ({"design": "shared", "measure": "wait_days_maen"}, r"the name of a measure.*Did you mean wait_days_mean"),
        (
            {"design": "as-today", "measure": "occupancy"},
            r"a measure with a value in some replication.*occupancy of as",
        ),
    ],
)
def test_what_is_not_there_is_said(words: dict[str, str], match: str) -> None:
    with pytest.raises(ScenarioError, match=match):
        choose_replications(small(), **words, replications=4)


@pytest.mark.unit
def test_at_least_one_replication_is_looked_through() -> None:
    with pytest.raises(ValueError, match=r"replications: at least 1; got 0\. Ask for more"):
        choose_replications(small(), design="shared", replications=0)
