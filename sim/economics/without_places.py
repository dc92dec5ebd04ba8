"""What every woman's course would cost if there were no places: the same for all designs, so reckoned once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.economics.care import Milestones, care_without_stay, milestones_of, rates_of
from sim.economics.ore import in_ore
from sim.economics.prices import prices_of
from sim.geography import REGION_MAPS, load_municipalities
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Shape = tuple[int, int, int]


class WithoutPlaces(NamedTuple):
    """The women of a cohort, as if none were ever admitted.

    Attributes
    ----------
    shape : tuple of int
        Replications, regions and years.
    cell : ndarray of int of shape (n_women,)
        Where each counts: replication, home region and year of referral, in one number.
    when : Milestones
        When things happen to each.
    has_child : ndarray of bool of shape (n_women,)
        Whether pregnancy ends by birth, and she was referred in the period.
    care : ndarray of float of shape (n_women,)
        What her care costs [øre].
    is_treated : ndarray of bool of shape (n_women,)
        Whether treatment is completed.
    care_cost, births, treatment_completed : ndarray of float of shape (n_replications, n_regions, n_years)
        The same added up.
    """

    shape: Shape
    cell: Ints
    when: Milestones
    has_child: Bools
    care: Floats
    is_treated: Bools
    care_cost: Floats
    births: Floats
    treatment_completed: Floats


def without_places(cohort: Cohort, scenario: Scenario) -> WithoutPlaces:
    """Cost the courses of women as if none were ever admitted.

    Parameters
    ----------
    cohort : Cohort
        The women.
    scenario : Scenario
        For its economics and regions.

    Returns
    -------
    WithoutPlaces
        Good for every design of the scenario. Women referred before the opening day cost nothing: their courses belong
        to an earlier year.
    """
    economics = scenario.economics
    rates = rates_of(economics, prices_of(economics))
    shape = (cohort.n_replications, len(REGION_MAPS[scenario.regions]), scenario.horizon_years)
    region = load_municipalities().region_index(scenario.regions)[cohort.municipality]
    replication = np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))
    is_of_period = cohort.referral_day >= 0
    year = np.maximum(cohort.referral_day / DAYS_PER_YEAR, 0.0).astype(np.int64)
    cell = (replication * shape[1] + region) * shape[2] + year
    when = milestones_of(
        (cohort.pregnancy_end_day - cohort.referral_day) / DAYS_PER_YEAR, cohort.is_lost, rates.discount
    )
    care = np.where(is_of_period, in_ore(care_without_stay(when, rates)), 0.0)
    has_child = ~cohort.is_lost & is_of_period
    is_treated = cohort.outcome_mark < economics.completion.otherwise
    return WithoutPlaces(
        shape,
        cell,
        when,
        has_child,
        care,
        is_treated,
        care_cost=sum_cells(cell, care, shape),
        births=sum_cells(cell[has_child], None, shape),
        treatment_completed=sum_cells(cell[has_child & is_treated], None, shape),
    )


def sum_cells(cell: Ints, values: Floats | None, shape: Shape) -> Floats:
    """Add up values, or count, by replication, region and year.

    Parameters
    ----------
    cell : ndarray of int
        Where each counts.
    values : ndarray of float, optional
        What is added up; ones if left out.
    shape : tuple of int
        Replications, regions and years.

    Returns
    -------
    ndarray of float
        Of that shape.
    """
    size = shape[0] * shape[1] * shape[2]
    return np.bincount(cell, values, minlength=size).reshape(shape).astype(np.float64)
