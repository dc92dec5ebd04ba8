"""A series of scenarios: how a measure follows the one word that is varied, design by design."""

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.batches.results import (
    ScenarioRow,
    designs_of,
    path_label,
    results_frame,
    row_labels,
    varied_paths,
)
from dashboard.draw.canvas import Canvas, Values, build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.panels import build_panels, panel_of_groups
from dashboard.draw.theme import Theme, design_color, design_dash, design_number, design_symbol
from dashboard.say.measure_words import (
    NO_ESTIMATE,
    Estimate,
    Scale,
    measure_label,
    raw_unit,
    scale_of,
    write_estimate,
    write_interval,
)
from sim.texts import Texts, design_label

MOST_DRAWN = 12
"""Scenarios drawn below each other; more are read from the table."""

FEWEST_POINTS = 3
"""Fewer points are read from the table."""

_HEIGHT = 300


class Series(NamedTuple):
    """Scenarios that differ in one number."""

    path: str  # what is varied
    points: tuple[tuple[float, ScenarioRow], ...]  # its value and what the scenario came to, rising


def find_series(rows: Sequence[ScenarioRow]) -> Series | None:
    """Find a series that can be drawn; none if more than one thing differs, or it is no number, or points are few."""
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


def draw_series(series: Series, texts: Texts, theme: Theme, *, measure: str) -> Chart:
    """Draw how a measure follows what is varied: a line for each design, with the 95 % interval of each mean."""
    figure, sentence = _figure(series, measure, texts, theme), _in_words(series, measure, texts)
    return Chart("series", figure, sentence, lambda: _frame(series, measure, texts))


def draw_scenarios(rows: Sequence[ScenarioRow], texts: Texts, theme: Theme, *, measure: str) -> Chart:
    """Draw a measure in scenarios that differ in more than a number: a row for each, a dot for each design."""
    labels, designs = row_labels(rows), designs_of(rows)
    by_row = {labels[row.name, row.hash]: row.estimates for row in rows}
    titles = measure_label(measure, texts), texts("figures.reading")
    figure = build_panels(
        [panel_of_groups("", measure, by_row, designs, texts, theme)], titles, texts, theme, designs=designs
    )
    said = "; ".join(
        f"{name}: "
        + ", ".join(f"{design_label(own, texts)} {write_estimate(one, measure, texts)}" for own, one in found.items())
        for name, found in by_row.items()
    )
    return Chart("series", figure, f"{titles[0]}. {said}", lambda: results_frame(rows, measure, texts))


def _figure(series: Series, measure: str, texts: Texts, theme: Theme) -> go.Figure:
    rows = [row for _, row in series.points]
    sizes = [abs(estimate.mean) for row in rows for estimate in row.estimates.values() if estimate.n]
    scale = scale_of(measure, texts, largest=max(sizes, default=0.0))
    designs = designs_of(rows)
    traces = [
        _line(series, name, texts, measure=measure, scale=scale, look=_look(design_number(theme, name, designs), theme))
        for name in designs
    ]
    layout = {
        "xaxis": {"title": {"text": html.escape(path_label(series.path, texts))}},
        "yaxis": {"rangemode": "tozero", "ticksuffix": scale.suffix},
        "hovermode": "closest",
    }
    names = tuple(design_label(name, texts) for name in designs)
    title = measure_label(measure, texts)
    subtitle = texts("batch.series.subtitle", unit=scale.title) if scale.title else texts("batch.series.interval")
    return build_canvas(traces, layout, Canvas(title, subtitle, _HEIGHT, legend=names), texts, theme)


def _frame(series: Series, measure: str, texts: Texts) -> pd.DataFrame:
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


def _in_words(series: Series, measure: str, texts: Texts) -> str:
    """Each design at the ends of what is varied."""
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
        "line": {"color": color, "dash": design_dash(number), "width": 2},
        "marker": {"color": color, "symbol": design_symbol(number), "size": 8},
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
