"""What pictures of places that stand on a page of their own share: colours, a band, and what stands around them."""

import html
from typing import Any

import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.draw.theme import SEPARATORS
from sim.texts import Texts

BLUE, PALE_BLUE, LIGHT_BLUE, ORANGE = "#0b5394", "rgba(86,155,214,0.22)", "#569bd6", "#c8500a"
GREY, GREEN, INK = "#767676", "#1b6e3c", "#222222"


def add_band(figure: go.Figure, x: Any, ends: tuple[npt.ArrayLike, npt.ArrayLike], name: str, *, word: str) -> None:
    """Shade what lies between two ends."""
    band = {"x": x, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": word}
    figure.add_scatter(y=ends[0], name=f"{word}_low", showlegend=False, **band)
    figure.add_scatter(y=ends[1], name=name, fill="tonexty", fillcolor=PALE_BLUE, **band)


def finish(figure: go.Figure, titles: tuple[str, str], texts: Texts, *, top: int) -> go.Figure:
    """Put title and subtitle above a picture, the legend below it, and its y axis on 0."""
    title, subtitle = map(html.escape, titles)
    figure.update_layout(
        title={"text": title, "subtitle": {"text": subtitle}, "x": 0, "xref": "paper"},
        separators=SEPARATORS[texts.language],
        template="plotly_white",
        font={"size": 14, "color": INK},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
        margin={"l": 70, "r": 30, "t": top, "b": 20},
        hovermode="x",
    )
    return figure.update_yaxes(rangemode="tozero", zeroline=True)
