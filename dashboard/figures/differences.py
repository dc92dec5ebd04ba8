"""Paired differences: what changes when another design takes the chosen one's place, on the same women."""

from collections.abc import Mapping, Sequence

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
from dashboard.figures.side_by_side import HEADLINES, estimates_frame
from dashboard.measure_words import (
    Estimate,
    estimate_of,
    measure_label,
    scale_of,
    unit_beside,
    with_one_stop,
    write_estimate,
    write_interval,
)
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.experiment import Results


def chosen_design(results: Results) -> str:
    """Name the design that the others are compared with.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    str
        ``measures.against`` of the scenario, else its first design; empty if there is none.
    """
    return results.scenario.measures.against or next(iter(results.designs), "")


def compared_designs(results: Results) -> dict[str, str]:
    """List the designs that are compared with the chosen one.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    dict of str to str
        Name of the pair in ``results.differences`` by design, in the scenario's order.
    """
    against = chosen_design(results)
    pairs = {name: f"{name} - {against}" for name in results.designs if name != against}
    return {name: pair for name, pair in pairs.items() if pair in results.differences}


def build_differences_figure(
    results: Results, texts: Texts, theme: Theme, *, measures: Sequence[str] = HEADLINES
) -> go.Figure:
    """Draw the differences from the chosen design, a panel for each measure.

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

    Returns
    -------
    plotly.graph_objects.Figure
        With a line at no difference; hollow where the direction is not sure.
    """
    against = design_label(chosen_design(results), texts)
    title = texts("figures.differences.title", against=against)
    pairs = compared_designs(results)
    known = [
        measure
        for measure in measures
        if any(estimate_of(results.differences[pair], measure).n for pair in pairs.values())
    ]
    if not known:
        message = texts("figures.differences.nothing" if len(results.designs) < 2 else "figures.nothing")
        return build_empty_figure(message, texts, theme, title=title)
    scales = [
        scale_of(measure, texts, largest=largest_of(_estimates(results, pairs, measure)), is_difference=True)
        for measure in known
    ]
    height = ROW * len(pairs) + 4
    panels = [
        Panel(label := measure_label(measure, texts), unit_beside(label, scale, texts), height)
        for measure, scale in zip(known, scales, strict=True)
    ]
    layout, drawing = stack_panels(panels, theme)
    numbers = {name: number for number, name in enumerate(results.designs)}
    traces: list[Values] = []
    for number, measure in enumerate(known):
        suffix = axis_suffix(number)
        dots = [
            Dot(estimate, measure, f"{design_label(name, texts)}: {panels[number].title}", float(row), numbers[name])
            for row, (name, estimate) in enumerate(zip(pairs, _estimates(results, pairs, measure), strict=True))
        ]
        traces += dot_traces(dots, texts, theme, axes=suffix, is_difference=True)
        layout[f"yaxis{suffix}"] |= rows_axis([design_label(name, texts) for name in pairs])
        layout[f"xaxis{suffix}"] |= {"rangemode": "tozero", "zeroline": True, "zerolinewidth": 2, "nticks": 6}
    sheet = Sheet(title, texts("figures.differences.subtitle", against=against), drawing, below=NUMBERS_ROOM, right=24)
    return build_canvas(traces, layout, sheet, texts, theme)


def _estimates(results: Results, pairs: Mapping[str, str], measure: str) -> list[Estimate]:
    return [estimate_of(results.differences[pair], measure) for pair in pairs.values()]


def differences_frame(results: Results, texts: Texts, *, measures: Sequence[str] = HEADLINES) -> pd.DataFrame:
    """Tabulate the differences from the chosen design.

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
        A row for each measure and design, numbers as they stand in results, and whether the direction is sure.
    """
    pairs = compared_designs(results)
    rows = [(measure, name, results.differences[pair]) for measure in measures for name, pair in pairs.items()]
    frame = estimates_frame(rows, texts)
    frame[texts("figures.column.against")] = design_label(chosen_design(results), texts)
    is_sure = [estimate_of(comparison, measure).is_sure for measure, _, comparison in rows]
    frame[texts("figures.column.is_sure")] = [texts("figures.yes" if sure else "figures.no") for sure in is_sure]
    return frame


def describe_differences(results: Results, texts: Texts, *, measures: Sequence[str] = HEADLINES) -> str:
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
    pairs = compared_designs(results)
    if not pairs:
        return texts("figures.differences.nothing")
    sentences = [texts("figures.differences.described", against=design_label(chosen_design(results), texts))]
    for measure in measures:
        numbers = []
        for name, pair in pairs.items():
            estimate = estimate_of(results.differences[pair], measure)
            key = "figures.with_interval" if estimate.is_sure or not estimate.n else "figures.with_interval_not_sure"
            mean = write_estimate(estimate, measure, texts, is_difference=True)
            interval = write_interval(estimate, measure, texts, is_difference=True)
            numbers.append(texts(key, name=design_label(name, texts), mean=mean, interval=interval))
        sentences.append(f"{measure_label(measure, texts)}: {'; '.join(numbers)}.")
    return with_one_stop(" ".join(sentences))
