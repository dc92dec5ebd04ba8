"""The rules of play compiled: the same words in the same order as in `sim.engine.reference`.

Instants are whole ticks of 2**-20 day, so they compare and add exactly as integers. What will happen stands in a heap
as one integer each, made of the tick, the kind and the number of the woman or pool: the smallest is next, and ties
fall as the rules say. Nothing is allocated during play.

State lies in a few tables of integers, a row a woman or pool, so that a compiled function takes only what it touches:

- ``women``: what play must know of a woman who accepts some place, where she stands in the queue, and how it ended
  (columns `HER` ...); nobody else can change what happens, so nobody else has a row;
- ``order``: the rows of these women as they are asked;
- ``wants``: which pools are on her willing list while she waits, and which of them are of her own region;
- ``pools``: the state of each pool (columns `PERMANENT` ...), after the units the providers elsewhere, and in a last
  row the ends of the queue;
- ``rules``: what the plan says of each pool (columns `ASKED_FROM` ...), and in a last row of the whole design;
- ``years``: days of each pool and year [ticks], openings and closings, and when the year ends [ticks];
- ``opened_on``: when each flexible place opened, the last one last [ticks];
- ``heap``: what will happen; its first entry is its length;
- ``log``: changes of open places (pool, tick, places); its first row holds its length.
"""

import numpy as np
import numpy.typing as npt

from sim.cohort import ALONE, Cohort
from sim.compiled import compiled, inlined
from sim.design import NO_LIMIT, Plan
from sim.engine.ledger import (
    ALL_TAKEN_DAYS,
    BIRTH_BEFORE_PLACE,
    COMPLETED,
    DAYS_WITH_OPEN_PLACES,
    DECLINED,
    EMPTY_DAYS,
    GAVE_UP,
    IN_STAY,
    LEFT_EARLY,
    NO_POOL,
    NOT_OFFERED,
    OCCUPIED_PLACE_DAYS,
    OPEN_PLACE_DAYS,
    POOL_DAYS,
    PREGNANCY_ENDED,
    WAITING,
    Ledger,
    empty_ledger,
)
from sim.scenario import DISCIPLINES

Ints = npt.NDArray[np.int64]

TICKS_PER_DAY = 2**20
NEVER = 2**62
MOST_DAYS = 1e9
FAR = int(MOST_DAYS) * TICKS_PER_DAY  # beyond any horizon, and still room to add
NOBODY = NEVER_ASKED = -1
NOT_WANTED, WANTED, WANTED_AT_HOME = 0, 1, 2

PLACE_FREE, PLACE_OPENS, PLACE_CLOSES, LIMIT_OF_WAITING, BOUGHT_ELSEWHERE, REFERRAL = range(1, 7)
KIND_BITS, NUMBER_BITS = 3, 24
TICK_SHIFT = KIND_BITS + NUMBER_BITS
KIND_MASK, NUMBER_MASK = 2**KIND_BITS - 1, 2**NUMBER_BITS - 1

WOMEN_COLUMNS = 20
(
    HER,  # her number in the cohort
    ASKED,  # when she is asked
    IS_ASKED_AGAIN,  # whether she had said no before
    FOUND,  # when a place elsewhere is found for her
    PREGNANCY_ENDS,
    LIMIT,  # of her waiting
    REASON,  # the outcome she has if her waiting reaches its limit
    STAY,
    EARLY_LEAVING,
    HAS_SIGNED,
    HOUSING,
    NEXT,
    PREVIOUS,
    TOWARD,  # the flexible pool she counts toward
    IS_TURNING,  # whether she has left and her place is between two stays
    OUTCOME,
    POOL,
    ADMISSION,
    LEAVES,
    COMPLETES,
) = range(WOMEN_COLUMNS)
POOLS_COLUMNS = 12
(
    PERMANENT,
    FLEXIBLE_OPEN,
    LIVING,
    TURNING,
    ON_ORDER,
    N_DUE,
    COUNTED,
    IDLE_SINCE,
    CLOSING_DUE,  # when a closing is looked at next
    COUNTED_UNTIL,  # until when days are counted
    YEAR,  # and in which year that is
    IS_CLOSED,  # whether it has closed for good
) = range(POOLS_COLUMNS)
FIRST, LAST = 0, 1  # columns of the last row of pools: the ends of the queue

RULES_COLUMNS = 15
(
    ASKED_FROM,
    LAST_ADMISSION,
    CLOSES,
    IS_RAMPING_UP,
    IS_OPEN_TO_ALL,  # of its homes, from the first day to the last
    MAY_DETAIN,
    TURNAROUND,
    IS_FLEXIBLE,
    MAX_PLACES,
    MOST_FLEXIBLE,
    OPEN_AT_WAITING,
    KEEP_FREE,
    LEAD,
    CLOSE_AFTER_IDLE,
    MIN_OPEN,
) = range(RULES_COLUMNS)
FIFO, DUE_FIRST = range(len(DISCIPLINES))
(
    HORIZON,  # columns of the last row of rules
    IS_ANCHORED_AT_BIRTH,
    DISCIPLINE,
    IS_HOME_FIRST,
    N_UNITS,
    BUYS_ELSEWHERE,
    DETAINS,
    STAYS_ON,
    TAKES_TIME,
) = range(9)

