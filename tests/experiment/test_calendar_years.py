"""Years that people name begin on the day they name: a unit that opens on 1 January opens in the new year."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from sim.cohort import draw_cohort, year_starts
from sim.design import build_designs
from sim.experiment import ENGINES, run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.experiment.play import play_design
from sim.scenario import scenario_from

TWO_YEARS: dict[str, Any] = {
    "name": "year-border",
    "horizon_years": 2,
    "replications": 100,
    "demand": {"need_per_year": 75, "awareness": {"start": 1, "ramp_up_years": 0}},
    "designs": [
        {"name": name, "kind": "pools", "pools": [{"id": "one", "site": "AAR", "places": 12, "opens_on": day}]}
        for name, day in (("first", "2028-01-01"), ("second", "2028-01-02"))
    ],
}


def means(*, measure_from_year: int = 1) -> dict[str, dict[str, float]]:
    results = run_experiment(scenario_from(TWO_YEARS | {"measure_from_year": measure_from_year}))
    return {
        name: {measure: float(part.estimates.mean[0, number]) for measure, number in MEASURE_NUMBER.items()}
        for name, part in results.designs.items()
    }


@pytest.mark.unit
def test_a_unit_that_opens_on_1_january_has_one_year() -> None:
    found = means()
    for design in ("first", "second"):
        assert found[design]["admissions_per_pool_year"] == pytest.approx(18, abs=0.5)
        assert found[design]["below_minimum_volume_share"] < 0.03
    assert found["first"]["cost_per_year"] == pytest.approx(found["second"]["cost_per_year"], rel=0.01)


@pytest.mark.unit
def test_start_up_is_booked_in_the_year_that_begins() -> None:
    later = means(measure_from_year=2)
    assert later["first"]["cost_per_year"] == pytest.approx(19.6e6, rel=0.01)
    assert later["first"]["cost_startup_per_year"] == pytest.approx(2 * means()["first"]["cost_startup_per_year"])


@pytest.mark.parity
@pytest.mark.parametrize("start", ["2027-01-01", "2028-02-29", "2027-07-15"])
def test_both_engines_follow_the_calendar(start: str) -> None:
    flexible = {"max_places": 6, "lead_days": 1, "close_after_idle_days": 1, "min_open_days": 0}
    pool = {"id": "one", "site": "AAR", "places": 1, "flexible": flexible}
    scenario = scenario_from(
        TWO_YEARS | {"start": start, "horizon_years": 5, "designs": [{"name": "x", "kind": "pools", "pools": [pool]}]}
    )
    (design,), cohort = build_designs(scenario), draw_cohort(scenario, 0)
    one, other = (
        play_design(design, cohort, scenario, block=0, engine=engine, n_replications=10) for engine in ENGINES
    )
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    days = np.diff(year_starts(dt.date.fromisoformat(start), 5))
    np.testing.assert_array_equal(one.pool_days[..., 2], np.broadcast_to(days, one.pool_days.shape[:3]))
    assert one.openings.sum() > 0
    assert one.closings.sum() > 0
