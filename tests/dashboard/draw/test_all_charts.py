"""Every chart, in both languages and rooms, for many designs and for none: whole, light, and in words too."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

import pytest

pytest.importorskip("plotly")

import plotly.graph_objects as go
from invented_results import comparison, results_of

from dashboard.draw.chart import Chart
from dashboard.draw.designs.differences import draw_differences
from dashboard.draw.designs.funnel import draw_funnel
from dashboard.draw.designs.kinds import draw_kinds
from dashboard.draw.designs.outcomes import draw_outcomes
from dashboard.draw.designs.payers import draw_payers
from dashboard.draw.designs.regions import draw_regions
from dashboard.draw.designs.side_by_side import draw_side_by_side
from dashboard.draw.designs.volume import draw_volume
from dashboard.draw.designs.waiting import draw_waiting
from dashboard.draw.designs.whose_estimate import draw_estimates, view_estimates
from dashboard.draw.places.bed_board import Shown, draw_bed_board
from dashboard.draw.places.bill_map import draw_bill_map
from dashboard.draw.places.catchment_map import draw_map
from dashboard.draw.places.home_map import draw_home_map
from dashboard.draw.places.over_time import draw_over_time
from dashboard.draw.theme import DARK, LIGHT, Theme
from dashboard.say.measure_words import UNIT_OF
from sim.design import build_designs
from sim.experiment import Memory, Results, run_experiment
from sim.looks import trace_replication
from sim.looks.bed_board import BedBoard, bed_board_rows
from sim.looks.bills import bill_scenario, bills_in_short
from sim.looks.catchments import Catchments, catchments_of
from sim.looks.homes import count_homes
from sim.looks.over_time import OverTime, places_over_time
from sim.scenario import scenario_from
from sim.texts import LANGUAGES, Texts, load_texts

MOST_KILOBYTES = 60
"""What a figure of the page with sliders may weigh: it is sent again each time one is moved."""

PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
MOST = {region: places + 2 for region, places in PLACES.items()}
START = dt.date(2027, 1, 1)
MEASURE = "travel_minutes_mean"


class Asked(NamedTuple):
    """Everything that charts are made from."""

    results: Results
    over_time: OverTime
    catchments: tuple[Catchments, ...]
    board: BedBoard


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


OF_RESULTS: dict[str, Callable[[Results, Texts, Theme], Chart]] = {
    "funnel": draw_funnel,
    "outcomes": draw_outcomes,
    "waiting": draw_waiting,
    "payers": draw_payers,
    "public": partial(draw_payers, is_public=True),
    "kinds": draw_kinds,
    "measures": draw_side_by_side,
    "differences": draw_differences,
    "regions": partial(draw_regions, measure=MEASURE),
    "volume": draw_volume,
}


def of_over_time(given: Asked, texts: Texts, theme: Theme) -> Chart:
    return draw_over_time(given.over_time, texts, theme, design=list(given.results.designs)[-1], start=START)


def of_views(given: Asked, texts: Texts, theme: Theme) -> Chart:
    views = view_estimates({"need_dr_2023_70_80": given.results, "own": given.results}, measure=MEASURE)
    return draw_estimates(views, texts, theme, measure=MEASURE)


def of_homes(given: Asked, texts: Texts, theme: Theme) -> Chart:
    scenario, design = given.results.scenario, list(given.results.designs)[-1]
    homes = count_homes(scenario, "council")
    return draw_home_map(homes, given.catchments[-1], texts, theme, measure="wait_days_mean", design=design)


def of_bills(given: Asked, texts: Texts, theme: Theme) -> Chart:
    scenario, design = given.results.scenario, list(given.results.designs)[-1]
    bills = bills_in_short(bill_scenario(scenario))
    return draw_bill_map(bills, given.catchments[-1], texts, theme, measure="sd", design=design)


OF_OTHERS: dict[str, Callable[[Asked, Texts, Theme], Chart]] = {
    "over_time": of_over_time,
    "views": of_views,
    "map": lambda given, texts, theme: draw_map(given.catchments[-1], texts, theme),
    "home_map": of_homes,
    "bill_map": of_bills,
    "board": lambda given, texts, theme: draw_bed_board(given.board, texts, theme, shown=Shown(START, None, 200.0)),
}


@cache
def drawn(name: str, n_designs: int, language: str, theme: Theme = LIGHT) -> Chart:
    """A chart of what was asked."""
    given, texts = asked(n_designs), load_texts(language)
    if name in OF_RESULTS:
        return OF_RESULTS[name](given.results, texts, theme)
    return OF_OTHERS[name](given, texts, theme)


PLAN = ("funnel", "outcomes", "over_time", "waiting", "map", "payers", "kinds")
CHARTS = pytest.mark.parametrize("name", [*OF_RESULTS, *OF_OTHERS])
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
@CHARTS
@IN_BOTH
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("n_designs", [1, 2, 8])
def test_plotly_finds_nothing_wrong_with_it(name: str, language: str, theme: Theme, n_designs: int) -> None:
    figure = drawn(name, n_designs, language, theme).figure
    checked = go.Figure(figure.to_dict())  # checks each word, which building skips
    assert checked.layout.height == figure.layout.height > 100
    assert checked.layout.title.text.startswith("<b>")


@pytest.mark.unit
@CHARTS
@pytest.mark.parametrize("n_designs", [1, 8])
def test_the_two_languages_say_the_same_in_their_own_words(name: str, n_designs: int) -> None:
    seen = {language: written_in(drawn(name, n_designs, language).figure) for language in LANGUAGES}
    assert not re.search(r"\b(nan|inf|None)\b", "".join(seen.values()))
    for word in ("women", "waiting", "confidence interval", "nine of ten", "a year", "replications", "unit with"):
        assert word not in seen["da"].lower(), word
    for word in ("kvinder", "ventende", "simulation", "simulationer", "om året", "enhed med"):
        assert word not in seen["en"].lower(), word


@pytest.mark.unit
@pytest.mark.parametrize("name", PLAN)
def test_it_is_light_enough_to_be_sent_again_and_again(name: str) -> None:
    figure = drawn(name, 4, "da").figure
    assert len(figure.to_json()) < 1000 * MOST_KILOBYTES
    assert "http" not in figure.to_json()


@pytest.mark.unit
@CHARTS
@IN_BOTH
@pytest.mark.parametrize("n_designs", [1, 2, 8])
def test_there_is_a_table_and_a_sentence_beside_it(name: str, language: str, n_designs: int) -> None:
    chart = drawn(name, n_designs, language)
    frame, sentence = chart.frame(), chart.sentence
    assert len(set(frame.columns)) == len(frame.columns) > 2
    assert not set(frame.columns) & {"mean", "low", "high", "design", "measure", "best", "n"}
    assert sentence.endswith(".")
    assert "nan" not in sentence.lower().split()
    assert not re.search(r"[{}]|\.\.", sentence)


@pytest.mark.unit
@CHARTS
@IN_BOTH
def test_the_columns_of_a_table_are_the_same_with_and_without_numbers(name: str, language: str) -> None:
    columns = [list(drawn(name, n, language).frame().columns) for n in (1, 2, 8)]
    assert columns[0] == columns[1] == columns[2]


@pytest.mark.unit
@pytest.mark.parametrize("name", OF_RESULTS)
@pytest.mark.parametrize("kind", ["no design", "nothing measured"])
@IN_BOTH
def test_without_numbers_it_says_so(name: str, kind: str, language: str) -> None:
    full = results_of({"regional": comparison({}, n=0), "shared": comparison({}, n=0)})
    full = full._replace(differences={"shared - regional": comparison({}, n=0)})
    results = full if kind == "nothing measured" else full._replace(designs={}, differences={})
    chart = OF_RESULTS[name](results, load_texts(language), LIGHT)
    go.Figure(chart.figure.to_dict())
    if name != "funnel" or kind == "no design":  # the need is known before anything is measured
        assert not chart.figure.data
        assert len(chart.figure.layout.annotations) == 1
        assert chart.figure.layout.annotations[0].text.endswith(".")
    assert list(chart.frame().columns)
    assert chart.sentence.endswith(".")


@pytest.mark.unit
def test_every_unit_of_a_measure_has_words() -> None:
    for language in LANGUAGES:
        for measure in UNIT_OF:
            results = results_of({"regional": comparison({measure: (0.5, 0.4, 0.6, 0.2, 0.8)})})
            chart = draw_side_by_side(results, load_texts(language), LIGHT, measures=(measure,))
            assert len(chart.figure.data) == 3