OPENINGS, CLOSINGS, ENDS = range(len(POOL_DAYS), len(POOL_DAYS) + 3)
YEARS_COLUMNS = len(POOL_DAYS) + 3


def play_kernel(plan: Plan, cohort: Cohort, order_marks: npt.NDArray[np.float64]) -> Ledger:
    """Play every replication of a cohort against a plan, compiled.

    Parameters
    ----------
    plan : Plan
        The design.
    cohort : Cohort
        The women.
    order_marks : ndarray of float of shape (n_pools, n_orders, n_replications)
        The pool's j-th order fails if its j-th mark is below the pool's failure probability.

    Returns
    -------
    Ledger
        Of all replications; the same, bit for bit, as from `sim.engine.reference.play_reference`.
    """
    n_pools, n_all = plan.n_pools, plan.n_pools + len(plan.elsewhere_places)
    most_women = int(np.diff(cohort.first).max(initial=0))
    most_openings = len(plan.opening_day) + 2 * n_pools
    most_changes = cohort.n_replications * most_openings + 2 * cohort.n_women * bool(plan.is_flexible.any())
    is_failing = order_marks < plan.failure_probability[:, None, None]
    ledger = empty_ledger(cohort.n_women, cohort.n_replications, n_pools, plan.n_years)
    years = np.zeros((cohort.n_replications, n_pools, plan.n_years, YEARS_COLUMNS), dtype=np.int64)
    years[..., ENDS] = plan.year_starts[1:] * TICKS_PER_DAY
    log = np.empty((most_changes + 1, 3), dtype=np.int64)
    _play_all(
        plan,
        cohort,
        is_failing,
        np.empty((n_all + 1, RULES_COLUMNS), dtype=np.int64),
        np.empty((most_women, WOMEN_COLUMNS), dtype=np.int64),
        np.empty(most_women, dtype=np.int64),
        np.empty((most_women, n_all), dtype=np.int8),
        np.empty((n_all + 1, POOLS_COLUMNS), dtype=np.int64),
        np.empty((n_pools, int(plan.max_places.max(initial=0))), dtype=np.int64),
        np.empty(8 * most_women + n_pools + 8, dtype=np.int64),
        years,
        log,
        ledger,
    )
    changes = log[1 : log[0, 0] + 1]
    return ledger._replace(
        pool_days=years[..., : len(POOL_DAYS)] / TICKS_PER_DAY,
        openings=years[..., OPENINGS].copy(),
        closings=years[..., CLOSINGS].copy(),
        capacity_pool=changes[:, 0].copy(),
        capacity_day=changes[:, 1] / TICKS_PER_DAY,
        capacity_places=changes[:, 2].copy(),
    )


@compiled
def _write_rules(plan, cohort, rules):
    """What the plan says of each pool, and in a last row of the whole design."""
    n_units = len(plan.is_flexible)
    rules[n_units:] = 0
    for pool in range(n_units, len(rules) - 1):
        rules[pool, LAST_ADMISSION], rules[pool, CLOSES] = FAR, FAR
    for pool in range(n_units):
        own = rules[pool]
        own[ASKED_FROM] = _ticks(plan.asked_from_day[pool])
        own[LAST_ADMISSION] = _after(0, plan.last_admission_day[pool])
        own[CLOSES] = _after(0, plan.closes_day[pool])
        own[IS_RAMPING_UP] = plan.ramp_up_days[pool] > 0
        own[IS_OPEN_TO_ALL] = own[ASKED_FROM] <= 0 and own[LAST_ADMISSION] == FAR and not own[IS_RAMPING_UP]
        own[MAY_DETAIN] = plan.may_detain[pool]
        own[TURNAROUND] = _ticks(plan.turnaround_days[pool])
        own[IS_FLEXIBLE] = plan.is_flexible[pool]
        own[MAX_PLACES] = plan.max_places[pool]
        own[MOST_FLEXIBLE] = plan.most_flexible[pool]
        own[OPEN_AT_WAITING] = plan.open_at_waiting[pool]
        own[KEEP_FREE] = plan.keep_free[pool]
        own[LEAD] = _ticks(plan.lead_days[pool])
        own[CLOSE_AFTER_IDLE] = _ticks(plan.close_after_idle_days[pool])
        own[MIN_OPEN] = _ticks(plan.min_open_days[pool])
    whole = rules[-1]
    whole[HORIZON] = _ticks(plan.year_starts[-1])
    whole[IS_ANCHORED_AT_BIRTH] = plan.is_anchored_at_birth
    whole[DISCIPLINE] = plan.discipline
    whole[IS_HOME_FIRST] = plan.is_home_first
    whole[N_UNITS] = n_units
    whole[BUYS_ELSEWHERE], whole[DETAINS] = _is_any(plan.elsewhere_places), _is_any(plan.may_detain)
    whole[STAYS_ON], whole[TAKES_TIME] = _is_any(cohort.housing_days), _is_any(cohort.visitation_days)


