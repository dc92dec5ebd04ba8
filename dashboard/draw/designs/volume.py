"""Volume: women admitted a year to each unit, against the number below which expertise is thought to suffer."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.canvas import ROW, Canvas, Values, build_canvas, build_empty_figure, label, rows_axis
from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.dots import Dot, dot_traces
from dashboard.draw.theme import Theme, design_number
from dashboard.say.labels import pool_label
from dashboard.say.measure_words import Estimate, estimate_of, write_estimate
from sim.experiment import Results
from sim.measures import EXTERNAL
from sim.texts import Texts, design_label

_MEASURE, _SHARE = "admissions_per_pool_year", "below_minimum_volume_share"


class _Volume(NamedTuple):
    """The volume of one pool."""

    design: str
    pool: str
    volume: Estimate  # women admitted a year with an open place [women/year]
    below: Estimate  # share of its years below the minimum


def draw_volume(results: Results, texts: Texts, theme: Theme) -> Chart:
    """Draw a row for each pool, under a heading for each design; the share of years below at the right."""
    volumes, minimum = _volumes(results), results.scenario.measures.minimum_volume
    figure = _figure(volumes, minimum, list(results.designs), texts, theme)
    return Chart("volume", figure, _in_words(volumes, minimum, texts), lambda: _frame(volumes, minimum, texts))


def _volumes(results: Results) -> list[_Volume]:
    """By design, then in the order of its pools; those that had no open place are left out."""
    rows = (
        _Volume(
            name,
            scope.key,
            estimate_of(comparison, _MEASURE, by="pool", key=scope.key),
            estimate_of(comparison, _SHARE, by="pool", key=scope.key),
        )
        for name, comparison in results.designs.items()
        for scope in comparison.scopes
        if scope.by == "pool" and scope.key != EXTERNAL
    )
    return [row for row in rows if row.volume.n]


def _figure(
    volumes: Sequence[_Volume], minimum: float, designs: Sequence[str], texts: Texts, theme: Theme
) -> go.Figure:
    title = texts("figures.volume.title")
    if not volumes:
        return build_empty_figure(texts("figures.volume.nothing"), texts, theme, title=title)
    names: list[str] = []
    dots, shares = [], []
    for number, one in enumerate(volumes):
        design, pool = design_label(one.design, texts), pool_label(one.pool, texts)
        if number == 0 or volumes[number - 1].design != one.design:
            names.append(f"<b>{design}</b>")
        row, share = len(names), write_estimate(one.below, _SHARE, texts)
        told = texts("figures.volume.below", share=share)
        dots.append(
            Dot(one.volume, _MEASURE, f"{pool}, {design}", float(row), design_number(theme, one.design, designs), told)
        )
        shares.append(_share_note(share, row, texts, theme))
        names.append(pool)
    limit = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": minimum, "x1": minimum, "layer": "below"}
    note = label(texts("figures.volume.minimum", minimum=texts.number(minimum)), x=minimum, y=1, color=theme.text)
    layout = {
        "annotations": [note | {"yref": "paper", "yanchor": "bottom"}, *shares],
        "shapes": [limit | {"line": {"color": theme.text, "width": 2, "dash": "dash"}}],
        "xaxis": {
            "range": [0, 1.1 * max(minimum, *(_farthest(one.volume) for one in volumes))],
            "title": {"text": texts("figures.unit.women_per_year")},
            "nticks": 6,
        },
        "yaxis": rows_axis(names),
    }
    sheet = Canvas(title, texts("figures.volume.subtitle"), ROW * len(names), above=22, right=86)
    return build_canvas(dot_traces(dots, texts, theme), layout, sheet, texts, theme)


def _farthest(estimate: Estimate) -> float:
    return estimate.p95 if math.isfinite(estimate.p95) else estimate.mean


def _share_note(share: str, row: int, texts: Texts, theme: Theme) -> Values:
    """The share of years below the minimum, at the right."""
    note = label(texts("figures.volume.below_short", share=share), x=1, y=float(row), color=theme.muted, size=12)
    return note | {"xref": "paper", "xanchor": "left", "xshift": 6}


def _frame(volumes: Sequence[_Volume], minimum: float, texts: Texts) -> pd.DataFrame:
    rows = [
        estimate_row(one.volume, _MEASURE, texts, design=design_label(one.design, texts))
        | {"pool": pool_label(one.pool, texts), "below": one.below.mean, "minimum": minimum}
        for one in volumes
    ]
    words = ("design", "pool", "mean", "low", "high", "p05", "p95", "unit", "below", "minimum")
    return build_table(rows, words, texts)


def _in_words(volumes: Sequence[_Volume], minimum: float, texts: Texts) -> str:
    if not volumes:
        return texts("figures.volume.nothing")
    said = "; ".join(
        texts(
            "figures.volume.pool",
            design=design_label(one.design, texts),
            pool=pool_label(one.pool, texts),
            volume=texts.number(one.volume.mean, 1),
            share=write_estimate(one.below, _SHARE, texts),
        )
        for one in volumes
    )
    return texts("figures.volume.described", minimum=texts.number(minimum), pools=said)
