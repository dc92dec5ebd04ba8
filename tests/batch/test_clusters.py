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

from sim.batch import gather, plan_batch, run_batch
from sim.batch.cluster import cluster_crew
from sim.store import Store, StoreError

pytest.importorskip("distributed")
N_SCENARIOS = 40
SWEEP = f"sweep:\n  - demand.need_per_year: [{', '.join(str(20 + number) for number in range(N_SCENARIOS))}]\n"
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"


def dask(folder: Path, command: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", command, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    about = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about))
    processes = [dask(tmp_path, SCHEDULER, *words)]
    for _ in range(6000):  # only bounds a hang
        if about.exists() and about.read_text():
            break
        time.sleep(0.1)
    address = json.loads(about.read_text())["address"]
    settings = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    processes += [dask(tmp_path, WORKER, address, *settings, "--name", f"worker-{number}") for number in range(2)]
    try:
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


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
    assert process.wait(timeout=600) == 0, said
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
