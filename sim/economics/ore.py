"""Øre: amounts as whole numbers of øre, shared out without losing one.

A float holds whole numbers exactly up to 2**53, which is 90 thousand billion kroner in øre. Sums of whole øre are
therefore exact in any order: payers add up to the total, pools to the design and years to the horizon.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.scenario import PayerShares

Floats = npt.NDArray[np.float64]

PAYERS = ("municipality", "region", "state")
ORE_PER_KRONE = 100.0


def in_ore(kroner: Floats) -> Floats:
    """Round kroner to whole øre.

    Parameters
    ----------
    kroner : ndarray of float
        Amounts [DKK].

    Returns
    -------
    ndarray of float
        Whole numbers [øre].
    """
    return np.rint(kroner * ORE_PER_KRONE)


def round_together(parts: Sequence[Floats]) -> list[Floats]:
    """Round parts to whole øre so that they add up to the rounded total.

    Parameters
    ----------
    parts : sequence of ndarray of float
        Amounts of one shape [DKK].

    Returns
    -------
    list of ndarray of float
        Whole numbers, each less than one øre from its part [øre].
    """
    running = np.zeros_like(parts[0])
    before = np.zeros_like(parts[0])
    rounded = []
    for part in parts:
        running = running + part
        until = in_ore(running)
        rounded.append(until - before)
        before = until
    return rounded


def share_out(ore: Floats, payers: PayerShares) -> dict[str, Floats]:
    """Share amounts out between those who pay.

    Parameters
    ----------
    ore : ndarray of float
        Whole numbers [øre].
    payers : PayerShares
        The share of each.

    Returns
    -------
    dict of str to ndarray of float
        For each of `PAYERS` whole numbers that add up to the amount [øre]; nothing for who has no share.
    """
    whole = payers.municipality + payers.region + payers.state
    municipality = np.rint(ore * (payers.municipality / whole))
    both = ore if payers.state == 0 else np.rint(ore * ((payers.municipality + payers.region) / whole))
    return dict(zip(PAYERS, (municipality, both - municipality, ore - both), strict=True))
