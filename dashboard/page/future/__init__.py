"""The page One possible future: who lives in which place, and who waits, in a single replication."""

import streamlit as st

from dashboard.draw.places.bed_board import Shown, draw_bed_board
from dashboard.page.future.choices import (
    FUTURES,
    KINDS,
    SPANS,
    board_of,
    date_of,
    dates_of,
    day_of,
    futures_of,
    number_of,
    window_of,
)
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import chosen, render_choice_of_design, render_few_words
from dashboard.widgets.keys import Fragment, Key
from dashboard.widgets.number_box import NumberBox, render_whole_box
from dashboard.widgets.plain import plain
from dashboard.widgets.session import (
    change_state,
    current_scenario,
    current_state,
    current_texts,
    current_theme,
    follow_link,
)
from sim.looks.bed_board import BedBoard
from sim.scenario import Scenario
from sim.texts import Texts


def render_possible_future() -> None:
    """Draw the page."""
    texts, scenario = current_texts(), current_scenario()
    st.title(texts("future.title"))
    st.markdown(texts("future.intro"))
    design = render_choice_of_design(
        texts("future.design"), scenario, name="future.design", key=Key.FUTURE_DESIGN, texts=texts
    )
    replication = _render_which(scenario, design, texts)
    st.caption(plain(texts("future.number_is", number=texts.number(replication + 1), looked=texts.number(FUTURES))))
    _render_board(board_of(scenario, design, replication), scenario)


def _render_which(scenario: Scenario, design: str, texts: Texts) -> int:
    """Let one of the futures be chosen; gives its number."""
    kind = render_few_words(KINDS, "future.kind", name="future.kind", key=Key.FUTURE_KIND, texts=texts)
    if kind == "own":
        own = min(max(int(current_state().choice("future.number", 0)), 0), FUTURES - 1)
        box = NumberBox(texts("future.number"), Key.FUTURE_NUMBER)
        render_whole_box(box, own + 1, _choose_number, texts, least=1, most=FUTURES)  # people count from 1
        return own
    return number_of(kind, futures_of(scenario, design))


def _choose_number(number: int) -> None:
    change_state(lambda state: state.with_choice("future.number", number - 1))


@st.fragment(key=Fragment.BOARD)
def _render_board(board: BedBoard, scenario: Scenario) -> None:
    texts, start = current_texts(), scenario.start
    dates = dates_of(scenario)
    date = date_of(str(current_state().choice("future.date", "")), dates)
    st.session_state[Key.FUTURE_DATE] = date
    st.select_slider(texts("future.date"), dates, format_func=texts.date, key=Key.FUTURE_DATE, on_change=_choose_date)
    span = render_few_words(SPANS, "future.span", name="future.span", key=Key.FUTURE_SPAN, texts=texts)
    day = day_of(date, scenario)
    shown = Shown(start, window_of(chosen("future.span", SPANS), day, board), day)
    chart = draw_bed_board(board, texts, current_theme(), shown=shown)
    st.markdown(plain(chart.sentence))
    render_chart(chart._replace(name=f"board-{span}"), texts)
    follow_link()


def _choose_date() -> None:
    date = st.session_state[Key.FUTURE_DATE]
    change_state(lambda state: state.with_choice("future.date", date.isoformat()))