@inlined
def _is_any(values):
    """Whether any is more than zero: what is zero for all need not be looked up for each."""
    for number in range(len(values)):  # noqa: SIM110 - compiled
        if values[number] > 0:
            return True
    return False


@compiled
def _play_all(plan, cohort, is_failing, rules, women, order, wants, pools, opened_on, heap, years, log, ledger):
    """Play every replication and enter it in the ledger."""
    _write_rules(plan, cohort, rules)
    log[0, 0] = 0
    for replication in range(len(cohort.first) - 1):
        first, end = cohort.first[replication], cohort.first[replication + 1]
        _wipe(plan, rules, pools, heap)
        n = _play_one(
            plan,
            cohort,
            first,
            end,
            is_failing[:, :, replication],
            rules,
            women,
            order,
            wants,
            pools,
            opened_on,
            heap,
            years[replication],
            log,
            ledger,
        )
        _enter_women(rules, women[:n], ledger)
        ledger.capacity_first[replication + 1] = log[0, 0]


@compiled
def _wipe(plan, rules, pools, heap):
    """Forget the replication before."""
    heap[0] = 0
    heap[1] = NEVER
    pools[:] = 0
    pools[-1, FIRST] = NOBODY
    pools[-1, LAST] = NOBODY
    pools[:-1, IDLE_SINCE] = NEVER
    pools[:-1, CLOSING_DUE] = NEVER
    n_units = rules[-1, N_UNITS]
    for pool in range(n_units):
        _push(rules, heap, rules[pool, CLOSES], PLACE_CLOSES, pool)
    for provider in range(len(plan.elsewhere_places)):
        pools[n_units + provider, PERMANENT] = plan.elsewhere_places[provider]


@compiled
def _play_one(
    plan, cohort, first, end, is_failing, rules, women, order, wants, pools, opened_on, heap, years, log, ledger
):
    """Play until the horizon; nothing happens at or after it. Gives the number of women who accept some place."""
    horizon, opening, planned = rules[-1, HORIZON], 0, _planned(plan, 0)
    n_residents = len(plan.resident_pool)
    _settle_residents(plan, cohort, first, rules, women, order, pools, opened_on, heap, years, log)
    n = _ask_all(plan, cohort, rules, women, order, ledger, first + n_residents, end, n_residents)
    for turn in range(n_residents, n + 1):
        woman = order[turn] if turn < n else NOBODY
        referral = _key(women[woman, ASKED], REFERRAL, woman) if turn < n else NEVER
        while True:
            key = min(planned, heap[1])
            now = key >> TICK_SHIFT
            if key > referral or now >= horizon:
                break
            if key == planned:
                pool, places = plan.opening_pool[opening], plan.opening_places[opening]
                _open_for_good(rules, women, wants, pools, opened_on, heap, years, log, pool, places, now)
                opening += 1
                planned = _planned(plan, opening)
            else:
                _happen(plan, cohort, is_failing, rules, women, wants, pools, opened_on, heap, years, log, key)
        if turn < n:
            _refer(plan, cohort, rules, women, wants, pools, opened_on, heap, years, woman)
    for pool in range(rules[-1, N_UNITS]):
        _count_days(pools, years, pool, horizon)
    return n


@inlined
def _refer(plan, cohort, rules, women, wants, pools, opened_on, heap, years, woman):
    """A woman who says yes to some place moves in at once, or joins the queue."""
    own = women[woman]
    now, her = own[ASKED], own[HER]
    home, family, threshold = cohort.municipality[her], _family(cohort, her), _threshold(cohort, own)
    accepts, pool_order = plan.acceptance[family, home], plan.pool_order[home]
    for place in range(len(pool_order)):
        pool = pool_order[place]
        if pool < 0:
            break
        if threshold < accepts[pool] and _free(pools, pool) > 0 and _is_open_to(plan, cohort, rules, her, pool, now):
            _move_in(rules, women, pools, opened_on, heap, years, woman, pool, now)
            return
    _list(plan, cohort, rules, threshold, accepts, pool_order, plan.is_home[:, home], wants, own, woman)
    _join_queue(rules, women, pools, heap, woman, now)
    if own[FOUND] < own[LIMIT] and _seeks_elsewhere(plan, cohort, rules, her, threshold):
        _push(rules, heap, own[FOUND], BOUGHT_ELSEWHERE, woman)
    else:
        _push(rules, heap, own[LIMIT], LIMIT_OF_WAITING, woman)


