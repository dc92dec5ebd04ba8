"""The page Plan: move assumptions, see at once what it does to access, waiting, use, travel and cost."""

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.ask.question import scenario_of
from dashboard.frame.failing import say_if_it_fails
from dashboard.frame.messages import render_messages
from dashboard.page.plan.actions import render_actions
from dashboard.page.plan.charts import render_plan_charts
from dashboard.page.plan.controls import render_controls
from dashboard.page.plan.numbers import render_plan_numbers
from dashboard.widgets.keys import Fragment
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_state, current_texts, follow_link


def render_plan() -> None:
    """Draw the page."""
    texts = current_texts()
    st.title(texts("plan.title"))
    st.markdown(texts("plan.intro"))
    with st.sidebar:
        render_controls()
    _render_answer()


def open_plan() -> None:
    """Turn to this page."""
    st.switch_page(st.Page(render_plan, url_path="", default=True))


@st.fragment(key=Fragment.ANSWER)
@say_if_it_fails
def _render_answer() -> None:
    """What follows from the question on screen: numbers first, then pictures."""
    state, texts = current_state(), current_texts()
    follow_link()
    render_messages(texts)
    actions = st.container()  # above the numbers, but they come first
    with told_progress(texts) as tell:
        results = shared_answers().results(scenario_of(state.question), tell)
    render_plan_numbers(results, state, texts)
    with actions:
        render_actions(texts)
    render_plan_charts(results, texts)
