"""A share by days, as seen and as believed after the data: early leaving, and planned stays."""

from calibration.from_rows.curves import Band, Points
from dashboard.draw.canvas import build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.learning.drawing import band_traces, by_days, seen_trace, share_axis, sheet_of, titled
from dashboard.draw.theme import Theme
from sim.texts import Texts


def draw_times(name: str, seen: Points, fit: Band, texts: Texts, theme: Theme, *, anchor: str = "") -> Chart:
    """Draw ``leaving``, or ``planned`` with the anchor its days count from: ``birth`` or ``admission``."""
    suffix = f"_{anchor}" if anchor else ""
    traces = band_traces(plain(fit.x), fit, texts(f"calibration.{name}.fit"), theme.primary)
    if len(seen.x):
        hovers = by_days(name, seen, texts)
        traces.append(seen_trace(seen, texts(f"calibration.{name}.seen"), hovers, theme.text))
    axes = {
        "xaxis": titled(f"{name}.x{suffix}", texts) | {"range": [0, float(fit.x[-1])]},
        "yaxis": share_axis(f"{name}.y", texts),
    }
    figure = build_canvas(traces, axes, sheet_of(name, traces, texts, subtitle=f"subtitle{suffix}"), texts, theme)
    return Chart(name, figure, texts(f"calibration.{name}.caption"))
