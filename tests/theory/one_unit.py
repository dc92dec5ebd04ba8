"""One unit of which theory knows everything: all women say yes, and stays count from admission."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from sim.cohort import DAYS_PER_YEAR, Cohort, draw_cohort
from sim.design import Plan, build_designs
from sim.engine import OUTCOMES, POOL_DAYS, Ledger, play_reference
from sim.scenario import Scenario, scenario_from

Floats = npt.NDArray[np.float64]

NEED_PER_YEAR = 80.0
MEAN_STAY_DAYS = DAYS_PER_YEAR / 10
ERLANGS = NEED_PER_YEAR * MEAN_STAY_DAYS / DAYS_PER_YEAR

EXPONENTIAL_STAY = {"exponential": {"mean": MEAN_STAY_DAYS}}
NO_PATIENCE = {"constant": {"value": 0}}


def one_unit(
    *,
    places: int,
    patience_days: Any,
    stay_days: Any,
    horizon_years: int,
    demand: Mapping[str, Any] | None = None,
    design: Mapping[str, Any] | None = None,
) -> Scenario:
    """Write the scenario; ``demand`` and ``design`` are further words."""
    pool = {
        "id": "unit",
        "site": "AAR",
        "places": places,
        "turnaround_days": 0,
        "home_regions": ["midtjylland"],
    }
    return scenario_from(
        {
            "name": "one-unit",
            "horizon_years": horizon_years,
            "demand": {
                "need_per_year": NEED_PER_YEAR,
                "offered_share": 1,
                "awareness": {"start": 1},
                "loss_probability": 0,
                **(demand or {}),
            },
            "acceptance": {"base": 1, "decay_per_hour": 0},
            "waiting": {"patience_days": patience_days, "past_birth_share": 1},
            "stay": {"anchor": "admission", "days": stay_days, "early_leaving_days": "none"},
            "designs": [{"name": "one", "kind": "pools", "pools": [pool], **(design or {})}],
        }
    )


class Played(NamedTuple):
    """A block of replications of one unit."""

    plan: Plan
    women: Cohort
    ledger: Ledger

    def total(self, values: npt.ArrayLike, *, from_year: int, to_year: int | None = None) -> Floats:
        """Sum something about women over those referred in some years, in each replication."""
        until = self.plan.horizon_days if to_year is None else to_year * DAYS_PER_YEAR
        day = self.women.referral_day
        is_within = (day >= from_year * DAYS_PER_YEAR) & (day < until)
        replication = np.repeat(np.arange(self.women.n_replications), np.diff(self.women.first))
        weights = np.where(is_within, np.broadcast_to(values, day.shape), 0.0)
        return np.bincount(replication, weights=weights, minlength=self.women.n_replications)

    def is_outcome(self, word: str) -> npt.NDArray[np.bool_]:
        """Tell which women had that outcome."""
        return self.ledger.outcome == OUTCOMES.index(word)

    @property
    def wait_days(self) -> Floats:
        """Days each woman waited within the horizon, whether or not in vain."""
        waits_until = np.fmin(self.ledger.admission_day, self.plan.horizon_days)
        return np.minimum(waits_until - self.women.referral_day, self.women.patience_days)

    def days(self, name: str, *, from_year: int) -> Floats:
        """Days of the unit from a year on, in each replication."""
        return self.ledger.pool_days[:, 0, from_year:, POOL_DAYS.index(name)].sum(axis=1)

    def living_on(self, day: float) -> Floats:
        """Women who live in the unit on a day, in each replication."""
        is_there = (self.ledger.admission_day <= day) & ~(self.ledger.discharge_day <= day)
        return self.total(is_there, from_year=0)


def play_one_unit(scenario: Scenario) -> Played:
    """Play the first block of replications."""
    (design,) = build_designs(scenario)
    women = draw_cohort(scenario, 0)
    return Played(design.plan, women, play_reference(design.plan, women, np.zeros((1, 0, women.n_replications))))


def assert_zero_on_average(**differences: Floats) -> None:
    """Assert that each difference from theory, one a replication, is zero but for chance.

    Student's two-sided test of each mean; the probability that any of them alarms falsely is at most 1 in
    1000 (Bonferroni).
    """
    alarm = 1e-3 / len(differences)
    for name, values in differences.items():
        n = len(values)
        score = float(values.mean() / (values.std(ddof=1) / np.sqrt(n)))
        probability = 2 * float(student.sf(abs(score), n - 1))
        assert probability > alarm, f"{name}: {score:.2f} standard errors from theory (p = {probability:.1e})"
