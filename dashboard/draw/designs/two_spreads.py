"""Two spreads of each design: what chance does, and what the assumptions do, around the mean over all draws."""

import html
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, build_empty_figure, legend_names, plain, rows_axis
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.theme import Theme
from dashboard.say.doubted_words import write_band, write_mean
from dashboard.say.measure_words import measure_label, raw_unit, scale_of
from sim.doubt.split import Split
from sim.texts import Texts, design_label

_ROW = 46
_APART = 0.16
_ENDS = ("chance_low", "chance_high", "doubt_low", "doubt_high", "both_low", "both_high")


class Spread(NamedTuple):
    """A design: where its measure may lie, and what it is with the scenario's own numbers."""

    design: str
    split: Split
    stated: float  # not a number where there is none


def draw_two_spreads(
    splits: Mapping[str, Split], stated: Mapping[str, float], texts: Texts, theme: Theme, *, measure: str
) -> Chart:
    """Draw a row for each design: two bars, a thin line for both together, a dot and a hollow diamond."""
    rows = [Spread(design, split, stated.get(design, math.nan)) for design, split in splits.items()]
    known = [row for row in rows if math.isfinite(row.split.mean)]
    figure = _figure(known, measure, texts, theme)
    return Chart("two-spreads", figure, _in_words(known, measure, texts), lambda: _frame(known, measure, texts))


def _figure(rows: Sequence[Spread], measure: str, texts: Texts, theme: Theme) -> go.Figure:
    title = measure_label(measure, texts)
    if not rows:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    ends = [abs(end) for row in rows for end in (row.split.mean, *row.split.together)]
    scale = scale_of(measure, texts, largest=max(ends))

    def bars(word: str, band: str, apart: float, line: Values) -> Values:
        spans = [getattr(row.split, band) for row in rows]
        return {
            "type": "scatter",
            "mode": "lines",
            "name": texts(f"figures.two_spreads.{word}"),
            "x": plain([scale.factor * value for low, high in spans for value in (low, high, math.nan)]),
            "y": plain([value for row in range(len(rows)) for value in (row + apart, row + apart, math.nan)]),
            "hoverinfo": "skip",
            "line": line,
        }

    def marks(word: str, values: Sequence[float], marker: Values) -> Values:
        return {
            "type": "scatter",
            "mode": "markers",
            "name": texts(f"figures.two_spreads.{word}"),
            "x": plain([scale.factor * value for value in values]),
            "y": list(range(len(rows))),
            "hovertext": [html.escape(_told(row, measure, texts)) for row in rows],
            "hoverinfo": "text",
            "marker": {"opacity": 1, **marker},
        }

    traces = [
        bars("both", "together", 0.0, {"color": theme.axis, "width": 1.5}),
        bars("chance", "chance", -_APART, {"color": theme.text, "width": 5}),
        bars("doubt", "doubt", _APART, {"color": theme.primary, "width": 5, "dash": "6px,2px"}),
        marks("mean", [row.split.mean for row in rows], {"size": 11, "color": theme.text}),
        marks(
            "stated",
            [row.stated for row in rows],
            {"size": 11, "symbol": "diamond", "color": theme.background, "line": {"width": 2, "color": theme.text}},
        ),
    ]
    layout = {
        "xaxis": {"title": {"text": scale.title}, "ticksuffix": scale.suffix, "nticks": 6},
        "yaxis": rows_axis([html.escape(design_label(row.design, texts)) for row in rows]),
    }
    sheet = Canvas(title, texts("figures.two_spreads.subtitle"), _ROW * len(rows), legend=legend_names(traces))
    return build_canvas(traces, layout, sheet, texts, theme)


def _told(row: Spread, measure: str, texts: Texts) -> str:
    """A design in words."""
    return texts(
        "figures.two_spreads.design",
        design=design_label(row.design, texts),
        mean=write_mean(row.split.mean, measure, texts),
        stated=write_mean(row.stated, measure, texts),
        chance=write_band(row.split.chance, row.split.mean, measure, texts),
        doubt=write_band(row.split.doubt, row.split.mean, measure, texts),
        both=write_band(row.split.together, row.split.mean, measure, texts),
    )


def _in_words(rows: Sequence[Spread], measure: str, texts: Texts) -> str:
    if not rows:
        return texts("figures.nothing")
    return f"{measure_label(measure, texts)}. " + " ".join(_told(row, measure, texts) for row in rows)


def _frame(rows: Sequence[Spread], measure: str, texts: Texts) -> pd.DataFrame:
    said = [
        {
            "measure": measure_label(measure, texts),
            "design": design_label(row.design, texts),
            "stated": row.stated,
            "mean_of_draws": row.split.mean,
            "unit": raw_unit(measure, texts),
            **dict(zip(_ENDS, (*row.split.chance, *row.split.doubt, *row.split.together), strict=True)),
        }
        for row in rows
    ]
    return build_table(said, ("measure", "design", "stated", "mean_of_draws", *_ENDS, "unit"), texts)
