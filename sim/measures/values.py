"""Values: the measures of each replication, in all and by region, year and pool."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.geography import REGION_MAPS
from sim.measures.count_kernel import COUNTED, PLACE_TALLIES
from sim.measures.definitions import Measure
from sim.measures.parts import Parts
from sim.measures.sum_kernel import sum_by_pool, sum_by_region, sum_of_places
from sim.measures.tallies import Tallies, is_in_region, steps
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

SUMS_OF_SUMS = ("referred", "offered", "accepted", "refused", "wait_over", "stays_over", "years", "one")
"""What is added up from tallies, and the years to divide by."""

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


class Sums(Mapping[str, Floats]):
    """Tallies summed for every scope, a row of a table for each.

    Parameters
    ----------
    names : sequence of str
        The tallies; all that will be summed.
    shape : tuple of int
        Scopes and replications.

    Attributes
    ----------
    table : ndarray of float of shape (n_tallies, n_scopes, n_replications)
        Their sums, once they are filled in.
    row : dict of str to int
        Where each tally stands.
    """

    def __init__(self, names: Sequence[str], shape: tuple[int, int]) -> None:
        self.row = {name: number for number, name in enumerate(names)}
        self.table = np.empty((len(names), *shape))

    def __getitem__(self, name: str) -> Floats:
        """Sums of a tally, by scope and replication."""
        own: Floats = self.table[self.row[name]]
        return own

    def __iter__(self) -> Iterator[str]:
        """Names of the tallies."""
        return iter(self.row)

    def __len__(self) -> int:
        """Number of tallies."""
        return len(self.row)

    def fill(self, sums: Mapping[str, Floats]) -> None:
        """Fill in what has been summed otherwise."""
        for name, own in sums.items():
            self.table[self.row[name]] = own

    def rows(self, names: Sequence[str]) -> Floats:
        """Rows of tallies that stand together."""
        start = self.row[names[0]]
        return self.table[start : start + len(names)]


def scope_sums(tallies: Tallies, design: BuiltDesign, scenario: Scenario, *, more: Sequence[str] = ()) -> Sums:
    """Sum every tally for every scope.

    Parameters
    ----------
    tallies : Tallies
        Of the design.
    design : BuiltDesign
        The design.
    scenario : Scenario
        For its regions and years.
    more : sequence of str
        Further tallies, for which room is left.

    Returns
    -------
    Sums
        Of all tallies, sums of several, ``years`` that each scope covers, and ``one``.
    """
    n_scopes = len(scopes_of(design, scenario))
    sums = Sums((*COUNTED, *PLACE_TALLIES, *SUMS_OF_SUMS, *more), (n_scopes, len(tallies.counted_by_region)))
    own = sums.rows(COUNTED)
    sum_women(tallies.counted_by_region, own, scenario)
    room = np.empty((tallies.counted_by_pool.shape[1], len(COUNTED)))
    sum_by_pool(tallies.counted_by_pool, scenario.measure_from_year - 1, room, own)
    sum_places(tallies.counted_of_places, sums.rows(PLACE_TALLIES), design, scenario)
    sums.fill(steps(sums))
    sums.fill(
        {
            "wait_over": sums["refused"] + sums["admitted"],
            "stays_over": sums["completed"] + sums["left_early"],
            **_periods(scenario, (n_scopes, 1)),
        }
    )
    return sums


def sum_women(cells: Floats, sums: Floats, scenario: Scenario) -> None:
    """Sum tallies of women for everything, each region and each measured year.

    Parameters
    ----------
    cells : ndarray of shape (n_replications, n_regions, n_years, n_tallies)
        By home region and year.
    sums : ndarray of shape (n_tallies, n_scopes, n_replications)
        Filled as far as the pools, in the order of `scopes_of`.
    scenario : Scenario
        For the years measured.
    """
    n_tallies, n_scopes, _ = sums.shape
    sum_by_region(cells, scenario.measure_from_year - 1, np.empty((n_scopes, n_tallies)), sums)


def sum_places(cells: Floats, sums: Floats, design: BuiltDesign, scenario: Scenario) -> None:
    """Sum tallies of places for every scope.

    Parameters
    ----------
    cells : ndarray of shape (n_replications, n_pools, n_years, n_tallies)
        By pool and year.
    sums : ndarray of shape (n_tallies, n_scopes, n_replications)
        Filled, in the order of `scopes_of`; a region has the pools at home in it, places bought elsewhere have nothing.
    design : BuiltDesign
        For the home regions of its pools.
    scenario : Scenario
        For its regions and the years measured.
    """
    n_tallies, n_scopes, _ = sums.shape
    inside = is_in_region(design, scenario)
    sum_of_places(cells, inside, scenario.measure_from_year - 1, np.empty((n_scopes, n_tallies)), sums)


def measure_parts(
    measures: Sequence[Measure],
    sums: Sums,
    quantiles: Mapping[tuple[str, float], Floats],
    design: BuiltDesign,
) -> Parts:
    """Find what stands above and below the line of measures, for every scope and replication.

    Parameters
    ----------
    measures : sequence of Measure
        Which.
    sums : Sums
        What they are sums and quotients of.
    quantiles : mapping of (str, float) to ndarray of shape (n_scopes, n_replications)
        As in `Tallies`. A quantile over women stands above the line itself.
    design : BuiltDesign
        The design.

    Returns
    -------
    Parts
        In the order of `scopes_of`; not a number where a measure has no value or no meaning.
    """
    pers = ["one" if measure.quantile is not None else measure.per for measure in measures]
    names = list(dict.fromkeys(pers))
    of = [sums.row[measure.of] if measure.quantile is None else 0 for measure in measures]
    _, n_scopes, n_replications = sums.table.shape
    tops = np.empty((n_scopes, len(measures), n_replications))
    scale = np.array([measure.scale for measure in measures])[:, None]
    np.multiply(sums.table[of].transpose(1, 0, 2), scale, out=tops)
    for number, measure in enumerate(measures):
        if measure.quantile is not None:
            tops[:, number] = quantiles[measure.of, measure.quantile]
    _blank_meaningless(tops, measures, design)
    bottoms = np.ascontiguousarray(sums.table[[sums.row[name] for name in names]].transpose(1, 0, 2))
    return Parts(tops, bottoms, np.array([names.index(per) for per in pers]))


def _periods(scenario: Scenario, shape: tuple[int, ...]) -> dict[str, Floats]:
    """Years that each scope covers, and one for sums that are not by the year."""
    n_years = scenario.horizon_years - scenario.measure_from_year + 1
    n_regions = len(REGION_MAPS[scenario.regions])
    years = np.full(shape, float(n_years))
    years[1 + n_regions : 1 + n_regions + n_years] = 1.0
    return {"years": years, "one": np.ones(shape)}


def _blank_meaningless(values: Floats, measures: Sequence[Measure], design: BuiltDesign) -> None:
    """Take out what has no meaning: women referred to a pool, places of what is bought elsewhere or not at all.

    Nor has one replication a region that is worst off, see `sim.measures.worst_off`.
    """
    values[:, [bool(measure.worst_of) for measure in measures]] = np.nan
    kinds = np.array([measure.kind for measure in measures])
    values[-len(design.pools) - 1 :, kinds == "women"] = np.nan
    values[-1, (kinds == "places") | (not design.plan.uses_places_elsewhere)] = np.nan
