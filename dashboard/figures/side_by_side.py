"""Designs side by side: a panel for each measure, a row for each design.

The same drawing serves whatever few measures are of interest: the headlines, waiting, what a woman admitted costs.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.canvas import (
    NUMBERS_ROOM,
    ROW,
    Panel,
    Sheet,
    Values,
    axis_suffix,
    build_canvas,
    build_empty_figure,
    rows_axis,
    stack_panels,
)
from dashboard.figures.dots import Dot, dot_traces, largest_of
from dashboard.measure_words import (
    Estimate,
    estimate_of,
    measure_label,
    raw_unit,
    scale_of,
    unit_beside,
    with_one_stop,
    write_estimate,
    write_interval,
)
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.experiment import Comparison, Results

HEADLINES = (
    "admitted_per_year",
    "refused_share",
    "wait_days_mean",
    "travel_minutes_mean",
    "occupancy",
    "below_minimum_volume_share",
    "cost_per_year",
    "cost_per_admitted",
)
"""What a steering group asks first."""

COST_PER_WOMAN = ("cost_per_admitted",)
"""What places cost for each woman admitted."""


def build_measures_figure(
    results: Results, texts: Texts, theme: Theme, *, measures: Sequence[str] = HEADLINES, words: str = "side_by_side"
) -> go.Figure:
    """Draw designs side by side, a panel for each measure.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    measures : sequence of str
        Names of measures, from the top.
    words : str
        Where the title is: ``figures.<words>.title``; ``side_by_side`` or ``cost_per_woman``.

    Returns
    -------
    plotly.graph_objects.Figure
        Means with intervals and spread.
    """
    title = texts(f"figures.{words}.title")
    found = {measure: _estimates(results, measure) for measure in measures}
    known = {measure: own for measure, own in found.items() if any(estimate.n for estimate in own.values())}
    if not known:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    scales = [
        scale_of(measure, texts, largest=largest_of(list(estimates.values()))) for measure, estimates in known.items()
    ]
    height = ROW * len(results.designs) + 4
    panels = [
        Panel(label := measure_label(measure, texts), unit_beside(label, scale, texts), height)
        for measure, scale in zip(known, scales, strict=True)
    ]
    layout, drawing = stack_panels(panels, theme)
    traces: list[Values] = []
    for number, (measure, estimates) in enumerate(known.items()):
        suffix, scale = axis_suffix(number), scales[number]
        dots = [
            Dot(estimate, measure, f"{design_label(name, texts)}: {panels[number].title}", float(row), row)
            for row, (name, estimate) in enumerate(estimates.items())
        ]
        traces += dot_traces(dots, texts, theme, axes=suffix)
        layout[f"yaxis{suffix}"] |= rows_axis([design_label(name, texts) for name in estimates])
        layout[f"xaxis{suffix}"] |= {"rangemode": "tozero", "ticksuffix": scale.suffix, "nticks": 6}
    sheet = Sheet(title, texts("figures.reading"), drawing, below=NUMBERS_ROOM, right=24)
    return build_canvas(traces, layout, sheet, texts, theme)


def _estimates(results: Results, measure: str) -> dict[str, Estimate]:
    return {name: estimate_of(comparison, measure) for name, comparison in results.designs.items()}


def measures_frame(results: Results, texts: Texts, *, measures: Sequence[str] = HEADLINES) -> pd.DataFrame:
    """Tabulate measures of all designs.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns, designs and measures.
    measures : sequence of str
        Names of measures.

    Returns
    -------
    pandas.DataFrame
        A row for each measure and design, numbers as they stand in results.
    """
    return estimates_frame(
        [(measure, name, comparison) for measure in measures for name, comparison in results.designs.items()], texts
    )


def estimates_frame(rows: Sequence[tuple[str, str, Comparison]], texts: Texts) -> pd.DataFrame:
    """Tabulate estimates for everything.

    Parameters
    ----------
    rows : sequence of tuple of str, str and Comparison
        Measure, design or pair of designs, and where the estimates are.
    texts : Texts
        For the names of columns, designs and measures.

    Returns
    -------
    pandas.DataFrame
        A row each, numbers as they stand in results.
    """
    words = ("measure", "design", "mean", "low", "high", "p05", "p95", "unit", "n")
    column = {word: texts(f"figures.column.{word}") for word in words}
    return pd.DataFrame(
        [
            {
                column["measure"]: measure_label(measure, texts),
                column["design"]: design_label(name, texts),
                **{column[word]: value for word, value in estimate_of(comparison, measure)._asdict().items()},
                column["unit"]: raw_unit(measure, texts),
            }
            for measure, name, comparison in rows
        ],
        columns=list(column.values()),
    )


def describe_measures(results: Results, texts: Texts, *, measures: Sequence[str] = HEADLINES) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    measures : sequence of str
        Names of measures.

    Returns
    -------
    str
        A sentence for each measure, for those who do not see it.
    """
    if not results.designs:
        return texts("figures.nothing")
    sentences = []
    for measure in measures:
        numbers = "; ".join(
            texts(
                "figures.with_interval",
                name=design_label(name, texts),
                mean=write_estimate(estimate_of(comparison, measure), measure, texts),
                interval=write_interval(estimate_of(comparison, measure), measure, texts),
            )
            for name, comparison in results.designs.items()
        )
        sentences.append(f"{measure_label(measure, texts)}: {numbers}.")
    return with_one_stop(" ".join(sentences))
