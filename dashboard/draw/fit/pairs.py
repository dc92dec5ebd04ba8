"""Every two parameters against each other."""

import numpy as np
from plotly.subplots import make_subplots

from calibration.from_totals import Fit
from dashboard.draw.chart import Chart
from dashboard.draw.fit.drawing import HEAD, as_shown, finish, free_paths, suffix_of, wrapped_parameter
from dashboard.draw.theme import Theme
from sim.texts import Texts

_POINTS = 1000
_LETTERS = 28


def draw_pairs(fit: Fit, texts: Texts, theme: Theme) -> Chart:
    """Draw a panel for each pair of at least two parameters, below the diagonal."""
    paths = free_paths(fit)
    after, before = (as_shown(draws, paths) for draws in (fit.draws(_POINTS), fit.prior_draws(_POINTS)))
    n = len(paths) - 1
    spacing = {"horizontal_spacing": 0.03, "vertical_spacing": 0.03}
    figure = make_subplots(rows=n, cols=n, shared_xaxes=True, shared_yaxes=True, **spacing)
    kinds = (("before", before, theme.muted, "circle-open"), ("after", after, theme.primary, "circle"))
    for row, column in zip(*np.tril_indices(n), strict=True):
        place = {"row": int(row) + 1, "col": int(column) + 1}
        for word, draws, color, symbol in kinds:
            figure.add_scatter(
                x=draws[:, column],
                y=draws[:, row + 1],
                mode="markers",
                name=texts(f"fit.figure.{word}"),
                legendgroup=word,
                showlegend=bool(row == column == 0),
                marker={"size": 4, "color": color, "opacity": 0.45, "symbol": symbol},
                hoverinfo="skip",
                **place,
            )
        if row == n - 1:
            figure.update_xaxes(title=wrapped_parameter(paths[column], texts, _LETTERS), **place)
        if column == 0:
            figure.update_yaxes(title=wrapped_parameter(paths[row + 1], texts, _LETTERS), **place)
        figure.update_xaxes(ticksuffix=suffix_of(paths[column], texts), **place)
        figure.update_yaxes(ticksuffix=suffix_of(paths[row + 1], texts), **place)
    return finish("pairs", figure, texts, theme, height=HEAD + max(320, 240 * n))
