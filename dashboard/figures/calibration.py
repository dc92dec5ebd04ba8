"""Pictures of what referrals say: what was assumed, what was counted, and what is believed after the data.

Takes the numbers of `calibration.learning.curves`, in which no point shows fewer than five women, and texts and theme.
Gives plotly figures. Leaves out the report around them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from calibration.learning.curves import Band, Bins, Points
from dashboard.figures.canvas import AXIS_ROOM, Sheet, Values, build_canvas, build_empty_figure, label, plain
from dashboard.texts import Texts
from dashboard.theme import MONTH_FORMAT, Theme, see_through

_DRAWING = 300
_ROW = 36
_BAND = 0.18


class ForestRow(NamedTuple):
    """An estimate as a line of the picture.

    Attributes
    ----------
    name : str
        As the reader sees it.
    before, after : str
        Written out, for pointing at.
    mean, low, high : float
        After the data, where 0 and 1 are the ends of the interval before them.
    """

    name: str
    before: str
    after: str
    mean: float
    low: float
    high: float


def build_calibration_forest_figure(rows: Sequence[ForestRow], texts: Texts, theme: Theme) -> go.Figure:
    """Draw every estimate within what was assumed.

    Parameters
    ----------
    rows : sequence of ForestRow
        From the top.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        What lies further outside the band than a quarter of its width is drawn at the edge.
    """
    places = list(range(len(rows)))
    means, lows, highs = (
        np.clip([getattr(row, part) for row in rows], -0.25, 1.25) for part in ("mean", "low", "high")
    )
    hovers = [texts("calibration.forest.hover", name=r.name, before=r.before, after=r.after) for r in rows]
    traces: list[Values] = [
        {
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
    ]
    names = [
        label(row.name, x=0, y=place, color=theme.text, size=12)
        | {"xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 6}
        for place, row in zip(places, rows, strict=True)
    ]
    layout: Values = {
        "shapes": [_before_band(theme)],
        "annotations": names,
        "xaxis": {"range": [-0.25, 1.25], "showticklabels": False, "showgrid": False},
        "yaxis": {"range": [len(rows) - 0.5, -0.9], "showticklabels": False, "showgrid": False},
    }
    return build_canvas(traces, layout, _sheet("forest", texts, drawing=_ROW * len(rows), below=8), texts, theme)


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


def build_calibration_quarters_figure(
    begins: Sequence[dt.date], counts: Bins, fit: Band, texts: Texts, theme: Theme
) -> go.Figure:
    """Draw referrals by quarter, and what is expected.

    Parameters
    ----------
    begins : sequence of datetime.date
        First day of each quarter.
    counts : Bins
        Referrals; not a number where they are not shown.
    fit : Band
        Expected referrals in each quarter.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        Quarters that are not shown have a cross at the axis.
    """
    if not begins:
        return _empty("quarters", texts, theme)
    x = list(range(len(begins)))
    labels = [day.strftime(MONTH_FORMAT[texts.language]) for day in begins]
    hidden = np.isnan(counts.women)
    written = [texts.date(day) for day in begins]
    bars: Values = {
        "type": "bar",
        "name": texts("calibration.quarters.count"),
        "x": x,
        "y": plain(counts.women),
        "marker": {"color": see_through(theme.muted, 0.55)},
        "hovertext": [
            texts("calibration.quarters.hover", count=texts.number(c), date=d)
            for c, d in zip(counts.women, written, strict=True)
        ],
        "hoverinfo": "text",
    }
    traces = [bars, *_band_traces(x, fit, texts("calibration.quarters.fit"), theme.primary)]
    if hidden.any():
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": texts("calibration.quarters.hidden"),
                "x": [i for i in x if hidden[i]],
                "y": [0.35] * int(hidden.sum()),
                "marker": {"symbol": "x", "size": 9, "color": theme.lost},
                "hovertext": [texts("calibration.quarters.hover_hidden", date=written[i]) for i in x if hidden[i]],
                "hoverinfo": "text",
            }
        )
    axis = {"tickvals": x[::2], "ticktext": labels[::2], "tickangle": -35} | _titled("quarters.x", texts)
    axes = {"xaxis": axis, "yaxis": {"rangemode": "tozero"}}
    return build_canvas(traces, axes, _sheet("quarters", texts, traces, below=64), texts, theme)


def build_calibration_gestation_figure(counts: Bins, fit: Band, texts: Texts, theme: Theme) -> go.Figure:
    """Draw the week of pregnancy at referral.

    Parameters
    ----------
    counts : Bins
        Women in bins of at least five.
    fit : Band
        Share of the women a week.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        Women a week.
    """
    if len(counts.women) == 0:
        return _empty("gestation", texts, theme)
    widths, n = np.diff(counts.edges), float(counts.women.sum())
    bars: Values = {
        "type": "bar",
        "name": texts("calibration.gestation.count"),
        "x": plain((counts.edges[:-1] + counts.edges[1:]) / 2),
        "y": plain(counts.women / widths),
        "width": plain(widths * 0.97),
        "marker": {"color": see_through(theme.muted, 0.55)},
        "hovertext": [
            texts("calibration.gestation.hover", low=texts.number(a), high=texts.number(b), count=texts.number(c))
            for a, b, c in zip(counts.edges[:-1], counts.edges[1:], counts.women, strict=True)
        ],
        "hoverinfo": "text",
    }
    scaled = Band(fit.x, n * fit.middle, n * fit.low, n * fit.high)
    traces = [bars, *_band_traces(plain(fit.x), scaled, texts("calibration.gestation.fit"), theme.primary)]
    axes = {"xaxis": _titled("gestation.x", texts), "yaxis": _titled("gestation.y", texts) | {"rangemode": "tozero"}}
    return build_canvas(traces, axes, _sheet("gestation", texts, traces), texts, theme)


def build_calibration_acceptance_figure(
    fits: Mapping[str, Band], seen: Points, texts: Texts, theme: Theme
) -> go.Figure:
    """Draw how likely women say yes, by travel.

    Parameters
    ----------
    fits : mapping of str to Band
        ``alone`` and ``family``.
    seen : Points
        Shares of all women together.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        Minutes against probability.
    """
    traces: list[Values] = []
    looks = zip(fits.items(), ("solid", "dash"), strict=False)
    for number, ((word, fit), dash) in enumerate(looks):
        name = texts(f"calibration.acceptance.{word}")
        traces += _band_traces(plain(fit.x), fit, name, theme.designs[number], dash=dash)
    if len(seen.x):
        hovers = [
            texts("calibration.acceptance.hover", share=texts.percent(y), minutes=texts.minutes(x))
            for x, y in zip(seen.x, seen.y, strict=True)
        ]
        traces.append(_seen_trace(seen, texts("calibration.acceptance.seen"), hovers, theme.text))
    axes = {
        "xaxis": _titled("acceptance.x", texts) | {"range": [0, 180]},
        "yaxis": _share_axis("acceptance.y", texts),
    }
    return build_canvas(traces, axes, _sheet("acceptance", texts, traces), texts, theme)


def build_calibration_ends_figure(curves: Mapping[str, Points], texts: Texts, theme: Theme) -> go.Figure:
    """Draw how the stays ended, each way taking from the other.

    Parameters
    ----------
    curves : mapping of str to Points
        ``completed`` and ``left_early``: cumulative incidence.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        Days since admission against the share of women admitted.
    """
    traces: list[Values] = []
    looks = {"completed": (theme.designs[0], "circle", "solid"), "left_early": (theme.designs[1], "square", "dash")}
    for word, points in curves.items():
        if len(points.x):
            color, symbol, dash = looks[word]
            hovers = _by_days("ends", points, texts)
            from_zero = Points(*(np.concatenate(([0.0], values)) for values in points))
            trace = _seen_trace(from_zero, texts(f"calibration.ends.{word}"), ["", *hovers], color)
            marker = {"color": color, "symbol": symbol, "size": 9}
            traces.append(trace | {"mode": "lines+markers", "line": {"color": color, "dash": dash}, "marker": marker})
    if not traces:
        return _empty("ends", texts, theme, message=texts("calibration.ends.none"))
    axes = {
        "xaxis": _titled("ends.x", texts) | {"rangemode": "tozero"},
        "yaxis": _share_axis("ends.y", texts),
    }
    return build_canvas(traces, axes, _sheet("ends", texts, traces), texts, theme)


def build_calibration_times_figure(
    key: str, seen: Points, fit: Band, texts: Texts, theme: Theme, *, anchor: str = ""
) -> go.Figure:
    """Draw a share by days, as seen and as believed after the data.

    Parameters
    ----------
    key : {"leaving", "planned"}
        Which.
    seen : Points
        From the data alone.
    fit : Band
        After the data.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    anchor : {"", "birth", "admission"}
        What the days of planned stays count from.

    Returns
    -------
    plotly.graph_objects.Figure
        Days against shares.
    """
    suffix = f"_{anchor}" if anchor else ""
    traces = _band_traces(plain(fit.x), fit, texts(f"calibration.{key}.fit"), theme.primary)
    if len(seen.x):
        hovers = _by_days(key, seen, texts)
        traces.append(_seen_trace(seen, texts(f"calibration.{key}.seen"), hovers, theme.text))
    axes = {
        "xaxis": _titled(f"{key}.x{suffix}", texts) | {"range": [0, float(fit.x[-1])]},
        "yaxis": _share_axis(f"{key}.y", texts),
    }
    sheet = _sheet(key, texts, traces, subtitle=f"subtitle{suffix}")
    return build_canvas(traces, axes, sheet, texts, theme)


def _by_days(key: str, points: Points, texts: Texts) -> list[str]:
    return [
        texts(f"calibration.{key}.hover", share=texts.percent(y), days=texts.days(x))
        for x, y in zip(points.x, points.y, strict=True)
    ]


def _titled(key: str, texts: Texts) -> Values:
    return {"title": {"text": texts(f"calibration.{key}")}}


def _share_axis(key: str, texts: Texts) -> Values:
    ticks = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    return _titled(key, texts) | {"range": [0, 1.02], "tickvals": ticks, "ticktext": [*map(texts.percent, ticks)]}


def _band_traces(x: Sequence[float | None], fit: Band, name: str, color: str, *, dash: str = "solid") -> list[Values]:
    """The interval as a band, and the middle as a line above it."""
    edge = {"type": "scatter", "mode": "lines", "x": list(x), "line": {"width": 0}, "hoverinfo": "skip"}
    fill = {"fill": "tonexty", "fillcolor": see_through(color, _BAND)}
    return [
        edge | {"y": plain(fit.low), "showlegend": False},
        edge | {"y": plain(fit.high), "showlegend": False} | fill,
        edge | {"y": plain(fit.middle), "name": name, "line": {"color": color, "width": 2.5, "dash": dash}},
    ]


def _seen_trace(seen: Points, name: str, hovers: Sequence[str], color: str) -> Values:
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


def _sheet(
    key: str,
    texts: Texts,
    traces: Sequence[Values] = (),
    *,
    drawing: int = _DRAWING,
    below: int = AXIS_ROOM,
    subtitle: str = "subtitle",
) -> Sheet:
    """Titles, and a legend of the traces given."""
    names = tuple(str(trace["name"]) for trace in traces if trace.get("showlegend", True))
    title = texts(f"calibration.{key}.title")
    return Sheet(title, texts(f"calibration.{key}.{subtitle}"), drawing, below=below, legend=names)


def _empty(key: str, texts: Texts, theme: Theme, *, message: str = "") -> go.Figure:
    said = message or texts("calibration.empty")
    return build_empty_figure(said, texts, theme, title=texts(f"calibration.{key}.title"))
