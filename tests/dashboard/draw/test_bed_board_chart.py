"""The bed board as a picture: each stay a bar on its place's line, dates that are right, and a window on it."""

import datetime as dt

import pytest

pytest.importorskip("plotly")

from dashboard.draw.places.bed_board import STAY_LOOKS, Shown, count_board, draw_bed_board
from dashboard.draw.theme import LIGHT
from sim.looks.bed_board import BedBoard, OpenSpell, StaySpell, WaitSpell
from sim.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")
START = dt.date(2027, 1, 1)
MS_PER_DAY = 86_400_000
HORIZON = 365.25

BOARD = BedBoard(
    design="shared",
    pools=("midtjylland", "AAL"),
    turnaround_days=(3.0, 0.0),
    horizon_days=HORIZON,
    stays=(
        StaySpell(0, 0, 1, 10.0, 100.0, "completed", 0.0, 50),
        StaySpell(2, 0, 2, 20.5, 40.0, "left_early", 5.5, 50),
        StaySpell(3, 1, 1, 300.0, HORIZON, "in_stay", 30.0, 50),
        StaySpell(5, 2, 1, 150.0, 200.0, "completed", 42.0, 50),
    ),
    waits=(
        WaitSpell(2, 1, 15.0, 20.5, "admitted"),
        WaitSpell(4, 2, 18.0, 60.0, "gave_up"),
        WaitSpell(6, 1, 350.0, HORIZON, "waiting"),
    ),
    open_spells=(OpenSpell(0, 1, 0.0, HORIZON), OpenSpell(0, 2, 0.0, 120.0), OpenSpell(1, 1, 0.0, HORIZON)),
)


def milliseconds(day: float) -> float:
    return (START - dt.date(1970, 1, 1)).days * MS_PER_DAY + day * MS_PER_DAY


@pytest.mark.unit
def test_each_stay_is_a_bar_of_its_outcome_on_its_line() -> None:
    figure = draw_bed_board(BOARD, DA, LIGHT, shown=Shown(START)).figure
    by_name = {trace.name: trace for trace in figure.data}
    completed = by_name["Færdigbehandlet"]
    assert list(completed.base) == [milliseconds(10), milliseconds(150)]
    assert list(completed.x) == [90 * MS_PER_DAY, 50 * MS_PER_DAY]
    assert list(by_name["Udskrevet før planlagt"].x) == [19.5 * MS_PER_DAY]
    own = {trace: list(by_name[trace].y) for trace in ("Færdigbehandlet", "Udskrevet før planlagt", "Åben plads")}
    first, second, aalborg = own["Åben plads"]
    assert own["Færdigbehandlet"][0] == first
    assert own["Udskrevet før planlagt"] == [second]
    assert first < second < aalborg < own["Færdigbehandlet"][1]  # places bought stand below the pools
    assert "Kvinde nr. 1 fra" in completed.hovertext[0]
    assert "Midtjylland, plads 1" in completed.hovertext[0]
    assert "Ventetid: 42 dage" in completed.hovertext[1]


@pytest.mark.unit
def test_turnaround_follows_stays_that_are_over_in_pools() -> None:
    figure = draw_bed_board(BOARD, EN, LIGHT, shown=Shown(START)).figure
    turnaround = next(trace for trace in figure.data if trace.name == "Turnaround")
    assert list(turnaround.base) == [milliseconds(100), milliseconds(40)]
    assert list(turnaround.x) == [3 * MS_PER_DAY] * 2


@pytest.mark.unit
def test_the_women_who_wait_stand_below_by_how_it_ended() -> None:
    figure = draw_bed_board(BOARD, EN, LIGHT, shown=Shown(START)).figure
    by_name = {trace.name: trace for trace in figure.data}
    got, lost, waiting = (
        by_name[name] for name in ("Waited and got a place", "Waited without getting a place", "Still waiting")
    )
    assert (len(got.y), len(lost.y), len(waiting.y)) == (1, 1, 1)
    lowest_place = max(y for name in ("Open place", "Completed the stay") for y in by_name[name].y)
    assert lowest_place < got.y[0] < lost.y[0] < figure.layout.yaxis.range[0]
    assert got.width < by_name["Open place"].width
    assert list(figure.layout.yaxis.ticktext) == ["Midtjylland", "Aalborg", "Place bought", "Waiting"]


@pytest.mark.unit
def test_a_window_shows_only_what_lies_in_it() -> None:
    figure = draw_bed_board(BOARD, DA, LIGHT, shown=Shown(START, (30.0, 50.0), 45.0)).figure
    assert list(figure.layout.xaxis.range) == [milliseconds(30), milliseconds(50)]
    shown = {trace.name: len(trace.x) for trace in figure.data if len(trace.x)}
    assert shown == {
        "Åben plads": 3,
        "Klargøring": 1,
        "Færdigbehandlet": 1,
        "Udskrevet før planlagt": 1,
        "Ventede uden at få en plads": 1,
    }
    now = figure.layout.shapes[-1]
    assert now.x0 == now.x1 == milliseconds(45)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("day", "counts"),
    [(0.0, (0, 3, 0, 0)), (20.5, (2, 3, 1, 0)), (100.0, (0, 3, 0, 0)), (160.0, (0, 2, 0, 1)), (360.0, (1, 2, 1, 0))],
)
def test_the_board_is_counted_at_an_instant(day: float, counts: tuple[int, ...]) -> None:
    assert tuple(count_board(BOARD, at_day=day)) == counts


@pytest.mark.unit
def test_it_is_told_in_words() -> None:
    said = draw_bed_board(BOARD, DA, LIGHT, shown=Shown(START, at_day=160.0)).sentence
    assert "er der 4 ophold; 3 kvinder venter, og 1 af dem får aldrig en plads." in said
    assert "10. juni 2027: 0 kvinder på 2 åbne pladser, 1 på købte pladser, 0 venter." in said


@pytest.mark.unit
def test_the_table_has_a_row_for_each_stay_and_each_wait() -> None:
    frame = draw_bed_board(BOARD, DA, LIGHT, shown=Shown(START)).frame()
    assert len(frame) == 7
    assert frame["Fra"].tolist()[:2] == ["2027-01-11", "2027-01-21"]
    assert frame["Udfald"].tolist()[:3] == [
        "Færdigbehandlet",
        "Udskrevet før planlagt",
        "Indskrevet ved periodens slutning",
    ]
    assert frame["Enhed"].tolist()[3] == "Købt plads"
    assert frame["Hvad"].tolist()[4:] == ["Ventetid"] * 3


@pytest.mark.unit
def test_outcomes_differ_in_more_than_colour() -> None:
    assert len(set(STAY_LOOKS.values())) == len({pattern for _, pattern in STAY_LOOKS.values()}) == 3


@pytest.mark.unit
def test_an_empty_board_says_so() -> None:
    empty = BOARD._replace(stays=(), waits=(), open_spells=())
    chart = draw_bed_board(empty, DA, LIGHT, shown=Shown(START))
    assert not chart.figure.data
    assert chart.frame().empty
