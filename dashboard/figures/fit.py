"""Figures of a fit by simulation: before and after, two at a time, observed and foretold, and convergence."""

import html
import textwrap
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from calibration.by_simulation import Fit, Foretold
from calibration.by_simulation.fitting import LARGEST_SHIFT, LARGEST_SURFACE_ERROR
from calibration.by_simulation.prior import parameter_values
from dashboard.figures.fit_words import is_share, measure_label, parameter_label, scope_label
from dashboard.texts import Texts
from dashboard.theme import DASHES, Theme, plotly_template, see_through

Floats = npt.NDArray[np.float64]

_DRAWS = 40_000
_POINTS = 1000
_BINS = 32
_LETTERS = 44
_SUBTITLE_LETTERS = 58
_PANEL = 220
_ROW = 34
_HEAD = 90
_FOOT = 110
_ROOM = 1.05


def build_prior_posterior_figure(fit: Fit, texts: Texts, theme: Theme) -> go.Figure:
    """Draw how likely the values of each parameter are, before and after.

    Parameters
    ----------
    fit : Fit
        What was found.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A panel for each parameter.
    """
    paths = [one.free.path for one in fit.learnt]
    after, before = (_shown(draws, paths) for draws in (fit.draws(_DRAWS), fit.prior_draws(_DRAWS)))
    titles = [_wrapped(parameter_label(path, texts)) for path in paths]
    figure = make_subplots(rows=len(paths), cols=1, subplot_titles=titles, vertical_spacing=0.55 / (len(paths) + 1))
    for number, path in enumerate(paths):
        edges = np.linspace(*np.quantile(np.concatenate([before[:, number], after[:, number]]), [0.001, 0.999]), _BINS)
        kinds = (("before", before, theme.muted, "dot", False), ("after", after, theme.primary, "solid", True))
        for word, values, color, dash, is_filled in kinds:
            density, _ = np.histogram(values[:, number], bins=edges, density=True)
            figure.add_scatter(
                x=(edges[:-1] + edges[1:]) / 2,
                y=density,
                name=texts(f"fit.figure.{word}"),
                legendgroup=word,
                showlegend=number == 0,
                mode="lines",
                line={"color": color, "dash": dash, "width": 2, "shape": "spline"},
                fill="tozeroy" if is_filled else None,
                fillcolor=see_through(color, 0.2),
                hovertemplate=texts("fit.figure.density_hover", name=texts(f"fit.figure.{word}")) + "<extra></extra>",
                row=number + 1,
                col=1,
            )
        figure.update_xaxes(ticksuffix=_suffix(path, texts), row=number + 1, col=1)
    figure.update_yaxes(showticklabels=False, rangemode="tozero", showgrid=False)
    return _finished(figure, texts, theme, name="prior_posterior", height=_HEAD + _PANEL * len(paths))


def build_pairs_figure(fit: Fit, texts: Texts, theme: Theme) -> go.Figure:
    """Draw every two parameters against each other.

    Parameters
    ----------
    fit : Fit
        What was found, for at least two parameters.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A panel for each pair, below the diagonal.
    """
    paths = [one.free.path for one in fit.learnt]
    after, before = (_shown(draws, paths) for draws in (fit.draws(_POINTS), fit.prior_draws(_POINTS)))
    n = len(paths) - 1
    figure = make_subplots(
        rows=n, cols=n, shared_xaxes=True, shared_yaxes=True, horizontal_spacing=0.03, vertical_spacing=0.03
    )
    for row in range(n):
        for column in range(row + 1):
            place = {"row": row + 1, "col": column + 1}
            for word, draws, color, symbol in (
                ("before", before, theme.muted, "circle-open"),
                ("after", after, theme.primary, "circle"),
            ):
                figure.add_scatter(
                    x=draws[:, column],
                    y=draws[:, row + 1],
                    mode="markers",
                    name=texts(f"fit.figure.{word}"),
                    legendgroup=word,
                    showlegend=row == column == 0,
                    marker={"size": 4, "color": color, "opacity": 0.45, "symbol": symbol},
                    hoverinfo="skip",
                    **place,
                )
            if row == n - 1:
                figure.update_xaxes(title=_wrapped(parameter_label(paths[column], texts), 28), **place)
            if column == 0:
                figure.update_yaxes(title=_wrapped(parameter_label(paths[row + 1], texts), 28), **place)
            figure.update_xaxes(ticksuffix=_suffix(paths[column], texts), **place)
            figure.update_yaxes(ticksuffix=_suffix(paths[row + 1], texts), **place)
    return _finished(figure, texts, theme, name="pairs", height=_HEAD + max(320, 240 * n))


