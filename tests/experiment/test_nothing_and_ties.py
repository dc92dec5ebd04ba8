"""Where nothing happens nothing breaks, and designs that are alike are said to be."""

import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from sim.experiment import Results, run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import scenario_from

PLACES = {"hovedstaden": 3, "sjaelland": 2, "syddanmark": 2, "midtjylland": 2, "nordjylland": 1}
FOUR = [
    {"name": "regional", "kind": "regional", "places": PLACES},
    {"name": "shared", "kind": "shared", "places": PLACES},
    {"name": "none", "kind": "none"},
    {"name": "external", "kind": "external", "financing": "municipal"},
]
NOTHING: dict[str, dict[str, Any]] = {
    "zero-need": {"demand": {"need_per_year": 0}},
    "tiny-need": {"demand": {"need_per_year": 0.001}},
    "none-offered": {"demand": {"offered_share": 0}},
    "none-accept": {"acceptance": {"base": 0}},
    "no-places": {"designs": [{"name": "none", "kind": "none"}, {"name": "as-today", "kind": "none"}]},
}


def run(**words: Any) -> Results:
    return run_experiment(scenario_from({"name": "x", "replications": 20, "horizon_years": 3, "designs": FOUR} | words))


def mean(results: Results, design: str, measure: str) -> float:
    return float((results.designs | results.differences)[design].estimates.mean[0, MEASURE_NUMBER[measure]])


@pytest.mark.unit
@pytest.mark.parametrize("name", NOTHING)
def test_nothing_happens_and_nothing_breaks(name: str) -> None:
    results = run(**NOTHING[name])
    json.dumps(results.as_json(), allow_nan=False)
    for design, measure in product(results.designs, ("admitted_per_year", "completed_per_year")):
        assert mean(results, design, measure) == 0
    for design, measure in product(results.designs, ("wait_days_mean", "cost_per_admitted", "cost_per_completed")):
        assert np.isnan(mean(results, design, measure))
    for estimates in (part.estimates for part in results.designs.values()):
        assert not np.isinf(np.stack(estimates[1:])).any()
    for ratio in (finding.cost_per_extra_admission for finding in results.findings.values()):
        assert not ratio.is_sure


def ties(against: str) -> Results:
    dear = {region: 2 * places for region, places in PLACES.items()}
    worse = dict.fromkeys(PLACES, 0) | {"nordjylland": 30}
    designs = [
        {"name": "a", "kind": "regional", "places": PLACES},
        {"name": "again", "kind": "regional", "places": PLACES},
        {"name": "dear", "kind": "shared", "places": dear},
        {"name": "worse", "kind": "regional", "places": worse},
    ]
    return run(designs=designs, measures={"against": against}, replications=50)


@pytest.mark.unit
def test_equal_designs_differ_by_exactly_nothing() -> None:
    results = ties("a")
    estimates = results.differences["again - a"].estimates
    assert (estimates.mean[estimates.n > 0] == 0).all()
    assert np.isnan(estimates.low).all()
    assert np.isnan(results.findings["again - a"].cost_per_extra_admission.value)
    worse = results.findings["worse - a"].cost_per_extra_admission
    assert worse.is_sure
    assert worse.top > 0 > worse.bottom


@pytest.mark.unit
def test_another_chosen_design_turns_signs_and_nothing_else() -> None:
    one, other = ties("a"), ties("dear")
    found, turned = one.differences["dear - a"].estimates, other.differences["a - dear"].estimates
    np.testing.assert_array_equal(found.n, turned.n)
    for word, opposite in (("mean", "mean"), ("low", "high"), ("high", "low")):
        np.testing.assert_array_equal(getattr(found, word), -getattr(turned, opposite))
    ratios = [one.findings["dear - a"], other.findings["a - dear"]]
    more, fewer = (finding.cost_per_extra_admission for finding in ratios)
    assert more.value == fewer.value
    assert more.bottom == -fewer.bottom


@pytest.mark.unit
def test_money_spent_where_nobody_completes_is_counted() -> None:
    results = run(replications=200, horizon_years=10, designs=[FOUR[3]], demand={"need_per_year": 75})
    part = results.designs["external"]
    last = next(number for number, scope in enumerate(part.scopes) if scope == ("year", "10"))
    cost, completed, each = (
        part.estimates.mean[last, MEASURE_NUMBER[name]]
        for name in ("cost_per_year", "completed_per_year", "cost_per_completed")
    )
    assert each == pytest.approx(cost / completed)
    assert each > 12e6  # as a mean of the replications with a completed stay it would be about 5 million


@pytest.mark.unit
def test_the_precision_reached_is_said() -> None:
    wanted = {"precision": 0.001, "of": ["wait_days_mean"], "at_least": 50, "at_most": 100}
    told = run(replications=wanted, designs=[FOUR[0]]).as_json()["precision"]
    assert told["wanted"] == 0.001
    assert told["reached"] > 0.01
    assert not told["is_reached"]
    assert run(designs=[FOUR[0]]).as_json()["precision"] is None
    reached = run(replications=wanted | {"precision": 0.9}, designs=[FOUR[0]])
    assert reached.replications == 50
    assert reached.as_json()["precision"]["is_reached"]
