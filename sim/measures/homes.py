"""Women counted by where they live, at any level: each measure has the definition it has everywhere.

Only counted when somebody asks: every woman once, by home and replication.
"""

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort
from sim.design import BuiltDesign
from sim.engine import OUTCOMES, Ledger
from sim.measures.definitions import MEASURES
from sim.measures.parts import Parts
from sim.measures.tallies import steps
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_COUNTED_BY_HOME = (
    "referrals_per_year",
    "offered_per_year",
    "offered_share",
    "accepted_per_year",
    "accepted_share",
    "admitted_per_year",
    "admitted_share_of_referred",
    "admitted_share_of_accepted",
    "admitted_within_14_days",
    "wait_days_mean",
    "refused_share",
    "travel_minutes_mean",
)
HOME_MEASURES = tuple(measure for measure in MEASURES if measure.name in _COUNTED_BY_HOME)
"""What is counted by home."""

_BOTTOMS = tuple(dict.fromkeys(measure.per for measure in HOME_MEASURES))


def home_parts(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario, *, place_of: Ints, n_places: int
) -> Parts:
    """Count women by home.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For the years measured.
    place_of : ndarray of int of shape (n_municipalities,)
        Number of the place each municipality belongs to.
    n_places : int
        How many places there are.

    Returns
    -------
    Parts
        Of `HOME_MEASURES`, for each place and replication.
    """
    starts, first_year = design.plan.year_starts, scenario.measure_from_year - 1
    women = np.flatnonzero((cohort.referral_day >= starts[first_year]) & (cohort.referral_day < starts[-1]))
    replication = np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))[women]
    cell = place_of[cohort.municipality[women]] * cohort.n_replications + replication
    shape = n_places, cohort.n_replications

    def count(cells: Ints, values: Floats | None = None) -> Floats:
        return np.bincount(cells, values, minlength=n_places * cohort.n_replications).reshape(shape).astype(np.float64)

    outcomes = np.bincount(
        ledger.outcome[women] * (n_places * cohort.n_replications) + cell,
        minlength=len(OUTCOMES) * n_places * cohort.n_replications,
    )
    counted = dict(zip(OUTCOMES, outcomes.reshape(len(OUTCOMES), *shape).astype(np.float64), strict=True))
    is_admitted = ledger.pool[women] >= 0
    admitted, cell = women[is_admitted], cell[is_admitted]
    wait = ledger.admission_day[admitted] - cohort.referral_day[admitted]
    counted |= {
        "admitted": count(cell),
        "admitted_within_14_days": count(cell[wait <= 14]),
        "wait_days": count(cell, wait),
        "travel_minutes": count(cell, design.minutes[cohort.municipality[admitted], ledger.pool[admitted]]),
    }
    counted |= steps(counted)
    counted["wait_over"] = counted["refused"] + counted["admitted"]
    counted["years"] = np.full(shape, float(len(starts) - 1 - first_year))
    tops = np.stack([counted[measure.of] * measure.scale for measure in HOME_MEASURES], axis=1)
    bottoms = np.stack([counted[per] for per in _BOTTOMS], axis=1)
    return Parts(tops, bottoms, np.array([_BOTTOMS.index(measure.per) for measure in HOME_MEASURES]))
