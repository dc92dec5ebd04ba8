"""Jobs in the background: they compute, tell how far they are, and leave nothing running when they are cancelled."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from waiting import HANG_SECONDS

from dashboard.answer.turns import Turns
from dashboard.batches.desk import NoRoomError, Room
from dashboard.batches.jobs import NICENESS, Job, Progress
from dashboard.batches.limits import BatchLimits
from sim.experiment import run_experiment
from sim.scenario import Case, scenario_from
from sim.store import piece_bytes, piece_key

ENDLESS = 200_000
"""Replications that would take minutes: a worker that has them in hand ends only if it is made to."""


def cases(n: int, replications: int = 20) -> tuple[Case, ...]:
    designs = [{"name": "regional", "kind": "regional"}, {"name": "shared", "kind": "shared"}]
    words = {"horizon_years": 3, "replications": replications, "designs": designs}
    return tuple(
        Case(scenario_from(words | {"name": f"quick-{need}", "demand": {"need_per_year": need}}), {})
        for need in range(20, 20 + n)
    )


def until(is_so: Callable[[], object]) -> None:
    """Wait for a condition; fail if it never comes."""
    end = time.monotonic() + HANG_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def workers() -> list[int]:
    """Ids of the worker processes that this process has now."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += [int(child) for child in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that has just ended
    return [child for child in found if b"sim.batch.worker" in command_of(child)]


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def job_of(found: tuple[Case, ...], folder: Path, turns: Turns | None = None, **limits: int) -> Job:
    return Job(found, folder / "job", turns or Turns(), cores=1, limits=BatchLimits(**limits))


def end_of(job: Job) -> Progress:
    until(lambda: job.progress.is_ended)
    return job.progress


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room(BatchLimits(jobs=2), cores=1)
    yield made
    made.close()


@pytest.mark.unit
def test_a_job_gives_the_same_results_as_the_command_line(tmp_path: Path) -> None:
    asked = cases(3)
    job = job_of(asked, tmp_path)
    assert job.progress == Progress("waiting", most=3)
    job.start()
    found = end_of(job)
    assert (found.state, found.done, found.most, found.in_hand, dict(found.failed)) == ("done", 3, 3, (), {})
    for case in asked:
        kept = job.store.piece_path(piece_key(case.scenario)).read_bytes()
        assert kept == piece_bytes(run_experiment(case.scenario, cores=1))
    assert job.n_bytes == sum(path.stat().st_size for path in job.store.pieces()) > 0
    assert workers() == []


@pytest.mark.unit
def test_cancelling_ends_the_workers_at_once_and_keeps_what_is_finished(tmp_path: Path) -> None:
    quick, endless = cases(2), cases(3, replications=ENDLESS)[2:]
    job = job_of(quick + endless, tmp_path)
    job.start()
    until(lambda: job.progress.done == 2 and job.progress.in_hand == (endless[0].scenario.name,))
    assert job.progress.state == "running"
    assert job.progress.seconds_left is not None
    busy = workers()
    assert len(busy) == 1
    assert os.getpriority(os.PRIO_PROCESS, busy[0]) == NICENESS
    job.cancel(HANG_SECONDS)
    assert job.progress.state == "stopped"
    assert job.progress.done == 2
    assert not Path(f"/proc/{busy[0]}").exists()
    assert workers() == []
    assert [job.store.recall(case.scenario) is not None for case in job.cases] == [True, True, False]


@pytest.mark.unit
def test_a_job_that_waits_for_its_turn_can_be_cancelled_without_having_begun(tmp_path: Path) -> None:
    turns = Turns()
    with turns.turn():
        job = job_of(cases(1), tmp_path, turns)
        job.start()
        until(lambda: turns.n_waiting == 1)
        assert job.progress.state == "waiting"
        job.cancel(HANG_SECONDS)
        assert job.progress.state == "stopped"
        assert turns.n_waiting == 0
    assert not job.store.path.exists()


@pytest.mark.unit
def test_a_job_ends_by_itself_when_it_has_taken_its_time(tmp_path: Path) -> None:
    job = job_of(cases(1, replications=ENDLESS), tmp_path, hours=0)
    job.start()
    assert end_of(job).state == "late"
    assert workers() == []


