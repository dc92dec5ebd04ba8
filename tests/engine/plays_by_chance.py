"""Plans and women of every kind, as hypothesis invents them, with ties as often as not."""

from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from making import N_MUNICIPALITIES, Words, a_pool, a_woman, elsewhere, make_plan, make_women

from sim.cohort import DAYS_PER_YEAR, HOUSEHOLDS, Cohort
from sim.design import NO_LIMIT, Plan
from sim.scenario import DISCIPLINES

COARSE, FINE = DAYS_PER_YEAR / 8, DAYS_PER_YEAR / 128
"""Steps of time [days]: new year and the horizon lie on both, so that things fall on them too."""

NEVER = 999

n_women = st.sampled_from((12, 14, 10, 8, 6, 4, 1, 0))
n_pools = st.sampled_from((1, 2, 1, 3, 2, 1, 2, 0))
shares = st.sampled_from((0.0, 0.25, 0.5, 0.75, 1.0))
mostly_one = st.sampled_from((1.0, 1.0, 1.0, 0.5, 0.25))
providers = st.lists(st.integers(0, 2), min_size=2, max_size=2)
homes = st.sets(st.integers(0, N_MUNICIPALITIES - 1), max_size=N_MUNICIPALITIES)


class Given(NamedTuple):
    """What an engine is given."""

    plan: Plan
    women: Cohort
    marks: Any


def steps(*choices: int) -> st.SearchStrategy[int]:
    """Draw so many steps of time."""
    return st.sampled_from(choices)


