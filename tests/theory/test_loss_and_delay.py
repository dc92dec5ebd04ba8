"""Full units as telephone exchanges: Erlang's B, C and A, and Cobham's priorities.

Every test plays 50 replications with a fixed seed and alarms falsely with probability 1 in 1000 at most
(each figure is tested at that divided by the number of figures). The warm-up left out is at least ten times
as long as a unit takes to forget that it began empty.
"""

from typing import Any

import pytest
from one_unit import (
    ERLANGS,
    EXPONENTIAL_STAY,
    MEAN_STAY_DAYS,
    NO_PATIENCE,
    assert_zero_on_average,
    one_unit,
    play_one_unit,
)

from sim.cohort import DAYS_PER_YEAR, REPLICATIONS_PER_BLOCK
from sim.design import build_designs
from sim.experiment import play_block
from sim.experiment.measured import MEASURE_NUMBER
from sim.sizing.textbook import erlang_a, erlang_b, erlang_c, erlang_c_mean_wait, erlang_c_waits_longer

pytestmark = pytest.mark.theory

STAYS: dict[str, Any] = {
    "exponential": EXPONENTIAL_STAY,
    "constant": {"constant": {"value": MEAN_STAY_DAYS}},
    "uniform": {"uniform": {"low": 0, "high": 2 * MEAN_STAY_DAYS}},
    "gamma": {"gamma": {"mean": MEAN_STAY_DAYS, "sd": 1.5 * MEAN_STAY_DAYS}},
}


@pytest.mark.parametrize("stay", STAYS)
def test_without_waiting_refusals_follow_erlang_b_whatever_the_stays_are_like(stay: str) -> None:
    """8 erlangs on 10 places refuse 12.17 %. False alarm 1e-3 for each kind of stay."""
    years, warm_up = 17, 2
    scenario = one_unit(places=10, patience_days=NO_PATIENCE, stay_days=STAYS[stay], horizon_years=years)
    played = play_one_unit(scenario)
    blocked = erlang_b(10, ERLANGS)
    assert blocked == pytest.approx(0.1217, abs=5e-5)
    days = (years - warm_up) * DAYS_PER_YEAR
    assert_zero_on_average(
        refused=played.total(played.is_outcome("gave_up") - blocked, from_year=warm_up),
        all_taken=played.days("all_taken_days", from_year=warm_up) - blocked * days,
        living=played.days("occupied_place_days", from_year=warm_up) - ERLANGS * (1 - blocked) * days,
    )


def test_the_measures_of_a_run_follow_erlang_b() -> None:
    """The same queue through blocks and measures, as a user runs it. False alarm 1e-3."""
    scenario = one_unit(places=10, patience_days=NO_PATIENCE, stay_days=EXPONENTIAL_STAY, horizon_years=17)
    scenario = scenario.model_copy(update={"measure_from_year": 3})
    (parts,) = play_block(
        scenario,
        build_designs(scenario),
        block=1,
        n_replications=REPLICATIONS_PER_BLOCK,
        engine="reference",
    )
    everything = dict(zip(MEASURE_NUMBER, parts.values[0], strict=True))
    blocked = erlang_b(10, ERLANGS)
    assert_zero_on_average(
        refused=(everything["refused_share"] - blocked) * everything["referrals_per_year"],
        all_taken=everything["all_taken_probability"] - blocked,
        occupancy=everything["occupancy"] - ERLANGS * (1 - blocked) / 10,
        admitted=everything["admitted_per_year"] - everything["referrals_per_year"] * (1 - blocked),
    )


