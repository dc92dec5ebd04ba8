"""What queueing theory says of one unit, by formula.

``erlangs`` is the offered load: women a day times mean stay, the places lived in if there were no limit.
"""

from typing import NamedTuple

import numpy as np


class WithPatience(NamedTuple):
    """A queue whose women give up after an exponential time."""

    p_gives_up: float
    p_waits: float
    mean_waiting: float  # women in the queue
    mean_living: float  # women in places


def erlang_b(places: int, erlangs: float) -> float:
    """Probability that all places are taken where nobody waits (M/G/c/c), by the usual recursion."""
    blocked = 1.0
    for place in range(1, places + 1):
        blocked = erlangs * blocked / (place + erlangs * blocked)
    return blocked


def erlang_c(places: int, erlangs: float) -> float:
    """Probability that she must wait where everybody waits as long as it takes (M/M/c)."""
    blocked = erlang_b(places, erlangs)
    return blocked / (1.0 - erlangs / places * (1.0 - blocked))


def erlang_c_mean_wait(places: int, erlangs: float, *, mean_stay: float) -> float:
    """Mean wait of all, also those who need not wait (M/M/c)."""
    return erlang_c(places, erlangs) * mean_stay / (places - erlangs)


def erlang_c_waits_longer(places: int, erlangs: float, *, mean_stay: float, than: float) -> float:
    """Probability of a wait longer than that (M/M/c, first come, first served)."""
    return erlang_c(places, erlangs) * float(np.exp(-(places - erlangs) * than / mean_stay))


def erlang_a(places: int, erlangs: float, *, patience_in_stays: float) -> WithPatience:
    """Solve the queue with exponential patience (M/M/c+M) from its birth-death chain.

    ``patience_in_stays`` is mean patience over mean stay.
    """
    most = places + 400 + int(20 * erlangs * max(1.0, patience_in_stays))
    women = np.arange(1, most + 1)
    leaving = np.minimum(women, places) + np.maximum(women - places, 0) / patience_in_stays
    weights = np.concatenate(([0.0], np.cumsum(np.log(erlangs) - np.log(leaving))))
    p = np.exp(weights - weights.max())
    p /= p.sum()
    number = np.arange(most + 1)
    waiting = float(p @ np.maximum(number - places, 0))
    living = float(p @ np.minimum(number, places))
    return WithPatience(waiting / patience_in_stays / erlangs, float(p[places:].sum()), waiting, living)
