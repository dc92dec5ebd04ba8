"""Nothing is lost: a batch killed at random moments ends as if it had never been disturbed."""

import fcntl
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from small_batches import QUICK_TEXT, content, one_by_one, run, start
from waiting import HANG_SECONDS

from sim.batch import gather, plan_batch, run_batch
from sim.store import Store

COMMAND_KILLS, FORKED_KILLS = 4, 16
CORES = 2
N_SCENARIOS = 80
SMALLEST_PIPE = 4096
SWEEP = f"sweep:\n  - demand.need_per_year: [{', '.join(str(20 + number) for number in range(N_SCENARIOS))}]\n"
FORKS = Path(__file__).with_name("forked_batches.py").read_text(encoding="utf-8")


def rest_of(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it prints and complains about from here on, with what was read ahead of the last line."""
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        printed, said = process.stdout.read(), process.stderr.read()
    process.wait(timeout=HANG_SECONDS)
    return printed, said


def events_of(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    printed, _ = rest_of(process)
    return [json.loads(line) for line in printed.splitlines() if line.endswith("}")]


@pytest.mark.e2e
def test_killed_at_twenty_random_moments_the_store_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text(QUICK_TEXT + SWEEP, encoding="utf-8")
    asked = ("many.yaml", "--cores", str(CORES), "--json")
    chance = random.Random(20270101)
    told: list[dict[str, object]] = []
    for _ in range(COMMAND_KILLS):
        process = start(tmp_path, *asked, "--out", "killed")
        assert process.stdout is not None
        first = process.stdout.readline()  # it has planned and begins: from here on there is something to lose
        time.sleep(chance.uniform(0.0, 3.0))
        process.send_signal(signal.SIGKILL)
        told += [json.loads(first), *events_of(process)]
    # The same within one process that is forked warm, so that the moments fall among writing rather than starting.
    delays = [str(chance.uniform(0.0, 0.15)) for _ in range(FORKED_KILLS)]
    forks = start(tmp_path, "many.yaml", "killed", *delays, command=FORKS)
    told += events_of(forks)
    assert forks.returncode == 0
    last = start(tmp_path, *asked, "--out", "killed")
    told += events_of(last)
    assert last.returncode == 0
    begun = Counter(event["key"] for event in told if event["event"] == "begun")
    done = Counter(event["key"] for event in told if event["event"] == "done")
    # What is told to be done is never begun again; what is begun again was in hand, or just being written.
    assert set(done.values()) == {1}
    assert sum(begun.values()) - N_SCENARIOS <= 2 * COMMAND_KILLS * CORES + FORKED_KILLS
    undisturbed = Store(tmp_path / "undisturbed")
    run_batch(plan_batch(gather([str(tmp_path / "many.yaml")]).cases, undisturbed), undisturbed, one_by_one)
    assert content(tmp_path / "killed") == content(tmp_path / "undisturbed")


def first_line(pipe: int) -> bytes:
    """The next line, and nothing beyond it."""
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(pipe, 1)
    return line


@pytest.mark.e2e
def test_ctrl_c_stops_after_the_pieces_in_hand_and_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text(QUICK_TEXT + SWEEP, encoding="utf-8")
    asked = ("many.yaml", "--json", "--out", "store", "--replications", "1000")  # not all done before the signal comes
    process = start(tmp_path, *asked, "--cores", "1")
    assert process.stdout is not None
    # However fast it computes, it can be no more than a small pipe ahead of who reads.
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)
    events = [json.loads(first_line(process.stdout.fileno())) for _ in range(3)]
    process.send_signal(signal.SIGINT)
    printed, said = rest_of(process)
    events += [json.loads(line) for line in printed.splitlines()]
    assert process.returncode == 130
    assert "Stopping after the scenarios in hand" in said
    assert "Traceback" not in said
    counted = Counter(event["event"] for event in events)
    assert counted["begun"] == counted["done"] < N_SCENARIOS
    assert events[-1]["left"] == N_SCENARIOS - counted["done"]
    code, printed, _ = run(tmp_path, *asked)
    assert code == 0
    assert json.loads(printed.splitlines()[-1])["known"] == counted["done"]


@pytest.mark.e2e
def test_two_batches_into_one_store_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "few.yaml").write_text(QUICK_TEXT + "sweep:\n  - seed: [1, 2, 3, 4, 5, 6, 7, 8]\n", encoding="utf-8")
    both = [start(tmp_path, "few.yaml", "--cores", "1", "--out", "store") for _ in range(2)]
    for process in both:
        _, said = process.communicate(timeout=HANG_SECONDS)
        assert process.returncode == 0, said
    alone = Store(tmp_path / "alone")
    run_batch(plan_batch(gather([str(tmp_path / "few.yaml")]).cases, alone), alone, one_by_one)
    assert content(tmp_path / "store") == content(tmp_path / "alone")
