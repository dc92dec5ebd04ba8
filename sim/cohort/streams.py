"""Named streams of random numbers.

A stream belongs to a seed, a name and a block of replications, never to the order in which anything is called.
So a new stream shifts nobody, and a changed parameter never reshuffles another attribute's draws.

Draws stand in a matrix: row j holds the j-th draw of every replication of the block. A longer horizon only adds
rows, more replications only add blocks; what stood there before stays. See
``docs/decisions/0003-streams-in-blocks.md``.
"""

import hashlib
from functools import cache

import numpy as np
import numpy.typing as npt

REPLICATIONS_PER_BLOCK = 50

Draws = npt.NDArray[np.float64]


def open_stream(name: str, *keys: int, seed: int) -> "np.random.Generator":
    """Open the stream of that name."""
    return np.random.Generator(_open_bits(name, *keys, seed=seed))


def open_state(name: str, *keys: int, seed: int) -> npt.NDArray[np.uint64]:
    """Open the stream of that name for compiled code."""
    state: npt.NDArray[np.uint64] = _open_bits(name, *keys, seed=seed).state["state"]["state"]
    return state


def _open_bits(name: str, *keys: int, seed: int) -> "np.random.SFC64":
    return np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(_number_of(name), *keys)))


@cache
def _number_of(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def draw_uniforms(name: str, *keys: int, seed: int, n_rows: int) -> Draws:
    """Draw uniform numbers, a row for each woman's place in the order and a column for each replication."""
    return open_stream(name, *keys, seed=seed).random((n_rows, REPLICATIONS_PER_BLOCK))
