"""A figure of the evidence as a page of its own."""

import html
from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.texts import Texts
from dashboard.theme import FONT, Theme


def build_evidence_page(figure: go.Figure, texts: Texts, theme: Theme, *, notes: Sequence[str]) -> str:
    """Write a figure as a page.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Of the evidence.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    notes : sequence of str
        Plain sentences below the figure; the first becomes the page's title and describes the figure.

    Returns
    -------
    str
        HTML with plotly.js inside: it can be mailed, and opens without a network.
    """
    drawing = figure.to_html(full_html=False, include_plotlyjs=True, config={"displaylogo": False, "responsive": True})
    said = "\n".join(f"<p>{html.escape(note)}</p>" for note in notes)
    look = f"font-family: {FONT}; color: {theme.text}; background: {theme.background}; max-width: 60rem; margin: 1rem"
    title = html.escape(texts("common.app.name"))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>{head}<title>{title}</title></head>\n'
        f'<body style="{html.escape(look)}">\n<div role="img" aria-label="{html.escape(notes[0])}">{drawing}</div>\n'
        f"{said}\n</body>\n</html>\n"
    )
