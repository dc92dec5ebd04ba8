"""Panels of estimates, a measure each: a dot for each design, in a row of its own or grouped in rows."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.draw.canvas import (
    NUMBERS_ROOM,
    ROW,
    Canvas,
    Panel,
    Values,
    axis_suffix,
    build_canvas,
    build_empty_figure,
    rows_axis,
    spread_evenly,
    stack_panels,
)
from dashboard.draw.dots import Dot, dot_traces, largest_of, legend_traces
from dashboard.draw.theme import Theme, design_number
from dashboard.say.measure_words import Estimate, measure_label, scale_of, unit_beside
from sim.texts import Texts, design_label

_PER_DOT = 22
_BETWEEN = 12


class DotPanel(NamedTuple):
    """The estimates of one measure."""

    title: str  # may be empty
    measure: str  # one with the unit of its numbers
    rows: Sequence[str]  # from the top
    dots: Sequence[Dot]
    height: int  # [px]


def panel_of_designs(measure: str, estimates: Mapping[str, Estimate], numbers: Sequence[int], texts: Texts) -> DotPanel:
    """Give each design a row; the numbers are the designs' places in the scenario."""
    title, names = measure_label(measure, texts), [design_label(name, texts) for name in estimates]
    dots = [
        Dot(estimate, measure, f"{name}: {title}", float(row), number)
        for row, (name, estimate, number) in enumerate(zip(names, estimates.values(), numbers, strict=True))
    ]
    return DotPanel(title, measure, names, dots, ROW * len(names) + 4)


def panel_of_groups(
    title: str,
    measure: str,
    rows: Mapping[str, Mapping[str, Estimate]],
    designs: Sequence[str],
    texts: Texts,
    theme: Theme,
) -> DotPanel:
    """Group the designs' dots in rows, such as regions."""
    offsets = spread_evenly(len(designs), 0.85)
    numbers = {name: design_number(theme, name, designs) for name in designs}
    dots = [
        Dot(estimates[name], measure, f"{row}: {design_label(name, texts)}", place + offsets[row_of], numbers[name])
        for place, (row, estimates) in enumerate(rows.items())
        for row_of, name in enumerate(designs)
        if name in estimates
    ]
    return DotPanel(title, measure, list(rows), dots, (_PER_DOT * len(designs) + _BETWEEN) * len(rows))


def build_panels(
    panels: Sequence[DotPanel],
    titles: tuple[str, str],
    texts: Texts,
    theme: Theme,
    *,
    is_difference: bool = False,
    designs: Sequence[str] = (),
) -> go.Figure:
    """Draw panels below a title and a subtitle; those without numbers are left out. Groups of designs get a legend."""
    known = [panel for panel in panels if any(dot.estimate.n for dot in panel.dots)]
    if not known:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=titles[0])
    largest = [largest_of([dot.estimate for dot in panel.dots]) for panel in known]
    scales = [
        scale_of(panel.measure, texts, largest=size, is_difference=is_difference)
        for panel, size in zip(known, largest, strict=True)
    ]
    drawn = [
        Panel(panel.title, unit_beside(panel.title, scale, texts), panel.height)
        for panel, scale in zip(known, scales, strict=True)
    ]
    layout, drawing = stack_panels(drawn, theme)
    known_names = designs if len(designs) > 1 else ()
    names = {design_label(name, texts): design_number(theme, name, designs) for name in known_names}
    traces = legend_traces(names, theme)
    for number, (panel, scale) in enumerate(zip(known, scales, strict=True)):
        suffix = axis_suffix(number)
        traces += dot_traces(panel.dots, texts, theme, axes=suffix, is_difference=is_difference)
        layout[f"yaxis{suffix}"] |= rows_axis(panel.rows)
        own = {"zeroline": True, "zerolinewidth": 2} if is_difference else {"ticksuffix": scale.suffix}
        layout[f"xaxis{suffix}"] |= {"rangemode": "tozero", "nticks": 6, **own}
        if designs:
            layout[f"yaxis{suffix}"]["range"] = [len(panel.rows) - 0.5, -0.6]
            layout["shapes"] = [*layout.get("shapes", ()), *_lines_between(len(panel.rows), suffix, theme)]
    sheet = Canvas(*titles, drawing, below=NUMBERS_ROOM, right=24, legend=tuple(names))
    return build_canvas(traces, layout, sheet, texts, theme)


def _lines_between(n_rows: int, suffix: str, theme: Theme) -> list[Values]:
    """Thin lines that keep the rows apart."""
    across = {"type": "line", "xref": f"x{suffix} domain", "x0": 0, "x1": 1, "yref": f"y{suffix}", "layer": "below"}
    return [
        across | {"y0": float(y), "y1": float(y), "line": {"color": theme.grid, "width": 1}}
        for y in np.arange(n_rows - 1) + 0.5
    ]
