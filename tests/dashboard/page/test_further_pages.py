"""The pages Compare, Whose estimate and One possible future, driven by key."""

import pytest
from dashboard_app import box, open_page

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key
from sim.texts import design_label, load_texts

FEW = Question("today-regions", replications=20)


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("page", ["compare", "future", "estimates"])
def test_the_page_draws(page: str, language: str) -> None:
    test = open_page(page, State(language=language, question=Question(replications=20)))
    assert not test.exception
    assert test.title[0].value
    assert len(test.get("plotly_chart")) >= 1


@pytest.mark.ui
def test_another_design_to_compare_with_turns_the_sentences() -> None:
    test = open_page("compare", State(language="en", question=FEW))
    assert any("“Shared”" in one.value and "“Regional”" in one.value for one in test.markdown)
    test.selectbox(key=Key.COMPARED_AGAINST).set_value("external").run()
    assert not test.exception
    lead = next(one.value for one in test.markdown if one.value.startswith("- "))
    assert f"“{design_label('external', load_texts('en'))}”" in lead.splitlines()[0]


@pytest.mark.ui
def test_one_design_alone_is_not_compared() -> None:
    alone = Question("today-regions", replications=20, off=("shared", "flexible", "external"))
    test = open_page("compare", State(language="da", question=alone))
    assert not test.exception
    assert any("kun én model" in one.value for one in test.info)


@pytest.mark.ui
@pytest.mark.parametrize(("level", "n"), [("council", 17), ("municipality", 98)])
def test_compare_shows_where_the_women_live(level: str, n: int) -> None:
    test = open_page("compare", State(language="da", question=FEW))
    before = len(test.get("plotly_chart"))
    test.segmented_control(key=Key.HOME_LEVEL).set_value(level).run()
    assert not test.exception
    assert len(test.get("plotly_chart")) == before - 1  # a table beside the map, and no rows of dots
    (table,) = [own.value for own in test.dataframe if len(own.value) == n]
    assert table.columns[0] == load_texts("da")(f"common.level.{level}")
    assert any("færre end 5 kvinder" in one.value for one in test.caption)
    design = test.segmented_control(key=Key.HOME_DESIGN)
    design.set_value("shared").run()
    assert not test.exception


@pytest.mark.ui
def test_a_measure_of_units_has_no_map_by_home() -> None:
    state = State(language="en", question=FEW)
    by_home = open_page("compare", state.with_choice("compare.region_measure", "wait_days_mean"))
    of_units = open_page("compare", state.with_choice("compare.region_measure", "occupancy"))
    assert not by_home.exception
    assert not of_units.exception
    assert len(by_home.get("plotly_chart")) == len(of_units.get("plotly_chart")) + 1


@pytest.mark.ui
def test_a_choice_is_kept_in_the_link() -> None:
    test = open_page("future", State(language="da", question=FEW))
    before = test.query_params.get("s", "")
    test.segmented_control(key=Key.FUTURE_KIND).set_value("bad").run()
    assert not test.exception
    assert test.query_params["s"] != before


@pytest.mark.ui
def test_a_future_is_chosen_by_its_number() -> None:
    state = State(language="en", question=FEW).with_choice("future.kind", "own").with_choice("future.number", 7)
    test = open_page("future", state)
    assert box(test, Key.FUTURE_NUMBER).value == "8"  # people count from 1
    assert any("Replication 8 of 100" in one.value for one in test.caption)