@pytest.mark.unit
def test_a_job_ends_when_its_results_take_more_room_than_they_may(tmp_path: Path) -> None:
    job = job_of(cases(50), tmp_path, megabytes=0)
    job.start()
    found = end_of(job)
    assert found.state == "full"
    assert 1 <= found.done < 50


@pytest.mark.unit
def test_a_job_that_cannot_write_says_why(tmp_path: Path) -> None:
    (tmp_path / "job").write_text("a file where the folder should be", encoding="utf-8")
    job = job_of(cases(1), tmp_path)
    job.start()
    found = end_of(job)
    assert found.state == "failed"
    assert "a folder that can be written" in found.fault
    assert workers() == []


@pytest.mark.unit
def test_jobs_of_a_desk_are_bounded_and_make_room_when_removed(room: Room) -> None:
    desk = room.open_desk()
    with room.turns.turn():  # nobody computes
        jobs = [desk.begin(cases(1)) for _ in range(2)]
        with pytest.raises(NoRoomError, match="jobs"):
            desk.begin(cases(1))
        desk.remove(1)
        desk.remove(1)
        assert desk.jobs == {2: jobs[1]}
        assert end_of(jobs[0]).state == "stopped"
        again = desk.begin(cases(1))
        assert desk.jobs == {2: jobs[1], 3: again}
        assert again.store.path not in {job.store.path for job in jobs}


@pytest.mark.unit
def test_all_sessions_together_may_write_only_so_much(room: Room) -> None:
    one, other = room.open_desk(), room.open_desk()
    with room.turns.turn():
        one.begin(cases(1)).n_bytes = 3_000_000
        other.begin(cases(1)).n_bytes = 3_000_000
        room.limits = room.limits._replace(server_megabytes=5)
        with pytest.raises(NoRoomError, match="server"):
            other.begin(cases(1))
        one.remove(1)
        assert other.begin(cases(1)).progress.state == "waiting"


@pytest.mark.unit
def test_nothing_is_left_of_a_session_that_ended(room: Room) -> None:
    desk = room.open_desk()
    running = desk.begin(cases(1) + cases(2, replications=ENDLESS)[1:])
    until(lambda: running.progress.done == 1 and len(workers()) == 1)
    folder = running.store.path.parent
    assert any(folder.rglob("*.parquet"))
    del desk
    gc.collect()
    assert end_of(running).state == "stopped"
    until(lambda: not folder.exists() and not workers())


@pytest.mark.unit
def test_ended_jobs_are_kept_only_so_long(room: Room) -> None:
    desk = room.open_desk()
    with room.turns.turn():
        job, waiting = (desk.begin(cases(1)) for _ in range(2))
        job.cancel(HANG_SECONDS)
        job.store.path.mkdir(parents=True)
        room.sweep()
        assert desk.jobs == {1: job, 2: waiting}
        assert job.ended_at is not None
        job.ended_at -= 3600 * room.limits.hours
        room.sweep()
        assert desk.jobs == {2: waiting}
        assert not job.store.path.exists()


@pytest.mark.unit
def test_closing_the_room_ends_everything() -> None:
    room = Room(BatchLimits(), cores=1)
    desk = room.open_desk()
    job = desk.begin(cases(1, replications=ENDLESS))
    until(lambda: len(workers()) == 1)
    room.close()
    assert job.progress.state == "stopped"
    assert workers() == []
    assert not job.store.path.parent.parent.exists()


@pytest.mark.unit
def test_sessions_have_folders_of_their_own_that_nobody_can_guess(room: Room) -> None:
    one, other = room.open_desk(), room.open_desk()
    with room.turns.turn():
        jobs = [desk.begin(cases(1)) for desk in (one, other)]
        assert [list(desk.jobs.values()) for desk in (one, other)] == [jobs[:1], jobs[1:]]
        folders = [job.store.path.parent for job in jobs]
        assert folders[0] != folders[1]
        assert all(folder.stat().st_mode & 0o077 == 0 for folder in folders)