def build_foretold_figure(fit: Fit, texts: Texts, theme: Theme) -> go.Figure:
    """Draw what was observed beside what the fitted model foretells.

    Parameters
    ----------
    fit : Fit
        What was found.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A panel for each measure, a row for each number.
    """
    measures = list(dict.fromkeys(one.target.measure for one in fit.foretold))
    rows = {measure: [one for one in fit.foretold if one.target.measure == measure] for measure in measures}
    heights = [_ROW * len(rows[measure]) + 40 for measure in measures]
    figure = make_subplots(
        rows=len(measures),
        cols=1,
        subplot_titles=[_wrapped(measure_label(measure, texts)) for measure in measures],
        row_heights=heights,
        vertical_spacing=min(0.3, 90 / (sum(heights) + 90 * len(measures))),
    )
    shown: set[str] = set()
    for number, measure in enumerate(measures, start=1):
        _add_foretold(figure, rows[measure], texts, theme, row=number, shown=shown)
        scale = _scale(rows[measure][0])
        furthest = scale * max(max(one.band[1], one.target.value) for one in rows[measure])
        suffix = _percent_sign(texts) if scale != 1 else ""
        figure.update_xaxes(ticksuffix=suffix, range=[0, _ROOM * furthest], row=number, col=1)
        figure.update_yaxes(autorange="reversed", type="category", row=number, col=1)
    return _finished(figure, texts, theme, name="foretold", height=_HEAD + sum(heights) + 90 * len(measures))


def _add_foretold(
    figure: go.Figure, foretold: Sequence[Foretold], texts: Texts, theme: Theme, *, row: int, shown: set[str]
) -> None:
    """Bands, medians and what was observed, of one measure; each kind is in the legend once."""
    names = [scope_label(one.target, texts) for one in foretold]
    scale = _scale(foretold[0])
    ends = [end for one in foretold for end in (scale * one.band[0], scale * one.band[1], None)]
    marks = {
        "band": {
            "x": ends,
            "y": [name for name in names for _ in range(3)],
            "mode": "lines",
            "line": {"color": see_through(theme.primary, 0.45), "width": 10},
        },
        "median": {
            "x": [scale * one.median for one in foretold],
            "y": names,
            "mode": "markers",
            "marker": {"color": theme.primary, "size": 9},
        },
    }
    for word, is_inside, color, symbol in (
        ("observed", True, theme.text, "diamond-open"),
        ("observed_outside", False, theme.lost, "diamond"),
    ):
        chosen = [
            (scale * one.target.value, name)
            for one, name in zip(foretold, names, strict=True)
            if one.is_inside is is_inside
        ]
        if chosen:
            marks[word] = {
                "x": [value for value, _ in chosen],
                "y": [name for _, name in chosen],
                "mode": "markers",
                "marker": {"color": color, "symbol": symbol, "size": 14, "line": {"width": 2}},
            }
    for word, mark in marks.items():
        name = texts(f"fit.figure.{word}")
        figure.add_scatter(name=name, legendgroup=word, showlegend=word not in shown, row=row, col=1, **mark)
        shown.add(word)


