"""Waiting: how soon those who accept get a place, and how long those admitted have waited."""

from collections.abc import Mapping

from dashboard.draw.chart import Chart
from dashboard.draw.designs.side_by_side import measures_frame, measures_in_words
from dashboard.draw.panels import build_panels, panel_of_groups
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import estimate_of
from sim.experiment import Results
from sim.texts import Texts

GROUPS: Mapping[str, Mapping[str, str]] = {
    "soon": {
        "within_7": "admitted_within_7_days",
        "within_14": "admitted_within_14_days",
        "within_30": "admitted_within_30_days",
    },
    "waited": {"mean": "wait_days_mean", "median": "wait_days_median", "p90": "wait_days_p90"},
}
"""Shares of those who accept, and days waited by those admitted, by the words of their rows."""


def draw_waiting(results: Results, texts: Texts, theme: Theme) -> Chart:
    """Draw a panel for shares and one for days, in each a dot for each design."""
    designs = list(results.designs)
    panels = []
    for group, measures in GROUPS.items():
        rows = {
            texts(f"figures.waiting.{row}"): {
                name: estimate_of(comparison, measure) for name, comparison in results.designs.items()
            }
            for row, measure in measures.items()
        }
        title, measure = texts(f"figures.waiting.{group}"), next(iter(measures.values()))
        panels.append(panel_of_groups(title, measure, rows, designs, texts, theme))
    titles = (texts("figures.waiting.title"), texts("figures.reading"))
    figure = build_panels(panels, titles, texts, theme, designs=designs)
    all_of_them = [measure for measures in GROUPS.values() for measure in measures.values()]
    sentence = measures_in_words(results, all_of_them, texts)
    return Chart("waiting", figure, sentence, lambda: measures_frame(results, all_of_them, texts))
