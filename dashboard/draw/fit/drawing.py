"""What the charts of a fit share: shares in per cent, labels in lines, and what stands around panels."""

import html
import textwrap
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from calibration.from_totals import Fit
from dashboard.draw.chart import Chart
from dashboard.draw.theme import Theme, plotly_template
from dashboard.say.fit_words import is_share, parameter_label
from sim.texts import Texts

Floats = npt.NDArray[np.float64]

HEAD = 90
"""Above the panels [px]."""
_FOOT = 110
_LETTERS, _SUBTITLE_LETTERS = 44, 58


def free_paths(fit: Fit) -> list[str]:
    """List the words of the scenario that were fitted."""
    return [one.free.path for one in fit.learnt]


def as_shown(draws: Floats, paths: Sequence[str]) -> Floats:
    """Give values as they are shown: shares in per cent."""
    return np.multiply(draws, [100.0 if is_share(path) else 1.0 for path in paths])


def suffix_of(path: str, texts: Texts) -> str:
    """Give what stands after the numbers of a parameter."""
    return percent_sign(texts) if is_share(path) else ""


def percent_sign(texts: Texts) -> str:
    """Write per cent as the language does, with or without a space."""
    return texts.percent(0.0)[1:]


def wrapped(text: str, letters: int = _LETTERS) -> str:
    """Break a label into lines."""
    return "<br>".join(html.escape(line) for line in textwrap.wrap(text, letters))


def wrapped_parameter(path: str, texts: Texts, letters: int = _LETTERS) -> str:
    """Name a parameter, in lines."""
    return wrapped(parameter_label(path, texts), letters)


def finish(name: str, figure: go.Figure, texts: Texts, theme: Theme, *, height: int) -> Chart:
    """Put title, subtitle and legend around panels; the subtitle says what to look for."""
    subtitle = texts(f"fit.figure.{name}_subtitle")
    lines = "<br>".join(textwrap.wrap(html.escape(subtitle), _SUBTITLE_LETTERS))
    figure.update_layout(
        template=plotly_template(theme, texts),
        title={"text": html.escape(texts(f"fit.figure.{name}")), "subtitle": {"text": lines}},
        height=height + _FOOT,
        margin={"t": HEAD + 40, "b": _FOOT, "l": 20, "r": 24},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
    )
    figure.update_annotations(font={"size": 13, "color": theme.text})
    return Chart(name, figure, subtitle)
