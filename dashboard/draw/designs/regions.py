"""A measure region by region: who waits and who travels is not the same everywhere."""

from collections.abc import Mapping

import pandas as pd

from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.panels import build_panels, panel_of_groups
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import Estimate, estimate_of, measure_label, write_estimate
from sim.experiment import Results
from sim.geography import REGION_MAPS
from sim.looks.homes import Homes
from sim.texts import Texts, design_label, place_name

_ALL = "all"  # the whole country

Regions = Mapping[str, Mapping[str, Estimate]]
"""By region, the whole country first, then by design."""


def draw_regions(results: Results, texts: Texts, theme: Theme, *, measure: str, homes: Homes | None = None) -> Chart:
    """Draw a row for the whole country and for each region, or other home, in each a dot for each design."""
    level = homes.level if homes else "region"
    regions, designs = _regions(results, measure, homes), list(results.designs)
    rows = {_name(level, region, texts): own for region, own in regions.items()}
    titles = measure_label(measure, texts), texts("figures.by_region.subtitle", reading=texts("figures.reading"))
    panel = panel_of_groups("", measure, rows, designs, texts, theme)
    figure = build_panels([panel], titles, texts, theme, designs=designs)
    sentence = _in_words(regions, designs, measure, texts, level)
    return Chart("regions", figure, sentence, lambda: _frame(regions, measure, texts, level))


def _regions(results: Results, measure: str, homes: Homes | None) -> Regions:
    regions = {_ALL: {name: estimate_of(part, measure) for name, part in results.designs.items()}}
    level, designs = (homes.level, homes.designs) if homes else ("region", results.designs)
    for region in homes.keys if homes else REGION_MAPS[results.scenario.regions]:
        regions[region] = {name: estimate_of(part, measure, by=level, key=region) for name, part in designs.items()}
    return regions


def _name(level: str, region: str, texts: Texts) -> str:
    return texts("common.region.all") if region == _ALL else place_name(level, region, texts)


def _frame(regions: Regions, measure: str, texts: Texts, level: str) -> pd.DataFrame:
    rows = [
        estimate_row(estimate, measure, texts, region=_name(level, region, texts), design=design_label(name, texts))
        for region, designs in regions.items()
        for name, estimate in designs.items()
    ]
    words = ("measure", "region", "design", "mean", "low", "high", "p05", "p95", "unit", "n")
    return build_table(rows, words, texts)


def _in_words(regions: Regions, names: list[str], measure: str, texts: Texts, level: str) -> str:
    """For each design the regions with the lowest and the highest value."""
    said = []
    for name in names:
        known = {region: designs[name] for region, designs in regions.items() if region != _ALL and designs[name].n}
        if known:
            low = min(known, key=lambda region: known[region].mean)
            high = max(known, key=lambda region: known[region].mean)
            said.append(
                texts(
                    "figures.by_region.design",
                    design=design_label(name, texts),
                    low=write_estimate(known[low], measure, texts),
                    low_region=_said(level, low, texts),
                    high=write_estimate(known[high], measure, texts),
                    high_region=_said(level, high, texts),
                )
            )
    if not said:
        return texts("figures.nothing")
    return texts("figures.by_region.described", measure=measure_label(measure, texts), designs="; ".join(said))


def _said(level: str, region: str, texts: Texts) -> str:
    """A place in a sentence."""
    name = place_name(level, region, texts)
    return texts("figures.by_region.region", region=name) if level == "region" else name
