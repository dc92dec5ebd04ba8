"""The program from outside, as a user runs it."""

import contextlib
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from asked_files import FAULTY, QUICK, written
from waiting import HANG_SECONDS

from sim.scenario import find_scenario, load_scenario

PROGRAM = Path(sys.executable).with_name("doegnplads")


def run_program(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG_SECONDS,
        check=False,
    )


@pytest.mark.e2e
def test_run_of_a_ready_scenario_gives_json(tmp_path: Path) -> None:
    done = run_program("run", "baseline", "--replications", "3", "--seed", "1", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["scenario"], found["seed"], found["replications"]) == ("baseline", 1, 3)
    designs = [design.name for design in load_scenario(find_scenario("baseline")).designs]
    assert list(found["designs"]) == designs
    assert "admitted_per_year" in found["differences"][f"{designs[1]} - {designs[0]}"]


@pytest.mark.e2e
def test_run_leaves_results_in_the_current_folder(tmp_path: Path) -> None:
    done = run_program("run", written(tmp_path, QUICK), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 120
    folder, _ = sorted((tmp_path / "results").iterdir())
    assert done.stdout.rstrip().splitlines()[-1].startswith(f"Results are in results/{folder.name}/")


@pytest.mark.e2e
def test_faults_are_plain_messages_and_exit_codes(tmp_path: Path) -> None:
    unknown = run_program("run", "basline", folder=tmp_path)
    assert unknown.returncode == 2
    assert unknown.stderr.rstrip().endswith("Did you mean baseline?")
    assert "Traceback" not in unknown.stderr
    faulty = run_program("validate", written(tmp_path, FAULTY, "faulty.yaml"), folder=tmp_path)
    assert faulty.returncode == 1
    assert "faulty.yaml line 6" in faulty.stderr
    assert run_program("validate", "baseline", folder=tmp_path).returncode == 0


@pytest.mark.e2e
def test_a_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [PROGRAM, "schema"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    program.stdout.close()
    _, said = program.communicate(timeout=HANG_SECONDS)
    assert said == ""


@pytest.mark.e2e
def test_table_reads_well_in_a_terminal_of_100_columns(tmp_path: Path) -> None:
    lines = shown_in_terminal("run", "today-regions", "--replications", "3", columns=100, folder=tmp_path)
    table = [line for line in lines if not line.startswith("Results are in")]
    assert max(map(len, table)) <= 100
    text = "\n".join(table)
    assert "…" not in text
    for words in ("regional", "shared", "flexible", "external", "Occupancy", "shared - regional"):
        assert words in text
    shown = table[: table.index("What may be said")]
    broken = [line for line in shown if set(re.sub(r"\([^()]*\)", "", line)) & set("()")]
    assert broken == [], "an interval is broken over two lines"


def shown_in_terminal(*words: str, columns: int, folder: Path) -> list[str]:
    """Lines that a terminal so wide is shown, without colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    program = subprocess.Popen(
        [PROGRAM, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says that the other end is gone
        while part := os.read(ours, 65_536):
            shown += part
    os.close(ours)
    assert program.wait(timeout=HANG_SECONDS) == 0
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode()).splitlines()
