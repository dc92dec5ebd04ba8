"""Every figure, in both languages and rooms, for many designs and for none: whole, light, and in words too."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

import pandas as pd
import pytest

pytest.importorskip("plotly")

import plotly.graph_objects as go
from invented_results import comparison, results_of

from dashboard.figures import (
    bed_board,
    by_region,
    catchment_map,
    cost,
    differences,
    funnel,
    over_time,
    side_by_side,
    volume,
    waiting,
    whose_estimate,
)
from dashboard.measure_words import UNIT_OF
from dashboard.texts import LANGUAGES, Texts, load_texts
from dashboard.draw.theme import DARK, LIGHT, Theme
from sim.design import build_designs
from sim.experiment import Memory, Results, run_experiment, trace_replication
from sim.experiment.bed_board import BedBoard, bed_board_rows
from sim.experiment.catchments import Catchments, catchments_of
from sim.experiment.over_time import OverTime, places_over_time
from sim.scenario import scenario_from

MOST_KILOBYTES = 60
"""What a figure of the page with sliders may weigh: it is sent again each time one is moved."""

PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
MOST = {region: places + 2 for region, places in PLACES.items()}
START = dt.date(2027, 1, 1)
MEASURE = "travel_minutes_mean"


class Asked(NamedTuple):
    """Everything that figures are made from."""

    results: Results
    over_time: OverTime
    catchments: tuple[Catchments, ...]
    board: BedBoard


class Drawn(NamedTuple):
    """A figure, the table behind it, and what is said of it."""

    figure: Callable[[Texts, Theme], go.Figure]
    frame: Callable[[Texts], pd.DataFrame]
    sentence: Callable[[Texts], str]


@cache
def asked(n_designs: int) -> Asked:
    """A small run of up to eight designs, two of them without places of their own."""
    shared = {"kind": "shared", "places": PLACES}
    regional = {"kind": "regional", "places": PLACES}
    designs: list[dict[str, Any]] = [
        {"name": "regional", **regional},
        {"name": "external", "kind": "external", "financing": "municipal"},
        {"name": "shared", **shared},
        {"name": "flexible", **regional, "flexible": {"max_places": MOST}},
        {"name": "1", **shared, "financing": "regional"},
        {"name": "none", "kind": "none"},
        {"name": "national", "kind": "national"},
        {"name": "en-model-med-et-meget-langt-navn", **regional, "home_first": True},
    ]
    words = {"name": "figures", "horizon_years": 3, "replications": 6, "designs": designs[:n_designs]}
    scenario = scenario_from(words)
    memory = Memory()
    return Asked(
        run_experiment(scenario, memory=memory),
        places_over_time(scenario, memory=memory),
        tuple(catchments_of(design, scenario) for design in build_designs(scenario)),
        bed_board_rows(
            trace_replication(scenario, design=designs[n_designs - 1]["name"], replication=0, engine="kernel")
        ),
    )


def drawn(given: Asked) -> dict[str, Drawn]:
    """All figures of what was asked."""
    results, places, maps, board = given
    last = list(results.designs)[-1]
    views = whose_estimate.view_estimates({"need_dr_2023_70_80": results, "own": results}, measure=MEASURE)
    at = {"start": START, "at_day": 200.0}
    return {
        "funnel": _of(funnel.build_funnel_figure, funnel.funnel_frame, funnel.describe_funnel, results),
        "outcomes": _of(funnel.build_outcomes_figure, funnel.outcomes_frame, funnel.describe_outcomes, results),
        "over_time": Drawn(
            lambda texts, theme: over_time.build_over_time_figure(places, texts, theme, design=last, start=START),
            lambda texts: over_time.over_time_frame(places, texts, design=last, start=START),
            lambda texts: over_time.describe_over_time(places, texts, design=last),
        ),
        "waiting": _of(waiting.build_waiting_figure, waiting.waiting_frame, waiting.describe_waiting, results),
        "map": _of(
            catchment_map.build_map_figure, catchment_map.catchments_frame, catchment_map.describe_map, maps[-1]
        ),
        "payers": _of(cost.build_payer_figure, cost.payer_frame, cost.describe_payers, results),
        "public": _of(cost.build_payer_figure, cost.payer_frame, cost.describe_payers, results, is_public=True),
        "kinds": _of(cost.build_kind_figure, cost.kind_frame, cost.describe_kinds, results),
        "running": _of(cost.build_running_cost_figure, cost.running_cost_frame, cost.describe_running_cost, results),
        "measures": _of(
            side_by_side.build_measures_figure, side_by_side.measures_frame, side_by_side.describe_measures, results
        ),
        "differences": _of(
            differences.build_differences_figure,
            differences.differences_frame,
            differences.describe_differences,
            results,
        ),
        "regions": _of(
            by_region.build_region_figure, by_region.region_frame, by_region.describe_regions, results, measure=MEASURE
        ),
        "volume": _of(volume.build_volume_figure, volume.volume_frame, volume.describe_volume, results),
        "views": _of(
            whose_estimate.build_views_figure,
            whose_estimate.views_frame,
            whose_estimate.describe_views,
            views,
            measure=MEASURE,
        ),
        "board": Drawn(
            lambda texts, theme: bed_board.build_bed_board_figure(board, texts, theme, **at),
            lambda texts: bed_board.bed_board_frame(board, texts, start=START),
            lambda texts: bed_board.describe_bed_board(board, texts, **at),
        ),
    }


def _of(build: Any, frame: Any, describe: Any, data: Any, **words: Any) -> Drawn:
    return Drawn(
        partial(_in_order, build, data, words), partial(frame, data, **words), partial(describe, data, **words)
    )


def _in_order(build: Any, data: Any, words: dict[str, Any], texts: Texts, theme: Theme) -> go.Figure:
    return build(data, texts, theme, **words)


NAMES = list(drawn(asked(1)))
PLAN = ("funnel", "outcomes", "over_time", "waiting", "map", "payers", "kinds")
FIGURES = pytest.mark.parametrize("name", NAMES)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def written_in(figure: go.Figure) -> str:
    """All words and numbers of a figure that a reader can see."""
    layout = figure.layout
    words = [layout.title.text or "", layout.title.subtitle.text or ""]
    words += [note.text for note in layout.annotations]
    for trace in figure.data:
        words += [trace.name or "", *_listed(getattr(trace, "text", None)), *_listed(trace.hovertext)]
    for axis in [word for word in layout if re.fullmatch(r"[xy]axis\d*", word)]:
        words += [layout[axis].title.text or "", *_listed(layout[axis].ticktext)]
    return "\n".join(map(str, words))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if value is not None else []


@pytest.mark.unit
@FIGURES
@IN_BOTH
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("n_designs", [1, 2, 8])
def test_plotly_finds_nothing_wrong_with_it(name: str, language: str, theme: Theme, n_designs: int) -> None:
    figure = drawn(asked(n_designs))[name].figure(load_texts(language), theme)
    checked = go.Figure(figure.to_dict())  # checks each word, which building skips
    assert checked.layout.height == figure.layout.height > 100
    assert checked.layout.title.text.startswith("<b>")


@pytest.mark.unit
@FIGURES
@pytest.mark.parametrize("n_designs", [1, 8])
def test_the_two_languages_say_the_same_in_their_own_words(name: str, n_designs: int) -> None:
    texts = {language: load_texts(language) for language in LANGUAGES}
    seen = {
        language: written_in(drawn(asked(n_designs))[name].figure(texts[language], LIGHT)) for language in LANGUAGES
    }
    assert not re.search(r"\b(nan|inf|None)\b", "".join(seen.values()))
    for word in ("women", "waiting", "confidence interval", "nine of ten", "a year", "replications", "unit with"):
        assert word not in seen["da"].lower(), word
    for word in ("kvinder", "ventende", "forløb", "gentagelser", "om året", "enhed med"):
        assert word not in seen["en"].lower(), word


@pytest.mark.unit
@pytest.mark.parametrize("name", PLAN)
def test_it_is_light_enough_to_be_sent_again_and_again(name: str) -> None:
    figure = drawn(asked(4))[name].figure(load_texts("da"), LIGHT)
    assert len(figure.to_json()) < 1000 * MOST_KILOBYTES
    assert "http" not in figure.to_json()


@pytest.mark.unit
@FIGURES
@IN_BOTH
@pytest.mark.parametrize("n_designs", [1, 2, 8])
def test_there_is_a_table_and_a_sentence_beside_it(name: str, language: str, n_designs: int) -> None:
    texts = load_texts(language)
    one = drawn(asked(n_designs))[name]
    frame, sentence = one.frame(texts), one.sentence(texts)
    assert len(set(frame.columns)) == len(frame.columns) > 2
    assert not set(frame.columns) & {"mean", "low", "high", "design", "measure", "best", "n"}
    assert sentence.endswith(".")
    assert "nan" not in sentence.lower().split()
    assert not re.search(r"[{}]|\.\.", sentence)


@pytest.mark.unit
@FIGURES
@IN_BOTH
def test_the_columns_of_a_table_are_the_same_with_and_without_numbers(name: str, language: str) -> None:
    texts = load_texts(language)
    columns = [list(drawn(asked(n))[name].frame(texts).columns) for n in (1, 2, 8)]
    assert columns[0] == columns[1] == columns[2]


OF_RESULTS = {
    "funnel": (funnel.build_funnel_figure, funnel.funnel_frame, funnel.describe_funnel, {}),
    "outcomes": (funnel.build_outcomes_figure, funnel.outcomes_frame, funnel.describe_outcomes, {}),
    "waiting": (waiting.build_waiting_figure, waiting.waiting_frame, waiting.describe_waiting, {}),
    "payers": (cost.build_payer_figure, cost.payer_frame, cost.describe_payers, {}),
    "kinds": (cost.build_kind_figure, cost.kind_frame, cost.describe_kinds, {}),
    "running": (cost.build_running_cost_figure, cost.running_cost_frame, cost.describe_running_cost, {}),
    "measures": (side_by_side.build_measures_figure, side_by_side.measures_frame, side_by_side.describe_measures, {}),
    "differences": (
        differences.build_differences_figure,
        differences.differences_frame,
        differences.describe_differences,
        {},
    ),
    "regions": (
        by_region.build_region_figure,
        by_region.region_frame,
        by_region.describe_regions,
        {"measure": MEASURE},
    ),
    "volume": (volume.build_volume_figure, volume.volume_frame, volume.describe_volume, {}),
}


@pytest.mark.unit
@pytest.mark.parametrize("name", OF_RESULTS)
@pytest.mark.parametrize("kind", ["no design", "nothing measured"])
@IN_BOTH
def test_without_numbers_it_says_so(name: str, kind: str, language: str) -> None:
    full = results_of({"regional": comparison({}, n=0), "shared": comparison({}, n=0)})
    full = full._replace(differences={"shared - regional": comparison({}, n=0)})
    results = full if kind == "nothing measured" else full._replace(designs={}, differences={})
    build, frame, describe, words = OF_RESULTS[name]
    texts = load_texts(language)
    figure = build(results, texts, LIGHT, **words)
    go.Figure(figure.to_dict())
    if name != "funnel" or kind == "no design":  # the need is known before anything is measured
        assert not figure.data
        assert len(figure.layout.annotations) == 1
        assert figure.layout.annotations[0].text.endswith(".")
    assert list(frame(results, texts, **words).columns)
    assert describe(results, texts, **words).endswith(".")


@pytest.mark.unit
def test_every_unit_of_a_measure_has_words() -> None:
    for language in LANGUAGES:
        texts = load_texts(language)
        for measure in UNIT_OF:
            figure = side_by_side.build_measures_figure(
                results_of({"regional": comparison({measure: (0.5, 0.4, 0.6, 0.2, 0.8)})}),
                texts,
                LIGHT,
                measures=(measure,),
            )
            assert len(figure.data) == 3
