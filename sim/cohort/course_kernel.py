"""Where each woman lives and how her pregnancy ends, compiled.

The slow twins that say the same woman by woman stands in ``tests/cohort/test_drawing_up.py``.
"""

import numpy as np

from sim.cohort.clock import DAYS_PER_WEEK, TICKS_PER_DAY
from sim.compiled import compiled


@compiled
def find_homes(draw, edges, bounds, homes):
    """Find the interval each draw falls in, by a guide table.

    Parameters
    ----------
    draw : ndarray of float of shape (n_draws,)
        From 0 up to but not including 1.
    edges : ndarray of int of shape (n_cells,)
        Interval at the left edge of each cell of the guide table.
    bounds : ndarray of float of shape (n_intervals,)
        Upper ends in ascending order, the last one 1.
    homes : ndarray of int of shape (n_draws,)
        Filled with numbers of intervals.
    """
    n_cells, last = len(edges), len(bounds) - 1
    for own in range(len(draw)):
        interval = edges[int(draw[own] * n_cells)]
        while interval < last and draw[own] >= bounds[interval]:
            interval += 1
        homes[own] = interval


@compiled
def end_pregnancies(gestation, birth, draws, loss, days, is_lost):
    """Say when each pregnancy ends, and how.

    Parameters
    ----------
    gestation, birth : ndarray of float of shape (n_women,)
        Gestational age at referral, and at birth if there is one [weeks].
    draws : tuple of ndarray of float of shape (n_women,)
        Whether she loses it, and when.
    loss : tuple of float
        Probability of a loss, and the gestational age before which it comes [weeks].
    days : ndarray of float of shape (n_women,)
        Filled with the days from referral to the end [days].
    is_lost : ndarray of bool of shape (n_women,)
        Filled with whether it ends by loss.
    """
    if_lost, when = draws
    probability, before_week = loss
    for woman in range(len(gestation)):
        referred = gestation[woman]
        is_lost[woman] = if_lost[woman] < probability and referred < before_week
        end = referred + when[woman] * (before_week - referred) if is_lost[woman] else birth[woman]
        days[woman] = np.rint(DAYS_PER_WEEK * (end - referred) * TICKS_PER_DAY) / TICKS_PER_DAY
