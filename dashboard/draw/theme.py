"""How everything looks: colours, template and picture settings, for a light and a dark room.

Takes a theme and the reader's language. Gives the colours by what they stand for, a plotly template and the settings of
a chart. Colours keep their distance for the colour-blind, and nothing is told by colour alone: designs have symbols,
dashes and patterns too. Leaves out what is drawn.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.report.palette import (
    AXIS,
    DESIGN_COLORS,
    GRID,
    MUTED,
    PART_COLORS,
    PATTERNS,
    PAYER_COLORS,
    SURFACE,
    TEXT,
)
from sim.texts import Texts

FONT = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
"""Fonts of the reader's machine: a saved picture cannot have those of the page, and would be cut with others."""

SEPARATORS = {"da": ",.", "en": ".,"}
"""Decimal mark and thousands separator, as plotly wants them."""

DATE_FORMAT = {"da": "%d.%m.%Y", "en": "%d/%m/%Y"}
"""A day, in d3's words."""

MONTH_FORMAT = {"da": "%m.%Y", "en": "%m/%Y"}
"""A month, in d3's words: numbers only, so that no calendar has to be translated."""


class Theme(NamedTuple):
    """Colours by what they stand for, as ``#rrggbb``."""

    is_dark: bool
    background: str  # behind everything
    surface: str  # behind what stands on it
    text: str
    muted: str  # words of less weight
    grid: str  # lines that help the eye
    axis: str  # lines that carry meaning, such as zero
    primary: str  # what can be acted upon
    designs: tuple[str, ...]  # in their order; no other thing has these
    payers: tuple[str, ...]  # municipality, region and state
    parts: tuple[str, ...]  # of a whole, such as what became of the women, in order
    speakers: tuple[str, ...]  # those who say a number
    travel: tuple[str, ...]  # classes of travel time, short to long
    heat: tuple[str, ...]  # ends of the heat map, low to high
    lost: str  # what ended without a place
    order: tuple[str, ...] = ()  # names of all designs of the scenario, those left out too


_COLORS = {
    "background": ("#ffffff", "#14181f"),
    "surface": (SURFACE, "#1d232c"),
    "text": (TEXT, "#e8ecf0"),
    "muted": (MUTED, "#a9b4bf"),
    "grid": (GRID, "#2f3742"),
    "axis": (AXIS, "#8592a0"),
    "primary": ("#3762b5", "#9cb1d9"),
    "designs": (
        DESIGN_COLORS,
        ("#9cb1d9", "#ef963d", "#b9f8d7", "#95637a", "#898bf6", "#c66d35", "#eed667", "#795ec9"),
    ),
    "payers": (PAYER_COLORS, ("#38a1d8", "#b5e798", "#716903")),
    "parts": (
        PART_COLORS,
        ("#8e92b8", "#c8e6fd", "#9a5a00", "#cab85f", "#5d63a4", "#bbaeff", "#af8d65", "#eee2a1"),
    ),
    "speakers": (
        ("#694852", "#739d48", "#3487c4", "#481d61", "#53519f", "#482d1d", "#5a7e76", "#716503"),
        ("#6e91de", "#66f7f8", "#3d772d", "#84b66b", "#296e91", "#dbec8b", "#75c5fd", "#669289"),
    ),
    "travel": (
        ("#a5c8e1", "#6ba3cf", "#3f76ae", "#274a86", "#1a1f4d"),
        ("#2f5f8f", "#4a86c0", "#79abd9", "#aecdea", "#e6f1fb"),
    ),
    "heat": (("#f3f7fb", "#1f4b86"), ("#1d2937", "#9cc3ee")),
    "lost": ("#a8481c", "#e07b4c"),
}
"""Each for a light and for a dark room."""

LIGHT, DARK = (Theme(bool(room), **{word: pair[room] for word, pair in _COLORS.items()}) for room in (0, 1))

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down", "pentagon")
"""Symbols of the designs in their order."""

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "6px,2px", "2px,6px")
"""Dashes of the designs in their order."""


