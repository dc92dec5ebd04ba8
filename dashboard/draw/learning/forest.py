"""Every estimate within what was assumed."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.draw.canvas import Canvas, Values, build_canvas, label, plain
from dashboard.draw.chart import Chart
from dashboard.draw.theme import Theme, see_through
from sim.texts import Texts

_ROW = 36


class ForestRow(NamedTuple):
    """An estimate as a line of the picture."""

    name: str
    before: str  # written out, for pointing at
    after: str
    mean: float  # after the data, where 0 and 1 are the ends of the interval before them
    low: float
    high: float


def draw_forest(rows: Sequence[ForestRow], texts: Texts, theme: Theme) -> Chart:
    """Draw a row for each estimate; what lies further outside the band than a quarter of it is drawn at the edge."""
    places = list(range(len(rows)))
    means, lows, highs = (
        np.clip([getattr(row, part) for row in rows], -0.25, 1.25) for part in ("mean", "low", "high")
    )
    hovers = [texts("calibration.forest.hover", name=r.name, before=r.before, after=r.after) for r in rows]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": plain(means),
        "y": places,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": plain(highs - means),
            "arrayminus": plain(means - lows),
            "color": theme.primary,
            "thickness": 2.5,
            "width": 0,
        },
        "marker": {"color": theme.primary, "size": 9},
        "hovertext": hovers,
        "hoverinfo": "text",
    }
    above = {"xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    layout: Values = {
        "shapes": [_before_band(theme)],
        "annotations": [
            label(row.name, x=0, y=place, color=theme.text, size=12) | above
            for place, row in zip(places, rows, strict=True)
        ],
        "xaxis": {"range": [-0.25, 1.25], "showticklabels": False, "showgrid": False},
        "yaxis": {"range": [len(rows) - 0.5, -0.9], "showticklabels": False, "showgrid": False},
    }
    titles = texts("calibration.forest.title"), texts("calibration.forest.subtitle")
    figure = build_canvas([trace], layout, Canvas(*titles, _ROW * len(rows), below=8), texts, theme)
    return Chart("forest", figure, texts("calibration.forest.caption"))


def _before_band(theme: Theme) -> Values:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 1,
        "fillcolor": see_through(theme.muted, 0.16),
        "line": {"width": 0},
        "layer": "below",
    }
