"""Replications go block by block: in order, the last cut, progress told, and stopped when it is enough."""

import time

import pytest

from sim.experiment.blocks import in_blocks


def sizes(block: int, n_replications: int) -> tuple[int, int]:
    time.sleep(0.01 * (3 - block))  # the first are the slowest
    return block, n_replications


@pytest.mark.unit
@pytest.mark.parametrize("cores", [1, 3])
def test_blocks_come_in_order_and_the_last_is_cut(cores: int) -> None:
    assert list(in_blocks(sizes, 110, cores=cores)) == [(0, 50), (1, 50), (2, 10)]
    assert list(in_blocks(sizes, 100, cores=cores)) == [(0, 50), (1, 50)]


@pytest.mark.unit
@pytest.mark.parametrize("cores", [1, 3])
def test_progress_is_told_when_a_block_is_used_and_enough_ends_it(cores: int) -> None:
    told: list[tuple[int, int]] = []
    used = []
    blocks = in_blocks(
        sizes, 140, cores=cores, on_progress=lambda *done: told.append(done), is_enough=lambda done: done >= 100
    )
    for block, _ in blocks:
        assert len(told) == block
        used.append(block)
    assert used == [0, 1]
    assert told == [(50, 140), (100, 140)]


@pytest.mark.unit
def test_no_replications_are_refused() -> None:
    with pytest.raises(ValueError, match=r"replications: at least 1; got 0\. Ask for more\."):
        next(in_blocks(sizes, 0))
