"""What a run was made on: nothing that says whose machine it is."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.c_limit import find_compiler
from sim.experiment import available_cores

PACKAGES = ("numpy", "numba", "scipy", "pandas", "simpy", "ciw", "salabim", "greenlet")
CPU_INFO = Path("/proc/cpuinfo")
CPU_TIMES = Path("/proc/stat")
TAKEN_BY_OTHERS = 8
"""Column of the processor time that the host of a virtual machine gave to other machines."""


def taken_by_others() -> float:
    """Processor time this machine wanted and its host gave to others, since it began; 0 where nobody says so [s]."""
    if not CPU_TIMES.exists():
        return 0.0
    with CPU_TIMES.open(encoding="ascii") as lines:
        return int(lines.readline().split()[TAKEN_BY_OTHERS]) / os.sysconf("SC_CLK_TCK")


def describe_machine() -> dict[str, object]:
    """Processor, cores, Python and versions."""
    return {
        "processor": _processor(),
        "cores": available_cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "compiler": _compiler(),
        "versions": {name: _version(name) for name in PACKAGES},
    }


def _processor() -> str:
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _compiler() -> str | None:
    compiler = find_compiler()
    if compiler is None:
        return None
    return subprocess.run([compiler, "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[0]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
