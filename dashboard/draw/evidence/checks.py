"""Published numbers beside what the model predicts: the bands, and the number inside or outside them."""

import html
from collections.abc import Sequence
from operator import attrgetter

import pandas as pd
import plotly.graph_objects as go

from calibration.checks import Checked, Checks
from dashboard.draw.canvas import Canvas, Values, build_canvas, left_label, legend_names, plain
from dashboard.draw.chart import Chart
from dashboard.draw.evidence.marks import range_lines, told_marks
from dashboard.draw.theme import Theme
from dashboard.say.evidence_words import write_amount, write_observed, write_span, write_why
from sim.texts import Texts

_ROW = 44
_MARKS = {
    "inside": ("circle", "legend_inside"),
    "outside": ("x", "legend_outside"),
    "bound": ("triangle-left", "legend_bound"),
    "refused": ("circle-open", "legend_refused"),
}
"""Symbol and legend of each kind of answer: the symbol says it too, not the colour alone."""

_KIND = {
    "inside_50": "inside",
    "inside_90": "inside",
    "outside": "outside",
    "bound_kept": "bound",
    "bound_broken": "outside",
    "refused": "refused",
}


def draw_checks(checks: Checks, texts: Texts, theme: Theme) -> Chart:
    """Draw each number in a row: a thin line for nine of ten predictions, a thick one for half, and their median."""
    figure = _figure(checks, texts, theme)
    return Chart("evidence-checks", figure, _in_words(checks, texts), lambda: _frame(checks, texts))


def _figure(checks: Checks, texts: Texts, theme: Theme) -> go.Figure:
    places = [(_ROW * (number + 1) - 12.0, row) for number, row in enumerate(checks.rows)]
    bottom = _ROW * len(places) + 8
    traces = [*_bands(places, theme), *_observed(places, texts, theme)]
    layout = {
        "annotations": [_words(down, row, texts, theme) for down, row in places],
        "xaxis": {"rangemode": "tozero", "title": {"text": html.escape(texts("evidence.figure.checks_axis"))}},
        "yaxis": {"visible": False, "range": [bottom, 0]},
        "hovermode": "closest",
    }
    title, subtitle = texts("evidence.figure.checks_title"), texts("evidence.figure.checks_subtitle")
    return build_canvas(traces, layout, Canvas(title, subtitle, bottom, legend=legend_names(traces)), texts, theme)


def _frame(checks: Checks, texts: Texts) -> pd.DataFrame:
    """A row for each published number, in women; the tail as a share."""
    columns = ("check", "observed", "median", "low_50", "high_50", "low_90", "high_90", "tail", "verdict")
    values = [
        (
            texts(f"evidence.check.{row.check.id}"),
            row.check.observed,
            *(row.median, row.low_50, row.high_50, row.low_90, row.high_90, row.tail_probability),
            texts(f"evidence.verdict.{row.verdict}"),
        )
        for row in checks.rows
    ]
    return pd.DataFrame(values, columns=[texts(f"evidence.column.{name}") for name in columns])


def _in_words(checks: Checks, texts: Texts) -> str:
    equal = [row for row in checks.rows if row.check.comparison == "equal" and row.verdict != "refused"]
    return texts(
        "evidence.describe.checks",
        inside=sum(row.verdict.startswith("inside") for row in equal),
        compared=len(equal),
        outside=sum(row.verdict == "outside" for row in equal),
        bounds=sum(row.verdict == "bound_kept" for row in checks.rows),
        refused=sum(row.verdict == "refused" for row in checks.rows),
    )


def _bands(places: Sequence[tuple[float, Checked]], theme: Theme) -> list[Values]:
    drawn = [(down, row) for down, row in places if row.verdict != "refused"]
    nine_of_ten, half = (
        range_lines([(*ends(row), down) for down, row in drawn], color=theme.travel[1], width=width)
        for ends, width in ((attrgetter("low_90", "high_90"), 3), (attrgetter("low_50", "high_50"), 11))
    )
    medians = {"symbol": "line-ns", "size": 14, "line": {"color": theme.text, "width": 2}}
    middle = {"type": "scatter", "mode": "markers", "marker": medians, "hoverinfo": "skip", "showlegend": False}
    middle |= {"x": plain([row.median for _, row in drawn]), "y": [down for down, _ in drawn]}
    return [nine_of_ten, half, middle]


def _observed(places: Sequence[tuple[float, Checked]], texts: Texts, theme: Theme) -> list[Values]:
    traces: list[Values] = []
    colors = {"inside": theme.primary, "bound": theme.primary, "outside": theme.lost, "refused": theme.muted}
    for kind, (symbol, legend) in _MARKS.items():
        shown = [(down, row) for down, row in places if _KIND[row.verdict] == kind]
        if shown:
            points = [row.check.observed for _, row in shown], [down for down, _ in shown]
            marks = told_marks(texts(f"evidence.figure.{legend}"), points, [_hover(row, texts) for _, row in shown])
            look = {"symbol": symbol, "size": 13, "color": colors[kind], "line": {"color": colors[kind], "width": 2}}
            traces.append(marks | {"marker": look})
    return traces


def _words(down: float, row: Checked, texts: Texts, theme: Theme) -> Values:
    verdict = texts(f"evidence.verdict.{row.verdict}")
    text = texts(
        "evidence.figure.checks_row",
        check=texts(f"evidence.check.{row.check.id}"),
        observed=write_observed(row, texts),
        verdict=verdict[0].lower() + verdict[1:],
    )
    return left_label(html.escape(text), y=down - 10, color=theme.text)


def _hover(row: Checked, texts: Texts) -> str:
    check = html.escape(texts(f"evidence.check.{row.check.id}"))
    if row.verdict == "refused":
        why = "<br>".join(map(html.escape, write_why(row, texts)))
        return texts("evidence.figure.refused_hover", check=check, observed=write_observed(row, texts), why=why)
    return texts(
        "evidence.figure.checks_hover",
        check=check,
        observed=write_observed(row, texts),
        median=write_amount(row.median, texts),
        band_50=write_span(row.low_50, row.high_50, texts),
        band_90=write_span(row.low_90, row.high_90, texts),
    )