def build_convergence_figure(fit: Fit, texts: Texts, theme: Theme) -> go.Figure:
    """Draw how the rounds went, and whether the chains agree.

    Parameters
    ----------
    fit : Fit
        What was found.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        The rounds with their limits, and beside them where the middle of each chain is, step by step, by parameter.
    """
    chains = fit.drawn.chains.draws
    n_free = chains.shape[-1]
    titles = [texts("fit.figure.round"), *(_wrapped(parameter_label(one.free.path, texts)) for one in fit.learnt)]
    figure = make_subplots(
        rows=n_free,
        cols=2,
        specs=[[{"rowspan": n_free} if row == 0 else None, {}] for row in range(n_free)],
        subplot_titles=titles,
        column_widths=[0.4, 0.6],
        vertical_spacing=0.4 / (n_free + 1),
    )
    _add_rounds(figure, fit, texts, theme)
    steps = np.arange(1, chains.shape[1] + 1)
    paths = [one.free.path for one in fit.learnt]
    for chain, draws in enumerate(chains):
        means = _shown(parameter_values(fit.drawn.question.free, draws.mean(axis=1)), paths)
        for parameter in range(n_free):
            figure.add_scatter(
                x=steps,
                y=means[:, parameter],
                name=texts("fit.figure.chain", number=chain + 1),
                legendgroup=f"chain{chain}",
                showlegend=parameter == 0,
                mode="lines",
                line={"color": theme.designs[chain], "width": 1.5, "dash": DASHES[chain]},
                hoverinfo="skip",
                row=parameter + 1,
                col=2,
            )
    for number, path in enumerate(paths, start=1):
        figure.update_yaxes(ticksuffix=_suffix(path, texts), row=number, col=2)
    figure.update_xaxes(title=texts("fit.figure.step"), row=n_free, col=2)
    return _finished(figure, texts, theme, name="convergence", height=_HEAD + max(360, 200 * n_free))


def _add_rounds(figure: go.Figure, fit: Fit, texts: Texts, theme: Theme) -> None:
    rounds = fit.drawn.rounds
    numbers = list(range(1, len(rounds) + 1))
    lines = (
        ("surface_error", [one.surface_error for one in rounds], theme.designs[4], "circle", LARGEST_SURFACE_ERROR),
        ("shift", [one.shift for one in rounds], theme.designs[1], "square", LARGEST_SHIFT),
    )
    for word, values, color, symbol, limit in lines:
        known = [value if np.isfinite(value) else None for value in values]
        figure.add_scatter(
            x=numbers,
            y=known,
            name=texts(f"fit.figure.{word}"),
            mode="lines+markers",
            line={"color": color, "width": 2},
            marker={"symbol": symbol, "size": 10},
            row=1,
            col=1,
        )
        figure.add_scatter(
            x=[0.5, len(rounds) + 0.5],
            y=[limit, limit],
            name=texts(f"fit.figure.limit_{'surface' if word == 'surface_error' else word}"),
            mode="lines",
            line={"color": color, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            row=1,
            col=1,
        )
    figure.update_xaxes(dtick=1, range=[0.5, len(rounds) + 0.5], row=1, col=1)
    figure.update_yaxes(title=texts("fit.figure.size"), rangemode="tozero", row=1, col=1)


def _shown(draws: Floats, paths: Sequence[str]) -> Floats:
    """Values as they are shown: shares in per cent."""
    return draws * np.array([100.0 if is_share(path) else 1.0 for path in paths])


def _scale(foretold: Foretold) -> float:
    return 100.0 if foretold.target.unit == "share" else 1.0


def _suffix(path: str, texts: Texts) -> str:
    return _percent_sign(texts) if is_share(path) else ""


def _percent_sign(texts: Texts) -> str:
    """Per cent as the language writes it, with or without a space."""
    return texts.percent(0.0)[1:]


def _finished(figure: go.Figure, texts: Texts, theme: Theme, *, name: str, height: int) -> go.Figure:
    subtitle = "<br>".join(textwrap.wrap(html.escape(texts(f"fit.figure.{name}_subtitle")), _SUBTITLE_LETTERS))
    figure.update_layout(
        template=plotly_template(theme, texts),
        title={"text": html.escape(texts(f"fit.figure.{name}")), "subtitle": {"text": subtitle}},
        height=height + _FOOT,
        margin={"t": _HEAD + 40, "b": _FOOT, "l": 20, "r": 24},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
    )
    figure.update_annotations(font={"size": 13, "color": theme.text})
    return figure


def _wrapped(text: str, letters: int = _LETTERS) -> str:
    return "<br>".join(html.escape(line) for line in textwrap.wrap(text, letters))
