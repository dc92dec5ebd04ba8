"""Places in use over time: women living in, with what may well happen around the mean, open places, and who waits."""

import datetime as dt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.canvas import NUMBERS_ROOM, Sheet, Values, build_canvas, build_empty_figure
from dashboard.texts import Texts, design_label
from dashboard.theme import DATE_FORMAT, Theme, date_ticks, design_color, see_through
from sim.experiment.over_time import Bands, OverTime

MOST_TIMES = 270
"""More points than a screen can show are not sent."""

_LIVING, _WAITING, _BETWEEN = 250, 90, 34  # heights [px]
_MS_PER_DAY = 86_400_000.0


class Line(NamedTuple):
    """One thing followed over time.

    Attributes
    ----------
    word : str
        Its key in the texts.
    bands : Bands
        Mean and spread at each time.
    axis : str
        Suffix of its y axis.
    dash : str
        Of the line.
    """

    word: str
    bands: Bands
    axis: str
    dash: str


def build_over_time_figure(
    over_time: OverTime, texts: Texts, theme: Theme, *, design: str, start: dt.date
) -> go.Figure:
    """Draw a design's places in use over time, and the women waiting below.

    Parameters
    ----------
    over_time : OverTime
        Of a scenario.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    design : str
        Name of one of its designs.
    start : date
        The opening day.

    Returns
    -------
    plotly.graph_objects.Figure
        Means, the 5-95 % band, and the line of open places.
    """
    title = texts("figures.over_time.title", design=design_label(design, texts))
    if design not in over_time.designs or not len(over_time.day):
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    color = design_color(theme, list(over_time.designs).index(design))
    picked = _picked_times(over_time.day)
    time = {"x0": _milliseconds(over_time.day[picked[0]], start), "dx": _step(over_time.day, picked) * _MS_PER_DAY}
    traces: list[Values] = []
    for line in _lines(over_time, design):
        own = color if line.axis == "" else theme.muted
        traces += _traces(line, picked, time, own, texts, theme)
    drawing = _LIVING + _BETWEEN + _WAITING
    names = tuple(trace["name"] for trace in traces if trace.get("showlegend", True))
    subtitle = texts("figures.over_time.subtitle", replications=texts.number(over_time.replications))
    layout = {"hovermode": "x unified", **_axes(drawing, texts)}
    sheet = Sheet(title, subtitle, drawing, below=NUMBERS_ROOM, names_width=45, legend=names)
    return build_canvas(traces, layout, sheet, texts, theme)


def _lines(over_time: OverTime, design: str) -> list[Line]:
    """What is followed; open places and places bought only where there are any."""
    places = over_time.designs[design]
    lines = [
        Line("living", places.living, "", "solid"),
        Line("elsewhere", places.elsewhere, "", "dot"),
        Line("open_places", places.open_places, "", "dash"),
        Line("waiting", places.waiting, "2", "solid"),
    ]
    has_pools = bool(np.any(places.open_places.mean > 0))
    is_bought = bool(np.any(places.elsewhere.mean > 0))
    shown = {"living": has_pools or not is_bought, "elsewhere": is_bought, "open_places": has_pools, "waiting": True}
    return [line for line in lines if shown[line.word]]


