"""What is compared with the reference moves with the numbers, and not with the machine."""

import numpy as np
import pytest

from benchmarks.same_numbers import differences, played, rounded, rounded_digests
from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import ready_scenarios

pytestmark = pytest.mark.unit

MEASURES = ("admitted_per_year", "wait_days_mean", "cost_per_year")


def test_the_last_digits_that_machines_disagree_about_are_left_out() -> None:
    values = np.random.default_rng(1).lognormal(sigma=5, size=1000)
    assert (rounded(values) == rounded(np.nextafter(values, np.inf))).all()
    assert (rounded(values) != rounded(values * (1 + 1e-5))).all()
    assert rounded(values) == pytest.approx(values, rel=1e-6)
    assert rounded(np.array([0.0, np.nan])).tolist() == [0.0, -1.0]


def test_one_admission_and_one_measure_more_are_noticed() -> None:
    design, ledger, values = next(played(ready_scenarios()["small-units"]))
    before = {"small-units": {design: rounded_digests(ledger, values, MEASURES)}}

    def compared(**changes: np.ndarray) -> list[str]:
        own = rounded_digests(ledger._replace(**changes), values, MEASURES)
        return differences(before, {"small-units": {design: own}})

    assert compared() == []
    woman = int(np.flatnonzero(ledger.admission_day > 0)[0])
    later = ledger.admission_day.copy()
    later[woman] += 0.01
    assert compared(admission_day=later) == [f"small-units, {design}: admissions"]
    more = values.copy()
    more[0, MEASURE_NUMBER["admitted_per_year"]] += 1e-3
    assert rounded_digests(ledger, more, MEASURES)["measures"] != before["small-units"][design]["measures"]
    assert differences(before, {"small-units": {}}) == [f"small-units, {design}: only before"]
