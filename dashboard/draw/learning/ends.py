"""How the stays ended, each way taking from the other."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from calibration.from_rows.curves import Points
from dashboard.draw.canvas import Values, build_canvas
from dashboard.draw.chart import Chart
from dashboard.draw.learning.drawing import by_days, empty_figure, seen_trace, share_axis, sheet_of, titled
from dashboard.draw.theme import Theme
from sim.texts import Texts


def draw_ends(curves: Mapping[str, Points], texts: Texts, theme: Theme) -> Chart:
    """Draw the cumulative incidence of ``completed`` and ``left_early`` by days since admission."""
    return Chart("ends", _figure(curves, texts, theme), texts("calibration.ends.caption"))


def _figure(curves: Mapping[str, Points], texts: Texts, theme: Theme) -> go.Figure:
    traces: list[Values] = []
    looks = {"completed": (theme.parts[0], "circle", "solid"), "left_early": (theme.parts[1], "square", "dash")}
    for word, points in curves.items():
        if len(points.x):
            color, symbol, dash = looks[word]
            from_zero = Points(*(np.concatenate(([0.0], values)) for values in points))
            hovers = ["", *by_days("ends", points, texts)]
            trace = seen_trace(from_zero, texts(f"calibration.ends.{word}"), hovers, color)
            marker = {"color": color, "symbol": symbol, "size": 9}
            traces.append(trace | {"mode": "lines+markers", "line": {"color": color, "dash": dash}, "marker": marker})
    if not traces:
        return empty_figure("ends", texts, theme, message=texts("calibration.ends.none"))
    axes = {"xaxis": titled("ends.x", texts) | {"rangemode": "tozero"}, "yaxis": share_axis("ends.y", texts)}
    return build_canvas(traces, axes, sheet_of("ends", traces, texts), texts, theme)
