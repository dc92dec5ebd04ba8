"""Words of a scenario changed by their paths."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.scenario import (
    Exponential,
    Never,
    ScenarioError,
    load_scenario,
    scenario_from,
    scenario_values,
    with_values,
)

EXAMPLE = load_scenario(Path(__file__).parent / "example.yaml")


def value_at(changes: dict[str, Any], *path: str | int) -> Any:
    inside: Any = scenario_values(with_values(EXAMPLE, changes))
    for part in path:
        inside = inside[part]
    return inside


@pytest.mark.unit
def test_words_are_changed_by_path() -> None:
    assert value_at({"demand.need_per_year": 80}, "demand", "need_per_year") == 80
    assert value_at({"designs.regional.places.nordjylland": 2}, "designs", 0, "places", "nordjylland") == 2
    assert value_at({"designs[0].places.nordjylland": 2}, "designs", 0, "places", "nordjylland") == 2
    assert value_at({"designs[0].places": {"nordjylland": 2}}, "designs", 0, "places", "hovedstaden") == 0
    assert value_at({"designs.own.pools.aarhus.places": 9}, "designs", 5, "pools", 0, "places") == 9
    assert value_at({"designs.own.pools[0].plan[0].places": 9}, "designs", 5, "pools", 0, "plan", 0, "places") == 9
    assert value_at({"designs.as-today.external.minutes": 9}, "designs", 4, "external", "minutes") == 9
    assert value_at({"travel.minutes.0101.AAR": 9}, "travel", "minutes", "0101", "AAR") == 9
    assert value_at({"demand.offered_share": 0.3}, "demand", "offered_share", "state") == 0.3
    assert value_at({"replications": {"precision": 0.1}}, "replications", "precision") == 0.1


@pytest.mark.unit
def test_numbers_from_tables_are_numbers() -> None:
    designs = [
        {"name": "one", "kind": "national", "places": 9.0},
        {"name": "own", "kind": "local", "sites": "AAR"},
    ]
    scenario = scenario_from({"name": "a", "designs": designs})
    changes = {"demand.need_per_year": np.int64(80), "replications": np.float64(50), "seed": np.int64(3),
               "designs.own.places": np.int64(4), "economics.place_price": np.int64(5000)}  # fmt: skip
    changed = with_values(scenario, changes)
    assert changed == with_values(scenario, {path: int(value) for path, value in changes.items()})
    assert [design.places for design in changed.designs] == [{"ODE": 9}, {"AAR": 4}]  # type: ignore[union-attr]


@pytest.mark.unit
def test_distributions_are_changed_in_part_or_whole() -> None:
    assert with_values(EXAMPLE, {"waiting.patience_days.exponential.mean": 9}).waiting.patience_days == Exponential(
        mean=9
    )
    assert with_values(EXAMPLE, {"waiting.patience_days": "none"}).waiting.patience_days == Never()
    with pytest.raises(
        ScenarioError, match=r"patience_days.normal.mean: one of exponential; got 'normal'. Set the whole"
    ):
        with_values(EXAMPLE, {"waiting.patience_days.normal.mean": 9})


@pytest.mark.unit
def test_need_and_view_take_each_others_place() -> None:
    viewed = with_values(EXAMPLE, {"demand.view": "need_muni_16"})
    assert (viewed.demand.view, viewed.demand.need_per_year) == ("need_muni_16", None)
    again = with_values(viewed, {"demand.need_per_year": 20})
    assert (again.demand.view, again.demand.need_per_year) == (None, 20)


@pytest.mark.unit
def test_scenario_and_changes_stay_as_they_were() -> None:
    changes = {"designs[0].places": {"nordjylland": 2}}
    before = scenario_values(EXAMPLE)
    with_values(EXAMPLE, changes)
    assert scenario_values(EXAMPLE) == before
    assert changes == {"designs[0].places": {"nordjylland": 2}}


@pytest.mark.unit
def test_names_with_dots_are_found() -> None:
    designs = [{"name": name, "kind": "external"} for name in ("v1", "v1.2", "v1.23")]
    scenario = scenario_from({"name": "a", "designs": designs})
    changed = scenario_values(with_values(scenario, {"designs.v1.2.external.minutes": 9}))
    assert [design["external"]["minutes"] for design in changed["designs"]] == [120, 9, 120]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "designs.regionl.places",
            1,
            r"designs.regionl.places: a name .regional, .*got 'regionl'. Did you mean regional?",
        ),
        (
            "designs[9].places",
            1,
            r"designs\[9\].places: a name .*or a number from \[0\] to \[5\]; got '\[9\]'. Set the whole",
        ),
        ("demand.found_share.x", 1, "demand.found_share.x: a path such as demand.need_per_year; got 'x'."),
        ("", 1, "slider: one of name, title, .*; got ''."),
        (
            "demand.need_pr_year",
            1,
            "slider, demand.need_pr_year: a known word: .*Did you mean need_per_year?",
        ),
        (
            "demand.need_per_year",
            -1,
            "slider, demand.need_per_year: a number from 0 to 10000 women/year; got -1.",
        ),
        ("demand.need_per_year", None, "slider, demand.need_per_year: a value; got nothing."),
    ],
)
def test_wrong_paths_and_values_are_refused(path: str, value: object, message: str) -> None:
    with pytest.raises(ScenarioError, match=message.replace("?", r"\?")):
        with_values(EXAMPLE, {path: value}, source="slider")
