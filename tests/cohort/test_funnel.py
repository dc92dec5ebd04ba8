"""From an estimate to a need, and back by simulating today."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, changed
from scipy import stats

from sim.cohort import draw_cohort, funnel_of, year_starts
from sim.design import build_designs
from sim.experiment import ENGINES, play_design
from sim.scenario import load_views, scenario_from

START = dt.date(2027, 1, 1)
"""Opening day of a scenario that names none."""

PATIENT = {
    "demand.view": "visited_res_2019",
    "demand.loss_probability": 0,
    "demand.household": {"alone": 1, "partner": 0, "children": 0},
    "waiting.past_birth_share": 1,
    "waiting.patience_days": {"constant": {"value": 43}},
}
"""Everybody is alone and waits just long enough for a place elsewhere, after 42 days at 120 minutes."""

ACCEPTS = 0.4 * np.exp(-0.25 * 1.5)


@pytest.mark.unit
def test_a_need_is_used_as_it_stands() -> None:
    assert funnel_of(changed({"demand.need_per_year": 12.5})) == (12.5, "need", 1, 1, 1, 1, 12.5)


@pytest.mark.unit
@pytest.mark.parametrize("view", [view for view in load_views().values() if view.step == "need"])
def test_a_view_of_need_is_used_as_it_stands(view: Any) -> None:
    scenario = changed({"demand.view": view.id, "demand.found_share": 0.5})
    assert funnel_of(scenario) == (view.value, "need", 1, 1, 1, 1, view.value)


@pytest.mark.unit
def test_a_count_of_stays_becomes_a_need_by_hand() -> None:
    scenario = changed(PATIENT | {"demand.found_share": 0.8, "demand.offered_share.municipal": 0.25})
    funnel = funnel_of(scenario)
    assert (funnel.estimate_per_year, funnel.step) == (8, "admitted")
    assert (funnel.found_share, funnel.offered_share, funnel.admitted_share) == (0.8, 0.25, 1)
    assert funnel.accepted_share == pytest.approx(ACCEPTS, rel=1e-12)
    assert funnel.need_per_year == pytest.approx(8 / (0.8 * 0.25 * ACCEPTS), rel=1e-12)


@pytest.mark.unit
def test_whoever_gives_up_before_a_place_is_found_is_not_counted() -> None:
    waiting = {"waiting.patience_days": {"exponential": {"mean": 66}}}
    assert funnel_of(changed(PATIENT | waiting)).admitted_share == pytest.approx(np.exp(-42 / 66), abs=1e-3)


@pytest.mark.unit
def test_whoever_gives_birth_before_a_place_is_found_is_counted_by_the_share_who_wait_on() -> None:
    late = {
        "demand.gestation_at_referral_weeks": {"constant": {"value": 34}},
        "demand.birth_week": {"constant": {"value": 39}},  # 35 days on, and the place takes 42
        "waiting.past_birth_share": 0.25,
    }
    assert funnel_of(changed(PATIENT | late)).admitted_share == pytest.approx(0.25, abs=1e-3)
    lost = {
        "demand.gestation_at_referral_weeks": {"constant": {"value": 16}},
        "demand.loss_probability": 0.4,  # all of them within the 42 days to week 22
        "waiting.past_birth_share": 1,
    }
    assert funnel_of(changed(PATIENT | lost)).admitted_share == pytest.approx(0.6, abs=1e-3)


@pytest.mark.unit
def test_families_accept_by_their_own_probability() -> None:
    family = {"demand.household": {"alone": 0.5, "partner": 0.25, "children": 0.25}}
    expected = 0.5 * ACCEPTS + 0.5 * ACCEPTS / 0.4 * 0.5  # odds 2/3 x 1.5 = 1, a base of one half
    assert funnel_of(changed(PATIENT | family)).accepted_share == pytest.approx(expected, abs=1e-3)


@pytest.mark.unit
def test_a_count_of_stays_needs_somebody_to_be_admitted() -> None:
    scenario = changed(PATIENT | {"demand.offered_share.municipal": 0})
    with pytest.raises(ValueError, match=r"plain, demand\.view: .*every share .* above 0; got found 1, offered 0"):
        funnel_of(scenario)


@pytest.mark.theory
@pytest.mark.parametrize(
    "demand",
    [{}, {"found_share": 0.6, "offered_share": 0.8, "loss_probability": 0.4}],
    ids=["plain", "other"],
)
def test_simulating_today_with_that_need_gives_the_count_of_stays(demand: dict[str, Any]) -> None:
    """Admissions without limit are Poisson, whoever was referred in time; false alarm in one of a million."""
    awareness = {"awareness": {"ramp_up_years": 0}}
    scenario = scenario_from(
        {
            "name": "today",
            "horizon_years": 10,
            "demand": {"view": "visited_res_2019"} | awareness | demand,
            "designs": [{"name": "today", "kind": "external", "financing": "municipal"}],
        }
    )
    (today,) = build_designs(scenario)
    n_replications = 20
    cohort = draw_cohort(scenario, 0)
    ledger = play_design(today, cohort, scenario, block=0, engine=next(iter(ENGINES)), n_replications=n_replications)
    admitted = int((ledger.pool >= 0).sum())
    expected = 8 / 365.25 * (year_starts(START, 10)[-1] - 42) * n_replications
    assert abs(admitted - expected) / np.sqrt(expected) < stats.norm.isf(FALSE_ALARM / 2) + 0.1
