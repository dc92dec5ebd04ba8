"""Paired differences: what changes when another design takes the chosen one's place, on the same women."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.answer.estimates import chosen_design, compared_designs
from dashboard.draw.canvas import build_empty_figure
from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.designs.side_by_side import COLUMNS
from dashboard.draw.panels import build_panels, panel_of_designs
from dashboard.draw.theme import Theme, design_number
from dashboard.say.measure_words import estimate_of, measure_label, with_one_stop, write_estimate, write_interval
from sim.experiment import Results
from sim.experiment.measured import HEADLINES
from sim.texts import Texts, design_label


def draw_differences(results: Results, texts: Texts, theme: Theme, *, measures: Sequence[str] = HEADLINES) -> Chart:
    """Draw the differences from the chosen design, a panel for each measure; hollow where the direction is not sure."""
    figure, sentence = _figure(results, measures, texts, theme), _in_words(results, measures, texts)
    return Chart("differences", figure, sentence, lambda: _frame(results, measures, texts))


def _figure(results: Results, measures: Sequence[str], texts: Texts, theme: Theme) -> go.Figure:
    title = texts("figures.differences.title", against=design_label(chosen_design(results), texts))
    if len(results.designs) < 2:
        return build_empty_figure(texts("figures.differences.nothing"), texts, theme, title=title)
    pairs = compared_designs(results)
    numbers = [design_number(theme, name, results.designs) for name in pairs]
    panels = [
        panel_of_designs(
            measure,
            {name: estimate_of(results.differences[pair], measure) for name, pair in pairs.items()},
            numbers,
            texts,
        )
        for measure in measures
    ]
    subtitle = texts("figures.differences.subtitle", against=design_label(chosen_design(results), texts))
    return build_panels(panels, (title, subtitle), texts, theme, is_difference=True)


def _frame(results: Results, measures: Sequence[str], texts: Texts) -> pd.DataFrame:
    against, rows = design_label(chosen_design(results), texts), []
    for measure in measures:
        for name, pair in compared_designs(results).items():
            estimate = estimate_of(results.differences[pair], measure)
            is_sure = texts("figures.yes" if estimate.is_sure else "figures.no")
            names = {"design": design_label(name, texts), "against": against, "is_sure": is_sure}
            rows.append(estimate_row(estimate, measure, texts, **names))
    return build_table(rows, (*COLUMNS, "against", "is_sure"), texts)


def _in_words(results: Results, measures: Sequence[str], texts: Texts) -> str:
    pairs = compared_designs(results)
    if not pairs:
        return texts("figures.differences.nothing")
    sentences = [texts("figures.differences.described", against=design_label(chosen_design(results), texts))]
    for measure in measures:
        numbers = []
        for name, pair in pairs.items():
            estimate = estimate_of(results.differences[pair], measure)
            is_told = estimate.is_sure or estimate.is_same or not estimate.n
            key = "figures.with_interval" if is_told else "figures.with_interval_not_sure"
            mean = write_estimate(estimate, measure, texts, is_difference=True)
            interval = write_interval(estimate, measure, texts, is_difference=True)
            numbers.append(texts(key, name=design_label(name, texts), mean=mean, interval=interval))
        sentences.append(f"{measure_label(measure, texts)}: {'; '.join(numbers)}.")
    return with_one_stop(" ".join(sentences))
