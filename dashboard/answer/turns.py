"""Turns: who may compute now, first come, first served, so that many sessions share few cores."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_UP_SECONDS = 0.05
"""How often one who waits looks up, to see whether the answer is still wanted [seconds]."""


class Turns:
    """Turns of so many at a time."""

    def __init__(self, at_once: int = 1) -> None:
        self._free = at_once
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @property
    def n_waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
        """Wait for a turn, and give it back at the end."""
        mine = object()
        with self._changed:
            self._waiting.append(mine)
        try:
            while not self._take(mine):
                if on_wait is not None:
                    on_wait()
        except BaseException:
            with self._changed:
                if mine in self._waiting:
                    self._waiting.remove(mine)
                self._changed.notify_all()
            raise
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _take(self, mine: object) -> bool:
        with self._changed:
            is_next = self._free > 0 and self._waiting[0] is mine
            if not is_next:
                self._changed.wait(LOOK_UP_SECONDS)
                is_next = self._free > 0 and self._waiting[0] is mine
            if is_next:
                self._waiting.popleft()
                self._free -= 1
                self._changed.notify_all()
            return is_next
