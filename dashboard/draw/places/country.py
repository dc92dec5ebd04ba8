"""What every map of the country shares: the land, the frame around Bornholm, and whose outlines they are."""

import textwrap
from collections.abc import Sequence

from dashboard.draw.canvas import Values, label
from dashboard.draw.places.outlines import BORNHOLM_BOX, COUNTRY, load_outlines
from dashboard.draw.theme import Theme
from sim.texts import Texts

DRAWING = 500
"""Height of the map [px]."""
ATTRIBUTION_ROOM = 46
"""Below it, for whose outlines they are [px]."""

_ATTRIBUTION_LETTERS = 72


def land(theme: Theme) -> Values:
    """Draw coasts and borders of regions."""
    outlines = load_outlines()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": outlines.east,
        "y": outlines.north,
        "fill": "toself",
        "fillcolor": theme.surface,
        "line": {"color": theme.axis, "width": 0.8},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def country_layout(notes: Sequence[Values], texts: Texts, theme: Theme) -> Values:
    """Lay the paper out: no axes, kilometres alike both ways, words on the map, and whose outlines they are below."""
    hidden = {"visible": False, "constrain": "domain"}
    return {
        "xaxis": hidden | {"range": [COUNTRY.west, COUNTRY.east]},
        "yaxis": hidden | {"range": [COUNTRY.south, COUNTRY.north], "scaleanchor": "x", "scaleratio": 1},
        "shapes": [_box(theme)],
        "annotations": [*notes, _attribution(texts, theme)],
        "hovermode": "closest",
    }


def _box(theme: Theme) -> Values:
    """The frame around Bornholm."""
    corners = dict(zip(("x0", "x1", "y0", "y1"), BORNHOLM_BOX, strict=True))
    return {"type": "rect", **corners, "line": {"color": theme.axis, "width": 1}, "layer": "below"}


def _attribution(texts: Texts, theme: Theme) -> Values:
    """Whose outlines they are; their licence wants it shown."""
    note = label(texts("figures.map.attribution"), x=0, y=0, color=theme.muted, size=10)
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left", "yshift": 2}
    return note | place | {"text": "<br>".join(textwrap.wrap(note["text"], _ATTRIBUTION_LETTERS))}
