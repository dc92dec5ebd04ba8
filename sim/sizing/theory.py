"""The textbook's number of places for the same target and load, and why the simulation's may be another.

Units that women can choose between count as one unit: theory knows no distance, and lets every woman have any free
place. The load is that of the women who would live in the units if there was room for all, mean of the years measured.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, Cohort
from sim.scenario import Exponential, Never
from sim.sizing.search import TriedPlaces, fewest
from sim.sizing.target import SizingTarget
from sim.sizing.textbook import (
    erlang_a,
    erlang_a_admitted_within,
    erlang_b,
    erlang_c,
    erlang_c_waits_longer,
)
from sim.sizing.trials import Trials
from sim.sizing.units import MOST_IN_A_UNIT

Floats = npt.NDArray[np.float64]
Rule = Literal["erlang_b", "erlang_c", "erlang_a"]

WITHIN_DAYS = {"admitted_within_7_days": 7.0, "admitted_within_14_days": 14.0, "admitted_within_30_days": 30.0}
"""Measures that say how many are admitted in time, and the time [days]."""
KNOWN = (*WITHIN_DAYS, "refused_share", "admitted_share_of_accepted")
"""Measures of which theory says anything."""


class Textbook(NamedTuple):
    """What theory gives.

    Attributes
    ----------
    rule : str or None
        ``erlang_b`` where nobody waits, ``erlang_c`` where everybody waits as long as it takes, ``erlang_a`` between
        the two; none where theory has no formula.
    total : int or None
        Places in all.
    erlangs : float
        Load: places lived in if there was room for all.
    why : tuple of str
        Codes of what the simulation knows and theory does not.
    """

    rule: Rule | None
    total: int | None
    erlangs: float
    why: tuple[str, ...]


class _Queue(NamedTuple):
    """Units that theory takes for one."""

    erlangs: float
    women: float
    mean_stay_days: float


class _Decided(NamedTuple):
    """What visitation leaves of the time in which women are to be admitted."""

    share: float  # of the women, offered a place within the time
    left_days: float  # of the time, on average, when they are
    has_visitation: bool  # whether it takes any time


Served = Callable[[int, _Queue, float, float], float]
"""Share of the women who are admitted in time: by places, queue, patience and the time [days]."""


def textbook_number(trials: Trials) -> Textbook:
    """Find the fewest places by formula."""
    built = trials.built(trials.written)
    queues, load = _queues(trials)
    women = trials.women()
    limit_days = _mean_limit_days(women)
    decided = _decided(women, WITHIN_DAYS.get(trials.target.measure, np.inf))
    if trials.target.measure not in KNOWN or (built.plan.elsewhere_places > 0).any() or not queues:
        why = ("elsewhere",) if (built.plan.elsewhere_places > 0).any() else ("no_formula",)
        return Textbook(None, None, load, why)
    is_endless = isinstance(trials.scenario.waiting.patience_days, Never)
    is_endless = is_endless and trials.scenario.waiting.past_birth_share == 1
    rule: Rule = "erlang_c" if is_endless else "erlang_a" if limit_days > 0 else "erlang_b"
    if rule == "erlang_c" and trials.target.measure not in WITHIN_DAYS:
        return Textbook(None, None, load, ("no_formula",))
    total = _fewest(queues, trials.target, _SERVED[rule], limit_days=limit_days, decided=decided)
    return Textbook(rule, total, load, _why(trials, rule, len(queues), decided))


def _fewest(
    queues: list[_Queue],
    target: SizingTarget,
    served: Served,
    *,
    limit_days: float,
    decided: _Decided,
) -> int | None:
    share = 1.0 - target.value if target.measure == "refused_share" else target.value
    known: dict[tuple[int, int], float] = {}

    def women_served(number: int, places: int) -> float:
        if (number, places) not in known:
            own = served(places, queues[number], limit_days, decided.left_days)
            known[number, places] = queues[number].women * decided.share * own
        return known[number, places]

    def margin(places: tuple[int, ...]) -> float:
        return sum(women_served(number, n) for number, n in enumerate(places)) - share * sum(
            queue.women for queue in queues
        )

    tried = TriedPlaces((1,) * len(queues), (MOST_IN_A_UNIT * len(queues),) * len(queues))
    if len(queues) == 1:  # one after another until it is enough
        return next((n for n in range(1, tried.most[0] + 1) if margin((n,)) >= 0), None)
    found = fewest(margin, tried, is_separate=True)
    return None if found is None else sum(found)


def _served_b(places: int, queue: _Queue, _limit: float, _within: float) -> float:
    return 1.0 - erlang_b(places, queue.erlangs)


def _served_c(places: int, queue: _Queue, _limit: float, within: float) -> float:
    if places <= queue.erlangs:
        return 0.0
    if within == 0:
        return 1.0 - erlang_c(places, queue.erlangs)
    return 1.0 - erlang_c_waits_longer(places, queue.erlangs, mean_stay=queue.mean_stay_days, than=within)


def _served_a(places: int, queue: _Queue, limit: float, within: float) -> float:
    patience = limit / queue.mean_stay_days
    if np.isinf(within):
        return 1.0 - erlang_a(places, queue.erlangs, patience_in_stays=patience).p_gives_up
    return erlang_a_admitted_within(
        places, queue.erlangs, patience_in_stays=patience, within_in_stays=within / queue.mean_stay_days
    )


_SERVED: dict[Rule, Served] = {
    "erlang_b": _served_b,
    "erlang_c": _served_c,
    "erlang_a": _served_a,
}


def _queues(trials: Trials) -> tuple[list[_Queue], float]:
    """Load of the units that theory takes for one, from a play with room for all."""
    room, plan = trials.room_for_all, trials.built(trials.written).plan
    groups = np.array(_together(plan.pool_order, plan.n_pools))
    queues = []
    for number in np.unique(groups):
        erlangs, women = (float(own[groups == number].sum()) for own in room)
        if women > 0:
            queues.append(_Queue(erlangs, women, erlangs * DAYS_PER_YEAR / women))
    return queues, float(room.lived_in.sum())


def _together(pool_order: npt.NDArray[np.int64], n_pools: int) -> list[int]:
    """Number the groups of pools that some women can choose between."""
    group = list(range(n_pools))
    for row in np.unique(pool_order, axis=0):
        own = [int(pool) for pool in row if pool >= 0]
        for pool in own[1:]:
            one, other = group[own[0]], group[pool]
            group = [one if number == other else number for number in group]
    numbers = {number: new for new, number in enumerate(dict.fromkeys(group))}
    return [numbers[number] for number in group]


def _mean_limit_days(women: Cohort) -> float:
    """How long women would wait for a place, from when they are offered it, on average [days]."""
    is_new = women.referral_day >= 0
    until_end = women.pregnancy_end_day[is_new] - women.referral_day[is_new]
    stays = women.waits_past_birth[is_new] & ~women.is_lost[is_new]
    limit = np.minimum(women.patience_days[is_new], np.where(stays, np.inf, until_end)) - women.visitation_days[is_new]
    return float(np.clip(limit, 0.0, 36_525.0).mean()) if len(limit) else 0.0


def _decided(women: Cohort, within_days: float) -> _Decided:
    """How many are offered a place in time, and how long there is left of it then."""
    days = women.visitation_days[women.referral_day >= 0]
    in_time = days[days <= within_days]
    if not len(in_time):
        return _Decided(0.0, 0.0, has_visitation=True)
    return _Decided(len(in_time) / len(days), within_days - float(in_time.mean()), has_visitation=bool(days.any()))


def _why(trials: Trials, rule: Rule, n_queues: int, decided: _Decided) -> tuple[str, ...]:
    """What the simulation knows and theory does not, as codes of the catalogue."""
    scenario, built = trials.scenario, trials.built(trials.written)
    demand, waiting = scenario.demand, scenario.waiting
    grows = demand.awareness.start < 1 and demand.awareness.ramp_up_years > 0
    waits = rule != "erlang_b"
    told = {
        "becomes_known": grows or demand.trend_per_year != 0 or demand.year_variation > 0,
        "starts_empty": scenario.measure_from_year == 1 and not scenario.today,
        "choice": len(built.pools) > n_queues,
        "comes_and_goes": any(unit.is_flexible for unit in trials.units),
        "birth": waits and waiting.past_birth_share < 1,
        "patience": rule == "erlang_a" and not isinstance(waiting.patience_days, Exponential),
        "stays": waits,
        "visitation": waits and decided.has_visitation,
    }
    return tuple(code for code, holds in told.items() if holds) or ("chance",)
