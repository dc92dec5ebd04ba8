"""A distribution against the statements it was made from."""

import html

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from calibration.statements import StatementFit
from dashboard.figures.canvas import Sheet, Values, build_canvas, plain
from dashboard.figures.evidence_words import write_amount
from dashboard.texts import Texts
from dashboard.theme import Theme
from sim.cohort.distributions import probability_below, quantile

_DRAWING = 320
_POINTS = 161


def build_statement_figure(fit: StatementFit, texts: Texts, theme: Theme) -> go.Figure:
    """Draw the share gone by each day, and what was stated.

    Parameters
    ----------
    fit : StatementFit
        A distribution and its residuals.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        With a mark for each statement, and a line from it to the curve where they differ.
    """
    reach = max(
        (residual.at for residual in fit.residuals), default=float(quantile(fit.distribution, np.array([0.99]))[0])
    )
    days = 1.25 * reach * np.linspace(0.0, 1.0, _POINTS) ** 2  # closest where the curve is steepest
    names = texts("evidence.figure.fit_curve"), texts("evidence.figure.fit_points")
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": plain(days),
        "y": plain(probability_below(fit.distribution, days)),
        "name": names[0],
        "line": {"color": theme.designs[0], "width": 3},
        "hoverinfo": "skip",
    }
    share = {"text": html.escape(texts("evidence.figure.fit_share"))}
    layout = {
        "xaxis": {"title": {"text": html.escape(texts("evidence.figure.fit_axis"))}, "range": [0, float(days[-1])]},
        "yaxis": {"title": share, "range": [0, 1], "tickformat": ".0%"},
        "hovermode": "closest",
    }
    title = texts("evidence.figure.fit_title")
    subtitle = texts("evidence.figure.fit_subtitle", word=write_word(fit, texts))
    sheet = Sheet(title, subtitle, _DRAWING, legend=names)
    return build_canvas([curve, *_statements(fit, texts, theme, names[1])], layout, sheet, texts, theme)


def statement_frame(fit: StatementFit, texts: Texts) -> pd.DataFrame:
    """Give the numbers behind the picture.

    Parameters
    ----------
    fit : StatementFit
        What is drawn.
    texts : Texts
        For the names of the columns.

    Returns
    -------
    pandas.DataFrame
        One row a statement.
    """
    values = [(residual.at, residual.probability, residual.fitted) for residual in fit.residuals]
    return pd.DataFrame(values, columns=[texts(f"evidence.column.{name}") for name in ("day", "stated", "fitted")])


def describe_statement(fit: StatementFit, texts: Texts) -> str:
    """Say in a sentence what the picture shows.

    Parameters
    ----------
    fit : StatementFit
        What is drawn.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        For those who cannot see it.
    """
    worst = max((abs(residual.difference) for residual in fit.residuals), default=0.0)
    return texts(
        "evidence.describe.fit",
        word=write_word(fit, texts),
        count=texts.number(len(fit.residuals)),
        worst=texts.number(100 * worst, 1),
    )


def write_word(fit: StatementFit, texts: Texts) -> str:
    """Write a distribution with its numbers.

    Parameters
    ----------
    fit : StatementFit
        With its distribution.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Such as ``weibull (shape 0,4583; scale 1.580)``: the words are those of a scenario.
    """
    ((kind, values),) = fit.word().items()
    numbers = "; ".join(f"{name} {write_amount(value, texts)}" for name, value in values.items())
    return f"{kind} ({numbers})"


def _statements(fit: StatementFit, texts: Texts, theme: Theme, name: str) -> list[Values]:
    gaps: tuple[list[float | None], list[float | None]] = ([], [])
    for residual in fit.residuals:
        gaps[0].extend([residual.at, residual.at, None])
        gaps[1].extend([residual.probability, residual.fitted, None])
    hovers = [
        texts(
            "evidence.figure.fit_hover",
            stated=texts.percent(residual.probability, 1),
            day=write_amount(residual.at, texts),
            fitted=texts.percent(residual.fitted, 1),
        )
        for residual in fit.residuals
    ]
    gap = {"type": "scatter", "mode": "lines", "x": gaps[0], "y": gaps[1], "hoverinfo": "skip", "showlegend": False}
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": plain([residual.at for residual in fit.residuals]),
        "y": plain([residual.probability for residual in fit.residuals]),
        "name": name,
        "marker": {"color": theme.designs[1], "size": 11, "symbol": "diamond"},
        "text": hovers,
        "hovertemplate": "%{text}<extra></extra>",
    }
    return [gap | {"line": {"color": theme.lost, "width": 2}}, points]