def mostly(usual: object, other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw the usual two times in three."""
    return st.sampled_from((True, True, False)).flatmap(lambda is_usual: st.just(usual) if is_usual else other)


def pool_words(step: float, n_steps: int) -> st.SearchStrategy[Words]:
    flexible = st.fixed_dictionaries(
        {
            "more_places": st.sampled_from((2, 1, 3, 0)),
            "lead_days": steps(1, 0, 2, 3),
            "open_at_waiting": st.sampled_from((1, 1, 2, 3)),
            "keep_free": st.sampled_from((0, 0, 1)),
            "close_after_idle_days": steps(1, 0, 2, 4),
            "min_open_days": steps(0, 2, 4, 6),
            "failure_probability": st.sampled_from((0.0, 0.0, 0.5, 0.25, 1.0)),
            "most_flexible": mostly(None, st.sampled_from((1, 2))),
        }
    )
    mostly_flexible = st.one_of(flexible, flexible, st.none())
    words = st.fixed_dictionaries(
        {
            "places": st.sampled_from((1, 0, 2, 1)),
            "opens_on_day": mostly(0, st.integers(1, n_steps)),
            "steps": mostly([], st.lists(st.tuples(st.integers(0, n_steps), st.integers(1, 2)), max_size=2)),
            "serves": mostly(set(range(N_MUNICIPALITIES)), homes),
            "minutes": st.lists(st.integers(0, 3), min_size=N_MUNICIPALITIES, max_size=N_MUNICIPALITIES),
            "acceptance": mostly_one,
            "family_acceptance": mostly(None, mostly_one),
            "home": homes,
            "turnaround_days": steps(0, 1, 0, 2),
            "closes": mostly(None, st.tuples(st.integers(1, n_steps), st.integers(0, 4))),
            "ramp_up_start": st.sampled_from((0.0, 0.5, 1.0)),
            "ramp_up_days": steps(0, 0, 4, 8),
            "may_detain": st.booleans(),
            "flexible": mostly_flexible,
        }
    )
    return words.map(lambda drawn: _pool(drawn, step))


def _pool(drawn: dict[str, Any], step: float) -> Words:
    words = dict(drawn)
    flexible, closes = words.pop("flexible"), words.pop("closes")
    opens = words["opens_on_day"]
    words["steps"] = [((opens + 1 + later) * step, places) for later, places in words["steps"]]
    if closes:
        after, notice = closes
        last = max([opens * step, *(day for day, _ in words["steps"])])
        words["closes_day"] = last / step + after
        words["last_admission_day"] = words["closes_day"] - notice
    if flexible:
        last_places = words["places"] + sum(places for _, places in words["steps"])
        words |= flexible
        words["max_places"] = last_places + words.pop("more_places")
    return a_pool(**{name: _days(name, value, step) for name, value in words.items()})


def _days(name: str, value: Any, step: float) -> Any:
    if not name.endswith(("_day", "_days")):
        return value
    return np.inf if value == NEVER else value * step


def woman_words(step: float, n_steps: int) -> st.SearchStrategy[Words]:
    words = st.fixed_dictionaries(
        {
            "referral_day": st.integers(0, n_steps - 1),
            "pregnancy": st.integers(0, 6),
            "municipality": st.sampled_from((0, 0, *range(N_MUNICIPALITIES))),
            "is_lost": mostly(False, st.booleans()),
            "offer_mark": mostly(0.0, st.sampled_from((0.25, 0.5))),
            "threshold": mostly(0.0, st.sampled_from((0.25, 0.5))),
            "household": st.integers(0, len(HOUSEHOLDS) - 1),
            "patience_days": steps(4, 0, 1, 2, 3, 6, 8, NEVER),
            "waits_past_birth": st.booleans(),
            "stay_days": steps(2, 0, 1, 3, 4, 6, NEVER),
            "early_leaving_days": steps(NEVER, 0, 1, 2, 4, NEVER),
            "visitation_days": mostly(0, steps(1, 2, 4)),
            "search_days": steps(0, 1, 2, 4),
            "known_mark": mostly(0.0, st.sampled_from((0.25, 0.75))),
            "again_mark": st.sampled_from((0.0, 0.5)),
            "again_threshold": mostly(0.0, st.sampled_from((0.25, 0.5))),
            "has_signed": st.booleans(),
            "housing_days": mostly(0, steps(1, 2)),
        }
    )

    def woman(drawn: dict[str, Any]) -> Words:
        end = (drawn["referral_day"] + drawn["pregnancy"]) * step
        rest = {name: _days(name, value, step) for name, value in drawn.items() if name != "pregnancy"}
        return a_woman(**rest, pregnancy_end_day=end)

    return words.map(woman)


def there_already(women: list[Words], residents: list[int], n_waiting: int) -> list[Words]:
    """Let the first of them be there on day 0: so many who live in, then so many who wait; days are kept possible."""
    told = []
    for number, woman in enumerate(women):
        referred = float(woman["referral_day"])
        if number < len(residents):
            told.append({**woman, "referral_day": -referred - 1.0, "visitation_days": 0.0})
        elif number < len(residents) + n_waiting:
            day = {
                "referral_day": -referred - 1.0,
                "visitation_days": 0.0,
                "patience_days": woman["patience_days"] + referred + 1.0,
            }
            has_given_birth = float(woman["pregnancy_end_day"]) < 2 * referred
            told.append(
                {**woman, **day, "pregnancy_end_day": float(woman["pregnancy_end_day"]) - 2 * referred}
                | ({"waits_past_birth": True, "is_lost": False} if has_given_birth else {})
            )
        else:
            told.append(dict(woman))
    waiting = slice(len(residents), len(residents) + n_waiting)
    told[waiting] = sorted(told[waiting], key=lambda woman: woman["referral_day"])
    return told


def with_residents(plan: Plan, residents: list[int]) -> Plan:
    """Let women live in from the first day, as far as there is room; flexible places they need are open already."""
    is_first = plan.opening_day == 0
    for_good = np.bincount(plan.opening_pool[is_first], plan.opening_places[is_first], plan.n_pools).astype(np.int64)
    room = np.where(plan.is_flexible, np.maximum(plan.max_places, for_good), for_good)
    pools: list[int] = []
    for pool in residents:
        has_room = pool < plan.n_pools and pools.count(pool) < room[pool]
        pools.append(pool if has_room else plan.n_pools)
    living = np.bincount(np.array(pools, dtype=np.int64), minlength=plan.n_pools + 1)[: plan.n_pools]
    return plan._replace(
        resident_pool=np.array(pools, dtype=np.int64), already_open=np.maximum(living - for_good, 0).astype(np.int64)
    )


@st.composite
def given_to_play(draw: st.DrawFn, *, most_replications: int = 1) -> Given:
    """Invent a plan, women and marks."""
    n_years, step = draw(st.integers(1, 2)), draw(st.sampled_from((COARSE, COARSE, FINE)))
    n_steps = 8 * n_years
    pools = [draw(pool_words(step, n_steps // 2)) for _ in range(draw(n_pools))]
    counts = draw(mostly([], st.lists(st.sampled_from((1, 2, NO_LIMIT)), min_size=1, max_size=2)))
    bought = elsewhere(places=counts, acceptance=(draw(shares), draw(shares)), minutes=draw(providers)[: len(counts)])
    plan = make_plan(
        *pools,
        n_years=n_years,
        is_anchored_at_birth=draw(st.booleans()),
        discipline=draw(st.integers(0, len(DISCIPLINES) - 1)),
        is_home_first=draw(st.booleans()),
        offered_share=draw(st.sampled_from((1.0, 1.0, 0.5))),
        asked_again_share=draw(mostly(0.0, shares)),
        asked_again_days=draw(steps(1, 0, 2)) * step,
        **(bought if counts else {}),
    )
    a_new_woman = woman_words(step, n_steps)
    replications = [
        sorted((draw(a_new_woman) for _ in range(draw(n_women))), key=lambda woman: woman["referral_day"])
        for _ in range(draw(st.integers(1, most_replications)))
    ]
    fewest = min(map(len, replications))
    residents = draw(st.just([]) | st.lists(st.integers(0, plan.n_pools), max_size=min(5, fewest)))
    n_waiting = draw(st.just(0) | st.integers(0, min(5, fewest - len(residents))))
    plan = with_residents(plan, residents)
    women = make_women(*(there_already(women, residents, n_waiting) for women in replications))
    mark = np.array(draw(st.lists(shares, min_size=4, max_size=4)))
    shape = (plan.n_pools, max(map(len, replications)), len(replications))
    return Given(plan, women, mark[np.arange(np.prod(shape, dtype=int)) % 4].reshape(shape))
