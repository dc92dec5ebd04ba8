"""Peak memory of the five regions, all designs, at few and at many replications, each in a process of its own.

Run as ``python -m benchmarks.memory_peak 1000``, it runs them with that many replications and prints the peak
[bytes]. Linux hands a child the peak of whoever started it, so there the peak is read from where it counts from the
child's own beginning; elsewhere from ``resource``.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.five_regions import five_regions
from sim.experiment import run_experiment

STATUS = Path("/proc/self/status")


def peak_bytes() -> int:
    """Most memory this process has had at once."""
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def measure_peaks(*, few: int, many: int) -> dict[str, Any]:
    """Run both in processes of their own."""
    rows = {name: _measure(replications) for name, replications in (("few", few), ("many", many))}
    more = rows["many"]["peak_megabytes"] - rows["few"]["peak_megabytes"]
    return {**rows, "more_megabytes": more}


def _measure(replications: int) -> dict[str, Any]:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.memory_peak", str(replications)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - begin
    return {"replications": replications, "peak_megabytes": int(said) / 1e6, "seconds": seconds}


if __name__ == "__main__":
    run_experiment(five_regions(int(sys.argv[1])))
    print(peak_bytes())
