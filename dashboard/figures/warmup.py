"""The picture of the start: women living in over time, and where the start is over.

Takes a series, what was found in it, and labels in the reader's language. Gives a plotly figure, or a whole page that
asks nothing of any other machine.
"""

import html
from collections.abc import Mapping

import plotly.graph_objects as go

from sim.cohort import DAYS_PER_YEAR
from sim.experiment.warmup import Warmup, WarmupSeries, welch

Texts = Mapping[str, str]

SMOOTHED_OVER_DAYS = DAYS_PER_YEAR / 2
"""Width of the moving average [days]: half a year hides the weeks and still shows the start."""

WARMUP_TEXTS: Mapping[str, Texts] = {
    "da": {
        "language": "da",
        "separators": ",.",
        "title": "Hvornår er starten overstået i modellen »{design}«?",
        "subtitle": "Kvinder, der bor på en døgnplads, gennemsnit af {replications} gentagelser",
        "time": "År siden åbningen",
        "living": "Kvinder på døgnplads",
        "mean": "Gennemsnit, trin på {step_days} dage",
        "smoothed": "Glidende gennemsnit over {window_days} dage (Welch)",
        "parts": "Dele af gentagelserne, hver for sig",
        "cut": "MSER-5: efter {years} år",
        "ramp_up": "Tilbuddet er kendt",
        "left_out": "Udelades: {left_out} år. Det lange løb måles fra år {first}",
        "not_steady": "Intet stabilt niveau fundet: se længere frem, før det lange løb måles",
        "hover": "%{y:.1f} kvinder efter %{x:.2f} år",
        "note": "Et nyt tilbud starter tomt. Derfor måles der som udgangspunkt fra første dag.",
    },
    "en": {
        "language": "en",
        "separators": ".,",
        "title": "When is the start over in the design “{design}”?",
        "subtitle": "Women living in a residential place, mean of {replications} replications",
        "time": "Years since opening",
        "living": "Women living in",
        "mean": "Mean, steps of {step_days} days",
        "smoothed": "Moving average over {window_days} days (Welch)",
        "parts": "Parts of the replications, each alone",
        "cut": "MSER-5: after {years} years",
        "ramp_up": "The offer is known",
        "left_out": "Left out: {left_out} years. The long run is measured from year {first}",
        "not_steady": "No steady level found: look further ahead before measuring the long run",
        "hover": "%{y:.1f} women after %{x:.2f} years",
        "note": "A new programme starts empty. So measures count from the first day unless told otherwise.",
    },
}
"""Labels by language; `title`, `subtitle` and others have places for numbers."""

_BLUE, _PALE_BLUE, _ORANGE, _GREY, _INK = "#0b5394", "rgba(86,155,214,0.22)", "#c8500a", "#767676", "#222222"


def build_warmup_figure(series: WarmupSeries, warmup: Warmup, texts: Texts) -> go.Figure:
    """Draw the women living in over time and where the start is over.

    Parameters
    ----------
    series : WarmupSeries
        What is drawn.
    warmup : Warmup
        What was found in it.
    texts : mapping of str to str
        Labels, such as ``WARMUP_TEXTS["da"]``.

    Returns
    -------
    plotly.graph_objects.Figure
        With time in years since the opening.
    """
    figure = go.Figure()
    _add_lines(figure, series, texts)
    _add_marks(figure, series, warmup, texts)
    replications = _written(series.replications, texts)
    title = texts["title"].format(design=series.design)
    subtitle = texts["subtitle"].format(replications=replications)
    figure.update_layout(
        title={"text": html.escape(title), "subtitle": {"text": html.escape(subtitle)}, "x": 0, "xref": "paper"},
        separators=texts["separators"],
        template="plotly_white",
        font={"size": 14, "color": _INK},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
        margin={"l": 70, "r": 30, "t": 120, "b": 20},
        hovermode="x",
    )
    years = series.year_starts[-1] / DAYS_PER_YEAR
    figure.update_xaxes(title=texts["time"], range=[0, years], dtick=1 if years <= 15 else 5, zeroline=False)
    figure.update_yaxes(title=texts["living"], rangemode="tozero", zeroline=True)
    return figure


