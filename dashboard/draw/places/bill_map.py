"""The map of bills: what each municipality pays a year and inhabitant in a design, or how much that swings."""

from collections.abc import Mapping
from functools import partial
from typing import Literal, get_args

import numpy as np
import pandas as pd

from dashboard.draw.chart import Chart, build_table
from dashboard.draw.places.shades import Floats, Shades, class_names, draw_shades
from dashboard.draw.theme import Theme
from sim.geography import load_municipalities
from sim.looks.bills import AreaBill, BillsInShort
from sim.looks.catchments import Catchments
from sim.texts import Texts, design_label

BillMeasure = Literal["bill", "sd"]
BILL_MEASURES: tuple[BillMeasure, ...] = get_args(BillMeasure)
"""What is shown of a bill, for each inhabitant: else the largest municipalities would be all that is seen."""

_NARROWEST = 0.5
"""No class is narrower: shares of whole øre differ a little [DKK per inhabitant]."""


def draw_bill_map(
    bills: Mapping[str, BillsInShort],
    catchments: Catchments,
    texts: Texts,
    theme: Theme,
    *,
    measure: BillMeasure,
    design: str,
) -> Chart:
    """Draw the map of one design; the catchments say where municipalities lie and how large their need is."""
    areas = bills[design].areas
    values = _per_inhabitant(bills[design], measure)
    title = texts(f"figures.bills.{measure}")
    shades = Shades(
        f"{title}: {design_label(design, texts)}",
        texts("figures.bills.subtitle"),
        values,
        np.arange(len(areas)),
        [_told(area, own, texts, title) for area, own in zip(areas, values, strict=True)],
        partial(_name_classes, texts=texts),
        "",
        _NARROWEST,
    )
    low, high = areas[int(values.argmin())], areas[int(values.argmax())]
    sentence = texts(
        "figures.bills.described",
        measure=title,
        design=design_label(design, texts),
        low=texts.money(values.min(), 1),
        low_place=low.area,
        high=texts.money(values.max(), 1),
        high_place=high.area,
    )
    return Chart("bill-map", draw_shades(shades, catchments, texts, theme), sentence, lambda: _frame(bills, texts))


def _name_classes(edges: Floats, *, texts: Texts) -> list[str]:
    return class_names(edges, f" {texts('figures.bills.unit')}", texts)


def _per_inhabitant(own: BillsInShort, measure: BillMeasure) -> Floats:
    amounts = np.array([getattr(area, measure) for area in own.areas])
    shares: Floats = amounts / load_municipalities().population
    return shares


def _told(area: AreaBill, value: float, texts: Texts, title: str) -> str:
    return f"{title}: {texts.money(value, 1)}<br>" + texts(
        "figures.bills.told",
        bill=texts.money(area.bill),
        sd=texts.money(area.sd),
        low=texts.money(area.low),
        high=texts.money(area.high),
    )


def _frame(bills: Mapping[str, BillsInShort], texts: Texts) -> pd.DataFrame:
    """A row for each municipality and design, in DKK a year."""
    rows = [
        {
            "municipality": area.area,
            "design": design_label(name, texts),
            "bill": area.bill,
            "swing": area.sd,
            "bill_each": bill,
            "swing_each": swing,
            "p05": area.low,
            "p95": area.high,
        }
        for name, own in bills.items()
        for area, bill, swing in zip(own.areas, *(_per_inhabitant(own, one) for one in BILL_MEASURES), strict=True)
    ]
    words = ("municipality", "design", "bill", "swing", "bill_each", "swing_each", "p05", "p95")
    return build_table(rows, words, texts)
