"""Desks: what one session has in hand, seen by nobody else, and gone when the session is.

A session keeps its desk. When the session ends nobody holds the desk any more: its jobs are ended and its folder is
removed. One room serves all sessions of a process: it lets one job compute at a time and bounds what all together keep.
"""

import atexit
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from dashboard.answer.turns import Turns
from dashboard.batches.files import Files
from dashboard.batches.jobs import Job
from dashboard.batches.limits import BatchLimits, read_limits
from sim.experiment import available_cores
from sim.scenario import Case

_SECONDS_PER_HOUR = 3600.0
_BYTES_PER_MEGABYTE = 1_000_000
_PATIENCE_SECONDS = 3.0


class NoRoomError(RuntimeError):
    """No more can be kept."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"no room: {code}")


class Desk:
    """What one session has in hand."""

    def __init__(self, folder: Path, room: "Room") -> None:
        self.files = Files()
        self.jobs: dict[int, Job] = {}
        self._folder, self._room = folder, room
        self._n_begun = 0
        weakref.finalize(self, _clear, self.jobs, folder)

    def begin(self, cases: Sequence[Case]) -> Job:
        """Begin a job."""
        room = self._room
        if len(self.jobs) >= room.limits.jobs:
            raise NoRoomError("jobs")
        room.demand_space()
        self._n_begun += 1
        job = Job(cases, self._folder / str(self._n_begun), room.turns, cores=room.cores, limits=room.limits)
        self.jobs[self._n_begun] = job
        job.start()
        return job

    def remove(self, number: int) -> None:
        """Take a job and its results off the desk."""
        job = self.jobs.pop(number, None)
        if job is not None:
            job.remove()


class Room:
    """What the desks of all sessions share."""

    def __init__(self, limits: BatchLimits, cores: int) -> None:
        self.limits, self.cores = limits, cores
        self.turns = Turns()
        self._desks: weakref.WeakSet[Desk] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._folder: Path | None = None

    def open_desk(self) -> Desk:
        """Give a session a desk of its own."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="doegnplads-runs-"))
                atexit.register(self.close)
            desk = Desk(Path(tempfile.mkdtemp(dir=self._folder)), self)
            self._desks.add(desk)
        return desk

    def sweep(self) -> None:
        """Remove jobs that ended longer ago than they are kept."""
        oldest = time.monotonic() - self.limits.hours * _SECONDS_PER_HOUR
        for desk in list(self._desks):
            for number, job in list(desk.jobs.items()):
                if job.ended_at is not None and job.ended_at < oldest:
                    desk.remove(number)

    def demand_space(self) -> None:
        """Refuse more, where all sessions together have written as much as they may."""
        written = sum(job.n_bytes for desk in list(self._desks) for job in list(desk.jobs.values()))
        if written > self.limits.server_megabytes * _BYTES_PER_MEGABYTE:
            raise NoRoomError("server")

    def close(self) -> None:
        """End all jobs and remove everything."""
        jobs = [job for desk in list(self._desks) for job in desk.jobs.values()]
        for job in jobs:
            job.cancel()
        for job in jobs:
            job.cancel(_PATIENCE_SECONDS)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


@lru_cache(maxsize=1)
def shared_room() -> Room:
    """Give the room that all sessions of this process share."""
    return Room(read_limits(), available_cores())


def _clear(jobs: dict[int, Job], folder: Path) -> None:
    """Remove what a session leaves behind; never waits, since it may be called anywhere."""
    for job in jobs.values():
        job.remove()
    with suppress(OSError):
        folder.rmdir()
