"""The ledger of each pool: place-days, days all taken, days empty, by year."""

import numpy as np
import pytest
from making import Play, a_pool, a_woman, days_of, elsewhere, make_plan, make_women

from sim.cohort import DAYS_PER_YEAR

pytestmark = pytest.mark.unit


def test_nobody_living_there_all_year(play: Play) -> None:
    assert days_of(play(make_plan(a_pool(2)), make_women([]))) == {
        "open_place_days": 2 * DAYS_PER_YEAR,
        "occupied_place_days": 0,
        "days_with_open_places": DAYS_PER_YEAR,
        "all_taken_days": 0,
        "empty_days": DAYS_PER_YEAR,
    }


def test_two_stays_that_overlap(play: Play) -> None:
    # One from 10 to 40, one from 30 to 60; both from 30 to 40.
    women = make_women([a_woman(10, stay_days=30), a_woman(30, stay_days=30)])
    assert days_of(play(make_plan(a_pool(2)), women)) == {
        "open_place_days": 2 * DAYS_PER_YEAR,
        "occupied_place_days": 60,
        "days_with_open_places": DAYS_PER_YEAR,
        "all_taken_days": 10,
        "empty_days": DAYS_PER_YEAR - 50,
    }


def test_a_turnaround_takes_the_place_but_nobody_lives_in_it(play: Play) -> None:
    women = make_women([a_woman(10, stay_days=30)])
    days = days_of(play(make_plan(a_pool(turnaround_days=4)), women))
    assert days["occupied_place_days"] == 30
    assert days["all_taken_days"] == 34
    assert days["empty_days"] == DAYS_PER_YEAR - 30


def test_a_stay_over_new_year_counts_in_both_years(play: Play) -> None:
    women = make_women([a_woman(DAYS_PER_YEAR - 10, stay_days=30)])
    ledger = play(make_plan(a_pool(), n_years=2), women)
    first, second = days_of(ledger, year=0), days_of(ledger, year=1)
    assert (first["occupied_place_days"], second["occupied_place_days"]) == (10, 20)
    assert (first["all_taken_days"], second["all_taken_days"]) == (10, 20)
    assert (first["empty_days"], second["empty_days"]) == (DAYS_PER_YEAR - 10, DAYS_PER_YEAR - 20)


def test_a_stay_of_several_years_counts_in_each(play: Play) -> None:
    women = make_women([a_woman(5, stay_days=np.inf)])
    ledger = play(make_plan(a_pool(), n_years=3), women)
    occupied = [days_of(ledger, year=year)["occupied_place_days"] for year in range(3)]
    assert occupied == [DAYS_PER_YEAR - 5, DAYS_PER_YEAR, DAYS_PER_YEAR]


def test_a_stay_that_ends_at_new_year_counts_in_the_old_year_only(play: Play) -> None:
    women = make_women([a_woman(DAYS_PER_YEAR - 10, stay_days=10)])
    ledger = play(make_plan(a_pool(), n_years=2), women)
    assert [days_of(ledger, year=year)["occupied_place_days"] for year in range(2)] == [10, 0]


def test_days_count_to_the_horizon_and_no_further(play: Play) -> None:
    women = make_women([a_woman(DAYS_PER_YEAR - 10, stay_days=30)])
    assert days_of(play(make_plan(a_pool()), women))["occupied_place_days"] == 10


def test_before_the_first_place_opens_no_days_count(play: Play) -> None:
    days = days_of(play(make_plan(a_pool(2, opens_on_day=100)), make_women([])))
    assert days["days_with_open_places"] == days["empty_days"] == DAYS_PER_YEAR - 100
    assert days["open_place_days"] == 2 * (DAYS_PER_YEAR - 100)
    assert days["all_taken_days"] == 0


def test_a_plan_that_grows_counts_its_places_from_their_day(play: Play) -> None:
    plan = make_plan(a_pool(1, steps=[(100, 2)]))
    assert days_of(play(plan, make_women([])))["open_place_days"] == 100 + 3 * (DAYS_PER_YEAR - 100)


def test_flexible_places_count_while_they_are_open(play: Play) -> None:
    pool = a_pool(0, max_places=1, lead_days=10, close_after_idle_days=20)
    days = days_of(play(make_plan(pool), make_women([a_woman(5, stay_days=30)])))
    # Open from 15 to 65, lived in to 45.
    assert days == {
        "open_place_days": 50,
        "occupied_place_days": 30,
        "days_with_open_places": 50,
        "all_taken_days": 30,
        "empty_days": 20,
    }


def test_pools_are_counted_apart(play: Play) -> None:
    plan = make_plan(a_pool(minutes=10), a_pool(minutes=20))
    ledger = play(plan, make_women([a_woman(1, stay_days=9), a_woman(2, stay_days=5)]))
    assert [days_of(ledger, pool)["occupied_place_days"] for pool in range(2)] == [9, 5]


def test_places_bought_elsewhere_are_not_in_any_pools_days(play: Play) -> None:
    plan = make_plan(a_pool(0), **elsewhere())
    ledger = play(plan, make_women([a_woman(1)], search_days=5.0))
    assert ledger.pool.tolist() == [1]
    assert ledger.pool_days.sum() == 0


def test_replications_are_counted_apart(play: Play) -> None:
    women = make_women([a_woman(1, stay_days=9)], [], [a_woman(2, stay_days=5), a_woman(3, stay_days=4)])
    ledger = play(make_plan(a_pool(2)), women)
    assert ledger.pool_days[:, 0, 0, 1].tolist() == [9, 0, 9]
    assert ledger.capacity_first.tolist() == [0, 1, 2, 3]
