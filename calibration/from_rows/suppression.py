"""Small numbers are not shown: a cell of fewer than five women, nor a cell from which it could be worked out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST_SHOWN = 5
"""Smallest number of women that is shown."""


def fewer_than_least(n: int) -> bool:
    """Tell whether a number of women is too small to be shown."""
    return n < LEAST_SHOWN


def shown_cells(counts: Sequence[int] | npt.NDArray[np.int64]) -> list[int | None]:
    """Suppress small cells of a row whose total is known."""
    cells = [int(count) for count in counts]
    hidden = {i for i, count in enumerate(cells) if fewer_than_least(count)}
    by_size = sorted(set(range(len(cells))) - hidden, key=lambda i: cells[i])
    while hidden and by_size and sum(cells[i] for i in hidden) < LEAST_SHOWN:
        hidden.add(by_size.pop(0))
    return [None if i in hidden else count for i, count in enumerate(cells)]


def grouped_points(
    values: npt.NDArray[np.float64], everybody: npt.NDArray[np.float64], *, step: float
) -> npt.NDArray[np.float64]:
    """Choose points of a curve of times so that none shows a single woman."""
    points: list[float] = []
    left = np.sort(values)
    while len(left) >= LEAST_SHOWN:
        point = float(np.ceil(left[LEAST_SHOWN - 1] / step) * step) or step
        if fewer_than_least(int(np.sum(everybody > point))):
            break
        points.append(point)
        left = left[left > point]
    return np.array(points)


def merged_bins(
    edges: npt.NDArray[np.float64], *counts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], tuple[npt.NDArray[np.int64], ...]]:
    """Merge neighbouring bins until each holds at least five women of every kind."""
    kept, sums = [float(edges[0])], []
    running = [0] * len(counts)
    for i in range(len(edges) - 1):
        running = [total + int(kind[i]) for total, kind in zip(running, counts, strict=True)]
        if not any(map(fewer_than_least, running)):
            kept.append(float(edges[i + 1]))
            sums.append(running)
            running = [0] * len(counts)
    if any(running) and sums:
        sums[-1] = [total + rest for total, rest in zip(sums[-1], running, strict=True)]
        kept[-1] = float(edges[-1])
    columns = np.array(sums, dtype=np.int64).reshape(len(sums), len(counts)).T
    return np.array(kept), tuple(columns)
