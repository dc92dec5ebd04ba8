"""The queue that all contenders play: one unit in each region, each woman willing to go to one unit at most.

Programs by others are handed the women with their answers, worked out beforehand and outside the clock. What is left is
a plain queue: arrivals, balking by who says no, places, stays, turnaround, patience.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import ALONE, Cohort, draw_cohort
from sim.design import BuiltDesign, Plan, build_designs
from sim.engine import Ledger
from sim.scenario import DISCIPLINES, Scenario, find_scenario, load_scenario, with_values

Floats = npt.NDArray[np.float64]

DESIGN = "regional"


class Game(NamedTuple):
    """One design and the women who meet it."""

    scenario: Scenario
    design: BuiltDesign
    women: Cohort
    order_marks: Floats

    @property
    def plan(self) -> Plan:
        return self.design.plan


class Woman(NamedTuple):
    """A woman and her answer in plain numbers; days of infinity mean never."""

    number: int
    pool: int
    is_willing: bool
    referral_day: float
    limit_day: float
    pregnancy_end_day: float
    stay_days: float
    early_leaving_days: float

    def leaves(self, admission_day: float) -> float:
        """Day on which she leaves if she moves in on a day."""
        planned_end = max(admission_day, self.pregnancy_end_day) + self.stay_days
        return min(planned_end, admission_day + self.early_leaving_days)


class Queue(NamedTuple):
    """The game as programs by others are handed it."""

    replications: tuple[tuple[Woman, ...], ...]
    places: tuple[int, ...]
    turnaround_days: tuple[float, ...]
    horizon_days: float
    n_women: int


class Admissions(NamedTuple):
    """What all contenders must agree on; a woman never admitted has pool -1 and no day."""

    pool: npt.NDArray[np.int64]
    day: Floats

    @property
    def n_admitted(self) -> int:
        return int((self.pool >= 0).sum())


def regional_scenario(**words: object) -> Scenario:
    """The five regions with their first way to organise the places only."""
    five = load_scenario(find_scenario("today-regions"))
    (design,) = (design for design in five.designs if design.name == DESIGN)
    alone = five.model_copy(update={"designs": (design,)})
    return with_values(alone, words) if words else alone


def draw_game(scenario: Scenario, *, n_replications: int, block: int = 0) -> Game:
    """Draw women for the only design of a scenario whose pools are fixed and open from the first day."""
    (design,) = build_designs(scenario)
    women = draw_cohort(scenario, block).replications(0, n_replications)
    plan = design.plan
    is_plain = plan.is_anchored_at_birth and plan.discipline == DISCIPLINES.index("fifo") and not plan.is_home_first
    is_fixed = not plan.is_flexible.any() and not plan.opening_day.any() and not plan.buys_elsewhere
    if not (is_plain and is_fixed):
        raise ValueError("the contenders play fixed pools, open from the first day, first come, first served")
    return Game(scenario, design, women, np.zeros((plan.n_pools, 0, n_replications)))


def places_of(plan: Plan) -> npt.NDArray[np.int64]:
    """Places of each pool."""
    return np.bincount(plan.opening_pool, weights=plan.opening_places, minlength=plan.n_pools).astype(np.int64)


def queue_of(game: Game, *, is_everyone: bool) -> Queue:
    """Work out what each woman answers; hand over everyone, or only those who say yes."""
    plan, women = game.plan, game.women
    if (plan.pool_order[:, 1:] >= 0).any():
        raise ValueError("a woman may be asked about one unit only")
    pool = plan.pool_order[women.municipality, 0]
    family = (women.household != ALONE).astype(np.int64)
    is_willing = (
        (women.offer_mark < plan.offered_share)
        & (pool >= 0)
        & (women.threshold < plan.acceptance[family, women.municipality, pool])
    )
    patience_ends = women.referral_day + women.patience_days
    is_ended_by_birth = women.is_lost | ~women.waits_past_birth
    limit = np.where(is_ended_by_birth, np.minimum(patience_ends, women.pregnancy_end_day), patience_ends)
    columns = (
        np.arange(women.n_women),
        pool,
        is_willing,
        women.referral_day,
        limit,
        women.pregnancy_end_day,
        women.stay_days,
        women.early_leaving_days,
    )
    replications = []
    for first, end in zip(women.first[:-1], women.first[1:], strict=True):
        chosen = np.flatnonzero(is_willing[first:end] | is_everyone) + first
        replications.append(tuple(map(Woman, *(column[chosen].tolist() for column in columns))))
    return Queue(
        tuple(replications),
        tuple(places_of(plan).tolist()),
        tuple(plan.turnaround_days.tolist()),
        float(plan.horizon_days),
        women.n_women,
    )


def no_admissions(n_women: int) -> Admissions:
    """A page on which nobody has been admitted yet."""
    return Admissions(np.full(n_women, -1), np.full(n_women, np.nan))


def admissions_of(ledger: Ledger) -> Admissions:
    """What our ledger says of admissions."""
    return Admissions(ledger.pool.astype(np.int64), ledger.admission_day)


def count_apart(one: Admissions, other: Admissions) -> int:
    """Number of women of whom two contenders do not say exactly the same."""
    is_same_day = (one.day == other.day) | (np.isnan(one.day) & np.isnan(other.day))
    return int((~is_same_day | (one.pool != other.pool)).sum())
