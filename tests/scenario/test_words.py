"""What scenarios say when they leave things out, and in their short forms."""

import csv
import math
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sim.geography import TravelConstants
from sim.scenario import (
    DESIGNS,
    PARAMETER_PATHS,
    ByRegionDesign,
    BySiteDesign,
    Empirical,
    Exponential,
    Never,
    PayerShares,
    PilotDesign,
    PoolsDesign,
    Precision,
    Scenario,
    ScenarioError,
    SharedDesign,
    Uniform,
    Weibull,
    find_scenario,
    load_parameters,
    load_scenario,
    load_views,
    parameter_of,
    read_scenario,
    ready_scenarios,
    scenario_from,
    scenario_values,
)

EXAMPLE = Path(__file__).parent / "example.yaml"
DATA = Path(__file__).parents[2] / "sim" / "scenario" / "data"


def with_designs(*designs: dict[str, object], **words: object) -> Scenario:
    named = [{"name": f"d{number}"} | design for number, design in enumerate(designs)]
    return scenario_from({"name": "a", "designs": named} | words)


@pytest.mark.unit
def test_example_of_the_contract_loads() -> None:
    scenario = load_scenario(EXAMPLE)
    regional, shared, flexible, trial, as_today, own = scenario.designs
    assert isinstance(regional, ByRegionDesign)
    assert regional.sites["midtjylland"] == ("AAR",)
    assert isinstance(shared, SharedDesign)
    assert shared.groups == (("hovedstaden", "sjaelland"), ("syddanmark", "midtjylland", "nordjylland"))
    assert isinstance(flexible, ByRegionDesign)
    assert flexible.flexible is not None
    assert flexible.flexible.max_places == {
        "hovedstaden": 12, "sjaelland": 3, "syddanmark": 3, "midtjylland": 4, "nordjylland": 2,
    }  # fmt: skip
    assert isinstance(trial, PilotDesign)
    assert (trial.first, trial.others_on, trial.places["hovedstaden"]) == ("midtjylland", date(2030, 1, 1), 0)
    assert isinstance(as_today, DESIGNS["external"])
    assert (as_today.financing, as_today.external.after_days, as_today.external.base) == (
        "municipal",
        42,
        None,
    )
    assert isinstance(own, PoolsDesign)
    assert (own.discipline, own.home_first, own.pools[0].last_places) == ("due_first", True, 10)


@pytest.mark.unit
def test_shortest_file_has_every_default() -> None:
    scenario = read_scenario("name: a\ndesigns: [{name: b, kind: regional}]\n")
    assert scenario == scenario_from({"name": "a", "designs": [{"name": "b", "kind": "regional"}]})
    assert (scenario.start, scenario.horizon_years, scenario.seed) == (date(2027, 1, 1), 10, 20270101)
    assert (scenario.replications, scenario.regions, scenario.demand.need_per_year) == (400, "five", 75)
    assert scenario.waiting.patience_days == Exponential(mean=66)
    assert scenario.stay.early_leaving_days == Weibull(shape=0.46, scale=1580)
    assert scenario.designs[0].places == {  # type: ignore[union-attr]
        "hovedstaden": 9, "sjaelland": 4, "syddanmark": 5, "midtjylland": 6, "nordjylland": 3,
    }  # fmt: skip


@pytest.mark.unit
def test_map_four_has_its_own_places_sites_and_group() -> None:
    shared, pools = with_designs(
        {"kind": "shared"}, {"kind": "pools", "pools": [{"id": "p", "site": "AAR"}]}, regions="four"
    ).designs
    four = ("oestdanmark", "syddanmark", "midtjylland", "nordjylland")
    assert isinstance(shared, SharedDesign)
    assert isinstance(pools, PoolsDesign)
    assert (tuple(shared.places), shared.places["oestdanmark"]) == (four, 13)
    assert (tuple(shared.sites), shared.groups, pools.pools[0].serves) == (four, (four,), four)


@pytest.mark.unit
def test_short_forms_are_written_out() -> None:
    scenario = scenario_from(
        {
            "name": "a",
            "title": "Both",
            "replications": {"of": "wait_mean"},
            "demand": {"view": "visited_res_2019", "offered_share": 0.7},
            "stay": {"days": {"empirical": {"values": [1, 2]}}, "early_leaving_days": "none"},
            "waiting": {"patience_days": Uniform(low=1, high=2)},
            "economics": {"financing": {"municipality": 0.5, "state": 0.5}, "place_price": 5000},
            "designs": [{"name": "b", "kind": "none"}],
        }
    )
    assert scenario.replications == Precision(precision=0.02, of=("wait_mean",), at_least=100, at_most=5000)
    assert (scenario.title.da, scenario.title.en) == ("Both", "Both")
    assert (scenario.demand.need_per_year, scenario.demand.view) == (None, "visited_res_2019")
    assert scenario.demand.offered_share.municipal == scenario.demand.offered_share.regional == 0.7
    assert (scenario.stay.days, scenario.stay.early_leaving_days) == (Empirical(values=(1, 2)), Never())
    assert scenario.economics.financing == PayerShares(municipality=0.5, state=0.5)
    assert scenario.economics.place_price == 5000


