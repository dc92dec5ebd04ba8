"""Dots in groups: for each row, such as a region, a dot for each design; a panel for each measure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.figures.canvas import (
    NUMBERS_ROOM,
    Panel,
    Sheet,
    Values,
    axis_suffix,
    build_canvas,
    build_empty_figure,
    rows_axis,
    spread_evenly,
    stack_panels,
)
from dashboard.figures.dots import Dot, dot_traces, largest_of, legend_traces
from dashboard.measure_words import Estimate, scale_of, unit_beside
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme

_PER_DOT = 22
_BETWEEN = 12


class Group(NamedTuple):
    """One panel.

    Attributes
    ----------
    title : str
        What it shows; may be empty.
    measure : str
        A measure with the unit of its numbers.
    rows : mapping of str to mapping of str to Estimate
        By row as the reader sees it, then by design.
    """

    title: str
    measure: str
    rows: Mapping[str, Mapping[str, Estimate]]

    @property
    def estimates(self) -> list[Estimate]:
        """All of them."""
        return [estimate for designs in self.rows.values() for estimate in designs.values()]


def build_grouped_figure(
    groups: Sequence[Group], designs: Sequence[str], texts: Texts, theme: Theme, *, titles: tuple[str, str]
) -> go.Figure:
    """Draw a dot for each design in each row of each panel.

    Parameters
    ----------
    groups : sequence of Group
        Panels from the top; those without numbers are left out.
    designs : sequence of str
        Names of the designs in the scenario's order.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    titles : tuple of str
        Title and subtitle.

    Returns
    -------
    plotly.graph_objects.Figure
        Means with intervals and spread.
    """
    known = [group for group in groups if any(estimate.n for estimate in group.estimates)]
    if not known:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=titles[0])
    per_row = _PER_DOT * len(designs) + _BETWEEN
    scales = [scale_of(group.measure, texts, largest=largest_of(group.estimates)) for group in known]
    panels = [
        Panel(group.title, unit_beside(group.title, scale, texts), per_row * len(group.rows))
        for group, scale in zip(known, scales, strict=True)
    ]
    layout, drawing = stack_panels(panels, theme)
    layout["shapes"] = []
    names = {design_label(name, texts): number for number, name in enumerate(designs)}
    traces = legend_traces(names, theme) if len(names) > 1 else []
    for number, (group, scale) in enumerate(zip(known, scales, strict=True)):
        suffix = axis_suffix(number)
        traces += _group_traces(group, designs, texts, theme, axes=suffix)
        layout[f"yaxis{suffix}"] |= rows_axis(list(group.rows)) | {"range": [len(group.rows) - 0.5, -0.6]}
        layout[f"xaxis{suffix}"] |= {"rangemode": "tozero", "ticksuffix": scale.suffix, "nticks": 6}
        layout["shapes"] += _lines_between(len(group.rows), suffix, theme)
    sheet = Sheet(
        *titles,
        drawing,
        below=NUMBERS_ROOM,
        right=24,
        legend=tuple(names) if len(names) > 1 else (),
    )
    return build_canvas(traces, layout, sheet, texts, theme)


def _group_traces(group: Group, designs: Sequence[str], texts: Texts, theme: Theme, *, axes: str) -> list[Values]:
    """All dots of a panel at once, so that their numbers are written alike."""
    offsets = spread_evenly(len(designs), 0.85)
    dots = [
        Dot(estimates[name], group.measure, f"{row}: {design_label(name, texts)}", place + offsets[number], number)
        for place, (row, estimates) in enumerate(group.rows.items())
        for number, name in enumerate(designs)
        if name in estimates
    ]
    return dot_traces(dots, texts, theme, axes=axes)


def _lines_between(n_rows: int, suffix: str, theme: Theme) -> list[Values]:
    """Thin lines that keep the rows apart."""
    across = {"type": "line", "xref": f"x{suffix} domain", "x0": 0, "x1": 1, "yref": f"y{suffix}", "layer": "below"}
    return [
        across | {"y0": float(y), "y1": float(y), "line": {"color": theme.grid, "width": 1}}
        for y in np.arange(n_rows - 1) + 0.5
    ]
