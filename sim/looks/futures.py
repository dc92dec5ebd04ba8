"""Possible futures: which replication is typical, which is good and which is bad.

Takes a scenario, one of its designs and a measure. Gives the numbers of three replications, to be looked at closely.
Leaves out what happens in them: that is the trace.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import build_designs
from sim.experiment.blocks import in_blocks
from sim.experiment.measured import MEASURE_NUMBER
from sim.experiment.memory import Memory
from sim.experiment.play import play_block
from sim.faults import did_you_mean
from sim.looks.naming import find_design
from sim.measures import Parts, join
from sim.scenario import Fault, Scenario, ScenarioError
from sim.texts import say

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
    number = names.index(find_design(scenario, design).name)
    if measure not in MEASURE_NUMBER:
        remedy = did_you_mean(measure, list(MEASURE_NUMBER), say("remedy.name_one_of_them"))
        raise ScenarioError((Fault(scenario.name, None, "measure", say("allowed.the_name_of"), repr(measure), remedy),))
    values = _values(scenario, number, MEASURE_NUMBER[measure], replications, memory)
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
    play = partial(play_block, scenario, build_designs(scenario), engine="kernel", memory=memory)

    def whole_country(block: int, n_replications: int) -> Parts:
        return play(block=block, n_replications=n_replications)[design].part(slice(1))

    values: npt.NDArray[np.float64] = join(list(in_blocks(whole_country, replications))).values[0, measure]
    return values
