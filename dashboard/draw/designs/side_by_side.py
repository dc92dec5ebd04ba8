"""Designs side by side: a panel for each measure, a row for each design."""

from collections.abc import Sequence

import pandas as pd

from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.panels import build_panels, panel_of_designs
from dashboard.draw.theme import Theme, design_number
from dashboard.say.measure_words import estimate_of, measure_label, with_one_stop, write_estimate, write_interval
from sim.experiment import Results
from sim.experiment.measured import HEADLINES
from sim.texts import Texts, design_label

COLUMNS = ("measure", "design", "mean", "low", "high", "p05", "p95", "unit", "n")


def draw_side_by_side(results: Results, texts: Texts, theme: Theme, *, measures: Sequence[str] = HEADLINES) -> Chart:
    """Draw means with intervals and spread."""
    numbers = [design_number(theme, name, results.designs) for name in results.designs]
    panels = [
        panel_of_designs(
            measure,
            {name: estimate_of(comparison, measure) for name, comparison in results.designs.items()},
            numbers,
            texts,
        )
        for measure in measures
    ]
    figure = build_panels(panels, (texts("figures.side_by_side.title"), texts("figures.reading")), texts, theme)
    sentence = measures_in_words(results, measures, texts)
    return Chart(f"measures-{measures[0]}", figure, sentence, lambda: measures_frame(results, measures, texts))


def measures_frame(results: Results, measures: Sequence[str], texts: Texts) -> pd.DataFrame:
    """Tabulate measures, a row for each measure and design."""
    rows = [
        estimate_row(estimate_of(comparison, measure), measure, texts, design=design_label(name, texts))
        for measure in measures
        for name, comparison in results.designs.items()
    ]
    return build_table(rows, COLUMNS, texts)


def measures_in_words(results: Results, measures: Sequence[str], texts: Texts) -> str:
    """Write a sentence for each measure."""
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
