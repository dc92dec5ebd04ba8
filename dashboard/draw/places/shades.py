"""A map of the municipalities in few colours: each as large as its need, in the colour of its class."""

import html
import itertools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, legend_names, plain
from dashboard.draw.places.country import ATTRIBUTION_ROOM, DRAWING, country_layout, land
from dashboard.draw.places.outlines import on_paper
from dashboard.draw.theme import Theme
from sim.looks.catchments import Catchments
from sim.texts import Texts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_CLASSES = 5

_PIXELS_OF_ONE_WOMAN, _SMALLEST = 10.0, 6.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Shades(NamedTuple):
    """What is shown of places, which are municipalities or hold some."""

    title: str
    subtitle: str
    values: Floats  # of each place; not a number where it is not known
    place_of: Ints  # [shape (n_municipalities,)] Number of the place each municipality belongs to
    told: list[str]  # of each place, below the name of the municipality
    name_classes: Callable[[Floats], list[str]]  # from the edges of the classes
    unknown: str  # name of the class of those that are not known
    width: float = 0.0  # no class is narrower


def draw_shades(shades: Shades, catchments: Catchments, texts: Texts, theme: Theme) -> go.Figure:
    """Draw the map; the catchments say where municipalities lie and how large their need is."""
    east, north = on_paper(catchments.lon, catchments.lat)
    edges = class_edges(shades.values, width=shades.width)
    classes = np.clip(np.searchsorted(edges, shades.values + 1e-12, side="right") - 1, 0, max(len(edges) - 2, 0))
    names = [*shades.name_classes(edges), shades.unknown]
    classes[np.isnan(shades.values)] = len(names) - 1
    size = np.maximum(_SMALLEST, _PIXELS_OF_ONE_WOMAN * np.sqrt(catchments.need_per_year))
    colors = _colors(len(names) - 1, theme)
    traces: list[Values] = [land(theme)]
    for number, name in enumerate(names):
        own = [place for place in np.argsort(-size) if classes[shades.place_of[place]] == number]
        if own:
            told = [(catchments.name[one], shades.told[shades.place_of[one]]) for one in own]
            lines = [f"<b>{html.escape(municipality)}</b><br>{line}" for municipality, line in told]
            color = colors[number] if number < len(colors) else theme.background
            traces.append(_points(name, east[own], north[own], size[own], lines, color, theme))
    sheet = Canvas(shades.title, shades.subtitle, DRAWING, ATTRIBUTION_ROOM, right=4, names_width=8)
    sheet = sheet._replace(legend=legend_names(traces))
    return build_canvas(traces, country_layout((), texts, theme), sheet, texts, theme)


def class_edges(values: npt.ArrayLike, *, width: float = 0.0) -> Floats:
    """Find round numbers that part values into few classes: the edges between and around them.

    No class is narrower than the width of an interval, so that colours do not tell apart what cannot be told apart.
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    if high - low <= 1e-9 * max(abs(high), 1.0):
        return np.array([low, high])
    least = max((high - low) / MOST_CLASSES, width)
    power = 10.0 ** math.floor(math.log10(least))
    for step in (power * factor for factor in (*_STEPS, 20.0)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= MOST_CLASSES and step >= width:
            break
    edges: Floats = np.arange(first, last + 1) * step
    return edges


def class_names(shown: Floats, unit: str, texts: Texts) -> list[str]:
    """Say from where to where each class goes; the edges are in the unit."""
    step = float(np.diff(shown).min()) if len(shown) > 1 else 0.0
    digits = next((digits for digits in range(3) if abs(step - round(step, digits)) < 1e-9), 2) if step else 1
    written = [texts.number(round(float(edge), digits), digits) for edge in shown]
    if not step:
        return [f"{written[0]}{unit}"]
    return [f"{low}-{high}{unit}" for low, high in itertools.pairwise(written)]


def _points(  # noqa: PLR0913, PLR0917 - where they lie and how they look
    name: str, east: Floats, north: Floats, size: Floats, lines: list[str], color: str, theme: Theme
) -> Values:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": plain(east, 4),
        "y": plain(north, 4),
        "hovertext": lines,
        "hoverinfo": "text",
        "marker": {
            "size": plain(size, 3),
            "color": color,
            "symbol": "circle",
            "opacity": 0.95,
            "line": {"color": theme.text, "width": 0.8},
        },
    }


def _colors(n: int, theme: Theme) -> list[str]:
    """Colours from low to high, as far apart as they can be."""
    last = len(theme.travel) - 1
    return [theme.travel[round(number * last / max(n - 1, 1))] for number in range(n)]
