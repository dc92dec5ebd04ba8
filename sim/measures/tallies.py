"""Tallies: what adds up. Counts and sums of the ledger by region or pool and year, replication by replication.

Women count in the year of their referral, places in the year they are open or occupied.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_WEEK, Cohort, year_index
from sim.design import BuiltDesign
from sim.engine import OUTCOMES, POOL_DAYS, Ledger
from sim.geography import REGION_MAPS, load_municipalities
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

COURSE_TALLIES = (
    "admitted",
    "admitted_before_birth",
    "admitted_within_7_days",
    "admitted_within_14_days",
    "admitted_within_30_days",
    "wait_days",
    "weeks_at_admission",
    "travel_minutes",
    "travel_over_60",
    "travel_over_90",
    "travel_over_120",
)
"""Of women admitted: counts and sums."""

WOMEN_TALLIES = (*OUTCOMES, "referred", "offered", "accepted", "refused", "exposure_days", *COURSE_TALLIES)
"""Of all women referred: counts by outcome, counts by step, and sums."""

POOL_WOMEN_TALLIES = (*OUTCOMES, *COURSE_TALLIES)
"""Of the women admitted to a pool."""

PLACE_TALLIES = (
    *POOL_DAYS,
    "closed_place_days",
    "openings",
    "closings",
    "pool_years",
    "pool_years_below_minimum",
    "admissions",
)
"""Of a pool: days, changes, years with an open place, and women admitted."""


class Tallies(NamedTuple):
    """What adds up in one design, replication by replication.

    Attributes
    ----------
    women : dict of str to ndarray of shape (n_replications, n_regions, n_years)
        `WOMEN_TALLIES` by home region and year of referral.
    pool_women : dict of str to ndarray of shape (n_replications, n_pools + 1, n_years)
        `POOL_WOMEN_TALLIES` by pool and year of referral; the last pool is places bought elsewhere.
    places : dict of str to ndarray of shape (n_replications, n_pools, n_years)
        `PLACE_TALLIES` by pool and year.
    admitted : Admitted
        The admitted women themselves, for what does not add up.
    """

    women: dict[str, Floats]
    pool_women: dict[str, Floats]
    places: dict[str, Floats]
    admitted: "Admitted"


class Admitted(NamedTuple):
    """Women admitted, in order of replication and referral.

    Attributes
    ----------
    replication, region, year, pool : ndarray of int of shape (n_admitted,)
        Where and when she counts.
    wait_days : ndarray of float of shape (n_admitted,)
        From referral to admission [days].
    travel_minutes : ndarray of float of shape (n_admitted,)
        To where she was admitted, one way [minutes].
    """

    replication: Ints
    region: Ints
    year: Ints
    pool: Ints
    wait_days: Floats
    travel_minutes: Floats


class Cells(NamedTuple):
    """Where each woman counts."""

    replication: Ints
    region: Ints
    year: Ints


def cells_of(cohort: Cohort, scenario: Scenario) -> Cells:
    """Find where each woman counts; the same in every design.

    Parameters
    ----------
    cohort : Cohort
        The women.
    scenario : Scenario
        For its regions.

    Returns
    -------
    Cells
        Replication, home region and year of referral of each woman.
    """
    region = load_municipalities().region_index(scenario.regions)
    return Cells(
        np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first)),
        region[cohort.municipality],
        year_index(cohort.referral_day),
    )


def tally(ledger: Ledger, cohort: Cohort, design: BuiltDesign, scenario: Scenario) -> Tallies:
    """Count and sum a ledger.

    Parameters
    ----------
    ledger : Ledger
        Of the design, played with the cohort.
    cohort : Cohort
        The women.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and minimum volume.

    Returns
    -------
    Tallies
        By region or pool and year, replication by replication.
    """
    cells = cells_of(cohort, scenario)
    by_region = (cohort.n_replications, len(REGION_MAPS[scenario.regions]), scenario.horizon_years)
    by_pool = (cohort.n_replications, len(design.pools) + 1, scenario.horizon_years)
    region_cell = np.ravel_multi_index(tuple(cells), by_region)
    women = _outcomes(region_cell, ledger.outcome, by_region)
    women |= _steps(women)
    women["exposure_days"] = _sum(region_cell, _exposure(ledger, cohort, design), by_region)

    is_admitted = ledger.pool >= 0
    course = _course(ledger, cohort, design, is_admitted)
    women |= {name: _sum(region_cell[is_admitted], values, by_region) for name, values in course.items()}
    pool = ledger.pool[is_admitted]
    pool_cell = np.ravel_multi_index(
        (cells.replication[is_admitted], pool, cells.year[is_admitted]), by_pool
    )
    pool_women = _outcomes(pool_cell, ledger.outcome[is_admitted], by_pool)
    pool_women |= {name: _sum(pool_cell, values, by_pool) for name, values in course.items()}
    admitted = Admitted(
        *(values[is_admitted] for values in cells), pool, course["wait_days"], course["travel_minutes"]
    )
    places = _places(ledger, design, pool_women["admitted"][:, :-1], scenario)
    return Tallies(women, pool_women, places, admitted)


def _sum(cell: Ints, values: Floats, shape: tuple[int, int, int]) -> Floats:
    return np.bincount(cell, weights=values, minlength=int(np.prod(shape))).reshape(shape)


def _outcomes(cell: Ints, outcome: Ints, shape: tuple[int, int, int]) -> dict[str, Floats]:
    """Women by outcome."""
    n_outcomes = len(OUTCOMES)
    counts = np.bincount(cell * n_outcomes + outcome, minlength=int(np.prod(shape)) * n_outcomes)
    counts = counts.reshape(*shape, n_outcomes).astype(np.float64)
    return {name: counts[..., number] for number, name in enumerate(OUTCOMES)}


def _steps(outcomes: dict[str, Floats]) -> dict[str, Floats]:
    """Women at each step of the way: referred, offered, accepted, and refused though they accepted."""
    refused = outcomes["gave_up"] + outcomes["birth_before_place"] + outcomes["pregnancy_ended"]
    admitted = outcomes["completed"] + outcomes["left_early"] + outcomes["in_stay"]
    accepted = refused + outcomes["waiting"] + admitted
    offered = accepted + outcomes["declined"]
    return {
        "referred": offered + outcomes["not_offered"],
        "offered": offered,
        "accepted": accepted,
        "refused": refused,
    }


def _exposure(ledger: Ledger, cohort: Cohort, design: BuiltDesign) -> Floats:
    """Days from referral to admission or the end of pregnancy, of women who accepted [days]."""
    has_accepted = ledger.outcome >= OUTCOMES.index("gave_up")
    end = np.fmin(ledger.admission_day, np.minimum(cohort.pregnancy_end_day, design.plan.horizon_days))
    return np.where(has_accepted, end - cohort.referral_day, 0.0)


def _course(
    ledger: Ledger, cohort: Cohort, design: BuiltDesign, is_admitted: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """`COURSE_TALLIES` of each admitted woman."""
    admission = ledger.admission_day[is_admitted]
    wait = admission - cohort.referral_day[is_admitted]
    is_pregnant = admission < cohort.pregnancy_end_day[is_admitted]
    weeks = cohort.gestation_weeks[is_admitted] + wait / DAYS_PER_WEEK
    minutes = design.minutes[cohort.municipality[is_admitted], ledger.pool[is_admitted]]
    values = (
        np.ones(len(wait)),
        is_pregnant,
        wait <= 7,
        wait <= 14,
        wait <= 30,
        wait,
        np.where(is_pregnant, weeks, 0.0),
        minutes,
        minutes > 60,
        minutes > 90,
        minutes > 120,
    )
    return dict(zip(COURSE_TALLIES, values, strict=True))


def _places(ledger: Ledger, design: BuiltDesign, admissions: Floats, scenario: Scenario) -> dict[str, Floats]:
    """`PLACE_TALLIES` of each pool and year."""
    days = {name: ledger.pool_days[..., number] for number, name in enumerate(POOL_DAYS)}
    is_open = days["days_with_open_places"] > 0
    return days | {
        "closed_place_days": _closed(days["open_place_days"], design),
        "openings": ledger.openings.astype(np.float64),
        "closings": ledger.closings.astype(np.float64),
        "pool_years": is_open.astype(np.float64),
        "pool_years_below_minimum": (is_open & (admissions < scenario.measures.minimum_volume)).astype(
            np.float64
        ),
        "admissions": admissions,
    }


def _closed(open_place_days: Floats, design: BuiltDesign) -> Floats:
    """Days of places that could open again: most places less open ones, from the day women are asked [days]."""
    plan = design.plan
    year_ends = (np.arange(plan.n_years) + 1) * plan.horizon_days / plan.n_years
    days_since = np.clip(year_ends - plan.asked_from_day[:, None], 0.0, plan.horizon_days / plan.n_years)
    most = np.where(plan.is_flexible, plan.max_places, 0)[:, None]
    return np.maximum(most * days_since - open_place_days, 0.0) * plan.is_flexible[:, None]
