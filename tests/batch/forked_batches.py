"""Batches that are forked warm from one process and killed after given delays. Run with: file, store, delays."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from sim.batch import Answer, Begun, Event, Piece, compute_piece, gather, plan_batch, run_batch
from sim.store import Store


def in_this_process(pieces: Iterable[Piece], is_stopping: Callable[[], bool]) -> Iterator[Begun | Answer]:
    for piece in pieces:
        yield Begun(piece)
        yield Answer(piece, *compute_piece(piece.request()))


def tell(event: Event) -> None:
    os.write(1, (json.dumps({"event": event.kind, "key": event.key}) + "\n").encode())


file, folder, *delays = sys.argv[1:]
cases = gather([file]).cases
store = Store(folder)
compute_piece(Piece("", cases[-1].scenario, "kernel").request())
for delay in delays:
    child = os.fork()
    if child == 0:
        run_batch(plan_batch(cases, store), store, in_this_process, on_event=tell)
        os._exit(0)
    time.sleep(float(delay))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
