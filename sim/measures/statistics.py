"""Statistics over replications: the mean and how sure we are of it, and how different one future may be.

Values arrive block by block and only sums are kept, so memory does not grow with replications; blocks are added in
their order, so the result is the same to the last digit however the work was shared out.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from sim.measures.summary_kernel import quantiles_of_sorted, sum_up

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CONFIDENCE = 0.95
SPREAD = (0.05, 0.95)
REPLICATIONS_KEPT = 1000
"""The spread is read from at most this many replications, the first ones, so that memory stays bounded. Each of its two
ends is then known with a standard error of 0.7 percentage points of the distribution."""


CACHED_VALUES = 100_000
"""So many values are sorted at a time."""


class Estimates(NamedTuple):
    """What is known of a set of measures; arrays of one shape.

    Attributes
    ----------
    n : ndarray of int
        Replications that have a value.
    mean : ndarray of float
        Mean over them; not a number where there is none.
    low, high : ndarray of float
        95 % confidence interval of the mean (Student's t); not a number with fewer than two values.
    p05, p95 : ndarray of float
        Nine of ten replications lie between these.
    """

    n: Ints
    mean: Floats
    low: Floats
    high: Floats
    p05: Floats
    p95: Floats


class Summary(NamedTuple):
    """Values of a block of replications, summed up; arrays of the shape of one replication's values.

    Attributes
    ----------
    n : ndarray of int
        Replications that have a value.
    mean : ndarray of float
        Mean over them; 0 where there is none.
    squares : ndarray of float
        Sum of squared distances from that mean.
    """

    n: Ints
    mean: Floats
    squares: Floats


def summarise(values: Floats) -> Summary:
    """Sum up the values of a block.

    Parameters
    ----------
    values : ndarray of float of shape (..., n_replications)
        Not a number where a replication has no value.

    Returns
    -------
    Summary
        Of shape (...).
    """
    shape = values.shape[:-1]
    n, mean, squares = np.empty(shape, dtype=np.int64), np.empty(shape), np.empty(shape)
    rows = np.ascontiguousarray(values).reshape(n.size, values.shape[-1])
    sum_up(rows, n.reshape(-1), mean.reshape(-1), squares.reshape(-1))
    return Summary(n, mean, squares)


class Gathering:
    """Values gathered block by block.

    Parameters
    ----------
    shape : tuple of int
        Of the values of one replication.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._n = np.zeros(shape, dtype=np.int64)
        self._mean = np.zeros(shape)
        self._squares = np.zeros(shape)
        self._kept: list[Floats] = []
        self._n_kept = 0

    def add(self, values: Floats, summary: Summary | None = None) -> None:
        """Add the values of a block.

        Parameters
        ----------
        values : ndarray of float of shape (*shape, n_replications)
            Not a number where a replication has no value. The first ones are kept as they are, not copied.
        summary : Summary, optional
            Of the values, if it is known already.
        """
        n, mean, squares = summary or summarise(values)
        total = self._n + n
        weight = n / np.maximum(total, 1)
        apart = mean - self._mean
        self._squares += squares + apart**2 * self._n * weight
        self._mean += apart * weight
        self._n = total
        room = REPLICATIONS_KEPT - self._n_kept
        if room > 0:
            self._kept.append(values if values.shape[-1] <= room else values[..., :room].copy())
            self._n_kept += self._kept[-1].shape[-1]

    def interval(self) -> tuple[Floats, Floats]:
        """Mean, and half the width of its confidence interval.

        Returns
        -------
        mean, half_width : ndarray of float
            Not a number where there are no values, or fewer than two.
        """
        mean = np.where(self._n > 0, self._mean, np.nan)
        variance = self._squares / np.maximum(self._n - 1, 1)
        freedom, of_each = np.unique(np.maximum(self._n - 1, 1), return_inverse=True)
        factor = stdtrit(freedom, (1 + CONFIDENCE) / 2)[of_each]
        half_width = np.where(self._n > 1, factor * np.sqrt(variance / np.maximum(self._n, 1)), np.nan)
        return mean, half_width

    def estimate(self) -> Estimates:
        """Estimate from what has been gathered so far.

        Returns
        -------
        Estimates
            Of the shape of one replication's values.
        """
        mean, half_width = self.interval()
        p05, p95 = self._spread() if self._kept else (mean, mean)
        return Estimates(self._n.copy(), mean, mean - half_width, mean + half_width, p05, p95)

    def _spread(self) -> tuple[Floats, Floats]:
        """Ends of the spread, some rows at a time: what is sorted should not leave the processor's cache."""
        ends = np.empty((len(SPREAD), *self._mean.shape))
        rows = max(1, CACHED_VALUES * len(self._mean) // max(1, self._mean.size * self._n_kept))
        for start in range(0, len(self._mean), rows):
            own = slice(start, start + rows)
            values = np.concatenate([values[own] for values in self._kept], axis=-1)
            values.sort(axis=-1)  # numbers first, missing values last
            quantiles_of_sorted(values, SPREAD, ends[:, own])
        return ends[0], ends[1]
