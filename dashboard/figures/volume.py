"""Volume: women admitted a year to each unit, against the number below which expertise is thought to suffer."""

import math
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.canvas import ROW, Sheet, Values, build_canvas, build_empty_figure, label, rows_axis
from dashboard.figures.dots import Dot, dot_traces
from dashboard.measure_words import Estimate, estimate_of, raw_unit
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.experiment import Results
from sim.geography import load_sites
from sim.measures import EXTERNAL

MEASURE = "admissions_per_pool_year"
SHARE = "below_minimum_volume_share"


class PoolVolume(NamedTuple):
    """The volume of one pool.

    Attributes
    ----------
    design, pool : str
        Names.
    volume : Estimate
        Women admitted a year with an open place [women/year].
    below : Estimate
        Share of its years below the minimum.
    """

    design: str
    pool: str
    volume: Estimate
    below: Estimate


def pool_volumes(results: Results) -> tuple[PoolVolume, ...]:
    """Find the volume of every pool.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    tuple of PoolVolume
        By design, then in the order of its pools; those that had no open place are left out.
    """
    rows = (
        PoolVolume(
            name,
            scope.key,
            estimate_of(comparison, MEASURE, by="pool", key=scope.key),
            estimate_of(comparison, SHARE, by="pool", key=scope.key),
        )
        for name, comparison in results.designs.items()
        for scope in comparison.scopes
        if scope.by == "pool" and scope.key != EXTERNAL
    )
    return tuple(row for row in rows if row.volume.n)


def build_volume_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw the volume of every pool against the minimum.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A row for each pool, under a heading for each design; the share of years below the minimum at the right.
    """
    title = texts("figures.volume.title")
    volumes = pool_volumes(results)
    if not volumes:
        return build_empty_figure(texts("figures.volume.nothing"), texts, theme, title=title)
    minimum = results.scenario.measures.minimum_volume
    rows = _rows(volumes)
    numbers = {name: number for number, name in enumerate(results.designs)}
    own = [(row, volume) for row, volume in enumerate(rows) if volume is not None]
    dots = [
        Dot(volume.volume, MEASURE, _name(volume, texts), float(row), numbers[volume.design], _below(volume, texts))
        for row, volume in own
    ]
    limit = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": minimum, "x1": minimum, "layer": "below"}
    note = label(texts("figures.volume.minimum", minimum=texts.number(minimum)), x=minimum, y=1, color=theme.text)
    layout = {
        "annotations": [
            note | {"yref": "paper", "yanchor": "bottom"},
            *(_share_note(volume.below, row, texts, theme) for row, volume in own),
        ],
        "shapes": [limit | {"line": {"color": theme.text, "width": 2, "dash": "dash"}}],
        "xaxis": {
            "range": [0, 1.1 * max(minimum, *(_farthest(volume.volume) for volume in volumes))],
            "title": {"text": texts("figures.unit.women_per_year")},
            "nticks": 6,
        },
        "yaxis": rows_axis([_row_name(row, rows, texts) for row in range(len(rows))]),
    }
    sheet = Sheet(title, texts("figures.volume.subtitle"), ROW * len(rows), above=22, right=86)
    return build_canvas(dot_traces(dots, texts, theme), layout, sheet, texts, theme)


def _name(volume: PoolVolume, texts: Texts) -> str:
    return f"{pool_label(volume.pool, texts)}, {design_label(volume.design, texts)}"


def _below(volume: PoolVolume, texts: Texts) -> str:
    return texts("figures.volume.below", share=texts.percent(volume.below.mean))


def _rows(volumes: tuple[PoolVolume, ...]) -> list[PoolVolume | None]:
    """Rows from the top: before each design's pools one for its heading."""
    rows: list[PoolVolume | None] = []
    for number, volume in enumerate(volumes):
        if number == 0 or volumes[number - 1].design != volume.design:
            rows.append(None)
        rows.append(volume)
    return rows


def _row_name(row: int, rows: list[PoolVolume | None], texts: Texts) -> str:
    own = rows[row]
    if own is not None:
        return pool_label(own.pool, texts)
    following = rows[row + 1]
    return f"<b>{design_label(following.design, texts)}</b>" if following else ""


def pool_label(pool: str, texts: Texts) -> str:
    """Name a pool.

    Parameters
    ----------
    pool : str
        Its id: often that of a region, of a site, or of both.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Region and town where the id names them, else the id itself.
    """
    region, _, site = pool.rpartition("-")
    towns = {known.id: known.town for known in load_sites()}
    if f"common.region.{pool}" in texts:
        return texts(f"common.region.{pool}")
    if site in towns and not region:
        return towns[site]
    if site in towns and f"common.region.{region}" in texts:
        return f"{texts(f'common.region.{region}')}, {towns[site]}"
    return pool


def _farthest(estimate: Estimate) -> float:
    return estimate.p95 if math.isfinite(estimate.p95) else estimate.mean


def _share_note(below: Estimate, row: int, texts: Texts, theme: Theme) -> Values:
    """The share of years below the minimum, at the right."""
    text = texts("figures.volume.below_short", share=texts.percent(below.mean))
    note = label(text, x=1, y=float(row), color=theme.muted, size=12)
    return note | {"xref": "paper", "xanchor": "left", "xshift": 6}


def volume_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate the volume of every pool.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns, designs and pools.

    Returns
    -------
    pandas.DataFrame
        A row for each design and pool; the share of years below the minimum runs from 0 to 1.
    """
    words = ("design", "pool", "mean", "low", "high", "p05", "p95", "unit", "below", "minimum")
    column = {word: texts(f"figures.column.{word}") for word in words}
    return pd.DataFrame(
        [
            {
                column["design"]: design_label(row.design, texts),
                column["pool"]: pool_label(row.pool, texts),
                **{column[word]: value for word, value in row.volume._asdict().items() if word != "n"},
                column["unit"]: raw_unit(MEASURE, texts),
                column["below"]: row.below.mean,
                column["minimum"]: results.scenario.measures.minimum_volume,
            }
            for row in pool_volumes(results)
        ],
        columns=list(column.values()),
    )


def describe_volume(results: Results, texts: Texts) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Each design's units with their volume, for those who do not see it.
    """
    volumes = pool_volumes(results)
    if not volumes:
        return texts("figures.volume.nothing")
    said = "; ".join(
        texts(
            "figures.volume.pool",
            design=design_label(row.design, texts),
            pool=pool_label(row.pool, texts),
            volume=texts.number(row.volume.mean, 1),
            share=texts.percent(row.below.mean),
        )
        for row in volumes
    )
    minimum = texts.number(results.scenario.measures.minimum_volume)
    return texts("figures.volume.described", minimum=minimum, pools=said)