@inlined
def _planned(plan, opening):
    """What will happen next by the plan of places."""
    if opening == len(plan.opening_day):
        return NEVER
    return _key(_ticks(plan.opening_day[opening]), PLACE_OPENS, 2 * plan.opening_pool[opening])


@inlined
def _happen(plan, cohort, is_failing, rules, women, wants, pools, opened_on, heap, years, log, key):
    """Let happen what is next on the heap."""
    now, kind, number = key >> TICK_SHIFT, (key >> NUMBER_BITS) & KIND_MASK, key & NUMBER_MASK
    if kind == PLACE_FREE:
        _leave(rules, women, wants, pools, opened_on, heap, years, number, now)
        return
    _pop(heap)
    if kind == PLACE_OPENS:
        pool = number >> 1
        is_lapsing = is_failing[pool, pools[pool, N_DUE]]
        _end_order(rules, women, wants, pools, opened_on, heap, years, log, pool, is_lapsing, now)
    elif kind == PLACE_CLOSES:
        _close_when_due(rules, pools, opened_on, heap, years, log, number, now)
    elif women[number, OUTCOME] == WAITING:
        if kind == BOUGHT_ELSEWHERE:
            _take_elsewhere(plan, cohort, rules, women, wants, pools, opened_on, heap, years, number, now)
        else:
            _leave_queue(women, pools, number)
            women[number, OUTCOME] = women[number, REASON]


# -- women -----------------------------------------------------------------------------------------------------------


@compiled
def _settle_residents(plan, cohort, first, rules, women, order, pools, opened_on, heap, years, log):
    """Women who live in already are there before anything happens, with the flexible places they live in."""
    for pool in range(len(plan.already_open)):
        pools[pool, FLEXIBLE_OPEN] = plan.already_open[pool]
        for place in range(plan.already_open[pool]):
            opened_on[pool, place] = 0
        if plan.already_open[pool] > 0:
            _enter_capacity(pools, log, pool, 0)
    for woman in range(len(plan.resident_pool)):
        _meet(cohort, rules, first + woman, 0, 0, women[woman])
        order[woman], women[woman, ASKED] = woman, NEVER_ASKED
        _move_in(rules, women, pools, opened_on, heap, years, woman, plan.resident_pool[woman], 0)


@inlined
def _family(cohort, her):
    """Whether she has a partner or children, as a number."""
    return 0 if cohort.household[her] == ALONE else 1


@inlined
def _threshold(cohort, own):
    """She says yes to a probability above this, the first time or the second."""
    return cohort.again_threshold[own[HER]] if own[IS_ASKED_AGAIN] else cohort.threshold[own[HER]]


@inlined
def _ask_all(plan, cohort, rules, women, order, ledger, first, end, n):
    """Write down those who say yes, in the order they are asked; enter the others. Gives the number written down."""
    horizon, again_after = rules[-1, HORIZON], _ticks(plan.asked_again_days)
    buys_elsewhere, may_ask_again = rules[-1, BUYS_ELSEWHERE], plan.asked_again_share > 0
    for her in range(first, end):
        referral = _ticks(cohort.referral_day[her])
        decided = referral + _ticks(cohort.visitation_days[her]) if rules[-1, TAKES_TIME] else referral
        asked = max(decided, 0)
        if asked >= horizon:
            continue
        if cohort.offer_mark[her] >= plan.offered_share:
            ledger.outcome[her] = NOT_OFFERED
            continue
        reply = _reply(plan, cohort, rules, her, cohort.threshold[her], asked)
        if reply == WAITING:
            n = _write_down(cohort, rules, ledger, women, order, n, her, referral, asked, decided)
            continue
        if reply == NOT_OFFERED and not buys_elsewhere:
            ledger.outcome[her] = NOT_OFFERED
            continue
        ledger.outcome[her], ledger.asked_day[her] = DECLINED, asked / TICKS_PER_DAY
        if may_ask_again and cohort.again_mark[her] < plan.asked_again_share:
            again = asked + again_after
            if again < horizon and _reply(plan, cohort, rules, her, cohort.again_threshold[her], again) == WAITING:
                n = _write_down(cohort, rules, ledger, women, order, n, her, again, again, again)
    return n


@inlined
def _write_down(cohort, rules, ledger, women, order, n, her, since, asked, decided):
    """Write down one who says yes, in her turn, unless she has stopped waiting by then; give how many there are."""
    own = women[n]
    _meet(cohort, rules, her, since, decided, own)
    is_asked_again = ledger.outcome[her] == DECLINED
    own[ASKED], own[IS_ASKED_AGAIN] = asked, is_asked_again
    if own[LIMIT] < asked:
        if not is_asked_again:
            ledger.outcome[her], ledger.ended_day[her] = own[REASON], own[LIMIT] / TICKS_PER_DAY
        return n
    turn = n
    while turn > 0 and women[order[turn - 1], ASKED] > asked:
        order[turn] = order[turn - 1]
        turn -= 1
    order[turn] = n
    return n + 1


