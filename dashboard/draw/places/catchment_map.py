"""The map: where women in need live, how far they have to the nearest unit, and where the units are."""

import html
import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, label, legend_names, plain
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.places.country import ATTRIBUTION_ROOM, DRAWING, country_layout, land
from dashboard.draw.places.outlines import Floats, on_paper
from dashboard.draw.theme import Theme, see_through
from sim.looks.catchments import NO_POOL, Catchments, PoolSite
from sim.texts import Texts, design_label

TRAVEL_EDGES_MINUTES = (30, 60, 90, 120)
"""Between the classes of travel; the same limits as the measures of travel."""

_PIXELS_OF_ONE_WOMAN = 10.0
_SMALLEST = 5.0
_MOST_NAMED_SITES = 8
_NEAR_KM = 70.0


def draw_map(catchments: Catchments, texts: Texts, theme: Theme) -> Chart:
    """Draw the map of a design: municipalities as large as their need and coloured by travel, and the units."""
    figure, sentence = _figure(catchments, texts, theme), _in_words(catchments, texts)
    return Chart("map", figure, sentence, lambda: _frame(catchments, texts))


def travel_class(minutes: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Find the classes of travel times [minutes]: 0 for at most 30 up to 4 for over 120; 5 where no unit serves."""
    minutes = np.asarray(minutes, dtype=np.float64)
    number = np.searchsorted(TRAVEL_EDGES_MINUTES, minutes, side="left")
    return np.where(np.isnan(minutes), len(TRAVEL_EDGES_MINUTES) + 1, number)


def travel_class_names(texts: Texts) -> tuple[str, ...]:
    """Name the classes of travel in their order; the last one is that no unit serves."""
    edges = TRAVEL_EDGES_MINUTES
    between = (texts("figures.map.between", low=low, high=high) for low, high in itertools.pairwise(edges))
    first, last = texts("figures.map.at_most", high=edges[0]), texts("figures.map.more_than", low=edges[-1])
    return (first, *between, last, texts("figures.map.nobody"))


def _figure(catchments: Catchments, texts: Texts, theme: Theme) -> go.Figure:
    east, north = on_paper(catchments.lon, catchments.lat)
    traces = [land(theme), *_ways(catchments, east, north, theme), *_points(catchments, east, north, texts, theme)]
    if catchments.pools:
        traces.append(_sites(catchments, texts, theme))
    layout = country_layout(_names(catchments, theme), texts, theme)
    title = texts("figures.map.title", design=design_label(catchments.design, texts))
    sheet = Canvas(title, texts("figures.map.subtitle"), DRAWING, ATTRIBUTION_ROOM, right=4, names_width=8)
    sheet = sheet._replace(legend=legend_names(traces))
    return build_canvas(traces, layout, sheet, texts, theme)


def _ways(catchments: Catchments, east: Floats, north: Floats, theme: Theme) -> list[Values]:
    """A line from each municipality to the nearest unit that serves it."""
    is_served = catchments.nearest_pool != NO_POOL
    if not is_served.any():
        return []
    to_east, to_north = _site_points(catchments.pools)
    nearest = catchments.nearest_pool[is_served]
    gap = np.full(len(nearest), np.nan)
    lines = [
        np.column_stack([home[is_served], site[nearest], gap]).ravel().round(1).astype(np.float32)
        for home, site in ((east, to_east), (north, to_north))
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": lines[0],
            "y": lines[1],
            "line": {"color": see_through(theme.muted, 0.55), "width": 0.8},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


def _site_points(pools: Sequence[PoolSite]) -> tuple[Floats, Floats]:
    return on_paper([pool.lon for pool in pools], [pool.lat for pool in pools])


def _points(catchments: Catchments, east: Floats, north: Floats, texts: Texts, theme: Theme) -> list[Values]:
    """The municipalities, a trace for each class of travel, large ones first so that small ones are not hidden."""
    minutes, names = catchments.nearest_minutes, travel_class_names(texts)
    classes = travel_class(minutes)
    size = np.maximum(_SMALLEST, _PIXELS_OF_ONE_WOMAN * np.sqrt(catchments.need_per_year))
    by_size = np.argsort(-size)
    traces = []
    for number, name in enumerate(names):
        own = [place for place in by_size if classes[place] == number]
        if not own:
            continue
        is_served = number < len(names) - 1
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": plain(east[own], 4),
                "y": plain(north[own], 4),
                "hovertext": [_municipality(catchments, place, texts) for place in own],
                "hoverinfo": "text",
                "marker": {
                    "size": plain(size[own], 3),
                    "color": theme.travel[number] if is_served else theme.background,
                    "symbol": "circle",
                    "opacity": 0.95,
                    "line": {"color": theme.text, "width": 0.8},
                },
            }
        )
    return traces


def _municipality(catchments: Catchments, place: int, texts: Texts) -> str:
    """What is told of a municipality."""
    lines = [
        f"<b>{html.escape(catchments.name[place])}</b>",
        texts("figures.map.need", need=texts.number(float(catchments.need_per_year[place]), 1)),
    ]
    nearest = int(catchments.nearest_pool[place])
    if nearest == NO_POOL:
        lines.append(_without_unit(float(catchments.elsewhere_minutes[place]), texts))
    else:
        town = html.escape(catchments.pools[nearest].town)
        way = texts.minutes(float(catchments.nearest_minutes[place]))
        lines.append(texts("figures.map.nearest", town=town, minutes=way))
        n_serving = int((catchments.pool_order[place] != NO_POOL).sum())
        if n_serving > 1:
            lines.append(texts("figures.map.serving", n=n_serving))
    return "<br>".join(lines)


def _without_unit(minutes: float, texts: Texts) -> str:
    """What is told where no unit serves: how far it is to a place elsewhere, if any is bought."""
    if math.isnan(minutes):
        return texts("figures.map.nobody")
    return texts("figures.map.elsewhere", minutes=texts.minutes(minutes))


def _sites(catchments: Catchments, texts: Texts, theme: Theme) -> Values:
    east, north = _site_points(catchments.pools)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": texts("figures.map.site"),
        "x": plain(east, 4),
        "y": plain(north, 4),
        "hovertext": [f"<b>{html.escape(pool.hospital)}</b><br>{_places(pool, texts)}" for pool in catchments.pools],
        "hoverinfo": "text",
        "marker": {
            "symbol": "diamond",
            "size": 14,
            "color": theme.lost,
            "line": {"color": theme.background, "width": 1.5},
        },
    }


def _places(pool: PoolSite, texts: Texts) -> str:
    if pool.max_places > pool.places:
        return texts("figures.map.flexible_places", low=pool.places, high=pool.max_places)
    return texts("figures.map.place" if pool.places == 1 else "figures.map.places", places=pool.places)


def _names(catchments: Catchments, theme: Theme) -> list[Values]:
    """Town and places beside each unit, on the side away from a near one; only places where there are many units."""
    east, north = _site_points(catchments.pools)
    is_named = len(catchments.pools) <= _MOST_NAMED_SITES
    notes = []
    for number, pool in enumerate(catchments.pools):
        apart = np.hypot(east - east[number], north - north[number])
        apart[number] = np.inf
        other = int(apart.argmin())
        is_near = apart[other] < _NEAR_KM and apart[other] > 0
        is_west = is_near and east[number] < east[other]
        most = f"{pool.places}-{pool.max_places}" if pool.max_places > pool.places else f"{pool.places}"
        text = f"{pool.town} {most}" if is_named else most
        note = label(text, x=float(east[number]), y=float(north[number]), color=theme.text, size=12)
        side = {"xanchor": "right" if is_west else "left", "xshift": -9 if is_west else 9}
        notes.append(note | side | {"bgcolor": see_through(theme.background, 0.65), "borderpad": 1})
    return notes


def _frame(catchments: Catchments, texts: Texts) -> pd.DataFrame:
    """A row for each municipality: need, nearest unit and travel, and all units that serve it, nearest first."""
    towns = [f"{pool.town} ({pool.site})" for pool in catchments.pools]
    rows = []
    for place, name in enumerate(catchments.name):
        served_by = [towns[int(pool)] for pool in catchments.pool_order[place] if pool != NO_POOL]
        rows.append(
            {
                "design": design_label(catchments.design, texts),
                "municipality_code": catchments.code[place],
                "municipality": name,
                "region": texts(f"common.region.{catchments.region[place]}"),
                "need": float(catchments.need_per_year[place]),
                "nearest": served_by[0] if served_by else "",
                "travel": float(catchments.nearest_minutes[place]),
                "serving": "; ".join(served_by),
            }
        )
    words = ("design", "municipality_code", "municipality", "region", "need", "nearest", "travel", "serving")
    return build_table(rows, words, texts)


def _in_words(catchments: Catchments, texts: Texts) -> str:
    """How much of the need lives within each class of travel."""
    need, classes = catchments.need_per_year, travel_class(catchments.nearest_minutes)
    total = float(need.sum())
    if not total > 0:
        return texts("figures.nothing")
    shares = ", ".join(
        f"{name}: {texts.percent(float(need[classes == number].sum()) / total)}"
        for number, name in enumerate(travel_class_names(texts))
        if (classes == number).any()
    )
    units = ", ".join(f"{pool.town} ({_places(pool, texts)})" for pool in catchments.pools)
    return texts(
        "figures.map.described",
        design=design_label(catchments.design, texts),
        units=units or texts("figures.map.no_units"),
        shares=shares,
    )
