"""What is believed before the data: a distribution for each parameter, from its plausible range.

Early leaving, whose two parameters belong together, has a file of its own, ``early_leaving``.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import HOUSEHOLDS, municipal_shares
from sim.geography import load_municipalities
from sim.scenario import Scenario, load_parameters
from sim.scenario.plausible import END_Z, Plausible, plausible, plausible_of

Floats = npt.NDArray[np.float64]

REGIONAL_CONCENTRATION = 30.0
"""The regional shares of the scenario weigh as much as so many women; an assumption."""
STAY_FROM_ADMISSION_DAYS = (183.0, 548.0)
"""Plausible mean of a whole stay, 6-18 months (evidence stay_ht_6_18) [days]."""


class Prior(NamedTuple):
    """What is believed of one parameter before the data."""

    distribution: Any  # on the parameter's own scale

    def interval(self) -> tuple[float, float]:
        """Give the middle 95 %."""
        low, high = self.distribution.ppf([0.025, 0.975])
        return float(low), float(high)


def parameter_prior(parameter: str, *, width: float = 1.0) -> Prior:
    """Give the prior of a parameter, from so many times its plausible range."""
    return Prior(_believed(parameter).widened(width))


def _believed(parameter: str) -> Plausible:
    table = load_parameters()
    if parameter == "stay_from_admission":
        low, high = STAY_FROM_ADMISSION_DAYS
        return plausible(low, float(np.sqrt(low * high)), high, scale="log")
    if parameter == "stay_spread":  # of even spread over the plausible range; half to double of it
        stay = table["stay_after_birth"]
        spread = ((stay.high or 0.0) - (stay.low or 0.0)) / np.sqrt(12)
        return plausible(spread / 2, spread, 2 * spread, scale="log")
    if parameter == "patience_mean":  # in days, from the share lost a day
        loss = table["patience_daily_loss"]
        low, middle, high = (-1 / float(np.log1p(-(share or 0.0))) for share in (loss.high, loss.default, loss.low))
        return plausible(low, middle, high, scale="log")
    found = plausible_of(table[parameter])
    if found is None:
        raise KeyError(parameter)
    return found


def household_concentration() -> float:
    """Find how many women the default household shares weigh, from their plausible ranges."""
    rows = [load_parameters()[f"household_{word}"] for word in ("alone", "partner", "children")]
    spreads = [((row.high or 0.0) - (row.low or 0.0)) / (2 * END_Z) for row in rows]
    sizes = [row.default * (1 - row.default) / sd**2 - 1 for row, sd in zip(rows, spreads, strict=True)]
    return float(np.mean(sizes))


def region_prior(scenario: Scenario, *, width: float = 1.0) -> Floats:
    """Give the Dirichlet numbers of the regional shares: the scenario's own shares, as so many women."""
    regions = load_municipalities().region_index(scenario.regions)
    shares = np.bincount(regions, weights=municipal_shares(scenario))
    prior: Floats = REGIONAL_CONCENTRATION / width**2 * np.maximum(shares, 1e-3) / np.maximum(shares, 1e-3).sum()
    return prior


def household_prior(*, width: float = 1.0) -> Floats:
    """Give the Dirichlet numbers of the household shares: alone, with a partner, with children (shape (3,))."""
    shares = np.array([load_parameters()[f"household_{word}"].default for word in HOUSEHOLDS])
    prior: Floats = household_concentration() / width**2 * shares
    return prior
