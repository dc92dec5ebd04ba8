"""Named streams of random numbers.

A stream belongs to a seed, a name and a block of replications, never to the order in which anything is called.
So a new stream shifts nobody, and a changed parameter never reshuffles another attribute's draws.

Draws stand in a matrix: row j holds the j-th draw of every replication of the block. A longer horizon only adds
rows, more replications only add blocks; what stood there before stays. See
``docs/decisions/0003-streams-in-blocks.md``.
"""

import hashlib

import numpy as np
import numpy.typing as npt

REPLICATIONS_PER_BLOCK = 50

Draws = npt.NDArray[np.float64]


def open_stream(name: str, *keys: int, seed: int) -> np.random.Generator:
    """Open the stream of that name.

    Parameters
    ----------
    name : str
        What is drawn, for instance ``patience``.
    *keys : int
        What narrows the name: the block of replications, the band of need, the year.
    seed : int
        The scenario's seed.

    Returns
    -------
    numpy.random.Generator
        At its first draw; the same for the same arguments, on every machine.
    """
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(number, *keys))))


def draw_uniforms(name: str, *keys: int, seed: int, n_rows: int) -> Draws:
    """Draw uniform numbers, a row for each woman's place in the order and a column for each replication.

    Parameters
    ----------
    name : str
        What is drawn.
    *keys : int
        The block of replications first, then what narrows the name further.
    seed : int
        The scenario's seed.
    n_rows : int
        How many draws each replication needs; fewer rows are the beginning of more rows.

    Returns
    -------
    ndarray of shape (n_rows, REPLICATIONS_PER_BLOCK)
        From 0 up to but not including 1.
    """
    return open_stream(name, *keys, seed=seed).random((n_rows, REPLICATIONS_PER_BLOCK))
