"""Bars made of parts, a bar for each design: what a whole is made of, with its total at the end."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, build_empty_figure, hatch, plain
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import (
    NO_ESTIMATE,
    Scale,
    raw_unit,
    scale_of,
    with_one_stop,
    write_alike,
    write_estimate,
)
from sim.report.palette import PATTERNS
from sim.texts import Texts, design_label

Parts = Mapping[str, Mapping[str, float]]
"""By design, then by part."""

_BAR = 40  # height of a bar with the room around it [px]


class Part(NamedTuple):
    """A part of a whole and how it looks."""

    word: str
    palette: str  # colours of the theme it is taken from: ``parts`` or ``payers``
    number: int  # its place there; its pattern has the same number


class Breakdown(NamedTuple):
    """What the bars show: numbers in the unit of a measure, as they stand in results."""

    words: str  # where the texts are: ``figures.<words>.title``, ``.subtitle`` and ``.part.<word>``
    measure: str
    values: Parts
    parts: Sequence[Part]  # in the order they stand in the bar; those that are 0 in every design are not drawn


def build_parts_figure(whole: Breakdown, texts: Texts, theme: Theme) -> go.Figure:
    """Draw a bar for each design, made of its parts, with the total at its end."""
    words, measure, values, parts = whole
    title = texts(f"figures.{words}.title")
    totals = {name: sum(own.values()) for name, own in values.items()}
    largest = max((total for total in totals.values() if math.isfinite(total)), default=0.0)
    if not largest > 0:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    scale = scale_of(measure, texts, largest=largest)
    shown = [part for part in parts if any(abs(own[part.word]) > 1e-9 * largest for own in values.values())]
    traces = [_part_bars(whole, part, texts, theme, scale=scale) for part in shown]
    names = tuple(trace["name"] for trace in traces)
    traces.append(_totals(totals, measure, texts, theme, scale=scale))
    layout = {
        "barmode": "stack",
        "bargap": 0.35,
        "xaxis": {"rangemode": "tozero", "title": {"text": scale.title}, "ticksuffix": scale.suffix, "nticks": 6},
        "yaxis": {"autorange": "reversed", "type": "category"},
    }
    sheet = Canvas(title, texts(f"figures.{words}.subtitle"), _BAR * len(values), right=52, legend=names)
    return build_canvas(traces, layout, sheet, texts, theme)


def _part_bars(whole: Breakdown, part: Part, texts: Texts, theme: Theme, *, scale: Scale) -> Values:
    name = texts(f"figures.{whole.words}.part.{part.word}")
    values = [own[part.word] for own in whole.values.values()]
    hover = []
    for (design, own), value in zip(whole.values.items(), values, strict=True):
        total = sum(own.values())
        share = texts.percent(value / total if total else math.nan)
        written = write_estimate(NO_ESTIMATE._replace(n=1, mean=value), whole.measure, texts)
        hover.append(f"<b>{design_label(design, texts)}</b><br>{name}: {written} ({share})")
    colors: tuple[str, ...] = getattr(theme, part.palette)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [design_label(design, texts) for design in whole.values],
        "x": plain(np.multiply(values, scale.factor)),
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {
            "color": colors[part.number],
            "line": {"width": 1, "color": theme.background},
            "pattern": hatch(PATTERNS[part.number], theme),
        },
    }


def _totals(totals: Mapping[str, float], measure: str, texts: Texts, theme: Theme, *, scale: Scale) -> Values:
    """The totals in words, at the ends of the bars."""
    written = write_alike([NO_ESTIMATE._replace(n=1, mean=total) for total in totals.values()], measure, texts)
    return {
        "type": "scatter",
        "mode": "text",
        "y": [design_label(design, texts) for design in totals],
        "x": plain([total * scale.factor for total in totals.values()]),
        "text": [f" {text}" for text in written],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def parts_frame(whole: Breakdown, texts: Texts) -> pd.DataFrame:
    """Tabulate the parts, a row for each design and part."""
    rows = [
        {
            "design": design_label(design, texts),
            "part": texts(f"figures.{whole.words}.part.{part.word}"),
            "mean": own[part.word],
            "unit": raw_unit(whole.measure, texts),
        }
        for design, own in whole.values.items()
        for part in whole.parts
    ]
    return build_table(rows, ("design", "part", "mean", "unit"), texts)


def draw_costs(name: str, whole: Breakdown, texts: Texts, theme: Theme) -> Chart:
    """Draw costs a year by their parts; in words each design's total, and its parts, the largest first."""
    figure = build_parts_figure(whole, texts, theme)
    return Chart(name, figure, _costs_in_words(whole, texts), lambda: parts_frame(whole, texts))


def _costs_in_words(whole: Breakdown, texts: Texts) -> str:
    if not whole.values:
        return texts("figures.nothing")
    designs = []
    for design, parts in whole.values.items():
        largest_first = sorted((part for part in parts.items() if abs(part[1]) >= 1.0), key=lambda part: -part[1])
        said = ", ".join(
            f"{texts(f'figures.{whole.words}.part.{word}').lower()} {texts.money(cost)}" for word, cost in largest_first
        )
        total = texts.money(sum(parts.values()))
        designs.append(texts("figures.cost_design", design=design_label(design, texts), total=total, parts=said))
    return with_one_stop(texts(f"figures.{whole.words}.described", designs="; ".join(designs)))