def _add_lines(figure: go.Figure, series: WarmupSeries, texts: Texts) -> None:
    """The parts as a band, the mean itself, and its moving average."""
    years = series.day / DAYS_PER_YEAR
    lowest, highest = series.living_of_parts.min(axis=0), series.living_of_parts.max(axis=0)
    if len(series.living_of_parts) > 1:
        band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "parts"}
        figure.add_scatter(x=years, y=lowest, name="parts_low", showlegend=False, **band)
        figure.add_scatter(x=years, y=highest, name=texts["parts"], fill="tonexty", fillcolor=_PALE_BLUE, **band)
    figure.add_scatter(
        x=years,
        y=series.living,
        name=texts["mean"].format(step_days=_written(series.step_days, texts)),
        mode="lines",
        line={"color": "#569bd6", "width": 1},
        hovertemplate=texts["hover"] + "<extra></extra>",
    )
    window = min(int(SMOOTHED_OVER_DAYS / series.step_days / 2), (len(series.living) - 1) // 4)
    smoothed = welch(series.living, window)
    figure.add_scatter(
        x=years[: len(smoothed)],
        y=smoothed,
        name=texts["smoothed"].format(window_days=_written((2 * window + 1) * series.step_days, texts)),
        mode="lines",
        line={"color": _BLUE, "width": 3},
        hoverinfo="skip",
    )


def _add_marks(figure: go.Figure, series: WarmupSeries, warmup: Warmup, texts: Texts) -> None:
    """What is left out, where MSER-5 cuts, and when the offer is known."""
    first = warmup.measure_from_year
    if first is None:
        message = texts["not_steady"]
    else:
        message = texts["left_out"].format(left_out=warmup.years_to_leave_out, first=first)
        if warmup.years_to_leave_out:
            figure.add_vrect(
                x0=0, x1=warmup.years_to_leave_out, fillcolor=_GREY, opacity=0.12, line_width=0, layer="below"
            )
    figure.add_annotation(
        text=html.escape(message),
        x=0,
        y=1.02,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
    )
    cut = warmup.truncation_day / DAYS_PER_YEAR
    marks = [(cut, texts["cut"].format(years=_written(cut, texts, decimals=1)), _ORANGE, "solid", 0.02)]
    if series.ramp_up_days:
        marks.append((series.ramp_up_days / DAYS_PER_YEAR, texts["ramp_up"], _GREY, "dot", 0.10))
    for x, label, color, dash, height in marks:
        is_left = x < cut and x > 0.15 * series.year_starts[-1] / DAYS_PER_YEAR  # so that no line crosses the label
        figure.add_vline(x=x, line={"color": color, "dash": dash, "width": 2})
        figure.add_annotation(
            text=html.escape(label),
            x=x,
            y=height,
            yref="paper",
            xanchor="right" if is_left else "left",
            yanchor="bottom",
            xshift=-4 if is_left else 4,
            showarrow=False,
            font={"color": color},
            bgcolor="rgba(255,255,255,0.8)",
        )


def _written(number: float, texts: Texts, *, decimals: int = 0) -> str:
    """A number as the reader's language writes it; decimals only where there is something to tell."""
    rounded = round(number, decimals)
    text = f"{rounded:,.{decimals}f}" if decimals or rounded == number else f"{number:,.1f}"
    decimal, thousands = texts["separators"]
    return text.translate(str.maketrans({".": decimal, ",": thousands}))


def build_warmup_page(figure: go.Figure, texts: Texts) -> str:
    """Write a figure as a page of its own.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        From `build_warmup_figure`.
    texts : mapping of str to str
        The same labels.

    Returns
    -------
    str
        HTML with plotly.js inside: it can be mailed, and opens without a network.
    """
    drawing = figure.to_html(
        full_html=False, include_plotlyjs=True, default_height="88vh", config={"displaylogo": False, "responsive": True}
    )
    title, note = figure.layout.title.text, html.escape(texts["note"])  # the title is escaped already
    return (
        f'<!DOCTYPE html>\n<html lang="{texts["language"]}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n"
        f'<body style="font-family: sans-serif; color: {_INK}">\n{drawing}\n<p style="margin: 0 70px">{note}</p>\n'
        "</body>\n</html>\n"
    )
