"""Cost against access: each design with more and fewer places, and which points nothing else beats."""

import html
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, build_empty_figure, legend_names, plain
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.theme import DASHES, SYMBOLS, Theme, design_color
from dashboard.say.measure_words import measure_label
from sim.sizing import Curve, Point, Sizing
from sim.texts import Texts, design_label

_MILLION = 1e6
_HEIGHT = 340


class _Own(NamedTuple):
    """A point of the curve."""

    point: Point
    is_unbeaten: bool


def draw_access_cost(found: Sizing, texts: Texts, theme: Theme) -> Chart:
    """Draw a line for each design; a filled mark is beaten by no other, a hollow one is."""
    points, measure = _points(found.own.curve), found.target.measure
    designs = [design.name for design in found.scenario.designs]
    figure = _figure(points, designs, measure, texts, theme)
    return Chart("access-cost", figure, _in_words(points, texts), lambda: _frame(points, measure, texts))


def _points(curve: Curve) -> list[_Own]:
    return [_Own(*pair) for pair in zip(curve.points, curve.is_unbeaten, strict=True)]


def _figure(points: Sequence[_Own], designs: Sequence[str], measure: str, texts: Texts, theme: Theme) -> go.Figure:
    title = texts("figures.access_cost.title")
    if not points:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    traces = []
    for number, design in enumerate(designs):
        own = sorted((one for one in points if one.point.design == design), key=lambda one: one.point.total)
        if own:
            traces.append(_trace(own, number, texts, theme))
    percent = texts.percent(0.0).removeprefix(texts.number(0.0))
    layout = {
        "xaxis": {"title": {"text": texts("figures.unit.million_dkk_per_year")}, "rangemode": "tozero", "nticks": 6},
        "yaxis": {"title": {"text": measure_label(measure, texts)}, "ticksuffix": percent},
    }
    sheet = Canvas(title, texts("figures.access_cost.subtitle"), _HEIGHT, legend=legend_names(traces))
    return build_canvas(traces, layout, sheet, texts, theme)


def _trace(own: Sequence[_Own], number: int, texts: Texts, theme: Theme) -> Values:
    color = design_color(theme, number)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": html.escape(design_label(own[0].point.design, texts)),
        "x": plain([one.point.cost_per_year.mean / _MILLION for one in own]),
        "y": plain([100 * one.point.target.mean for one in own]),
        "line": {"color": color, "width": 1.5, "dash": DASHES[number % len(DASHES)]},
        "marker": {
            "size": 10,
            "opacity": 1,
            "symbol": SYMBOLS[number % len(SYMBOLS)],
            "color": [color if one.is_unbeaten else theme.background for one in own],
            "line": {"width": 2, "color": color},
        },
        "hovertext": [html.escape(_told(one, texts)) for one in own],
        "hoverinfo": "text",
    }


def _told(own: _Own, texts: Texts) -> str:
    """A point in words."""
    point = own.point
    key = "figures.access_cost.unbeaten" if own.is_unbeaten else "figures.access_cost.beaten"
    return texts(
        key,
        design=design_label(point.design, texts),
        places=texts.number(point.total),
        access=texts.percent(point.target.mean, 1),
        cost=texts.money(point.cost_per_year.mean),
    )


def _in_words(points: Sequence[_Own], texts: Texts) -> str:
    told = "; ".join(_told(one, texts) for one in points if one.is_unbeaten)
    return texts("figures.access_cost.described", points=told) if told else texts("figures.nothing")


def _frame(points: Sequence[_Own], measure: str, texts: Texts) -> pd.DataFrame:
    rows = [
        {
            "measure": measure_label(measure, texts),
            "design": design_label(point.design, texts),
            "places": point.total,
            "cost": point.cost_per_year.mean,
            "unbeaten": texts("figures.yes" if is_unbeaten else "figures.no"),
            **point.target._asdict(),
        }
        for point, is_unbeaten in points
    ]
    return build_table(rows, ("design", "places", "measure", "mean", "low", "high", "cost", "unbeaten"), texts)
