"""Women per post: what the units held, over what it took."""

import numpy as np
import pytest
from small_runs import small, values_of

from sim.experiment import run_experiment
from sim.experiment.measured import MEASURE_NUMBER


@pytest.mark.unit
def test_it_is_place_years_lived_in_over_posts_and_years() -> None:
    scenario = small()
    regional, shared, bought = values_of(scenario, 5)
    lived, posts, found = (MEASURE_NUMBER[name] for name in ("occupied_place_years", "staff_years", "women_per_post"))
    for values in (regional, shared):
        women = values[0, lived] / scenario.horizon_years
        np.testing.assert_allclose(values[0, found], women / values[0, posts], rtol=1e-9)
        year = values[6]  # the first, after all and five regions
        np.testing.assert_allclose(year[found], year[lived] / year[posts], rtol=1e-9)
    assert np.isnan(bought[:, found]).all()


@pytest.mark.unit
def test_fewer_staff_a_place_are_more_women_a_post() -> None:
    column = MEASURE_NUMBER["women_per_post"]
    few, many = (
        run_experiment(small(replications=3, economics={"running": {"staff_per_place": staff}}))
        .designs["shared"]
        .estimates.mean[0, column]
        for staff in (1.0, 2.0)
    )
    assert few == pytest.approx(2 * many)