@inlined
def _reply(plan, cohort, rules, her, threshold, asked):
    """Ask her: `WAITING` if she says yes to some place, else `DECLINED`, or `NOT_OFFERED` if no pool is open to her."""
    home, family, reply = cohort.municipality[her], _family(cohort, her), NOT_OFFERED
    accepts, pool_order = plan.acceptance[family, home], plan.pool_order[home]
    for place in range(len(pool_order)):
        pool = pool_order[place]
        if pool < 0:
            break
        if _is_open_to(plan, cohort, rules, her, pool, asked):
            if threshold < accepts[pool]:
                return WAITING
            reply = DECLINED
    return WAITING if _seeks_elsewhere(plan, cohort, rules, her, threshold) else reply


@inlined
def _is_open_to(plan, cohort, rules, her, pool, now):
    """Whether a pool that serves her home admits women, and she hears of it."""
    own = rules[pool]
    if own[IS_OPEN_TO_ALL]:
        return True
    if now < own[ASKED_FROM] or now >= own[LAST_ADMISSION]:
        return False
    if not own[IS_RAMPING_UP]:
        return True
    start = plan.ramp_up_start[pool]
    share = (now / TICKS_PER_DAY - plan.asked_from_day[pool]) / plan.ramp_up_days[pool]
    return cohort.known_mark[her] < start + (1.0 - start) * share


@inlined
def _seeks_elsewhere(plan, cohort, rules, her, threshold):
    """Whether she says yes to some provider elsewhere."""
    if not rules[-1, BUYS_ELSEWHERE]:
        return False
    accepts = plan.elsewhere_acceptance[_family(cohort, her), cohort.municipality[her]]
    for provider in range(len(accepts)):  # noqa: SIM110 - compiled
        if threshold < accepts[provider]:
            return True
    return False


@inlined
def _list(plan, cohort, rules, threshold, acceptance, pool_order, is_home, wants, own, woman):
    """Write down her willing list, and the flexible pool she counts toward."""
    for pool in range(wants.shape[1]):
        wants[woman, pool] = NOT_WANTED
    own[TOWARD] = NOBODY
    for place in range(len(pool_order)):
        pool = pool_order[place]
        if pool < 0:
            break
        if threshold < acceptance[pool] and _is_open_to(plan, cohort, rules, own[HER], pool, own[ASKED]):
            wants[woman, pool] = WANTED_AT_HOME if is_home[pool] else WANTED
            if own[TOWARD] == NOBODY and rules[pool, IS_FLEXIBLE]:
                own[TOWARD] = pool


@inlined
def _meet(cohort, rules, her, since, decided, own):
    """Write down what play must know of her, if her patience runs since a tick and her visitation ends at another."""
    own[HER] = her
    own[OUTCOME], own[POOL], own[ADMISSION], own[LEAVES] = WAITING, NO_POOL, NEVER, NEVER
    own[STAY] = _after(0, cohort.stay_days[her])
    own[EARLY_LEAVING] = _after(0, cohort.early_leaving_days[her])
    own[HOUSING] = _ticks(cohort.housing_days[her]) if rules[-1, STAYS_ON] else 0
    own[HAS_SIGNED] = cohort.has_signed[her] if rules[-1, DETAINS] else 0
    own[IS_TURNING] = 0
    ends, is_lost = _ticks(cohort.pregnancy_end_day[her]), cohort.is_lost[her]
    own[PREGNANCY_ENDS] = ends
    if rules[-1, BUYS_ELSEWHERE]:
        own[FOUND] = max(_after(decided, cohort.search_days[her]), 0)
    own[LIMIT], own[REASON] = _after(since, cohort.patience_days[her]), GAVE_UP
    if ends < own[LIMIT] and (is_lost or not cohort.waits_past_birth[her]):
        own[LIMIT], own[REASON] = ends, PREGNANCY_ENDED if is_lost else BIRTH_BEFORE_PLACE


@inlined
def _take_elsewhere(plan, cohort, rules, women, wants, pools, opened_on, heap, years, woman, now):
    """A place elsewhere is found for her: she takes the nearest that is free, or waits for one there too."""
    own, n_units = women[woman], rules[-1, N_UNITS]
    her = own[HER]
    home, family, threshold = cohort.municipality[her], _family(cohort, her), _threshold(cohort, own)
    accepts, provider_order = plan.elsewhere_acceptance[family, home], plan.elsewhere_order[home]
    for place in range(len(provider_order)):
        provider = provider_order[place]
        if threshold < accepts[provider]:
            if _free(pools, n_units + provider) > 0:
                _leave_queue(women, pools, woman)
                _move_in(rules, women, pools, opened_on, heap, years, woman, n_units + provider, now)
                return
            wants[woman, n_units + provider] = WANTED
    _push(rules, heap, own[LIMIT], LIMIT_OF_WAITING, woman)


