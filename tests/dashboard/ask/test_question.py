"""A question stands for the same scenario as a file that says the same."""

import pytest

from dashboard.ask.question import (
    ADDABLE,
    Question,
    base_scenario,
    own_question,
    scenario_of,
    scenario_to_save,
    value_at,
    with_changes,
    without_changes,
)
from sim.scenario import (
    ScenarioError,
    find_scenario,
    load_scenario,
    read_scenario,
    ready_scenarios,
    scenario_hash,
    scenario_text,
    scenario_values,
    with_values,
)

CHANGES = {"acceptance.base": 0.35, "designs.regional.places.nordjylland": 2, "demand.need_per_year": 40}


@pytest.mark.unit
def test_changes_are_those_of_a_sweep_or_a_file() -> None:
    question = with_changes(Question("today-regions", replications=50), CHANGES)
    wanted = with_values(load_scenario(find_scenario("today-regions")), CHANGES | {"replications": 50})
    assert scenario_of(question) == wanted
    assert scenario_hash(read_scenario(scenario_text(scenario_of(question)))) == scenario_hash(wanted)


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(ready_scenarios()))
def test_a_ready_scenario_without_changes_is_itself(name: str) -> None:
    ready = load_scenario(find_scenario(name)).model_copy(update={"replications": 400})
    question = Question(base=name, replications=400)
    assert scenario_of(question) == ready.model_copy(update={"fields": None})  # fields are asked for by themselves
    assert scenario_to_save(question) == ready


@pytest.mark.unit
def test_what_is_moved_back_is_no_change() -> None:
    question = with_changes(Question("today-regions"), {"acceptance.base": 0.5})
    assert question.changes == (("acceptance.base", 0.5),)
    assert with_changes(question, {"acceptance.base": 0.4}) == Question("today-regions")
    assert without_changes(question, ["acceptance.base"]) == Question("today-regions")


@pytest.mark.unit
def test_an_estimate_and_an_own_number_drive_each_other_out() -> None:
    own = with_changes(Question("today-regions"), {"demand.need_per_year": 75})
    assert scenario_of(own).demand.view is None
    back = with_changes(own, {"demand.view": "need_muni_16"})
    assert back.changes == (("demand.view", "need_muni_16"),)
    assert with_changes(back, {"demand.view": "need_dr_2023_70_80"}) == Question("today-regions")


@pytest.mark.unit
def test_designs_left_out_keep_their_changes_until_they_are_back() -> None:
    question = with_changes(Question("today-regions", off=("shared",)), {"designs.shared.places.nordjylland": 9})
    assert [design.name for design in scenario_of(question).designs] == ["regional", "flexible", "external"]
    assert value_at(scenario_values(scenario_of(question._replace(off=()))), "designs.shared.places.nordjylland") == 9


@pytest.mark.unit
def test_who_is_compared_with_a_design_left_out_is_compared_with_the_first() -> None:
    question = with_changes(Question("today-regions"), {"measures.against": "shared"})
    assert scenario_of(question).measures.against == "shared"
    assert scenario_of(question._replace(off=("shared",))).measures.against is None


@pytest.mark.unit
@pytest.mark.parametrize("base", ["small-units", "today-regions", "reform-2027"])
def test_every_design_can_be_added_to_either_map(base: str) -> None:
    there = {design.name for design in base_scenario(Question(base=base)).designs}
    added = tuple(name for name in ADDABLE if name not in there)
    designs = scenario_of(Question(base=base, added=added)).designs
    assert [design.name for design in designs][-len(added) :] == list(added)
    assert all(getattr(design, "flexible", None) for design in designs if design.name == "flexible")


@pytest.mark.unit
def test_a_scenario_of_ones_own_is_asked_as_it_is() -> None:
    text = (
        "name: mine\nreplications: {precision: 0.1}\nacceptance: {base: 0.3}\ndesigns: [{name: a.b, kind: regional}]\n"
    )
    scenario = read_scenario(text)
    question = own_question(scenario)
    assert scenario_of(question) == with_values(scenario, {"replications": 500})
    moved = with_changes(question, {"designs.a.b.places.nordjylland": 1})
    assert scenario_of(moved).designs[0].model_dump()["places"]["nordjylland"] == 1
    assert own_question(with_values(scenario, {"replications": 7})).replications == 7


@pytest.mark.unit
def test_what_cannot_be_is_said_with_its_path() -> None:
    question = with_changes(Question("today-regions"), {"designs.flexible.flexible.max_places.nordjylland": 1})
    with pytest.raises(ScenarioError, match=r"max_places\.nordjylland: at least the places always open, 2; got 1"):
        scenario_of(question)
    with pytest.raises(ScenarioError, match="designs"):
        scenario_of(Question("today-regions", off=("regional", "shared", "flexible", "external")))


@pytest.mark.unit
@pytest.mark.parametrize("path", ["nonsense", "acceptance.nonsense", "designs.nobody.places", "acceptance.base.more"])
def test_a_word_that_is_not_there_has_no_value(path: str) -> None:
    assert value_at(scenario_values(scenario_of(Question("today-regions"))), path) is None
