"""Answers: what the model says to a scenario, kept for whoever asks the same again.

Takes scenarios. Gives `Results`, places over time, and what moved between two scenarios. One `Answers` serves all
sessions of a process: it holds only what follows from a scenario's content, nothing of anybody's, within a bound of
memory, and computes for one session at a time on all cores.
"""

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, NamedTuple

from dashboard.answer.turns import Turns
from dashboard.ask.question import Question, scenario_of
from sim.design import build_designs
from sim.experiment import Memory, Results, available_cores, most_replications, play_block, run_experiment
from sim.experiment.blocks import in_blocks
from sim.experiment.measured import IS_SHARE, MEASURE_NUMBER
from sim.experiment.memory import Keys
from sim.findings import count_places, near_and_far
from sim.looks.catchments import Catchments, catchments_of
from sim.looks.homes import Homes, count_homes
from sim.looks.over_time import OverTime, places_over_time
from sim.measures import Estimates, Parts, estimate_difference, join
from sim.scenario import Scenario, scenario_hash

MOST_BYTES = 600_000_000
"""How much all sessions together may keep of what has been computed, unless told otherwise [bytes]."""

MEMORY_VARIABLE = "DOEGNPLADS_MEMORY_MB"
"""Variable of the environment that tells otherwise [MB]."""

Progress = Callable[[int, int], None]
"""Called with the replications done and the most there will be; what it raises stops the work."""


class Moved(NamedTuple):
    """What moved between two scenarios, replication by replication."""

    measures: tuple[str, ...]  # names of the measures that were compared
    designs: dict[str, Estimates]
    replications: int  # how many replications both have

    def of(self, design: str, measure: str) -> dict[str, float] | None:
        """Look up one difference."""
        estimates = self.designs.get(design)
        if estimates is None:
            return None
        column = self.measures.index(measure)
        found = {word: float(values[column]) for word, values in estimates._asdict().items()}
        return found if found["n"] else None


