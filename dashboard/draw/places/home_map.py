"""The map of a measure by home: each municipality in the colour of the place it belongs to, as large as its need."""

import html
import itertools
import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, legend_names, plain
from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.places.country import ATTRIBUTION_ROOM, DRAWING, country_layout, land
from dashboard.draw.places.outlines import on_paper
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import (
    Estimate,
    estimate_of,
    measure_label,
    scale_of,
    write_bare,
    write_estimate,
    write_interval,
)
from sim.looks.catchments import Catchments
from sim.looks.homes import FEWEST_WOMEN, Homes
from sim.texts import NOTHING, Texts, design_label, place_name

Floats = npt.NDArray[np.float64]

MOST_CLASSES = 5
REFERRED = "referrals_per_year"
COUNTS = (REFERRED, "offered_per_year", "accepted_per_year", "admitted_per_year")
"""What is told of every place, however few women live there."""

_PIXELS_OF_ONE_WOMAN, _SMALLEST = 10.0, 6.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def draw_home_map(
    homes: Homes, catchments: Catchments, texts: Texts, theme: Theme, *, measure: str, design: str
) -> Chart:
    """Draw the map of one design; the catchments say where municipalities lie and how large their need is."""
    asked = _Asked(homes, measure, design)
    figure, sentence = _figure(asked, catchments, texts, theme), _in_words(asked, texts)
    return Chart("home-map", figure, sentence, lambda: _frame(homes, texts))


def home_estimates(homes: Homes, measure: str, design: str) -> list[Estimate]:
    """List the estimates of a measure, one for each place."""
    part = homes.designs[design]
    return [estimate_of(part, measure, by=homes.level, key=key) for key in homes.keys]


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


class _Asked(NamedTuple):
    """What is drawn."""

    homes: Homes
    measure: str
    design: str

    @property
    def values(self) -> list[Estimate]:
        return home_estimates(*self)

    def known(self) -> dict[str, Estimate]:
        return {key: own for key, own in zip(self.homes.keys, self.values, strict=True) if own.n}


def _figure(asked: _Asked, catchments: Catchments, texts: Texts, theme: Theme) -> go.Figure:
    homes, values = asked.homes, asked.values
    east, north = on_paper(catchments.lon, catchments.lat)
    mean = np.array([estimate.mean if estimate.n else np.nan for estimate in values])
    widths = [own.high - own.low for own in values if own.n and not math.isnan(own.low)]
    edges = class_edges(mean, width=float(np.median(widths)) if widths else 0.0)
    classes = np.clip(np.searchsorted(edges, mean + 1e-12, side="right") - 1, 0, max(len(edges) - 2, 0))
    names = _class_names(edges, asked.measure, texts)
    classes[np.isnan(mean)] = len(names)
    names.append(texts("figures.by_home.few", n=texts.number(FEWEST_WOMEN)))
    size = np.maximum(_SMALLEST, _PIXELS_OF_ONE_WOMAN * np.sqrt(catchments.need_per_year))
    told = [_told(asked, place, own, texts) for place, own in enumerate(values)]
    colors = _colors(len(names) - 1, theme)
    traces: list[Values] = [land(theme)]
    for number, name in enumerate(names):
        own = [place for place in np.argsort(-size) if classes[homes.place_of[place]] == number]
        if own:
            lines = [f"<b>{html.escape(catchments.name[one])}</b><br>{told[homes.place_of[one]]}" for one in own]
            color = colors[number] if number < len(colors) else theme.background
            traces.append(_points(name, east[own], north[own], size[own], lines, color, theme))
    title = f"{measure_label(asked.measure, texts)}: {design_label(asked.design, texts)}"
    subtitle = texts(f"figures.by_home.subtitle.{homes.level}")
    sheet = Canvas(title, subtitle, DRAWING, ATTRIBUTION_ROOM, right=4, names_width=8)
    sheet = sheet._replace(legend=legend_names(traces))
    return build_canvas(traces, country_layout((), texts, theme), sheet, texts, theme)


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


