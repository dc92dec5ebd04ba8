"""The page How sure, driven by key."""

from pathlib import Path

import pytest
from dashboard_app import open_page
from streamlit.testing.v1 import AppTest

from dashboard.ask.question import own_question
from dashboard.ask.state import State
from dashboard.say.doubted_words import write_mean
from dashboard.widgets.keys import Key
from sim.doubt import explore
from sim.scenario import load_scenario, scenario_from
from sim.texts import load_texts

WORDS = {
    "name": "small",
    "horizon_years": 2,
    "replications": 20,
    "doubt": {"parameters": {"acceptance.base": "plausible", "demand.found_share": "plausible"}},
    "designs": [
        {"name": "one", "kind": "national", "sites": ["AAR"], "places": 6},
        {"name": "elsewhere", "kind": "external"},
    ],
}
SMALL = scenario_from(WORDS)
MEASURE = "admitted_per_year"
NOTHING_HAPPENS = Path(__file__).parent / "nothing_happens"


def asked(state: State) -> AppTest:
    test = open_page("sure", state.with_choice("sure.measure", MEASURE))
    assert not test.exception
    assert not test.get("plotly_chart")
    return test.button(key=Key.SURE_RUN).click().run()


def tables(test: AppTest) -> str:
    return " ".join(block.proto.body for block in test.get("html") if "<style" not in block.proto.body)


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
def test_draws_are_played_when_they_are_asked_for(language: str) -> None:
    test, texts = asked(State(language=language, question=own_question(SMALL))), load_texts(language)
    assert not test.exception
    assert not test.error
    assert len(test.get("plotly_chart")) == 1
    found = explore(SMALL, draws=64, replications=20)
    ((one, other),) = found.pairs
    pair = found.pair(MEASURE, one, other)
    said = tables(test)
    assert write_mean(pair.split.mean, MEASURE, texts, is_difference=True) in said
    assert pair.better_in is not None
    assert texts("doubt.better", share=texts.percent(pair.better_in)) in said
    assert texts("parameters.acceptance_base.label") in said


@pytest.mark.ui
def test_another_measure_is_read_off_the_same_draws() -> None:
    test = asked(State(language="en", question=own_question(SMALL)))
    test.selectbox(key=Key.SURE_MEASURE).set_value("cost_per_year").run()
    assert not test.exception
    assert len(test.get("plotly_chart")) == 1
    assert "64 draws of 2 unsure numbers" in " ".join(one.value for one in test.caption)


@pytest.mark.ui
def test_doubt_about_a_design_that_is_left_out_is_told() -> None:
    about_it = scenario_from(WORDS | {"doubt": {"parameters": {"designs.elsewhere.external.after_days": "plausible"}}})
    test = asked(State(language="da", question=own_question(about_it)._replace(off=("elsewhere",))))
    assert not test.exception
    assert len(test.error) == 1
    assert not test.get("plotly_chart")


@pytest.mark.ui
@pytest.mark.parametrize("file", sorted(NOTHING_HAPPENS.glob("*.yaml")), ids=lambda file: file.stem)
def test_how_sure_stands_where_nothing_happens(file: Path) -> None:
    test = asked(State(question=own_question(load_scenario(file))))
    assert not test.exception
    assert not test.error
    assert len(test.get("plotly_chart")) == 1
    assert "nan" not in tables(test)