# -- the queue -------------------------------------------------------------------------------------------------------


@inlined
def _join_queue(rules, women, pools, heap, woman, now):
    """Put her in the queue in the order of referral; the flexible pool she counts toward may order a place."""
    before, after = pools[-1, LAST], NOBODY
    while before > woman:
        before, after = women[before, PREVIOUS], before
    women[woman, PREVIOUS], women[woman, NEXT] = before, after
    if before == NOBODY:
        pools[-1, FIRST] = woman
    else:
        women[before, NEXT] = woman
    if after == NOBODY:
        pools[-1, LAST] = woman
    else:
        women[after, PREVIOUS] = woman
    pool = women[woman, TOWARD]
    if pool != NOBODY:
        pools[pool, COUNTED] += 1
        _order_if_needed(rules, pools, heap, pool, now)


@inlined
def _leave_queue(women, pools, woman):
    """Take her off all lists."""
    before, after = women[woman, PREVIOUS], women[woman, NEXT]
    if before == NOBODY:
        pools[-1, FIRST] = after
    else:
        women[before, NEXT] = after
    if after == NOBODY:
        pools[-1, LAST] = before
    else:
        women[after, PREVIOUS] = before
    if women[woman, TOWARD] != NOBODY:
        pools[women[woman, TOWARD], COUNTED] -= 1


@inlined
def _comes_first(rules, women, wants, pools, pool):
    """Find the waiting woman who comes first for a pool's free place by the discipline."""
    discipline, is_home_first = rules[-1, DISCIPLINE], rules[-1, IS_HOME_FIRST]
    chosen, chosen_want, chosen_due = NOBODY, NOT_WANTED, NEVER
    woman = pools[-1, FIRST]
    while woman != NOBODY:
        want = wants[woman, pool]
        if want != NOT_WANTED:
            if not is_home_first:
                want = WANTED
            due = women[woman, PREGNANCY_ENDS] if discipline == DUE_FIRST else 0
            if want > chosen_want or (want == chosen_want and due < chosen_due):
                chosen, chosen_want, chosen_due = woman, want, due
        woman = women[woman, NEXT]
    return chosen


@inlined
def _give_free_place(rules, women, wants, pools, opened_on, heap, years, pool, now):
    """Give a place that has just become free to the woman who comes first, if anyone waits for it."""
    woman = NOBODY
    if now < rules[pool, LAST_ADMISSION]:
        woman = _comes_first(rules, women, wants, pools, pool)
    if woman == NOBODY:
        _note(rules, pools, opened_on, heap, pool, now)
    else:
        _leave_queue(women, pools, woman)
        _move_in(rules, women, pools, opened_on, heap, years, woman, pool, now)


# -- stays -----------------------------------------------------------------------------------------------------------


@inlined
def _move_in(rules, women, pools, opened_on, heap, years, woman, pool, now):
    """She moves in."""
    leaves = _plan_stay(rules, women, woman, pool, now)
    if pool >= rules[-1, N_UNITS]:
        if pools[pool, PERMANENT] < NO_LIMIT:
            pools[pool, LIVING] += 1
            _push(rules, heap, leaves, PLACE_FREE, woman)
        return
    _count_days(pools, years, pool, now)
    pools[pool, LIVING] += 1
    _push(rules, heap, leaves, PLACE_FREE, woman)
    _note(rules, pools, opened_on, heap, pool, now)


@inlined
def _plan_stay(rules, women, woman, pool, now):
    """Enter her admission and how it will end; give when she leaves [ticks]."""
    own = women[woman]
    starts = max(now, own[PREGNANCY_ENDS]) if rules[-1, IS_ANCHORED_AT_BIRTH] else now
    planned_end = starts + own[STAY]
    own_accord = now + own[EARLY_LEAVING]
    if own[HAS_SIGNED] and rules[pool, MAY_DETAIN]:
        own_accord = max(own_accord, own[PREGNANCY_ENDS])
    leaves = own_accord if own_accord < planned_end else planned_end + own[HOUSING]
    leaves = min(leaves, rules[pool, CLOSES])
    own[POOL], own[ADMISSION], own[LEAVES], own[COMPLETES] = pool, now, leaves, leaves >= min(planned_end, FAR)
    if leaves >= rules[-1, HORIZON]:
        own[OUTCOME] = IN_STAY
    else:
        own[OUTCOME] = COMPLETED if own[COMPLETES] else LEFT_EARLY
    return leaves


@inlined
def _leave(rules, women, wants, pools, opened_on, heap, years, woman, now):
    """She leaves, or the turnaround after her stay ends; then her place is free."""
    pool = women[woman, POOL]
    if pool < rules[-1, N_UNITS]:
        _count_days(pools, years, pool, now)
    if women[woman, IS_TURNING]:
        pools[pool, TURNING] -= 1
    else:
        pools[pool, LIVING] -= 1
        if rules[pool, TURNAROUND] > 0:
            pools[pool, TURNING] += 1
            women[woman, IS_TURNING] = 1
            _put_off(rules, heap, now + rules[pool, TURNAROUND], PLACE_FREE, woman)
            _note(rules, pools, opened_on, heap, pool, now)
            return
    _pop(heap)
    _give_free_place(rules, women, wants, pools, opened_on, heap, years, pool, now)


