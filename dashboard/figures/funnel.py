"""The women's way to a place, design by design: how many reach each step, and what became of those who did not."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.bars import Part, build_stacked_figure, parts_frame
from dashboard.figures.canvas import Sheet, Values, build_canvas, build_empty_figure, plain
from dashboard.measure_words import NO_ESTIMATE, Estimate, estimate_of, write_alike, write_estimate, write_interval
from dashboard.texts import Texts, design_label
from dashboard.theme import PATTERNS, Theme, design_color
from sim.experiment import Results

Steps = Mapping[str, Mapping[str, Estimate]]
"""By design, then by step."""

STEPS = ("referrals_per_year", "offered_per_year", "accepted_per_year", "admitted_per_year", "completed_per_year")
"""Steps that are measured; the need comes before them."""

STEP_WORDS: Mapping[str, str] = {
    "referrals_per_year": "referred",
    "offered_per_year": "offered",
    "accepted_per_year": "accepted",
    "admitted_per_year": "admitted",
    "completed_per_year": "completed",
}

SAME_STEPS = ("need", "referred")
"""Steps that are the same in every design: all meet the same women."""

_UNIT = "referrals_per_year"  # a measure with the unit of all steps
_BAR = 19
_BETWEEN = 0.7

OUTCOME_PARTS = (
    Part("completed", "parts", 0),
    Part("not_completed", "parts", 4),
    Part("waiting", "parts", 2),
    Part("gave_up", "parts", 5),
    Part("birth_before_place", "parts", 3),
    Part("pregnancy_ended", "parts", 1),
    Part("declined", "parts", 7),
    Part("not_offered", "parts", 6),
)
"""What became of the women referred, those admitted first."""


def funnel_steps(results: Results) -> dict[str, dict[str, Estimate]]:
    """Count the women who reach each step.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    dict of str to dict of str to Estimate
        By design, then by step: ``need``, ``referred``, ``offered``, ``accepted``, ``admitted``, ``completed``
        [women/year]. The need is put in and has no interval.
    """
    need = results.funnel.need_per_year
    given = NO_ESTIMATE._replace(n=results.replications, mean=need)
    return {
        name: {"need": given} | {STEP_WORDS[step]: estimate_of(comparison, step) for step in STEPS}
        for name, comparison in results.designs.items()
    }


def funnel_outcomes(results: Results) -> dict[str, dict[str, float]]:
    """Count what became of the women referred.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    dict of str to dict of str to float
        By design, then by the words of `OUTCOME_PARTS`; they add up to the women referred [women/year].

    Notes
    -----
    Differences of means are means of differences, so nothing is lost by reckoning with means.
    """
    return {name: _outcomes(comparison_means) for name, comparison_means in _means(results).items()}


def _means(results: Results) -> dict[str, dict[str, float]]:
    words = (*STEPS, "gave_up_per_year", "birth_before_place_per_year", "pregnancy_ended_per_year")
    return {
        name: {word: estimate_of(comparison, word).mean for word in words}
        for name, comparison in results.designs.items()
    }


def _outcomes(mean: Mapping[str, float]) -> dict[str, float]:
    lost = {word: mean[f"{word}_per_year"] for word in ("gave_up", "birth_before_place", "pregnancy_ended")}
    return {
        "completed": mean["completed_per_year"],
        "not_completed": mean["admitted_per_year"] - mean["completed_per_year"],
        "waiting": mean["accepted_per_year"] - mean["admitted_per_year"] - sum(lost.values()),
        **lost,
        "declined": mean["offered_per_year"] - mean["accepted_per_year"],
        "not_offered": mean["referrals_per_year"] - mean["offered_per_year"],
    }


def build_funnel_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw how many women a year reach each step, design by design.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A group of bars for each step, a bar for each design; need and referrals, the same in all of them, once.
    """
    title = texts("figures.funnel.title")
    steps = funnel_steps(results)
    if not steps:
        return build_empty_figure(texts("figures.nothing"), texts, theme, title=title)
    rows, bottom = _rows(list(steps))
    traces = [_bars(name, number, steps, rows, texts, theme) for number, name in enumerate(steps)]
    traces.insert(0, _common_bars(steps, rows, texts, theme))
    words = dict.fromkeys(word for word, _ in rows)
    middles = [float(np.mean([row for (step, _), row in rows.items() if step == word])) for word in words]
    layout = {
        "barmode": "overlay",
        "xaxis": {"rangemode": "tozero", "showticklabels": False, "showgrid": False},
        "yaxis": {
            "range": [bottom, -0.6],
            "tickvals": middles,
            "ticktext": [texts(f"common.step.{word}") for word in words],
            "showgrid": False,
        },
    }
    sheet = Sheet(
        title,
        texts("figures.funnel.subtitle", replications=texts.number(results.replications)),
        int(_BAR * (bottom + 0.6)),
        below=8,
        right=36,
        legend=tuple(trace["name"] for trace in traces),
    )
    return build_canvas(traces, layout, sheet, texts, theme)


