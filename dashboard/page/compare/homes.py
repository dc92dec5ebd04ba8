"""Where the women live: a measure by region, KKR area, health council or municipality, on a map and beside it."""

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.answer.estimates import ALL_IN_ORDER
from dashboard.draw.designs.regions import draw_regions
from dashboard.draw.places.home_map import build_home_table, draw_home_map
from dashboard.say.measure_words import measure_label, scale_of, unit_beside
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import (
    render_choice,
    render_choice_of_design,
    render_few,
)
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import bold, plain, stacked
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_theme
from sim.experiment import Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.geography import HOME_LEVELS
from sim.looks.homes import FEWEST_WOMEN, Homes
from sim.measures import HOME_MEASURES
from sim.texts import Texts

AS_ROWS = ("region", "kkr")
"""Levels with so few places that each has a row of dots; the others are a table."""

COLUMN_PIXELS = 140
FIRST = "admitted_within_14_days"
"""Measure that is shown first where not all are."""


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
    st.caption(plain(texts("compare.few", n=texts.number(FEWEST_WOMEN))))


def _choose_measure(level: str, texts: Texts) -> str:
    """Draw the choice among what is known at a level; the worst-off region has no region beside it."""
    names = [measure.name for measure in HOME_MEASURES]
    names.sort(key=lambda name: name != FIRST)
    if level == "region":
        names = [name for name in ALL_IN_ORDER if not ALL_MEASURES[MEASURE_NUMBER[name]].worst_of]
    return render_choice(
        texts("compare.region_measure"),
        names,
        name="compare.region_measure",
        key=Key.REGION_MEASURE,
        format_func=lambda name: measure_label(name, texts),
    )


def _render_beside(results: Results, homes: Homes, measure: str, texts: Texts) -> None:
    if homes.level in AS_ROWS:
        own = None if homes.level == "region" else homes
        render_chart(draw_regions(results, texts, current_theme(), measure=measure, homes=own), texts)
    else:
        title = measure_label(measure, texts)
        unit = unit_beside(title, scale_of(measure, texts), texts)
        st.markdown(stacked(bold(title), plain(unit)))
        table = build_home_table(homes, texts, measure=measure)
        wide = {name: st.column_config.TextColumn(width=COLUMN_PIXELS) for name in table.columns[1:]}
        st.dataframe(table, hide_index=True, height=560, column_config=wide, alt=title)
