"""Bars made of parts, a bar for each design: what a whole is made of, with its total at the end."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.canvas import Sheet, Values, build_canvas, build_empty_figure, plain
from dashboard.measure_words import NO_ESTIMATE, Scale, raw_unit, scale_of, write_alike, write_estimate
from dashboard.texts import Texts, design_label
from dashboard.theme import PATTERNS, Theme

BAR = 40
"""Height of a bar with the room around it [px]."""

Parts = Mapping[str, Mapping[str, float]]
"""By design, then by part."""


class Part(NamedTuple):
    """A part of a whole and how it looks.

    Attributes
    ----------
    word : str
        Its key.
    palette : str
        Colours of the theme it is taken from: ``parts`` or ``payers``.
    number : int
        Its place there; its pattern has the same number.
    """

    word: str
    palette: str
    number: int


def build_stacked_figure(
    wholes: Parts, parts: Sequence[Part], texts: Texts, theme: Theme, *, words: str, measure: str
) -> go.Figure:
    """Draw a bar for each design, made of its parts.

    Parameters
    ----------
    wholes : mapping of str to mapping of str to float
        By design, then by part.
    parts : sequence of Part
        In the order they stand in the bar; those that are 0 in every design are left out.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    words : str
        Where the texts are: ``figures.<words>.title``, ``.subtitle`` and ``.part.<word>``.
    measure : str
        A measure with the unit of the parts.

    Returns
    -------
    plotly.graph_objects.Figure
        With the total at the end of each bar.
    """
    title = texts(f"figures.{words}.title")
    totals = {name: sum(whole.values()) for name, whole in wholes.items()}
    largest = max((total for total in totals.values() if math.isfinite(total)), default=0.0)
    if not largest > 0:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    scale = scale_of(measure, texts, largest=largest)
    shown = [part for part in parts if any(abs(whole[part.word]) > 1e-9 * largest for whole in wholes.values())]
    traces = [_part_bars(wholes, part, texts, theme, words=words, measure=measure) for part in shown]
    for trace in traces:
        trace["x"] = plain(np.multiply(trace["x"], scale.factor))
    names = tuple(trace["name"] for trace in traces)
    traces.append(_totals(totals, measure, texts, theme, scale=scale))
    layout = {
        "barmode": "stack",
        "bargap": 0.35,
        "xaxis": {"rangemode": "tozero", "title": {"text": scale.title}, "ticksuffix": scale.suffix, "nticks": 6},
        "yaxis": {"autorange": "reversed", "type": "category"},
    }
    sheet = Sheet(title, texts(f"figures.{words}.subtitle"), BAR * len(wholes), right=52, legend=names)
    return build_canvas(traces, layout, sheet, texts, theme)


def _part_bars(wholes: Parts, part: Part, texts: Texts, theme: Theme, *, words: str, measure: str) -> Values:
    name = texts(f"figures.{words}.part.{part.word}")
    values = [whole[part.word] for whole in wholes.values()]
    hover = []
    for design, value in zip(wholes, values, strict=True):
        total = sum(wholes[design].values())
        share = texts.percent(value / total, 0) if total else texts.percent(math.nan)
        written = write_estimate(NO_ESTIMATE._replace(n=1, mean=value), measure, texts)
        hover.append(f"<b>{design_label(design, texts)}</b><br>{name}: {written} ({share})")
    colors: tuple[str, ...] = getattr(theme, part.palette)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [design_label(design, texts) for design in wholes],
        "x": values,
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {
            "color": colors[part.number],
            "line": {"width": 1, "color": theme.background},
            "pattern": {
                "shape": PATTERNS[part.number],
                "fgcolor": theme.background,
                "fillmode": "overlay",
                "size": 6,
                "solidity": 0.2,
            },
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


def parts_frame(wholes: Parts, parts: Sequence[Part], texts: Texts, *, words: str, measure: str) -> pd.DataFrame:
    """Tabulate the parts of each design's whole.

    Parameters
    ----------
    wholes, parts, texts, words, measure
        As for `build_stacked_figure`.

    Returns
    -------
    pandas.DataFrame
        A row for each design and part, in the unit of the measure as it stands in results.
    """
    column = {word: texts(f"figures.column.{word}") for word in ("design", "part", "mean", "unit")}
    rows = [
        {
            column["design"]: design_label(design, texts),
            column["part"]: texts(f"figures.{words}.part.{part.word}"),
            column["mean"]: whole[part.word],
            column["unit"]: raw_unit(measure, texts),
        }
        for design, whole in wholes.items()
        for part in parts
    ]
    return pd.DataFrame(rows, columns=list(column.values()))
