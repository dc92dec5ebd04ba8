"""The page Runs, driven by the keys of its widgets."""

import time

import pytest
from dashboard_app import open_page
from streamlit.testing.v1 import AppTest
from waiting import HANG_SECONDS

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.batches.desk import Desk
from dashboard.widgets.keys import Key
from sim.texts import load_texts

DANISH = load_texts("da")
SOUND = (
    "name: mini\nreplications: 20\ndesigns:\n  - {name: regional, kind: regional}\n  - {name: shared, kind: shared}\n"
)
BROKEN = "name: mini\ndesigns:\n  - {name: regional, kind: regionl}\n"
ENDLESS = SOUND.replace("20", "200000")


def app(language: str = "da") -> AppTest:
    """The page as a link opens it, in a session of its own."""
    return open_page("batch", State(language=language, question=Question("today-regions", replications=20)))


def shown(test: AppTest) -> str:
    """Everything written as HTML."""
    return "".join(block.proto.body for block in test.get("html"))


def desk_of(test: AppTest) -> Desk:
    desk: Desk = test.session_state[Key.DESK]
    return desk


def write(test: AppTest, text: str, name: str = "fil.yaml") -> AppTest:
    """Write a file in the editor and save it."""
    if not test.text_area:
        test.button(key=Key.NEW_SERIES).click().run()
    test.text_input(key=Key.EDITOR_NAME).set_value(name)
    test.text_area(key=Key.EDITOR_TEXT).set_value(text)
    test.button(key=Key.EDITOR_SAVE).click().run()
    assert not test.exception
    return test


def until_ended(test: AppTest, number: int) -> None:
    end = time.monotonic() + HANG_SECONDS
    while not desk_of(test).jobs[number].progress.is_ended:
        assert time.monotonic() < end
        time.sleep(0.05)
    test.run()
    assert not test.exception


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_opens_empty_and_says_what_to_do(language: str) -> None:
    test, texts = app(language), load_texts(language)
    assert not test.exception
    assert test.title[0].value == texts("batch.title")
    assert test.info[0].value == texts("batch.files.empty")
    assert Key.RUN not in [button.key for button in test.button]


@pytest.mark.ui
def test_saving_says_what_is_wrong_with_line_and_remedy_in_danish() -> None:
    test = write(app(), BROKEN)
    assert "fil.yaml, linje 3, designs[0].kind" in shown(test)
    assert "Mente du regional?" in shown(test)
    assert test.button(key=Key.RUN).disabled
    write(test, SOUND)
    assert "Mente du" not in shown(test)
    assert test.success[0].value == DANISH("batch.check.ready", scenarios="1 scenarie", plays="40")
    write(test, SOUND, name="../fil.txt")
    assert "et navn, der slutter på .yaml, .yml, .csv" in shown(test)
    assert list(desk_of(test).files.contents) == ["fil.yaml"]


@pytest.mark.ui
def test_the_scenario_of_the_page_plan_comes_with_a_click_and_goes_again() -> None:
    test = app()
    test.button(key=Key.FROM_PLAN).click().run()
    (name,) = desk_of(test).files.contents
    assert name.startswith("today-regions-")
    assert "80" in test.success[0].value  # four designs, twenty replications
    test.selectbox(key=Key.RUN_REPLICATIONS).set_value(50).run()
    assert "200" in test.success[0].value
    test.button(key=Key.REMOVE_FILE).click().run()
    assert not test.exception
    assert desk_of(test).files.contents == {}


@pytest.mark.ui
def test_rows_of_a_table_change_the_scenario_that_is_chosen() -> None:
    test = write(app(), "demand.need_per_year\n40\n60\n", name="tabel.csv")
    assert "et scenarie at begynde med" in shown(test)
    test.selectbox(key=Key.TABLE_BASE).set_value("baseline").run()
    assert not test.exception
    assert test.success[0].value.startswith("2 scenarier kan køres")


@pytest.mark.ui
def test_a_series_to_begin_with_can_be_run() -> None:
    test = app()
    test.button(key=Key.NEW_SERIES).click().run()
    assert DANISH("batch.series.comment") in test.text_area(key=Key.EDITOR_TEXT).value
    test.button(key=Key.EDITOR_SAVE).click().run()
    assert test.success[0].value.startswith("12 scenarier kan køres")
    test.button(key=Key.EDITOR_CLOSE).click().run()
    assert len(test.text_area) == 0


@pytest.mark.ui
def test_a_run_is_followed_and_its_results_are_shown_and_removed() -> None:
    test = write(app(), SOUND)
    test.button(key=Key.RUN).click().run()
    assert not test.exception
    until_ended(test, 1)
    assert any("Færdig: 1 af 1 scenarier" in one.value for one in test.success)
    assert '<th scope="row">mini</th>' in shown(test)
    assert "Fælles" in shown(test)
    test.selectbox(key=f"{Key.JOB_MEASURE}:1").set_value("cost_per_year").run()
    assert any("mio. kr." in one.value for one in test.markdown)
    assert {one.proto.label for one in test.get("download_button")} >= {"Excel", "CSV (til programmer)", "Alt (zip)"}
    folder = desk_of(test).jobs[1].store.path
    test.button(key=f"{Key.REMOVE_JOB}:1").click().run()
    test.run()
    assert desk_of(test).jobs == {}
    assert not folder.exists()


@pytest.mark.ui
def test_a_run_is_cancelled_and_says_so() -> None:
    test = write(app(), ENDLESS)
    test.button(key=Key.RUN).click().run()
    assert any(one.value == DANISH("batch.jobs.active") for one in test.header)
    test.button(key=f"{Key.CANCEL_JOB}:1").click().run()
    until_ended(test, 1)
    assert desk_of(test).jobs[1].progress.state == "stopped"
    assert any("Standset af dig" in one.value for one in test.warning)


@pytest.mark.ui
def test_sessions_do_not_see_each_other() -> None:
    one, other = write(app(), SOUND), app()
    assert desk_of(one) is not desk_of(other)
    assert "fil.yaml" not in shown(other)