@pytest.mark.unit
def test_places_of_local_and_national_designs_are_spread_over_sites() -> None:
    by_region, each, split, given = with_designs(
        {"kind": "local", "sites": ["ODE", "KOL", "AAR"], "places": {"syddanmark": 5, "AAR": 2}},
        {"kind": "local"},
        {"kind": "national", "sites": ["AAR", "ODE"], "flexible": {"max_places": 31}},
        {"kind": "national", "sites": "AAR", "places": 8},
    ).designs
    assert isinstance(by_region, BySiteDesign)
    assert isinstance(each, BySiteDesign)
    assert isinstance(split, BySiteDesign)
    assert isinstance(given, BySiteDesign)
    assert by_region.places == {"ODE": 3, "KOL": 2, "AAR": 2}
    assert set(each.places.values()) == {3}
    assert tuple(each.places) == each.sites
    assert split.places == {"AAR": 14, "ODE": 13}
    assert split.flexible is not None
    assert split.flexible.max_places == {"AAR": 16, "ODE": 15}
    assert (given.sites, given.places) == (("AAR",), {"AAR": 8})


@pytest.mark.unit
def test_scenarios_cannot_be_changed() -> None:
    scenario = load_scenario(EXAMPLE)
    with pytest.raises(ValueError, match="frozen"):
        scenario.seed = 5  # type: ignore[misc]


@pytest.mark.unit
def test_defaults_are_those_of_the_table_of_parameters() -> None:
    scenario = with_designs(
        {"kind": "external"},
        {"kind": "pools", "pools": [{"id": "p", "site": "AAR", "flexible": {"max_places": 9}}]},
        {"kind": "regional", "flexible": {"max_places": {"hovedstaden": 9}}},
    )
    values = scenario_values(scenario)
    derived = {
        "waiting.patience_days": lambda default: round(-1 / math.log(1 - default)),
        "stay.days": lambda default: default,
        "economics.place_price": lambda default: default,
    }
    for path, parameter in PARAMETER_PATHS.items():
        if path not in derived:
            found = _values_at(values, path.split("."))
            assert found
            assert set(found) == {load_parameters()[parameter].default}, path
    assert scenario.waiting.patience_days == Exponential(mean=derived["waiting.patience_days"](0.015))
    assert scenario.stay.days == Uniform(low=183, high=365)
    assert derived["stay.days"](load_parameters()["stay_after_birth"].default) == (183 + 365) / 2
    assert scenario.economics.place_price == "specialised"


def _values_at(values: object, words: list[str]) -> list[object]:
    if not words:
        return [values]
    inside = values if isinstance(values, list) else [values[words[0]]] if words[0] in values else []  # type: ignore
    return [found for item in inside for found in _values_at(item, words[1:])]


@pytest.mark.unit
def test_travel_constants_are_those_of_geography() -> None:
    travel = with_designs({"kind": "none"}).travel
    assert travel.model_dump(exclude={"minutes"}) == TravelConstants()._asdict()


@pytest.mark.unit
def test_parameter_behind_a_word_is_found() -> None:
    for path in (
        "designs[0].turnaround_days",
        "designs.*.turnaround_days",
        "designs.x.pools[3].turnaround_days",
    ):
        parameter = parameter_of(path)
        assert parameter is not None
        assert (parameter.id, parameter.low, parameter.high, parameter.strength) == (
            "turnaround_days",
            0,
            14,
            "assumption",
        )
    assert parameter_of("seed") is None
    assert parameter_of("demand.needper_year") is None


@pytest.mark.unit
def test_views_have_a_step_and_an_owner() -> None:
    views = load_views()
    rows = csv.DictReader((DATA / "views.csv").read_text(encoding="utf-8").splitlines())
    assert list(views) == [row["id"] for row in rows]
    assert {view.step for view in views.values()} == {"need", "admitted"}
    assert all(view.who and view.statement and view.value > 0 for view in views.values())
    assert (views["need_cowi_2019_19_51"].value, views["visited_res_2019"].step) == (35, "admitted")


@pytest.mark.unit
def test_ready_scenarios_are_found_by_name_and_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("name: a\n", encoding="utf-8")
    assert find_scenario(file) == file
    for name, path in ready_scenarios().items():
        assert find_scenario(name) == path
    with pytest.raises(ScenarioError, match=r"gone.yaml: a scenario file; got no such file. Check the path."):
        find_scenario(tmp_path / "gone.yaml")
    with pytest.raises(
        ScenarioError, match=r"scenario: a ready scenario .* or a file; got 'qqqqqq'. Write one of these"
    ):
        find_scenario("qqqqqq")


@pytest.mark.unit
def test_reading_scenarios_does_not_load_pandas() -> None:
    code = "import sys, sim.scenario; print(sorted({'pandas', 'numba', 'scipy', 'simpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
