"""A series of scenarios: how a measure follows the one word that is varied, design by design."""

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.batches.results import ScenarioRow, designs_of, path_label, varied_paths
from dashboard.figures.canvas import Sheet, Values, build_canvas, plain
from dashboard.measure_words import (
    NO_ESTIMATE,
    Estimate,
    Scale,
    measure_label,
    raw_unit,
    scale_of,
    write_estimate,
    write_interval,
)
from dashboard.texts import Texts, design_label
from dashboard.theme import DASHES, SYMBOLS, Theme, design_color

FEWEST_POINTS = 3
"""Fewer points are read from the table."""

_HEIGHT = 300


class Series(NamedTuple):
    """Scenarios that differ in one number.

    Attributes
    ----------
    path : str
        What is varied.
    points : tuple of (float, ScenarioRow)
        Its value and what the scenario came to, rising.
    """

    path: str
    points: tuple[tuple[float, ScenarioRow], ...]


def find_series(rows: Sequence[ScenarioRow]) -> Series | None:
    """Find out whether scenarios are a series that can be drawn.

    Parameters
    ----------
    rows : sequence of ScenarioRow
        Of a run.

    Returns
    -------
    Series or None
        None if more than one thing differs between them, or it is no number, or there are few.
    """
    varied = [path for path in varied_paths(rows) if len({str(row.changes.get(path)) for row in rows}) > 1]
    if len(varied) != 1 or len(rows) < FEWEST_POINTS:
        return None
    values = [row.changes.get(varied[0]) for row in rows]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return None
    if len(set(values)) < len(rows):
        return None
    points = sorted(zip(map(float, values), rows, strict=True), key=lambda point: point[0])  # type: ignore[arg-type]
    return Series(varied[0], tuple(points))


def build_series_figure(series: Series, texts: Texts, theme: Theme, *, measure: str) -> go.Figure:
    """Draw how a measure follows what is varied.

    Parameters
    ----------
    series : Series
        Of a run.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    measure : str
        Name of the measure.

    Returns
    -------
    plotly.graph_objects.Figure
        A line a design, with the 95 % interval of each mean.
    """
    rows = [row for _, row in series.points]
    sizes = [abs(estimate.mean) for row in rows for estimate in row.estimates.values() if estimate.n]
    scale = scale_of(measure, texts, largest=max(sizes, default=0.0))
    designs = designs_of(rows)
    traces = [
        _line(series, name, texts, measure=measure, scale=scale, look=_look(number, theme))
        for number, name in enumerate(designs)
    ]
    layout = {
        "xaxis": {"title": {"text": html.escape(path_label(series.path, texts))}},
        "yaxis": {"rangemode": "tozero", "ticksuffix": scale.suffix},
        "hovermode": "closest",
    }
    names = tuple(design_label(name, texts) for name in designs)
    title = measure_label(measure, texts)
    subtitle = texts("batch.series.subtitle", unit=scale.title) if scale.title else texts("batch.series.interval")
    return build_canvas(traces, layout, Sheet(title, subtitle, _HEIGHT, legend=names), texts, theme)


def series_frame(series: Series, texts: Texts, *, measure: str) -> pd.DataFrame:
    """Give the numbers behind the picture.

    Parameters
    ----------
    series : Series
        What is drawn.
    texts : Texts
        For the names of the columns.
    measure : str
        Name of the measure.

    Returns
    -------
    pandas.DataFrame
        A row a point of a line; numbers as they stand in results.
    """
    words = ("mean", "low", "high", "p05", "p95")
    lines = [
        [
            value,
            design_label(name, texts),
            *(getattr(row.estimates[name], word) for word in words),
            raw_unit(measure, texts),
        ]
        for name in designs_of([row for _, row in series.points])
        for value, row in series.points
        if name in row.estimates
    ]
    columns = [texts(f"batch.results.{word}") for word in ("design", *words, "unit")]
    return pd.DataFrame(lines, columns=[path_label(series.path, texts), *columns])


def describe_series(series: Series, texts: Texts, *, measure: str) -> str:
    """Say in a sentence what the picture shows.

    Parameters
    ----------
    series : Series
        What is drawn.
    texts : Texts
        In the reader's language.
    measure : str
        Name of the measure.

    Returns
    -------
    str
        For those who cannot see it: each design at the ends of what is varied.
    """
    (low, first), (high, last) = series.points[0], series.points[-1]
    parts = [
        texts(
            "batch.series.design",
            design=design_label(name, texts),
            low=write_estimate(first.estimates.get(name, NO_ESTIMATE), measure, texts),
            high=write_estimate(last.estimates.get(name, NO_ESTIMATE), measure, texts),
        )
        for name in designs_of([row for _, row in series.points])
    ]
    return texts(
        "batch.series.sentence",
        measure=measure_label(measure, texts),
        path=path_label(series.path, texts),
        low=_value(low, texts),
        high=_value(high, texts),
        designs="; ".join(parts),
    )


def _line(series: Series, name: str, texts: Texts, *, measure: str, scale: Scale, look: Values) -> Values:
    found = [(value, row.estimates[name]) for value, row in series.points if name in row.estimates]
    label = design_label(name, texts)
    estimates = [estimate for _, estimate in found]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label,
        "x": plain([value for value, _ in found]),
        "y": plain([estimate.mean * scale.factor for estimate in estimates]),
        "error_y": {
            "array": plain([_reach(estimate.high, estimate.mean, scale) for estimate in estimates]),
            "arrayminus": plain([_reach(estimate.mean, estimate.low, scale) for estimate in estimates]),
            "symmetric": False,
            "thickness": 1.2,
            "width": 3,
            "color": look["line"]["color"],
        },
        **look,
        "hovertext": [_hover(label, value, estimate, measure, texts) for value, estimate in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _look(number: int, theme: Theme) -> Values:
    """Colour, dash and symbol of a design: none of them alone."""
    color = design_color(theme, number)
    return {
        "line": {"color": color, "dash": DASHES[number % len(DASHES)], "width": 2},
        "marker": {"color": color, "symbol": SYMBOLS[number % len(SYMBOLS)], "size": 8},
    }


def _reach(upper: float, lower: float, scale: Scale) -> float:
    return (upper - lower) * scale.factor if math.isfinite(upper - lower) else 0.0


def _hover(label: str, value: float, estimate: Estimate, measure: str, texts: Texts) -> str:
    lines = [
        f"{label}: {_value(value, texts)}",
        write_estimate(estimate, measure, texts),
        texts("plan.numbers.sure", interval=write_interval(estimate, measure, texts)),
    ]
    return "<br>".join(map(html.escape, lines))


def _value(value: float, texts: Texts) -> str:
    digits = next(n for n in range(7) if n == 6 or round(value, n) == value)
    return texts.number(value, digits)
