"""Values: the measures of each replication, in all and by region, year and pool."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.geography import REGION_MAPS
from sim.measures.definitions import MEASURES, Measure
from sim.measures.tallies import Admitted, Tallies
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EXTERNAL = "external"
"""Name of the places bought elsewhere where results are by pool."""

# Sorting whole groups at once: a group's values are lifted above those of all groups before it. Waits and minutes stay
# below the step, and the sum keeps every tick of the time grid.
_STEP = 2.0**16


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
    measured = slice(scenario.measure_from_year - 1, None)
    n_years = float(scenario.horizon_years - scenario.measure_from_year + 1)
    sums = _sums(tallies, design, scenario, measured)
    n_scopes, n_replications = sums["referred"].shape
    per_year = np.full((n_scopes, 1), n_years)
    n_regions = len(REGION_MAPS[scenario.regions])
    per_year[1 + n_regions : 1 + n_regions + int(n_years)] = 1.0
    sums["years"] = np.broadcast_to(per_year, (n_scopes, n_replications))
    sums["one"] = np.ones((n_scopes, n_replications))
    sums["wait_over"] = sums["refused"] + sums["admitted"]
    sums["stays_over"] = sums["completed"] + sums["left_early"]
    values = np.full((n_scopes, len(MEASURES), n_replications), np.nan)
    for number, measure in enumerate(MEASURES):
        if measure.quantile is None:
            top, bottom = sums[measure.of], sums[measure.per]
            np.divide(top * measure.scale, bottom, out=values[:, number], where=bottom > 0)
    _add_quantiles(values, tallies.admitted, design, scenario)
    _blank_meaningless(values, len(design.pools))
    return values


def _sums(
    tallies: Tallies, design: BuiltDesign, scenario: Scenario, measured: slice
) -> dict[str, Floats]:
    """Each tally summed for each scope; of shape (n_scopes, n_replications)."""
    regions = REGION_MAPS[scenario.regions]
    is_in_region = np.array(
        [[region in (pool.home_regions or ()) for pool in design.pools] for region in regions], dtype=np.float64
    ).reshape(len(regions), len(design.pools))
    n_replications = tallies.women["referred"].shape[0]
    sums = {}
    for name, cube in tallies.women.items():
        years = cube[:, :, measured]
        if name in tallies.pool_women:
            pools = tallies.pool_women[name][:, :, measured].sum(axis=2).T
        else:
            pools = np.zeros((len(design.pools) + 1, n_replications))
        by_region, by_year = years.sum(axis=2).T, years.sum(axis=1).T
        sums[name] = np.concatenate([by_region.sum(axis=0, keepdims=True), by_region, by_year, pools])
    for name, cube in tallies.places.items():
        years = cube[:, :, measured]
        by_pool, by_year = years.sum(axis=2).T, years.sum(axis=1).T
        everything = by_pool.sum(axis=0, keepdims=True)
        elsewhere = np.zeros((1, n_replications))
        sums[name] = np.concatenate([everything, is_in_region @ by_pool, by_year, by_pool, elsewhere])
    return sums


def _add_quantiles(values: Floats, admitted: Admitted, design: BuiltDesign, scenario: Scenario) -> None:
    """Fill in the measures that are quantiles over women."""
    n_replications = values.shape[2]
    first_year = scenario.measure_from_year - 1
    is_measured = admitted.year >= first_year
    women = Admitted(*(column[is_measured] for column in admitted))
    n_regions, n_years = len(REGION_MAPS[scenario.regions]), scenario.horizon_years - first_year
    groupings = (
        (0, np.zeros(len(women.year), dtype=np.int64), 1),
        (1, women.region, n_regions),
        (1 + n_regions, women.year - first_year, n_years),
        (1 + n_regions + n_years, women.pool, len(design.pools) + 1),
    )
    for first_scope, group, n_groups in groupings:
        place = group * n_replications + women.replication
        counts = np.bincount(place, minlength=n_groups * n_replications)
        ends = np.cumsum(counts)
        for of in ("wait_days", "travel_minutes"):
            ordered = np.sort(place * _STEP + getattr(women, of))
            for number, measure in enumerate(MEASURES):
                if measure.quantile is not None and measure.of == of:
                    quantiles = _quantiles(ordered, ends, counts, measure)
                    values[first_scope : first_scope + n_groups, number] = quantiles.reshape(n_groups, -1)


def _quantiles(ordered: Floats, ends: Ints, counts: Ints, measure: Measure) -> Floats:
    """Quantile of each group, linear between neighbours; not a number where the group is empty."""
    has_any = counts > 0
    position = (ends - counts) + (measure.quantile or 0.0) * (counts - 1)
    below = np.floor(position[has_any]).astype(np.int64)
    above = np.minimum(below + 1, ends[has_any] - 1)
    lift = np.flatnonzero(has_any) * _STEP
    low, high = ordered[below] - lift, ordered[above] - lift
    quantiles = np.full(len(counts), np.nan)
    quantiles[has_any] = low + (position[has_any] - below) * (high - low)
    return quantiles


def _blank_meaningless(values: Floats, n_pools: int) -> None:
    """Take out what has no meaning: women referred to a pool, places of what is bought elsewhere or of no pools."""
    kinds = np.array([measure.kind for measure in MEASURES])
    values[-n_pools - 1 :, kinds == "women"] = np.nan
    values[-1, kinds == "places"] = np.nan
