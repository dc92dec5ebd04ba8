"""Summing up what stands above and below the line in a block, and reading quantiles, compiled.

NumPy's and SciPy's own stand beside them in ``tests/measures/test_gathering.py``.
"""

import numpy as np

from sim.compiled import compiled, inlined


@compiled
def sum_up(tops, bottoms, per, n, means, products):
    """Count the values of each measure, and find the means above and below the line and how they vary together."""
    n_replications = tops.shape[2]
    for scope in range(tops.shape[0]):
        for measure in range(tops.shape[1]):
            above, below = tops[scope, measure], bottoms[scope, per[measure]]
            count, top, bottom = 0, 0.0, 0.0
            for replication in range(n_replications):
                x, y = _of(above, below, replication)
                count += y > 0
                top += x
                bottom += y
            top, bottom = top / max(n_replications, 1), bottom / max(n_replications, 1)
            both_top, mixed, both_bottom = 0.0, 0.0, 0.0
            for replication in range(n_replications):
                x, y = _of(above, below, replication)
                both_top += (x - top) * (x - top)
                mixed += (x - top) * (y - bottom)
                both_bottom += (y - bottom) * (y - bottom)
            n[scope, measure] = count
            means[0, scope, measure], means[1, scope, measure] = top, bottom
            products[0, scope, measure] = both_top
            products[1, scope, measure] = mixed
            products[2, scope, measure] = both_bottom


@compiled
def sum_up_together(one, other, per, means, n, products):
    """Count the replications in which two designs both have a value and differ, and how they vary together."""
    (tops, bottoms), (other_tops, other_bottoms) = one, other
    for scope in range(n.shape[1]):
        for measure in range(n.shape[2]):
            above, below = tops[scope, measure], bottoms[scope, per[measure]]
            other_above, other_below = other_tops[scope, measure], other_bottoms[scope, per[measure]]
            middle = means[:, scope, measure]
            both, apart, a, b, c, d = 0, 0, 0.0, 0.0, 0.0, 0.0
            for replication in range(tops.shape[2]):
                x, y = _of(above, below, replication)
                u, v = _of(other_above, other_below, replication)
                both += y > 0 and v > 0
                apart += x != u or y != v
                x, y, u, v = x - middle[0], y - middle[1], u - middle[2], v - middle[3]
                a, b, c, d = a + x * u, b + x * v, c + y * u, d + y * v
            n[0, scope, measure], n[1, scope, measure] = both, apart
            products[0, scope, measure], products[1, scope, measure] = a, b
            products[2, scope, measure], products[3, scope, measure] = c, d


@inlined
def _of(above, below, replication):
    """What stands above and below the line; nothing where the measure has no meaning."""
    return (0.0, 0.0) if np.isnan(above[replication]) else (above[replication], below[replication])


@compiled
def quantiles_of_sorted(values, shares, quantiles):
    """Read quantiles of each row of sorted values, linear between neighbours."""
    for row in np.ndindex(values.shape[:-1]):
        own, n = values[row], values.shape[-1]
        while n > 0 and np.isnan(own[n - 1]):
            n -= 1
        for number in range(len(shares)):
            position = shares[number] * max(n - 1, 0)
            below = int(position)
            low, high = own[below], own[min(below + 1, max(n - 1, 0))]
            quantiles[number][row] = low + (position - below) * (high - low)
