"""Referrals by quarter, and what is expected."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from calibration.from_rows.curves import Band, Bins
from dashboard.draw.canvas import Values, build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.learning.drawing import band_traces, empty_figure, sheet_of, titled
from dashboard.draw.theme import MONTH_FORMAT, Theme, see_through
from sim.texts import Texts


def draw_quarters(
    begins: Sequence[dt.date], counts: Bins, fit: Band, texts: Texts, theme: Theme, *, settle_days: float
) -> Chart:
    """Draw referrals by the first days of quarters; those that are not shown have a cross at the axis."""
    caption = texts("calibration.quarters.caption", days=texts.days(settle_days))
    return Chart("quarters", _figure(begins, counts, fit, texts, theme), caption)


def _figure(begins: Sequence[dt.date], counts: Bins, fit: Band, texts: Texts, theme: Theme) -> go.Figure:
    if not begins:
        return empty_figure("quarters", texts, theme)
    x = list(range(len(begins)))
    labels = [day.strftime(MONTH_FORMAT[texts.language]) for day in begins]
    hidden = np.flatnonzero(np.isnan(counts.women)).tolist()
    written = [texts.date(day) for day in begins]
    bars: Values = {
        "type": "bar",
        "name": texts("calibration.quarters.count"),
        "x": x,
        "y": plain(counts.women),
        "marker": {"color": see_through(theme.muted, 0.55)},
        "hovertext": [
            texts("calibration.quarters.hover", count=texts.number(c), date=d)
            for c, d in zip(counts.women, written, strict=True)
        ],
        "hoverinfo": "text",
    }
    traces = [bars, *band_traces(x, fit, texts("calibration.quarters.fit"), theme.primary)]
    if hidden:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": texts("calibration.quarters.hidden"),
                "x": hidden,
                "y": [0.35] * len(hidden),
                "marker": {"symbol": "x", "size": 9, "color": theme.lost},
                "hovertext": [texts("calibration.quarters.hover_hidden", date=written[i]) for i in hidden],
                "hoverinfo": "text",
            }
        )
    axis = {"tickvals": x[::2], "ticktext": labels[::2], "tickangle": -35} | titled("quarters.x", texts)
    axes = {"xaxis": axis, "yaxis": {"rangemode": "tozero"}}
    return build_canvas(traces, axes, sheet_of("quarters", traces, texts, below=64), texts, theme)
