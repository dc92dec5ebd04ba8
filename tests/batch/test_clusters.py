"""A real Dask cluster of separate processes, one killed on the way, gives the files a local run gives."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_batches import QUICK_TEXT, ROOT, cases, content, one_by_one, start
from waiting import HANG_SECONDS

from sim.batch import gather, plan_batch, run_batch
from sim.batch.cluster import cluster_crew
from sim.store import Store, StoreError

pytest.importorskip("distributed")
N_SCENARIOS = 40
SWEEP = f"sweep:\n  - demand.need_per_year: [{', '.join(str(20 + number) for number in range(N_SCENARIOS))}]\n"
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"
WORKS = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")


def dask(folder: Path, command: str, *words: str, first: str = "") -> subprocess.Popen[bytes]:
    """Start a process of Dask, which looks for Python's modules in `first` before it finds the program."""
    return subprocess.Popen(
        [sys.executable, "-c", command, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (first, str(ROOT))))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


OTHER_NUMPY = """\
import importlib.metadata as metadata
real = metadata.version
metadata.version = lambda name: "1.99.0" if name == "numpy" else real(name)
"""
WITHOUT = 'raise ModuleNotFoundError("No module named sim")'


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler alone; what is appended is ended with it."""
    about = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about))
    processes = [dask(tmp_path, SCHEDULER, *words)]
    for _ in range(6000):  # only bounds a hang
        if about.exists() and about.read_text():
            break
        time.sleep(0.1)
    try:
        yield json.loads(about.read_text())["address"], processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]]
) -> tuple[str, list[subprocess.Popen[bytes]]]:
    address, processes = scheduler
    processes += [dask(tmp_path, WORKER, address, *WORKS, "--name", f"worker-{number}") for number in range(2)]
    return scheduler


@pytest.mark.e2e
def test_a_cluster_that_loses_a_worker_gives_the_same_files(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (_, _, unlucky) = cluster
    (tmp_path / "many.yaml").write_text(QUICK_TEXT + SWEEP, encoding="utf-8")
    process = start(tmp_path, "many.yaml", "--cluster", address, "--out", "store", "--json")
    assert process.stdout is not None
    events = []
    for line in process.stdout:
        events.append(json.loads(line))
        if events[-1]["event"] == "done" and unlucky.poll() is None:
            unlucky.send_signal(signal.SIGKILL)
            unlucky.wait()
    assert process.stderr is not None
    with process.stdout, process.stderr:
        said = process.stderr.read()
    assert process.wait(timeout=HANG_SECONDS) == 0, said
    report = {"event": "report", "scenarios": N_SCENARIOS, "computed": N_SCENARIOS, "known": 0, "failed": 0, "left": 0}
    assert events[-1] | report == events[-1]
    alone = Store(tmp_path / "alone")
    run_batch(plan_batch(gather([str(tmp_path / "many.yaml")]).cases, alone), alone, one_by_one)
    assert content(tmp_path / "store") == content(tmp_path / "alone")


@pytest.mark.e2e
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://127.0.0.1:99999"])
def test_no_cluster_at_an_address_gives_a_message(tmp_path: Path, address: str) -> None:
    crew = cluster_crew(address)
    batch = plan_batch(cases(1), Store(tmp_path))
    with pytest.raises(StoreError, match=f"{address}: the address of a Dask scheduler; got .*Write it as tcp://"):
        run_batch(batch, Store(tmp_path), crew)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.e2e
def test_a_scheduler_without_workers_is_told_and_nothing_is_written(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(StoreError, match=r"a cluster with workers; got none. Start one: dask worker tcp://"):
        run_batch(plan_batch(cases(1), store), store, cluster_crew(scheduler[0], wait_seconds=0.5))
    assert not store.path.exists()
    run_batch(plan_batch(cases(1), store), store, one_by_one)
    assert len(list(store.pieces())) == 1


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("sim/__init__.py", WITHOUT, r"got .*No module named sim.* on tcp://127.0.0.1:\d+. Install the same version"),
        ("sitecustomize.py", OTHER_NUMPY, r"got numpy 1.99.0 \(here [\d.]+\) on tcp://127.0.0.1:\d+. Install the same"),
    ],
)
def test_workers_of_another_kind_are_told_and_nothing_is_written(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]], file: str, text: str, message: str
) -> None:
    address, processes = scheduler
    path = tmp_path / "other" / file
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    processes.append(dask(tmp_path, WORKER, address, *WORKS, first=str(tmp_path / "other")))
    store = Store(tmp_path / "store")
    with pytest.raises(StoreError, match=message):
        run_batch(plan_batch(cases(1), store), store, cluster_crew(address))
    assert not store.path.exists()


@pytest.mark.e2e
def test_a_lost_scheduler_is_told_in_words(tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    address, (scheduler, *_) = cluster
    (tmp_path / "many.yaml").write_text(QUICK_TEXT + SWEEP, encoding="utf-8")
    process = start(tmp_path, "many.yaml", "--cluster", address, "--out", "store", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        for line in process.stdout:
            if json.loads(line)["event"] == "done" and scheduler.poll() is None:
                scheduler.send_signal(signal.SIGKILL)
        said = process.stderr.read()
    assert process.wait(timeout=60) == 2, said
    assert f"{address}: a scheduler that runs until the batch is done; got one that was lost. Start it" in said
    assert "Traceback" not in said
    kept = Store(tmp_path / "store")
    assert kept.check() == []
    assert 0 < len(list(kept.pieces())) < N_SCENARIOS
