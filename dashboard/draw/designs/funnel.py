"""The women's way to a place, design by design: how many reach each step."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import Canvas, Values, build_canvas, build_empty_figure, hatch, plain
from dashboard.draw.chart import Chart, build_table
from dashboard.draw.theme import Theme, design_color, design_number, design_pattern
from dashboard.say.measure_words import NO_ESTIMATE, Estimate, estimate_of, write_alike, write_estimate, write_interval
from sim.experiment import Results
from sim.texts import Texts, design_label

Steps = Mapping[str, Mapping[str, Estimate]]
"""By design, then by step [women/year]."""

_MEASURES: Mapping[str, str] = {
    "referred": "referrals_per_year",
    "offered": "offered_per_year",
    "accepted": "accepted_per_year",
    "admitted": "admitted_per_year",
    "completed": "completed_per_year",
}
_SAME_STEPS = ("need", "referred")  # in every design: all meet the same women
_UNIT = "referrals_per_year"  # a measure with the unit of all steps
_BAR = 19
_BETWEEN = 0.7


def draw_funnel(results: Results, texts: Texts, theme: Theme) -> Chart:
    """Draw how many women a year reach each step: a bar for each design; need and referrals, the same in all, once."""
    steps = _steps(results)
    figure = _figure(steps, results.replications, texts, theme)
    return Chart("way", figure, _in_words(steps, results, texts), lambda: _frame(steps, texts))


def _steps(results: Results) -> Steps:
    """The women who reach each step; the need is put in and has no interval."""
    given = NO_ESTIMATE._replace(n=results.replications, mean=results.funnel.need_per_year)
    return {
        name: {"need": given} | {word: estimate_of(comparison, measure) for word, measure in _MEASURES.items()}
        for name, comparison in results.designs.items()
    }


def _figure(steps: Steps, n_replications: int, texts: Texts, theme: Theme) -> go.Figure:
    title = texts("figures.funnel.title")
    if not steps:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    rows, bottom = _rows(list(steps))
    common = {word: estimate for word, estimate in next(iter(steps.values())).items() if word in _SAME_STEPS}
    places = [rows[word, ""] for word in common]
    traces = [_bars(texts("figures.funnel.all"), common, places, texts, theme) | {"marker": {"color": theme.muted}}]
    for name, estimates in steps.items():
        number = design_number(theme, name, steps)
        own = {word: estimate for word, estimate in estimates.items() if word not in _SAME_STEPS}
        places = [rows[word, name] for word in own]
        pattern = hatch(design_pattern(number), theme)
        marker = {"color": design_color(theme, number), "pattern": pattern}
        traces.append(_bars(design_label(name, texts), own, places, texts, theme) | {"marker": marker})
    words = dict.fromkeys(word for word, _ in rows)
    layout = {
        "barmode": "overlay",
        "xaxis": {"rangemode": "tozero", "showticklabels": False, "showgrid": False},
        "yaxis": {
            "range": [bottom, -0.6],
            "tickvals": [float(np.mean([row for (step, _), row in rows.items() if step == word])) for word in words],
            "ticktext": [texts(f"common.step.{word}") for word in words],
            "showgrid": False,
        },
    }
    subtitle = texts("figures.funnel.subtitle", simulations=texts.counted("common.simulations", n_replications))
    names = tuple(trace["name"] for trace in traces)
    sheet = Canvas(title, subtitle, int(_BAR * (bottom + 0.6)), below=8, right=36, legend=names)
    return build_canvas(traces, layout, sheet, texts, theme)


def _rows(designs: Sequence[str]) -> tuple[dict[tuple[str, str], float], float]:
    """Where the bar of each step and design stands, from the top, and where the last group ends."""
    rows: dict[tuple[str, str], float] = {}
    row = 0.0
    for word in ("need", *_MEASURES):
        for name in ("",) if word in _SAME_STEPS else designs:
            rows[word, name] = row
            row += 1.0
        row += _BETWEEN
    return rows, row - _BETWEEN - 0.4


def _bars(name: str, estimates: Mapping[str, Estimate], rows: Sequence[float], texts: Texts, theme: Theme) -> Values:
    """Bars with their numbers at the end."""
    hover = []
    for word, estimate in estimates.items():
        lines = [f"<b>{name}</b>", f"{texts(f'common.step.{word}')}: {write_estimate(estimate, _UNIT, texts)}"]
        if estimate.low < estimate.high:
            interval = write_interval(estimate, _UNIT, texts)
            lines.append(texts("figures.hover.interval", interval=interval))
        hover.append("<br>".join(lines))
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": plain(rows),
        "width": 0.86,
        "x": plain([estimate.mean for estimate in estimates.values()]),
        "text": write_alike(list(estimates.values()), _UNIT, texts),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.text},
        "hovertext": hover,
        "hoverinfo": "text",
    }


def _frame(steps: Steps, texts: Texts) -> pd.DataFrame:
    rows = [
        {"design": design_label(name, texts), "step": texts(f"common.step.{word}"), **estimate._asdict()}
        for name, estimates in steps.items()
        for word, estimate in estimates.items()
    ]
    return build_table(rows, ("design", "step", "mean", "low", "high"), texts)


def _in_words(steps: Steps, results: Results, texts: Texts) -> str:
    if not steps:
        return texts("figures.nothing")
    designs = "; ".join(
        texts(
            "figures.funnel.design",
            design=design_label(name, texts),
            **{word: texts.number(own[word].mean, 1) for word in ("referred", "accepted", "admitted")},
        )
        for name, own in steps.items()
    )
    return texts("figures.funnel.described", need=texts.number(results.funnel.need_per_year, 1), designs=designs)
