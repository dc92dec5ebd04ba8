"""Answers that take long: one at a time for all sessions, beside the quick ones, and with a core left for these."""

from collections.abc import Callable
from typing import Any

from dashboard.answers import shared_answers
from dashboard.turns import Turns
from sim.experiment import available_cores

_TURNS = Turns()


def long_cores() -> int:
    """Count the cores that a long computation may use.

    Returns
    -------
    int
        All but one, and at least one.
    """
    return max(1, available_cores() - 1)


def compute_long(make: Callable[[], Any], on_wait: Callable[[], None]) -> Any:
    """Compute something for one session when it is its turn.

    Parameters
    ----------
    make : callable
        Computes it.
    on_wait : callable
        Called now and then while others compute; what it raises ends the waiting.

    Returns
    -------
    object
        What was made; nothing is kept.
    """
    with _TURNS.turn(on_wait):
        return make()


def recall_long(key: tuple[object, ...], make: Callable[[], Any], on_wait: Callable[[], None]) -> Any:
    """Give what anybody asked before, or compute it when it is our turn.

    Parameters
    ----------
    key : tuple
        Says everything that the thing depends on; nothing of anybody's.
    make : callable
        Computes it; a thing that nobody changes.
    on_wait : callable
        As for `compute_long`.

    Returns
    -------
    object
        The thing.
    """
    memory = shared_answers().memory
    return memory.recall(key, lambda: compute_long(lambda: memory.recall(key, make), on_wait))
