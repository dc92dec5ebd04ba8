"""Limits of what one session may run, and what a scenario weighs against them."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.cohort.need import funnel_of
from sim.experiment import most_replications
from sim.faults import shown
from sim.scenario import Case, Fault, Scenario, ScenarioError
from sim.texts import say

RUN = "run"
"""Stands in faults in the place of a file, where it is all of them together that are too much."""

_PREFIX = "DOEGNPLADS_JOB_"


class BatchLimits(NamedTuple):
    """How much may be run and kept."""

    scenarios: int = 1000  # scenarios in one job
    plays: int = 5_000_000  # replications times designs, over all scenarios of one job
    women: int = 25_000  # women in need in one replication, over all its years: they decide how much memory it takes
    hours: int = 6  # how long a job may compute, and how long an ended one is kept [hours]
    jobs: int = 5  # jobs of one session
    megabytes: int = 1000  # results of one job on the disk [MB]
    server_megabytes: int = 5000  # results of all sessions together [MB]


def read_limits(environment: Mapping[str, str] = os.environ) -> BatchLimits:
    """Take the limits that whoever runs the server has set."""
    found = {}
    for word in BatchLimits._fields:
        name = f"{_PREFIX}{word.upper()}"
        written = environment.get(name, "").strip()
        if not written:
            continue
        if not (written.isascii() and written.isdigit() and int(written) > 0):
            raise ValueError(f"{name}: a whole number from 1; got {shown(written)}. Correct or remove the variable.")
        found[word] = int(written)
    return BatchLimits(**found)


def plays_of(scenario: Scenario) -> int:
    """Count how often designs are played for a scenario."""
    return most_replications(scenario) * len(scenario.designs)


def within_limits(cases: Sequence[Case], limits: BatchLimits) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """Keep back what is more than may be run."""
    kept: list[Case] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            fault = _too_many_women(case.scenario, limits)
            faults += [fault] if fault else []
            kept += [] if fault else [case]
        except ScenarioError as error:
            faults += error.faults
    plays = sum(plays_of(case.scenario) for case in kept)
    if len(kept) > limits.scenarios:
        remedy = say("remedy.split_it_over")
        faults.append(
            Fault(RUN, None, "", say("allowed.at_most_scenarios", n=limits.scenarios), str(len(kept)), remedy)
        )
    if plays > limits.plays:
        allowed = say("allowed.at_most_replications", n=limits.plays)
        faults.append(Fault(RUN, None, "replications", allowed, str(plays), say("remedy.set_fewer_replications")))
    return (tuple(kept) if len(kept) <= limits.scenarios and plays <= limits.plays else ()), tuple(faults)


def _too_many_women(scenario: Scenario, limits: BatchLimits) -> Fault | None:
    women = funnel_of(scenario).need_per_year * scenario.horizon_years
    if women <= limits.women:
        return None
    allowed = say("allowed.at_most_women", n=limits.women)
    return Fault(scenario.name, None, "demand.need_per_year", allowed, f"{women:.0f}", say("remedy.set_a_lower"))
