"""Cost against access, and the two spreads: whole in both languages and rooms, with their numbers and in words."""

import math
from functools import cache

import pytest

pytest.importorskip("plotly")

import plotly.graph_objects as go

from dashboard.draw.chart import Chart
from dashboard.draw.designs.access_cost import draw_access_cost
from dashboard.draw.designs.two_spreads import draw_two_spreads
from dashboard.draw.theme import DARK, LIGHT, Theme
from sim.doubt.split import Split
from sim.scenario import scenario_from
from sim.sizing import Sizing, size
from sim.texts import LANGUAGES, load_texts

SPREAD = Split(12.0, 4.0, 9.0, 0.2, (8.0, 15.0), (7.0, 17.0), (6.0, 18.0), 64)
UNKNOWN = Split(math.nan, *[math.nan] * 3, *[(math.nan, math.nan)] * 3, 0)


@cache
def sized() -> Sizing:
    designs = [
        {"name": "one", "kind": "national", "sites": ["AAR"], "places": 6},
        {"name": "regional", "kind": "regional"},
    ]
    scenario = scenario_from({"name": "small", "horizon_years": 2, "designs": designs})
    return size(scenario, "admitted_within_14_days >= 0.6", replications=40)


def charts(language: str, theme: Theme) -> tuple[Chart, ...]:
    texts = load_texts(language)
    splits, stated = {"regional": SPREAD, "none": UNKNOWN, "shared": SPREAD}, {"regional": 14.0}
    return (
        draw_access_cost(sized(), texts, theme),
        draw_two_spreads(splits, stated, texts, theme, measure="admitted_per_year"),
        draw_two_spreads({"none": UNKNOWN}, {}, texts, theme, measure="admitted_per_year"),
    )


@pytest.mark.unit
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_whole_and_told(language: str, theme: Theme) -> None:
    for chart in charts(language, theme):
        go.Figure(chart.figure.to_dict())  # checks every word
        assert "nan" not in chart.sentence
        assert "{" not in chart.sentence


@pytest.mark.unit
def test_what_nothing_beats_is_filled_and_named() -> None:
    chart = charts("en", LIGHT)[0]
    curve, frame = sized().own.curve, chart.frame()
    assert (frame["Unbeaten"] == "yes").sum() == sum(curve.is_unbeaten) > 0
    filled = [color != LIGHT.background for trace in chart.figure.data for color in trace.marker.color]
    assert sum(filled) == sum(curve.is_unbeaten)
    assert len(filled) == len(curve.points) == len(frame)


@pytest.mark.unit
def test_a_design_without_a_value_is_no_row_of_the_spreads() -> None:
    _, spreads, nothing = charts("en", LIGHT)
    assert len(spreads.frame()) == 2
    assert nothing.frame().empty
    assert spreads.sentence.count("chance 8.0 to 15.0") == 2
