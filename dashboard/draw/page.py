"""A chart as a page of its own, that can be mailed and opens without a network: plotly.js is inside."""

import html
from collections.abc import Sequence

from dashboard.draw.chart import Chart
from dashboard.draw.theme import FONT, LIGHT, Theme
from sim.texts import Texts


def build_page(chart: Chart, texts: Texts, *, notes: Sequence[str], title: str = "", theme: Theme = LIGHT) -> str:
    """Write a chart as a page, with plain sentences below it."""
    drawing = chart.figure.to_html(
        full_html=False, include_plotlyjs=True, config={"displaylogo": False, "responsive": True}
    )
    said = "\n".join(f"<p>{html.escape(note)}</p>" for note in notes)
    alt = html.escape(chart.sentence)
    look = f"font-family: {FONT}; color: {theme.text}; background: {theme.background}; max-width: 60rem; margin: 1rem"
    title = html.escape(title or texts("common.app.name"))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>{head}<title>{title}</title></head>\n'
        f'<body style="{html.escape(look)}">\n<div role="img" aria-label="{alt}">{drawing}</div>\n'
        f"{said}\n</body>\n</html>\n"
    )
