"""Places in use over time: women living in, with what may well happen around the mean, open places, and who waits."""

import datetime as dt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import NUMBERS_ROOM, Canvas, Values, build_canvas, build_empty_figure, legend_names
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.theme import DATE_FORMAT, Theme, date_ticks, design_color, design_number, see_through
from sim.looks.over_time import Bands, OverTime
from sim.texts import Texts, design_label

MOST_TIMES = 270
"""More points than a screen can show are not sent."""

_LIVING, _WAITING, _BETWEEN = 250, 90, 34  # heights [px]
_MS_PER_DAY = 86_400_000.0


class _Line(NamedTuple):
    """One thing followed over time."""

    word: str
    bands: Bands
    axis: str  # suffix of its y axis
    dash: str


def draw_over_time(over_time: OverTime, texts: Texts, theme: Theme, *, design: str, start: dt.date) -> Chart:
    """Draw a design's places in use from the opening day, with the 5-95 % band, and the women waiting below."""
    lines = _lines(over_time, design)
    figure = _figure(over_time, lines, texts, theme, design=design, start=start)
    sentence = _in_words(over_time, texts, design=design)
    return Chart("over-time", figure, sentence, lambda: _frame(over_time, lines, start, texts))


def _lines(over_time: OverTime, design: str) -> list[_Line]:
    """What is followed; open places and places bought only where there are any."""
    if design not in over_time.designs or not len(over_time.day):
        return []
    places = over_time.designs[design]
    has_pools = bool(np.any(places.open_places.mean > 0))
    is_bought = bool(np.any(places.elsewhere.mean > 0))
    lines = (
        (has_pools or not is_bought, _Line("living", places.living, "", "solid")),
        (is_bought, _Line("elsewhere", places.elsewhere, "", "dot")),
        (has_pools, _Line("open_places", places.open_places, "", "dash")),
        (True, _Line("waiting", places.waiting, "2", "solid")),
    )
    return [line for is_shown, line in lines if is_shown]


def _figure(
    over_time: OverTime, lines: list[_Line], texts: Texts, theme: Theme, *, design: str, start: dt.date
) -> go.Figure:
    title = texts("figures.over_time.title", design=design_label(design, texts))
    if not lines:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    color = design_color(theme, design_number(theme, design, over_time.designs))
    day = over_time.day[:: -(-len(over_time.day) // MOST_TIMES)]  # the last odd step is left out
    since_1970 = (start - dt.date(1970, 1, 1)).days * _MS_PER_DAY
    step = float(day[1] - day[0]) if len(day) > 1 else 1.0
    time = {"x0": since_1970 + float(day[0]) * _MS_PER_DAY, "dx": step * _MS_PER_DAY}
    traces: list[Values] = []
    for line in lines:
        own = color if line.axis == "" else theme.muted
        traces += _traces(line, time, own, texts, theme)
    drawing = _LIVING + _BETWEEN + _WAITING
    subtitle = texts(
        "figures.over_time.subtitle", simulations=texts.counted("common.simulations", over_time.replications)
    )
    layout = {"hovermode": "x unified", **_axes(drawing, texts)}
    sheet = Canvas(title, subtitle, drawing, below=NUMBERS_ROOM, names_width=45, legend=legend_names(traces))
    return build_canvas(traces, layout, sheet, texts, theme)


def _traces(line: _Line, time: Values, color: str, texts: Texts, theme: Theme) -> list[Values]:
    """The line and, unless it is that of open places, its band."""
    name = texts(f"figures.over_time.{line.word}")
    is_open = line.word == "open_places"
    shape = "hv" if is_open else "linear"
    common: dict[str, Any] = {"type": "scatter", "mode": "lines", "yaxis": f"y{line.axis}", **time}
    mean = common | {
        "name": name,
        "y": _sent(line.bands.mean),
        "line": {"color": theme.text if is_open else color, "dash": line.dash, "width": 2, "shape": shape},
        "hovertemplate": "%{y:.1f}",
    }
    if is_open:
        return [mean]
    edge = common | {"line": {"width": 0, "color": color}, "hoverinfo": "skip", "legendgroup": line.word}
    band = {"fill": "tonexty", "fillcolor": see_through(color, 0.22)}
    return [
        edge | {"y": _sent(line.bands.p05), "showlegend": False, "name": ""},
        edge | {"y": _sent(line.bands.p95), "name": texts("figures.over_time.band", name=name.lower()), **band},
        mean,
    ]


def _sent(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Numbers as they are sent: no more than can be seen, four bytes each."""
    return np.asarray(values, dtype=np.float32)[:: -(-len(values) // MOST_TIMES)]


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


def _frame(over_time: OverTime, lines: list[_Line], start: dt.date, texts: Texts) -> pd.DataFrame:
    """A row for each thing followed and time."""
    numbers = ("mean", "low", "high", "p05", "p50", "p95")
    rows = [
        {
            "date": (start + dt.timedelta(days=float(day))).isoformat(),
            "what": texts(f"figures.over_time.{line.word}"),
            **{word: getattr(line.bands, word)[at] for word in numbers},
        }
        for line in lines
        for at, day in enumerate(over_time.day)
    ]
    return build_table(rows, ("date", "what", *numbers), texts)


def _in_words(over_time: OverTime, texts: Texts, *, design: str) -> str:
    """The level over the second half of the time."""
    if design not in over_time.designs or not len(over_time.day):
        return texts("figures.nothing")
    places = over_time.designs[design]
    living = places.living if np.any(places.open_places.mean > 0) else places.elsewhere

    def level(values: npt.NDArray[np.float64]) -> str:
        return texts.number(float(np.mean(values[len(over_time.day) // 2 :])), 1)

    return texts(
        "figures.over_time.described",
        design=design_label(design, texts),
        living=level(living.mean),
        low=level(living.p05),
        high=level(living.p95),
        open=level(places.open_places.mean),
        waiting=level(places.waiting.mean),
    )
