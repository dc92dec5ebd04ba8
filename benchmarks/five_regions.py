"""The five regions with all designs: from nothing, with one design changed, and on two cores against one.

The ready scenario `today-regions` stays as it is, so that times can be compared from one year to the next.
"""

from functools import partial
from itertools import count
from typing import Any

from benchmarks.timing import Turn, ratios, spread_of, time_in_turns
from sim.experiment import Memory, available_cores, run_experiment
from sim.experiment.memory import Keys
from sim.scenario import Scenario, find_scenario, load_scenario, scenario_from, scenario_values, with_values

CORES = 2
CHANGED = "designs.regional.places.hovedstaden"
FINANCINGS = ("state", "objektiv", "solidarisk")
"""Under which as many women are offered a place."""


def five_regions(replications: int) -> Scenario:
    """The ready scenario, with another number of replications."""
    return with_values(load_scenario(find_scenario("today-regions")), {"replications": replications})


def time_five_regions(*, replications: int, in_simpy: int, rounds: int) -> dict[str, Any]:
    """Time it fresh, in SimPy on one core (more would not help it), and replayed with one design changed."""
    cores = min(CORES, available_cores())
    asked = five_regions(replications)
    memory = Memory()
    run_experiment(asked, cores=cores, memory=memory)
    places = count(10)

    def change_one() -> object:
        changed = with_values(asked, {CHANGED: next(places)})
        return run_experiment(changed, cores=cores, memory=memory)

    turns = {
        "fresh": Turn(partial(run_experiment, asked, cores=cores)),
        "one_changed": Turn(change_one),
        "one_core": Turn(partial(run_experiment, asked, cores=1)),
        "simpy": Turn(
            partial(run_experiment, five_regions(in_simpy), engine="reference", cores=1), in_simpy / replications
        ),
    }
    seconds = time_in_turns(turns, rounds=rounds)
    return {
        "replications": replications,
        "designs": len(asked.designs),
        "cores": cores,
        "fresh_seconds": spread_of(seconds["fresh"])._asdict(),
        "one_core_seconds": spread_of(seconds["one_core"])._asdict(),
        "one_changed_seconds": spread_of(seconds["one_changed"])._asdict(),
        "memory_kept_megabytes": memory.n_bytes / 1e6,
        "simpy_seconds_extrapolated": spread_of(seconds["simpy"])._asdict(),
        "simpy_replications_played": in_simpy,
        "simpy_to_one_core": ratios(seconds["simpy"], seconds["one_core"])._asdict(),
        "fresh_to_one_changed": ratios(seconds["fresh"], seconds["one_changed"])._asdict(),
    }


def time_financings(*, replications: int, rounds: int) -> dict[str, Any]:
    """Time one design paid for in one way, and in several under which it offers alike: played once all the same."""
    asked = {"one": paid_by(FINANCINGS[:1], replications), "several": paid_by(FINANCINGS, replications)}
    turns = {word: Turn(partial(run_experiment, scenario, cores=1)) for word, scenario in asked.items()}
    seconds = time_in_turns(turns, rounds=rounds)
    return {
        "replications": replications,
        "financings": {word: len(scenario.designs) for word, scenario in asked.items()},
        "plays": {word: len(set(Keys(scenario).plays)) for word, scenario in asked.items()},
        "one_seconds": spread_of(seconds["one"])._asdict(),
        "several_seconds": spread_of(seconds["several"])._asdict(),
        "several_to_one": ratios(seconds["several"], seconds["one"])._asdict(),
    }


def paid_by(financings: tuple[str, ...], replications: int) -> Scenario:
    """The first design of the five regions, paid for in each of these ways."""
    asked = five_regions(replications)
    first = scenario_values(asked)["designs"][0]
    designs = [first | {"name": financing, "financing": financing} for financing in financings]
    return scenario_from(scenario_values(asked) | {"designs": designs})


def time_cores(*, replications: int, rounds: int) -> dict[str, Any]:
    """Time two cores against one, in turns; nothing on a machine with one core."""
    if available_cores() < CORES:
        return {"replications": replications, "cores": CORES, "is_timed": False}
    asked = five_regions(replications)
    turns = {str(cores): Turn(partial(run_experiment, asked, cores=cores)) for cores in (1, CORES)}
    seconds = time_in_turns(turns, rounds=rounds)
    return {
        "replications": replications,
        "cores": CORES,
        "is_timed": True,
        "one_core_seconds": spread_of(seconds["1"])._asdict(),
        "more_cores_seconds": spread_of(seconds[str(CORES)])._asdict(),
        "times_as_fast": ratios(seconds["1"], seconds[str(CORES)])._asdict(),
    }
