"""Possible futures: which replication is typical, which is good and which is bad.

Takes a scenario, one of its designs and a measure. Gives the numbers of three replications, to be looked at closely.
Leaves out what happens in them: that is the trace.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import REPLICATIONS_PER_BLOCK
from sim.design import build_designs
from sim.experiment.measured import MEASURE_NUMBER
from sim.experiment.memory import Memory
from sim.experiment.play import play_block
from sim.faults import did_you_mean
from sim.measures import join
from sim.scenario import Fault, Scenario, ScenarioError
from sim.texts import Sayable, say

GOOD, TYPICAL, BAD = 0.95, 0.5, 0.05
"""Quantiles over replications at which a future counts as good, typical and bad."""


class Futures(NamedTuple):
    """Three replications that stand for many."""

    typical: int  # numbers of replications, from 0, as `trace_replication` takes them
    good: int
    bad: int
    values: npt.NDArray[np.float64]  # shape (n_replications,)


def choose_replications(
    scenario: Scenario,
    *,
    design: str,
    measure: str = "admitted_share_of_accepted",
    is_lower_better: bool = False,
    replications: int = 100,
    memory: Memory | None = None,
) -> Futures:
    """Choose a typical, a good and a bad replication."""
    names = [built.name for built in scenario.designs]
    _check_word(scenario, "designs", design, names, allowed=say("allowed.the_name_of_a_design", names=", ".join(names)))
    _check_word(scenario, "measure", measure, list(MEASURE_NUMBER), allowed=say("allowed.the_name_of"))
    if replications < 1:
        raise ValueError(f"replications: at least 1; got {replications}. Ask for more.")
    values = _values(scenario, names.index(design), MEASURE_NUMBER[measure], replications, memory)
    if np.isnan(values).all():
        allowed = say("allowed.a_measure_with_a")
        remedy = say("remedy.choose_another_measure_or_design")
        raise ScenarioError((Fault(scenario.name, None, "measure", allowed, f"{measure} of {design}", remedy),))

    def nearest_to(quantile: float) -> int:
        return int(np.nanargmin(np.abs(values - np.nanquantile(values, quantile))))

    good, bad = (BAD, GOOD) if is_lower_better else (GOOD, BAD)
    return Futures(nearest_to(TYPICAL), nearest_to(good), nearest_to(bad), values)


def _values(
    scenario: Scenario, design: int, measure: int, replications: int, memory: Memory | None
) -> npt.NDArray[np.float64]:
    """The measure of everything in each replication."""
    designs = build_designs(scenario)
    blocks = [
        play_block(
            scenario,
            designs,
            block=block,
            n_replications=min(REPLICATIONS_PER_BLOCK, replications - start),
            engine="kernel",
            memory=memory,
        )
        for block, start in enumerate(range(0, replications, REPLICATIONS_PER_BLOCK))
    ]
    values: npt.NDArray[np.float64] = join([block[design].part(slice(1)) for block in blocks]).values[0, measure]
    return values


def _check_word(scenario: Scenario, where: str, word: str, words: list[str], *, allowed: Sayable) -> None:
    if word not in words:
        remedy = did_you_mean(word, words, say("remedy.name_one_of_them"))
        raise ScenarioError((Fault(scenario.name, None, where, allowed, repr(word), remedy),))
