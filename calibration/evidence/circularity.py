"""What may not be used to check what: a number may not judge a parameter that was made from it.

A row taints a parameter if the default or its range was worked out from it or bounded by it, or from another row that
counts the same women: one it is made from, one made from it, or one made from the same.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from calibration.evidence.funnel import load_funnel
from calibration.evidence.sources import load_parameter_sources


class Circular(NamedTuple):
    """A number that may not be used to check a parameter.

    Attributes
    ----------
    row_id : str
        The number, by the id of its row.
    parameter : str
        The parameter, by its id.
    through : str
        The row that the parameter was made from: the same, or one that counts the same women.
    """

    row_id: str
    parameter: str
    through: str


@lru_cache(maxsize=1)
def circular_pairs() -> tuple[Circular, ...]:
    """List what may not be used to check what.

    Returns
    -------
    tuple of Circular
        By parameter, in the order of the table of parameters.
    """
    found: dict[tuple[str, str], Circular] = {}
    for parameter, source in load_parameter_sources().items():
        for through in source.used:
            for row_id in (through, *sorted(same_women(through) - {through})):
                is_direct = row_id == through
                if is_direct or (parameter, row_id) not in found:
                    found[parameter, row_id] = Circular(row_id, parameter, through)
    return tuple(found.values())


def circular_parameters(row_ids: Iterable[str]) -> Mapping[str, Circular]:
    """Find the parameters that may not be checked against numbers.

    Parameters
    ----------
    row_ids : iterable of str
        The numbers, by the ids of their rows.

    Returns
    -------
    mapping of str to Circular
        Why, by parameter.
    """
    wanted = set(row_ids)
    return {pair.parameter: pair for pair in reversed(circular_pairs()) if pair.row_id in wanted}


@lru_cache(maxsize=512)
def same_women(row_id: str) -> frozenset[str]:
    """Find the rows that count some of the same women.

    Parameters
    ----------
    row_id : str
        Any row of the registry.

    Returns
    -------
    frozenset of str
        The row itself, all it is made from, and all that is made from any of these.
    """
    made_from = {row.row.id: row.made_from for row in load_funnel().values()}
    parts = _reached({row_id}, made_from)
    makes: dict[str, tuple[str, ...]] = {}
    for whole, of in made_from.items():
        for part in of:
            makes[part] = (*makes.get(part, ()), whole)
    return frozenset(_reached(parts, makes))


def _reached(start: Iterable[str], steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached = set(start)
    waiting = list(reached)
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - reached
        reached |= new
        waiting.extend(new)
    return reached
