"""The pages Compare, Whose estimate and One possible future, driven by key."""

import pytest
from dashboard_app import box
from streamlit.testing.v1 import AppTest
from waiting import HANG_SECONDS

from dashboard.ask.question import Question
from dashboard.ask.state import State, write_link
from dashboard.widgets.keys import Key
from sim.texts import design_label, load_texts

FEW = Question(replications=20)


def app(page: str, state: State) -> AppTest:
    """The page as a link opens it."""
    script = f"""
from dashboard.views import {page}
from dashboard.frame.look import render_frame
from dashboard.widgets.session import begin_session, current_texts, follow_link

begin_session()
render_frame(current_texts())
{page}.render_{page}()
follow_link()
"""
    test = AppTest.from_string(script, default_timeout=HANG_SECONDS)
    for name, value in write_link(state).items():
        test.query_params[name] = value
    return test


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("page", ["compare", "possible_future", "whose_estimate"])
def test_the_page_draws(page: str, language: str) -> None:
    test = app(page, State(language=language, question=FEW)).run()
    assert not test.exception
    assert test.title[0].value
    assert len(test.get("plotly_chart")) >= 1


@pytest.mark.ui
def test_another_design_to_compare_with_turns_the_sentences() -> None:
    test = app("compare", State(language="en", question=FEW)).run()
    assert any("“Shared”" in one.value and "“Regional”" in one.value for one in test.markdown)
    test.selectbox(key=Key.COMPARED_AGAINST).set_value("external").run()
    assert not test.exception
    lead = next(one.value for one in test.markdown if one.value.startswith("- "))
    assert f"“{design_label('external', load_texts('en'))}”" in lead.splitlines()[0]


@pytest.mark.ui
def test_one_design_alone_is_not_compared() -> None:
    alone = Question(replications=20, off=("shared", "flexible", "external"))
    test = app("compare", State(language="da", question=alone)).run()
    assert not test.exception
    assert any("kun én model" in one.value for one in test.info)


@pytest.mark.ui
def test_a_choice_is_kept_in_the_link() -> None:
    test = app("possible_future", State(language="da", question=FEW)).run()
    before = test.query_params.get("s", "")
    test.segmented_control(key=Key.FUTURE_KIND).set_value("bad").run()
    assert not test.exception
    assert test.query_params["s"] != before


@pytest.mark.ui
def test_a_future_is_chosen_by_its_number() -> None:
    state = State(language="en", question=FEW).with_choice("future.kind", "own").with_choice("future.number", 7)
    test = app("possible_future", state).run()
    assert box(test, Key.FUTURE_NUMBER).value == "7"
    assert any("Replication 7 of 100" in one.value for one in test.caption)
