"""Summing up the values of a block and reading quantiles of them, compiled.

NumPy's and SciPy's own stand beside them in ``tests/measures/test_gathering.py``.
"""

import numpy as np

from sim.compiled import compiled


@compiled
def sum_up(values, n, mean, squares):
    """Count the values of each row, and find their mean and the sum of squared distances from it.

    Parameters
    ----------
    values : ndarray of float of shape (n_rows, n_replications)
        Not a number where a replication has no value.
    n : ndarray of int of shape (n_rows,)
        Filled with how many have one.
    mean : ndarray of float of shape (n_rows,)
        Filled with their mean; 0 where there is none.
    squares : ndarray of float of shape (n_rows,)
        Filled with the sum of squared distances from it.
    """
    for row in range(len(values)):
        own = values[row]
        count, total, apart = 0, 0.0, 0.0
        for value in own:
            count += not np.isnan(value)
            total += 0.0 if np.isnan(value) else value
        middle = total / max(count, 1)
        for value in own:
            apart += 0.0 if np.isnan(value) else (value - middle) ** 2
        n[row], mean[row], squares[row] = count, middle, apart


@compiled
def quantiles_of_sorted(values, shares, quantiles):
    """Read quantiles of each row of sorted values, linear between neighbours.

    Parameters
    ----------
    values : ndarray of float of shape (..., n_values)
        Sorted; what is not a number comes last.
    shares : tuple of float
        Which quantiles.
    quantiles : ndarray of float of shape (n_shares, ...)
        Filled; not a number where there are no values.
    """
    for row in np.ndindex(values.shape[:-1]):
        own, n = values[row], values.shape[-1]
        while n > 0 and np.isnan(own[n - 1]):
            n -= 1
        for number in range(len(shares)):
            position = shares[number] * max(n - 1, 0)
            below = int(position)
            low, high = own[below], own[min(below + 1, max(n - 1, 0))]
            quantiles[number][row] = low + (position - below) * (high - low)
