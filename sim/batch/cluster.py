"""A crew on a Dask cluster: the same pieces, computed elsewhere, written down here.

Needs the extra ``doegnplads[cluster]``. Dask moves the pieces of lost workers to others.
"""

import re
import socket
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from sim.batch.pieces import Answer, Begun, Crew, Piece, compute_piece
from sim.store import StoreError
from sim.store.keys import versions
from sim.texts import say

_AHEAD = 2
"""Pieces begun for each thread of the cluster: enough to keep all busy, few enough to lose little."""
_RETRIES = 5
_PATIENCE_SECONDS = 1.0
_CONNECT_SECONDS = 20
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://(?P<host>\[[^\]]+\]|[^:/\[\]]+):(?P<port>\d{1,5})\Z")


def cluster_crew(address: str, *, wait_seconds: float = 30.0) -> Crew:
    """Make a crew of a Dask cluster."""

    def work(pieces: Iterable[Piece], is_stopping: Callable[[], bool]) -> Iterator[Begun | Answer]:
        client = _connect(address)
        try:
            _check_workers(client, address, wait_seconds)
        except BaseException:
            client.close()
            raise
        return _watched(client, address, iter(pieces), is_stopping)

    return work


def _watched(
    client: Any, address: str, pieces: Iterator[Piece], is_stopping: Callable[[], bool]
) -> Iterator[Begun | Answer]:
    """Work, and say it in words if the scheduler is lost, whatever Dask makes of that."""
    try:
        yield from _work(client, pieces, is_stopping)
    except _LostError:
        remedy = say("remedy.start_it_and_give")
        allowed = say("allowed.a_scheduler_that_runs")
        raise StoreError(address, allowed, say("got.one_that_was_lost"), remedy) from None
    finally:
        client.close(timeout=_PATIENCE_SECONDS)


class _LostError(Exception):
    """The scheduler answers no more."""


def _connect(address: str) -> Any:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        remedy = say("remedy.install_it_pip_install")
        raise StoreError(
            "--cluster", say("allowed.the_extra_cluster"), say("got.a_program_without_it"), remedy
        ) from None
    _reach(address)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions are told in our own words
            return distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        got = str(error).splitlines()[0] if str(error) else say("got.no_answer")
        raise StoreError(address, say("allowed.the_address_of_a"), got, say("remedy.start_it_or_check")) from None


def _reach(address: str) -> None:
    """See that somebody listens, before Dask tries for long and says much."""
    found = _ADDRESS.match(address)
    try:
        if found is None:
            raise OSError(None, "something else")
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), _CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        got = (getattr(error, "strerror", None) or str(error) or "no answer").lower()
        remedy = say("remedy.write_the_address", example="tcp://scheduler:8786")
        raise StoreError(address, say("allowed.the_address_of_a"), got, remedy) from None


def _check_workers(client: Any, address: str, wait_seconds: float) -> None:
    """See that there is somebody to work, with the same program."""
    try:
        client.wait_for_workers(1, timeout=wait_seconds)
    except TimeoutError:
        remedy = say("remedy.start_one", address=address)
        raise StoreError(address, say("allowed.a_cluster_with_workers"), say("got.none"), remedy) from None
    found = client.run(versions, on_error="return")
    faults = [told for where, said in sorted(found.items()) if (told := _difference(where, said))]
    if faults:
        remedy = say("remedy.install_the_same_version")
        raise StoreError(address, say("allowed.workers_with_this_program"), "; ".join(faults), remedy)


def _difference(worker: str, said: Any) -> str:
    """What is other on a worker than here; nothing if it would give the same numbers."""
    if isinstance(said, BaseException):  # a worker without the program fails in its own way
        return f"{str(said).splitlines()[0] if str(said) else repr(said)} on {worker}"
    here = versions()
    others = [f"{name} {said.get(name)} (here {here[name]})" for name in here if said.get(name) != here[name]]
    return f"{', '.join(others)} on {worker}" if others else ""


def _work(client: Any, pieces: Iterator[Piece], is_stopping: Callable[[], bool]) -> Iterator[Begun | Answer]:
    in_hand: dict[Any, Piece] = {}
    while True:
        room = max(1, _AHEAD * sum(_asked(client, client.nthreads).values())) - len(in_hand)
        for _ in range(room):
            piece = None if is_stopping() else next(pieces, None)
            if piece is None:
                break
            key = f"{piece.key}-{time.monotonic_ns()}"
            future = _asked(client, client.submit, compute_piece, piece.request(), key=key, retries=_RETRIES)
            in_hand[future] = piece
            yield Begun(piece)
        if not in_hand:
            return
        for future in _asked(client, _finished, client, list(in_hand)):
            yield _answer(client, future, in_hand.pop(future))


def _asked(client: Any, act: Callable[..., Any], *words: Any, **options: Any) -> Any:
    """Ask something of the scheduler; Dask has many words for having lost it."""
    try:
        found = act(*words, **options)
    except Exception as error:
        raise _LostError from error
    if client.status != "running":
        raise _LostError
    return found


def _finished(client: Any, in_hand: list[Any]) -> list[Any]:
    """Those that are done, after waiting a little for the first."""
    distributed: Any = import_module("distributed")
    try:
        with client.as_current():
            return list(distributed.wait(in_hand, timeout=_PATIENCE_SECONDS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _answer(client: Any, future: Any, piece: Piece) -> Answer:
    try:
        content, fault = future.result()
    except Exception as error:  # whatever became of it, the other pieces go on
        if future.status in {"cancelled", "lost"} or client.status != "running":
            raise _LostError from error
        return Answer(piece, b"", f"the cluster gave it up: {str(error).splitlines()[0] if str(error) else error!r}")
    return Answer(piece, content, fault)
