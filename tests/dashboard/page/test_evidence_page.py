"""The page Evidence, driven by the keys of its widgets."""

import pytest
from dashboard_app import box, open_page
from streamlit.testing.v1 import AppTest

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key
from sim.tables import Sheet
from sim.texts import load_texts

DANISH = load_texts("da")
PARTS = ("funnel", "rows", "parameters", "checks", "learning")


def app(**choices: str) -> AppTest:
    """The page as a link opens it, in a session of its own."""
    language = choices.pop("language", "da")
    chosen = tuple((f"evidence.{name}", value) for name, value in choices.items())
    return open_page("evidence", State(language, Question(replications=20), choices=chosen))


def shown(test: AppTest) -> str:
    """Everything written as HTML."""
    return "".join(block.proto.body for block in test.get("html"))


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_draws_in_both_languages(part: str, language: str) -> None:
    test = app(part=part, language=language)
    assert not test.exception
    assert test.title[0].value == load_texts(language)("evidence.page.title")
    assert test.header[0].value == load_texts(language)(f"evidence.page.part.{part}")


@pytest.mark.ui
def test_a_link_that_names_no_part_shows_the_first() -> None:
    assert app(part="nonsense").header[0].value == DANISH("evidence.page.part.funnel")


@pytest.mark.ui
def test_numbers_are_found_and_the_search_stands_in_the_link() -> None:
    test = app(part="rows")
    assert test.markdown[1].value == "**265 tal passer**"
    test.text_input(key=Key.EVIDENCE_TEXT).set_value("70-80 rusmiddelbrug").run()
    assert "sammenlagt er 70-80 gravide med rusmiddelbrug" in shown(test)
    test.text_input(key=Key.EVIDENCE_TEXT).set_value("").run()
    test.selectbox(key=Key.EVIDENCE_WHO).set_value("regions").run()
    test.selectbox(key=Key.EVIDENCE_STEP).set_value("need").run()
    assert not test.exception
    found = test.markdown[1].value
    again = app(part="rows", who="regions", step="need")
    assert again.markdown[1].value == found != "**265 tal passer**"
    test.button(key=Key.EVIDENCE_CLEAR).click().run()
    assert test.markdown[1].value == "**265 tal passer**"
    test.text_input(key=Key.EVIDENCE_TEXT).set_value("xyzzy").run()
    assert test.info[0].value == DANISH("evidence.page.search.none")


@pytest.mark.ui
def test_pages_of_numbers_follow_each_other() -> None:
    test = app(part="rows")
    first = shown(test)
    box(test, Key.EVIDENCE_PAGE).set_value("13").run()
    assert not test.exception
    assert shown(test) != first
    test.selectbox(key=Key.EVIDENCE_STEP).set_value("stays").run()
    assert not test.exception  # fewer pages than the one that was looked at


@pytest.mark.ui
def test_checks_are_computed_when_they_are_asked_for() -> None:
    test = app(part="checks", draws="200")
    assert len(test.get("plotly_chart")) == 0
    test.button(key=Key.CHECK_RUN).click().run()
    assert not test.exception
    assert len(test.get("plotly_chart")) == 1
    assert "Visiteret til døgnbehandling, 2017" in shown(test)


@pytest.mark.ui
def test_invented_data_can_be_learnt_from_and_used_and_taken_away() -> None:
    test = app(part="learning")
    test.button(key=Key.REFERRALS_EXAMPLE).click().run()
    assert not test.exception
    assert len(test.get("plotly_chart")) == 1
    assert "Kvinder med behov om året" in shown(test)
    labels = {one.proto.label for one in test.get("download_button")}
    assert labels >= {"Rapport", "Scenariefil", "Trukne værdier", "Estimater"}
    assert isinstance(test.session_state[Key.REFERRALS_SHEET], Sheet)
    test.button(key=Key.REFERRALS_REMOVE).click().run()
    assert not test.exception
    assert test.session_state[Key.REFERRALS_SHEET] is test.session_state[Key.LESSON] is None
