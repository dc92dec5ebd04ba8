"""How many women live in the units at once, compiled: counted once a week, and read where most weeks do not exceed it.

The slow twin, which asks of each woman at each instant whether she lives there, stands in
``tests/measures/test_living_in.py``.
"""

from math import ceil

from sim.compiled import compiled, inlined

STEP_DAYS = 7.0
"""Women living in are counted on the opening day and every so many days after [days]."""


@compiled
def count_living(first, course, days, share, at_home, n_instants, room, levels):
    """Read the number of women living in at once that is not exceeded at a share of the instants, for each scope.

    A region has the units that are ``at_home`` in it, pairs of the two. Places bought elsewhere are no units; a scope
    that has no instants is left as it is.
    """
    starts, begin = days
    change, living, counted = room
    n_pools = len(change)
    first_pool = len(living) - n_pools
    first_year = first_pool - len(starts) + 1
    most = counted.shape[1] - 1
    for replication in range(len(first) - 1):
        living[:] = 0
        counted[:, : most + 1] = 0
        _list_changes(first[replication], first[replication + 1], course, begin, n_instants[0], change)
        year, most = 0, 0
        for instant in range(n_instants[0]):
            while begin + instant * STEP_DAYS >= starts[year + 1]:
                year += 1
            living[:first_year] = 0
            for unit in range(n_pools):
                here = living[first_pool + unit] + change[unit, instant]
                living[first_pool + unit] = here
                counted[first_pool + unit, here] += 1
                living[0] += here
            for region, unit in at_home:
                living[1 + region] += living[first_pool + unit]
            for scope in range(first_year):
                counted[scope, living[scope]] += 1
            counted[first_year + year, living[0]] += 1
            most = max(most, living[0])
        for scope in range(len(living)):
            if n_instants[scope] > 0:
                levels[scope, replication] = _not_exceeded(counted[scope], share * n_instants[scope])


@inlined
def _list_changes(start, stop, course, begin, n_instants, change):
    """By how many women more or fewer live in each unit from one instant to the next."""
    pool, admission_day, discharge_day = course
    change[:] = 0
    for woman in range(start, stop):
        if 0 <= pool[woman] < len(change):
            change[pool[woman], _first_instant(admission_day[woman], begin, n_instants)] += 1
            change[pool[woman], _first_instant(discharge_day[woman], begin, n_instants)] -= 1


@inlined
def _first_instant(day, begin, n_instants):
    """Number of the first instant that is not before a day; that after the last for a later day, or none."""
    steps = (day - begin) / STEP_DAYS
    return max(0, ceil(steps)) if steps <= n_instants - 1 else n_instants


@inlined
def _not_exceeded(counted, wanted):
    """The smallest number of women that is not exceeded at so many instants."""
    until, level = counted[0], 0
    while until < wanted:
        level += 1
        until += counted[level]
    return level
