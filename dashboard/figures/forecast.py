"""The picture of a forecast: women living in over the coming months, open places, who waits, and what was counted.

Takes a forecast, labels in the reader's language and, if there are any, counts made since. Gives a plotly figure.
"""

import datetime as dt
import html
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from sim.experiment.forecast import ALL, Forecast
from sim.experiment.over_time import Bands
from sim.experiment.past_forecasts import Observation

Texts = Mapping[str, str]

FORECAST_TEXTS: Mapping[str, Texts] = {
    "da": {
        "language": "da",
        "separators": ",.",
        "title": "Pladser i brug de kommende måneder i modellen »{design}«",
        "subtitle_today": "Udgangspunkt: kvinderne på listen den {date}. Gennemsnit af {replications} gentagelser",
        "subtitle_empty": "Udgangspunkt: tomme enheder den {date}. Gennemsnit af {replications} gentagelser",
        "women": "Kvinder og pladser",
        "living": "Bor på en døgnplads",
        "waiting": "Venter",
        "elsewhere": "Bor på en plads uden for modellen",
        "open_places": "Åbne pladser",
        "band": "Ni af ti mulige forløb",
        "observed": "Optalt",
        "hover": "%{y:.1f} den %{x|%d-%m-%Y}",
        "date": "%d-%m-%Y",
        "note": "Båndet viser tilfældighed. At forudsætningerne kan være forkerte, viser det ikke. Så små tal kan pege "
        "på enkeltpersoner: beskyt prognosen, som du beskytter listen.",
    },
    "en": {
        "language": "en",
        "separators": ".,",
        "title": "Places in use over the coming months in the design “{design}”",
        "subtitle_today": "Starting from the women on the list of {date}. Mean of {replications} replications",
        "subtitle_empty": "Starting from empty units on {date}. Mean of {replications} replications",
        "women": "Women and places",
        "living": "Living in",
        "waiting": "Waiting",
        "elsewhere": "Living in a place outside the design",
        "open_places": "Open places",
        "band": "Nine of ten possible futures",
        "observed": "Counted",
        "hover": "%{y:.1f} on %{x|%d %b %Y}",
        "date": "%Y-%m-%d",
        "note": "The band shows chance. It does not show that assumptions may be wrong. Numbers this small may point "
        "to single persons: guard the forecast as you guard the list.",
    },
}
"""Labels by language; the title and subtitles have places for words and numbers."""

_BLUE, _PALE_BLUE, _ORANGE, _GREY, _GREEN, _INK = (
    "#0b5394",
    "rgba(86,155,214,0.22)",
    "#c8500a",
    "#767676",
    "#1b6e3c",
    "#222222",
)


def build_forecast_figure(
    forecast: Forecast, texts: Texts, *, design: str, observed: Sequence[Observation] = ()
) -> go.Figure:
    """Draw the forecast of a design, and what was counted since.

    Parameters
    ----------
    forecast : Forecast
        What is drawn.
    texts : mapping of str to str
        Labels, such as ``FORECAST_TEXTS["da"]``.
    design : str
        Name of one of its designs.
    observed : sequence of Observation
        Counts; those of all pools together, within the months of the forecast, are drawn.

    Returns
    -------
    plotly.graph_objects.Figure
        With dates along the bottom.
    """
    figure = go.Figure()
    places = forecast.over_time.designs[design]
    dates = list(forecast.dates)
    _add_band(figure, dates, places.living, texts)
    lines = [
        ("living", places.living, {"color": _BLUE, "width": 3}),
        ("open_places", places.open_places, {"color": _INK, "width": 2, "dash": "dash"}),
        ("waiting", places.waiting, {"color": _ORANGE, "width": 2, "dash": "dot"}),
        ("elsewhere", places.elsewhere, {"color": _GREY, "width": 2, "dash": "dashdot"}),
    ]
    for word, bands, line in lines:
        if word == "living" or bands.mean.any():
            figure.add_scatter(x=dates, y=bands.mean, name=texts[word], mode="lines", line=line, **_hover(texts))
    _add_counts(figure, forecast, observed, texts)
    title = html.escape(texts["title"].format(design=design))
    figure.update_layout(
        title={"text": title, "subtitle": {"text": html.escape(_subtitle(forecast, texts))}, "x": 0, "xref": "paper"},
        separators=texts["separators"],
        template="plotly_white",
        font={"size": 14, "color": _INK},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
        margin={"l": 70, "r": 30, "t": 110, "b": 20},
        hovermode="x",
    )
    figure.update_xaxes(range=[dates[0], dates[-1]], tickformat="%m-%Y")
    figure.update_yaxes(title=texts["women"], rangemode="tozero", zeroline=True)
    return figure


def _subtitle(forecast: Forecast, texts: Texts) -> str:
    word = "subtitle_today" if forecast.scenario.today else "subtitle_empty"
    thousands = texts["separators"][1]
    replications = f"{forecast.over_time.replications:,}".replace(",", thousands)
    return texts[word].format(date=forecast.dates[0].strftime(texts["date"]), replications=replications)


def _hover(texts: Texts) -> dict[str, Any]:
    return {"hovertemplate": texts["hover"] + "<extra>%{fullData.name}</extra>"}


def _add_band(figure: go.Figure, dates: list[dt.date], bands: Bands, texts: Texts) -> None:
    band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "band"}
    figure.add_scatter(x=dates, y=bands.p05, name="band_low", showlegend=False, **band)
    figure.add_scatter(x=dates, y=bands.p95, name=texts["band"], fill="tonexty", fillcolor=_PALE_BLUE, **band)


def _add_counts(figure: go.Figure, forecast: Forecast, observed: Sequence[Observation], texts: Texts) -> None:
    """What was counted of all pools together."""
    within = [seen for seen in observed if seen.place == ALL and forecast.dates[0] <= seen.date <= forecast.dates[-1]]
    if within:
        figure.add_scatter(
            x=[seen.date for seen in within],
            y=[seen.living for seen in within],
            name=texts["observed"],
            mode="markers",
            marker={"color": _GREEN, "size": 10, "symbol": "diamond", "line": {"color": "white", "width": 1}},
            **_hover(texts),
        )
