"""Counting women and places, compiled: one pass over a ledger, and one over sorted waits and journeys for quantiles.

The slow twin that says the same woman by woman stands in ``tests/measures/test_adding_up.py``.
"""

import numpy as np

from sim.cohort import DAYS_PER_WEEK, HOUSEHOLDS
from sim.compiled import compiled, inlined
from sim.engine.ledger import (
    COMPLETED,
    DAYS_WITH_OPEN_PLACES,
    GAVE_UP,
    LEFT_EARLY,
    OPEN_PLACE_DAYS,
    OUTCOMES,
    POOL_DAYS,
)

COURSE_TALLIES = (
    "admitted",
    "admitted_before_birth",
    "admitted_within_7_days",
    "admitted_within_14_days",
    "admitted_within_30_days",
    "wait_days",
    "weeks_at_admission",
    "travel_minutes",
    "travel_over_60",
    "travel_over_90",
    "travel_over_120",
    "stay_days",
    *(f"admitted_{household}" for household in HOUSEHOLDS),
)
"""Of women admitted: counts and sums."""

WAY_TALLIES = ("exposure_days", "visitation_days", "referred_too_late")
"""Of women on the way to a place, by home region only."""

COUNTED = (*OUTCOMES, *WAY_TALLIES, *COURSE_TALLIES)
"""What is counted of women, by home region or by pool."""

PLACE_TALLIES = (
    *POOL_DAYS,
    "closed_place_days",
    "openings",
    "closings",
    "pool_years",
    "pool_years_below_minimum",
    "admissions",
)
"""Of a pool: days, changes, years with an open place, and women admitted."""

CLOSED_DAYS, OPENED, CLOSED, POOL_YEARS, BELOW_MINIMUM, ADMISSIONS = range(len(POOL_DAYS), len(PLACE_TALLIES))
EXPOSURE, VISITATION, TOO_LATE = range(len(OUTCOMES), len(OUTCOMES) + len(WAY_TALLIES))
(
    ADMITTED,
    BEFORE_BIRTH,
    WITHIN_7,
    WITHIN_14,
    WITHIN_30,
    WAIT,
    WEEKS,
    MINUTES,
    OVER_60,
    OVER_90,
    OVER_120,
    STAY,
    ALONE,
    _,
    _,
) = range(TOO_LATE + 1, len(COUNTED))

# Sorting needs one integer a woman: her replication, then the value in ticks, then her region, year and pool.
TICKS_PER_UNIT = 2**20
REGION_BITS, YEAR_BITS, POOL_BITS, VALUE_BITS = 3, 6, 8, 37
YEAR_SHIFT = POOL_BITS
REGION_SHIFT = YEAR_SHIFT + YEAR_BITS
VALUE_SHIFT = REGION_SHIFT + REGION_BITS
REPLICATION_SHIFT = VALUE_SHIFT + VALUE_BITS
REGION_MASK, YEAR_MASK, POOL_MASK, VALUE_MASK = (
    2**bits - 1 for bits in (REGION_BITS, YEAR_BITS, POOL_BITS, VALUE_BITS)
)


@compiled
def count_outcomes(first, women, outcome, region_of, starts, by_region, accepted):
    """Count every woman by her outcome and her visitation; list those who accept some place."""
    municipality, referral_day, pregnancy_end, visitation_days = women
    n = 0
    for replication in range(len(first) - 1):
        year = 0
        for woman in range(first[replication], first[replication + 1]):  # in order of referral
            if referral_day[woman] < 0:  # she was there already, and is not of this period
                continue
            while referral_day[woman] >= starts[year + 1]:
                year += 1
            own = by_region[replication, region_of[municipality[woman]], year]
            own[outcome[woman]] += 1
            own[VISITATION] += visitation_days[woman]
            own[TOO_LATE] += pregnancy_end[woman] <= referral_day[woman] + visitation_days[woman]
            accepted[n] = woman
            n += outcome[woman] >= GAVE_UP
    return n


