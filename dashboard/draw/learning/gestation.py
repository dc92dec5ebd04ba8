"""The week of pregnancy at referral."""

import plotly.graph_objects as go

from calibration.from_rows.curves import Band, Bins
from dashboard.draw.canvas import Values, build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.learning.drawing import band_traces, empty_figure, sheet_of, titled
from dashboard.draw.theme import Theme, see_through
from sim.texts import Texts


def draw_gestation(counts: Bins, fit: Band, texts: Texts, theme: Theme) -> Chart:
    """Draw women a week, in bins of at least five, beside the fitted share of the women a week."""
    return Chart("gestation", _figure(counts, fit, texts, theme), texts("calibration.gestation.caption"))


def _figure(counts: Bins, fit: Band, texts: Texts, theme: Theme) -> go.Figure:
    if len(counts.women) == 0:
        return empty_figure("gestation", texts, theme)
    lows, highs, n = counts.edges[:-1], counts.edges[1:], float(counts.women.sum())
    bars: Values = {
        "type": "bar",
        "name": texts("calibration.gestation.count"),
        "x": plain((lows + highs) / 2),
        "y": plain(counts.women / (highs - lows)),
        "width": plain((highs - lows) * 0.97),
        "marker": {"color": see_through(theme.muted, 0.55)},
        "hovertext": [
            texts("calibration.gestation.hover", low=texts.number(a), high=texts.number(b), count=texts.number(c))
            for a, b, c in zip(lows, highs, counts.women, strict=True)
        ],
        "hoverinfo": "text",
    }
    scaled = Band(fit.x, n * fit.middle, n * fit.low, n * fit.high)
    traces = [bars, *band_traces(plain(fit.x), scaled, texts("calibration.gestation.fit"), theme.primary)]
    axes = {"xaxis": titled("gestation.x", texts), "yaxis": titled("gestation.y", texts) | {"rangemode": "tozero"}}
    return build_canvas(traces, axes, sheet_of("gestation", traces, texts), texts, theme)
