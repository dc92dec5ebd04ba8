"""The region that is worst off, against all replications at once."""

from typing import Any

import numpy as np
import pytest
from small_runs import ENGINE, small

from sim.design import build_designs
from sim.experiment import Results, play_block, run_experiment
from sim.experiment.measured import ALL_MEASURES, IS_SHARE, MEASURE_NUMBER
from sim.geography import REGION_MAPS
from sim.measures import Estimates, Parts, estimate_difference, join

WORST = {measure.name: measure for measure in ALL_MEASURES if measure.worst_of}
REGIONS = REGION_MAPS["five"]


@pytest.fixture(scope="module")
def results() -> Results:
    return run_experiment(small())


def worst_region(results: Results, design: str, name: str) -> str:
    source, direction = WORST[name].worst_of, WORST[name].direction
    found = results.as_json()["designs"][design]["by_region"]
    known = {region: own[source]["mean"] for region, own in found.items() if own[source]["n"]}
    return str((min if direction > 0 else max)(known, key=lambda region: known[region]))


@pytest.mark.unit
@pytest.mark.parametrize("name", WORST)
def test_it_is_the_region_with_the_worst_mean_of_all_replications(results: Results, name: str) -> None:
    for design, found in results.as_json()["designs"].items():
        region = worst_region(results, design, name)
        assert found["measures"][name] == found["by_region"][region][WORST[name].worst_of]
        assert all(own[name]["n"] == 0 for own in (*found["by_region"].values(), *found["by_year"]))


@pytest.mark.unit
@pytest.mark.parametrize("name", WORST)
def test_each_of_two_designs_has_a_worst_off_region_of_its_own(results: Results, name: str) -> None:
    scenario = results.scenario
    designs = build_designs(scenario)
    blocks = [
        play_block(scenario, designs, block=block, n_replications=n, engine=ENGINE) for block, n in enumerate((50, 10))
    ]
    parts = [join(list(own)) for own in zip(*blocks, strict=True)]

    def of_region(design: int) -> Parts:
        row = 1 + REGIONS.index(worst_region(results, designs[design].name, name))
        return parts[design].part(slice(row, row + 1))

    number = MEASURE_NUMBER[WORST[name].worst_of]
    for other in (1, 2):
        expected = estimate_difference(of_region(other), of_region(0), IS_SHARE)
        found = results.differences[f"{designs[other].name} - regional"].estimates
        for word in Estimates._fields:
            got: Any = getattr(found, word)[0, MEASURE_NUMBER[name]]
            assert got == pytest.approx(getattr(expected, word)[0, number], rel=1e-9, nan_ok=True), word


@pytest.mark.unit
def test_it_can_be_another_region_in_each_design(results: Results) -> None:
    pairs = {(worst_region(results, "regional", name), worst_region(results, "shared", name)) for name in WORST}
    assert any(one != other for one, other in pairs)


@pytest.mark.unit
def test_precision_can_be_asked_of_it() -> None:
    wanted = {"precision": 0.1, "of": ["worst_region_travel_minutes"], "at_least": 50, "at_most": 200}
    found = run_experiment(small(replications=wanted))
    assert found.precision is not None
    assert found.precision <= 0.1
    column = MEASURE_NUMBER["worst_region_travel_minutes"]
    own = [(part.estimates.high - part.estimates.low)[0, column] / 2 for part in found.designs.values()]
    means = [part.estimates.mean[0, column] for part in found.designs.values()]
    assert np.nanmax(np.divide(own, means)) == pytest.approx(found.precision)


@pytest.mark.unit
def test_where_nobody_is_admitted_no_region_is_worst_off() -> None:
    nobody = run_experiment(small(acceptance={"base": 0.0}, replications=3)).as_json()["designs"]["regional"]
    assert nobody["measures"]["worst_region_within_14_days"]["n"] == 0
