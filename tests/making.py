"""Women, pools and plans made by hand, so that a test of a rule reads as a short story."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.cohort import ALONE, DAYS_PER_YEAR, Cohort
from sim.design import NO_LIMIT, Plan
from sim.engine import OUTCOMES, POOL_DAYS, Ledger
from sim.scenario import DISCIPLINES

N_MUNICIPALITIES = 4
FIFO, DUE_FIRST = map(DISCIPLINES.index, ("fifo", "due_first"))

Words = Mapping[str, Any]
Engine = Callable[[Plan, Cohort, Any], Ledger]
Play = Callable[..., Ledger]

ORDINARY_WOMAN = {
    "municipality": 0,
    "gestation_weeks": 20.0,
    "is_lost": False,
    "offer_mark": 0.0,
    "threshold": 0.0,
    "household": ALONE,
    "patience_days": np.inf,
    "waits_past_birth": True,
    "stay_days": 10.0,
    "early_leaving_days": np.inf,
    "outcome_mark": 0.0,
    "visitation_days": 0.0,
    "search_days": 0.0,
    "visitation_mark": 0.0,
    "search_mark": 0.0,
    "known_mark": 0.0,
    "again_mark": 0.0,
    "again_threshold": 0.0,
    "has_signed": False,
    "housing_days": 0.0,
}
"""She says yes to everything, waits for ever and stays ten days; nothing takes time but that."""


def a_woman(referral_day: float, **details: Any) -> Words:
    """Describe a woman; what is not said is ordinary. Her pregnancy ends 100 days after referral."""
    ordinary = {
        "referral_day": referral_day,
        "pregnancy_end_day": referral_day + 100.0,
        **ORDINARY_WOMAN,
    }
    _check_words(details, ordinary)
    return {**ordinary, **details}


def make_women(*replications: Sequence[Words], **alike: Any) -> Cohort:
    """Put women together, one list of them for each replication; some things may be alike for all."""
    everyone = [{**woman, **alike} for women in replications for woman in women]
    counts = [len(women) for women in replications]
    dtypes = {
        "municipality": np.int64,
        "household": np.int64,
        "is_lost": np.bool_,
        "waits_past_birth": np.bool_,
        "has_signed": np.bool_,
    }
    return Cohort(
        np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
        *(
            np.array([woman[name] for woman in everyone], dtype=dtypes.get(name, np.float64))
            for name in Cohort._fields[1:]
        ),
    )


ORDINARY_POOL = {
    "places": 1,
    "opens_on_day": 0.0,
    "steps": (),
    "serves": range(N_MUNICIPALITIES),
    "minutes": 0.0,
    "acceptance": 1.0,
    "family_acceptance": None,
    "home": range(N_MUNICIPALITIES),
    "turnaround_days": 0.0,
    "last_admission_day": np.inf,
    "closes_day": np.inf,
    "ramp_up_start": 1.0,
    "ramp_up_days": 0.0,
    "may_detain": False,
    "max_places": None,
    "most_flexible": None,
    "lead_days": 5.0,
    "open_at_waiting": 1,
    "keep_free": 0,
    "close_after_idle_days": 1000.0,
    "min_open_days": 0.0,
    "failure_probability": 0.0,
}
"""One place, open from the first day, that serves everyone and never closes."""


def a_pool(places: int = 1, **details: Any) -> Words:
    """Describe a pool; what is not said is ordinary.

    ``steps`` are days and further places. ``minutes`` and ``acceptance`` are one number or one for each
    municipality; ``family_acceptance`` is ``acceptance`` if left out. ``max_places`` makes it flexible.
    """
    _check_words(details, ORDINARY_POOL)
    return {**ORDINARY_POOL, "places": places, **details}


def _check_words(details: Words, known: Words) -> None:
    unknown = sorted(details.keys() - known.keys())
    if unknown:
        raise TypeError(f"unknown words: {unknown}; known are {sorted(known)}")


def make_plan(*pools: Words, n_years: int = 1, **rules: Any) -> Plan:
    """Put pools together; rules are fields of `Plan`, left out: first come, first served, nothing bought."""
    flexible = [pool["max_places"] is not None for pool in pools]
    minutes = _by_municipality([pool["minutes"] for pool in pools])
    serves = np.array([[home in pool["serves"] for pool in pools] for home in range(N_MUNICIPALITIES)], dtype=bool)
    serves = serves.reshape(N_MUNICIPALITIES, len(pools))
    order = np.argsort(np.where(serves, minutes, np.inf), axis=1, kind="stable")
    alone = _by_municipality([pool["acceptance"] for pool in pools])
    family = _by_municipality(
        [pool["acceptance"] if pool["family_acceptance"] is None else pool["family_acceptance"] for pool in pools]
    )
    openings = sorted(
        (float(day), number, places)
        for number, pool in enumerate(pools)
        for day, places in ((pool["opens_on_day"], pool["places"]), *pool["steps"])
        if places > 0
    )
    plan = Plan(
        year_starts=np.arange(n_years + 1) * DAYS_PER_YEAR,
        is_anchored_at_birth=False,
        discipline=FIFO,
        is_home_first=False,
        offered_share=1.0,
        asked_again_share=0.0,
        asked_again_days=0.0,
        pool_order=np.where(np.take_along_axis(serves, order, axis=1), order, -1),
        acceptance=np.stack([alone * serves, family * serves]),
        **elsewhere(places=0, acceptance=0.0),
        is_home=np.array(
            [[home in pool["home"] for home in range(N_MUNICIPALITIES)] for pool in pools], dtype=bool
        ).reshape(len(pools), N_MUNICIPALITIES),
        asked_from_day=np.array([pool["opens_on_day"] for pool in pools], dtype=np.float64),
        **{
            word: np.array([pool[word] for pool in pools], dtype=np.float64)
            for word in ("last_admission_day", "closes_day", "ramp_up_start", "ramp_up_days", "turnaround_days")
        },
        may_detain=np.array([pool["may_detain"] for pool in pools], dtype=bool),
        opening_day=np.array([day for day, _, _ in openings], dtype=np.float64),
        opening_pool=np.array([number for _, number, _ in openings], dtype=np.int64),
        opening_places=np.array([places for _, _, places in openings], dtype=np.int64),
        is_flexible=np.array(flexible, dtype=bool),
        **{
            word: np.array([pool[word] or 0 for pool in pools], dtype=np.int64)
            for word in ("max_places", "open_at_waiting", "keep_free")
        },
        **{
            word: np.array([pool[word] for pool in pools], dtype=np.float64)
            for word in ("lead_days", "close_after_idle_days", "min_open_days", "failure_probability")
        },
        most_flexible=np.array(
            [(pool["max_places"] or 0) if pool["most_flexible"] is None else pool["most_flexible"] for pool in pools],
            dtype=np.int64,
        ),
        resident_pool=np.zeros(0, dtype=np.int64),
        already_open=np.zeros(len(pools), dtype=np.int64),
    )
    return plan._replace(**rules)


def elsewhere(*, acceptance: Any = 1.0, places: Any = NO_LIMIT, minutes: Any = 0.0) -> Words:
    """Providers elsewhere, as fields of `Plan`: one, or one for each number of places.

    ``acceptance`` is one number or one without and one with a family; ``minutes`` one or one a provider.
    """
    counts = np.atleast_1d(np.array(places, dtype=np.int64))
    of_family = np.broadcast_to(np.asarray(acceptance, dtype=np.float64), 2)
    return {
        "elsewhere_places": counts,
        "elsewhere_order": np.tile(np.argsort(np.broadcast_to(minutes, counts.shape)), (N_MUNICIPALITIES, 1)),
        "elsewhere_acceptance": np.broadcast_to(of_family[:, None, None], (2, N_MUNICIPALITIES, len(counts))).copy(),
    }


def _by_municipality(values: list[Any]) -> Any:
    columns = [np.broadcast_to(np.asarray(value, dtype=np.float64), N_MUNICIPALITIES) for value in values]
    return np.array(columns).reshape(len(values), N_MUNICIPALITIES).T


def told(ledger: Ledger) -> list[Any]:
    """Tell what happened to each woman.

    A word for who was never admitted; otherwise the word, the pool, the day of admission and, if she left, of
    discharge.
    """
    return [_told(ledger, woman) for woman in range(len(ledger.outcome))]


def _told(ledger: Ledger, woman: int) -> Any:
    word, pool = OUTCOMES[ledger.outcome[woman]], int(ledger.pool[woman])
    days = (float(ledger.admission_day[woman]), float(ledger.discharge_day[woman]))
    known = tuple(day for day in days if not np.isnan(day))
    return (word, pool, *known) if pool >= 0 or known else word


def capacity(ledger: Ledger, pool: int = 0, replication: int = 0) -> list[tuple[float, int]]:
    """List when a pool's number of open places changed, and to what."""
    rows = slice(int(ledger.capacity_first[replication]), int(ledger.capacity_first[replication + 1]))
    changes = zip(ledger.capacity_pool[rows], ledger.capacity_day[rows], ledger.capacity_places[rows], strict=True)
    return [(float(day), int(places)) for number, day, places in changes if number == pool]


def days_of(ledger: Ledger, pool: int = 0, year: int = 0) -> dict[str, float]:
    """Name a pool's days in a year."""
    return dict(zip(POOL_DAYS, ledger.pool_days[0, pool, year].tolist(), strict=True))


def make_marks(plan: Plan, cohort: Cohort, marks: Iterable[Iterable[float]] | None = None) -> Any:
    """Put the orders' marks together, a row for each pool; halves if nothing is said."""
    n_orders = int(np.diff(cohort.first).max(initial=0))
    if marks is None:
        return np.full((plan.n_pools, n_orders, cohort.n_replications), 0.5)
    rows = np.full((plan.n_pools, n_orders), 0.5)
    for row, own in zip(rows, marks, strict=True):
        given = list(own)[:n_orders]
        row[: len(given)] = given
    return np.repeat(rows[:, :, None], cohort.n_replications, axis=2)
