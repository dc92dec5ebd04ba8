"""Where the women live."""

import numpy as np
import numpy.typing as npt

from sim.cohort.kernels.course import find_homes
from sim.geography import REGION_MAPS, load_municipalities
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

GUIDE_CELLS = 1024


def home_of(draw: Floats, scenario: Scenario) -> npt.NDArray[np.int64]:
    """Home municipality of each woman: rows of `sim.geography.load_municipalities` (shape (n_women,))."""
    bounds = np.cumsum(municipal_shares(scenario))
    bounds[-1] = 1.0  # whatever rounding made of it
    return find_intervals(bounds, draw)


def find_intervals(bounds: Floats, draw: Floats) -> npt.NDArray[np.int64]:
    """Find the interval each draw falls in.

    A guide table gives the interval at the left edge of the draw's cell; from there it is a few steps at most.

    H. C. Chen and Y. Asau, On generating random variates from an empirical distribution, AIIE Transactions 6 (1974).
    """
    edges = np.searchsorted(bounds, np.arange(GUIDE_CELLS) / GUIDE_CELLS, side="right")
    intervals = np.empty(len(draw), dtype=np.int64)
    find_homes(draw, edges, bounds, intervals)
    return intervals


def municipal_shares(scenario: Scenario) -> Floats:
    """Share of the need that lives in each municipality.

    Parameters
    ----------
    scenario : Scenario
        Its ``regional_shares``: a key (women, population, births) or a share for each region.

    Returns
    -------
    ndarray of float of shape (n_municipalities,)
        Sums to 1. Within a region the need follows women of childbearing age, or births where their number is
        missing.
    """
    places = load_municipalities()
    region = places.region_index(scenario.regions)
    within = np.where(np.isnan(places.women), places.births, places.women)
    shares = scenario.demand.regional_shares
    if isinstance(shares, str):
        key = {"women": within, "population": places.population, "births": places.births}[shares]
        of_region = np.bincount(region, weights=key)
    else:
        of_region = np.array([shares[name] for name in REGION_MAPS[scenario.regions]])
    municipal: Floats = within / np.bincount(region, weights=within)[region] * of_region[region]
    total = float(municipal.sum())
    return municipal / total
