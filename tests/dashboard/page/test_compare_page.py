"""Compare: fields, near and far, and the ends that are played when somebody asks for them."""

import pytest
from dashboard_app import open_page

from dashboard.ask.question import own_question, scenario_of, scenario_to_save, scenarios_in_fields, with_changes
from dashboard.ask.state import State
from dashboard.widgets.keys import Key
from sim.scenario import read_scenario

SCENARIO = read_scenario("""\
name: fair
horizon_years: 2
replications: 30
designs:
  - {name: regional, kind: regional}
  - {name: shared, kind: shared}
  - {name: external, kind: external}
fields:
  access: {target: 0.8, designs: {regional: {places: {hovedstaden: 10}}, shared: {places: {hovedstaden: 4}}}}
  budget: {target: 44e6, designs: {shared: {places: {hovedstaden: 8}}}}
""")
QUESTION = own_question(SCENARIO)


@pytest.mark.unit
def test_the_page_asks_the_scenario_as_it_stands_and_its_fields_beside_it() -> None:
    assert scenario_of(QUESTION).fields is None
    fields = scenarios_in_fields(QUESTION)
    assert [scenario.name for scenario in fields.values()] == ["fair-access", "fair-budget"]
    assert fields["access"].designs[1].places["hovedstaden"] == 4  # type: ignore[union-attr]


@pytest.mark.unit
def test_a_scenario_is_saved_with_its_fields_as_long_as_they_fit() -> None:
    assert scenario_to_save(QUESTION) == SCENARIO
    assert scenario_to_save(QUESTION._replace(off=("shared",))).fields is None


@pytest.mark.unit
def test_fields_follow_what_is_changed_and_leave_out_what_is_off() -> None:
    changed = with_changes(QUESTION, {"acceptance.base": 0.3})._replace(off=("regional",))
    fields = scenarios_in_fields(changed)
    assert [design.name for design in fields["access"].designs] == ["shared", "external"]
    assert fields["access"].acceptance.base == 0.3
    assert scenarios_in_fields(changed._replace(off=("regional", "shared"))) == {}


@pytest.mark.ui
def test_the_same_places_come_last_of_the_fields_then_near_and_far() -> None:
    app = open_page("compare", State(language="da", question=QUESTION))
    assert not app.exception
    headers = [header.value for header in app.header]
    starts = ("Samme adgang", "Samme budget", "Volumen", "Samme pladser", "Forskellene", "Nær og fjern")
    assert [header.startswith(start) for header, start in zip(headers, starts, strict=False)] == [True] * len(starts)
    said = " ".join(block.value for block in app.markdown)
    assert "»Enkeltpladser« giver ikke samme adgang" in said
    assert "forudsætningerne er ikke prøvet" in said
    assert "k = 0,7" in " ".join(block.proto.body for block in app.get("html"))


@pytest.mark.ui
def test_the_ends_are_played_when_asked_for() -> None:
    app = open_page("compare", State(language="en", question=QUESTION._replace(replications=20)))
    app.button(key=Key.TRY_ENDS).click().run()
    assert not app.exception
    said = " ".join(block.value for block in app.markdown)
    assert "assumptions not tried" not in said
    assert "as long as" in said
