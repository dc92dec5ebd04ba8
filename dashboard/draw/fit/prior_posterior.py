"""How likely the values of each parameter are, before the observed numbers and after."""

import numpy as np
from plotly.subplots import make_subplots

from calibration.from_totals import Fit
from dashboard.draw.chart import Chart
from dashboard.draw.fit.drawing import HEAD, as_shown, finish, free_paths, suffix_of, wrapped_parameter
from dashboard.draw.theme import Theme, see_through
from sim.texts import Texts

_DRAWS = 40_000
_BINS = 32
_PANEL = 220


def draw_prior_posterior(fit: Fit, texts: Texts, theme: Theme) -> Chart:
    """Draw a panel for each parameter."""
    paths = free_paths(fit)
    after, before = (as_shown(draws, paths) for draws in (fit.draws(_DRAWS), fit.prior_draws(_DRAWS)))
    titles = [wrapped_parameter(path, texts) for path in paths]
    figure = make_subplots(rows=len(paths), cols=1, subplot_titles=titles, vertical_spacing=0.55 / (len(paths) + 1))
    for number, path in enumerate(paths):
        place = {"row": number + 1, "col": 1}
        low, high = np.quantile(np.concatenate([before[:, number], after[:, number]]), [0.001, 0.999])
        edges = np.linspace(low, high, _BINS)
        kinds = (("before", before, theme.muted, "dot", None), ("after", after, theme.primary, "solid", "tozeroy"))
        for word, values, color, dash, fill in kinds:
            density, _ = np.histogram(values[:, number], bins=edges, density=True)
            name = texts(f"fit.figure.{word}")
            figure.add_scatter(
                x=(edges[:-1] + edges[1:]) / 2,
                y=density,
                name=name,
                legendgroup=word,
                showlegend=number == 0,
                mode="lines",
                line={"color": color, "dash": dash, "width": 2, "shape": "spline"},
                fill=fill,
                fillcolor=see_through(color, 0.2),
                hovertemplate=texts("fit.figure.density_hover", name=name) + "<extra></extra>",
                **place,
            )
        figure.update_xaxes(ticksuffix=suffix_of(path, texts), **place)
    figure.update_yaxes(showticklabels=False, rangemode="tozero", showgrid=False)
    height = HEAD + _PANEL * len(paths)
    return finish("prior_posterior", figure, texts, theme, height=height)._replace(name="before-after")
