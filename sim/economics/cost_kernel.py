"""Costing compiled: the woman's course, the sums of it, and what pools cost.

Instants are in discounted years after the woman's referral, see `sim.economics.discounting`. The slow twins stand in
``tests/economics/slow_twin.py`` and ``tests/economics/test_running_costs.py``.
"""

import numpy as np

from sim.cohort import DAYS_PER_YEAR
from sim.compiled import compiled, inlined
from sim.economics.prices import ORE_PER_KRONE
from sim.scenario import PAYERS

HOME_SUPPORT_AFTER_STAY = 0.5
"""Home support after a stay is had half of what is left of the child's first year: 0-3 months after a stay that ends
6-12 months after birth (dose_home_support_post)."""

SHARED_COSTS = ("care_cost", "later_cost", "bought_cost")
"""Of women, shared out between those who pay."""
SHARES = ("", *(f"_{payer}" for payer in PAYERS))
WOMEN_MONEY = (
    *(f"{cost}{share}" for cost in SHARED_COSTS for share in SHARES),
    "bought_days",
    "residential_cost",
    "stays_completed",
    "births",
    "treatment_completed",
)
"""What is added up of women, by home region and year."""
CARE, LATER, BOUGHT, BOUGHT_DAYS, IN_PLACE, STAYS, BIRTHS, TREATED = map(
    WOMEN_MONEY.index, (*SHARED_COSTS, *WOMEN_MONEY[len(SHARED_COSTS) * len(SHARES) :])
)

RUNNING_PARTS = (
    "unit",
    "open",
    "occupied",
    "capital",
    "closed_building",
    "readiness",
    "premium",
    "left_work",
    "rota",
    "opening",
    "startup",
    "closing",
)
"""Parts of a pool's running cost, in the order of the documentation."""
RUNNING_MONEY = (
    *(f"running_cost{share}" for share in SHARES),
    *(f"running_{part}" for part in RUNNING_PARTS),
    "staff_years",
)
"""What is added up of pools, by year."""
FIRST_PART = len(SHARES)
CLOSED_BUILDING = RUNNING_PARTS.index("closed_building")
STAFF = len(RUNNING_MONEY) - 1


# -- care ------------------------------------------------------------------------------------------------------------


@inlined
def later(instant, shift):
    """Go a fixed time forward, see `sim.economics.discounting.shift_of`."""
    return instant * shift[0] + shift[1]


@compiled
def care_outside(start, stop, birth, until, rates):
    """Cost the care of a woman who is in no place from one instant to another."""
    stop = min(stop, until)
    course_ends = min(later(start, rates.family_course), birth)
    in_pregnancy = max(min(course_ends, stop) - start, 0.0)
    family = in_pregnancy + _second_family_course(start, stop, birth, rates)
    return rates.steady * max(stop - start, 0.0) + rates.family * family


@compiled
def care_after_stay(discharge, birth, until, rates):
    """Cost the care that follows a completed stay, as in course 2."""
    first_birthday = later(birth, rates.one_year)
    in_first_year = max(min(first_birthday, until) - discharge, 0.0)
    in_second_year = max(until - max(first_birthday, discharge), 0.0)
    support = HOME_SUPPORT_AFTER_STAY * in_first_year + in_second_year
    family = _second_family_course(discharge, until, birth, rates)
    ambulatory = rates.ambulatory * max(until - discharge, 0.0)
    return ambulatory + rates.home_support * support + rates.family_treatment * family


@inlined
def _second_family_course(start, stop, birth, rates):
    """Length of the course of family treatment in the child's second year."""
    begins = max(later(birth, rates.one_year), start)
    return max(min(later(begins, rates.family_course), stop) - begins, 0.0)


@inlined
def _end_of_care(birth, is_lost, rates):
    """The second birthday, or the loss."""
    return birth if is_lost else later(birth, rates.two_years)


@compiled
def cost_without_stay(first, women, births, region_of, starts, rates, otherwise, care, cells):
    """Cost every woman's course as if she were never admitted, and add up."""
    municipality, referral_day, is_lost, outcome_mark = women
    for replication in range(len(first) - 1):
        year = 0
        for woman in range(first[replication], first[replication + 1]):  # in order of referral
            if referral_day[woman] < 0:  # her course belongs to an earlier year
                care[woman] = 0.0
                continue
            birth = births[woman]
            until = _end_of_care(birth, is_lost[woman], rates)
            cost = np.rint(care_outside(0.0, until, birth, until, rates) * ORE_PER_KRONE)
            care[woman] = cost
            while referral_day[woman] >= starts[year + 1]:
                year += 1
            own = cells[replication, region_of[municipality[woman]], year]
            own[CARE] += cost
            if not is_lost[woman]:
                own[BIRTHS] += 1
                own[TREATED] += outcome_mark[woman] < otherwise


