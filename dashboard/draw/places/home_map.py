"""The map of a measure by home: each municipality in the colour of the place it belongs to, as large as its need."""

import html
import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.draw.chart import Chart, build_table, estimate_row
from dashboard.draw.places.shades import Shades, class_names, draw_shades
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import (
    Estimate,
    estimate_of,
    measure_label,
    scale_of,
    write_bare,
    write_estimate,
    write_interval,
)
from sim.looks.catchments import Catchments
from sim.looks.homes import FEWEST_WOMEN, Homes
from sim.texts import NOTHING, Texts, design_label, place_name

Floats = npt.NDArray[np.float64]

REFERRED = "referrals_per_year"
COUNTS = (REFERRED, "offered_per_year", "accepted_per_year", "admitted_per_year")
"""What is told of every place, however few women live there."""


def draw_home_map(
    homes: Homes, catchments: Catchments, texts: Texts, theme: Theme, *, measure: str, design: str
) -> Chart:
    """Draw the map of one design; the catchments say where municipalities lie and how large their need is."""
    asked = _Asked(homes, measure, design)
    figure, sentence = _figure(asked, catchments, texts, theme), _in_words(asked, texts)
    return Chart("home-map", figure, sentence, lambda: _frame(homes, texts))


def home_estimates(homes: Homes, measure: str, design: str) -> list[Estimate]:
    """List the estimates of a measure, one for each place."""
    part = homes.designs[design]
    return [estimate_of(part, measure, by=homes.level, key=key) for key in homes.keys]


class _Asked(NamedTuple):
    """What is drawn."""

    homes: Homes
    measure: str
    design: str

    @property
    def values(self) -> list[Estimate]:
        return home_estimates(*self)

    def known(self) -> dict[str, Estimate]:
        return {key: own for key, own in zip(self.homes.keys, self.values, strict=True) if own.n}


def _figure(asked: _Asked, catchments: Catchments, texts: Texts, theme: Theme) -> go.Figure:
    values, measure = asked.values, asked.measure
    widths = [own.high - own.low for own in values if own.n and not math.isnan(own.low)]

    def name_classes(edges: Floats) -> list[str]:
        scale = scale_of(measure, texts, largest=float(np.abs(edges).max()))
        return class_names(edges * scale.factor, scale.suffix or f" {scale.title}".rstrip(), texts)

    shades = Shades(
        f"{measure_label(measure, texts)}: {design_label(asked.design, texts)}",
        texts(f"figures.by_home.subtitle.{asked.homes.level}"),
        np.array([estimate.mean if estimate.n else np.nan for estimate in values]),
        asked.homes.place_of,
        [_told(asked, place, own, texts) for place, own in enumerate(values)],
        name_classes,
        texts("figures.by_home.few", n=texts.number(FEWEST_WOMEN)),
        float(np.median(widths)) if widths else 0.0,
    )
    return draw_shades(shades, catchments, texts, theme)


def _told(asked: _Asked, place: int, estimate: Estimate, texts: Texts) -> str:
    """What is told of a place: the measure with its interval, and how many women there are a year."""
    (homes, measure, design), key, lines = asked, asked.homes.keys[place], []
    if homes.level != "municipality":
        lines.append(html.escape(place_name(homes.level, key, texts)))
    lines.append(f"{measure_label(measure, texts)}: {_written(estimate, measure, texts)}")
    for count in COUNTS:
        if count != measure:
            own = estimate_of(homes.designs[design], count, by=homes.level, key=key)
            lines.append(f"{measure_label(count, texts)}: {_written(own, count, texts)}")
    return "<br>".join(lines)


def _written(estimate: Estimate, measure: str, texts: Texts) -> str:
    """Write an estimate with its interval; what to say where there are too few women."""
    if not estimate.n:
        return texts("figures.by_home.few", n=texts.number(FEWEST_WOMEN))
    mean = write_estimate(estimate, measure, texts)
    return mean if math.isnan(estimate.low) else f"{mean} ({write_interval(estimate, measure, texts)})"


def _frame(homes: Homes, texts: Texts) -> pd.DataFrame:
    """A row for each place, design and measure that is known there."""
    rows = []
    for design, part in homes.designs.items():
        for number, key in enumerate(homes.keys):
            for measure in homes.measures:
                estimate = estimate_of(part, measure, by=homes.level, key=key)
                if estimate.n:
                    place = place_name(homes.level, homes.keys[number], texts)
                    rows.append(estimate_row(estimate, measure, texts, home=place, design=design_label(design, texts)))
    words = ("measure", "home", "design", "mean", "low", "high", "p05", "p95", "unit", "n")
    return build_table(rows, words, texts)


def _in_words(asked: _Asked, texts: Texts) -> str:
    """Where the measure is lowest and highest, and of how many places nothing is told."""
    (homes, measure, design), known = asked, asked.known()
    if not known:
        return texts("figures.nothing")
    low, high = min(known, key=lambda key: known[key].mean), max(known, key=lambda key: known[key].mean)
    return texts(
        "figures.by_home.described",
        measure=measure_label(measure, texts),
        design=design_label(design, texts),
        low=write_estimate(known[low], measure, texts),
        low_place=place_name(homes.level, low, texts),
        high=write_estimate(known[high], measure, texts),
        high_place=place_name(homes.level, high, texts),
        n=texts.number(len(homes.keys) - len(known)),
    )


def build_home_table(homes: Homes, texts: Texts, *, measure: str) -> pd.DataFrame:
    """Tabulate a measure: a row for each place with the women referred a year, a column for each design."""
    designs = list(homes.designs)

    def column(name: str, design: str) -> list[str]:
        return [_bare(own, name, texts) for own in home_estimates(homes, name, design)]

    columns = {
        texts(f"common.level.{homes.level}"): [place_name(homes.level, key, texts) for key in homes.keys],
        measure_label(REFERRED, texts): column(REFERRED, designs[0]),
    }
    for design in designs if measure != REFERRED else ():
        columns[design_label(design, texts)] = column(measure, design)
    return pd.DataFrame(columns)


def _bare(estimate: Estimate, measure: str, texts: Texts) -> str:
    """Write an estimate with its interval, but without a unit in words."""
    if not estimate.n:
        return NOTHING
    mean = write_bare(estimate, measure, texts) + scale_of(measure, texts).suffix
    return mean if math.isnan(estimate.low) else f"{mean} ({write_interval(estimate, measure, texts)})"
