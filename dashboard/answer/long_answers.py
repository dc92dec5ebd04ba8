"""Answers that take long: one at a time for all sessions, beside the quick ones, and with a core left for these."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from dashboard.answer.answers import Progress, shared_answers
from dashboard.answer.turns import LOOK_UP_SECONDS, Turns
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


class _LeftError(Exception):
    """Nobody waits for the answer any more."""


def recall_beside(key: tuple[object, ...], make: Callable[[Progress], Any], tell: Progress) -> Any:
    """Give what anybody asked before, or compute it in a thread of its own, while ``tell`` can give it up at any time.

    For what tells its progress seldom: a page that only looked up then would keep its user waiting.
    """
    done, is_left = (0, 1), threading.Event()

    def look_up(*so_far: int) -> None:
        nonlocal done
        if is_left.is_set():
            raise _LeftError
        if so_far:
            done = so_far[0], so_far[1]

    beside = ThreadPoolExecutor(1)
    answer = beside.submit(recall_long, key, lambda: make(look_up), look_up)
    try:
        while not wait([answer], LOOK_UP_SECONDS).done:
            tell(*done)
        return answer.result()
    finally:
        is_left.set()
        beside.shutdown(wait=False)