def _class_names(edges: Floats, measure: str, texts: Texts) -> list[str]:
    """From where to where each class goes, in the units of the measure."""
    scale = scale_of(measure, texts, largest=float(np.abs(edges).max()))
    shown = edges * scale.factor
    step = float(np.diff(shown).min()) if len(shown) > 1 else 0.0
    digits = next((digits for digits in range(3) if abs(step - round(step, digits)) < 1e-9), 2) if step else 1
    unit = scale.suffix or f" {scale.title}".rstrip()
    written = [texts.number(round(float(edge), digits), digits) for edge in shown]
    if not step:
        return [f"{written[0]}{unit}"]
    return [f"{low}-{high}{unit}" for low, high in itertools.pairwise(written)]


def _told(asked: _Asked, place: int, estimate: Estimate, texts: Texts) -> str:
    """What is told of a place: the measure with its interval, and how many women there are a year."""
    (homes, measure, design), key, lines = asked, asked.homes.keys[place], []
    if homes.level != "municipality":
        lines.append(html.escape(place_name(homes.level, key, texts)))
    lines.append(f"{measure_label(measure, texts)}: {_written(estimate, measure, texts)}")
    for count in COUNTS:
        if count != measure:
            own = estimate_of(homes.designs[design], count, by=homes.level, key=key)
            lines.append(f"{measure_label(count, texts)}: {_written(own, count, texts)}")
    return "<br>".join(lines)


def _written(estimate: Estimate, measure: str, texts: Texts) -> str:
    """Write an estimate with its interval; what to say where there are too few women."""
    if not estimate.n:
        return texts("figures.by_home.few", n=texts.number(FEWEST_WOMEN))
    mean = write_estimate(estimate, measure, texts)
    return mean if math.isnan(estimate.low) else f"{mean} ({write_interval(estimate, measure, texts)})"


def _frame(homes: Homes, texts: Texts) -> pd.DataFrame:
    """A row for each place, design and measure that is known there."""
    rows = []
    for design, part in homes.designs.items():
        for number, key in enumerate(homes.keys):
            for measure in homes.measures:
                estimate = estimate_of(part, measure, by=homes.level, key=key)
                if estimate.n:
                    place = place_name(homes.level, homes.keys[number], texts)
                    rows.append(estimate_row(estimate, measure, texts, home=place, design=design_label(design, texts)))
    words = ("measure", "home", "design", "mean", "low", "high", "p05", "p95", "unit", "n")
    return build_table(rows, words, texts)


def _in_words(asked: _Asked, texts: Texts) -> str:
    """Where the measure is lowest and highest, and of how many places nothing is told."""
    (homes, measure, design), known = asked, asked.known()
    if not known:
        return texts("figures.nothing")
    low, high = min(known, key=lambda key: known[key].mean), max(known, key=lambda key: known[key].mean)
    return texts(
        "figures.by_home.described",
        measure=measure_label(measure, texts),
        design=design_label(design, texts),
        low=write_estimate(known[low], measure, texts),
        low_place=place_name(homes.level, low, texts),
        high=write_estimate(known[high], measure, texts),
        high_place=place_name(homes.level, high, texts),
        n=texts.number(len(homes.keys) - len(known)),
    )


def build_home_table(homes: Homes, texts: Texts, *, measure: str) -> pd.DataFrame:
    """Tabulate a measure: a row for each place with the women referred a year, a column for each design."""
    designs = list(homes.designs)

    def column(name: str, design: str) -> list[str]:
        return [_bare(own, name, texts) for own in home_estimates(homes, name, design)]

    columns = {
        texts(f"common.level.{homes.level}"): [place_name(homes.level, key, texts) for key in homes.keys],
        measure_label(REFERRED, texts): column(REFERRED, designs[0]),
    }
    for design in designs if measure != REFERRED else ():
        columns[design_label(design, texts)] = column(measure, design)
    return pd.DataFrame(columns)


def _bare(estimate: Estimate, measure: str, texts: Texts) -> str:
    """Write an estimate with its interval, but without a unit in words."""
    if not estimate.n:
        return NOTHING
    mean = write_bare(estimate, measure, texts) + scale_of(measure, texts).suffix
    return mean if math.isnan(estimate.low) else f"{mean} ({write_interval(estimate, measure, texts)})"
