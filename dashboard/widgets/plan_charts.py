"""The charts of the page Plan: the women's way, waiting and cost, and one design's places over time and on the map."""

from collections.abc import Iterator

import streamlit as st

from dashboard.figures.catchment_map import build_map_figure, catchments_frame, describe_map
from dashboard.figures.cost import build_payer_figure, describe_payers, payer_frame
from dashboard.figures.funnel import (
    build_funnel_figure,
    build_outcomes_figure,
    describe_funnel,
    describe_outcomes,
    funnel_frame,
    outcomes_frame,
)
from dashboard.figures.over_time import build_over_time_figure, describe_over_time, over_time_frame
from dashboard.figures.waiting import build_waiting_figure, describe_waiting, waiting_frame
from dashboard.texts import Texts, design_label
from dashboard.widgets.cached import cached_catchments, cached_over_time
from dashboard.widgets.charts import Chart, render_chart
from dashboard.widgets.frame import current_theme
from dashboard.widgets.keys import Key
from dashboard.widgets.session import change_state, current_state
from sim.experiment import Results
from sim.scenario import Scenario


def render_plan_charts(results: Results, texts: Texts) -> None:
    """Draw the charts.

    Parameters
    ----------
    results : Results
        Of the scenario on screen.
    texts : Texts
        The language.
    """
    scenario = results.scenario
    for heading, charts in (("way", _way_charts(results, texts)), ("cost", _cost_charts(results, texts))):
        st.header(texts(f"plan.charts.{heading}"))
        _in_columns(charts, texts)
    st.header(texts("plan.charts.use"))
    design = _render_choice_of_design(scenario, texts)
    _in_columns(_design_charts(scenario, design, texts), texts)


def _in_columns(charts: Iterator[Chart], texts: Texts) -> None:
    for place, chart in zip(st.columns(2, gap="large"), charts, strict=True):
        with place:
            render_chart(chart, texts)


def _way_charts(results: Results, texts: Texts) -> Iterator[Chart]:
    theme = current_theme()
    figure = build_funnel_figure(results, texts, theme)
    yield Chart("way", figure, describe_funnel(results, texts), lambda: funnel_frame(results, texts))
    figure = build_outcomes_figure(results, texts, theme)
    yield Chart("outcomes", figure, describe_outcomes(results, texts), lambda: outcomes_frame(results, texts))


def _cost_charts(results: Results, texts: Texts) -> Iterator[Chart]:
    theme = current_theme()
    figure = build_waiting_figure(results, texts, theme)
    yield Chart("waiting", figure, describe_waiting(results, texts), lambda: waiting_frame(results, texts))
    figure = build_payer_figure(results, texts, theme)
    yield Chart("payers", figure, describe_payers(results, texts), lambda: payer_frame(results, texts))


def _design_charts(scenario: Scenario, design: str, texts: Texts) -> Iterator[Chart]:
    theme, start = current_theme(), scenario.start
    over_time = cached_over_time(scenario, design, texts)
    yield Chart(
        "over-time",
        build_over_time_figure(over_time, texts, theme, design=design, start=start),
        describe_over_time(over_time, texts, design=design),
        lambda: over_time_frame(over_time, texts, design=design, start=start),
    )
    catchments = cached_catchments(scenario, design)
    figure = build_map_figure(catchments, texts, theme)
    yield Chart("map", figure, describe_map(catchments, texts), lambda: catchments_frame(catchments, texts))


def _render_choice_of_design(scenario: Scenario, texts: Texts) -> str:
    names = [design.name for design in scenario.designs]
    chosen = str(current_state().choice("plan.design", names[0]))
    chosen = chosen if chosen in names else names[0]
    st.session_state[Key.DESIGN_SHOWN] = chosen
    st.segmented_control(
        texts("plan.charts.design"),
        names,
        format_func=lambda name: design_label(name, texts),
        key=Key.DESIGN_SHOWN,
        required=True,
        on_change=_choose_design,
    )
    return chosen


def _choose_design() -> None:
    name = st.session_state[Key.DESIGN_SHOWN]
    change_state(lambda state: state.with_choice("plan.design", name))
