"""What a trial is worth: as in closed form where that is known, and between nothing and everything."""

import numpy as np
import pytest
from scipy.stats import norm
from small_doubts import small

from sim.doubt import explore, worth_of_trial
from sim.doubt.trial import trial_of, worth_of_sample


@pytest.mark.theory
@pytest.mark.parametrize("data_variance", [0.25, 1.0, 4.0])
def test_two_normal_designs(data_variance: float) -> None:
    # The difference is -0.5 + z; data are z with an error. What is believed after them has this spread:
    spread = 1 / np.sqrt(1 + data_variance)
    wanted = spread * norm.pdf(-0.5 / spread) - 0.5 * norm.cdf(-0.5 / spread)
    found = []
    for seed in range(8):
        generator = np.random.default_rng(seed)
        z = generator.normal(0, 1, 1024)
        data = z + generator.normal(0, np.sqrt(data_variance), 1024)
        found.append(worth_of_sample(np.stack([np.zeros(1024), z - 0.5]), np.zeros((2, 2)), data[:, None])[0])
    assert np.mean(found) == pytest.approx(wanted, abs=0.015)


@pytest.mark.unit
def test_a_registry_of_nothing_is_worth_nothing() -> None:
    benefits = np.random.default_rng(1).normal(0, 1, (2, 64))
    assert worth_of_sample(benefits, np.zeros((2, 2)), np.full((64, 2), np.nan))[0] == 0.0


@pytest.mark.unit
def test_a_trial_of_the_model() -> None:
    found = explore(small(), draws=32, replications=4, seed=1, cores=1)
    trial = worth_of_trial(found, region="midtjylland", places=3, years=2, willingness=2e6, cores=1)
    assert 0 <= trial.worth <= trial.everything
    assert trial.cost_per_year > 0
    assert trial.admitted_per_year > 0


@pytest.mark.unit
def test_the_trial_has_places_in_its_region_alone_and_women_of_its_own() -> None:
    scenario = small()
    trial = trial_of(scenario, region="syddanmark", places=4, years=3)
    assert trial.horizon_years == 3
    assert trial.seed != scenario.seed
    assert [design.name for design in trial.designs] == ["trial"]
