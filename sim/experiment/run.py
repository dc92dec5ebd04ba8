"""Run an experiment: replications in blocks, every design on the same women, gathered in order."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from sim.cohort import REPLICATIONS_PER_BLOCK, funnel_of
from sim.design import BuiltDesign, build_designs
from sim.experiment.cores import available_cores, in_order
from sim.experiment.findings import KEPT_COLUMNS, Finding, find
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.experiment.memory import Keys, Memory
from sim.experiment.play import play_block
from sim.experiment.results import Comparison, Results
from sim.measures import Gathering, Scope, scopes_of
from sim.scenario import Fault, Precision, Scenario, ScenarioError, scenario_hash
from sim.scenario.faults import nearest

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with the replications done and the most there will be."""


def run_experiment(
    scenario: Scenario,
    *,
    engine: str = "kernel",
    cores: int | None = None,
    memory: Memory | None = None,
    on_progress: Progress | None = None,
) -> Results:
    """Play every design of a scenario on the same women and estimate all measures.

    Parameters
    ----------
    scenario : Scenario
        What is asked, with the number of replications or the precision wanted.
    engine : str
        Which engine plays; a name in `sim.experiment.ENGINES`.
    cores : int, optional
        How many blocks are played at the same time; all the cores there are, if left out. The numbers are the same.
    memory : Memory, optional
        What has been drawn and played before, to be used again.
    on_progress : callable, optional
        Called after each block with the replications done and the most there will be.

    Returns
    -------
    Results
        Partial, and saying so, if stopped by Ctrl-C after the first block.

    Raises
    ------
    ScenarioError
        If the precision is asked of a measure that does not exist.
    KeyboardInterrupt
        If stopped by Ctrl-C before the first block is done.
    """
    check_precision(scenario)
    designs = build_designs(scenario)
    gatherings = _Gatherings(designs, scenario)
    most = most_replications(scenario)
    done = 0
    is_partial = False
    try:
        blocks = _blocks(
            scenario, designs, most, partial(play_block, engine=engine, memory=memory, keys=Keys(scenario))
        )
        for values in in_order(blocks, cores or available_cores()):
            gatherings.add(values)
            done += values[0].shape[2]
            if on_progress is not None:
                on_progress(done, most)
            if isinstance(scenario.replications, Precision) and gatherings.is_precise(scenario.replications, done):
                break
    except KeyboardInterrupt:
        if done == 0:
            raise
        is_partial = True
    return Results(
        scenario=scenario,
        hash=scenario_hash(scenario),
        engine=engine,
        replications=done,
        is_partial=is_partial,
        funnel=funnel_of(scenario),
        designs=gatherings.designs(),
        differences=gatherings.differences(),
        findings=gatherings.findings(),
    )


def most_replications(scenario: Scenario) -> int:
    """Count the replications a scenario asks for at most.

    Parameters
    ----------
    scenario : Scenario
        With its number of replications or its precision.

    Returns
    -------
    int
        Replications.
    """
    wanted = scenario.replications
    return wanted.at_most if isinstance(wanted, Precision) else wanted


def check_precision(scenario: Scenario) -> None:
    """Check that precision is asked of measures that exist.

    Parameters
    ----------
    scenario : Scenario
        With its number of replications or its precision.

    Raises
    ------
    ScenarioError
        Naming each measure that does not exist and the nearest that does.
    """
    if not isinstance(scenario.replications, Precision):
        return
    faults = []
    for name in scenario.replications.of:
        if name not in MEASURE_NUMBER:
            near = nearest(name, MEASURE_NUMBER)
            remedy = f"Did you mean {near}?" if near else "The measures are listed in docs/measures.md."
            faults.append(Fault(scenario.name, None, "replications.of", "the name of a measure", name, remedy))
    if faults:
        raise ScenarioError(tuple(faults))


def _blocks(
    scenario: Scenario, designs: tuple[BuiltDesign, ...], most: int, play: Callable[..., tuple[Floats, ...]]
) -> Iterator[Callable[[], tuple[Floats, ...]]]:
    """The work of each block, in order, the last one cut to the replications wanted."""
    for block, start in enumerate(range(0, most, REPLICATIONS_PER_BLOCK)):
        n_replications = min(REPLICATIONS_PER_BLOCK, most - start)
        yield partial(play, scenario, designs, block=block, n_replications=n_replications)


class _Gatherings:
    """What has been gathered of each design, and of its differences from the chosen one."""

    def __init__(self, designs: tuple[BuiltDesign, ...], scenario: Scenario) -> None:
        self._names = [design.name for design in designs]
        self._against = self._names.index(scenario.measures.against or self._names[0])
        self._scopes = [scopes_of(design, scenario) for design in designs]
        # Pools differ between designs; all else can be compared.
        self._n_common = sum(scope.by != "pool" for scope in self._scopes[0])
        self._values = [Gathering((len(scopes), len(ALL_MEASURES))) for scopes in self._scopes]
        self._kept: list[list[Floats]] = [[] for _ in designs]
        self._differences = {
            number: Gathering((self._n_common, len(ALL_MEASURES)))
            for number in range(len(designs))
            if number != self._against
        }

    def add(self, values: tuple[Floats, ...]) -> None:
        """Add a block."""
        for gathering, kept, own in zip(self._values, self._kept, values, strict=True):
            gathering.add(own)
            kept.append(own[0, KEPT_COLUMNS])
        chosen = values[self._against][: self._n_common]
        for number, gathering in self._differences.items():
            gathering.add(values[number][: self._n_common] - chosen)

    def is_precise(self, wanted: Precision, done: int) -> bool:
        """Tell whether every design's interval of every measure asked for is narrow enough."""
        if done < wanted.at_least:
            return False
        columns = [MEASURE_NUMBER[name] for name in wanted.of]
        for gathering in self._values:
            mean, half_width = gathering.interval()
            if (half_width[0, columns] > wanted.precision * np.abs(mean[0, columns])).any():
                return False
        return True

    def designs(self) -> dict[str, Comparison]:
        """Estimates of each design."""
        return {
            name: Comparison(scopes, gathering.estimate())
            for name, scopes, gathering in zip(self._names, self._scopes, self._values, strict=True)
        }

    def differences(self) -> dict[str, Comparison]:
        """Estimates of each other design against the chosen one."""
        common: tuple[Scope, ...] = self._scopes[self._against][: self._n_common]
        return {self._pair(number): Comparison(common, own.estimate()) for number, own in self._differences.items()}

    def findings(self) -> dict[str, Finding]:
        """What each other design costs against the chosen one."""
        series = [np.concatenate(kept, axis=1) for kept in self._kept]
        return {self._pair(number): find(series[number], series[self._against]) for number in self._differences}

    def _pair(self, number: int) -> str:
        return f"{self._names[number]} - {self._names[self._against]}"