# -- stays -----------------------------------------------------------------------------------------------------------


@compiled
def cost_stays(stays, women, elsewhere, rates, prices, outside, in_place):
    """Cost the courses of the women admitted."""
    her, admissions, discharges, is_completed = stays
    pool, births, is_lost = women
    for stay in range(len(her)):
        woman, admission, discharge = her[stay], admissions[stay], discharges[stay]
        birth = births[woman]
        until = _end_of_care(birth, is_lost[woman], rates)
        care = care_outside(0.0, admission, birth, until, rates) if admission > 0.0 else 0.0
        if is_completed[stay]:
            care += care_after_stay(discharge, birth, until, rates)
        else:
            care += care_outside(discharge, until, birth, until, rates)
        price, is_beside = prices[1] if pool[woman] >= elsewhere else prices[0]
        lived = max(min(discharge, later(birth, rates.two_years)) - admission, 0.0)  # also after a loss
        outside[stay] = care + rates.ambulatory * lived if is_beside else care
        in_place[stay] = lived * price


@compiled
def add_stays(first, stays, women, region_of, starts, completion, cells):
    """Add up what stays change in the courses of women admitted, by home region and year of referral."""
    her, is_completed, outside, in_place = stays
    municipality, referral_day, is_lost, outcome_mark, care = women
    replication, year = 0, 0
    for stay in range(len(her)):
        woman = her[stay]
        while woman >= first[replication + 1]:
            replication += 1
            year = 0
        while referral_day[woman] >= starts[year + 1]:
            year += 1
        own = cells[replication, region_of[municipality[woman]], year]
        own[CARE] += np.rint(outside[stay] * ORE_PER_KRONE) - care[woman]
        own[IN_PLACE] += np.rint(in_place[stay] * ORE_PER_KRONE)
        if is_completed[stay] and not is_lost[woman]:
            own[STAYS] += 1
            own[TREATED] += outcome_mark[woman] < completion[0]
            own[TREATED] -= outcome_mark[woman] < completion[1]


@compiled
def add_bought_days(first, women, ledger, region_of, elsewhere, starts, cells):
    """Add up days in places bought elsewhere, by home region and the year of the days."""
    pool, admission_day, discharge_day = ledger
    n_years, horizon = cells.shape[2], starts[-1]
    for replication in range(len(first) - 1):
        for woman in range(first[replication], first[replication + 1]):
            if pool[woman] < elsewhere:
                continue
            then = admission_day[woman]
            discharge = discharge_day[woman] if discharge_day[woman] < horizon else horizon
            for year in range(n_years):
                days = min(discharge, starts[year + 1]) - max(then, starts[year])
                cells[replication, region_of[women[woman]], year, BOUGHT_DAYS] += max(days, 0.0)


# -- who pays --------------------------------------------------------------------------------------------------------


@compiled
def settle_women(cells, later_prices, bought_price, cuts):
    """Price later consequences and days bought, and share out what is paid together, cell by cell."""
    care, completed, not_completed, bought = cuts
    n_replications, n_regions, n_years, _ = cells.shape
    for replication in range(n_replications):
        for region in range(n_regions):
            for year in range(n_years):
                own = cells[replication, region, year]
                own[BOUGHT] = np.rint(own[BOUGHT_DAYS] * bought_price * ORE_PER_KRONE)
                _share_out(own, CARE, own[CARE], care)
                _share_out(own, BOUGHT, own[BOUGHT], bought)
                cost, cost_otherwise = own[TREATED] * later_prices[0], (own[BIRTHS] - own[TREATED]) * later_prices[1]
                own[LATER] = cost + cost_otherwise
                _share_out(own, LATER, cost, completed)
                _share_out(own, LATER, cost_otherwise, not_completed)


@inlined
def _share_out(own, cost, ore, cut):
    """Add an amount's shares to the columns of those who pay: whole øre that add up to it."""
    municipality, both = np.rint(ore * cut[0]), np.rint(ore * cut[1])
    own[cost + 1] += municipality
    own[cost + 2] += both - municipality
    own[cost + 3] += ore - both


