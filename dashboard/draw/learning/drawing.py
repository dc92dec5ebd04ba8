"""What the charts of what referrals say share: titles, axes, a band with its middle, points with their intervals."""

from collections.abc import Sequence

import plotly.graph_objects as go

from calibration.from_rows.curves import Band, Points
from dashboard.draw.canvas import AXIS_ROOM, Canvas, Values, build_empty_figure, legend_names, plain
from dashboard.draw.theme import Theme, see_through
from sim.texts import Texts

_DRAWING = 300
_BAND = 0.18


def sheet_of(
    name: str, traces: Sequence[Values], texts: Texts, *, below: int = AXIS_ROOM, subtitle: str = "subtitle"
) -> Canvas:
    """Put titles and legend around curves."""
    titles = texts(f"calibration.{name}.title"), texts(f"calibration.{name}.{subtitle}")
    return Canvas(*titles, _DRAWING, below=below, legend=legend_names(traces))


def empty_figure(name: str, texts: Texts, theme: Theme, *, message: str = "") -> go.Figure:
    """Say why there is nothing to draw."""
    said, title = message or texts("calibration.empty"), texts(f"calibration.{name}.title")
    return build_empty_figure(said, texts, theme, title=title)


def by_days(name: str, points: Points, texts: Texts) -> list[str]:
    """Tell of points when they are pointed at: a share and its day."""
    return [
        texts(f"calibration.{name}.hover", share=texts.percent(y), days=texts.days(x))
        for x, y in zip(points.x, points.y, strict=True)
    ]


def titled(key: str, texts: Texts) -> Values:
    """Name an axis."""
    return {"title": {"text": texts(f"calibration.{key}")}}


def share_axis(key: str, texts: Texts) -> Values:
    """Make an axis from 0 to 100 per cent."""
    ticks = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    return titled(key, texts) | {"range": [0, 1.02], "tickvals": ticks, "ticktext": [*map(texts.percent, ticks)]}


def band_traces(x: Sequence[float | None], fit: Band, name: str, color: str, *, dash: str = "solid") -> list[Values]:
    """Draw an interval as a band, and its middle as a line above it."""
    edge = {"type": "scatter", "mode": "lines", "x": list(x), "line": {"width": 0}, "hoverinfo": "skip"}
    fill = {"fill": "tonexty", "fillcolor": see_through(color, _BAND)}
    return [
        edge | {"y": plain(fit.low), "showlegend": False},
        edge | {"y": plain(fit.high), "showlegend": False} | fill,
        edge | {"y": plain(fit.middle), "name": name, "line": {"color": color, "width": 2.5, "dash": dash}},
    ]


def seen_trace(seen: Points, name: str, hovers: Sequence[str], color: str) -> Values:
    """Draw what was counted, with its intervals."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": plain(seen.x),
        "y": plain(seen.y),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": plain(seen.high - seen.y),
            "arrayminus": plain(seen.y - seen.low),
            "color": see_through(color, 0.6),
            "thickness": 1.5,
            "width": 0,
        },
        "marker": {"color": color, "symbol": "square", "size": 8},
        "hovertext": list(hovers),
        "hoverinfo": "text",
    }
