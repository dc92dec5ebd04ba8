"""Where each woman lives and how her pregnancy ends, compiled.

The slow twins that say the same woman by woman stand in ``tests/cohort/test_drawing_up.py``.
"""

import numpy as np

from sim.cohort.clock import DAYS_PER_WEEK, TICKS_PER_DAY
from sim.compiled import compiled


@compiled
def find_homes(draw, edges, bounds, homes):
    """Find the interval each draw falls in, by a guide table."""
    n_cells, last = len(edges), len(bounds) - 1
    for own in range(len(draw)):
        interval = edges[int(draw[own] * n_cells)]
        while interval < last and draw[own] >= bounds[interval]:
            interval += 1
        homes[own] = interval


@compiled
def end_pregnancies(gestation, birth, draws, loss, days, is_lost):
    """Say when each pregnancy ends, and how."""
    if_lost, when = draws
    probability, before_week = loss
    for woman in range(len(gestation)):
        referred = gestation[woman]
        is_lost[woman] = if_lost[woman] < probability and referred < before_week
        end = referred + when[woman] * (before_week - referred) if is_lost[woman] else birth[woman]
        days[woman] = np.rint(DAYS_PER_WEEK * (end - referred) * TICKS_PER_DAY) / TICKS_PER_DAY
