"""From a cold process to the first result, compiled code kept on disk, beside importing what must be."""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.timing import Turn, ratios, spread_of, time_in_turns

IMPORTS_ALONE = (sys.executable, "-c", "import numba, pandas")
IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
MOST_PACKAGES = 10


def run_command(folder: str, replications: int) -> tuple[str, ...]:
    """The command line of a run, results included."""
    program = str(Path(sys.executable).with_name("doegnplads"))
    return (program, "run", "today-regions", "--replications", str(replications), "--out", folder)


def time_cold_start(*, replications: int, rounds: int) -> dict[str, Any]:
    """Time whole processes, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        command = run_command(folder, replications)
        turns = {
            "run": Turn(partial(subprocess.run, command, check=True, capture_output=True)),
            "help": Turn(partial(subprocess.run, (command[0], "--help"), check=True, capture_output=True)),
            "imports": Turn(partial(subprocess.run, IMPORTS_ALONE, check=True)),
        }
        seconds = time_in_turns(turns, rounds=rounds)
        packages = _import_times(command)
    return {
        "replications": replications,
        "run_seconds": spread_of(seconds["run"])._asdict(),
        "help_seconds": spread_of(seconds["help"])._asdict(),
        "imports_seconds": spread_of(seconds["imports"])._asdict(),
        "run_to_imports": ratios(seconds["run"], seconds["imports"])._asdict(),
        "import_ms_by_package": packages,
    }


def _import_times(command: tuple[str, ...]) -> dict[str, float]:
    """Packages that take longest to import in a run, their own modules' time summed [ms]."""
    timed = (sys.executable, "-X", "importtime", *command)
    said = subprocess.run(timed, check=True, capture_output=True, text=True).stderr
    own: Counter[str] = Counter()
    for line in said.splitlines():
        if match := IMPORT_LINE.match(line):
            own[match[2].split(".")[0]] += int(match[1])
    return {package: microseconds / 1e3 for package, microseconds in own.most_common(MOST_PACKAGES)}
