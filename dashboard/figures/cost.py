"""What it costs, who pays, and for what: places, care outside a place, and later consequences."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.bars import Part, build_stacked_figure, parts_frame
from dashboard.measure_words import estimate_of, with_one_stop
from dashboard.texts import Texts, design_label
from dashboard.theme import Theme
from sim.economics import PAYERS, RUNNING_PARTS
from sim.experiment import Comparison, Results

PAYER_PARTS = tuple(Part(payer, "payers", number) for number, payer in enumerate(PAYERS))
KIND_PARTS = tuple(Part(kind, "parts", number) for number, kind in enumerate(("own", "bought", "outside", "later")))
RUNNING = tuple(Part(part, "parts", number) for number, part in enumerate(RUNNING_PARTS))


def payer_costs(results: Results, *, is_public: bool = False) -> dict[str, dict[str, float]]:
    """Find what each payer pays a year.

    Parameters
    ----------
    results : Results
        Of an experiment.
    is_public : bool
        Whether care outside a place and later consequences count too.

    Returns
    -------
    dict of str to dict of str to float
        By design, then by payer [DKK/year].
    """
    prefix = "public_cost_" if is_public else "cost_"
    return {
        name: {payer: estimate_of(comparison, prefix + payer).mean for payer in PAYERS}
        for name, comparison in results.designs.items()
    }


def kind_costs(results: Results) -> dict[str, dict[str, float]]:
    """Find what each kind of cost comes to a year.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    dict of str to dict of str to float
        By design: ``own`` places, places ``bought`` elsewhere, care ``outside`` a place, ``later`` consequences; they
        add up to the public cost [DKK/year].
    """
    return {name: _kinds(comparison) for name, comparison in results.designs.items()}


def _kinds(comparison: Comparison) -> dict[str, float]:
    places, public, later = (
        estimate_of(comparison, f"{word}_per_year").mean for word in ("cost", "public_cost", "later_cost")
    )
    own = sum(_running(comparison).values())
    return {"own": own, "bought": places - own, "outside": public - places - later, "later": later}


def _running(comparison: Comparison) -> dict[str, float]:
    """Parts of the running cost of own places [DKK/year]; nothing where there are none."""
    estimates = {part: estimate_of(comparison, f"cost_{part}_per_year") for part in RUNNING_PARTS}
    return {part: estimate.mean if estimate.n else 0.0 for part, estimate in estimates.items()}


def running_costs(results: Results) -> dict[str, dict[str, float]]:
    """Find what the parts of own places come to a year.

    Parameters
    ----------
    results : Results
        Of an experiment.

    Returns
    -------
    dict of str to dict of str to float
        By design that has places of its own, then by part [DKK/year].
    """
    running = {name: _running(comparison) for name, comparison in results.designs.items()}
    return {name: parts for name, parts in running.items() if any(parts.values())}


def build_payer_figure(results: Results, texts: Texts, theme: Theme, *, is_public: bool = False) -> go.Figure:
    """Draw what each payer pays a year, design by design.

    Parameters
    ----------
    results : Results
        Of an experiment.
    texts : Texts
        In the reader's language.
    theme : Theme
        Of the room.
    is_public : bool
        Whether care outside a place and later consequences count too.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for each design.
    """
    costs, words = payer_costs(results, is_public=is_public), _payer_words(is_public)
    return build_stacked_figure(costs, PAYER_PARTS, texts, theme, words=words, measure="cost_per_year")


def _payer_words(is_public: bool) -> str:
    return "public_payers" if is_public else "payers"


def payer_frame(results: Results, texts: Texts, *, is_public: bool = False) -> pd.DataFrame:
    """Tabulate what each payer pays a year.

    Parameters
    ----------
    results, texts, is_public
        As for `build_payer_figure`.

    Returns
    -------
    pandas.DataFrame
        A row for each design and payer [DKK/year].
    """
    costs, words = payer_costs(results, is_public=is_public), _payer_words(is_public)
    return parts_frame(costs, PAYER_PARTS, texts, words=words, measure="cost_per_year")


def describe_payers(results: Results, texts: Texts, *, is_public: bool = False) -> str:
    """Say what the figure of payers shows.

    Parameters
    ----------
    results, texts, is_public
        As for `build_payer_figure`.

    Returns
    -------
    str
        A sentence for those who do not see it.
    """
    return _described(payer_costs(results, is_public=is_public), texts, words=_payer_words(is_public))


def build_kind_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw what the public pays for, design by design: places, care outside them, and later consequences.

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
        A bar for each design.
    """
    return build_stacked_figure(
        kind_costs(results), KIND_PARTS, texts, theme, words="cost_kinds", measure="cost_per_year"
    )


def kind_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate what the public pays for.

    Parameters
    ----------
    results, texts
        As for `build_kind_figure`.

    Returns
    -------
    pandas.DataFrame
        A row for each design and kind of cost [DKK/year].
    """
    return parts_frame(kind_costs(results), KIND_PARTS, texts, words="cost_kinds", measure="cost_per_year")


def describe_kinds(results: Results, texts: Texts) -> str:
    """Say what the figure of kinds of cost shows.

    Parameters
    ----------
    results, texts
        As for `build_kind_figure`.

    Returns
    -------
    str
        A sentence for those who do not see it.
    """
    return _described(kind_costs(results), texts, words="cost_kinds")


def build_running_cost_figure(results: Results, texts: Texts, theme: Theme) -> go.Figure:
    """Draw what own places cost a year, part by part and design by design.

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
        A bar for each design that has places of its own.
    """
    return build_stacked_figure(running_costs(results), RUNNING, texts, theme, words="running", measure="cost_per_year")


def running_cost_frame(results: Results, texts: Texts) -> pd.DataFrame:
    """Tabulate what own places cost, part by part.

    Parameters
    ----------
    results, texts
        As for `build_running_cost_figure`.

    Returns
    -------
    pandas.DataFrame
        A row for each design and part [DKK/year].
    """
    return parts_frame(running_costs(results), RUNNING, texts, words="running", measure="cost_per_year")


def describe_running_cost(results: Results, texts: Texts) -> str:
    """Say what the figure of running costs shows.

    Parameters
    ----------
    results, texts
        As for `build_running_cost_figure`.

    Returns
    -------
    str
        A sentence for those who do not see it.
    """
    return _described(running_costs(results), texts, words="running")


def _described(costs: Mapping[str, Mapping[str, float]], texts: Texts, *, words: str) -> str:
    """Each design's total and its parts, largest first."""
    if not costs:
        return texts("figures.nothing")
    designs = []
    for name, parts in costs.items():
        largest_first = sorted((part for part in parts.items() if abs(part[1]) >= 1.0), key=lambda part: -part[1])
        said = ", ".join(
            f"{texts(f'figures.{words}.part.{word}').lower()} {texts.money(cost)}" for word, cost in largest_first
        )
        total = texts.money(sum(parts.values()))
        designs.append(texts("figures.cost_design", design=design_label(name, texts), total=total, parts=said))
    return with_one_stop(texts(f"figures.{words}.described", designs="; ".join(designs)))
