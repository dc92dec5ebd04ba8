"""The map of bills: what each municipality pays a year in a design, or how much that swings from year to year."""

from collections.abc import Mapping
from functools import partial
from typing import Literal, get_args

import numpy as np
import pandas as pd

from dashboard.draw.chart import Chart, build_table
from dashboard.draw.places.shades import Floats, Shades, class_names, draw_shades
from dashboard.draw.theme import Theme
from sim.looks.bills import AreaBill, BillsInShort
from sim.looks.catchments import Catchments
from sim.texts import Texts, design_label

BillMeasure = Literal["bill", "sd"]
BILL_MEASURES: tuple[BillMeasure, ...] = get_args(BillMeasure)
"""What is shown of a bill."""


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
    values = np.array([getattr(area, measure) for area in areas])
    title = texts(f"figures.bills.{measure}")
    shades = Shades(
        f"{title}: {design_label(design, texts)}",
        texts("figures.bills.subtitle"),
        values,
        np.arange(len(areas)),
        [_told(area, texts) for area in areas],
        partial(_name_classes, texts=texts),
        "",
    )
    low, high = areas[int(values.argmin())], areas[int(values.argmax())]
    sentence = texts(
        "figures.bills.described",
        measure=title,
        design=design_label(design, texts),
        low=texts.money(values.min()),
        low_place=low.area,
        high=texts.money(values.max()),
        high_place=high.area,
    )
    return Chart("bill-map", draw_shades(shades, catchments, texts, theme), sentence, lambda: _frame(bills, texts))


def _name_classes(edges: Floats, *, texts: Texts) -> list[str]:
    return class_names(edges, f" {texts('figures.bills.unit')}", texts)


def _told(area: AreaBill, texts: Texts) -> str:
    return texts(
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
            "p05": area.low,
            "p95": area.high,
        }
        for name, own in bills.items()
        for area in own.areas
    ]
    return build_table(rows, ("municipality", "design", "bill", "swing", "p05", "p95"), texts)
