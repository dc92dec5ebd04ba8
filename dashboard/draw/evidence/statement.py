"""A distribution against the statements it was made from."""

import html

import numpy as np
import plotly.graph_objects as go

from calibration.statements import StatementFit
from dashboard.draw.canvas import Canvas, Values, build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.evidence.marks import range_lines, told_marks
from dashboard.draw.theme import Theme
from dashboard.say.evidence_words import write_amount
from sim.cohort.distributions import probability_below, quantile
from sim.texts import Texts

_DRAWING = 320
_POINTS = 161


def draw_statement(fit: StatementFit, texts: Texts, theme: Theme) -> Chart:
    """Draw the share gone by each day, a mark for each statement, and a line to the curve where they differ."""
    worst = max((abs(residual.difference) for residual in fit.residuals), default=0.0)
    said = {"count": texts.number(len(fit.residuals)), "worst": texts.number(100 * worst, 1)}
    sentence = texts("evidence.describe.fit", word=_word(fit, texts), **said)
    return Chart("evidence-statement", _figure(fit, texts, theme), sentence)


def _figure(fit: StatementFit, texts: Texts, theme: Theme) -> go.Figure:
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
        "line": {"color": theme.primary, "width": 3},
        "hoverinfo": "skip",
    }
    share = {"text": html.escape(texts("evidence.figure.fit_share"))}
    layout = {
        "xaxis": {"title": {"text": html.escape(texts("evidence.figure.fit_axis"))}, "range": [0, float(days[-1])]},
        "yaxis": {"title": share, "range": [0, 1], "tickformat": ".0%"},
        "hovermode": "closest",
    }
    title = texts("evidence.figure.fit_title")
    subtitle = texts("evidence.figure.fit_subtitle", word=_word(fit, texts))
    sheet = Canvas(title, subtitle, _DRAWING, legend=names)
    return build_canvas([curve, *_statements(fit, texts, theme, names[1])], layout, sheet, texts, theme)


def _word(fit: StatementFit, texts: Texts) -> str:
    """A distribution with its numbers, such as ``weibull (shape 0,4583; scale 1.580)``, in the words of a scenario."""
    ((kind, values),) = fit.word().items()
    numbers = "; ".join(f"{name} {write_amount(value, texts)}" for name, value in values.items())
    return f"{kind} ({numbers})"


def _statements(fit: StatementFit, texts: Texts, theme: Theme, name: str) -> list[Values]:
    hovers = [
        texts(
            "evidence.figure.fit_hover",
            stated=texts.percent(residual.probability, 1),
            day=write_amount(residual.at, texts),
            fitted=texts.percent(residual.fitted, 1),
        )
        for residual in fit.residuals
    ]
    gaps = [(residual.probability, residual.fitted, residual.at) for residual in fit.residuals]
    points = plain([at for *_, at in gaps]), plain([stated for stated, *_ in gaps])
    marks = told_marks(name, points, hovers) | {"marker": {"color": theme.speakers[0], "size": 11, "symbol": "diamond"}}
    return [range_lines(gaps, color=theme.lost, width=2, is_upright=True), marks]