@compiled
def count_courses(first, accepted, women, ledger, region_of, minutes, days, by_region, by_pool, keys):
    """Count the women who accept some place; write keys of those admitted, and of those who left, to be sorted."""
    municipality, referral_day, gestation, pregnancy_end, household = women
    outcome, pool, admission_day, discharge_day = ledger
    wait_keys, travel_keys, stay_keys = keys
    elsewhere = by_pool.shape[1] - 1
    first_day, starts = days
    horizon = starts[-1]
    n_keys, n_stays, replication, year = 0, 0, 0, 0
    for woman in accepted:
        while woman >= first[replication + 1]:
            replication += 1
            year = 0
        home, referred = municipality[woman], referral_day[woman]
        region = region_of[home]
        while referred >= starts[year + 1]:
            year += 1
        own = by_region[replication, region, year]
        end = min(pregnancy_end[woman], horizon)
        if pool[woman] >= 0:
            admitted = admission_day[woman]
            unit = min(pool[woman], elsewhere)  # wherever it was bought, it is one pool
            place = by_pool[replication, unit, year]
            place[outcome[woman]] += 1
            is_pregnant = admitted < pregnancy_end[woman]
            wait, way = admitted - referred, minutes[home, pool[woman]]
            weeks = gestation[woman] + wait / DAYS_PER_WEEK if is_pregnant else 0.0
            is_over = outcome[woman] == COMPLETED or outcome[woman] == LEFT_EARLY
            stay = discharge_day[woman] - admitted if is_over else 0.0
            _count_course(own, wait, weeks, is_pregnant, way, stay, household[woman])
            _count_course(place, wait, weeks, is_pregnant, way, stay, household[woman])
            end = min(end, admitted)
            if referred >= first_day:
                where = (region << REGION_SHIFT) | (year << YEAR_SHIFT) | unit
                wait_keys[n_keys] = _key(replication, wait, where)
                travel_keys[n_keys] = _key(replication, way, where)
                n_keys += 1
                if is_over:
                    stay_keys[n_stays] = _key(replication, stay, where)
                    n_stays += 1
        own[EXPOSURE] += end - referred
    return n_keys, n_stays


@inlined
def _count_course(own, wait, weeks, is_pregnant, minutes, stay, household):
    """Count an admitted woman."""
    own[ADMITTED] += 1
    own[BEFORE_BIRTH] += is_pregnant
    own[WITHIN_7] += wait <= 7
    own[WITHIN_14] += wait <= 14
    own[WITHIN_30] += wait <= 30
    own[WAIT] += wait
    own[WEEKS] += weeks
    own[MINUTES] += minutes
    own[OVER_60] += minutes > 60
    own[OVER_90] += minutes > 90
    own[OVER_120] += minutes > 120
    own[STAY] += stay
    own[ALONE + household] += 1


@inlined
def _key(replication, value, where):
    """One integer: sorted, the values of each replication ascend."""
    return (((replication << VALUE_BITS) | np.int64(value * TICKS_PER_UNIT)) << VALUE_SHIFT) | where


@compiled
def count_places(ledger, plan, starts, minimum_volume, cells):
    """Put side by side what is counted of places."""
    pool_days, openings, closings, admissions = ledger
    asked_from_day, closes_day, is_flexible, max_places = plan
    n_replications, n_pools, n_years, n_days = pool_days.shape
    for replication in range(n_replications):
        for pool in range(n_pools):
            for year in range(n_years):
                own, days = cells[replication, pool, year], pool_days[replication, pool, year]
                for kind in range(n_days):
                    own[kind] = days[kind]
                admitted, is_there = admissions[replication, pool, year], days[DAYS_WITH_OPEN_PLACES] > 0
                # Places that could open again: the most there can be less the open ones, from when women are asked
                # until the pool closes for good.
                until = min(closes_day[pool], starts[year + 1])
                there = max(until - max(asked_from_day[pool], starts[year]), 0.0)
                closed = max(max_places[pool] * there - days[OPEN_PLACE_DAYS], 0.0)
                own[CLOSED_DAYS] = closed if is_flexible[pool] else 0.0
                own[OPENED] = openings[replication, pool, year]
                own[CLOSED] = closings[replication, pool, year]
                own[POOL_YEARS] = is_there
                own[BELOW_MINIMUM] = is_there and admitted < minimum_volume
                own[ADMISSIONS] = admitted


@compiled
def read_quantiles(keys, share, offsets, counts, ranks, quantiles):
    """Read a quantile of each scope from sorted keys, linear between neighbours."""
    start = 0
    while start < len(keys):
        replication = keys[start] >> REPLICATION_SHIFT
        counts[:] = 0
        end = start
        while end < len(keys) and keys[end] >> REPLICATION_SHIFT == replication:
            for scope in _scopes_of(keys[end], offsets):
                counts[scope] += 1
            end += 1
        for scope in range(len(counts)):
            # Counted down to 0 at the value below the quantile, to -1 at the one above.
            ranks[scope] = int(share * (counts[scope] - 1))
        for key in keys[start:end]:
            value = ((key >> VALUE_SHIFT) & VALUE_MASK) / TICKS_PER_UNIT
            for scope in _scopes_of(key, offsets):
                rank = ranks[scope]
                if rank == 0:
                    quantiles[scope, replication] = value
                elif rank == -1:
                    position = share * (counts[scope] - 1)
                    low = quantiles[scope, replication]
                    quantiles[scope, replication] = low + (position - int(position)) * (value - low)
                ranks[scope] = rank - 1
        start = end


@inlined
def _scopes_of(key, offsets):
    """Scopes a woman belongs to: everything, her region, her year and her pool."""
    region, year, pool = (key >> REGION_SHIFT) & REGION_MASK, (key >> YEAR_SHIFT) & YEAR_MASK, key & POOL_MASK
    return 0, offsets[0] + region, offsets[1] + year, offsets[2] + pool
