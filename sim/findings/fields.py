"""Fields of a comparison: what is equal in each, what is compared, and which designs it holds for."""

from collections.abc import Mapping

from sim.design import build_designs
from sim.experiment import Results
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.scenario import LEAST_DIFFERENCES, PLACES, Fields, Scenario

ACCESS, BUDGET = "access", "budget"

FIELD_MEASURES: Mapping[str, tuple[str, ...]] = {
    ACCESS: ("cost_per_year",),
    BUDGET: ("admitted_per_year", "admitted_within_14_days"),
    PLACES: tuple(measure for measure in LEAST_DIFFERENCES if measure in MEASURE_NUMBER),
}
"""Measures by which designs are compared in each field. Not to be changed."""

BUDGET_TOLERANCE = 0.05
"""Share of the budget by which the cost of a design may be off, as places are whole; an assumption."""


def worst_region_measures() -> tuple[str, ...]:
    """Name the measures of the worst-off region, as far as there are any."""
    return tuple(measure.name for measure in ALL_MEASURES if measure.name.startswith("worst_region_"))


def volume_measures() -> tuple[str, ...]:
    """Name the measures of volume and of the worst-off region.

    Returns
    -------
    tuple of str
        In the order in which they are shown.
    """
    return ("admissions_per_pool_year", "below_minimum_volume_share", *worst_region_measures())


def count_places(scenario: Scenario) -> dict[str, tuple[int, int]]:
    """Count the places of each design.

    Parameters
    ----------
    scenario : Scenario
        With its designs.

    Returns
    -------
    dict of str to (int, int)
        Places open for good in the end, and the most that may be open.
    """
    return {
        design.name: (
            sum(pool.last_places for pool in design.pools),
            sum(pool.flexible.max_places if pool.flexible else pool.last_places for pool in design.pools),
        )
        for design in build_designs(scenario)
    }


def equal_measure(fields: Fields | None, field: str) -> tuple[str, float, float] | None:
    """Name the measure that is equal in a field, its target, and how far a design may be off.

    Parameters
    ----------
    fields : Fields or None
        Of the scenario that was asked.
    field : str
        Which.

    Returns
    -------
    tuple of (str, float, float) or None
        None in the field of the same places.
    """
    if fields and fields.access and field == ACCESS:
        of = fields.access.of
        return of, fields.access.target, LEAST_DIFFERENCES.get(of, LEAST_DIFFERENCES["admitted_within_14_days"])
    if fields and fields.budget and field == BUDGET:
        return "cost_per_year", fields.budget.target, BUDGET_TOLERANCE * fields.budget.target
    return None


def is_equal(results: Results, design: str, fields: Fields | None, field: str) -> bool:
    """Tell whether a design has what is equal in a field.

    Parameters
    ----------
    results : Results
        In that field.
    design : str
        Which design.
    fields : Fields or None
        Of the scenario that was asked.
    field : str
        Which.

    Returns
    -------
    bool
        In the field of the same places, whether it has any.
    """
    equal = equal_measure(fields, field)
    if equal is None:
        return count_places(results.scenario)[design][1] > 0
    measure, target, tolerance = equal
    mean = float(results.designs[design].estimates.mean[0, MEASURE_NUMBER[measure]])
    return abs(mean - target) <= tolerance


def unequal_designs(results: Results, fields: Fields | None, field: str) -> list[str]:
    """Name the designs that are not judged in a field, as they have not what is equal there.

    Parameters
    ----------
    results : Results
        In that field.
    fields : Fields or None
        Of the scenario that was asked.
    field : str
        Which.

    Returns
    -------
    list of str
        In the scenario's order.
    """
    return [name for name in results.designs if not is_equal(results, name, fields, field)]
