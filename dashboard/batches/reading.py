"""From files to the scenarios of a run: gathered as on the command line, counted first, and held within the limits."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from dashboard.batches.files import Files, write_files
from dashboard.batches.limits import RUN, BatchLimits, plays_of, within_limits
from sim.batch import GatheredCases, gather
from sim.batch.finding import SCENARIO_ENDINGS
from sim.batch.tables import csv_header, read_table
from sim.geography import is_minutes_header
from sim.scenario import Case, Fault, ScenarioError
from sim.scenario.file.reading import read_values
from sim.scenario.sweeps import take_sweep
from sim.texts import Sayable, say


class FileCheck(NamedTuple):
    """What a file holds."""

    name: str  # of the file
    kind: str  # what it is
    n_scenarios: int  # how many scenarios it stands for, sound or not
    n_faults: int = 0  # how much is wrong with it


class Reading(NamedTuple):
    """What the files of a session come to."""

    checks: tuple[FileCheck, ...]  # a line a file
    cases: tuple[Case, ...]  # scenarios that may be run
    faults: tuple[Fault, ...]  # what is wrong with the others

    @property
    def n_plays(self) -> int:
        """How often designs are played, over all scenarios."""
        return sum(plays_of(case.scenario) for case in self.cases)

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Take out what is wrong with one file."""
        return tuple(
            fault for fault in self.faults if str(fault.source) == name or str(fault.source).startswith(f"{name} ")
        )


NOTHING_READ = Reading((), (), ())
"""Where there are no files."""


def read_files(
    files: Files, limits: BatchLimits, *, base: str | None = None, replications: int | None = None
) -> Reading:
    """Read the scenarios of files."""
    if not files.contents:
        return NOTHING_READ
    with tempfile.TemporaryDirectory(prefix="doegnplads-files-") as folder:
        try:
            write_files(files, Path(folder))
        except OSError as error:
            got = error.strerror or say("got.an_error_of")
            return Reading((), (), (_run_fault(say("allowed.room_to_read"), got, say("remedy.try_again_later")),))
        checks = [_check(Path(folder) / name, name) for name in files.contents]
        asked = sum(check.n_scenarios for check in checks)
        if asked > limits.scenarios:
            remedy = say("remedy.split_it_over")
            allowed = say("allowed.at_most_scenarios", n=limits.scenarios)
            return Reading(tuple(checks), (), (_run_fault(allowed, str(asked), remedy),))
        cases: list[Case] = []
        faults: list[Fault] = []
        for number, check in enumerate(checks):
            found = _gathered(Path(folder), check, base=base, replications=replications)
            checks[number] = check._replace(n_faults=len(found.faults))
            cases += found.cases
            faults += found.faults
    kept, too_much = within_limits(cases, limits)
    return Reading(tuple(checks), kept, (*faults, *too_much))


def _gathered(folder: Path, check: FileCheck, *, base: str | None, replications: int | None) -> GatheredCases:
    """Scenarios of one file; faults name it with the folder of its archive."""
    if check.kind == "travel":
        return GatheredCases((), ())
    path = folder / check.name
    base = str(folder / base) if base is not None and (folder / base).is_file() else base
    found = gather([str(path)], base=base, always=None if replications is None else {"replications": replications})
    faults = tuple(fault._replace(source=_renamed(fault.source, path.name, check.name)) for fault in found.faults)
    return found._replace(faults=faults)


def _renamed(source: Sayable, name: str, new: str) -> Sayable:
    if isinstance(source, str):
        return source.replace(name, new, 1)
    values = tuple(
        (key, _renamed(value, name, new) if isinstance(value, Sayable) else value) for key, value in source.values
    )
    return source._replace(values=values)


def _check(path: Path, name: str) -> FileCheck:
    """Count what a file stands for, before it is written out."""
    try:
        if path.suffix.lower() in SCENARIO_ENDINGS:
            _, sweep, faults = take_sweep(*read_values(path.read_bytes(), path.name)[:2], path.name)
            if faults:
                return FileCheck(name, "unreadable", 0)
            return FileCheck(name, "sweep", sweep.n_points) if sweep else FileCheck(name, "scenario", 1)
        if is_minutes_header(csv_header(path)):
            return FileCheck(name, "travel", 0)
        return FileCheck(name, "table", len(read_table(path).rows))
    except ScenarioError:
        return FileCheck(name, "unreadable", 0)


def _run_fault(allowed: Sayable, got: Sayable, remedy: Sayable) -> Fault:
    return Fault(RUN, None, "", allowed, got, remedy)
