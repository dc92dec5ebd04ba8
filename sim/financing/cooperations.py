"""Cooperations: the units that serve the same municipalities keep one account and have one price of a day."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.geography import load_municipalities
from sim.scenario import Key

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Cooperation(NamedTuple):
    """Units with one account.

    Attributes
    ----------
    name : str
        Names of the units.
    pools : tuple of int
        Their numbers in the design.
    is_member : ndarray of bool of shape (n_municipalities,)
        Which municipalities they serve.
    """

    name: str
    pools: tuple[int, ...]
    is_member: Bools


def cooperations_of(design: BuiltDesign, region_map: str) -> tuple[Cooperation, ...]:
    """Find which units of a design keep an account together.

    Parameters
    ----------
    design : BuiltDesign
        The design.
    region_map : str
        "five" or "four".

    Returns
    -------
    tuple of Cooperation
        In the order of their first units; none where there are no units.
    """
    places = load_municipalities()
    together: dict[bytes, list[int]] = {}
    members: dict[bytes, Bools] = {}
    for number, pool in enumerate(design.pools):
        served = set(pool.serves)
        is_member = np.array(
            [
                region in served or code in served
                for region, code in zip(places.region(region_map), places.code, strict=True)
            ]
        )
        key = is_member.tobytes()
        together.setdefault(key, []).append(number)
        members[key] = is_member
    return tuple(
        Cooperation("+".join(design.pools[number].id for number in numbers), tuple(numbers), members[key])
        for key, numbers in together.items()
    )


def key_weights(key: Key, is_member: Bools) -> Floats:
    """Weigh municipalities by a key.

    Parameters
    ----------
    key : {"population", "births", "women"}
        A column of the municipalities' table.
    is_member : ndarray of bool of shape (n_municipalities,)
        Who shares.

    Returns
    -------
    ndarray of float of shape (n_municipalities,)
        Not yet divided by their sum; 0 for who does not share.
    """
    weights: Floats = np.where(is_member, getattr(load_municipalities(), key), 0).astype(np.float64)
    return weights
