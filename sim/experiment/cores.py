"""Work shared out over cores, and taken back in order.

Threads serve: the kernels and NumPy let go of Python's lock while they work, and the women are shared, not copied.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Done = TypeVar("Done")

AHEAD_PER_CORE = 2
"""Pieces begun for each core before the oldest is taken back: enough to keep all busy, few enough to bound memory."""


def available_cores() -> int:
    """Count the cores this process may use.

    Returns
    -------
    int
        At least 1.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(pieces: Iterable[Callable[[], Done]], cores: int) -> Iterator[Done]:
    """Do pieces of work on several cores and give what they come to in the order of the pieces."""
    if cores == 1:
        for piece in pieces:
            yield piece()
        return
    with ThreadPoolExecutor(cores, thread_name_prefix="block") as pool:
        begun: deque[Future[Done]] = deque()
        try:
            for piece in pieces:
                begun.append(pool.submit(piece))
                if len(begun) > AHEAD_PER_CORE * cores:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for waiting in begun:
                waiting.cancel()
