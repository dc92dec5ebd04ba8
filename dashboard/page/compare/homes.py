"""Where the women live: a measure by region, KKR area, health council or municipality, on a map and beside it."""

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.draw.designs.regions import draw_regions
from dashboard.draw.places.home_map import build_home_table, draw_home_map
from dashboard.say.measure_words import measure_label
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import (
    render_choice,
    render_choice_of_design,
    render_choice_of_measure,
    render_few,
)
from dashboard.widgets.keys import Key
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_theme
from sim.experiment import Results
from sim.geography import HOME_LEVELS
from sim.looks.homes import FEWEST_WOMEN, Homes
from sim.measures import HOME_MEASURES
from sim.texts import Texts

AS_ROWS = ("region", "kkr")
"""Levels with so few places that each has a row of dots; the others are a table."""


def render_homes(results: Results, texts: Texts) -> None:
    """Draw the choices, the map of one design, and all designs beside it."""
    level = render_few(
        texts("compare.level"),
        HOME_LEVELS,
        name="compare.level",
        key=Key.HOME_LEVEL,
        format_func=lambda level: texts(f"common.level.{level}"),
    )
    measure = _choose_measure(level, texts)
    if level == "region" and measure not in {own.name for own in HOME_MEASURES}:  # of units, say: no woman's home
        render_chart(draw_regions(results, texts, current_theme(), measure=measure), texts)
        return
    scenario, answers = results.scenario, shared_answers()
    with told_progress(texts) as tell:
        homes = answers.homes(scenario, level, tell)
    design = render_choice_of_design(
        texts("compare.on_the_map"), scenario, name="compare.home_design", key=Key.HOME_DESIGN, texts=texts
    )
    left, right = st.columns(2, gap="large")
    catchments = answers.catchments(scenario, design)
    with left:
        render_chart(draw_home_map(homes, catchments, texts, current_theme(), measure=measure, design=design), texts)
    with right:
        _render_beside(results, homes, measure, texts)
    st.caption(texts("compare.few", n=texts.number(FEWEST_WOMEN)))


def _choose_measure(level: str, texts: Texts) -> str:
    words = {"name": "compare.region_measure", "key": Key.REGION_MEASURE}
    if level == "region":
        return render_choice_of_measure(texts("compare.region_measure"), **words, texts=texts)
    names = [measure.name for measure in HOME_MEASURES]
    names.sort(key=lambda name: name != "admitted_within_14_days")  # what is asked first
    return render_choice(
        texts("compare.region_measure"), names, **words, format_func=lambda name: measure_label(name, texts)
    )


def _render_beside(results: Results, homes: Homes, measure: str, texts: Texts) -> None:
    if homes.level in AS_ROWS:
        own = None if homes.level == "region" else homes
        render_chart(draw_regions(results, texts, current_theme(), measure=measure, homes=own), texts)
    else:
        table = build_home_table(homes, texts, measure=measure)
        st.dataframe(table, hide_index=True, height=560, alt=measure_label(measure, texts))
