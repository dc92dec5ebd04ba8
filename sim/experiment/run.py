"""Run an experiment: replications in blocks, every design on the same women, gathered in order."""

from collections.abc import Callable
from functools import partial

from sim.cohort import funnel_of
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.cores import available_cores
from sim.experiment.findings import occupancy_that_pays
from sim.experiment.gathered import Block, Gathered
from sim.experiment.memory import Keys, Memory
from sim.experiment.play import play_block
from sim.experiment.results import Results
from sim.measures import Estimates
from sim.runnable import check_scenario
from sim.scenario import Precision, Scenario, scenario_hash


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
        With everything that keeps it from being run; see `check_scenario`.
    KeyboardInterrupt
        If stopped by Ctrl-C before the first block is done.
    """
    designs = check_scenario(scenario)
    cores = cores or available_cores()
    gathered, keys = Gathered(designs, scenario), Keys(scenario)
    done = 0
    is_partial = False
    play = partial(play_block, scenario, designs, engine=engine, memory=memory, keys=keys)

    def play_and_compare(block: int, n_replications: int) -> Block:
        return gathered.compare(play(block=block, n_replications=n_replications))

    try:
        for block in in_blocks(
            play_and_compare,
            most_replications(scenario),
            cores=cores,
            on_progress=on_progress,
            is_enough=partial(_is_known_well, gathered, scenario.replications),
        ):
            gathered.add(block)
            done += block.n_replications
    except KeyboardInterrupt:
        if done == 0:
            raise
        is_partial = True
    recall = partial(_recall_estimates, memory or Memory(most_bytes=0), keys, (engine, done))
    estimates, differences = gathered.estimate(cores=cores, recall=recall)
    return Results(
        scenario=scenario,
        hash=scenario_hash(scenario),
        engine=engine,
        replications=done,
        is_partial=is_partial,
        funnel=funnel_of(scenario),
        designs=estimates,
        differences=differences,
        findings=gathered.findings(),
        paying_occupancy={
            design.name: occupancy
            for design in designs
            if (occupancy := occupancy_that_pays(design, scenario)) is not None
        },
    )


def _is_known_well(gathered: Gathered, wanted: int | Precision, done: int) -> bool:
    if isinstance(wanted, int) or done < wanted.at_least:
        return False
    return gathered.precision(wanted) <= wanted.precision


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


def _recall_estimates(
    memory: Memory,
    keys: Keys,
    played: tuple[str, int],
    design: int,
    against: int | None,
    estimate: Callable[[], Estimates],
) -> Estimates:
    """Give the estimates of a design, or of its difference from another, unless the same was estimated before."""
    chosen = None if against is None else keys.designs[against]
    known: Estimates = memory.recall(("estimates", keys.designs[design], chosen, *played), estimate)
    return known
