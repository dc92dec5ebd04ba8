"""A crew of worker processes on this machine, one a core.

Each is asked by a thread of its own that hands it one piece at a time. A worker that dies is replaced and its piece
tried again. Not a `ProcessPoolExecutor`: one dead worker breaks all of it, and its workers outlive a killed program.
"""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sim.batch.pieces import Answer, Begun, Crew, Piece
from sim.batch.worker import read_part, write_part

MOST_ATTEMPTS = 3
_WAITING = 8
"""Answers that may wait to be written down before workers wait too."""
_PATIENCE_SECONDS = 0.2
_ROOT = Path(__file__).parents[2]


def local_crew(cores: int, *, is_ended: Callable[[], bool] = lambda: False, niceness: int = 0) -> Crew:
    """Make a crew of this machine's cores.

    Parameters
    ----------
    cores : int
        Workers.
    is_ended : callable
        Says whether to end the workers at once, whatever they have in hand; looked up several times a second.
    niceness : int
        How far workers stand back for others on this machine, from 0 to 19; where the system knows of such.

    Returns
    -------
    callable
        Works pieces off. Whoever stops listening ends the workers at once.
    """

    def work(pieces: Iterable[Piece], is_stopping: Callable[[], bool]) -> Iterator[Begun | Answer]:
        crew = _Crew(pieces, cores, is_stopping, niceness)
        try:
            yield from crew.news(is_ended)
        finally:
            crew.end()

    return work


class _Crew:
    """Threads and their workers."""

    def __init__(self, pieces: Iterable[Piece], cores: int, is_stopping: Callable[[], bool], niceness: int) -> None:
        self._pieces = iter(pieces)
        self._is_stopping = is_stopping
        self._niceness = niceness
        self._is_ended = False
        self._lock = threading.Lock()
        self._news: queue.Queue[Begun | Answer | None] = queue.Queue(cores * _WAITING)
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._threads = [threading.Thread(target=self._serve, name=f"crew-{n}", daemon=True) for n in range(cores)]
        for thread in self._threads:
            thread.start()

    def news(self, is_ended: Callable[[], bool]) -> Iterator[Begun | Answer]:
        """What happens, as it happens, until no thread has anything to do or somebody wants an end."""
        ended = 0
        while ended < len(self._threads) and not is_ended():
            try:
                found = self._news.get(timeout=_PATIENCE_SECONDS)
            except queue.Empty:
                continue
            if found is None:
                ended += 1
            else:
                yield found

    def end(self) -> None:
        """End all workers, whatever they have in hand."""
        self._is_ended = True
        with self._lock:
            for worker in self._workers:
                worker.kill()
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """Hand pieces to one worker until there are no more."""
        worker: subprocess.Popen[bytes] | None = None
        try:
            while (piece := self._next()) is not None:
                self._tell(Begun(piece))
                answer = None
                for _ in range(MOST_ATTEMPTS):
                    worker = worker or self._start()
                    if worker is None or (answer := _ask(worker, piece)) is not None or self._is_ended:
                        break
                    self._bury(worker)
                    worker = None
                self._tell(answer or Answer(piece, b"", _died()))
        finally:
            if worker is not None:
                self._bury(worker)
            self._tell(None)

    def _next(self) -> Piece | None:
        with self._lock:
            return None if self._is_ended or self._is_stopping() else next(self._pieces, None)

    def _tell(self, news: Begun | Answer | None) -> None:
        while not self._is_ended:
            try:
                self._news.put(news, timeout=_PATIENCE_SECONDS)
                return
            except queue.Full:
                continue

    def _start(self) -> subprocess.Popen[bytes] | None:
        """A new worker; none if the system has no room for one."""
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        try:
            worker = subprocess.Popen(
                [sys.executable, "-c", "from sim.batch.worker import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
                process_group=0 if sys.platform != "win32" else None,  # Ctrl-C is for this process alone
            )
        except OSError:
            return None
        if self._niceness and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, worker.pid, self._niceness)
        with self._lock:
            self._workers.add(worker)
            if self._is_ended:
                worker.kill()
        return worker

    def _bury(self, worker: subprocess.Popen[bytes]) -> None:
        """End a worker that has nothing in hand, or is dead."""
        try:
            if worker.stdin is not None:
                worker.stdin.close()
        except OSError:
            pass  # it died with a request half read
        worker.wait()
        if worker.stdout is not None:
            worker.stdout.close()
        with self._lock:
            self._workers.discard(worker)


def _ask(worker: subprocess.Popen[bytes], piece: Piece) -> Answer | None:
    """Have a worker compute a piece; None if it died over it."""
    if worker.stdin is None or worker.stdout is None:
        return None
    try:
        write_part(worker.stdin, piece.request().encode())
        worker.stdin.flush()
    except OSError:
        return None
    content, fault = read_part(worker.stdout), read_part(worker.stdout)
    return None if content is None or fault is None else Answer(piece, content, fault.decode())


def _died() -> str:
    return f"its worker died {MOST_ATTEMPTS} times over it, perhaps for want of memory. Use fewer cores (--cores)."
