"""What can be chosen of one possible future."""

import datetime as dt

import pytest

from dashboard.page.future.choices import date_of, dates_of, day_of, number_of, window_of
from sim.looks.bed_board import BedBoard
from sim.looks.futures import choose_replications
from sim.scenario import Scenario, scenario_from


def scenario(**words: object) -> Scenario:
    asked = {"name": "few", "horizon_years": 3, "designs": [{"name": "regional", "kind": "regional"}]}
    return scenario_from(asked | words, "test")


def board(horizon_days: float) -> BedBoard:
    return BedBoard("regional", ("one",), (0.0,), horizon_days, (), (), ())


@pytest.mark.unit
def test_the_slider_stops_every_month_of_the_horizon() -> None:
    dates = dates_of(scenario(start="2027-11-30"))
    assert len(dates) == 36
    assert dates[:3] == [dt.date(2027, 11, 28), dt.date(2027, 12, 28), dt.date(2028, 1, 28)]
    assert dates[-1] == dt.date(2030, 10, 28)


@pytest.mark.unit
def test_a_date_in_a_link_becomes_the_nearest_there_is() -> None:
    dates = dates_of(scenario(start="2027-01-01"))
    assert date_of("2028-03-14", dates) == dt.date(2028, 3, 1)
    assert date_of("2050-01-01", dates) == dates[-1]
    assert date_of("1. marts", dates) == dt.date(2029, 1, 1)


@pytest.mark.unit
def test_days_count_from_the_opening() -> None:
    assert day_of(dt.date(2028, 1, 1), scenario(start="2027-01-01")) == 365.0


@pytest.mark.unit
def test_the_window_is_two_years_within_the_board() -> None:
    assert window_of("all", 400.0, board(1095.0)) is None
    assert window_of("two_years", 400.0, board(1095.0)) == (35.0, 765.0)
    assert window_of("two_years", 0.0, board(1095.0)) == (0.0, 730.0)
    assert window_of("two_years", 1090.0, board(1095.0)) == (365.0, 1095.0)
    assert window_of("two_years", 100.0, board(365.0)) == (0.0, 365.0)


@pytest.mark.unit
def test_a_good_future_admits_more_of_those_who_accept_than_a_bad_one() -> None:
    futures = choose_replications(scenario(), design="regional", replications=40)
    shares = {kind: futures.values[number_of(kind, futures)] for kind in ("good", "typical", "bad")}
    assert shares["bad"] < shares["typical"] < shares["good"]
