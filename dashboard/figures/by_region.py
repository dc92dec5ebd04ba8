"""A measure region by region: who waits and who travels is not the same everywhere."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.grouped import Group, build_grouped_figure
from dashboard.measure_words import Estimate, estimate_of, measure_label, raw_unit, write_estimate
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.experiment import Results
from sim.geography import REGION_MAPS

REGION_MEASURES = (
    "admitted_per_year",
    "admitted_share_of_accepted",
    "wait_days_mean",
    "refused_share",
    "travel_minutes_mean",
    "travel_over_60_share",
    "occupancy",
)
"""Measures that mean something region by region."""

ALL = "all"
"""The whole country."""


def region_estimates(results: Results, measure: str) -> dict[str, dict[str, Estimate]]:
    """Find a measure of every design, region by region.

    Parameters
    ----------
    results : Results
        Of an experiment.
    measure : str
        Name of a measure.

    Returns
    -------
    dict of str to dict of str to Estimate
        By region, then by design; the whole country first, under `ALL`.
    """
    regions = {ALL: {name: estimate_of(part, measure) for name, part in results.designs.items()}}
    for region in REGION_MAPS[results.scenario.regions]:
        regions[region] = {
            name: estimate_of(part, measure, by="region", key=region) for name, part in results.designs.items()
        }
    return regions


def build_region_figure(results: Results, texts: Texts, theme: Theme, *, measure: str) -> go.Figure:
    """Draw a measure region by region, design by design.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    measure : str
        Name of a measure.

    Returns
    -------
    plotly.graph_objects.Figure
        A row for the whole country and for each region, a dot for each design.
    """
    rows = {region_label(region, texts): designs for region, designs in region_estimates(results, measure).items()}
    titles = measure_label(measure, texts), texts("figures.by_region.subtitle", reading=texts("figures.reading"))
    return build_grouped_figure([Group("", measure, rows)], list(results.designs), texts, theme, titles=titles)


def region_label(region: str, texts: Texts) -> str:
    """Name a region, or the whole country.

    Parameters
    ----------
    region : str
        As in results, or `ALL`.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        Such as ``Midtjylland``.
    """
    return texts(f"common.region.{region}")


def region_frame(results: Results, texts: Texts, *, measure: str) -> pd.DataFrame:
    """Tabulate a measure region by region.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns, regions and designs.
    measure : str
        Name of a measure.

    Returns
    -------
    pandas.DataFrame
        A row for each region and design, numbers as they stand in results.
    """
    words = ("measure", "region", "design", "mean", "low", "high", "p05", "p95", "unit", "n")
    column = {word: texts(f"figures.column.{word}") for word in words}
    return pd.DataFrame(
        [
            {
                column["measure"]: measure_label(measure, texts),
                column["region"]: region_label(region, texts),
                column["design"]: design_label(name, texts),
                **{column[word]: value for word, value in estimate._asdict().items()},
                column["unit"]: raw_unit(measure, texts),
            }
            for region, designs in region_estimates(results, measure).items()
            for name, estimate in designs.items()
        ],
        columns=list(column.values()),
    )


def describe_regions(results: Results, texts: Texts, *, measure: str) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    measure : str
        Name of a measure.

    Returns
    -------
    str
        For each design the regions with the lowest and the highest value, for those who do not see it.
    """
    regions = region_estimates(results, measure)
    said = []
    for name in results.designs:
        known = {region: designs[name] for region, designs in regions.items() if region != ALL and designs[name].n}
        if known:
            low = min(known, key=lambda region: known[region].mean)
            high = max(known, key=lambda region: known[region].mean)
            said.append(
                texts(
                    "figures.by_region.design",
                    design=design_label(name, texts),
                    low=write_estimate(known[low], measure, texts),
                    low_region=region_label(low, texts),
                    high=write_estimate(known[high], measure, texts),
                    high_region=region_label(high, texts),
                )
            )
    if not said:
        return texts("figures.nothing")
    return texts("figures.by_region.described", measure=measure_label(measure, texts), designs="; ".join(said))