def test_with_endless_patience_waits_follow_erlang_c() -> None:
    """Share who wait, mean wait and share who wait more than a week, 12 places. False alarm 1e-3."""
    years, warm_up = 24, 4
    scenario = one_unit(places=12, patience_days="none", stay_days=EXPONENTIAL_STAY, horizon_years=years)
    played = play_one_unit(scenario)
    counted = {
        "from_year": warm_up,
        "to_year": years - 1,
    }  # whoever waits at the horizon came in the last year
    mean_wait = erlang_c_mean_wait(12, ERLANGS, mean_stay=MEAN_STAY_DAYS)
    over_a_week = erlang_c_waits_longer(12, ERLANGS, mean_stay=MEAN_STAY_DAYS, than=7.0)
    assert_zero_on_average(
        waited=played.total((played.wait_days > 0) - erlang_c(12, ERLANGS), **counted),
        wait_days=played.total(played.wait_days - mean_wait, **counted),
        over_a_week=played.total((played.wait_days > 7) - over_a_week, **counted),
    )


def test_the_discipline_changes_whose_wait_it_is_and_not_the_mean() -> None:
    """Due first: still the mean wait of Erlang C, since stays do not depend on turn. False alarm 1e-3."""
    years, warm_up = 24, 4
    scenario = one_unit(
        places=12,
        patience_days="none",
        stay_days=EXPONENTIAL_STAY,
        horizon_years=years,
        design={"discipline": "due_first"},
    )
    played = play_one_unit(scenario)
    mean_wait = erlang_c_mean_wait(12, ERLANGS, mean_stay=MEAN_STAY_DAYS)
    assert_zero_on_average(wait_days=played.total(played.wait_days - mean_wait, from_year=warm_up, to_year=years - 1))


def test_home_first_divides_the_waits_as_cobham_says() -> None:
    """Two classes in turn without displacing anyone: waits by Cobham (1954), 11 places. False alarm 1e-3."""
    years, warm_up, places, home_share = 28, 6, 11, 0.5
    shares = {
        "midtjylland": home_share,
        "hovedstaden": 0.3,
        "sjaelland": 0.2,
        "syddanmark": 0,
        "nordjylland": 0,
    }
    scenario = one_unit(
        places=places,
        patience_days="none",
        stay_days=EXPONENTIAL_STAY,
        horizon_years=years,
        demand={"regional_shares": shares},
        design={"home_first": True},
    )
    played = play_one_unit(scenario)
    is_home = played.plan.is_home[0, played.women.municipality]
    base = erlang_c(places, ERLANGS) * MEAN_STAY_DAYS / places
    load, home_load = ERLANGS / places, home_share * ERLANGS / places
    home_wait, away_wait = base / (1 - home_load), base / ((1 - home_load) * (1 - load))
    counted = {"from_year": warm_up, "to_year": years - 1}
    assert_zero_on_average(
        home=played.total(is_home * (played.wait_days - home_wait), **counted),
        away=played.total(~is_home * (played.wait_days - away_wait), **counted),
    )


@pytest.mark.parametrize("patience_days", [10.0, 66.0])
def test_with_exponential_patience_the_unit_follows_erlang_a(patience_days: float) -> None:
    """Who gives up, days in the queue, and how full it is, 8 places. False alarm 1e-3 for each patience."""
    years, warm_up, places = 20, 4, 8
    scenario = one_unit(
        places=places,
        patience_days={"exponential": {"mean": patience_days}},
        stay_days=EXPONENTIAL_STAY,
        horizon_years=years,
    )
    played = play_one_unit(scenario)
    theory = erlang_a(places, ERLANGS, patience_in_stays=patience_days / MEAN_STAY_DAYS)
    counted = {"from_year": warm_up, "to_year": years - 1}
    days = (years - warm_up) * DAYS_PER_YEAR
    in_queue = theory.mean_waiting * MEAN_STAY_DAYS / ERLANGS
    assert_zero_on_average(
        gave_up=played.total(played.is_outcome("gave_up") - theory.p_gives_up, **counted),
        waited=played.total((played.wait_days > 0) - theory.p_waits, **counted),
        in_queue=played.total(played.wait_days - in_queue, **counted),
        living=played.days("occupied_place_days", from_year=warm_up) - theory.mean_living * days,
        all_taken=played.days("all_taken_days", from_year=warm_up) - theory.p_waits * days,
    )
