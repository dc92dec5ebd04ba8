"""The page How sure: what chance does, what the assumptions do, what decides it, and who is better then."""

from typing import NamedTuple

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.answer.doubted import REPLICATIONS, Doubted, doubt_of
from dashboard.answer.estimates import estimate_of
from dashboard.ask.question import Question
from dashboard.draw.designs.two_spreads import draw_two_spreads
from dashboard.say.doubted_words import decider_lines, pair_lines
from dashboard.say.fault_words import describe_faults
from dashboard.say.line_table import build_line_table
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice_of_measure, render_few
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list, render_look
from dashboard.widgets.plain import plain
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_scenario, current_state, current_texts, current_theme
from sim.scenario import ScenarioError
from sim.texts import Texts

DRAWS = ("64", "256")
"""Best powers of 2."""


class _Asked(NamedTuple):
    """What somebody pressed the button for."""

    question: Question
    draws: int


def render_how_sure() -> None:
    """Draw the page."""
    texts = current_texts()
    render_look()
    st.title(texts("sure.title"))
    st.markdown(texts("sure.intro"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        draws = render_few(
            texts("sure.draws"), DRAWS, name="sure.draws", key=Key.SURE_DRAWS, format_func=lambda word: word
        )
        is_asked = st.button(texts("sure.run"), key=Key.SURE_RUN, type="primary")
    asked = _Asked(current_state().question, int(draws))
    if is_asked:
        st.session_state[Key.SURE_ASKED] = asked
    if st.session_state.get(Key.SURE_ASKED) == asked:
        measure = render_choice_of_measure(
            texts("sure.measure"), name="sure.measure", key=Key.SURE_MEASURE, texts=texts
        )
        st.caption(texts(f"measures.{measure}.definition"))
        _render_answer(measure, asked, texts)


def _render_answer(measure: str, asked: _Asked, texts: Texts) -> None:
    scenario = current_scenario()
    with told_progress(texts) as tell:
        results = shared_answers().results(scenario, tell)
    try:
        with told_progress(texts, "sure") as tell:
            found = doubt_of(scenario, measure, asked.draws, tell)
    except ScenarioError as error:  # nothing of it is unsure, or its word `doubt` fits no more
        for sentence in describe_faults(error, asked.question, texts):
            st.error(plain(sentence))
        return
    stated = {name: estimate_of(own, measure).mean for name, own in results.designs.items()}
    st.header(texts("sure.spread"))
    st.caption(plain(_how(found, texts)))
    render_chart(draw_two_spreads(found.splits, stated, texts, current_theme(), measure=measure), texts)
    st.caption(texts("sure.about"))
    st.header(texts("sure.decides"))
    _render_lines("decides", ("design", "doubt_share", "deciders"), decider_lines(found, texts), texts)
    st.caption(texts("sure.decides_about"))
    if found.pairs:
        st.header(texts("sure.pairs"))
        _render_lines("pairs", ("pair", "difference", "band", "better"), pair_lines(found, measure, texts), texts)


def _how(found: Doubted, texts: Texts) -> str:
    numbers = {word: texts.number(getattr(found, word)) for word in ("draws", "parameters")}
    said = texts("sure.size", replications=texts.number(REPLICATIONS), **numbers)
    left_out = found.draws - found.played
    return f"{said} {texts.counted('doubt.left_out', left_out)}" if left_out else said


def _render_lines(word: str, columns: tuple[str, ...], lines: list[list[str]], texts: Texts) -> None:
    head = [texts(f"sure.column.{column}") for column in columns]
    render_list(build_line_table(texts(f"sure.{word}"), head, lines))
