"""A crew of this machine ends its workers at once when somebody wants an end."""

import threading
import time
from pathlib import Path

import pytest
from small_batches import cases

from sim.batch import Begun, local_crew, plan_batch, run_batch
from sim.store import Store

PATIENCE_SECONDS = 600.0
ENDLESS = 200_000


@pytest.mark.unit
def test_whoever_wants_an_end_need_not_wait_for_the_pieces_in_hand(tmp_path: Path) -> None:
    wanted, begun = threading.Event(), threading.Event()
    batch = plan_batch(cases(3, replications=ENDLESS), Store(tmp_path))
    crew = local_crew(1, is_ended=wanted.is_set)
    reports = []

    def note(event: object) -> None:
        if getattr(event, "kind", "") == Begun.__name__.lower():
            begun.set()

    running = threading.Thread(
        target=lambda: reports.append(run_batch(batch, Store(tmp_path), crew, on_event=note)), daemon=True
    )
    running.start()
    assert begun.wait(PATIENCE_SECONDS)
    time.sleep(0.1)  # the worker is being started, or works: either is ended
    wanted.set()
    running.join(PATIENCE_SECONDS)
    assert not running.is_alive()
    assert [(report.done, report.left) for report in reports] == [(0, 3)]
