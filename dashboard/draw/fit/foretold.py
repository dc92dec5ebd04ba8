"""What was observed beside what the fitted model foretells."""

from collections.abc import Sequence

from plotly.subplots import make_subplots

from calibration.from_totals import Fit, Foretold
from dashboard.draw.canvas import Values
from dashboard.draw.chart import Chart
from dashboard.draw.fit.drawing import HEAD, finish, percent_sign, wrapped
from dashboard.draw.theme import Theme, see_through
from dashboard.say.fit_words import scope_label
from dashboard.say.measure_words import measure_label
from sim.texts import Texts

_ROW = 34
_ROOM = 1.05


def draw_foretold(fit: Fit, texts: Texts, theme: Theme) -> Chart:
    """Draw a panel for each measure, a row for each number."""
    measures = list(dict.fromkeys(one.target.measure for one in fit.foretold))
    rows = {measure: [one for one in fit.foretold if one.target.measure == measure] for measure in measures}
    heights = [_ROW * len(rows[measure]) + 40 for measure in measures]
    figure = make_subplots(
        rows=len(measures),
        cols=1,
        subplot_titles=[wrapped(measure_label(measure, texts)) for measure in measures],
        row_heights=heights,
        vertical_spacing=min(0.3, 90 / (sum(heights) + 90 * len(measures))),
    )
    shown: set[str] = set()
    for number, own in enumerate(rows.values(), start=1):
        place = {"row": number, "col": 1}
        scale = 100.0 if own[0].target.unit == "share" else 1.0
        for word, mark in _marks(own, scale, texts, theme).items():
            name = texts(f"fit.figure.{word}")
            figure.add_scatter(name=name, legendgroup=word, showlegend=word not in shown, **place, **mark)
            shown.add(word)
        furthest = scale * max(max(one.band[1], one.target.value) for one in own)
        suffix = percent_sign(texts) if scale != 1 else ""
        figure.update_xaxes(ticksuffix=suffix, range=[0, _ROOM * furthest], **place)
        figure.update_yaxes(autorange="reversed", type="category", **place)
    return finish("foretold", figure, texts, theme, height=HEAD + sum(heights) + 90 * len(measures))


def _marks(foretold: Sequence[Foretold], scale: float, texts: Texts, theme: Theme) -> dict[str, Values]:
    """Bands, medians and what was observed, of one measure, by their words."""
    names = [scope_label(one.target, texts) for one in foretold]
    marks: dict[str, Values] = {
        "band": {
            "x": [end for one in foretold for end in (scale * one.band[0], scale * one.band[1], None)],
            "y": [name for name in names for _ in range(3)],
            "mode": "lines",
            "line": {"color": see_through(theme.primary, 0.45), "width": 10},
        },
        "median": {
            "x": [scale * one.median for one in foretold],
            "y": names,
            "mode": "markers",
            "marker": {"color": theme.primary, "size": 9},
        },
    }
    for word, is_inside, color, symbol in (
        ("observed", True, theme.text, "diamond-open"),
        ("observed_outside", False, theme.lost, "diamond"),
    ):
        chosen = [pair for pair in zip(foretold, names, strict=True) if pair[0].is_inside is is_inside]
        if chosen:
            marks[word] = {
                "x": [scale * one.target.value for one, _ in chosen],
                "y": [name for _, name in chosen],
                "mode": "markers",
                "marker": {"color": color, "symbol": symbol, "size": 14, "line": {"width": 2}},
            }
    return marks
