"""The page Compare: designs side by side on the same women, and how sure the differences are."""

import streamlit as st

from dashboard.figures.by_region import REGION_MEASURES, build_region_figure, describe_regions, region_frame
from dashboard.figures.cost import (
    build_kind_figure,
    build_payer_figure,
    describe_kinds,
    describe_payers,
    kind_frame,
    payer_frame,
)
from dashboard.figures.differences import build_differences_figure, describe_differences, differences_frame
from dashboard.figures.side_by_side import HEADLINES, build_measures_figure, describe_measures, measures_frame
from dashboard.figures.volume import build_volume_figure, describe_volume, volume_frame
from dashboard.findings import LEAD, MATTERS, Sentence, write_findings
from dashboard.measure_words import measure_label
from dashboard.number_table import build_number_table
from dashboard.texts import Texts, design_label
from dashboard.widgets.cached import cached_results
from dashboard.widgets.charts import Chart, render_chart, render_charts
from dashboard.widgets.choices import render_choice
from dashboard.widgets.compared import render_compared_designs
from dashboard.widgets.frame import current_theme
from dashboard.widgets.keys import Key
from dashboard.widgets.session import current_scenario, current_texts
from sim.experiment import Results

HALF = len(HEADLINES) // 2


def render_compare() -> None:
    """Draw the page."""
    texts = current_texts()
    st.title(texts("compare.title"))
    st.markdown(texts("compare.intro"))
    render_compared_designs(texts)
    results = cached_results(current_scenario(), texts)
    _render_findings(write_findings(results, texts), texts)
    st.header(texts("compare.differences"))
    if results.differences:
        render_chart(_differences(results, texts), texts)
    else:
        st.info(texts("compare.one_design"))
    st.header(texts("compare.numbers"))
    st.html(build_number_table(results, None, texts, since=""))
    render_charts([_measures(results, HEADLINES[:HALF], texts), _measures(results, HEADLINES[HALF:], texts)], texts)
    st.header(texts("compare.regions"))
    _render_regions(results, texts)
    st.header(texts("compare.money"))
    render_charts([_payers(results, texts), _kinds(results, texts)], texts)
    st.header(texts("compare.volume"))
    render_chart(_volume(results, texts), texts)


def _render_findings(sentences: tuple[Sentence, ...], texts: Texts) -> None:
    """What the chosen design does; beside each other what the others do; at last what is small or not sure."""
    st.header(texts("compare.findings"))
    chosen = next((sentence.design for sentence in sentences if sentence.level == LEAD), "")
    st.markdown(_as_list(sentences, chosen))
    others = [name for name in dict.fromkeys(sentence.design for sentence in sentences) if name != chosen]
    for name, place in zip(others, st.columns(max(len(others), 1), gap="large"), strict=False):
        place.markdown(f"**{design_label(name, texts)}**\n\n{_as_list(sentences, name)}")
    rest = [sentence for sentence in sentences if sentence.level < MATTERS]
    if rest:
        with st.expander(texts("compare.small_or_not_sure", n=texts.number(len(rest)))):
            st.markdown("\n".join(f"- {sentence.text}" for sentence in rest))


def _as_list(sentences: tuple[Sentence, ...], design: str) -> str:
    of_design = [one.text for one in sentences if one.design == design and one.level >= MATTERS]
    return "\n".join(f"- {text}" for text in of_design)


def _render_regions(results: Results, texts: Texts) -> None:
    measure = render_choice(
        texts("compare.region_measure"),
        REGION_MEASURES,
        name="compare.region_measure",
        key=Key.REGION_MEASURE,
        format_func=lambda name: measure_label(name, texts),
    )
    figure = build_region_figure(results, texts, current_theme(), measure=measure)
    sentence = describe_regions(results, texts, measure=measure)
    render_chart(Chart("regions", figure, sentence, lambda: region_frame(results, texts, measure=measure)), texts)


def _differences(results: Results, texts: Texts) -> Chart:
    figure = build_differences_figure(results, texts, current_theme())
    return Chart("differences", figure, describe_differences(results, texts), lambda: differences_frame(results, texts))


def _measures(results: Results, measures: tuple[str, ...], texts: Texts) -> Chart:
    figure = build_measures_figure(results, texts, current_theme(), measures=measures)
    sentence = describe_measures(results, texts, measures=measures)
    return Chart(f"measures-{measures[0]}", figure, sentence, lambda: measures_frame(results, texts, measures=measures))


def _payers(results: Results, texts: Texts) -> Chart:
    figure = build_payer_figure(results, texts, current_theme(), is_public=True)
    sentence = describe_payers(results, texts, is_public=True)
    return Chart("public-payers", figure, sentence, lambda: payer_frame(results, texts, is_public=True))


def _kinds(results: Results, texts: Texts) -> Chart:
    figure = build_kind_figure(results, texts, current_theme())
    return Chart("kinds", figure, describe_kinds(results, texts), lambda: kind_frame(results, texts))


def _volume(results: Results, texts: Texts) -> Chart:
    figure = build_volume_figure(results, texts, current_theme())
    return Chart("volume", figure, describe_volume(results, texts), lambda: volume_frame(results, texts))
