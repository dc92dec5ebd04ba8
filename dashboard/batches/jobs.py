"""Jobs: batches that run in the background, tell how far they are, and can be ended at once.

Takes scenarios. Computes in worker processes of a job's own, which stand back for whoever moves a slider; when a job is
cancelled they are ended by their ids. What was finished is kept. One job computes at a time; others wait their turn.
"""

import logging
import shutil
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from dashboard.answer.turns import Turns
from dashboard.batches.limits import BatchLimits, plays_of
from sim.batch import Event, local_crew, plan_batch, run_batch
from sim.scenario import Case
from sim.store import Store, StoreError

NICENESS = 10
"""How far workers stand back for everybody else on the machine."""

_SECONDS_PER_HOUR = 3600.0
_BYTES_PER_MEGABYTE = 1_000_000
_LOG = logging.getLogger(__name__)


class Progress(NamedTuple):
    """How far a job is."""

    state: str = "waiting"
    done: int = 0  # results computed, or known before
    most: int = 0  # results to be computed
    in_hand: tuple[str, ...] = ()  # names of the scenarios that are being computed
    failed: Mapping[str, str] = MappingProxyType({})  # why scenarios could not be computed, by name
    seconds: float = 0.0  # since it began to compute [seconds]
    seconds_left: float | None = None  # until it will be done [seconds]; None where that is not known
    fault: str = ""  # why it failed; empty if it did not

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in {"waiting", "running", "stopping"}

    @property
    def share(self) -> float:
        """How much of it is done."""
        return (self.done + len(self.failed)) / self.most if self.most else 0.0


class _CancelledError(Exception):
    """A job was cancelled while it waited for its turn."""


class Job:
    """One batch in the background."""

    def __init__(self, cases: Sequence[Case], folder: Path, turns: Turns, *, cores: int, limits: BatchLimits) -> None:
        self.cases = tuple(cases)
        self.store = Store(folder)
        self.ended_at: float | None = None
        self._turns, self._cores, self._limits = turns, cores, limits
        self._plays_left: dict[str, int] = {}
        self._lock = threading.RLock()  # what a session leaves behind may be cleared at any moment, also in here
        self._progress = Progress(most=len(cases))
        self._in_hand: dict[str, str] = {}
        self._plays_done = 0
        self.n_bytes = 0
        self._began_at: float | None = None
        self._reason = ""
        self._is_unwanted = False
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)

    def start(self) -> None:
        """Begin, or wait for a turn."""
        self._thread.start()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        with self._lock:
            found, began_at = self._progress, self._began_at
            is_stopping = bool(self._reason) and not found.is_ended
            left = sum(self._plays_left.values())
        if found.is_ended or began_at is None:
            return found._replace(state="stopping") if is_stopping else found
        seconds = time.monotonic() - began_at
        seconds_left = seconds * left / self._plays_done if self._plays_done and not is_stopping else None
        return found._replace(
            state="stopping" if is_stopping else "running", seconds=seconds, seconds_left=seconds_left
        )

    def cancel(self, wait_seconds: float = 0.0) -> None:
        """End it at once: its workers are killed, whatever they have in hand."""
        self._end_because("stopped")
        if wait_seconds and self._thread.is_alive():
            self._thread.join(wait_seconds)

    def remove(self) -> None:
        """Cancel it and remove what it has written, as soon as nobody writes any more."""
        self.cancel()
        with self._lock:
            self._is_unwanted = True
            is_ended = self.ended_at is not None
        if is_ended:
            self._discard()

    def _run(self) -> None:
        state, fault = "failed", ""
        try:
            with self._turns.turn(self._look_up):
                with self._lock:
                    self._began_at = time.monotonic()
                state = self._compute()
        except _CancelledError:
            state = self._reason
        except StoreError as error:
            fault = str(error)
        except Exception:  # whatever it is, the page must say that it ended
            _LOG.exception("a job failed")
        finally:
            self._settle(state, fault)

    def _compute(self) -> str:
        """Compute what can be computed, and say how it ended."""
        crew = local_crew(self._cores, is_ended=self._is_over, niceness=NICENESS)
        batch = plan_batch(self.cases, self.store)
        with self._lock:
            self._plays_left = {piece.key: plays_of(piece.scenario) for piece in batch.missing}
        run_batch(batch, self.store, crew, on_event=self._note, is_stopping=self._is_over)
        return self._reason or "done"

    def _settle(self, state: str, fault: str) -> None:
        with self._lock:
            seconds = time.monotonic() - self._began_at if self._began_at is not None else 0.0
            self._progress = self._progress._replace(state=state, fault=fault, in_hand=(), seconds=seconds)
            self.ended_at = time.monotonic()
            is_unwanted = self._is_unwanted
        if is_unwanted:
            self._discard()

    def _discard(self) -> None:
        """Remove the results, and the folder they lay in if they were the last."""
        shutil.rmtree(self.store.path, ignore_errors=True)
        with suppress(OSError):
            self.store.path.parent.rmdir()

    def _note(self, event: Event) -> None:
        """Take in what happened."""
        with self._lock:
            found = self._progress._replace(done=event.done, most=event.most)
            if event.kind == "begun":
                self._in_hand[event.key] = event.name
            elif event.kind in {"done", "failed"}:
                self._in_hand.pop(event.key, None)
                self._plays_done += self._plays_left.pop(event.key, 0)
            if event.kind == "failed":
                found = found._replace(failed=MappingProxyType({**found.failed, event.name: event.fault}))
            self._progress = found._replace(in_hand=tuple(self._in_hand.values()))
        if event.kind == "done":
            self.n_bytes += self.store.piece_path(event.key).stat().st_size
        if self.n_bytes > self._limits.megabytes * _BYTES_PER_MEGABYTE:
            self._end_because("full")

    def _is_over(self) -> bool:
        """Whether to end now."""
        if self._began_at is not None and time.monotonic() - self._began_at > self._limits.hours * _SECONDS_PER_HOUR:
            self._end_because("late")
        return bool(self._reason)

    def _look_up(self) -> None:
        if self._reason:
            raise _CancelledError

    def _end_because(self, reason: str) -> None:
        with self._lock:
            self._reason = self._reason or reason
