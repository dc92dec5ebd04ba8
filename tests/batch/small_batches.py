"""Scenarios and tables small enough to be computed many times, and batches of their own process."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sim.batch import Answer, Begun, Piece, compute_piece
from sim.scenario import Case, scenario_from

QUICK: dict[str, Any] = {
    "name": "quick",
    "horizon_years": 3,
    "replications": 20,
    "designs": [
        {"name": "regional", "kind": "regional"},
        {"name": "as-today", "kind": "external", "financing": "municipal"},
    ],
}
QUICK_TEXT = """\
name: quick
horizon_years: 3
replications: 20
designs:
  - {name: regional, kind: regional}
  - {name: as-today, kind: external, financing: municipal}
"""
SWEEP_TEXT = (
    QUICK_TEXT
    + """\
sweep:
  - demand.need_per_year: [40, 60, 80]
  - acceptance.base: {low: 0.2, high: 0.6}
samples: 2
"""
)
COMMAND = "import sys; from sim.cli.batch import batch; batch()"
RESULTS = "import sys; from sim.cli.results import results; results()"
ROOT = Path(__file__).parents[2]


def cases(n: int, **words: Any) -> tuple[Case, ...]:
    """Scenarios that differ in their need."""
    made = (scenario_from(QUICK | words | {"demand": {"need_per_year": 20 + number}}) for number in range(n))
    named = (scenario.model_copy(update={"name": f"quick-{number}"}) for number, scenario in enumerate(made))
    return tuple(Case(scenario, {}) for scenario in named)


def start(folder: Path, *words: str, command: str = COMMAND, **options: Any) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", command, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def run(folder: Path, *words: str, command: str = COMMAND, **options: Any) -> tuple[int, str, str]:
    """Run a command to its end: exit code, what it printed, what it complained about."""
    process = start(folder, *words, command=command, **options)
    printed, said = process.communicate(timeout=600)
    return process.returncode, printed, said


def one_by_one(pieces: Iterable[Piece], is_stopping: Callable[[], bool]) -> Iterator[Begun | Answer]:
    """A crew of this process alone."""
    for piece in pieces:
        if is_stopping():
            return
        yield Begun(piece)
        yield Answer(piece, *compute_piece(piece.request()))


def content(store: Path) -> dict[str, bytes]:
    """Everything in a store, by the file's way."""
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}