def _picked_times(day: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Every so many times, evenly, so that no more than `MOST_TIMES` are drawn; the last odd step is left out."""
    every = -(-len(day) // MOST_TIMES)
    return np.arange(0, len(day), every)


def _step(day: npt.NDArray[np.float64], picked: npt.NDArray[np.int64]) -> float:
    return float(day[picked[1]] - day[picked[0]]) if len(picked) > 1 else 1.0


def _milliseconds(day: float, start: dt.date) -> float:
    """A day as plotly counts time: milliseconds since 1970."""
    return (start - dt.date(1970, 1, 1)).days * _MS_PER_DAY + float(day) * _MS_PER_DAY


def _traces(
    line: Line, picked: npt.NDArray[np.int64], time: Values, color: str, texts: Texts, theme: Theme
) -> list[Values]:
    """The line and, unless it is that of open places, its band."""
    name = texts(f"figures.over_time.{line.word}")
    is_open = line.word == "open_places"
    shape = "hv" if is_open else "linear"
    common: dict[str, Any] = {"type": "scatter", "mode": "lines", "yaxis": f"y{line.axis}", **time}
    mean = common | {
        "name": name,
        "y": _sent(line.bands.mean, picked),
        "line": {"color": theme.text if is_open else color, "dash": line.dash, "width": 2, "shape": shape},
        "hovertemplate": "%{y:.1f}",
    }
    if is_open:
        return [mean]
    edge = {"line": {"width": 0, "color": color}, "hoverinfo": "skip", "legendgroup": line.word}
    band = common | edge | {"fill": "tonexty", "fillcolor": see_through(color, 0.22)}
    return [
        common | edge | {"y": _sent(line.bands.p05, picked), "showlegend": False, "name": ""},
        band | {"y": _sent(line.bands.p95, picked), "name": texts("figures.over_time.band", name=name.lower())},
        mean,
    ]


def _sent(values: npt.NDArray[np.float64], picked: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Numbers as they are sent: four bytes each."""
    return np.asarray(values, dtype=np.float32)[picked]


def _axes(drawing: int, texts: Texts) -> Values:
    """Women living in above, women waiting below, on one axis of time."""
    waiting_top = _WAITING / drawing
    return {
        "xaxis": {
            "type": "date",
            **date_ticks(texts),
            "hoverformat": DATE_FORMAT[texts.language],
            "anchor": "y2",
            "showspikes": False,
        },
        "yaxis": {
            "domain": [waiting_top + _BETWEEN / drawing, 1],
            "rangemode": "tozero",
            "title": {"text": texts("figures.over_time.axis_living")},
        },
        "yaxis2": {
            "domain": [0, waiting_top],
            "rangemode": "tozero",
            "anchor": "x",
            "nticks": 4,
            "title": {"text": texts("figures.over_time.axis_waiting")},
        },
    }


def over_time_frame(over_time: OverTime, texts: Texts, *, design: str, start: dt.date) -> pd.DataFrame:
    """Tabulate a design's places in use over time.

    Parameters
    ----------
    over_time : OverTime
        Of a scenario.
    texts : Texts
        For the names of columns.
    design : str
        Name of one of its designs.
    start : date
        The opening day.

    Returns
    -------
    pandas.DataFrame
        A row for each time and thing followed.
    """
    words = ("date", "what", "mean", "low", "high", "p05", "p50", "p95")
    column = {word: texts(f"figures.column.{word}") for word in words}
    dates = [(start + dt.timedelta(days=float(day))).isoformat() for day in over_time.day]
    frames = [
        pd.DataFrame(
            {
                column["date"]: dates,
                column["what"]: texts(f"figures.over_time.{line.word}"),
                **{column[word]: getattr(line.bands, word) for word in words[2:]},
            }
        )
        for line in (_lines(over_time, design) if design in over_time.designs else [])
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(column.values()))


def describe_over_time(over_time: OverTime, texts: Texts, *, design: str) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    over_time : OverTime
        Of a scenario.
    texts : Texts
        In the reader's language.
    design : str
        Name of one of its designs.

    Returns
    -------
    str
        The level over the second half of the time, for those who do not see it.
    """
    if design not in over_time.designs or not len(over_time.day):
        return texts("figures.nothing")
    places = over_time.designs[design]
    living = places.living if np.any(places.open_places.mean > 0) else places.elsewhere
    late = slice(len(over_time.day) // 2, None)

    def level(values: npt.NDArray[np.float64]) -> str:
        return texts.number(float(np.mean(values[late])), 1)

    return texts(
        "figures.over_time.described",
        design=design_label(design, texts),
        living=level(living.mean),
        low=level(living.p05),
        high=level(living.p95),
        open=level(places.open_places.mean),
        waiting=level(places.waiting.mean),
    )
