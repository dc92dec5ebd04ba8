"""The page How many: the places each design needs for a target, and what a little more or less would cost."""

import html
from functools import partial
from typing import NamedTuple

import streamlit as st

from dashboard.answer.long_answers import long_cores, recall_beside
from dashboard.ask.question import Question
from dashboard.draw.designs.access_cost import draw_access_cost
from dashboard.say.line_table import build_line_table
from dashboard.say.sized_words import sized_head, sized_line, tell_sized
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_few
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list, render_look
from dashboard.widgets.number_box import NumberBox, render_whole_box
from dashboard.widgets.plain import plain
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import change_state, current_scenario, current_state, current_texts, current_theme
from sim.scenario import scenario_hash
from sim.sizing import Sizing, size
from sim.texts import Texts

MEASURE = "admitted_within_14_days"
LEAST, MOST, USUAL = 60, 95, 80  # per cent
REPLICATIONS = ("100", "400", "1600")
"""Played at most: few first, since a design takes seconds with these and minutes with the most."""
MOST_BUDGET = 1_000
"""In millions of kroner a year."""


class _Asked(NamedTuple):
    """What somebody pressed the button for."""

    question: Question
    target: int  # per cent
    budget: int  # millions of kroner a year; 0 for none
    replications: int


def render_how_many() -> None:
    """Draw the page."""
    texts = current_texts()
    render_look()
    st.title(texts("many.title"))
    st.markdown(texts("many.intro"))
    asked = _ask(texts)
    if st.button(texts("many.run"), key=Key.MANY_RUN, type="primary"):
        st.session_state[Key.MANY_ASKED] = asked
    if st.session_state.get(Key.MANY_ASKED) == asked:
        _render_answer(_sizing(asked, texts), asked, texts)


def _ask(texts: Texts) -> _Asked:
    """What is chosen; it stands in the link."""
    target = _whole("many.target", USUAL, LEAST, MOST)
    st.session_state[Key.MANY_TARGET] = target
    st.slider(
        texts("many.target"),
        LEAST,
        MOST,
        format="%d %%" if texts.language == "da" else "%d%%",
        key=Key.MANY_TARGET,
        on_change=_choose_target,
        width=460,
    )
    budget = _whole("many.budget", 0, 0, MOST_BUDGET)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        box = NumberBox(texts("many.budget"), Key.MANY_BUDGET, texts("many.budget_help"))
        render_whole_box(box, budget, partial(_choose, "many.budget"), texts, most=MOST_BUDGET)
        replications = render_few(
            texts("many.replications"),
            REPLICATIONS,
            name="many.replications",
            key=Key.MANY_REPLICATIONS,
            format_func=lambda word: texts.number(int(word)),
        )
    return _Asked(current_state().question, target, budget, int(replications))


def _whole(name: str, default: int, least: int, most: int) -> int:
    """A choice that is a whole number; a link may say anything."""
    chosen = current_state().choice(name, default)
    return chosen if isinstance(chosen, int) and least <= chosen <= most else default


def _choose_target() -> None:
    _choose("many.target", st.session_state[Key.MANY_TARGET])


def _choose(name: str, chosen: int) -> None:
    change_state(lambda state: state.with_choice(name, chosen))


def _sizing(asked: _Asked, texts: Texts) -> Sizing:
    """The answer, from memory where anybody asked the same."""
    scenario = current_scenario()
    with told_progress(texts, "many") as tell:
        found: Sizing = recall_beside(
            ("size", scenario_hash(scenario), *asked[1:]),
            lambda look_up: size(
                scenario,
                f"{MEASURE} >= {asked.target} %",
                budget=f"{asked.budget}e6" if asked.budget else None,
                replications=asked.replications,
                cores=long_cores(),
                on_progress=look_up,
            ),
            tell,
        )
    return found


def _render_answer(found: Sizing, asked: _Asked, texts: Texts) -> None:
    st.header(plain(texts("many.answer", target=texts.percent(found.target.value))))
    played = texts.number(asked.replications)
    is_few = asked.replications < int(REPLICATIONS[-1])
    st.info(plain(texts("many.few" if is_few else "many.most", replications=played)))
    sized = found.designs.values()
    lines = [sized_line(one, texts) for one in sized]
    render_list(build_line_table(texts("many.title"), sized_head(found, texts), lines))
    st.caption(texts("size.brackets"))
    said = (html.escape(sentence) for one in sized for sentence in tell_sized(found, one, texts))
    render_list(f"<ul>{''.join(f'<li>{sentence}</li>' for sentence in said)}</ul>")
    st.header(texts("many.curve"))
    render_chart(draw_access_cost(found, texts, current_theme()), texts)
