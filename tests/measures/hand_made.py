"""Two pools, two years, three replications and twelve women, small enough to be measured by hand."""

from typing import Any, NamedTuple

import numpy as np

from sim.cohort import ALONE, WITH_CHILDREN, WITH_PARTNER, Cohort
from sim.design import BuiltDesign, build_designs
from sim.engine import OUTCOMES, Ledger
from sim.engine.ledger import empty_ledger
from sim.geography import load_municipalities
from sim.scenario import Scenario, scenario_from

NOT = np.nan
ROW = {code: row for row, code in enumerate(load_municipalities().code)}
AALBORG, AARHUS, KOBENHAVN = "0851", "0751", "0101"
YEAR = 365.25


class Woman(NamedTuple):
    """What happened to one woman; days and weeks."""

    replication: int
    referral: float
    home: str
    week: float
    pregnancy: float  # days from referral to its end
    outcome: str
    pool: int = -1
    admission: float = NOT
    discharge: float = NOT
    household: int = ALONE


WOMEN = (
    Woman(0, 10, AALBORG, 20, 130, "completed", 0, 10, 300),
    Woman(0, 20, AARHUS, 30, 60, "left_early", 1, 30, 100, WITH_CHILDREN),
    Woman(0, 50, AARHUS, 36, 20, "in_stay", 0, 90),  # after birth
    Woman(0, 100, KOBENHAVN, 12, 150, "gave_up"),
    Woman(0, 120, KOBENHAVN, 33, 40, "birth_before_place"),
    Woman(0, 130, AALBORG, 18, 7, "pregnancy_ended"),
    Woman(0, 200, AARHUS, 15, 150, "not_offered"),
    Woman(0, 210, AALBORG, 15, 150, "declined"),
    Woman(0, 400, KOBENHAVN, 10, 190, "completed", 2, 442, 700, WITH_PARTNER),  # bought elsewhere
    Woman(0, 700, AALBORG, 20, 100, "waiting"),
    Woman(1, 5, AALBORG, 12, 200, "completed", 0, 12, 400),
    Woman(1, 380, AARHUS, 22, 100, "left_early", 1, 380, 385),
)
"""Nobody is referred in replication 2."""


def scenario_of(**words: Any) -> Scenario:
    """The scenario; pool 0 has two fixed places, pool 1 one fixed place and up to three."""
    return scenario_from(
        {
            "name": "hand-made",
            "horizon_years": 2,
            "measures": {"minimum_volume": 2},
            "travel": {"minutes": {AALBORG: {"AAL": 10, "AAR": 80}, AARHUS: {"AAR": 20, "AAL": 95}}},
            "designs": [
                {
                    "name": "two",
                    "kind": "pools",
                    "external": {"minutes": 120},
                    "pools": [
                        {"id": "north", "site": "AAL", "places": 2},
                        {"id": "flex", "site": "AAR", "places": 1, "flexible": {"max_places": 3}},
                    ],
                }
            ],
        }
        | words
    )


def design_of(scenario: Scenario) -> BuiltDesign:
    """With years of 365.25 days, which keep the arithmetic short."""
    (design,) = build_designs(scenario)
    return design._replace(plan=design.plan._replace(year_starts=np.arange(3) * YEAR))


def cohort_of(women: tuple[Woman, ...], n_replications: int) -> Cohort:
    """The women's side; what the ledger does not need is nothing in particular."""
    counts = np.bincount([woman.replication for woman in women], minlength=n_replications)
    referral = np.array([woman.referral for woman in women], dtype=np.float64)
    anything = np.full(len(women), 0.5)
    return Cohort(
        first=np.concatenate(([0], np.cumsum(counts))),
        referral_day=referral,
        municipality=np.array([ROW[woman.home] for woman in women], dtype=np.int64),
        gestation_weeks=np.array([woman.week for woman in women], dtype=np.float64),
        pregnancy_end_day=referral + np.array([woman.pregnancy for woman in women], dtype=np.float64),
        is_lost=np.array([woman.outcome == "pregnancy_ended" for woman in women], dtype=bool),
        offer_mark=anything,
        threshold=anything,
        household=np.array([woman.household for woman in women], dtype=np.int64),
        patience_days=anything,
        waits_past_birth=np.ones(len(women), dtype=bool),
        stay_days=anything,
        early_leaving_days=anything,
        outcome_mark=anything,
        **dict.fromkeys(
            (
                "visitation_days",
                "search_days",
                "visitation_mark",
                "search_mark",
                "known_mark",
                "again_mark",
                "again_threshold",
                "housing_days",
            ),
            np.zeros(len(women)),
        ),
        has_signed=np.zeros(len(women), dtype=bool),
    )


def visited(cohort: Cohort, days: Any) -> Cohort:
    """The same women, whose visitation takes so many days each."""
    return cohort._replace(visitation_days=days)


def pool_days() -> Any:
    """Days by replication, pool and year: open, occupied, with open places, all taken, empty."""
    days = np.zeros((3, 2, 2, 5))
    days[0, 0] = [[730.5, 400, YEAR, 50, 20], [730.5, 600, YEAR, 100, 0]]
    days[0, 1] = [[500, 300, YEAR, 80, 10], [YEAR, 0, YEAR, 0, YEAR]]
    days[1, 0] = [[730.5, 353.25, YEAR, 0, 12], [730.5, 34.75, YEAR, 0, 330.5]]
    days[1, 1] = [[YEAR, 0, YEAR, 0, YEAR], [YEAR, 5, YEAR, 5, 360.25]]
    days[2, 0] = [[730.5, 0, YEAR, 0, YEAR], [730.5, 0, YEAR, 0, YEAR]]
    return days


def ledger_of(women: tuple[Woman, ...], days: Any) -> Ledger:
    """What happened; one flexible place opened twice and closed twice in replication 0."""
    openings, closings = np.zeros(days.shape[:3], dtype=np.int64), np.zeros(days.shape[:3], dtype=np.int64)
    openings[0, 1, 0] = 2
    closings[0, 1] = [1, 1]
    return empty_ledger(len(women), len(days), days.shape[1], days.shape[2])._replace(
        outcome=np.array([OUTCOMES.index(woman.outcome) for woman in women], dtype=np.int64),
        pool=np.array([woman.pool for woman in women], dtype=np.int64),
        admission_day=np.array([woman.admission for woman in women], dtype=np.float64),
        discharge_day=np.array([woman.discharge for woman in women], dtype=np.float64),
        ended_day=np.array([woman.discharge for woman in women], dtype=np.float64),
        completes=np.array([woman.outcome == "completed" for woman in women], dtype=bool),
        pool_days=days,
        openings=openings,
        closings=closings,
    )
