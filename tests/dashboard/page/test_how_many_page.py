"""The page How many, driven by key."""

from pathlib import Path

import pytest
from dashboard_app import box, open_page
from streamlit.testing.v1 import AppTest

from dashboard.ask.question import Question, own_question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key
from sim.scenario import load_scenario, scenario_from
from sim.sizing import size

NAME = "en_egen_model"
SMALL = scenario_from(
    {
        "name": "small",
        "horizon_years": 2,
        "replications": 20,
        "designs": [
            {"name": "one", "kind": "national", "sites": ["AAR"], "places": 6},
            {"name": NAME, "kind": "regional"},
            {"name": "elsewhere", "kind": "external"},
        ],
    }
)
NOTHING_HAPPENS = Path(__file__).parent / "nothing_happens"


def tables(test: AppTest) -> str:
    return " ".join(block.proto.body for block in test.get("html") if "<style" not in block.proto.body)


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_number_is_found_when_it_is_asked_for(language: str) -> None:
    test = open_page("many", State(language=language, question=own_question(SMALL)))
    assert not test.exception
    assert not test.get("plotly_chart")
    test.slider(key=Key.MANY_TARGET).set_value(70).run()
    box(test, Key.MANY_BUDGET).set_value("40").run()
    test.button(key=Key.MANY_RUN).click().run()
    assert not test.exception
    assert not test.error
    assert len(test.get("plotly_chart")) == 1
    found = size(SMALL, "admitted_within_14_days >= 0.7", budget="40e6", replications=100)
    said = tables(test)
    for design in ("one", NAME):
        assert f">{found.designs[design].total}</td>" in said
    assert "Erlang A" in said
    assert "100" in test.info[0].value


@pytest.mark.ui
def test_an_answer_to_another_target_is_not_shown() -> None:
    test = open_page("many", State(language="en", question=own_question(SMALL)))
    test.button(key=Key.MANY_RUN).click().run()
    assert test.get("plotly_chart")
    test.slider(key=Key.MANY_TARGET).set_value(65).run()
    assert not test.exception
    assert not test.get("plotly_chart")


@pytest.mark.ui
@pytest.mark.parametrize("file", sorted(NOTHING_HAPPENS.glob("*.yaml")), ids=lambda file: file.stem)
def test_it_stands_where_nothing_happens(file: Path) -> None:
    test = open_page("many", State(question=own_question(load_scenario(file))))
    test.button(key=Key.MANY_RUN).click().run()
    assert not test.exception
    assert not test.error
    assert "nan" not in tables(test)


@pytest.mark.ui
def test_a_link_that_asks_for_what_cannot_be_is_read_as_the_usual() -> None:
    state = State(question=Question("today-regions")).with_choice("many.target", 5).with_choice("many.budget", -4)
    test = open_page("many", state)
    assert not test.exception
    assert test.slider(key=Key.MANY_TARGET).value == 80
    assert box(test, Key.MANY_BUDGET).value == "0"
