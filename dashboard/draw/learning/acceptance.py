"""How likely women say yes, by travel."""

from collections.abc import Mapping

from calibration.from_rows.curves import Band, Points
from dashboard.draw.canvas import Values, build_canvas, plain
from dashboard.draw.chart import Chart
from dashboard.draw.learning.drawing import band_traces, seen_trace, share_axis, sheet_of, titled
from dashboard.draw.theme import Theme
from sim.texts import Texts


def draw_acceptance(
    fits: Mapping[str, Band], seen: Points, texts: Texts, theme: Theme, *, free_minutes: float
) -> Chart:
    """Draw curves for women ``alone`` and with ``family`` by minutes, and the shares seen of all women together."""
    traces: list[Values] = []
    for number, ((word, fit), dash) in enumerate(zip(fits.items(), ("solid", "dash"), strict=False)):
        name = texts(f"calibration.acceptance.{word}")
        traces += band_traces(plain(fit.x), fit, name, theme.parts[number], dash=dash)
    if len(seen.x):
        hovers = [
            texts("calibration.acceptance.hover", share=texts.percent(y), minutes=texts.minutes(x))
            for x, y in zip(seen.x, seen.y, strict=True)
        ]
        traces.append(seen_trace(seen, texts("calibration.acceptance.seen"), hovers, theme.text))
    axes = {"xaxis": titled("acceptance.x", texts) | {"range": [0, 180]}, "yaxis": share_axis("acceptance.y", texts)}
    figure = build_canvas(traces, axes, sheet_of("acceptance", traces, texts), texts, theme)
    return Chart("acceptance", figure, texts("calibration.acceptance.caption", free=texts.minutes(free_minutes)))
