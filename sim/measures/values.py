"""Values: the measures of each replication, in all and by region, year and pool."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.geography import REGION_MAPS
from sim.measures.count_kernel import COUNTED
from sim.measures.definitions import MEASURES
from sim.measures.tallies import Tallies, steps, sum_scopes
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

EXTERNAL = "external"
"""Name of the places bought elsewhere where results are by pool."""


class Scope(NamedTuple):
    """What a value is about: everything, a region, a year or a pool.

    Attributes
    ----------
    by : {"all", "region", "year", "pool"}
        What the results are divided by.
    key : str
        Region, number of the year from 1, or pool; empty for everything.
    """

    by: str
    key: str


def scopes_of(design: BuiltDesign, scenario: Scenario) -> tuple[Scope, ...]:
    """List what a design is measured for.

    Parameters
    ----------
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and years.

    Returns
    -------
    tuple of Scope
        Everything first, then regions, measured years, pools and, last, places bought elsewhere.
    """
    years = range(scenario.measure_from_year, scenario.horizon_years + 1)
    return (
        Scope("all", ""),
        *(Scope("region", region) for region in REGION_MAPS[scenario.regions]),
        *(Scope("year", str(year)) for year in years),
        *(Scope("pool", pool.id) for pool in design.pools),
        Scope("pool", EXTERNAL),
    )


def measure_values(tallies: Tallies, design: BuiltDesign, scenario: Scenario) -> Floats:
    """Compute every measure of every scope and replication.

    Parameters
    ----------
    tallies : Tallies
        Of the design.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and years.

    Returns
    -------
    ndarray of float of shape (n_scopes, n_measures, n_replications)
        In the order of `scopes_of` and `MEASURES`; not a number where a measure has no value or no meaning.
    """
    sums = _women_sums(tallies, scenario) | _place_sums(tallies, design, scenario)
    sums |= _periods(scenario, sums["referred"].shape)
    values = np.full((len(sums["referred"]), len(MEASURES), sums["referred"].shape[1]), np.nan)
    for number, measure in enumerate(MEASURES):
        if measure.quantile is not None:
            values[:, number] = tallies.quantiles[measure.of, measure.quantile]
        else:
            top, bottom = sums[measure.of], sums[measure.per]
            np.divide(top * measure.scale, bottom, out=values[:, number], where=bottom > 0)
    _blank_meaningless(values, design)
    return values


def _women_sums(tallies: Tallies, scenario: Scenario) -> dict[str, Floats]:
    """What is counted of women, for each scope; of shape (n_scopes, n_replications)."""
    counted = sum_scopes(tallies.counted_by_region, tallies.counted_by_pool, scenario.measure_from_year - 1)
    sums = dict(zip(COUNTED, np.moveaxis(counted, -1, 0), strict=True))
    sums |= steps(sums)
    sums["wait_over"] = sums["refused"] + sums["admitted"]
    sums["stays_over"] = sums["completed"] + sums["left_early"]
    return sums


def _place_sums(tallies: Tallies, design: BuiltDesign, scenario: Scenario) -> dict[str, Floats]:
    """What is counted of places, for each scope; of shape (n_scopes, n_replications)."""
    is_in_region = np.array(
        [[region in (pool.home_regions or ()) for pool in design.pools] for region in REGION_MAPS[scenario.regions]],
        dtype=np.float64,
    ).reshape(len(REGION_MAPS[scenario.regions]), len(design.pools))
    cubes = np.stack(list(tallies.places.values()))[:, :, :, scenario.measure_from_year - 1 :]
    by_pool = cubes.sum(axis=3).swapaxes(1, 2)
    by_year = cubes.sum(axis=2).swapaxes(1, 2)
    everything = by_pool.sum(axis=1, keepdims=True)
    elsewhere = np.zeros_like(everything)
    scopes = np.concatenate([everything, is_in_region @ by_pool, by_year, by_pool, elsewhere], axis=1)
    return dict(zip(tallies.places, scopes, strict=True))


def _periods(scenario: Scenario, shape: tuple[int, ...]) -> dict[str, Floats]:
    """Years that each scope covers, and one for sums that are not by the year."""
    n_years = scenario.horizon_years - scenario.measure_from_year + 1
    n_regions = len(REGION_MAPS[scenario.regions])
    years = np.full(shape, float(n_years))
    years[1 + n_regions : 1 + n_regions + n_years] = 1.0
    return {"years": years, "one": np.ones(shape)}


def _blank_meaningless(values: Floats, design: BuiltDesign) -> None:
    """Take out what has no meaning: women referred to a pool, places of what is bought elsewhere or not at all."""
    kinds = np.array([measure.kind for measure in MEASURES])
    values[-len(design.pools) - 1 :, kinds == "women"] = np.nan
    is_bought = np.isfinite(design.plan.external_after_days)
    values[-1, (kinds == "places") | ~is_bought] = np.nan
