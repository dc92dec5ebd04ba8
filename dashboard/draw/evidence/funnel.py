"""The funnel of published numbers: each on its step, with its range and who says it."""

import html
import math
import textwrap
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from calibration.evidence import STEPS, FunnelRow
from dashboard.draw.canvas import Canvas, Values, build_canvas, left_label, plain
from dashboard.draw.chart import Chart
from dashboard.draw.evidence.marks import range_lines, told_marks
from dashboard.draw.theme import Theme, design_symbol
from dashboard.say.evidence_words import write_span, write_women, write_years
from sim.texts import NOTHING, Texts

_ROW = 34
_STEP_ROOM = 34
_DEFINITION_ROOM = 26
_LEFT = 4.0
_RIGHT = 6000.0
_TICKS = (5, 10, 50, 100, 500, 1000, 5000)


def draw_evidence_funnel(rows: Sequence[FunnelRow], texts: Texts, theme: Theme) -> Chart:
    """Draw the published numbers step by step [women/year, logarithmic]; colour and symbol say who says it."""
    figure = _figure(rows, texts, theme)
    return Chart("evidence-funnel", figure, _in_words(rows, texts), lambda: _frame(rows, texts))


def _figure(rows: Sequence[FunnelRow], texts: Texts, theme: Theme) -> go.Figure:
    counted = [row for row in rows if row.women_per_year is not None and row.women_per_year[0] > 0]
    heights, annotations, bottom = _places(counted, texts, theme)
    who = list(dict.fromkeys(row.who for row in counted))
    traces: list[Values] = []
    for number, name in enumerate(who):
        look = {"color": theme.speakers[number % len(theme.speakers)], "symbol": design_symbol(number)}
        said = [(heights[row.row.id], row) for row in counted if row.who == name]
        traces += _traces(said, texts, name=texts(f"evidence.who.{name}"), look=look)
    axis = {
        "type": "log",
        "range": [math.log10(_LEFT), math.log10(_RIGHT)],
        "tickvals": list(_TICKS),
        "ticktext": [texts.number(tick) for tick in _TICKS],
        "tickangle": 0,
        "title": {"text": html.escape(texts("evidence.figure.funnel_axis"))},
    }
    layout = {
        "annotations": annotations,
        "xaxis": axis,
        "yaxis": {"visible": False, "range": [bottom, 0]},
        "hovermode": "closest",
    }
    sheet = Canvas(texts("evidence.figure.funnel_title"), texts("evidence.figure.funnel_subtitle"), bottom)
    return build_canvas(traces, layout, sheet, texts, theme)


def _frame(rows: Sequence[FunnelRow], texts: Texts) -> pd.DataFrame:
    """A row for each number [women/year]."""
    columns = ("step", "definition", "who", "low", "high", "years", "id")
    values = [
        (
            texts(f"evidence.step.{row.step}"),
            texts(f"evidence.definition.{row.definition}"),
            texts(f"evidence.who.{row.who}"),
            *(row.women_per_year or (None, None)),
            write_years(row),
            row.row.id,
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=[texts(f"evidence.column.{name}") for name in columns])


def _in_words(rows: Sequence[FunnelRow], texts: Texts) -> str:
    return texts(
        "evidence.describe.funnel",
        count=texts.number(len(rows)),
        need=_overall(rows, "need", texts),
        admitted=_overall(rows, "admitted", texts),
    )


def _overall(rows: Sequence[FunnelRow], step: str, texts: Texts) -> str:
    spans = [row.women_per_year for row in rows if row.step == step and row.women_per_year is not None]
    if not spans:
        return NOTHING
    return write_span(min(low for low, _ in spans), max(high for _, high in spans), texts)


def _places(rows: Sequence[FunnelRow], texts: Texts, theme: Theme) -> tuple[dict[str, float], list[Values], int]:
    """How far down each mark stands [px], the words above the marks, and how far down it all goes."""
    heights: dict[str, float] = {}
    words: list[Values] = []
    down = 0
    for step in STEPS:
        on_step = [row for row in rows if row.step == step]
        down += _STEP_ROOM
        heading = f"<b>{html.escape(texts(f'evidence.step.{step}'))}</b>"
        words.append(left_label(heading, y=down - 6, color=theme.text, size=15))
        if not on_step:
            down += _DEFINITION_ROOM
            words.append(left_label(html.escape(texts("evidence.nothing_published")), y=down - 10, color=theme.muted))
        for definition in dict.fromkeys(row.definition for row in on_step):
            down += _DEFINITION_ROOM
            what = f"<b>{html.escape(texts(f'evidence.definition.{definition}'))}</b>"
            words.append(left_label(what, y=down - 4, color=theme.muted))
            for row in (row for row in on_step if row.definition == definition):
                down += _ROW
                heights[row.row.id] = down - 6
                words.append(left_label(html.escape(_row_words(row, texts)), y=down - 13, color=theme.text))
    return heights, words, down + 12


def _row_words(row: FunnelRow, texts: Texts) -> str:
    who = texts(f"evidence.who.{row.who}")
    return texts("evidence.figure.funnel_row", span=write_women(row, texts), who=who, years=write_years(row))


def _traces(said: Sequence[tuple[float, FunnelRow]], texts: Texts, *, name: str, look: Values) -> list[Values]:
    """The ranges and the marks of one who says something."""
    spans = [(*(row.women_per_year or (0.0, 0.0)), down) for down, row in said]
    middles = [
        (low + high) / 2 if row.row.value is None else row.row.value * row.per_year
        for (low, high, _), (_, row) in zip(spans, said, strict=True)
    ]
    points = plain(middles), [down for down, _ in said]
    marks = told_marks(name, points, [_hover(row, texts, name) for _, row in said])
    return [range_lines(spans, color=look["color"], width=3), marks | {"marker": look | {"size": 12}}]


def _hover(row: FunnelRow, texts: Texts, who: str) -> str:
    return texts(
        "evidence.figure.funnel_hover",
        definition=html.escape(texts(f"evidence.definition.{row.definition}")),
        span=write_women(row, texts),
        who=html.escape(who),
        years=write_years(row),
        counts="<br>".join(map(html.escape, textwrap.wrap(texts(f"evidence.counts.{row.definition}"), 52))),
    )
