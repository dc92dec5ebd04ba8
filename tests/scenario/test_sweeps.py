"""Sweeps: every combination of lists, a Latin hypercube over ranges, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import Cases, ScenarioError, load_cases, load_scenario
from sim.scenario.sweeps import Range, Sweep, sweep_points

BASE = "name: a\ndesigns: [{name: b, kind: regional}]\n"


def cases(folder: Path, text: str) -> Cases:
    (folder / "s.yaml").write_text(BASE + text, encoding="utf-8")
    return load_cases(folder / "s.yaml")


@pytest.mark.unit
def test_a_file_without_a_sweep_is_one_case(tmp_path: Path) -> None:
    found = cases(tmp_path, "")
    assert [(case.scenario, case.changes) for case in found.cases] == [(load_scenario(tmp_path / "s.yaml"), {})]


@pytest.mark.unit
def test_lists_are_combined_and_the_last_varies_fastest(tmp_path: Path) -> None:
    found = cases(tmp_path, "sweep:\n  - demand.need_per_year: [1, 2]\n  - designs.b.home_first: [false, true]\n")
    seen = [(case.scenario.demand.need_per_year, case.scenario.designs[0].home_first) for case in found.cases]
    assert seen == [(1, False), (1, True), (2, False), (2, True)]
    assert [case.scenario.name for case in found.cases] == ["a-1", "a-2", "a-3", "a-4"]
    assert found.cases[3].changes == {"demand.need_per_year": 2, "designs.b.home_first": True}
    as_mapping = cases(tmp_path, "sweep: {demand.need_per_year: [1, 2], designs.b.home_first: [false, true]}\n")
    assert as_mapping == found


@pytest.mark.law
@given(samples=st.integers(1, 40), seed=st.integers(0, 2**63 - 1))
def test_a_latin_hypercube_has_one_value_in_each_part(samples: int, seed: int) -> None:
    spans = {"x": Range(-1.0, 3.0, False), "y": Range(2, 9, True)}
    points = list(sweep_points(Sweep({}, spans, samples), seed))
    parts = sorted(min(int((point["x"] + 1) / 4 * samples), samples - 1) for point in points)
    assert parts == list(range(samples))
    assert all(isinstance(point["y"], int) and 2 <= point["y"] <= 9 for point in points)
    # Another path shifts nobody.
    alone = [point["x"] for point in sweep_points(Sweep({}, {"x": spans["x"]}, samples), seed)]
    assert alone == [point["x"] for point in points]


@pytest.mark.unit
def test_lists_and_ranges_are_crossed(tmp_path: Path) -> None:
    text = "sweep:\n  - demand.need_per_year: [1, 2]\n  - acceptance.base: {low: 0.1, high: 0.2}\nsamples: 3\n"
    bases = [case.scenario.acceptance.base for case in cases(tmp_path, text).cases]
    assert bases[:3] == bases[3:]
    assert len(set(bases)) == 3


@pytest.mark.unit
def test_faulty_points_do_not_keep_the_others_back(tmp_path: Path) -> None:
    found = cases(tmp_path, "sweep: {demand.need_per_year: [1, -2, 3]}\n")
    assert [case.scenario.name for case in found.cases] == ["a-1", "a-3"]
    (fault,) = found.faults
    assert str(fault).startswith("s.yaml sweep point 2, demand.need_per_year: a number from 0 to 10000 women/year; got")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sweep: 3\n", r"s.yaml line 3, sweep: paths with values; got 3. Begin each line with a dash"),
        ("samples: 3\n", r"sweep: paths with values; got nothing"),
        (
            "sweep: {seed: 3}\n",
            r"line 3, sweep.seed: a list of values, or {low: ..., high: ...}; got 3. Write the values",
        ),
        ("sweep: [{seed: [1]}, {seed: [2]}]\n", r"each path once; got seed again. Delete one of the two."),
        ("sweep: {seed: {low: 3, high: 1}}\nsamples: 3\n", r"{low: a number, high: a larger one}.*Write the ends"),
        (
            "sweep: {seed: {low: 1, high: 3}}\n",
            r"samples: a whole number from 1 to 100000; got nothing. Write how many",
        ),
        (
            "sweep: {seed: [1]}\nsamples: 3\n",
            r"line 4, samples: samples only where a path has a range; got 3. Delete it",
        ),
        (
            "sweep: {seed: {low: 0, high: 1}, start: [1, 2]}\nsamples: 99999\n",
            r"at most 100000 points; got 199998. Use",
        ),
    ],
)
def test_what_is_wrong_with_a_sweep(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        cases(tmp_path, text)


@pytest.mark.unit
def test_one_scenario_is_not_a_sweep(tmp_path: Path) -> None:
    cases(tmp_path, "sweep: {seed: [1, 2]}\n")
    message = "s.yaml line 3, sweep: one scenario; got a sweep. Run it with doegnplads batch, or delete it."
    with pytest.raises(ScenarioError, match=message):
        load_scenario(tmp_path / "s.yaml")
