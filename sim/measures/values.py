"""Values: the measures of each replication, in all and by region, year and pool."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.geography import REGION_MAPS
from sim.measures.count_kernel import COUNTED
from sim.measures.definitions import Measure
from sim.measures.tallies import Tallies, steps, sum_scopes
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Cubes = dict[str, Floats]

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


def scope_sums(tallies: Tallies, design: BuiltDesign, scenario: Scenario) -> dict[str, Floats]:
    """Sum every tally for every scope.

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
    dict of str to ndarray of shape (n_scopes, n_replications)
        Tallies by name, sums of several, ``years`` that each scope covers, and ``one``.
    """
    counted = sum_scopes(tallies.counted_by_region, tallies.counted_by_pool, scenario.measure_from_year - 1)
    sums = dict(zip(COUNTED, np.moveaxis(counted, -1, 0), strict=True))
    sums |= steps(sums)
    sums["wait_over"] = sums["refused"] + sums["admitted"]
    sums["stays_over"] = sums["completed"] + sums["left_early"]
    return sums | sum_places(tallies.places, design, scenario) | _periods(scenario, sums["referred"].shape)


def sum_women(women: Cubes, pool_women: Cubes, scenario: Scenario, *, n_pools: int) -> dict[str, Floats]:
    """Sum tallies of women for every scope.

    Parameters
    ----------
    women : dict of str to ndarray of shape (n_replications, n_regions, n_years)
        By home region and year.
    pool_women : dict of str to ndarray of shape (n_replications, n_pools + 1, n_years)
        Those of them that are known by pool, too; the others count nothing there.
    scenario : Scenario
        For the years measured.
    n_pools : int
        Pools of the design.

    Returns
    -------
    dict of str to ndarray of shape (n_scopes, n_replications)
        In the order of `scopes_of`.
    """
    n_replications, _, n_years = next(iter(women.values())).shape
    nowhere = np.zeros((n_replications, n_pools + 1, n_years))
    by_region = np.stack(list(women.values()), axis=-1)
    by_pool = np.stack([pool_women.get(name, nowhere) for name in women], axis=-1)
    summed = sum_scopes(by_region, by_pool, scenario.measure_from_year - 1)
    return dict(zip(women, np.moveaxis(summed, -1, 0), strict=True))


def sum_places(places: Cubes, design: BuiltDesign, scenario: Scenario) -> dict[str, Floats]:
    """Sum tallies of places for every scope.

    Parameters
    ----------
    places : dict of str to ndarray of shape (n_replications, n_pools, n_years)
        By pool and year.
    design : BuiltDesign
        For the home regions of its pools.
    scenario : Scenario
        For its regions and the years measured.

    Returns
    -------
    dict of str to ndarray of shape (n_scopes, n_replications)
        In the order of `scopes_of`; a region has the pools at home in it, places bought elsewhere have nothing.
    """
    regions = REGION_MAPS[scenario.regions]
    is_in_region = np.array(
        [[region in (pool.home_regions or ()) for pool in design.pools] for region in regions], dtype=np.float64
    ).reshape(len(regions), len(design.pools))
    cubes = np.stack(list(places.values()))[:, :, :, scenario.measure_from_year - 1 :]
    by_pool = cubes.sum(axis=3).swapaxes(1, 2)
    by_year = cubes.sum(axis=2).swapaxes(1, 2)
    everything = by_pool.sum(axis=1, keepdims=True)
    elsewhere = np.zeros_like(everything)
    scopes = np.concatenate([everything, is_in_region @ by_pool, by_year, by_pool, elsewhere], axis=1)
    return dict(zip(places, scopes, strict=True))


def measure_values(
    measures: Sequence[Measure],
    sums: Mapping[str, Floats],
    quantiles: Mapping[tuple[str, float], Floats],
    design: BuiltDesign,
) -> Floats:
    """Compute measures of every scope and replication.

    Parameters
    ----------
    measures : sequence of Measure
        Which.
    sums : mapping of str to ndarray of shape (n_scopes, n_replications)
        What they are sums and quotients of.
    quantiles : mapping of (str, float) to ndarray of shape (n_scopes, n_replications)
        As in `Tallies`.
    design : BuiltDesign
        The design.

    Returns
    -------
    ndarray of float of shape (n_scopes, n_measures, n_replications)
        In the order of `scopes_of`; not a number where a measure has no value or no meaning.
    """
    tops = np.stack([sums[measure.of] for measure in measures], axis=1)
    bottoms = np.stack([sums[measure.per] for measure in measures], axis=1)
    tops *= np.array([measure.scale for measure in measures])[:, None]
    values = np.full(tops.shape, np.nan)
    np.divide(tops, bottoms, out=values, where=bottoms > 0)
    for number, measure in enumerate(measures):
        if measure.quantile is not None:
            values[:, number] = quantiles[measure.of, measure.quantile]
    _blank_meaningless(values, measures, design)
    return values


def _periods(scenario: Scenario, shape: tuple[int, ...]) -> dict[str, Floats]:
    """Years that each scope covers, and one for sums that are not by the year."""
    n_years = scenario.horizon_years - scenario.measure_from_year + 1
    n_regions = len(REGION_MAPS[scenario.regions])
    years = np.full(shape, float(n_years))
    years[1 + n_regions : 1 + n_regions + n_years] = 1.0
    return {"years": years, "one": np.ones(shape)}


def _blank_meaningless(values: Floats, measures: Sequence[Measure], design: BuiltDesign) -> None:
    """Take out what has no meaning: women referred to a pool, places of what is bought elsewhere or not at all."""
    kinds = np.array([measure.kind for measure in measures])
    values[-len(design.pools) - 1 :, kinds == "women"] = np.nan
    values[-1, (kinds == "places") | (not design.plan.uses_places_elsewhere)] = np.nan
