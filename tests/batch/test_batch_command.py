"""The commands as a user types them: what is told, what is left, and exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_batches import QUICK_TEXT, ROOT, SWEEP_TEXT, cases

from sim.batch import Event, estimate_seconds, local_crew, plan_batch, run_batch
from sim.cli.batch import batch
from sim.cli.progress import a_minute, duration
from sim.cli.results import results
from sim.store import Store


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sweep, a faulty file, and a store of what could be computed."""
    folder = tmp_path_factory.mktemp("computed")
    (folder / "sweep.yaml").write_text(SWEEP_TEXT, encoding="utf-8")
    (folder / "faulty.yaml").write_text("name: faulty\n", encoding="utf-8")
    done = CliRunner().invoke(
        batch, [str(folder), "--out", str(folder / "store"), "--cores", "1", "--replications", "5"]
    )
    assert done.exit_code == 1
    assert "faulty.yaml, designs: a word that must be there; got nothing." in done.stderr
    assert "6 scenarios: 6 computed" in done.stdout
    return folder


def said(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(results, list(words))
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


@pytest.mark.e2e
def test_a_dry_run_says_what_would_run_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.batch.estimate_seconds", lambda missing, workers: 0.012 * len(missing) / workers)
    (tmp_path / "sweep.yaml").write_text(SWEEP_TEXT, encoding="utf-8")
    words = [str(tmp_path / "sweep.yaml"), "--out", str(tmp_path / "store"), "--dry-run", "--cores", "2"]
    done = CliRunner().invoke(batch, words)
    assert done.exit_code == 0
    assert "6 scenarios asked for, 6 different; 0 computed before." in done.stdout
    assert "6 to compute, about less than a second on 2 cores" in done.stdout
    plan = json.loads(CliRunner().invoke(batch, [*words, "--json"]).stdout)
    assert plan["missing"] == [f"quick-{number}" for number in range(1, 7)]
    assert plan["seconds"] == pytest.approx(0.036)
    assert not (tmp_path / "store").exists()


@pytest.mark.e2e
def test_what_was_computed_is_listed_shown_compared_and_exported(computed: Path, tmp_path: Path) -> None:
    store = ("--store", str(computed / "store"))
    assert "6 scenarios, 6 different results." in said("list", *store)
    listed = json.loads(said("list", *store, "--json"))
    assert listed[0]["changes"]["demand.need_per_year"] == 40
    assert said("show", "quick-1", *store).count("Women referred a year") == 1
    shown = json.loads(said("show", listed[0]["hash"][:6], *store, "--json"))
    assert (
        shown["provenance"]["scenario"].startswith(f'name: "{listed[0]["hash"]}"')
        or shown["hash"] in (shown["provenance"]["scenario"])
    )
    compared = json.loads(said("compare", "quick-1", "quick-5", *store, "--json", "--measure", "referrals_per_year"))
    assert all(row["difference"] > 0 for row in compared)
    assert "referrals_per_year" in said("compare", "quick-1", "quick-5", *store)
    assert " rows in " in said("export", *store, "--to", str(tmp_path / "table.csv"), "--by", "region", "quick-2")
    assert "0 files removed." in said("clean", *store)
    assert "a scenario of this store; got 'quick-9'. Did you mean quick-6?" in said("show", "quick-9", *store, code=2)
    assert "a store of results; got no such folder." in said("list", "--store", str(tmp_path / "none"), code=2)


@pytest.mark.e2e
def test_a_store_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    done = CliRunner().invoke(batch, [str(tmp_path / "one.yaml"), "--out", str(tmp_path / "one.yaml")])
    assert done.exit_code == 2
    assert "a folder that can be written, with room for results; got " in done.stderr


@pytest.mark.e2e
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    store, killed = Store(tmp_path), []

    def kill(event: Event) -> None:
        children = Path(f"/proc/{os.getpid()}/task")
        while event.kind == "begun" and not killed:
            found = " ".join(path.read_text() for path in children.glob("*/children")).split()
            killed.extend(int(child) for child in found if b"sim.batch.worker" in _command(child))
            time.sleep(0.01)
        if event.kind == "begun" and len(killed) == 1:
            os.kill(killed[0], signal.SIGKILL)
            killed.append(0)

    report = run_batch(plan_batch(cases(2), store), store, local_crew(1), on_event=kill)
    assert (report.done, report.failed, len(killed)) == (2, {}, 2)


def _command(process: str) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


@pytest.mark.e2e
def test_commands_start_without_the_slow_libraries() -> None:
    slow = "{'pandas', 'pyarrow', 'duckdb', 'openpyxl', 'distributed'}"
    program = f"import sys, sim.cli.batch, sim.cli.results; assert not {slow} & set(sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "less than a second"),
        (0.4, "less than a second"),
        (0.6, "1 s"),
        (90, "90 s"),
        (600, "10 min"),
        (7200, "2 h 0 min"),
        (9000, "2 h 30 min"),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.unit
@pytest.mark.parametrize(("done", "seconds", "words"), [(3, 0.0, ""), (0, 5.0, ""), (3, 60.0, "3 a minute")])
def test_rates_in_words(done: int, seconds: float, words: str) -> None:
    assert a_minute(done, seconds) == words


@pytest.mark.unit
@pytest.mark.parametrize(("tick", "seconds"), [(0.0, 0.03), (0.5, 0.03 + 0.5 / 20 / 2 * (6 * 20 * 2) / 2)])
def test_an_estimate_is_a_few_plays_multiplied(
    tick: float, seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count()
    monkeypatch.setattr("sim.batch.estimate.time.perf_counter", lambda: tick * next(clock))
    assert estimate_seconds(plan_batch(cases(6), Store(tmp_path)).missing, 2) == pytest.approx(seconds)
