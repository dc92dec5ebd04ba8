"""The charts of the page Plan: the women's way, waiting and cost, and one design's places over time and on the map."""

from collections.abc import Iterator

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.draw.chart import Chart
from dashboard.draw.designs.funnel import draw_funnel
from dashboard.draw.designs.outcomes import draw_outcomes
from dashboard.draw.designs.payers import draw_payers
from dashboard.draw.designs.waiting import draw_waiting
from dashboard.draw.places.catchment_map import draw_map
from dashboard.draw.places.over_time import draw_over_time
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice_of_design
from dashboard.widgets.keys import Key
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_theme
from sim.experiment import Results
from sim.scenario import Scenario
from sim.texts import Texts


def render_plan_charts(results: Results, texts: Texts) -> None:
    """Draw the charts."""
    scenario = results.scenario
    for heading, draws in (("way", (draw_funnel, draw_outcomes)), ("cost", (draw_waiting, draw_payers))):
        st.header(texts(f"plan.charts.{heading}"))
        _in_columns((draw(results, texts, current_theme()) for draw in draws), texts)
    st.header(texts("plan.charts.use"))
    design = render_choice_of_design(
        texts("plan.charts.design"), scenario, name="plan.design", key=Key.DESIGN_SHOWN, texts=texts
    )
    _in_columns(_design_charts(scenario, design, texts), texts)


def _in_columns(charts: Iterator[Chart], texts: Texts) -> None:
    for place, chart in zip(st.columns(2, gap="large"), charts, strict=True):
        with place:
            render_chart(chart, texts)


def _design_charts(scenario: Scenario, design: str, texts: Texts) -> Iterator[Chart]:
    answers = shared_answers()
    with told_progress(texts) as tell:
        over_time = answers.over_time(scenario, design, tell)
    yield draw_over_time(over_time, texts, current_theme(), design=design, start=scenario.start)
    yield draw_map(answers.catchments(scenario, design), texts, current_theme())
