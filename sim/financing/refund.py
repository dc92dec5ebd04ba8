"""The state's refund of expensive single cases: a share of what a woman's days cost her municipality in a year."""

import numpy as np
import numpy.typing as npt

from sim.economics import price_factor
from sim.scenario import Economics

Floats = npt.NDArray[np.float64]


def refund_amounts(economics: Economics) -> tuple[float, ...]:
    """Move the amounts above which the state refunds to the scenario's price year.

    Parameters
    ----------
    economics : Economics
        With its refund.

    Returns
    -------
    tuple of float
        Three amounts [DKK/year]. The law has them follow a rate of its own; here they follow prices.
    """
    refund = economics.refund
    factor = price_factor(amounts_of=refund.price_year, to=economics.price_year)
    return tuple(amount * factor for amount in refund.above)


def refund_of(cost: npt.ArrayLike, above: tuple[float, ...], shares: tuple[float, ...]) -> Floats:
    """Say what the state refunds.

    Parameters
    ----------
    cost : array_like of float
        What one woman costs her municipality in a year.
    above : tuple of float
        Amounts from which on each share is refunded, in order and in the same unit.
    shares : tuple of float
        The share of what lies above each amount, until the next.

    Returns
    -------
    ndarray of float
        In the unit of the cost.
    """
    costs = np.asarray(cost, dtype=np.float64)
    refunded = np.zeros_like(costs)
    for share, low, high in zip(shares, above, (*above[1:], np.inf), strict=True):
        refunded += share * np.clip(costs - low, 0.0, high - low)
    return refunded
