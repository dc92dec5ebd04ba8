"""The start: women living in over time, and where the start is over."""

import html

import plotly.graph_objects as go

from dashboard.draw.chart import Chart
from dashboard.draw.places.wide import BLUE, GREY, LIGHT_BLUE, ORANGE, add_band, finish
from sim.cohort import DAYS_PER_YEAR
from sim.looks.warmup import Warmup, WarmupSeries, welch
from sim.texts import Texts

_SMOOTHED_OVER_DAYS = DAYS_PER_YEAR / 2  # half a year hides the weeks and still shows the start


def draw_warmup(series: WarmupSeries, warmup: Warmup, texts: Texts) -> Chart:
    """Draw the women living in over the years since the opening, and what was found in it."""
    figure = go.Figure()
    _add_lines(figure, series, texts)
    message = _add_marks(figure, series, warmup, texts)
    years = series.year_starts[-1] / DAYS_PER_YEAR
    axis = {"range": [0, years], "dtick": 1 if years <= 15 else 5, "zeroline": False}
    figure.update_xaxes(title=texts("figures.warmup.time"), **axis)
    figure.update_yaxes(title=texts("figures.warmup.living"))
    title = texts("figures.warmup.title", design=series.design)
    subtitle = texts("figures.warmup.subtitle", simulations=texts.counted("common.simulations", series.replications))
    return Chart("warmup", finish(figure, (title, subtitle), texts, top=120), f"{title} {message}.")


def _add_lines(figure: go.Figure, series: WarmupSeries, texts: Texts) -> None:
    """The parts as a band, the mean itself, and its moving average."""
    years, parts = series.day / DAYS_PER_YEAR, series.living_of_parts
    if len(parts) > 1:
        ends = parts.min(axis=0), parts.max(axis=0)
        add_band(figure, years, ends, texts("figures.warmup.parts"), word="parts")
    figure.add_scatter(
        x=years,
        y=series.living,
        name=texts("figures.warmup.mean", step_days=_written(series.step_days, texts)),
        mode="lines",
        line={"color": LIGHT_BLUE, "width": 1},
        hovertemplate=texts("figures.warmup.hover") + "<extra></extra>",
    )
    window = min(int(_SMOOTHED_OVER_DAYS / series.step_days / 2), (len(series.living) - 1) // 4)
    smoothed = welch(series.living, window)
    figure.add_scatter(
        x=years[: len(smoothed)],
        y=smoothed,
        name=texts("figures.warmup.smoothed", window_days=_written((2 * window + 1) * series.step_days, texts)),
        mode="lines",
        line={"color": BLUE, "width": 3},
        hoverinfo="skip",
    )


def _add_marks(figure: go.Figure, series: WarmupSeries, warmup: Warmup, texts: Texts) -> str:
    """What is left out, which is told in words too, where MSER-5 cuts, and when the offer is known."""
    first, left_out = warmup.measure_from_year, warmup.years_to_leave_out
    message = texts("figures.warmup.not_steady")
    if first is not None:
        message = texts("figures.warmup.left_out", left_out=left_out, first=first)
        if left_out:
            figure.add_vrect(x0=0, x1=left_out, fillcolor=GREY, opacity=0.12, line_width=0, layer="below")
    _annotate(figure, message, x=0, y=1.02, xref="paper", xanchor="left")
    cut = warmup.truncation_day / DAYS_PER_YEAR
    marks = [(cut, texts("figures.warmup.cut", years=texts.number(cut, 1)), ORANGE, "solid", 0.02)]
    if series.ramp_up_days:
        marks.append((series.ramp_up_days / DAYS_PER_YEAR, texts("figures.warmup.ramp_up"), GREY, "dot", 0.10))
    for x, words, color, dash, height in marks:
        is_left = x < cut and x > 0.15 * series.year_starts[-1] / DAYS_PER_YEAR  # so that no line crosses the label
        side = {"xanchor": "right", "xshift": -4} if is_left else {"xanchor": "left", "xshift": 4}
        figure.add_vline(x=x, line={"color": color, "dash": dash, "width": 2})
        _annotate(figure, words, x=x, y=height, font={"color": color}, bgcolor="rgba(255,255,255,0.8)", **side)
    return message


def _annotate(figure: go.Figure, words: str, **place: object) -> None:
    figure.add_annotation(text=html.escape(words), yref="paper", yanchor="bottom", showarrow=False, **place)


def _written(number: float, texts: Texts) -> str:
    """A number; decimals only where there is something to tell."""
    return texts.number(number, 0 if number == round(number) else 1)
