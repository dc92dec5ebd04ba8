"""Waiting: how soon those who accept get a place, and how long those admitted have waited."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.grouped import Group, build_grouped_figure
from dashboard.figures.side_by_side import describe_measures, measures_frame
from dashboard.measure_words import estimate_of
from dashboard.texts import Texts
from dashboard.theme import Theme
from sim.experiment import Results

SOON: Mapping[str, str] = {
    "within_7": "admitted_within_7_days",
    "within_14": "admitted_within_14_days",
    "within_30": "admitted_within_30_days",
}
"""Shares of those who accept, by the words of their rows."""

WAITED: Mapping[str, str] = {"mean": "wait_days_mean", "median": "wait_days_median", "p90": "wait_days_p90"}
"""Days waited by those admitted, by the words of their rows."""

WAITING_MEASURES = (*SOON.values(), *WAITED.values())
"""All of them."""


def build_waiting_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw how soon women get a place, and how long they have waited.

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
        A panel for shares and one for days, in each a dot for each design.
    """
    groups = [_group(results, "soon", SOON, texts), _group(results, "waited", WAITED, texts)]
    return build_grouped_figure(
        groups, list(results.designs), texts, theme, titles=(texts("figures.waiting.title"), texts("figures.reading"))
    )


def _group(results: Results, word: str, measures: Mapping[str, str], texts: Texts) -> Group:
    rows = {
        texts(f"figures.waiting.{row}"): {
            name: estimate_of(comparison, measure) for name, comparison in results.designs.items()
        }
        for row, measure in measures.items()
    }
    return Group(texts(f"figures.waiting.{word}"), next(iter(measures.values())), rows)


def waiting_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate waiting.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns, designs and measures.

    Returns
    -------
    pandas.DataFrame
        A row for each measure and design, numbers as they stand in results.
    """
    return measures_frame(results, texts, measures=WAITING_MEASURES)


def describe_waiting(results: Results, texts: Texts) -> str:
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
        A sentence for each measure, for those who do not see it.
    """
    return describe_measures(results, texts, measures=WAITING_MEASURES)
