"""The drawing kernels' slow twins: every candidate drawn with NumPy, those referred picked one by one."""

from typing import Any

import numpy as np
import pytest
from drawn_women import changed
from scipy.stats import gamma

from sim.cohort import (
    DAYS_PER_WEEK,
    DAYS_PER_YEAR,
    REPLICATIONS_PER_BLOCK,
    draw_cohort,
    draw_referred,
    on_grid,
    year_starts,
)
from sim.cohort.attributes import LOSS_BEFORE_WEEK
from sim.cohort.draw import BAND_PER_YEAR, WOMAN_STREAMS, awareness
from sim.cohort.home import find_intervals, municipal_shares
from sim.cohort.kernels.draw import thin
from sim.cohort.streams import draw_uniforms, open_state, open_stream
from sim.scenario import Scenario

WORDS: tuple[dict[str, Any], ...] = (
    {"demand.need_per_year": 75},
    {"demand.need_per_year": 320, "horizon_years": 2},
    {"demand.need_per_year": 130, "demand.trend_per_year": 0.05, "demand.awareness.ramp_up_years": 0},
    {"demand.need_per_year": 90, "demand.year_variation": 0.6, "demand.trend_per_year": -0.1},
    {"demand.need_per_year": 2},
    {"demand.need_per_year": 0},
)
BLOCK = 3


def referred_slowly(scenario: Scenario, n_bands: int, n_rows: int) -> list[list[dict[str, float]]]:
    """The women of each replication in order of referral, with their draws."""
    demand, seed = scenario.demand, scenario.seed
    factors = np.ones((scenario.horizon_years + 1, REPLICATIONS_PER_BLOCK))
    if demand.year_variation:
        marks = draw_uniforms("year_factor", BLOCK, seed=seed, n_rows=scenario.horizon_years + 1)
        factors = gamma.ppf(marks, demand.year_variation**-2, scale=demand.year_variation**2)
    women: list[list[dict[str, float]]] = [[] for _ in range(REPLICATIONS_PER_BLOCK)]
    horizon = year_starts(scenario.start, scenario.horizon_years)[-1]
    for band in range(n_bands):
        drawn = {
            name: draw_uniforms(name, BLOCK, band, seed=seed, n_rows=n_rows) for name in ("gap", "mark", *WOMAN_STREAMS)
        }
        days = on_grid(np.cumsum(-np.log1p(-drawn["gap"]), axis=0) * (DAYS_PER_YEAR / BAND_PER_YEAR))
        assert days[-1].min() >= horizon
        for row, replication in np.argwhere(days < horizon):
            day = days[row, replication]
            years = day / DAYS_PER_YEAR
            rate = demand.need_per_year * demand.found_share * awareness(scenario, np.array(years))
            rate *= (1 + demand.trend_per_year) ** years * factors[int(years), replication]
            if BAND_PER_YEAR * (band + drawn["mark"][row, replication]) < rate:
                own = {name: drawn[name][row, replication] for name in WOMAN_STREAMS}
                women[replication].append({"day": day, **own})
    return [sorted(own, key=lambda woman: woman["day"]) for own in women]


@pytest.mark.parity
@pytest.mark.parametrize("words", WORDS)
def test_women_referred_are_those_of_the_slow_twin(words: dict[str, Any]) -> None:
    scenario = changed(words)
    found = draw_referred(scenario, BLOCK)
    expected = referred_slowly(scenario, n_bands=8, n_rows=700)
    assert np.diff(found.first).tolist() == [len(own) for own in expected]
    women = [woman for own in expected for woman in own]
    assert found.day.tolist() == [woman["day"] for woman in women]
    for name in WOMAN_STREAMS:
        assert found.draws[name].tolist() == [woman[name] for woman in women], name


@pytest.mark.parity
@pytest.mark.parametrize("loss_probability", [0.0, 0.2, 1.0])
def test_pregnancies_end_as_those_of_the_slow_twin(loss_probability: float) -> None:
    scenario = changed({"demand.loss_probability": loss_probability})
    draws, cohort = draw_referred(scenario, 0).draws, draw_cohort(scenario, 0)
    assert cohort.is_lost.any() == (loss_probability > 0)
    weeks = np.array([np.nan if lost else 0.0 for lost in cohort.is_lost])
    for woman in np.flatnonzero(cohort.gestation_weeks < LOSS_BEFORE_WEEK):
        assert cohort.is_lost[woman] == (draws["loss"][woman] < loss_probability)
        if cohort.is_lost[woman]:
            weeks[woman] = draws["loss_time"][woman] * (LOSS_BEFORE_WEEK - cohort.gestation_weeks[woman])
    days = cohort.pregnancy_end_day - cohort.referral_day
    lost = cohort.is_lost
    np.testing.assert_allclose(days[lost], on_grid(DAYS_PER_WEEK * weeks[lost]), rtol=0, atol=2**-19)
    births = cohort.gestation_weeks + days / DAYS_PER_WEEK
    assert births[~lost].min(initial=40) >= scenario.demand.birth_week.low - 1e-6
    assert not lost[cohort.gestation_weeks >= LOSS_BEFORE_WEEK].any()


@pytest.mark.unit
def test_homes_are_those_of_a_search() -> None:
    bounds = np.cumsum(municipal_shares(changed({})))
    bounds[-1] = 1.0
    draw = np.concatenate([np.random.default_rng(3).random(5000), [0.0, np.nextafter(1, 0)], bounds[:-1]])
    np.testing.assert_array_equal(find_intervals(bounds, draw), np.searchsorted(bounds, draw, side="right"))


@pytest.mark.unit
def test_a_stream_opened_for_compiled_code_is_the_same_stream() -> None:
    for name in ("patience", "home"):
        state = open_stream(name, 2, 1, seed=9).bit_generator.state["state"]["state"]
        np.testing.assert_array_equal(open_state(name, 2, 1, seed=9), state)


@pytest.mark.unit
def test_candidates_that_do_not_reach_the_horizon_are_told() -> None:
    """Two replications, a candidate every second day: five of them reach day 9, and not day 10."""
    gaps, heights, factors = np.ones((5, 2)), np.zeros((5, 2)), np.ones((1, 2))
    days, rows, counts = np.empty((2, 6)), np.empty((2, 6), dtype=np.int64), np.empty(2, dtype=np.int64)
    for horizon, needed in ((9.0, 4), (10.5, 5)):
        rate = (2.0, horizon, 1.0, 1.0, 0.0, 1.0)
        assert thin(gaps, heights, rate, factors, np.empty(2), days, rows, counts) == needed
        assert counts.tolist() == [needed, needed]
        assert days[0, : needed + 1].tolist() == [2.0 * row for row in range(1, needed + 1)] + [np.inf]