class Answers:
    """Answers to scenarios, as many as fit in memory."""

    def __init__(self, most_bytes: int = MOST_BYTES, cores: int | None = None) -> None:
        self.memory = Memory(most_bytes)
        self.turns = Turns()
        self.cores = cores or available_cores()

    def recall(
        self, key: tuple[object, ...], make: Callable[[], Any], on_wait: Callable[[], None] | None = None
    ) -> Any:
        """Give what was made before under a key, or make it when it is our turn."""

        def make_in_turn() -> Any:
            with self.turns.turn(on_wait):
                return self.memory.recall(key, make)  # another may have made it while we waited

        return self.memory.recall(key, make_in_turn)

    def results(self, scenario: Scenario, on_progress: Progress | None = None) -> Results:
        """Compare the designs of a scenario."""
        found: Results = self.recall(
            ("results", *_content(scenario)),
            lambda: run_experiment(scenario, cores=self.cores, memory=self.memory, on_progress=on_progress),
            _looking_up(on_progress),
        )
        return found

    def over_time(self, scenario: Scenario, design: str, on_progress: Progress | None = None) -> OverTime:
        """Follow the places of one design over time."""
        alone = _with_one_design(scenario, design)
        found: OverTime = self.recall(
            ("over_time", *_content(alone)),
            lambda: places_over_time(alone, cores=self.cores, memory=self.memory, on_progress=on_progress),
            _looking_up(on_progress),
        )
        return found

    def homes(self, scenario: Scenario, level: str, on_progress: Progress | None = None) -> Homes:
        """Count the women of each design by home."""
        found: Homes = self.recall(
            ("homes", level, *_content(scenario)),
            lambda: count_homes(scenario, level, cores=self.cores, memory=self.memory, on_progress=on_progress),
            _looking_up(on_progress),
        )
        return found

    def catchments(self, scenario: Scenario, design: str) -> Catchments:
        """Find which pools of a design serve which municipalities."""

        def find() -> Catchments:
            return catchments_of(next(one for one in build_designs(scenario) if one.name == design), scenario)

        found: Catchments = self.memory.recall(("catchments", design, *_content(scenario)), find)
        return found

    def places(self, scenario: Scenario) -> dict[str, tuple[int, int]]:
        """Count the places of each design."""
        found: dict[str, tuple[int, int]] = self.memory.recall(
            ("places", *_content(scenario)), lambda: count_places(scenario)
        )
        return found

    def near_and_far(self, scenario: Scenario) -> dict[float, Results] | None:
        """Compare regional and shared designs with distance at both ends of what it may do."""
        found: dict[float, Results] | None = self.recall(
            ("near_and_far", *_content(scenario)),
            lambda: near_and_far(scenario, cores=self.cores, memory=self.memory),
        )
        return found

    def moved(
        self,
        scenario: Scenario,
        since: Scenario,
        *,
        measures: Sequence[str] = tuple(MEASURE_NUMBER),
        on_progress: Progress | None = None,
    ) -> Moved:
        """Take the difference between two scenarios, design by design and replication by replication.

        The women of the two are drawn from the same streams, so a difference is known much better than the intervals
        of the two suggest.
        """
        now, before = (self._parts(one, on_progress) for one in (scenario, since))
        replications = min(most_replications(scenario), most_replications(since))
        columns = [MEASURE_NUMBER[measure] for measure in measures]
        designs = {}
        for name in (name for name in now if name in before):
            one, other = (parts[name].part(replications=slice(replications)) for parts in (now, before))
            whole = estimate_difference(one, other, IS_SHARE)
            designs[name] = Estimates._make(array[0, columns] for array in whole)
        return Moved(tuple(measures), designs, replications)

    def _parts(self, scenario: Scenario, on_progress: Progress | None) -> dict[str, Parts]:
        """Parts of every measure for the whole country, by design."""
        found: dict[str, Parts] = self.recall(
            ("country", *_content(scenario)), lambda: self._country(scenario, on_progress), _looking_up(on_progress)
        )
        return found

    def _country(self, scenario: Scenario, on_progress: Progress | None) -> dict[str, Parts]:
        designs, keys = build_designs(scenario), Keys(scenario)
        play = partial(play_block, scenario, designs, engine="kernel", memory=self.memory, keys=keys)

        def country(block: int, n_replications: int) -> tuple[Parts, ...]:
            return tuple(join([parts.part(slice(1))]) for parts in play(block=block, n_replications=n_replications))

        parts = in_blocks(country, most_replications(scenario), cores=self.cores, on_progress=on_progress)
        joined = (join(list(of_design)) for of_design in zip(*parts, strict=True))
        return {design.name: of_design for design, of_design in zip(designs, joined, strict=True)}


@lru_cache(maxsize=1)
def shared_answers() -> Answers:
    """Give the answers that all sessions of this process share."""
    written = os.environ.get(MEMORY_VARIABLE, "")
    return Answers(int(written) * 1_000_000 if written.isdecimal() else MOST_BYTES)


def warm_up() -> None:
    """Answer the question everybody begins with, so that the first to come need not wait.

    What is in memory by then stays, and nothing of it need be looked through for garbage again: Streamlit collects
    garbage after each answer, and the next would wait for that.
    """
    answers, begin = shared_answers(), scenario_of(Question())
    with suppress(RuntimeError):  # the program may end meanwhile, and then no thread can begin
        answers.results(begin)
        answers.over_time(begin, begin.designs[0].name)
    gc.collect()
    gc.freeze()


def _content(scenario: Scenario) -> tuple[str, str, str, str]:
    return scenario_hash(scenario), scenario.name, scenario.title.da, scenario.title.en


def _with_one_design(scenario: Scenario, name: str) -> Scenario:
    """The same women and one of the designs, which is then compared with no other."""
    designs = tuple(design for design in scenario.designs if design.name == name)
    measures = scenario.measures.model_copy(update={"against": None})
    return scenario.model_copy(update={"designs": designs, "measures": measures})


def _looking_up(on_progress: Progress | None) -> Callable[[], None] | None:
    return None if on_progress is None else lambda: on_progress(0, 1)
