"""How far every municipality is from every site, as the scenario has it."""

import numpy as np
import numpy.typing as npt

from sim.geography import TravelConstants, travel_minutes, with_own_minutes
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]


def scenario_minutes(scenario: Scenario) -> Floats:
    """Travel from every municipality to every site under the scenario's constants and own table [minutes].

    Parameters
    ----------
    scenario : Scenario
        With its travel words.

    Returns
    -------
    ndarray of float of shape (n_municipalities, n_sites)
        Minutes one way.
    """
    travel = scenario.travel
    constants = TravelConstants(*(getattr(travel, name) for name in TravelConstants._fields))
    return with_own_minutes(travel_minutes(constants), travel.minutes)
