"""A forecast: women living in over the coming months, open places, who waits, and what was counted since."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.chart import Chart
from dashboard.draw.places.wide import BLUE, GREEN, GREY, INK, ORANGE, add_band, finish
from sim.looks.forecast import ALL, Forecast
from sim.looks.past_forecasts import Observation
from sim.texts import Texts

_DATE = {"da": "%d-%m-%Y", "en": "%Y-%m-%d"}


def draw_forecast(forecast: Forecast, texts: Texts, *, design: str, observed: Sequence[Observation] = ()) -> Chart:
    """Draw the forecast of a design, with the counts of all pools together within its months."""
    figure = go.Figure()
    places, dates = forecast.over_time.designs[design], list(forecast.dates)
    ends = places.living.p05, places.living.p95
    add_band(figure, dates, ends, texts("figures.forecast.band"), word="band")
    hover = {"hovertemplate": texts("figures.forecast.hover") + "<extra>%{fullData.name}</extra>"}
    lines = [
        ("living", places.living, {"color": BLUE, "width": 3}),
        ("open_places", places.open_places, {"color": INK, "width": 2, "dash": "dash"}),
        ("waiting", places.waiting, {"color": ORANGE, "width": 2, "dash": "dot"}),
        ("elsewhere", places.elsewhere, {"color": GREY, "width": 2, "dash": "dashdot"}),
    ]
    for word, bands, line in lines:
        if word == "living" or bands.mean.any():
            name = texts(f"figures.forecast.{word}")
            figure.add_scatter(x=dates, y=bands.mean, name=name, mode="lines", line=line, **hover)
    _add_counts(figure, forecast, observed, texts, hover)
    figure.update_xaxes(range=[dates[0], dates[-1]], tickformat="%m-%Y")
    figure.update_yaxes(title=texts("figures.forecast.women"))
    title, subtitle = texts("figures.forecast.title", design=design), _subtitle(forecast, texts)
    return Chart("forecast", finish(figure, (title, subtitle), texts, top=110), f"{title}. {subtitle}.")


def _subtitle(forecast: Forecast, texts: Texts) -> str:
    word = "subtitle_today" if forecast.scenario.today else "subtitle_empty"
    date = forecast.dates[0].strftime(_DATE[texts.language])
    return texts(
        f"figures.forecast.{word}",
        date=date,
        simulations=texts.counted("common.simulations", forecast.over_time.replications),
    )


def _add_counts(
    figure: go.Figure, forecast: Forecast, observed: Sequence[Observation], texts: Texts, hover: dict[str, Any]
) -> None:
    """What was counted of all pools together."""
    within = [seen for seen in observed if seen.place == ALL and forecast.dates[0] <= seen.date <= forecast.dates[-1]]
    if within:
        figure.add_scatter(
            x=[seen.date for seen in within],
            y=[seen.living for seen in within],
            name=texts("figures.forecast.observed"),
            mode="markers",
            marker={"color": GREEN, "size": 10, "symbol": "diamond", "line": {"color": "white", "width": 1}},
            **hover,
        )