# -- places ----------------------------------------------------------------------------------------------------------


@inlined
def _free(pools, pool):
    """Places open now that a woman could move into."""
    return pools[pool, PERMANENT] + pools[pool, FLEXIBLE_OPEN] - pools[pool, LIVING] - pools[pool, TURNING]


@inlined
def _open_for_good(rules, women, wants, pools, opened_on, heap, years, log, pool, places, now):
    """Places open for good, by the plan."""
    _count_days(pools, years, pool, now)
    pools[pool, PERMANENT] += places
    _enter_capacity(pools, log, pool, now)
    for _ in range(places):
        _give_free_place(rules, women, wants, pools, opened_on, heap, years, pool, now)
    _note(rules, pools, opened_on, heap, pool, now)


@inlined
def _order_if_needed(rules, pools, heap, pool, now):
    """Order one more flexible place, if enough women wait and there is room."""
    on_order = pools[pool, ON_ORDER]
    is_needed = pools[pool, COUNTED] - on_order >= rules[pool, OPEN_AT_WAITING]
    is_open, flexible = pools[pool, PERMANENT] + pools[pool, FLEXIBLE_OPEN], pools[pool, FLEXIBLE_OPEN]
    has_room = is_open + on_order < rules[pool, MAX_PLACES] and flexible + on_order < rules[pool, MOST_FLEXIBLE]
    if is_needed and has_room and now < rules[pool, LAST_ADMISSION]:
        pools[pool, ON_ORDER] += 1
        _push(rules, heap, now + rules[pool, LEAD], PLACE_OPENS, 2 * pool + 1)


@inlined
def _end_order(rules, women, wants, pools, opened_on, heap, years, log, pool, is_lapsing, now):
    """Staff are there and the place opens, or the order lapses. Orders come due as they were made."""
    pools[pool, N_DUE] += 1
    pools[pool, ON_ORDER] -= 1
    if is_lapsing or now >= rules[pool, LAST_ADMISSION]:
        return
    _count_days(pools, years, pool, now)
    opened_on[pool, pools[pool, FLEXIBLE_OPEN]] = now
    pools[pool, FLEXIBLE_OPEN] += 1
    years[pool, pools[pool, YEAR], OPENINGS] += 1
    _enter_capacity(pools, log, pool, now)
    _give_free_place(rules, women, wants, pools, opened_on, heap, years, pool, now)


@inlined
def _note(rules, pools, opened_on, heap, pool, now):
    """Let a pool's idle clock run or stop after a change."""
    if not rules[pool, IS_FLEXIBLE]:
        return
    if pools[pool, FLEXIBLE_OPEN] == 0 or _free(pools, pool) <= rules[pool, KEEP_FREE]:
        pools[pool, IDLE_SINCE] = NEVER
        return
    if pools[pool, IDLE_SINCE] == NEVER:
        pools[pool, IDLE_SINCE] = now
    due = _closing_tick(rules, pools, opened_on, pool)
    if due != pools[pool, CLOSING_DUE]:
        pools[pool, CLOSING_DUE] = due
        _push(rules, heap, due, PLACE_CLOSES, pool)


@inlined
def _closing_tick(rules, pools, opened_on, pool):
    """When the place opened last closes if nothing changes [ticks]."""
    return max(
        pools[pool, IDLE_SINCE] + rules[pool, CLOSE_AFTER_IDLE],
        opened_on[pool, pools[pool, FLEXIBLE_OPEN] - 1] + rules[pool, MIN_OPEN],
    )


@inlined
def _close_when_due(rules, pools, opened_on, heap, years, log, pool, now):
    """Close the place opened last, if it is still due; or all, if the unit closes for good."""
    if now >= rules[pool, CLOSES]:
        _close_for_good(pools, years, log, pool, now)
        return
    if pools[pool, CLOSING_DUE] == now:
        pools[pool, CLOSING_DUE] = NEVER
    if pools[pool, IDLE_SINCE] == NEVER or _closing_tick(rules, pools, opened_on, pool) > now:
        return
    _count_days(pools, years, pool, now)
    pools[pool, FLEXIBLE_OPEN] -= 1
    pools[pool, IDLE_SINCE] = NEVER
    years[pool, pools[pool, YEAR], CLOSINGS] += 1
    _enter_capacity(pools, log, pool, now)
    _note(rules, pools, opened_on, heap, pool, now)


