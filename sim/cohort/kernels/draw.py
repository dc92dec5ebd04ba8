"""Drawing compiled: who of the candidates is referred, and the uniform draws of those who are.

The generator is NumPy's SFC64, started from NumPy's own state, so the draws are those of `sim.cohort.streams`; but they
go to the women referred at once, and those of other candidates nowhere. The slow twin, which draws all of them with
NumPy and picks, stands in ``tests/cohort/test_drawing_up.py``.
"""

import numpy as np

from sim.cohort.clock import DAYS_PER_YEAR, TICKS_PER_DAY
from sim.compiled import compiled, inlined

_ONE, _SHIFT_DOWN, _SHIFT_UP = np.uint64(1), np.uint64(11), np.uint64(3)
_TURN_UP, _TURN_DOWN = np.uint64(24), np.uint64(40)
_UNIT = 2.0**-53


@compiled
def thin(gaps, heights, rate, factors, elapsed, days, rows, counts):
    """Let in the candidates of one band who stand below the referral rate of their day."""
    mean_gap, horizon, full, awareness, rise, growth = rate
    n_rows, n_replications = gaps.shape
    counts[:] = 0
    elapsed[:] = 0.0
    needed = n_rows
    for row in range(n_rows):
        is_past = True
        for replication in range(n_replications):
            elapsed[replication] += gaps[row, replication]
            day = np.rint(elapsed[replication] * mean_gap * TICKS_PER_DAY) / TICKS_PER_DAY
            if day >= horizon:
                continue
            is_past = False
            years = day / DAYS_PER_YEAR
            own = full * min(awareness + rise * years, 1.0)
            if growth != 1.0:
                own *= growth**years
            n = counts[replication]
            days[replication, n], rows[replication, n] = day, row
            counts[replication] += heights[row, replication] < own * factors[int(years), replication]
        if is_past:
            needed = row
            break
    for replication in range(n_replications):
        days[replication, counts[replication]] = np.inf
    return needed


@compiled
def line_up(days, rows, first, heads, day, places):
    """Number the women in order of referral, replication after replication; of a tie, the lower band first."""
    for replication in range(len(first) - 1):
        heads[:] = 0
        for woman in range(first[replication], first[replication + 1]):
            chosen = 0
            for band in range(1, len(heads)):
                if days[band, replication, heads[band]] < days[chosen, replication, heads[chosen]]:
                    chosen = band
            head = heads[chosen]
            heads[chosen] += 1
            day[woman] = days[chosen, replication, head]
            places[chosen, rows[chosen, replication, head], replication] = woman


@compiled
def draw_placed(states, places, draws):
    """Draw a number for each candidate and keep it where the candidate has her place."""
    for stream in range(len(states)):
        a, b, c, turn = states[stream, 0], states[stream, 1], states[stream, 2], states[stream, 3]
        own = draws[stream]
        for candidate in range(len(places)):
            a, b, c, turn, own[places[candidate]] = _draw(a, b, c, turn)


@compiled
def draw_all(state, draws):
    """Draw numbers one after the other."""
    a, b, c, turn = state[0], state[1], state[2], state[3]
    for number in range(len(draws)):
        a, b, c, turn, draws[number] = _draw(a, b, c, turn)


@inlined
def _draw(a, b, c, turn):
    """The generator's next state, and the number drawn."""
    drawn = a + b + turn
    turned = ((c << _TURN_UP) | (c >> _TURN_DOWN)) + drawn
    return b ^ (b >> _SHIFT_DOWN), c + (c << _SHIFT_UP), turned, turn + _ONE, (drawn >> _SHIFT_DOWN) * _UNIT
