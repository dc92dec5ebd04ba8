"""Marks for orders of places: as many as there can be orders, whatever the design."""

from typing import Any

import numpy as np
import pytest

from sim.cohort import draw_cohort, draw_order_marks
from sim.design import build_designs
from sim.engine import play_reference
from sim.experiment import order_marks
from sim.scenario import scenario_from

HARSH = [
    {"lead_days": 0, "failure_probability": 1},
    {"lead_days": 0.5, "failure_probability": 1},
    {"lead_days": 7, "failure_probability": 1, "open_at_waiting": 1},
    {"lead_days": 60, "failure_probability": 1, "open_at_waiting": 1},
    {"lead_days": 30, "failure_probability": 0.2, "close_after_idle_days": 1, "min_open_days": 0},
    {"lead_days": 400, "failure_probability": 0.5},
]


@pytest.mark.law
@pytest.mark.parametrize("rule", HARSH)
@pytest.mark.parametrize("plan", [[], [{"on": "2028-06-01", "places": 3}]])
def test_no_pool_comes_to_more_orders_than_marks_are_drawn(rule: dict[str, Any], plan: list[Any]) -> None:
    """The reference would stumble over a missing mark; the first marks are those of a longer row of them."""
    pool = {"id": "flex", "site": "AAR", "places": 1, "plan": plan, "flexible": {"max_places": 4, **rule}}
    scenario = scenario_from(
        {
            "name": "harsh",
            "horizon_years": 3,
            "demand": {"need_per_year": 90},
            "acceptance": {"base": 0.9},
            "waiting": {"patience_days": "none"},
            "designs": [{"name": "one", "kind": "pools", "pools": [pool]}],
        }
    )
    (design,) = build_designs(scenario)
    cohort = draw_cohort(scenario, 0)
    marks = order_marks(design, cohort, scenario, block=0)
    play_reference(design.plan, cohort.replications(0, 5), marks[:, :, :5])
    most = int(np.diff(cohort.first).max())
    assert 0 < marks.shape[1] <= most
    np.testing.assert_array_equal(
        marks[0], draw_order_marks("flex", 0, seed=scenario.seed, n_orders=most)[: marks.shape[1]]
    )
