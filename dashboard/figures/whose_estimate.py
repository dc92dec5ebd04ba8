"""Whose estimate: a measure under every estimate of need, design by design, and which design does best under which."""

import html
import textwrap
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.canvas import Sheet, Values, build_canvas, build_empty_figure, plain
from dashboard.measure_words import (
    BETTER,
    NO_ESTIMATE,
    Estimate,
    estimate_of,
    measure_label,
    raw_unit,
    scale_of,
    with_one_stop,
    write_alike,
    write_estimate,
    write_interval,
)
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.experiment import Results


class ViewRow(NamedTuple):
    """A design under an estimate of need.

    Attributes
    ----------
    view : str
        Id of the estimate, or any name.
    need_per_year : float
        The need it means [women/year].
    design : str
        Name of the design.
    n : int
        Replications that have a value.
    mean, low, high, p05, p95 : float
        As in `Estimate`.
    best : bool
        Whether its mean is the best under the estimate.
    is_tied : bool
        Whether its interval reaches that of the best.
    """

    view: str
    need_per_year: float
    design: str
    n: int
    mean: float
    low: float
    high: float
    p05: float
    p95: float
    best: bool
    is_tied: bool

    @property
    def estimate(self) -> Estimate:
        """Its number."""
        return Estimate(self.n, self.mean, self.low, self.high, self.p05, self.p95)


VIEW_COLUMNS = ViewRow._fields
"""Columns of `view_estimates`."""

_CELL = 40
_LETTERS = 20


def view_estimates(results: Mapping[str, Results], *, measure: str) -> pd.DataFrame:
    """Put a measure of the same designs under several estimates of need into one table.

    Parameters
    ----------
    results : mapping of str to Results
        By estimate of need: the id of a published one, or any name.
    measure : str
        Name of a measure.

    Returns
    -------
    pandas.DataFrame
        A row for each estimate and design, with `VIEW_COLUMNS`; ``best`` marks the best mean of each estimate,
        ``is_tied`` those whose intervals reach that of the best.
    """
    rows = []
    for view, found in results.items():
        estimates = {name: estimate_of(comparison, measure) for name, comparison in found.designs.items()}
        best = _best(estimates, measure)
        for name, estimate in estimates.items():
            is_tied = best not in ("", name) and _overlap(estimate, estimates[best])
            rows.append(ViewRow(view, found.funnel.need_per_year, name, *estimate, name == best, is_tied))
    return pd.DataFrame(rows, columns=list(VIEW_COLUMNS))


def _rows(frame: pd.DataFrame) -> list[ViewRow]:
    return [ViewRow(*values) for values in frame[list(VIEW_COLUMNS)].to_numpy(dtype=object).tolist()]


def _best(estimates: Mapping[str, Estimate], measure: str) -> str:
    """The design with the best mean; none where there is no better and worse, or no choice, or all are alike."""
    known = {name: estimate.mean for name, estimate in estimates.items() if estimate.n}
    sign = BETTER.get(measure, 0)
    if not sign or len(set(known.values())) < 2:
        return ""
    return max(known, key=lambda name: sign * known[name])


def _overlap(one: Estimate, other: Estimate) -> bool:
    return one.n > 0 and one.low <= other.high and other.low <= one.high


def build_views_figure(frame: pd.DataFrame, texts: Texts, theme: Theme, *, measure: str) -> go.Figure:
    """Draw a measure as a heat map of estimates of need and designs.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `view_estimates`.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    measure : str
        The same measure.

    Returns
    -------
    plotly.graph_objects.Figure
        A row for each estimate, a column for each design, the number in each cell and a star at the best of each row.
    """
    title = measure_label(measure, texts)
    views, designs = list(dict.fromkeys(frame["view"])), list(dict.fromkeys(frame["design"]))
    if not (frame["n"] > 0).any():
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    rows = _rows(frame)
    scale = scale_of(measure, texts, largest=max(abs(row.mean) for row in rows if row.n))
    means = np.full((len(views), len(designs)), np.nan)
    for row in rows:
        means[views.index(row.view), designs.index(row.design)] = row.mean
    layout = {
        "xaxis": {
            "side": "top",
            "tickvals": list(range(len(designs))),
            "ticktext": [_wrapped(design_label(name, texts)) for name in designs],
            "showgrid": False,
        },
        "yaxis": {
            "autorange": "reversed",
            "tickvals": list(range(len(views))),
            "ticktext": [_wrapped(view_label(view, texts)) for view in views],
            "showgrid": False,
        },
    }
    traces = [_heat(means * scale.factor, theme), _numbers(rows, _inks(means, theme), texts, measure=measure)]
    unit = scale.title or texts("figures.unit.per_cent")
    has_best = bool(frame["best"].any())
    subtitle = texts("figures.views.subtitle_best" if has_best else "figures.views.subtitle", unit=unit)
    return build_canvas(traces, layout, Sheet(title, subtitle, _CELL * len(views), below=8, above=56), texts, theme)


