"""Points of a sweep are checked by what tells them apart, and found the same as if each were checked in full."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, ScenarioError, Variation, content_text, load_cases, load_scenario, with_values

EXAMPLE = load_scenario(Path(__file__).parent / "example.yaml")
BASE = "name: a\ndesigns: [{name: b, kind: regional}]\n"
NUMBERS = st.one_of(st.integers(-2, 400), st.floats(-1, 500), st.sampled_from([0, 0.0, 0.5, 1, float("nan"), 1e9]))
PATHS = {
    "demand.need_per_year": 50,
    "demand.offered_share": 0.5,
    "demand.offered_share.state": 0.5,
    "demand.household.alone": 0.45,
    "demand.birth_week.normal.low": 26,
    "demand.birth_week.normal.high": 42,
    "acceptance.base": 0.4,
    "waiting.patience_days.exponential.mean": 60,
    "acceptance.asked_again.share": 0.2,
    "waiting.visitation_days.constant.value": 5,
    "stay.detention_share": 0,
    "designs.regional.ramp_up.start": 0.5,
    "designs.own.pools.aarhus.closing_notice_days": 90,
    "designs.as-today.external.variation": 0,
    "designs.as-today.external.places": 5,
    "designs.as-today.external.sites": {"AAR": 2},
    "horizon_years": 10,
    "measure_from_year": 1,
    "replications": 20,
    "seed": 3,
    "regions": 4,
    "start": 2027,
    "designs.regional.places.nordjylland": 3,
    "designs[0].places.midtjylland": 3,
    "designs.own.pools.aarhus.places": 6,
    "designs.own.pools[0].plan[0].places": 9,
    "designs.as-today.external.minutes": 90,
    "economics.financing.municipality": 1,
    "economics.place_price": 5000,
    "travel.minutes.0101.AAR": 30,
    "demand.no_such_word": 1,
}


def found(change: Any) -> Scenario | tuple[str, ...]:
    try:
        scenario: Scenario = change()
    except ScenarioError as error:
        return tuple(map(str, error.faults))
    return scenario


@pytest.mark.law
@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(sorted(PATHS)), min_size=1, max_size=3, unique=True), st.data())
def test_a_variation_is_what_a_full_check_gives(paths: list[str], data: st.DataObject) -> None:
    variation = Variation(EXAMPLE)
    found(lambda: variation.vary({path: PATHS[path] for path in paths}))  # what the others are held against
    for _ in range(3):
        changes = {path: data.draw(NUMBERS) for path in paths}
        quick = found(lambda changes=changes: variation.vary(changes))  # type: ignore[misc]
        assert quick == found(lambda changes=changes: with_values(EXAMPLE, changes))  # type: ignore[misc]
        if isinstance(quick, Scenario):
            assert variation.content(changes) == content_text(quick)


@pytest.mark.unit
def test_what_is_always_set_wins() -> None:
    variation = Variation(EXAMPLE, {"seed": 9})
    assert variation.vary({"seed": 3, "demand.need_per_year": 50}).seed == 9
    assert variation.vary({"seed": 4, "demand.need_per_year": 51}).seed == 9


@pytest.mark.unit
def test_points_that_cannot_run_are_found_among_those_that_can(tmp_path: Path) -> None:
    text = f"{BASE}sweep:\n  - acceptance.base: {{low: 0.5, high: 1.5}}\nsamples: 400\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    cases = load_cases(tmp_path / "s.yaml")
    assert (len(cases.cases), len(cases.faults)) == (200, 200)
    assert all(case.scenario.acceptance.base <= 1 for case in cases.cases)


@pytest.mark.unit
def test_a_sweep_of_which_nothing_can_run_is_given_up(tmp_path: Path) -> None:
    text = f"{BASE}sweep:\n  - demand.ned: {{low: 1, high: 2}}\nsamples: 100000\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"demand.ned: a known word(.|\n)*a point that can be run among the first"):
        load_cases(tmp_path / "s.yaml")


@pytest.mark.unit
def test_the_points_of_a_sweep_take_little_memory(tmp_path: Path) -> None:
    n_points = 4000
    text = "sweep:\n  - demand.need_per_year: {low: 30, high: 120}\n  - acceptance.base: {low: 0.2, high: 0.8}\n"
    base = "name: a\ndesigns: [{name: b, kind: regional}, {name: c, kind: shared}]\n"
    (tmp_path / "s.yaml").write_text(f"{base}{text}samples: {n_points}\n", encoding="utf-8")
    load_cases(tmp_path / "s.yaml")  # whatever is remembered for good
    tracemalloc.start()
    try:
        cases = load_cases(tmp_path / "s.yaml").cases
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(cases) == n_points
    assert most / n_points < 1500  # a scenario written out takes ten times as much
