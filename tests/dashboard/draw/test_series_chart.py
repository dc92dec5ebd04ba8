"""A series of scenarios as lines: only where one number alone is varied."""

import math
from typing import Any

import pytest

from dashboard.batches.results import ScenarioRow
from dashboard.draw.designs.series import draw_series, find_series
from dashboard.draw.theme import DARK, LIGHT
from dashboard.say.measure_words import NO_ESTIMATE, Estimate
from sim.texts import load_texts

DANISH, ENGLISH = load_texts("da"), load_texts("en")


def row(number: int, mean: float, **changes: Any) -> ScenarioRow:
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    regional = Estimate(20, mean, mean - 1, mean + 2, mean - 5, mean + 5)
    shared = NO_ESTIMATE if number == 2 else regional._replace(mean=2 * mean, low=math.nan, high=math.nan)
    return ScenarioRow(f"s-{number}", f"{number}", paths, {"regional": regional, "shared": shared})


NEEDS = tuple(
    row(n, 10.0 * n, demand__need_per_year=need, acceptance__base=0.4) for n, need in ((3, 80), (1, 40.5), (2, 60))
)


@pytest.mark.unit
def test_a_series_is_what_differs_in_one_number_alone() -> None:
    series = find_series(NEEDS)
    assert series is not None
    assert series.path == "demand.need_per_year"
    assert [value for value, _ in series.points] == [40.5, 60, 80]
    assert find_series(NEEDS[:2]) is None
    assert find_series((*NEEDS, row(4, 1, demand__need_per_year=90, acceptance__base=0.5))) is None
    assert find_series((*NEEDS, row(4, 1, demand__need_per_year=80, acceptance__base=0.4))) is None
    assert (
        find_series(tuple(row(n, 1, stay__anchor=word) for n, word in enumerate(("birth", "admission", "x")))) is None
    )
    assert find_series(tuple(row(n, 1) for n in range(3))) is None


@pytest.mark.unit
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_hold_the_means_and_their_intervals(theme: Any) -> None:
    series = find_series(NEEDS)
    assert series is not None
    figure = draw_series(series, DANISH, theme, measure="admitted_per_year").figure
    regional, shared = figure.data
    assert (regional.name, shared.name) == ("Regional", "Fælles")
    assert list(regional.x) == [40.5, 60, 80]
    assert list(regional.y) == [10, 20, 30]
    assert list(regional.error_y.array) == [2, 2, 2]
    assert list(regional.error_y.arrayminus) == [1, 1, 1]
    assert list(shared.y) == [20, None, 60]
    assert list(shared.error_y.array) == [0, 0, 0]
    assert regional.line.dash != shared.line.dash
    assert figure.layout.xaxis.title.text == "Kvinder med behov om året"
    assert len(figure.to_json()) < 40_000


@pytest.mark.unit
def test_large_amounts_stand_in_millions_and_shares_in_per_cent() -> None:
    rows = tuple(
        ScenarioRow(f"{n}", f"{n}", {"seed": n}, {"regional": Estimate(9, 4e6 * n, 3e6, 5e6, 2e6, 6e6)})
        for n in (1, 2, 3)
    )
    series = find_series(rows)
    assert series is not None
    assert list(draw_series(series, DANISH, LIGHT, measure="cost_per_year").figure.data[0].y) == [4, 8, 12]
    share = tuple(one._replace(estimates={"regional": Estimate(9, 0.5, 0.4, 0.6, 0.1, 0.9)}) for one in rows)
    found = find_series(share)
    assert found is not None
    assert list(draw_series(found, DANISH, LIGHT, measure="occupancy").figure.data[0].y) == [50, 50, 50]


@pytest.mark.unit
def test_the_sentence_and_the_numbers_say_the_same_in_both_languages() -> None:
    series = find_series(NEEDS)
    assert series is not None
    chart = draw_series(series, DANISH, LIGHT, measure="admitted_per_year")
    assert chart.sentence == (
        "Indskrevne kvinder om året, når »Kvinder med behov om året« går fra 40,5 til 80: "
        "Regional fra 10,0 kvinder om året til 30,0 kvinder om året; "
        "Fælles fra 20,0 kvinder om året til 60,0 kvinder om året."
    )
    assert "goes from 40.5 to 80" in draw_series(series, ENGLISH, LIGHT, measure="admitted_per_year").sentence
    frame = chart.frame()
    assert list(frame.columns[:3]) == ["Kvinder med behov om året", "Model", "Gennemsnit"]
    assert frame["Gennemsnit"].tolist()[:3] == [10, 20, 30]
    assert len(frame) == 6
