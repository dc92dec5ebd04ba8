"""Whose estimate: a measure under every estimate of need, design by design, and which design does best under which."""

import html
import math
import textwrap
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, build_empty_figure, plain
from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.theme import Theme
from dashboard.say.labels import view_label
from dashboard.say.measure_words import (
    BETTER,
    NO_ESTIMATE,
    Estimate,
    estimate_of,
    measure_label,
    scale_of,
    with_one_stop,
    write_alike,
    write_estimate,
    write_interval,
)
from sim.experiment import Results
from sim.texts import Texts, design_label


class ViewRow(NamedTuple):
    """A design under an estimate of need."""

    view: str  # id of the estimate, or any name
    need_per_year: float  # the need it means [women/year]
    design: str
    n: int
    mean: float
    low: float
    high: float
    p05: float
    p95: float
    best: bool  # whether its mean is the best under the estimate
    is_tied: bool  # whether its interval reaches that of the best

    @property
    def estimate(self) -> Estimate:
        """Its number."""
        return Estimate(self.n, self.mean, self.low, self.high, self.p05, self.p95)


VIEW_COLUMNS = ViewRow._fields
"""Columns of `view_estimates`."""

_CELL = 40
_LETTERS = 20


def draw_estimates(frame: pd.DataFrame, texts: Texts, theme: Theme, *, measure: str) -> Chart:
    """Draw what `view_estimates` gives: a row for each estimate, a column for each design, a star at the best."""
    rows = [ViewRow(*values) for values in frame[list(VIEW_COLUMNS)].to_numpy(dtype=object).tolist()]
    figure, sentence = _figure(rows, measure, texts, theme), _in_words(rows, measure, texts)
    return Chart("estimates", figure, sentence, lambda: _frame(rows, measure, texts))


def view_estimates(results: Mapping[str, Results], *, measure: str) -> pd.DataFrame:
    """Put a measure under several estimates of need, by their ids, into one table with `VIEW_COLUMNS`."""
    rows = []
    for view, found in results.items():
        estimates = {name: estimate_of(comparison, measure) for name, comparison in found.designs.items()}
        best = _best(estimates, measure)
        for name, estimate in estimates.items():
            is_tied = best not in ("", name) and _overlap(estimate, estimates[best])
            rows.append(ViewRow(view, found.funnel.need_per_year, name, *estimate, name == best, is_tied))
    return pd.DataFrame(rows, columns=list(VIEW_COLUMNS))


def _best(estimates: Mapping[str, Estimate], measure: str) -> str:
    """The design with the best mean; none where there is no better and worse, no choice, or all are alike."""
    known = {name: estimate.mean for name, estimate in estimates.items() if estimate.n}
    sign = BETTER.get(measure, 0)
    if not sign or len(set(known.values())) < 2:
        return ""
    return max(known, key=lambda name: sign * known[name])


def _overlap(one: Estimate, other: Estimate) -> bool:
    """Whether two intervals reach each other; a number without one is a point."""
    (low, high), (other_low, other_high) = (
        (own.mean, own.mean) if math.isnan(own.low) else (own.low, own.high) for own in (one, other)
    )
    return one.n > 0 and low <= other_high and other_low <= high


def _figure(rows: list[ViewRow], measure: str, texts: Texts, theme: Theme) -> go.Figure:
    title = measure_label(measure, texts)
    if not any(row.n for row in rows):
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    views, designs = (list(dict.fromkeys(getattr(row, word) for row in rows)) for word in ("view", "design"))
    scale = scale_of(measure, texts, largest=max(abs(row.mean) for row in rows if row.n))
    places = [(designs.index(row.design), views.index(row.view)) for row in rows]
    means = np.full((len(views), len(designs)), np.nan)
    for row, (column, line) in zip(rows, places, strict=True):
        means[line, column] = row.mean
    inks = _inks(means, theme)
    numbers = _numbers(rows, [inks[line][column] for column, line in places], texts, measure=measure)
    layout = {
        "xaxis": {"side": "top", **_names([design_label(name, texts) for name in designs])},
        "yaxis": {"autorange": "reversed", **_names([view_label(view, texts) for view in views])},
    }
    x, y = zip(*places, strict=True)
    traces = [_heat(means * scale.factor, theme), {"x": list(x), "y": list(y), **numbers}]
    word = "subtitle_best" if any(row.best for row in rows) else "subtitle"
    subtitle = texts(f"figures.views.{word}", unit=scale.title or texts("figures.unit.per_cent"))
    return build_canvas(traces, layout, Canvas(title, subtitle, _CELL * len(views), below=8, above=56), texts, theme)