def _rows(designs: Sequence[str]) -> tuple[dict[tuple[str, str], float], float]:
    """Where the bar of each step and design stands, from the top, and where the last group ends."""
    rows: dict[tuple[str, str], float] = {}
    row = 0.0
    for word in ("need", *STEP_WORDS.values()):
        for name in ("",) if word in SAME_STEPS else designs:
            rows[word, name] = row
            row += 1.0
        row += _BETWEEN
    return rows, row - _BETWEEN - 0.4


def _common_bars(steps: Steps, rows: Mapping[tuple[str, str], float], texts: Texts, theme: Theme) -> Values:
    """The bars of the steps that are the same in every design."""
    first = next(iter(steps.values()))
    estimates = {word: first[word] for word in SAME_STEPS}
    name = texts("figures.funnel.all")
    return _look(name, estimates, [rows[word, ""] for word in SAME_STEPS], texts, theme) | {
        "marker": {"color": theme.muted}
    }


def _bars(
    name: str, number: int, steps: Steps, rows: Mapping[tuple[str, str], float], texts: Texts, theme: Theme
) -> Values:
    """The bars of one design."""
    estimates = {word: estimate for word, estimate in steps[name].items() if word not in SAME_STEPS}
    own = _look(design_label(name, texts), estimates, [rows[word, name] for word in estimates], texts, theme)
    pattern = {
        "shape": PATTERNS[number % len(PATTERNS)],
        "fgcolor": theme.background,
        "fillmode": "overlay",
        "size": 6,
        "solidity": 0.2,
    }
    return own | {"marker": {"color": design_color(theme, number), "pattern": pattern}}


def _look(name: str, estimates: Mapping[str, Estimate], rows: Sequence[float], texts: Texts, theme: Theme) -> Values:
    """Bars with their numbers at the end."""
    hover = []
    for word, estimate in estimates.items():
        lines = [f"<b>{name}</b>", f"{texts(f'common.step.{word}')}: {write_estimate(estimate, _UNIT, texts)}"]
        if estimate.low < estimate.high:
            interval = write_interval(estimate, _UNIT, texts)
            lines.append(texts("figures.hover.interval", interval=interval))
        hover.append("<br>".join(lines))
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": plain(rows),
        "width": 0.86,
        "x": plain([estimate.mean for estimate in estimates.values()]),
        "text": write_alike(list(estimates.values()), _UNIT, texts),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.text},
        "hovertext": hover,
        "hoverinfo": "text",
    }


def funnel_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate the steps of the women's way.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns and steps.

    Returns
    -------
    pandas.DataFrame
        A row for each design and step [women/year].
    """
    column = _columns(texts)
    return pd.DataFrame(
        [
            {
                column["design"]: design_label(name, texts),
                column["step"]: texts(f"common.step.{word}"),
                column["mean"]: estimate.mean,
                column["low"]: estimate.low,
                column["high"]: estimate.high,
            }
            for name, steps in funnel_steps(results).items()
            for word, estimate in steps.items()
        ],
        columns=list(column.values()),
    )


def _columns(texts: Texts) -> dict[str, str]:
    return {word: texts(f"figures.column.{word}") for word in ("design", "step", "mean", "low", "high")}


def describe_funnel(results: Results, texts: Texts) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        A sentence for those who do not see it.
    """
    if not results.designs:
        return texts("figures.nothing")
    designs = "; ".join(
        texts(
            "figures.funnel.design",
            design=design_label(name, texts),
            **{word: texts.number(steps[word].mean, 1) for word in ("referred", "accepted", "admitted")},
        )
        for name, steps in funnel_steps(results).items()
    )
    return texts("figures.funnel.described", need=texts.number(results.funnel.need_per_year, 1), designs=designs)


def build_outcomes_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw what became of the women referred, design by design.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for each design, all of the same length.
    """
    return build_stacked_figure(
        funnel_outcomes(results),
        OUTCOME_PARTS,
        texts,
        theme,
        words="outcomes",
        measure="referrals_per_year",
    )


def outcomes_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate what became of the women referred.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        For the names of columns and outcomes.

    Returns
    -------
    pandas.DataFrame
        A row for each design and outcome [women/year].
    """
    return parts_frame(funnel_outcomes(results), OUTCOME_PARTS, texts, words="outcomes", measure="referrals_per_year")


def describe_outcomes(results: Results, texts: Texts) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.

    Returns
    -------
    str
        A sentence for those who do not see it.
    """
    if not results.designs:
        return texts("figures.nothing")
    designs = "; ".join(
        texts(
            "figures.outcomes.design",
            design=design_label(name, texts),
            admitted=texts.number(parts["completed"] + parts["not_completed"], 1),
            declined=texts.number(parts["declined"], 1),
            not_offered=texts.number(parts["not_offered"], 1),
            lost=texts.number(parts["gave_up"] + parts["birth_before_place"] + parts["pregnancy_ended"], 1),
        )
        for name, parts in funnel_outcomes(results).items()
    )
    return texts("figures.outcomes.described", designs=designs)
