"""The page Evidence: the published numbers, what rests on them, how the model fares beside them, and one's own data."""

import streamlit as st

from dashboard.page.evidence.checks import render_checks
from dashboard.page.evidence.numbers import render_funnel, render_parameters, render_search
from dashboard.widgets.choices import render_few_words
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_look
from dashboard.widgets.plain import plain
from dashboard.widgets.session import current_texts
from sim.texts import Texts

_PARTS = ("funnel", "rows", "parameters", "checks", "learning")


def render_evidence() -> None:
    """Draw the page."""
    texts = current_texts()
    render_look()
    st.title(texts("evidence.page.title"))
    st.markdown(texts("evidence.page.intro"))
    part = render_few_words(_PARTS, "evidence.page.part", name="evidence.part", key=Key.EVIDENCE_PART, texts=texts)
    st.header(texts(f"evidence.page.part.{part}"), anchor=False)
    if part == "funnel":
        render_funnel(texts)
    elif part == "rows":
        render_search(texts)
    elif part == "parameters":
        render_parameters(texts)
    elif part == "checks":
        render_checks(texts)
    else:
        _render_learning(texts)


def _render_learning(texts: Texts) -> None:
    try:
        from dashboard.page.evidence.learning import render_learning  # noqa: PLC0415 - seldom needed, slow to load
    except ModuleNotFoundError:
        st.info(plain(texts("evidence.page.learning.missing")))
        return
    render_learning(texts)
