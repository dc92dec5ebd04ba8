"""Counting women, compiled: one pass over a ledger, and one over the sorted waits and journeys for their quantiles.

The slow twin that says the same woman by woman stands in ``tests/measures/test_adding_up.py``.
"""

import numpy as np

from sim.cohort import DAYS_PER_WEEK, DAYS_PER_YEAR
from sim.engine.compiled import compiled, inlined
from sim.engine.ledger import GAVE_UP, OUTCOMES

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
)
"""Of women admitted: counts and sums."""

COUNTED = (*OUTCOMES, "exposure_days", *COURSE_TALLIES)
"""What is counted of women, by home region or by pool."""

EXPOSURE = len(OUTCOMES)
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
) = range(EXPOSURE + 1, EXPOSURE + 1 + len(COURSE_TALLIES))

# Sorting needs one integer a woman: her replication, then the value in ticks, then her number in the replication.
TICKS_PER_UNIT = 2**20
NUMBER_BITS, VALUE_BITS = 20, 37
VALUE_SHIFT, REPLICATION_SHIFT = NUMBER_BITS, NUMBER_BITS + VALUE_BITS
NUMBER_MASK, VALUE_MASK = 2**NUMBER_BITS - 1, 2**VALUE_BITS - 1
MOST_REPLICATIONS = 2 ** (63 - REPLICATION_SHIFT)


@compiled
def count_women(first, women, ledger, region_of, minutes, horizon, by_region, by_pool):
    """Count every woman where she belongs.

    Parameters
    ----------
    first : ndarray of int of shape (n_replications + 1,)
        As `Cohort.first`.
    women : tuple of ndarray
        Municipality, referral day, gestation [weeks] and end of pregnancy of each woman.
    ledger : tuple of ndarray
        Outcome, pool and admission day of each woman.
    region_of : ndarray of int of shape (n_municipalities,)
        Region of each municipality.
    minutes : ndarray of float of shape (n_municipalities, n_pools + 1)
        Travel to each pool, and elsewhere [minutes].
    horizon : float
        End of play [days].
    by_region : ndarray of float of shape (n_replications, n_regions, n_years, n_counted)
        Filled with `COUNTED` by home region and year of referral; zeros at first.
    by_pool : ndarray of float of shape (n_replications, n_pools + 1, n_years, n_counted)
        The same of women admitted, by pool.
    """
    municipality, referral_day, gestation, pregnancy_end = women
    outcome, pool, admission_day = ledger
    for replication in range(len(first) - 1):
        for woman in range(first[replication], first[replication + 1]):
            home, referred = municipality[woman], referral_day[woman]
            if referred < 0:  # she was there already, and is not of this period
                continue
            year = int(referred / DAYS_PER_YEAR)
            own = by_region[replication, region_of[home], year]
            own[outcome[woman]] += 1
            if outcome[woman] < GAVE_UP:
                continue
            end = min(pregnancy_end[woman], horizon)
            if pool[woman] >= 0:
                admitted = admission_day[woman]
                place = by_pool[replication, pool[woman], year]
                place[outcome[woman]] += 1
                is_pregnant = admitted < pregnancy_end[woman]
                wait = admitted - referred
                weeks = gestation[woman] + wait / DAYS_PER_WEEK if is_pregnant else 0.0
                _count_course(own, wait, weeks, is_pregnant, minutes[home, pool[woman]])
                _count_course(place, wait, weeks, is_pregnant, minutes[home, pool[woman]])
                end = min(end, admitted)
            own[EXPOSURE] += end - referred


@inlined
def _count_course(own, wait, weeks, is_pregnant, minutes):
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


@compiled
def key_admitted(first, women, ledger, minutes, first_day, wait_keys, travel_keys):
    """Write a key for each admitted woman that counts, to be sorted; give their number.

    Parameters
    ----------
    first, women, ledger, minutes
        As in `count_women`.
    first_day : float
        Only women referred from then on count [days].
    wait_keys, travel_keys : ndarray of int of shape (n_women,)
        Filled from the front.
    """
    municipality, referral_day = women[0], women[1]
    pool, admission_day = ledger[1], ledger[2]
    n = 0
    for replication in range(len(first) - 1):
        for woman in range(first[replication], first[replication + 1]):
            if pool[woman] >= 0 and referral_day[woman] >= first_day:
                number = woman - first[replication]
                wait = np.int64((admission_day[woman] - referral_day[woman]) * TICKS_PER_UNIT)
                travel = np.int64(minutes[municipality[woman], pool[woman]] * TICKS_PER_UNIT)
                wait_keys[n] = (((replication << VALUE_BITS) | wait) << VALUE_SHIFT) | number
                travel_keys[n] = (((replication << VALUE_BITS) | travel) << VALUE_SHIFT) | number
                n += 1
    return n


@compiled
def order_by_scope(keys, first, women, ledger, region_of, offsets, places, ordered):
    """Deal sorted values out to the scopes they belong to, where they lie sorted again.

    Parameters
    ----------
    keys : ndarray of int of shape (n_admitted,)
        Sorted.
    first, women, ledger, region_of
        As in `count_women`.
    offsets : tuple of int
        Number of the first region's scope, of the first year's (year 0, measured or not), and of the first pool's.
    places : ndarray of int of shape (n_replications, n_scopes)
        Where the values of each replication and scope begin; counted up.
    ordered : ndarray of float of shape (4 n_admitted,)
        Filled: everything, regions, years and pools hold each woman once.
    """
    municipality, referral_day = women[0], women[1]
    pool = ledger[1]
    for key in keys:
        replication = key >> REPLICATION_SHIFT
        place = places[replication]
        woman = first[replication] + (key & NUMBER_MASK)
        value = ((key >> VALUE_SHIFT) & VALUE_MASK) / TICKS_PER_UNIT
        region_scope = offsets[0] + region_of[municipality[woman]]
        year_scope = offsets[1] + int(referral_day[woman] / DAYS_PER_YEAR)
        pool_scope = offsets[2] + pool[woman]
        ordered[place[0]] = value
        ordered[place[region_scope]] = value
        ordered[place[year_scope]] = value
        ordered[place[pool_scope]] = value
        place[0] += 1
        place[region_scope] += 1
        place[year_scope] += 1
        place[pool_scope] += 1
