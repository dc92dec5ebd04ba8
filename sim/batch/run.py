"""Running a batch: what is missing is handed to a crew, and what comes back is written down at once."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sim.batch.pieces import Answer, Begun, Crew, Piece
from sim.scenario import Case
from sim.store import Store
from sim.store.asked import Asked, asked_of
from sim.store.keys import piece_key


class AskedLines(Sequence[Asked]):
    """Lines of what is asked for, each made when it is looked at: most are looked at once, or never."""

    def __init__(self, cases: Sequence[Case], engine: str) -> None:
        self._cases, self._engine = cases, engine

    def __len__(self) -> int:
        return len(self._cases)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return AskedLines(self._cases[number], self._engine)
        return asked_of(self._cases[number], self._engine)


class Batch(NamedTuple):
    """What is asked for, and what of it is missing.

    Attributes
    ----------
    asked : sequence of Asked
        A line a scenario, in the order given.
    n_results : int
        Different results asked for; scenarios of the same content share one.
    missing : tuple of Piece
        What must be computed, in the order given.
    """

    asked: Sequence[Asked]
    n_results: int
    missing: tuple[Piece, ...]


class Event(NamedTuple):
    """Something that happened in a batch.

    Attributes
    ----------
    kind : {"started", "begun", "done", "failed", "finished"}
        What. ``done``: computed and safe on the disk.
    name : str
        Of the scenario; empty for the batch as a whole.
    key : str
        Of the result; empty for the batch as a whole.
    done : int
        Pieces done so far.
    most : int
        Pieces to be done.
    fault : str
        Why it failed; empty if it did not.
    """

    kind: str
    name: str
    key: str
    done: int
    most: int
    fault: str = ""


class Report(NamedTuple):
    """How a batch ended.

    Attributes
    ----------
    done : int
        Pieces computed.
    known : int
        Results that were there before.
    failed : dict of str to str
        Why, by name of the scenario.
    left : int
        Pieces not begun because it was stopped.
    seconds : float
        Time taken [seconds].
    """

    done: int
    known: int
    failed: dict[str, str]
    left: int
    seconds: float


def plan_batch(cases: Sequence[Case], store: Store, *, engine: str = "kernel") -> Batch:
    """Find out what of a batch is missing in a store.

    Parameters
    ----------
    cases : sequence of Case
        Scenarios, in the order to be computed.
    store : Store
        Where results are kept.
    engine : str
        Which engine plays.

    Returns
    -------
    Batch
        Nothing is written.
    """
    first: dict[str, Case] = {}
    for case in cases:
        first.setdefault(piece_key(case, engine), case)
    there = {path.stem for path in store.pieces()}
    missing = tuple(Piece(key, case, engine) for key, case in first.items() if key not in there or not store.has(key))
    return Batch(AskedLines(cases, engine), len(first), missing)


def run_batch(
    batch: Batch,
    store: Store,
    crew: Crew,
    *,
    on_event: Callable[[Event], None] = lambda event: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Report:
    """Compute what is missing and keep it.

    Parameters
    ----------
    batch : Batch
        As planned.
    store : Store
        Where results are kept; each is safe on the disk before it is told of.
    crew : callable
        Who computes.
    on_event : callable
        Told of everything that happens.
    is_stopping : callable
        Says whether to stop after the pieces in hand.

    Returns
    -------
    Report
        How it ended.

    Raises
    ------
    StoreError
        If the store cannot be written. What was done until then is kept.
    """
    begin = time.monotonic()
    waiting = _Waiting(batch.missing, store)
    working = crew(waiting, is_stopping) if batch.missing else iter(())
    store.note_asked(batch.asked)
    store.sweep_drafts()
    most, done, known = len(batch.missing), 0, batch.n_results - len(batch.missing)
    failed: dict[str, str] = {}
    on_event(Event("started", "", "", 0, most))
    for news in working:
        if isinstance(news, Answer) and not news.fault:
            store.put(news.piece.key, news.content)
            done += 1
        elif isinstance(news, Answer):
            failed[news.piece.name] = news.fault
        kind, fault = _told(news)
        on_event(Event(kind, news.piece.name, news.piece.key, done + waiting.n_known, most, fault))
    known += waiting.n_known
    on_event(Event("finished", "", "", done + waiting.n_known, most))
    left = most - done - len(failed) - waiting.n_known
    return Report(done, known, failed, left, time.monotonic() - begin)


def _told(news: Begun | Answer) -> tuple[str, str]:
    if isinstance(news, Begun):
        return "begun", ""
    return ("failed", news.fault) if news.fault else ("done", "")


class _Waiting:
    """Pieces as they are taken in hand, without those that another batch has done meanwhile."""

    def __init__(self, pieces: tuple[Piece, ...], store: Store) -> None:
        self._pieces, self._store = pieces, store
        self.n_known = 0

    def __iter__(self) -> Iterator[Piece]:
        for piece in self._pieces:
            if self._store.has(piece.key):
                self.n_known += 1
            else:
                yield piece
