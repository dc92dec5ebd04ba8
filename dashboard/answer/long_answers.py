"""Answers that take long: one at a time for all sessions, beside the quick ones, and with a core left for these."""

from collections.abc import Callable
from typing import Any

from dashboard.answer.answers import shared_answers
from dashboard.answer.turns import Turns
from sim.experiment import available_cores

_TURNS = Turns()


def long_cores() -> int:
    """Count the cores that a long computation may use."""
    return max(1, available_cores() - 1)


def compute_long(make: Callable[[], Any], on_wait: Callable[[], None]) -> Any:
    """Compute something for one session when it is its turn."""
    with _TURNS.turn(on_wait):
        return make()


def recall_long(key: tuple[object, ...], make: Callable[[], Any], on_wait: Callable[[], None]) -> Any:
    """Give what anybody asked before, or compute it when it is our turn."""
    memory = shared_answers().memory
    return memory.recall(key, lambda: compute_long(lambda: memory.recall(key, make), on_wait))
