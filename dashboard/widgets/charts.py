"""Charts on a page: the picture, what it says in a sentence, and the numbers behind it."""

import datetime as dt
import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.ask.question import scenario_of
from dashboard.draw.canvas import with_footer
from dashboard.draw.chart import Chart
from dashboard.draw.theme import chart_config
from dashboard.say.control_words import base_label
from dashboard.widgets.downloads import csv_of, render_download
from dashboard.widgets.keys import chart_key
from dashboard.widgets.plain import plain, plain_table
from dashboard.widgets.session import current_state, room_theme
from sim.cohort import funnel_of
from sim.faults import shown_text
from sim.texts import Texts

_MOST_ROWS_AS_TABLE = 40
_LONGEST_TITLE = 40


def render_chart(chart: Chart, texts: Texts, *, is_of_scenario: bool = True, says_need: bool = True) -> None:
    """Draw a chart, with its numbers to be opened and downloaded; below it what it is about."""
    about = _about(texts, is_of_scenario=is_of_scenario, says_need=says_need)
    st.plotly_chart(
        with_footer(chart.figure, about, room_theme()),
        theme=None,
        key=chart_key(chart.name),
        config=chart_config(texts, _file_name(chart.name)),
        alt=chart.sentence,
    )
    numbers = st.expander(
        texts("plan.charts.numbers"), type="compact", key=f"{chart_key(chart.name)}:numbers", on_change="rerun"
    )
    if numbers.open:
        with numbers:
            _render_numbers(chart, texts)


def _about(texts: Texts, *, is_of_scenario: bool, says_need: bool) -> tuple[str, ...]:
    """The scenario, its need and the day: a saved picture is looked at elsewhere."""
    about, words = [texts("common.app.name")], []
    if is_of_scenario:
        question = current_state().question
        title = shown_text(base_label(question, texts), length=_LONGEST_TITLE)
        about.append(texts("plan.picture.moved", title=title) if question.changes or question.added else title)
        if says_need:
            need = funnel_of(scenario_of(question)).need_per_year
            words.append(texts("plan.picture.need", need=texts.number(need, 1)))
    words.append(texts.date(dt.date.today()))
    return (" · ".join(about), " · ".join(words)) if is_of_scenario else (" · ".join([*about, *words]),)


def render_charts(charts: Sequence[Chart], texts: Texts) -> None:
    """Draw charts side by side; below each other where there is no room."""
    for place, chart in zip(st.columns(len(charts), gap="large"), charts, strict=True):
        with place:
            render_chart(chart, texts)


def _render_numbers(chart: Chart, texts: Texts) -> None:
    frame = chart.frame()
    st.caption(plain(chart.sentence))
    if len(frame) <= _MOST_ROWS_AS_TABLE:
        st.table(plain_table(_written(frame, texts)), hide_index=True)
    else:
        st.dataframe(frame, hide_index=True, alt=chart.sentence)
    name, key = f"{_file_name(chart.name)}.csv", f"{chart_key(chart.name)}:download"
    render_download(texts("plan.charts.download"), csv_of(frame, texts), name, key=key)


def _written(frame: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """The same with numbers as the language writes them."""

    def write(value: object) -> object:
        if isinstance(value, float):
            return texts.number(value, 0 if abs(value) >= 1000 or value.is_integer() else 2)
        return value

    return frame.map(write)


def _file_name(name: str) -> str:
    return "doegnplads-" + re.sub(r"[^a-z0-9-]+", "-", name.lower())
