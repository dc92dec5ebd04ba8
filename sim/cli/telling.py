"""How a batch tells what it does: a live bar for people, plain lines for logs, events for programs."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sim.faults import counted

if TYPE_CHECKING:
    from sim.batch import Event

Tell = Callable[["Event"], None]
_SECONDS_BETWEEN_LINES = 10.0
_MINUTE, _HOUR = 60, 3600


@contextmanager
def telling(*, as_json: bool) -> Iterator[Tell]:
    """Choose how events are told, by who listens."""
    if as_json:
        yield _tell_json
    elif sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield _Lines().tell


def duration(seconds: float) -> str:
    """Say a time in words."""
    if seconds < 0.5:
        return "less than a second"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours, rest = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"{hours} h {rest} min"


def a_minute(done: int, seconds: float) -> str:
    """Say how many are done a minute; nothing where the clock has not moved on enough to say."""
    return f"{60 * done / seconds:.0f} a minute" if done and seconds > 0 else ""


def _tell_json(event: "Event") -> None:
    told = {"event": event.kind, "done": event.done, "most": event.most}
    told |= {word: value for word in ("name", "key", "fault") if (value := getattr(event, word))}
    click.echo(json.dumps(told, ensure_ascii=False))


class _Lines:
    """A line now and then."""

    def __init__(self) -> None:
        self._begin = self._last = time.monotonic()

    def tell(self, event: "Event") -> None:
        """Print a line if the last is some time ago, or something went wrong."""
        now = time.monotonic()
        if event.kind == "started":
            self._begin = self._last = now
            click.echo(f"{counted(event.most, 'scenario')} to compute.", err=True)
        elif event.kind == "failed":
            click.echo(f"{event.name}: could not be computed; got {event.fault}", err=True)
        elif event.kind == "done" and now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            seconds = now - self._begin
            left = duration(seconds * (event.most - event.done) / event.done)
            rate = a_minute(event.done, seconds)
            click.echo(f"{event.done} of {event.most}, {rate}, about {left} left", err=True)


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}")
    begin = time.monotonic()
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("scenarios", total=None, rate="")

        def tell(event: "Event") -> None:
            rate = a_minute(event.done, time.monotonic() - begin)
            progress.update(task, completed=event.done, total=event.most, rate=rate)
            if event.kind == "failed":
                console.print(f"{event.name}: could not be computed; got {event.fault}", markup=False, highlight=False)

        yield tell
