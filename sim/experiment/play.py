"""Play a block of replications: draw the women once, play every design on them, measure."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, draw_order_marks
from sim.design import BuiltDesign, Plan
from sim.economics import WithoutPlaces
from sim.engine import Ledger, play_kernel, play_reference
from sim.experiment.measured import measure_design
from sim.experiment.memory import Keys, Memory, recall_cohort, recall_costs, recall_ledger
from sim.measures import Parts
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Engine = Callable[[Plan, Cohort, Floats], Ledger]

SHORTEST_LEAD_DAYS = 2.0**-20

ENGINES: Mapping[str, Engine] = {"kernel": play_kernel, "reference": play_reference}


def order_marks(
    design: BuiltDesign, cohort: Cohort, scenario: Scenario, *, block: int, memory: Memory | None = None
) -> Floats:
    """Draw the marks that say which orders of a place fail.

    Parameters
    ----------
    design : BuiltDesign
        The design.
    cohort : Cohort
        The women of the whole block; each can occasion one order at most.
    scenario : Scenario
        For its seed.
    block : int
        Number of the block.
    memory : Memory, optional
        What has been drawn before.

    Returns
    -------
    ndarray of float of shape (n_pools, n_orders, n_replications)
        Not a number beyond the orders a pool can come to, and for pools that are not flexible.
    """
    most = np.minimum(_most_orders(design.plan), int(np.diff(cohort.first).max(initial=0)))
    wanted = tuple((pool.id, int(n_orders)) for pool, n_orders in zip(design.pools, most, strict=True))

    def draw() -> Floats:
        marks = np.full((len(wanted), int(most.max(initial=0)), cohort.n_replications), np.nan)
        for number in np.flatnonzero(most):
            pool, n_orders = wanted[number]
            marks[number, :n_orders] = draw_order_marks(pool, block, seed=scenario.seed, n_orders=n_orders)
        return marks

    if memory is None or not most.any():
        return draw()
    known: Floats = memory.recall(("marks", scenario.seed, block, wanted), draw)
    return known


def _most_orders(plan: Plan) -> npt.NDArray[np.int64]:
    """Orders a pool can come to: each takes up one of the places it may open, for the time it takes to open.

    Where places open at once, there is no such limit but the number of women.
    """
    is_first = plan.opening_day <= plan.asked_from_day[plan.opening_pool]
    at_first = np.bincount(
        plan.opening_pool[is_first], weights=plan.opening_places[is_first], minlength=len(plan.is_flexible)
    )
    turns = plan.horizon_days // np.maximum(plan.lead_days, SHORTEST_LEAD_DAYS) + 1.0
    return np.where(plan.is_flexible, (plan.max_places - at_first) * turns, 0).astype(np.int64)


def play_design(  # noqa: PLR0913 - what is played, and what is known already
    design: BuiltDesign,
    cohort: Cohort,
    scenario: Scenario,
    *,
    block: int,
    engine: str,
    n_replications: int,
    memory: Memory | None = None,
) -> Ledger:
    """Play one design on the first replications of a block.

    Parameters
    ----------
    design : BuiltDesign
        The design.
    cohort : Cohort
        The women of the whole block.
    scenario : Scenario
        For its seed.
    block : int
        Number of the block.
    engine : str
        A name in `ENGINES`.
    n_replications : int
        How many replications of the block are wanted.
    memory : Memory, optional
        What has been drawn before.

    Returns
    -------
    Ledger
        Of those replications.
    """
    marks = order_marks(design, cohort, scenario, block=block, memory=memory)[:, :, :n_replications]
    return ENGINES[engine](design.plan, design.meet(cohort.replications(0, n_replications)), marks)


def play_block(  # noqa: PLR0913 - what is played, and what is known already
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    *,
    block: int,
    n_replications: int,
    engine: str,
    memory: Memory | None = None,
    keys: Keys | None = None,
) -> tuple[Parts, ...]:
    """Play and measure every design on the first replications of a block.

    Parameters
    ----------
    scenario : Scenario
        What is drawn.
    designs : tuple of BuiltDesign
        What is compared.
    block : int
        Number of the block.
    n_replications : int
        How many replications of the block are wanted.
    engine : str
        A name in `ENGINES`.
    memory : Memory, optional
        What has been drawn and played before.
    keys : Keys, optional
        Of the scenario, if they are known already.

    Returns
    -------
    tuple of Parts
        For each design, as from `measure_design`.
    """
    memory = memory or Memory(most_bytes=0)
    keys = keys or Keys(scenario)
    ledger_of = once_for_all_payers(
        scenario, designs, block=block, n_replications=n_replications, engine=engine, memory=memory, keys=keys
    )

    @cache
    def women_and_costs() -> tuple[Cohort, Cohort, WithoutPlaces]:
        cohort = recall_cohort(scenario, keys, block=block, memory=memory)
        women = cohort.replications(0, n_replications)
        return cohort, women, recall_costs(scenario, keys, women, block=block, memory=memory)

    def parts_of(number: int) -> Parts:
        cohort, women, without = women_and_costs()
        return measure_design(ledger_of(number, cohort), women, designs[number], scenario, without=without)

    return tuple(
        memory.recall(("parts", key, engine, block, n_replications), partial(parts_of, number))
        for number, key in enumerate(keys.designs)
    )


def once_for_all_payers(  # noqa: PLR0913 - what is played, and what is known already
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    *,
    block: int,
    n_replications: int,
    engine: str,
    memory: Memory,
    keys: Keys,
) -> Callable[[int, Cohort], Ledger]:
    """Play the designs of a block as they are asked for, those that differ only in who pays once.

    Parameters
    ----------
    scenario : Scenario
        What is drawn.
    designs : tuple of BuiltDesign
        Of the scenario, in its order.
    block : int
        Number of the block.
    n_replications : int
        How many replications of the block are wanted.
    engine : str
        A name in `ENGINES`.
    memory : Memory
        What has been drawn and played before.
    keys : Keys
        Of the scenario.

    Returns
    -------
    callable
        From the number of a design and the women of the whole block to its ledger.
    """
    shared: dict[str, Ledger] = {}

    def ledger_of(number: int, cohort: Cohort) -> Ledger:
        key = keys.plays[number]
        if key in shared:
            return shared[key]
        ledger = recall_ledger(
            keys,
            number,
            lambda: play_design(
                designs[number],
                cohort,
                scenario,
                block=block,
                engine=engine,
                n_replications=n_replications,
                memory=memory,
            ),
            engine=engine,
            block=block,
            n_replications=n_replications,
            memory=memory,
        )
        if keys.plays.count(key) > 1:
            shared[key] = ledger
        return ledger

    return ledger_of
