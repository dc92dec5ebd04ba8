"""Places over time: the band around the mean, the line of open places, and dates that are right."""

import datetime as dt

import numpy as np
import pytest

pytest.importorskip("plotly")

from dashboard.draw.places.over_time import MOST_TIMES, draw_over_time
from dashboard.draw.theme import DARK, LIGHT
from sim.looks.over_time import Bands, OverTime, PlacesOverTime
from sim.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")
START = dt.date(2027, 3, 1)


def bands(level: float, n: int) -> Bands:
    mean = np.linspace(0, 2 * level, n)
    return Bands(mean, mean - 0.1, mean + 0.1, np.maximum(mean - 2, 0), mean, mean + 2)


def over_time(n: int = 53, *, open_places: float = 20.0, elsewhere: float = 0.0) -> OverTime:
    nobody = Bands(*[np.zeros(n)] * 6)
    fixed = Bands(*[np.full(n, open_places)] * 6)
    living = bands(8.0, n) if open_places else nobody
    places = PlacesOverTime(living, bands(1.0, n), bands(elsewhere, n) if elsewhere else nobody, fixed, {})
    return OverTime(14.0 * np.arange(n), 400, {"regional": places, "shared": places})


@pytest.mark.unit
def test_the_mean_lies_in_its_band_under_the_line_of_open_places() -> None:
    given = over_time()
    figure = draw_over_time(given, DA, LIGHT, design="shared", start=START).figure
    by_name = {trace.name: trace for trace in figure.data if trace.name}
    assert list(by_name) == [
        "90 % af simulationerne: belagte pladser",
        "Belagte pladser",
        "Åbne pladser",
        "90 % af simulationerne: ventende",
        "Ventende",
    ]
    living = given.designs["shared"].living
    assert by_name["Belagte pladser"].y == pytest.approx(living.mean, abs=1e-5)
    assert figure.data[0].y == pytest.approx(living.p05, abs=1e-5)
    assert by_name["90 % af simulationerne: belagte pladser"].y == pytest.approx(living.p95, abs=1e-5)
    assert by_name["90 % af simulationerne: belagte pladser"].fill == "tonexty"
    assert set(by_name["Åbne pladser"].y) == {20}
    assert by_name["Åbne pladser"].line.shape == "hv"  # places open on a day, not little by little
    assert by_name["Belagte pladser"].line.color == LIGHT.designs[1]
    assert {by_name["Ventende"].yaxis, by_name["90 % af simulationerne: ventende"].yaxis} == {"y2"}


@pytest.mark.unit
@pytest.mark.parametrize("n", [53, MOST_TIMES, 1000])
def test_times_are_dates_from_the_opening_day(n: int) -> None:
    given = over_time(n)
    figure = draw_over_time(given, DA, DARK, design="regional", start=START).figure
    line = next(trace for trace in figure.data if trace.name == "Belagte pladser")
    assert len(line.y) <= MOST_TIMES
    days = [(line.x0 + number * line.dx) / 86_400_000 for number in range(len(line.y))]
    first = dt.date(1970, 1, 1) + dt.timedelta(days=days[0])
    assert first == START
    shown = np.searchsorted(given.day, np.array(days) - days[0])
    assert given.day[shown] == pytest.approx(np.array(days) - days[0])
    assert line.y == pytest.approx(given.designs["regional"].living.mean[shown], abs=1e-4)
    assert figure.layout.xaxis.type == "date"


@pytest.mark.unit
def test_places_bought_are_shown_where_there_are_any_and_no_line_where_nothing_is_open() -> None:
    both = draw_over_time(over_time(elsewhere=3.0), EN, LIGHT, design="regional", start=START).figure
    assert {"Women in places bought", "Open places", "Women living in"} <= {trace.name for trace in both.data}
    bought = draw_over_time(over_time(open_places=0.0, elsewhere=3.0), EN, LIGHT, design="regional", start=START).figure
    names = {trace.name for trace in bought.data}
    assert "Women in places bought" in names
    assert not {"Open places", "Women living in"} & names


@pytest.mark.unit
def test_the_table_and_the_sentence_say_the_same() -> None:
    given = over_time()
    chart = draw_over_time(given, DA, LIGHT, design="regional", start=START)
    frame = chart.frame()
    assert frame["Dato"].iloc[1] == "2027-03-15"
    living = frame[frame["Hvad"] == "Belagte pladser"]
    assert living["Gennemsnit"].to_numpy() == pytest.approx(given.designs["regional"].living.mean)
    late = given.designs["regional"].living.mean[26:].mean()
    assert f"gennemsnit {DA.number(float(late), 1)} belagte pladser" in chart.sentence
    assert "20,0 pladser er åbne" in chart.sentence


@pytest.mark.unit
def test_a_design_that_is_not_there_has_nothing_to_show() -> None:
    chart = draw_over_time(over_time(), DA, LIGHT, design="none", start=START)
    assert not chart.figure.data
    assert chart.figure.layout.annotations[0].text == chart.sentence == "Der er ingen tal at vise."
    assert chart.frame().empty
