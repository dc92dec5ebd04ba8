"""Women drawn for tests, and comparing one set of women with another, woman by woman."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, draw_cohort
from sim.scenario import Scenario, scenario_from, with_values

PLAIN = scenario_from({"name": "plain", "horizon_years": 3, "designs": [{"name": "none", "kind": "none"}]})
ATTRIBUTES = Cohort._fields[1:]
FALSE_ALARM = 1e-6
"""Probability that a theory test fails though the program is right, had its seed been drawn at random."""


def changed(changes: Mapping[str, Any], *, scenario: Scenario = PLAIN) -> Scenario:
    return with_values(scenario, changes)


def drawn(changes: Mapping[str, Any], *, block: int = 0, scenario: Scenario = PLAIN) -> Cohort:
    return draw_cohort(changed(changes, scenario=scenario), block)


def replication_of(cohort: Cohort) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))


def rows_of(cohort: Cohort) -> npt.NDArray[np.float64]:
    """Everything about each woman, one row a woman; whole numbers and truth values fit in a float exactly."""
    columns = [replication_of(cohort), *cohort[1:]]
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


def only_adds(few: Cohort, many: Cohort) -> bool:
    """Whether `many` holds every woman of `few`, in the same order, everything about her exactly the same."""
    known = {row.tobytes() for row in rows_of(few)}
    rows = rows_of(many)
    is_known = np.array([row.tobytes() in known for row in rows], dtype=bool)
    return bool(np.array_equal(rows[is_known], rows_of(few)))


def changed_attributes(one: Cohort, other: Cohort) -> set[str]:
    """Attributes in which the same women differ."""
    np.testing.assert_array_equal(one.first, other.first)
    return {name for name in ATTRIBUTES if not np.array_equal(getattr(one, name), getattr(other, name))}
