"""The page Compare: designs side by side on the same women, and how sure the differences are."""

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.draw.designs.differences import draw_differences
from dashboard.draw.designs.kinds import draw_kinds
from dashboard.draw.designs.payers import draw_payers
from dashboard.draw.designs.side_by_side import draw_side_by_side
from dashboard.draw.designs.volume import draw_volume
from dashboard.page.compare.bills import render_bills
from dashboard.page.compare.compared import render_compared_designs
from dashboard.page.compare.fields import render_fields
from dashboard.page.compare.homes import render_homes
from dashboard.page.compare.near_and_far import render_near_and_far
from dashboard.page.compare.tried import ask_to_try, tried_ends
from dashboard.say.findings import LEAD, MATTERS, Sentence, write_findings
from dashboard.say.number_table import build_number_table
from dashboard.widgets.charts import render_chart, render_charts
from dashboard.widgets.plain import bold, listed, plain, stacked
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_scenario, current_texts, current_theme
from sim.experiment.measured import HEADLINES
from sim.texts import Texts, design_label

HALF = len(HEADLINES) // 2
ABREAST = 2
"""Designs whose findings stand beside each other."""


def render_compare() -> None:
    """Draw the page."""
    texts = current_texts()
    st.title(texts("compare.title"))
    st.markdown(texts("compare.intro"))
    render_compared_designs(texts)
    with told_progress(texts) as tell:
        results, theme = shared_answers().results(current_scenario(), tell), current_theme()
    ask_to_try(texts)
    has_fields = render_fields(texts)
    st.header(texts("table.field.places" if has_fields else "compare.findings"))
    places = shared_answers().places(results.scenario)
    st.html(build_number_table(results, None, texts, since="", places=places))
    _render_findings(write_findings(results, texts, tried_ends(current_scenario(), texts)), texts)
    st.header(texts("compare.differences"))
    if results.differences:
        render_chart(draw_differences(results, texts, theme), texts)
    else:
        st.info(texts("compare.one_design"))
    render_near_and_far(texts)
    st.header(texts("compare.numbers"))
    halves = (HEADLINES[:HALF], HEADLINES[HALF:])
    render_charts([draw_side_by_side(results, texts, theme, measures=half) for half in halves], texts)
    st.header(texts("compare.regions"))
    render_homes(results, texts)
    st.header(texts("compare.money"))
    render_charts([draw_payers(results, texts, theme, is_public=True), draw_kinds(results, texts, theme)], texts)
    render_bills(results.scenario, texts)
    st.header(texts("compare.volume"))
    render_chart(draw_volume(results, texts, theme), texts)


def _render_findings(sentences: tuple[Sentence, ...], texts: Texts) -> None:
    """What the chosen design does; beside each other what the others do; at last what is too small to count."""
    chosen = next((sentence.design for sentence in sentences if sentence.level == LEAD), "")
    st.markdown(listed(_of_design(sentences, chosen)))
    others = [name for name in dict.fromkeys(sentence.design for sentence in sentences) if name != chosen]
    for first in range(0, len(others), ABREAST):
        for name, place in zip(others[first : first + ABREAST], st.columns(ABREAST, gap="large"), strict=False):
            place.markdown(stacked(bold(design_label(name, texts)), listed(_of_design(sentences, name))))
    rest = [sentence for sentence in sentences if sentence.level < MATTERS]
    if rest:
        with st.expander(plain(texts("compare.too_small", n=texts.number(len(rest))))):
            st.markdown(listed(sentence.text for sentence in rest))


def _of_design(sentences: tuple[Sentence, ...], design: str) -> list[str]:
    return [one.text for one in sentences if one.design == design and one.level >= MATTERS]