@compiled
def cost_pools(places, standing, prices_by_staffing, cuts, cells):
    """Cost each pool and year."""
    open_days, occupied_days, closed_days, days_with_open_places, openings, missing_post_days = places
    pool_days, always_open_days, startup, closing, paid_idle_years, is_flexible, is_released = standing
    n_replications, n_pools, n_years, _ = cells.shape
    for replication in range(n_replications):
        for pool in range(n_pools):
            prices = prices_by_staffing[is_released[pool]]
            for year in range(n_years):
                own = cells[replication, pool, year]
                open_years = open_days[replication, pool, year] / DAYS_PER_YEAR
                closed_years = closed_days[replication, pool, year] / DAYS_PER_YEAR
                flexible_days = max(open_days[replication, pool, year] - always_open_days[pool, year], 0.0)
                flexible_years = flexible_days * is_flexible[pool] / DAYS_PER_YEAR
                built_years = open_years + closed_years if prices.is_built_on_top else open_years
                missing_posts = missing_post_days[replication, pool, year] / DAYS_PER_YEAR
                unit_days = (
                    days_with_open_places[replication, pool, year] if is_released[pool] else pool_days[pool, year]
                )
                parts = (
                    prices.unit * unit_days / DAYS_PER_YEAR,
                    prices.open_place * open_years,
                    prices.occupied_place * occupied_days[replication, pool, year] / DAYS_PER_YEAR,
                    prices.capital * built_years,
                    prices.closed_building * closed_years,
                    prices.closed_place * closed_years + prices.readiness * pool_days[pool, year] / DAYS_PER_YEAR,
                    prices.premium * flexible_years,
                    prices.left_work * flexible_years,
                    prices.post * missing_posts,
                    prices.opening * openings[replication, pool, year],
                    startup[pool, year],
                    closing[pool, year],
                )
                running, before = 0.0, 0.0
                for part in range(len(parts)):
                    total = running + parts[part]  # rounded together, so that the parts add up to the total
                    until = np.rint(total * ORE_PER_KRONE)
                    own[FIRST_PART + part] = until - before
                    before = until
                    if part != CLOSED_BUILDING:  # which is in what closed places cost, the part that follows
                        running = total
                own[:FIRST_PART] = 0.0
                own[0] = before
                _share_out(own, 0, before, cuts)
                own[STAFF] = (open_years + paid_idle_years[pool, year]) * prices.staff_per_place + missing_posts


@compiled
def count_missing_posts(changes, starts, needed, posts_per_place, since, places, cells):
    """Count the post-days that open places have too few of, pool by pool from each change to the next."""
    first, changed_pool, changed_day, changed_places = changes
    n_replications, n_pools, _ = cells.shape
    for replication in range(n_replications):
        places[:] = 0
        for change in range(first[replication], first[replication + 1]):
            pool, day = changed_pool[change], changed_day[change]
            _add_missing(since[pool], day, places[pool], starts, needed, posts_per_place, cells[replication, pool])
            since[pool], places[pool] = day, changed_places[change]
        for pool in range(n_pools):
            _add_missing(
                since[pool], starts[-1], places[pool], starts, needed, posts_per_place, cells[replication, pool]
            )


@inlined
def _add_missing(since, until, places, starts, needed, posts_per_place, own):
    """Add the posts missing while so many places are open; none are needed where none is."""
    missing = max(needed - posts_per_place * places, 0.0) if places > 0 else 0.0
    for year in range(len(own)):
        own[year] += missing * max(min(until, starts[year + 1]) - max(since, starts[year]), 0.0)


# -- what a plan says of its pools -------------------------------------------------------------------------------------


@compiled
def stand_by_plan(days, openings, starts, cells):
    """Count what a plan says of its pools before anything is played; nothing happens after they close."""
    asked_from_day, staffed_from_day, closes_day = days
    pool_days, always_open_days, new_pools, new_places, ended_pools, ended_places = cells
    n_pools, n_years = pool_days.shape
    for pool in range(n_pools):
        is_staffed = staffed_from_day[pool] < closes_day[pool]
        for year in range(n_years):
            pool_days[pool, year] = _days_between(asked_from_day[pool], closes_day[pool], starts, year)
            new_pools[pool, year] += is_staffed and _is_in(staffed_from_day[pool], starts, year)
            ended_pools[pool, year] += is_staffed and _is_in(closes_day[pool], starts, year)
    opening_day, opening_pool, opening_places = openings
    for opening in range(len(opening_day)):
        day, pool, places = opening_day[opening], opening_pool[opening], opening_places[opening]
        closes = closes_day[pool]
        for year in range(n_years):
            new_places[pool, year] += places * (day < closes and _is_in(day, starts, year))
            ended_places[pool, year] += places * (day < closes and _is_in(closes, starts, year))
            always_open_days[pool, year] += places * _days_between(day, closes, starts, year)


@inlined
def _is_in(day, starts, year):
    """Whether an instant lies in a year."""
    return starts[year] <= day < starts[year + 1]


@inlined
def _days_between(day, until, starts, year):
    """Days of a year that come after one instant and before another [days]."""
    return max(min(until, starts[year + 1]) - max(day, starts[year]), 0.0)
