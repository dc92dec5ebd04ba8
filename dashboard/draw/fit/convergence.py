"""How the rounds of a fit went, and whether its chains agree."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from calibration.from_totals import Fit
from calibration.from_totals.fitting import LARGEST_SHIFT, LARGEST_SURFACE_ERROR
from calibration.from_totals.points import parameter_values
from dashboard.draw.chart import Chart
from dashboard.draw.fit.drawing import HEAD, as_shown, finish, free_paths, suffix_of, wrapped_parameter
from dashboard.draw.theme import DASHES, Theme
from sim.texts import Texts


def draw_convergence(fit: Fit, texts: Texts, theme: Theme) -> Chart:
    """Draw the rounds with their limits, and beside them where the middle of each chain is, step by step."""
    paths = free_paths(fit)
    n_free = len(paths)
    figure = make_subplots(
        rows=n_free,
        cols=2,
        specs=[[{"rowspan": n_free} if row == 0 else None, {}] for row in range(n_free)],
        subplot_titles=[texts("fit.figure.round"), *(wrapped_parameter(path, texts) for path in paths)],
        column_widths=[0.4, 0.6],
        vertical_spacing=0.4 / (n_free + 1),
    )
    _add_rounds(figure, fit, texts, theme)
    _add_chains(figure, fit, paths, texts, theme)
    return finish("convergence", figure, texts, theme, height=HEAD + max(360, 200 * n_free))


def _add_rounds(figure: go.Figure, fit: Fit, texts: Texts, theme: Theme) -> None:
    rounds, place = fit.drawn.rounds, {"row": 1, "col": 1}
    ends = [0.5, len(rounds) + 0.5]
    lines = (
        ("surface_error", "limit_surface", theme.parts[4], "circle", LARGEST_SURFACE_ERROR),
        ("shift", "limit_shift", theme.parts[1], "square", LARGEST_SHIFT),
    )
    for word, limit_word, color, symbol, limit in lines:
        values = [getattr(one, word) for one in rounds]
        figure.add_scatter(
            x=list(range(1, len(rounds) + 1)),
            y=[value if np.isfinite(value) else None for value in values],
            name=texts(f"fit.figure.{word}"),
            mode="lines+markers",
            line={"color": color, "width": 2},
            marker={"symbol": symbol, "size": 10},
            **place,
        )
        figure.add_scatter(
            x=ends,
            y=[limit, limit],
            name=texts(f"fit.figure.{limit_word}"),
            mode="lines",
            line={"color": color, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            **place,
        )
    figure.update_xaxes(dtick=1, range=ends, **place)
    figure.update_yaxes(title=texts("fit.figure.size"), rangemode="tozero", **place)


def _add_chains(figure: go.Figure, fit: Fit, paths: list[str], texts: Texts, theme: Theme) -> None:
    chains = fit.drawn.chains.draws
    for chain, draws in enumerate(chains):
        means = as_shown(parameter_values(fit.drawn.question.free, draws.mean(axis=1)), paths)
        for parameter in range(len(paths)):
            figure.add_scatter(
                x=np.arange(1, chains.shape[1] + 1),
                y=means[:, parameter],
                name=texts("fit.figure.chain", number=chain + 1),
                legendgroup=f"chain{chain}",
                showlegend=parameter == 0,
                mode="lines",
                line={"color": theme.parts[chain], "width": 1.5, "dash": DASHES[chain]},
                hoverinfo="skip",
                row=parameter + 1,
                col=2,
            )
    for number, path in enumerate(paths, start=1):
        figure.update_yaxes(ticksuffix=suffix_of(path, texts), row=number, col=2)
    figure.update_xaxes(title=texts("fit.figure.step"), row=len(paths), col=2)
