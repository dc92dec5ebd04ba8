"""What all figures share: the empty canvas, panels above each other, legends that keep clear, and plain numbers.

Takes traces and a layout as plain values. Gives a plotly figure in the reader's language and theme. Leaves out what is
drawn: that is each figure's own.
"""

import html
import math
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.draw.theme import Theme, plotly_template
from sim.texts import Texts

Values = dict[str, Any]
"""A trace, a layout or a part of one, as plotly.js has it."""

TITLE_ROOM = 56
"""Above the drawing, for title and subtitle of one line each [px]."""
AXIS_ROOM = 44
"""Below the drawing, for the numbers of an axis and its title [px]."""
NUMBERS_ROOM = 28
"""Below the drawing, for the numbers alone [px]."""
PANEL_TITLE_ROOM = 30
"""Above each panel [px]."""
ROW = 32
"""Height of a row with a number above its mark [px]."""

_TITLE_LETTERS, _TITLE_LINE = 42, 20
_SUBTITLE_LETTERS, _SUBTITLE_LINE = 56, 16
_LEGEND_LINE = 20
_FOOTER_LINE = 15
_NO_BREAK = "\u00a0"
_NARROW = 385
_PER_LETTER = 7.0
_PER_ENTRY = 42


class Canvas(NamedTuple):
    """What stands around a drawing; heights and widths in pixels."""

    title: str  # plain text; broken into lines so that it fits a phone
    subtitle: str
    drawing: int  # height of the drawing area
    below: int = AXIS_ROOM  # for its axis
    above: int = 0  # below the titles
    right: int = 20
    names_width: int = 105  # what names at the left take of the width of a phone
    legend: tuple[str, ...] = ()  # names in the legend, if there is one


class Panel(NamedTuple):
    """One of several drawings above each other."""

    title: str
    unit: str  # of its numbers, if it is not said already
    height: int  # of its drawing area [px]


def build_canvas(traces: Sequence[Values], layout: Values, sheet: Canvas, texts: Texts, theme: Theme) -> go.Figure:
    """Put plotly traces, and the layout of the drawing itself, on a sheet."""
    heading, title_room = _heading(sheet)
    top = title_room + sheet.above
    legend_room = _legend_room(sheet)
    height = top + sheet.drawing + sheet.below + legend_room
    around = {
        "title": heading,
        "template": plotly_template(theme, texts),
        "height": height,
        "margin": {"t": top, "b": sheet.below + legend_room, "l": 8, "r": sheet.right},
        "showlegend": bool(sheet.legend),
        "legend": {"xref": "container", "yref": "container", "y": legend_room / height, "yanchor": "top"},
    }
    # Plotly's own checking of each word takes longer than all else; the tests have it check every figure instead.
    return go.Figure(data=list(traces), layout={**around, **layout}, _validate=False)


def with_footer(figure: go.Figure, lines: Sequence[str], theme: Theme) -> go.Figure:
    """Write below a figure what it is about, in short lines, so that a picture of it says so too."""
    room = _FOOTER_LINE * len(lines) + 4
    values = figure.to_plotly_json()
    layout: Values = {**values["layout"]}
    margin, height = dict(layout["margin"]), layout["height"]
    legend = dict(layout.get("legend", {}))
    if "y" in legend:
        legend["y"] = (legend["y"] * height + room) / (height + room)
    note = label("", x=0, y=0, color=theme.muted, size=11) | {
        "text": "<br>".join(map(html.escape, lines)),
        "x": 1,
        "align": "right",
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": -margin["b"] - room + 2,
    }
    margin["b"] += room
    layout |= {"margin": margin, "height": height + room, "legend": legend}
    layout["annotations"] = [*layout.get("annotations", ()), note]
    return go.Figure(data=values["data"], layout=layout, _validate=False)


