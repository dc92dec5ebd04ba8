"""The scenarios that come with the program: each answers a question, and each runs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.scenario import Scenario, load_scenario, load_views, ready_scenarios, scenario_values

READY = ready_scenarios()
VIEW_OF = {
    "view-municipal-visits-2019": "visited_res_2019",
    "view-municipal-16": "need_muni_16",
    "view-municipal-30": "need_muni_30",
    "view-cowi-19": "need_cowi_2019_19",
    "view-cowi-51": "need_cowi_2019_51",
    "view-regions-2023": "need_dr_2023_70_80",
    "view-agency-2024": "need_sbst_80_100",
}
PROMISED = {
    *VIEW_OF,
    "baseline",
    "five-agreements",
    "from-today",
    "from-today-to-own-units",
    "hidden-number",
    "near-and-far",
    "near-and-far-no-decay",
    "pilot",
    "reform-2027",
    "small-units",
    "today-regions",
}

every_scenario = pytest.mark.parametrize("name", READY)


def ready(name: str) -> Scenario:
    return load_scenario(READY[name])


def designs_of(name: str) -> list[dict[str, object]]:
    designs: list[dict[str, object]] = scenario_values(ready(name))["designs"]
    return designs


@pytest.mark.unit
def test_all_promised_scenarios_are_there() -> None:
    assert set(READY) >= PROMISED


@pytest.mark.unit
@every_scenario
def test_name_is_the_file_name(name: str) -> None:
    assert ready(name).name == name


@pytest.mark.unit
@every_scenario
def test_file_starts_with_a_question(name: str) -> None:
    lines = READY[name].read_text(encoding="utf-8").splitlines()
    comment = [line.removeprefix("#").strip() for line in lines[: lines.index(f"name: {name}")]]
    assert comment[0].startswith("Question: ")
    assert "?" in " ".join(comment)


@pytest.mark.unit
@every_scenario
def test_title_is_given_in_both_languages(name: str) -> None:
    title = ready(name).title
    assert title.da
    assert title.en
    assert title.da != title.en


@pytest.mark.unit
@every_scenario
def test_scenario_is_in_the_list_for_people(name: str) -> None:
    listed = (Path(READY[name]).parent / "README.md").read_text(encoding="utf-8")
    assert f"[{name}]({name}.yaml)" in listed


def but_for_the_need(name: str) -> dict[str, object]:
    """All a scenario says but its names, its need, and the places that give the same access under one need."""
    values = scenario_values(ready(name))
    for word in ("view", "need_per_year", "found_share"):
        values["demand"].pop(word, None)
    return {word: value for word, value in values.items() if word not in ("name", "title", "fields")}


@pytest.mark.unit
@pytest.mark.parametrize("name", [*VIEW_OF, "hidden-number"])
def test_scenario_changes_the_need_and_nothing_else(name: str) -> None:
    assert but_for_the_need(name) == but_for_the_need("baseline")


@pytest.mark.unit
@pytest.mark.parametrize(("name", "view"), VIEW_OF.items())
def test_view_takes_its_need_from_its_estimate(name: str, view: str) -> None:
    assert view in load_views()
    assert scenario_values(ready(name))["demand"]["view"] == view


@pytest.mark.unit
def test_near_and_far_differ_in_the_decay_alone() -> None:
    far, near = scenario_values(ready("near-and-far")), scenario_values(ready("near-and-far-no-decay"))
    assert far["acceptance"].pop("decay_per_hour") == 0.7
    assert near["acceptance"].pop("decay_per_hour") == 0
    for values in (far, near):
        del values["name"], values["title"]
    assert far == near
    assert "near-and-far-no-decay" in READY["near-and-far"].read_text(encoding="utf-8").split("name:")[0]
    assert "near-and-far:" in READY["near-and-far-no-decay"].read_text(encoding="utf-8").split("name:")[0]


@pytest.mark.unit
@pytest.mark.parametrize("name", ["near-and-far", "near-and-far-no-decay", "small-units"])
def test_designs_compared_for_size_have_equally_many_places(name: str) -> None:
    totals = {design["name"]: sum(design["places"].values()) for design in designs_of(name)}  # type: ignore[attr-defined]
    assert set(totals.values()) == {27}, totals


@pytest.mark.unit
def test_five_agreements_pay_for_the_same_units() -> None:
    designs = designs_of("five-agreements")
    assert [design["name"] for design in designs] == ["takst", "delt", "abonnement", "objektiv", "solidarisk"]
    for design in designs:
        assert list(design["financing"]) == [design["name"]]  # type: ignore[call-overload]
    units = [{word: design[word] for word in design if word not in {"name", "financing"}} for design in designs]
    assert units == [units[0]] * 5


@pytest.mark.unit
def test_hidden_number_holds_the_need_of_the_baseline() -> None:
    demand = ready("hidden-number").demand
    assert demand.need_per_year == 2 * load_views()["need_dr_2023_70_80"].value
    assert 0.5 < demand.found_share < 1


@pytest.mark.e2e
@every_scenario
def test_scenario_runs_by_name(name: str) -> None:
    result = CliRunner().invoke(main, ["run", name, "--replications", "2", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["scenario"] == name
    assert answer["replications"] == 2
    assert list(answer["designs"]) == [design.name for design in ready(name).designs]