@inlined
def _close_for_good(pools, years, log, pool, now):
    """The unit closes: nobody lives there any more, and all its places close."""
    if pools[pool, IS_CLOSED]:
        return
    _count_days(pools, years, pool, now)
    years[pool, pools[pool, YEAR], CLOSINGS] += pools[pool, FLEXIBLE_OPEN]
    pools[pool, PERMANENT], pools[pool, FLEXIBLE_OPEN], pools[pool, IS_CLOSED] = 0, 0, 1
    pools[pool, IDLE_SINCE] = NEVER
    _enter_capacity(pools, log, pool, now)


# -- the ledger ------------------------------------------------------------------------------------------------------


@compiled
def _enter_women(rules, women, ledger):
    """Enter what happened to the women who accept some place."""
    for woman in range(len(women)):
        own = women[woman]
        her = own[HER]
        ledger.outcome[her] = own[OUTCOME]
        ledger.pool[her] = own[POOL]
        if own[ASKED] != NEVER_ASKED:
            ledger.asked_day[her] = own[ASKED] / TICKS_PER_DAY
        if GAVE_UP <= own[OUTCOME] < WAITING:
            ledger.ended_day[her] = own[LIMIT] / TICKS_PER_DAY
        if own[POOL] != NO_POOL:
            ledger.admission_day[her] = own[ADMISSION] / TICKS_PER_DAY
            ledger.ended_day[her] = own[LEAVES] / TICKS_PER_DAY if own[LEAVES] < FAR else np.inf
            ledger.completes[her] = own[COMPLETES]
            if own[LEAVES] < rules[-1, HORIZON]:
                ledger.discharge_day[her] = own[LEAVES] / TICKS_PER_DAY


@inlined
def _enter_capacity(pools, log, pool, now):
    """Enter how many places are open from now on."""
    log[0, 0] += 1
    row = log[0, 0]
    log[row, 0], log[row, 1] = pool, now
    log[row, 2] = pools[pool, PERMANENT] + pools[pool, FLEXIBLE_OPEN]


@inlined
def _count_days(pools, years, pool, now):
    """Count a pool's days as it stands, until now, year by year."""
    is_open, living = pools[pool, PERMANENT] + pools[pool, FLEXIBLE_OPEN], pools[pool, LIVING]
    then, year = pools[pool, COUNTED_UNTIL], pools[pool, YEAR]
    while then < now:
        own = years[pool, year]
        passed = min(now, own[ENDS]) - then
        then += passed
        if is_open > 0:
            own[OPEN_PLACE_DAYS] += is_open * passed
            own[OCCUPIED_PLACE_DAYS] += living * passed
            own[DAYS_WITH_OPEN_PLACES] += passed
            if is_open == living + pools[pool, TURNING]:
                own[ALL_TAKEN_DAYS] += passed
            if living == 0:
                own[EMPTY_DAYS] += passed
        year += then == own[ENDS]
    pools[pool, COUNTED_UNTIL], pools[pool, YEAR] = now, year


# -- what will happen ------------------------------------------------------------------------------------------------


@inlined
def _ticks(days):
    """Days as ticks; exact, since days are on the grid."""
    return np.int64(days * TICKS_PER_DAY)


@inlined
def _after(tick, days):
    """So many days after a tick; beyond any horizon if the days are endless [ticks]."""
    return tick + _ticks(days) if days < MOST_DAYS else FAR


@inlined
def _key(tick, kind, number):
    """One integer for what will happen: the smallest is next."""
    return (((tick << KIND_BITS) | kind) << NUMBER_BITS) | number


@inlined
def _push(rules, heap, tick, kind, number):
    """Add to what will happen, unless it would be at or after the horizon."""
    if tick >= rules[-1, HORIZON]:
        return
    key = _key(tick, kind, number)
    heap[0] += 1
    place = heap[0]
    while place > 1 and heap[place >> 1] > key:
        heap[place] = heap[place >> 1]
        place >>= 1
    heap[place] = key


@inlined
def _put_off(rules, heap, tick, kind, number):
    """Let something happen in place of what is next, later than that."""
    if tick >= rules[-1, HORIZON]:
        _pop(heap)
        return
    key, length, place, below = _key(tick, kind, number), heap[0], 1, 2
    while below <= length:
        if below < length:
            below += heap[below + 1] < heap[below]
        if heap[below] >= key:
            break
        heap[place] = heap[below]
        place, below = below, 2 * below
    heap[place] = key


@inlined
def _pop(heap):
    """Take what is next off the heap; what is next on an empty heap never happens.

    The gap moves down to the end, and what stood last moves up from there: mostly not far, for it comes late.
    """
    length = heap[0] - 1
    heap[0] = length
    key, place, below = heap[length + 1], 1, 2
    while below < length:
        below += heap[below + 1] < heap[below]
        heap[place] = heap[below]
        place, below = below, 2 * below
    if below == length:
        heap[place] = heap[below]
        place = below
    while place > 1 and heap[place >> 1] > key:
        heap[place] = heap[place >> 1]
        place >>= 1
    heap[place] = key if length > 0 else NEVER
