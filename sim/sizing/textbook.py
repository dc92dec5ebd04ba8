"""What queueing theory says of one unit, by formula.

``erlangs`` is the offered load: women a day times mean stay, the places lived in if there were no limit.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg import expm

Floats = npt.NDArray[np.float64]

_LIKELY = 1.0 - 1e-9
_LONGEST_QUEUE = 250


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
    p = _number_of_women(places, erlangs, patience_in_stays)
    number = np.arange(len(p))
    waiting = float(p @ np.maximum(number - places, 0))
    living = float(p @ np.minimum(number, places))
    return WithPatience(waiting / patience_in_stays / erlangs, float(p[places:].sum()), waiting, living)


def erlang_a_admitted_within(places: int, erlangs: float, *, patience_in_stays: float, within_in_stays: float) -> float:
    """Probability to be admitted within a time where patience is exponential (M/M/c+M).

    Whoever finds a queue moves up as stays end and as women before her give up, unless she gives up herself.
    """
    p = _number_of_women(places, erlangs, patience_in_stays)
    at_once, queue = float(p[:places].sum()), p[places:]
    n = min(int(np.searchsorted(np.cumsum(queue), queue.sum() * _LIKELY)) + 1, _LONGEST_QUEUE, len(queue))
    ahead = np.arange(n)  # women in the queue before her
    moves_up = places + ahead / patience_in_stays
    rates = np.zeros((n + 1, n + 1))  # the last state: admitted
    rates[ahead, ahead] = -(moves_up + 1.0 / patience_in_stays)
    rates[ahead[1:], ahead[1:] - 1] = moves_up[1:]
    rates[0, n] = moves_up[0]
    admitted = expm(rates * within_in_stays)[:n, n]
    return at_once + float(queue[:n] @ admitted)


def _number_of_women(places: int, erlangs: float, patience_in_stays: float) -> Floats:
    """Probabilities of each number of women, those who wait among them, from the birth-death chain."""
    most = places + 400 + int(20 * erlangs * max(1.0, patience_in_stays))
    women = np.arange(1, most + 1)
    leaving = np.minimum(women, places) + np.maximum(women - places, 0) / patience_in_stays
    weights = np.concatenate(([0.0], np.cumsum(np.log(erlangs) - np.log(leaving))))
    p: Floats = np.exp(weights - weights.max())
    p /= p.sum()
    return p
