"""The published numbers and the assumptions: pictured, looked up and downloaded."""

from collections.abc import Callable, Sequence

import streamlit as st

from calibration.evidence import STEPS, find_evidence, funnel_table, load_parameter_sources
from dashboard.draw.evidence.funnel import draw_evidence_funnel
from dashboard.page.evidence.looking_for import render_looking_for
from dashboard.say.evidence_lists import (
    BASES,
    ROWS_PER_PAGE,
    build_contradictions_table,
    build_evidence_list,
    build_parameter_list,
    evidence_frame,
    find_sources,
    parameter_frame,
    parameter_label,
    who_there_is,
)
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice
from dashboard.widgets.downloads import csv_of, render_download
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list, render_pages
from dashboard.widgets.plain import bold, plain
from dashboard.widgets.session import change_state, current_theme
from sim.texts import Texts

_FILTERS = ("evidence.text", "evidence.parameter", "evidence.who", "evidence.step")


def render_funnel(texts: Texts) -> None:
    """Draw the published numbers step by step, and where they say different things."""
    render_chart(draw_evidence_funnel(funnel_table(), texts, current_theme()), texts, is_of_scenario=False)
    st.markdown(texts("evidence.funnel_note"))
    st.header(texts("evidence.page.contradictions.heading"), anchor=False)
    st.markdown(texts("evidence.page.contradictions.intro"))
    render_list(build_contradictions_table(texts))


def render_search(texts: Texts) -> None:
    """Draw the published numbers that fit what is looked for."""
    text, parameter, who, step = _render_filters(texts)
    rows = find_evidence(text=text or None, parameter=parameter or None, view=who or None, step=step or None)
    if not rows:
        st.info(texts("evidence.page.search.none"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        found = (
            texts("evidence.page.search.found_one")
            if len(rows) == 1
            else texts("evidence.page.search.found", n=len(rows))
        )
        st.markdown(bold(found), width="stretch")

        def table() -> bytes:
            return csv_of(evidence_frame(rows, texts), texts)

        label = texts("evidence.page.search.download")
        render_download(label, table, "doegnplads-evidence.csv", key=Key.EVIDENCE_DOWNLOAD)
    first = render_pages(Key.EVIDENCE_PAGE, len(rows), ROWS_PER_PAGE, texts)
    render_list(build_evidence_list(rows[first : first + ROWS_PER_PAGE], texts))


def _render_filters(texts: Texts) -> tuple[str, str, str, str]:
    everything = texts("evidence.page.search.all")

    def choose(word: str, key: Key, options: Sequence[str], words: Callable[[str], str]) -> str:
        return render_choice(
            texts(f"evidence.page.search.{word}"),
            ("", *options),
            name=f"evidence.{word}",
            key=key,
            format_func=lambda option: words(option) if option else everything,
        )

    text = render_looking_for(
        texts("evidence.page.search.text"),
        name="evidence.text",
        key=Key.EVIDENCE_TEXT,
        placeholder=texts("evidence.page.search.placeholder"),
    )
    columns = st.columns(3)
    with columns[0]:
        names = tuple(load_parameter_sources())
        parameter = choose("parameter", Key.EVIDENCE_PARAMETER, names, lambda name: parameter_label(name, texts))
    with columns[1]:
        who = choose("who", Key.EVIDENCE_WHO, who_there_is(), lambda word: texts(f"evidence.who.{word}"))
    with columns[2]:
        step = choose("step", Key.EVIDENCE_STEP, STEPS, lambda word: texts(f"evidence.step.{word}"))
    if any((text, parameter, who, step)):
        st.button(texts("evidence.page.search.clear"), key=Key.EVIDENCE_CLEAR, on_click=_clear, type="tertiary")
    return text, parameter, who, step


def _clear() -> None:
    for name in _FILTERS:
        change_state(lambda state, name=name: state.with_choice(name, ""))


def render_parameters(texts: Texts) -> None:
    """Draw the assumptions with what they rest on."""
    left, right = st.columns(2)
    with left:
        text = render_looking_for(
            texts("evidence.page.search.text"), name="evidence.assumption", key=Key.PARAMETER_TEXT
        )
    with right:
        basis = render_choice(
            texts("evidence.page.parameters.basis"),
            ("", *BASES),
            name="evidence.basis",
            key=Key.PARAMETER_BASIS,
            format_func=lambda word: texts(f"evidence.page.basis.{word}" if word else "evidence.page.search.all"),
        )
    sources = find_sources(basis, text, texts)
    if not sources:
        st.info(texts("evidence.page.parameters.none"))
        return
    is_one = len(sources) == 1
    st.markdown(
        plain(
            texts("evidence.page.parameters.intro_one")
            if is_one
            else texts("evidence.page.parameters.intro", n=len(sources))
        )
    )
    render_list(build_parameter_list(sources, texts))

    def table() -> bytes:
        return csv_of(parameter_frame(sources, texts), texts)

    label = texts("evidence.page.parameters.download")
    render_download(label, table, "doegnplads-assumptions.csv", key=Key.PARAMETER_DOWNLOAD)
