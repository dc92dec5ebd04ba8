"""Replications in blocks: the one way in which anything goes through many of them."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from typing import TypeVar

from sim.cohort import REPLICATIONS_PER_BLOCK
from sim.experiment.cores import in_order

Done = TypeVar("Done")
Progress = Callable[[int, int], None]
"""Called with the replications done and the most there will be."""


def in_blocks(
    work: Callable[[int, int], Done],
    replications: int,
    *,
    cores: int = 1,
    on_progress: Progress | None = None,
    is_enough: Callable[[int], bool] = lambda done: False,
) -> Iterator[Done]:
    """Give what each block comes to, in order, the last one cut to the replications wanted.

    ``work`` takes the number of a block and how many of its replications are wanted. When whoever asked has used a
    block, progress is told, and ``is_enough`` says of the replications done whether to stop.
    """
    if replications < 1:
        raise ValueError(f"replications: at least 1; got {replications}. Ask for more.")
    whole, rest = divmod(replications, REPLICATIONS_PER_BLOCK)
    sizes = [*[REPLICATIONS_PER_BLOCK] * whole, *[rest] * bool(rest)]
    blocks = in_order((partial(work, block, size) for block, size in enumerate(sizes)), cores)
    for block, done in zip(blocks, accumulate(sizes), strict=True):
        yield block
        if on_progress is not None:
            on_progress(done, replications)
        if is_enough(done):
            return