def design_number(theme: Theme, name: str, shown: Iterable[str]) -> int:
    """Give a design's place in the scenario, from 0: it keeps its look when others are left out.

    A design that the scenario does not have stands behind those it has, in the order of what is shown.
    """
    if name in theme.order:
        return theme.order.index(name)
    return len(theme.order) + [one for one in shown if one not in theme.order].index(name)


def design_symbol(number: int) -> str:
    """Give the symbol of a design by its place; no two designs have the same colour and the same symbol."""
    return _turned(SYMBOLS, number)


def design_dash(number: int) -> str:
    """Give the dash of a design's line by its place."""
    return _turned(DASHES, number)


def design_pattern(number: int) -> str:
    """Give the pattern of a design's bars by its place."""
    return _turned(PATTERNS, number)


def _turned(looks: tuple[str, ...], number: int) -> str:
    """Begun again one further on, where colours begin again."""
    return looks[(number + number // len(looks)) % len(looks)]


def design_color(theme: Theme, number: int) -> str:
    """Give the colour of a design by its place in the scenario, from 0; after the last colour they begin again."""
    return theme.designs[number % len(theme.designs)]


def see_through(color: str, opacity: float) -> str:
    """Make a colour such as ``#3762b5`` transparent; an opacity of 1 hides what is behind."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def plotly_template(theme: Theme, texts: Texts) -> go.layout.Template:
    """Build the look that all figures share; not to be changed."""
    return _template(theme._replace(order=()), texts.language)


@lru_cache(maxsize=8)
def _template(theme: Theme, language: str) -> go.layout.Template:
    return go.layout.Template(layout=_axes(theme) | _words(theme) | _ground(theme, language))


def _axes(theme: Theme) -> dict[str, Any]:
    """Quiet axes that cannot be dragged: a finger that scrolls the page must not zoom the chart."""
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.axis,
        "zerolinecolor": theme.axis,
        "tickcolor": theme.axis,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "title": {"font": {"size": 13, "color": theme.muted}, "standoff": 8},
    }
    return {"xaxis": axis, "yaxis": axis | {"ticklabelstandoff": 6}, "dragmode": False}


def _words(theme: Theme) -> dict[str, Any]:
    """Title and legend at the left, and what is told when something is pointed at."""
    return {
        "font": {"family": FONT, "size": 13, "color": theme.text},
        "title": {
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 16, "color": theme.text, "weight": 600},
            "subtitle": {"font": {"size": 13, "color": theme.muted}},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "title": {"text": ""},
            "itemsizing": "constant",
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.axis,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": theme.text},
        },
    }


def _ground(theme: Theme, language: str) -> dict[str, Any]:
    """What everything stands on."""
    return {
        "separators": SEPARATORS[language],
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "colorway": theme.designs,
        "margin": {"l": 8, "r": 14, "t": 64, "b": 8},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.text},
    }


def date_ticks(texts: Texts) -> dict[str, Any]:
    """Write dates on an axis in numbers, as the language does."""
    return {
        "tickformatstops": [
            {"dtickrange": [None, "M1"], "value": DATE_FORMAT[texts.language]},
            {"dtickrange": ["M1", "M12"], "value": MONTH_FORMAT[texts.language]},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ]
    }


def chart_config(texts: Texts, filename: str, *, picture: str = "png") -> dict[str, Any]:
    """Write plotly.js's settings: one button, that saves the picture (png or svg) on the reader's machine."""
    wording = {
        name: texts(f"figures.modebar.{key}", picture=picture.upper())
        for name, key in (
            ("Download plot as a PNG", "download"),
            ("Download plot", "download"),
            ("Taking snapshot - this may take a few seconds", "taking"),
            ("Snapshot succeeded", "taken"),
            ("Sorry, there was a problem downloading your snapshot!", "failed"),
        )
    }
    locale = f"{texts.language}-doegnplads"  # a name of our own, so that it is not mistaken for plotly's English
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "doubleClick": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": picture, "filename": filename, "scale": 2},
        "locale": locale,
        "locales": {locale: {"dictionary": wording, "format": {}}},
    }
