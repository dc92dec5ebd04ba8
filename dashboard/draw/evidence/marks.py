"""Ranges and marks of published numbers."""

from collections.abc import Sequence

from dashboard.draw.canvas import Values

Span = tuple[float, float, float]
"""From, to, and where across."""


def range_lines(spans: Sequence[Span], *, color: str, width: int, is_upright: bool = False) -> Values:
    """Draw lines from end to end, that tell nothing when they are pointed at."""
    along = [value for low, high, _ in spans for value in (low, high, None)]
    across = [value for *_, at in spans for value in (at, at, None)]
    x, y = (across, along) if is_upright else (along, across)
    line = {"color": color, "width": width}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False}


def told_marks(name: str, points: tuple[Sequence[float | None], Sequence[float | None]], told: list[str]) -> Values:
    """Draw marks that tell something when they are pointed at; their look is the caller's."""
    told_of = {"text": told, "hovertemplate": "%{text}<extra></extra>"}
    return {"type": "scatter", "mode": "markers", "x": points[0], "y": points[1], "name": name, **told_of}
