"""Play a block of replications: draw the women once, play every design on them, measure."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from sim.cohort import Cohort, draw_cohort, draw_order_marks
from sim.design import BuiltDesign, Plan
from sim.engine import Ledger, play_kernel, play_reference
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.measures import measure_values, tally
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Engine = Callable[[Plan, Cohort, Floats], Ledger]

ENGINES: Mapping[str, Engine] = {"kernel": play_kernel, "reference": play_reference}


def order_marks(design: BuiltDesign, cohort: Cohort, scenario: Scenario, *, block: int) -> Floats:
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

    Returns
    -------
    ndarray of float of shape (n_pools, n_orders, n_replications)
        Zeros for pools that are not flexible; no orders at all if none is.
    """
    is_flexible = design.plan.is_flexible
    n_orders = int(np.diff(cohort.first).max()) if is_flexible.any() else 0
    marks = np.zeros((len(design.pools), n_orders, cohort.n_replications))
    for number in np.flatnonzero(is_flexible):
        marks[number] = draw_order_marks(design.pools[number].id, block, seed=scenario.seed, n_orders=n_orders)
    return marks


def play_design(
    design: BuiltDesign, cohort: Cohort, scenario: Scenario, *, block: int, engine: str, n_replications: int
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

    Returns
    -------
    Ledger
        Of those replications.
    """
    marks = order_marks(design, cohort, scenario, block=block)[:, :, :n_replications]
    return ENGINES[engine](design.plan, cohort.replications(0, n_replications), marks)


def play_block(
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    *,
    block: int,
    n_replications: int,
    engine: str,
    memory: Memory | None = None,
) -> tuple[Floats, ...]:
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

    Returns
    -------
    tuple of ndarray of float of shape (n_scopes, n_measures, n_replications)
        For each design, as from `sim.measures.measure_values`.
    """
    if memory is None:
        cohort = draw_cohort(scenario, block)
        return tuple(
            _measure(design, cohort, scenario, block=block, engine=engine, n_replications=n_replications)
            for design in designs
        )
    keys = Keys(scenario)

    def values_of(number: int) -> Floats:
        cohort = recall_cohort(scenario, keys, block=block, memory=memory)
        design = designs[number]
        return _measure(design, cohort, scenario, block=block, engine=engine, n_replications=n_replications)

    return tuple(
        memory.recall(("values", key, engine, block, n_replications), partial(values_of, number))
        for number, key in enumerate(keys.designs)
    )


def _measure(
    design: BuiltDesign, cohort: Cohort, scenario: Scenario, *, block: int, engine: str, n_replications: int
) -> Floats:
    """Play a design and measure it."""
    ledger = play_design(design, cohort, scenario, block=block, engine=engine, n_replications=n_replications)
    women = cohort.replications(0, n_replications)
    return measure_values(tally(ledger, women, design, scenario), design, scenario)