def _heading(sheet: Canvas) -> tuple[Values, int]:
    """Title and subtitle in lines short enough for a phone, and the room they take [px]."""
    titles, subtitles = (
        textwrap.wrap(sheet.title, _TITLE_LETTERS),
        textwrap.wrap(sheet.subtitle.replace(" %", f"{_NO_BREAK}%"), _SUBTITLE_LETTERS),
    )
    further = _TITLE_LINE * max(0, len(titles) - 1)
    heading: Values = {
        "text": "<br>".join(f"<b>{html.escape(line)}</b>" for line in titles),
        "pad": {"l": 4, "t": 6 + further // 2},
    }
    if subtitles:
        heading["subtitle"] = {"text": "<br>".join(map(html.escape, [*subtitles, _NO_BREAK][: max(2, len(subtitles))]))}
    return heading, TITLE_ROOM + further + _SUBTITLE_LINE * max(0, len(subtitles) - 1)


def _legend_room(sheet: Canvas) -> int:
    """Height of the legend on a phone: as wide as the drawing, and all entries as wide as the widest [px]."""
    if not sheet.legend:
        return 0
    widest = max(_PER_LETTER * len(name) + _PER_ENTRY for name in sheet.legend)
    columns = max(1, int((_NARROW - sheet.names_width - sheet.right) // widest))
    return math.ceil(len(sheet.legend) / columns) * _LEGEND_LINE + 8


def build_empty_figure(message: str, texts: Texts, theme: Theme, *, title: str) -> go.Figure:
    """Say why there is nothing to draw below the title of what would have been drawn."""
    note = label(message, x=0.5, y=0.5, color=theme.muted) | {"xref": "paper", "yref": "paper"}
    hidden = {"visible": False}
    layout = {"xaxis": hidden, "yaxis": hidden, "annotations": [note]}
    return build_canvas([], layout, Canvas(title, "", 80, below=8), texts, theme)


def label(text: str, *, x: float, y: float, color: str, size: int = 13) -> Values:
    """Write plain text into a drawing: an annotation centred on a point, in the units of the axes the caller names."""
    return {"text": html.escape(text), "x": x, "y": y, "showarrow": False, "font": {"size": size, "color": color}}


def left_label(text: str, *, y: float, color: str, size: int = 12) -> Values:
    """Write words that are plotly's own HTML at the left edge, standing on a height."""
    where = {"xref": "paper", "xanchor": "left", "yanchor": "bottom", "align": "left"}
    return label("", x=0, y=y, color=color, size=size) | where | {"text": text}


def hatch(shape: str, theme: Theme, *, size: int = 6, solidity: float = 0.2) -> Values:
    """Make the pattern of a bar, so that nothing is told by colour alone."""
    return {"shape": shape, "fgcolor": theme.background, "fillmode": "overlay", "size": size, "solidity": solidity}


def legend_names(traces: Sequence[Values]) -> tuple[str, ...]:
    """List the names that stand in the legend."""
    return tuple(trace["name"] for trace in traces if trace.get("showlegend", True))


def stack_panels(panels: Sequence[Panel], theme: Theme) -> tuple[Values, int]:
    """Lay panels out above each other: axes and titles (``xaxis``, ``xaxis2``, ...), and the height they take [px]."""
    inner = sum(panel.height + PANEL_TITLE_ROOM for panel in panels) + NUMBERS_ROOM * (len(panels) - 1)
    layout: Values = {"annotations": []}
    top = 0.0
    for number, panel in enumerate(panels):
        suffix = axis_suffix(number)
        start = top + PANEL_TITLE_ROOM
        end = start + panel.height
        layout[f"yaxis{suffix}"] = {"domain": [max(0.0, 1 - end / inner), 1 - start / inner], "anchor": f"x{suffix}"}
        layout[f"xaxis{suffix}"] = {"anchor": f"y{suffix}"}
        unit = f" <span style='color:{theme.muted}'>{html.escape(panel.unit)}</span>" if panel.unit else ""
        title = label("", x=0, y=1 - start / inner, color=theme.text) | {
            "text": f"<b>{html.escape(panel.title)}</b>{unit}",
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 4,
        }
        layout["annotations"].append(title)
        top = end + NUMBERS_ROOM
    return layout, inner


def axis_suffix(panel: int) -> str:
    """Name the axes of a panel, counted from 0, as plotly does: empty, ``2``, ``3``, ..."""
    return "" if panel == 0 else str(panel + 1)


def plain(values: npt.ArrayLike, digits: int = 5) -> list[float | None]:
    """Round numbers for drawing, so that few letters are sent; None where there is no number."""
    return [
        float(f"{value:.{digits}g}") if math.isfinite(value) else None for value in np.ravel(np.asarray(values, float))
    ]


def spread_evenly(n: int, room: float = 0.7) -> npt.NDArray[np.float64]:
    """Spread marks evenly around their category, so that none hides another: distances from its middle, rising."""
    if n == 1:
        return np.zeros(1)
    return (np.arange(n) / (n - 1) - 0.5) * room * (n - 1) / n


def rows_axis(names: Sequence[str]) -> Values:
    """Make a y axis of names from the top: the first at 0, the second at 1, ..."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "range": [len(names) - 0.5, -0.75],
        "showgrid": False,
        "ticklabelstandoff": 14,  # so that a mark at 0 does not touch its name
    }