def view_label(view: str, texts: Texts) -> str:
    """Name an estimate of need.

    Parameters
    ----------
    view : str
        Id of a published estimate, or any name.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Its label in the catalogue, else the name itself.
    """
    key = f"views.{view}.label"
    return texts(key) if key in texts else view


def _wrapped(name: str) -> str:
    """A name in lines short enough for a phone."""
    lines = textwrap.wrap(name, _LETTERS, break_long_words=False)
    return "<br>".join(html.escape(line) for line in lines)


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


def _numbers(rows: list[ViewRow], inks: list[list[str]], texts: Texts, *, measure: str) -> Values:
    """The number in each cell, with a star at the best, in the ink that is read best on the cell's colour."""
    views, designs = (
        list(dict.fromkeys(names)) for names in zip(*((row.view, row.design) for row in rows), strict=True)
    )
    x, y = [designs.index(row.design) for row in rows], [views.index(row.view) for row in rows]
    marks = ["<br>★" if row.best else "<br>☆" if row.is_tied else "" for row in rows]
    numbers = write_alike([row.estimate for row in rows], measure, texts)
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": [number + mark for number, mark in zip(numbers, marks, strict=True)],
        "textfont": {"color": [inks[line][column] for column, line in zip(x, y, strict=True)], "size": 13},
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
    on_low, on_high = theme.text, theme.background
    return [[on_high if value > 0.5 else on_low for value in row] for row in share]


def views_frame(frame: pd.DataFrame, texts: Texts, *, measure: str) -> pd.DataFrame:
    """Name the columns of `view_estimates` in the reader's language.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `view_estimates`.
    texts : Texts
        In the reader's language.
    measure : str
        The same measure.

    Returns
    -------
    pandas.DataFrame
        For download, numbers as they stand in results.
    """
    yes_no = {True: texts("figures.yes"), False: texts("figures.no")}
    named = pd.DataFrame(
        {
            "measure": measure_label(measure, texts),
            "view": [view_label(view, texts) for view in frame["view"]],
            "need": frame["need_per_year"],
            "design": [design_label(name, texts) for name in frame["design"]],
            **{word: frame[word] for word in ("mean", "low", "high", "p05", "p95")},
            "unit": raw_unit(measure, texts),
            "best": frame["best"].map(yes_no),
            "tied": frame["is_tied"].map(yes_no),
        }
    )
    return named.rename(columns={word: texts(f"figures.column.{word}") for word in named.columns})


def describe_views(frame: pd.DataFrame, texts: Texts, *, measure: str) -> str:
    """Say what the heat map shows.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `view_estimates`.
    texts : Texts
        In the reader's language.
    measure : str
        The same measure.

    Returns
    -------
    str
        Under each estimate the designs' numbers and the best of them, for those who do not see it.
    """
    if not (frame["n"] > 0).any():
        return texts("figures.nothing")
    sentences = []
    for view, rows in groupby(_rows(frame), key=lambda row: row.view):
        numbers = "; ".join(
            f"{design_label(row.design, texts)} {_mean_in_words(row.mean, measure, texts)}"
            + (f" ({texts('figures.views.best')})" if row.best else "")
            for row in rows
        )
        sentences.append(f"{view_label(view, texts)}: {numbers}.")
    return with_one_stop(f"{measure_label(measure, texts)}. " + " ".join(sentences))


def _mean_in_words(mean: float, measure: str, texts: Texts) -> str:
    return write_estimate(NO_ESTIMATE._replace(n=1, mean=mean), measure, texts)
