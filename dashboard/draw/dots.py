"""Estimates as dots: the mean, how sure we are of it, and how different one future may be.

A thin line spans nine of ten replications, a thick one the 95 % interval of the mean, the dot is the mean. A hollow dot
is a difference whose direction is not sure. Numbers are written above the dots, so nobody has to read them off.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.draw.canvas import Values, plain
from dashboard.draw.theme import Theme, design_color, design_symbol
from dashboard.say.measure_words import Estimate, scale_of, write_alike, write_estimate, write_interval, write_spread
from sim.texts import Texts

_MARK = {"triangle-up": 14, "triangle-down": 14, "cross": 13, "diamond": 13}
"""Sizes of symbols that look smaller than a circle [px]."""


class Dot(NamedTuple):
    """One estimate and where it stands."""

    estimate: Estimate
    measure: str
    name: str  # whose, as the reader sees it when pointing at it
    position: float  # across the direction of its value
    design: int  # the design's place in the scenario, from 0: decides colour and symbol
    note: str = ""  # what else is told when it is pointed at

    @property
    def symbol(self) -> str:
        """Symbol of its design."""
        return design_symbol(self.design)


def largest_of(estimates: Sequence[Estimate]) -> float:
    """Find the largest mean by size, for the scale of an axis; 0 if there is none."""
    return max((abs(estimate.mean) for estimate in estimates if estimate.n), default=0.0)


def dot_traces(
    dots: Sequence[Dot], texts: Texts, theme: Theme, *, axes: str = "", is_difference: bool = False
) -> list[Values]:
    """Draw estimates of one measure along the x axis: spread, intervals and dots; nothing if none has a value."""
    known = [dot for dot in dots if dot.estimate.n]
    if not known:
        return []
    estimates = [dot.estimate for dot in known]
    measure, on = known[0].measure, {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
    factor = scale_of(measure, texts, largest=largest_of(estimates), is_difference=is_difference).factor
    lines = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, **on}
    rows = plain([value for dot in known for value in (dot.position, dot.position, float("nan"))])

    def ends(low: str, high: str) -> list[float | None]:
        spans = ((getattr(one, low), getattr(one, high), float("nan")) for one in estimates)
        return plain([factor * value for span in spans for value in span])

    return [
        lines | {"x": ends("p05", "p95"), "y": rows, "line": {"color": theme.axis, "width": 1.5}},
        lines | {"x": ends("low", "high"), "y": rows, "line": {"color": theme.text, "width": 4}},
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": plain([factor * one.mean for one in estimates]),
            "y": plain([dot.position for dot in known]),
            "text": write_alike(estimates, measure, texts, is_difference=is_difference),
            "textposition": "top center",
            "textfont": {"size": 12, "color": theme.text},
            "cliponaxis": False,
            "hovertext": [_told(dot, texts, is_difference=is_difference) for dot in known],
            "hoverinfo": "text",
            "showlegend": False,
            "marker": _marks(known, theme, is_difference=is_difference),
            **on,
        },
    ]


def _marks(dots: Sequence[Dot], theme: Theme, *, is_difference: bool) -> Values:
    """Filled, or hollow where the direction is not sure; single values where all are alike, to send less."""
    own = [design_color(theme, dot.design) for dot in dots]
    is_hollow = [is_difference and not dot.estimate.is_sure for dot in dots]
    pairs = list(zip(own, is_hollow, strict=True))
    return {
        "opacity": 1,
        "size": _alike([_MARK.get(dot.symbol, 11) for dot in dots]),
        "symbol": _alike([dot.symbol for dot in dots]),
        "color": _alike([theme.background if hollow else color for color, hollow in pairs]),
        "line": {"width": 2, "color": _alike([color if hollow else theme.background for color, hollow in pairs])},
    }


def _alike(values: Sequence[Any]) -> Any:
    return values[0] if len(set(values)) == 1 else list(values)


def legend_traces(names: Mapping[str, int], theme: Theme) -> list[Values]:
    """Make the entries of a legend of designs, given their places in the scenario by the names the reader sees."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [None],
            "y": [None],
            "marker": {"size": 12, "symbol": design_symbol(number), "color": design_color(theme, number)},
        }
        for name, number in names.items()
    ]


def _told(dot: Dot, texts: Texts, *, is_difference: bool) -> str:
    """What is told when a dot is pointed at, in plotly's own HTML."""
    how = {"is_difference": is_difference}
    lines = [
        f"<b>{dot.name}</b>",
        write_estimate(dot.estimate, dot.measure, texts, **how),
        texts("figures.hover.interval", interval=write_interval(dot.estimate, dot.measure, texts, **how)),
        texts("figures.hover.spread", interval=write_spread(dot.estimate, dot.measure, texts, **how)),
    ]
    if is_difference and not (dot.estimate.is_sure or dot.estimate.is_same):
        lines.append(texts("figures.hover.not_sure"))
    if dot.note:
        lines.append(dot.note)
    return "<br>".join(lines)