def _names(names: list[str]) -> Values:
    """Names in lines short enough for a phone."""
    lines = [textwrap.wrap(name, _LETTERS, break_long_words=False) for name in names]
    words = ["<br>".join(map(html.escape, own)) for own in lines]
    return {"tickvals": list(range(len(names))), "ticktext": words, "showgrid": False}


def _heat(means: np.ndarray, theme: Theme) -> Values:
    return {
        "type": "heatmap",
        "z": [plain(row) for row in means],
        "colorscale": [[0, theme.heat[0]], [1, theme.heat[1]]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }


def _numbers(rows: list[ViewRow], inks: list[str], texts: Texts, *, measure: str) -> Values:
    """The number in each cell, with a star at the best, in the ink that is read best on the cell's colour."""
    marks = ["<br>★" if row.best else "<br>☆" if row.is_tied else "" for row in rows]
    numbers = write_alike([row.estimate for row in rows], measure, texts)
    return {
        "type": "scatter",
        "mode": "text",
        "text": [number + mark for number, mark in zip(numbers, marks, strict=True)],
        "textfont": {"color": inks, "size": 13},
        "hovertext": [_told(row, texts, measure=measure) for row in rows],
        "hoverinfo": "text",
    }


def _told(row: ViewRow, texts: Texts, *, measure: str) -> str:
    """What is told of a cell."""
    mean, interval = (write(row.estimate, measure, texts) for write in (write_estimate, write_interval))
    lines = (
        f"<b>{view_label(row.view, texts)}</b>",
        f"{design_label(row.design, texts)}: {mean}",
        texts("figures.hover.interval", interval=interval),
        texts("figures.views.need", need=texts.number(row.need_per_year, 1)),
    )
    return "<br>".join(lines)


def _inks(means: np.ndarray, theme: Theme) -> list[list[str]]:
    """Light or dark letters, by where the cell lies between the ends of the scale."""
    known = means[np.isfinite(means)]
    low, high = float(known.min()), float(known.max())
    share = (means - low) / (high - low) if high > low else np.zeros_like(means)
    return [[theme.background if value > 0.5 else theme.text for value in row] for row in share]


def _frame(rows: list[ViewRow], measure: str, texts: Texts) -> pd.DataFrame:
    said = [
        estimate_row(row.estimate, measure, texts, view=view_label(row.view, texts), need=row.need_per_year)
        | {
            "design": design_label(row.design, texts),
            "best": texts("figures.yes" if row.best else "figures.no"),
            "tied": texts("figures.yes" if row.is_tied else "figures.no"),
        }
        for row in rows
    ]
    words = ("measure", "view", "need", "design", "mean", "low", "high", "p05", "p95", "unit", "best", "tied")
    return build_table(said, words, texts)


def _in_words(rows: list[ViewRow], measure: str, texts: Texts) -> str:
    """Under each estimate the designs' numbers and the best of them."""
    if not any(row.n for row in rows):
        return texts("figures.nothing")
    sentences = []
    for view, own in groupby(rows, key=lambda row: row.view):
        numbers = "; ".join(
            f"{design_label(row.design, texts)} {_mean_in_words(row.mean, measure, texts)}"
            + (f" ({texts('figures.views.best')})" if row.best else "")
            for row in own
        )
        sentences.append(f"{view_label(view, texts)}: {numbers}.")
    return with_one_stop(f"{measure_label(measure, texts)}. " + " ".join(sentences))


def _mean_in_words(mean: float, measure: str, texts: Texts) -> str:
    return write_estimate(NO_ESTIMATE._replace(n=1, mean=mean), measure, texts)
