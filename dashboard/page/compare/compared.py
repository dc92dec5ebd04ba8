"""Which designs are compared, and with which; part of the question, so the page Plan shows the same."""

import streamlit as st

from dashboard.ask.question import scenario_of, with_changes, without_changes
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from dashboard.widgets.session import ask, current_state
from sim.texts import Texts, design_label


def render_compared_designs(texts: Texts) -> None:
    """Let the designs be chosen, and the one they are compared with."""
    question = current_state().question
    scenario = scenario_of(question._replace(off=()))
    names = [design.name for design in scenario.designs]
    shown = [name for name in names if name not in question.off]
    against = scenario.measures.against
    which, with_which = st.columns([2, 1], gap="large")
    st.session_state[Key.COMPARED_DESIGNS] = shown
    which.pills(
        texts("plan.designs.shown"),
        names,
        format_func=lambda name: plain(design_label(name, texts)),
        selection_mode="multi",
        key=Key.COMPARED_DESIGNS,
        help=texts("plan.designs.help"),
        on_change=_choose_designs,
        args=(names,),
    )
    st.session_state[Key.COMPARED_AGAINST] = against if against in shown else shown[0]
    with_which.selectbox(
        texts("plan.designs.against"),
        shown,
        format_func=lambda name: design_label(name, texts),
        key=Key.COMPARED_AGAINST,
        on_change=_choose_against,
        args=(names[0],),
    )


def _choose_designs(names: list[str]) -> None:
    shown = st.session_state[Key.COMPARED_DESIGNS]
    if shown:  # one must stay
        ask(current_state().question._replace(off=tuple(name for name in names if name not in shown)))


def _choose_against(first: str) -> None:
    name, question = st.session_state[Key.COMPARED_AGAINST], current_state().question
    ask(
        without_changes(question, ("measures.against",))
        if name == first
        else with_changes(question, {"measures.against": name})
    )
