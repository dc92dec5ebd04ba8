"""Places over time: counted by hand, by a slow twin, and against what is measured of the same women."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from making import a_pool, a_woman, elsewhere, make_marks, make_plan, make_women
from plays_by_chance import Given, given_to_play
from scipy import stats

from sim.cohort import DAYS_PER_YEAR, year_starts
from sim.engine import ask, play_kernel, willing_list
from sim.experiment import Memory, run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.looks.instants import count_over_time, step_ends
from sim.looks.over_time import Bands, OverTime, _add, _bands, _distribution, places_over_time
from sim.measures.statistics import Gathering, Parts
from sim.scenario import Scenario, find_scenario, load_scenario, scenario_from, with_values

START = dt.date(2027, 1, 1)
"""Opening day of a scenario that names none."""

SOME = settings(max_examples=60, deadline=None, derandomize=True)
REFUSED = {"gave_up", "birth_before_place", "pregnancy_ended"}


def a_scenario(**words: Any) -> Scenario:
    five = load_scenario(find_scenario("today-regions"))
    return with_values(five, {"horizon_years": 3, "replications": 60} | words)


def all_numbers(found: OverTime) -> list[Any]:
    """Every array of every design and pool, in order."""

    def arrays(part: Any) -> list[Any]:
        if isinstance(part, np.ndarray):
            return [part]
        parts = part.values() if isinstance(part, dict) else part
        return [array for each in parts for array in arrays(each)]

    return [found.day, *arrays(found.designs)]


# -- counting --


@pytest.mark.unit
def test_women_and_places_of_a_unit_by_hand() -> None:
    plan = make_plan(
        a_pool(1, steps=[(40.0, 1)]),
        a_pool(1, serves=[1], minutes=10.0),
        **elsewhere(acceptance=0.5),
    )
    women = make_women(
        [
            a_woman(0.0, stay_days=20.0),  # lives in the first unit from 0 to 20
            a_woman(5.0, stay_days=60.0, threshold=0.75),  # waits from 5 to 20, lives there to 80
            a_woman(15.0, municipality=1, stay_days=10.0),  # the second unit, from 15 to 25
            a_woman(21.0, patience_days=4.0),  # waits from 21 to 25
            a_woman(22.0, stay_days=500.0, threshold=0.75),  # waits until the second place opens on day 40
            a_woman(50.0, stay_days=10.0),  # waits, bought elsewhere from 80; but a place frees then, and comes first
            a_woman(51.0, stay_days=10.0),  # waits from 51, elsewhere from 81 to 91
        ],
        [],
        search_days=30.0,
    )
    ledger = play_kernel(plan, women, make_marks(plan, women))
    day = np.arange(0.0, 100.0, 10.0)
    counts = count_over_time(ledger, women, plan, day=day)
    assert counts.shape == (4 + 3 * 2, 2, 10)
    living, away, waiting, is_open, *pools = counts[:, 0].tolist()
    #                     0  10 20 30 40 50 60 70 80 90
    assert living == [1, 1, 2, 1, 2, 2, 2, 2, 2, 1]
    assert away == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert waiting == [0, 1, 0, 1, 0, 1, 2, 2, 1, 0]
    assert is_open == [2, 2, 2, 2, 3, 3, 3, 3, 3, 3]
    assert pools[0] == [1, 1, 1, 1, 2, 2, 2, 2, 2, 1]
    assert pools[1] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert pools[2] == waiting
    assert pools[3] == [0] * 10
    assert pools[4] == [1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert pools[5] == [1] * 10
    assert counts[:, 1].tolist() == [[0] * 10] * 3 + [is_open] + [[0] * 10] * 4 + pools[4:]


def counted_slowly(played: Given, day: Any) -> Any:
    """One woman and one instant after the other, in the words of the rules."""
    plan, women, marks = played
    ledger, replies = play_kernel(plan, women, marks), ask(plan, women)
    counts = np.zeros((4 + 3 * plan.n_pools, women.n_replications, len(day)), dtype=np.int64)
    living, waiting, is_open = (counts[4 + part * plan.n_pools :][: plan.n_pools] for part in range(3))
    for k in range(women.n_replications):
        for woman in range(women.first[k], women.first[k + 1]):
            pool = ledger.pool[woman]
            end = np.nanmin([ledger.admission_day[woman], ledger.ended_day[woman], np.inf])
            in_time = replies.comes[woman] and woman - women.first[k] >= len(plan.resident_pool)
            waits = in_time & (ledger.asked_day[woman] <= day) & (day < end)
            lives = (ledger.admission_day[woman] <= day) & ~(ledger.discharge_day[woman] <= day)
            counts[2, k] += waits
            counts[0 if pool < plan.n_pools else 1, k] += lives
            if 0 <= pool < plan.n_pools:
                living[pool, k] += lives
            if waits.any() and (willing := willing_list(plan, women, replies, woman)):
                waiting[willing[0], k] += waits
        rows = slice(ledger.capacity_first[k], ledger.capacity_first[k + 1])
        changes = zip(ledger.capacity_pool[rows], ledger.capacity_day[rows], ledger.capacity_places[rows], strict=True)
        for pool, since, places in changes:
            is_open[pool, k, day >= since] = places
    counts[3] = is_open.sum(axis=0)
    return counts


@pytest.mark.law
@SOME
@given(played=given_to_play(most_replications=3))
def test_counts_are_those_of_the_slow_twin(played: Given) -> None:
    plan, women, marks = played
    day = np.arange(0.0, plan.horizon_days, DAYS_PER_YEAR / 24)  # things fall on these instants as often as not
    counts = count_over_time(play_kernel(plan, women, marks), women, plan, day=day)
    np.testing.assert_array_equal(counts, counted_slowly(played, day))


@pytest.mark.law
@SOME
@given(played=given_to_play())
def test_instants_add_up_to_the_days_of_the_ledger(played: Given) -> None:
    # A stay from a to d holds at most one instant more or less than (d - a) / step.
    plan, women, marks = played
    ledger = play_kernel(plan, women, marks)
    step = 2.0
    day = np.arange(0.0, plan.horizon_days, step)
    counts = count_over_time(ledger, women, plan, day=day)[:, 0].sum(axis=1) * step
    occupied, is_open = ledger.pool_days[0, :, :, 1].sum(), ledger.pool_days[0, :, :, 0].sum()
    assert abs(counts[0] - occupied) <= step * (ledger.pool >= 0).sum()
    assert abs(counts[3] - is_open) <= step * (1 + np.abs(ledger.capacity_places).sum() * 2)


# -- from replications to bands --


@pytest.mark.law
def test_bands_are_those_of_the_plain_statistics() -> None:
    rng = np.random.default_rng(7)
    counts = rng.poisson([[[3.0]], [[0.1]], [[25.0]]], size=(3, 38, 6))
    blocks = np.split(counts, [20, 35], axis=1)
    total = np.zeros((1, 1, 0), dtype=np.int64)
    for block in blocks:
        total = _add(total, _distribution(block))
    bands = _bands(total)
    np.testing.assert_allclose(bands.mean, counts.mean(axis=1), rtol=1e-12)
    half = stats.t.ppf(0.975, 37) * counts.std(axis=1, ddof=1) / np.sqrt(38)
    for found, sign in ((bands.low, -1), (bands.high, 1)):
        expected = np.where(half > 0, bands.mean * np.exp(sign * half / bands.mean), np.nan)
        np.testing.assert_allclose(found, expected, rtol=1e-9)
    for share, found in ((0.05, bands.p05), (0.5, bands.p50), (0.95, bands.p95)):
        np.testing.assert_allclose(found, np.quantile(counts, share, axis=1), rtol=1e-12, atol=1e-12)
    tops = np.moveaxis(counts, 1, 2).astype(np.float64)
    gathering = Gathering(3, np.zeros(6, dtype=bool))
    gathering.add(Parts(tops, np.ones((3, 1, 38)), np.zeros(6, dtype=np.int64)))
    for name, others in gathering.estimate()._asdict().items():
        if name != "n":
            np.testing.assert_allclose(getattr(bands, name), others, rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.unit
def test_one_replication_has_no_interval() -> None:
    found = places_over_time(a_scenario(), replications=1)
    living = found.designs["regional"].living
    assert np.isnan(living.low).all()
    assert np.isnan(living.high).all()
    for name in ("p05", "p50", "p95"):
        np.testing.assert_array_equal(getattr(living, name), living.mean)


# -- the whole --


@pytest.mark.unit
def test_nobody_is_there_before_the_first_and_fixed_places_do_not_move() -> None:
    found = places_over_time(a_scenario())
    assert found.replications == 60
    assert list(found.designs) == ["regional", "shared", "flexible", "external"]
    assert found.day[0] == 0.0
    assert np.allclose(np.diff(found.day), 14.0)
    assert year_starts(START, 3)[-1] - 14.0 < found.day[-1] <= year_starts(START, 3)[-1]
    regional = found.designs["regional"]
    for values in (regional.living, regional.waiting, regional.elsewhere):
        assert not any(np.nan_to_num(series[0]) for series in values)
    assert all((series[~np.isnan(series)] == 27.0).all() for series in regional.open_places)
    assert np.isnan(regional.open_places.low).all()  # alike in all replications
    assert set(regional.pools) == {"hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"}
    assert not found.designs["external"].pools
    assert found.designs["external"].elsewhere.mean[-1] > 1.0
    assert found.designs["flexible"].open_places.p95[-1] > found.designs["flexible"].open_places.mean[0]


@pytest.mark.law
def test_pools_add_up_to_the_design() -> None:
    for design in places_over_time(a_scenario()).designs.values():
        for name in ("living", "open_places", "waiting"):
            of_pools = sum(getattr(pool, name).mean for pool in design.pools.values())
            if design.pools:
                np.testing.assert_allclose(of_pools, getattr(design, name).mean, rtol=1e-12, atol=1e-12)


@pytest.mark.law
def test_the_numbers_are_the_same_on_any_cores_and_from_memory() -> None:
    scenario = a_scenario(replications=120)
    once = all_numbers(places_over_time(scenario, cores=1))
    memory = Memory()
    run_experiment(scenario, memory=memory)
    for found in (
        places_over_time(scenario, cores=2),
        places_over_time(scenario, cores=3, memory=memory),
        places_over_time(scenario, cores=1, memory=memory),
        places_over_time(with_values(scenario, {"replications": 10}), replications=120),
    ):
        for ours, theirs in zip(all_numbers(found), once, strict=True):
            np.testing.assert_array_equal(ours, theirs)
    finer = places_over_time(scenario, step_days=7.0, memory=memory).designs["shared"].living.mean[::2]
    np.testing.assert_array_equal(finer[: len(once[0])], places_over_time(scenario).designs["shared"].living.mean)


@pytest.mark.parity
def test_both_engines_give_the_same() -> None:
    scenario = a_scenario(horizon_years=2)
    by_engine = [
        all_numbers(places_over_time(scenario, replications=4, engine=name)) for name in ("kernel", "reference")
    ]
    for ours, theirs in zip(*by_engine, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.law
def test_the_mean_over_time_is_the_occupancy_that_is_measured() -> None:
    # Instants a week apart see every stay to within a week; beginnings and ends cancel, and 1 % is left for the rest.
    scenario = a_scenario(horizon_years=4, replications=100)
    step_days = DAYS_PER_YEAR / 48
    found, results = places_over_time(scenario, step_days=step_days), run_experiment(scenario)
    for name in ("regional", "shared", "flexible"):
        design, measured = found.designs[name], results.designs[name].estimates.mean[0]
        for series, measure in ((design.living, "occupied_place_years"), (design.open_places, "open_place_years")):
            place_years = series.mean[:-1].sum() * step_days / DAYS_PER_YEAR
            assert place_years == pytest.approx(measured[MEASURE_NUMBER[measure]], rel=0.01)


@pytest.mark.unit
def test_a_scenario_that_asks_for_precision_gets_its_fewest_replications() -> None:
    precision = {"precision": 0.02, "of": ["admitted_per_year"], "at_least": 50, "at_most": 5000}
    assert places_over_time(a_scenario(replications=precision)).replications == 50


@pytest.mark.unit
def test_progress_is_told_block_by_block() -> None:
    told: list[tuple[int, int]] = []
    places_over_time(a_scenario(), replications=120, on_progress=lambda *done: told.append(done))
    assert told == [(50, 120), (100, 120), (120, 120)]


@pytest.mark.unit
def test_a_design_without_places_has_bands_of_nobody() -> None:
    scenario = scenario_from({"name": "none", "replications": 5, "designs": [{"name": "none", "kind": "none"}]})
    nothing = places_over_time(scenario).designs["none"]
    assert isinstance(nothing.living, Bands)
    assert not nothing.living.p95.any()
    assert nothing.pools == {}


@pytest.mark.unit
@pytest.mark.parametrize("step_days", [0.0, -7.0, 4 * DAYS_PER_YEAR, float("nan")])
def test_a_step_must_fit_the_horizon(step_days: float) -> None:
    with pytest.raises(ValueError, match="step_days: more than 0 and at most the horizon"):
        places_over_time(a_scenario(), step_days=step_days)


@pytest.mark.unit
def test_no_replications_are_refused() -> None:
    with pytest.raises(ValueError, match=r"replications: at least 1; got 0\. Ask for more"):
        places_over_time(a_scenario(), replications=0)


@pytest.mark.unit
def test_the_last_instant_lies_within_the_horizon() -> None:
    assert step_ends(a_scenario(horizon_years=1), 100.0).tolist() == [0.0, 100.0, 200.0, 300.0]
    assert step_ends(a_scenario(horizon_years=2), DAYS_PER_YEAR).tolist() == [0.0, 365.25, 730.5]
