"""What every woman's course would cost if there were no places: the same for all designs, so reckoned once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, year_starts
from sim.economics.care import Rates, births_of, rates_of
from sim.economics.cost_kernel import WOMEN_MONEY, cost_without_stay
from sim.economics.prices import Prices, prices_of
from sim.geography import REGION_MAPS, load_municipalities
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]


class WithoutPlaces(NamedTuple):
    """The women of a cohort, as if none were ever admitted.

    Attributes
    ----------
    prices : Prices
        Of the scenario.
    rates : Rates
        What care costs.
    births : ndarray of float of shape (n_women,)
        When the pregnancy of each ends [discounted years after referral].
    care : ndarray of float of shape (n_women,)
        What the care of each costs [øre].
    cells : ndarray of float of shape (n_replications, n_regions, n_years, n_tallies)
        `WOMEN_MONEY` by home region and year of referral, as far as there are no places and nothing is shared out.
    """

    prices: Prices
    rates: Rates
    births: Floats
    care: Floats
    cells: Floats


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
    prices = prices_of(economics)
    rates = rates_of(economics, prices)
    births, care = births_of(cohort, rate=economics.discount_rate), np.empty(cohort.n_women)
    n_regions = len(REGION_MAPS[scenario.regions])
    cells = np.zeros((cohort.n_replications, n_regions, scenario.horizon_years, len(WOMEN_MONEY)))
    cost_without_stay(
        cohort.first,
        (cohort.municipality, cohort.referral_day, cohort.is_lost, cohort.outcome_mark),
        births,
        load_municipalities().region_index(scenario.regions),
        year_starts(scenario.start, scenario.horizon_years),
        rates,
        economics.completion.otherwise,
        care,
        cells,
    )
    return WithoutPlaces(prices, rates, births, care, cells)
