"""Progress, on standard error: a live bar for people; of a batch also plain lines for logs, and events for programs."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sim.faults import counted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from sim.batch import Event

Tell = Callable[["Event"], None]
_SECONDS_BETWEEN_LINES = 10.0
_MINUTE, _HOUR = 60, 3600


@contextmanager
def show_progress(what: str, of: str = "replications") -> Iterator[Callable[[int, int], None]]:
    """Show a bar to people while something runs; nothing to a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, most: None
        return
    with _bar(what, of) as (progress, task):
        yield lambda done, most: progress.update(task, completed=done, total=most)


@contextmanager
def telling(*, as_json: bool) -> Iterator[Tell]:
    """Choose how events are told, by who listens."""
    if as_json:
        yield _tell_json
    elif sys.stderr.isatty():
        with _telling_bar() as tell:
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
def _telling_bar() -> Iterator[Tell]:
    begin = time.monotonic()
    with _bar("scenarios", "{task.fields[rate]}") as (progress, task):

        def tell(event: "Event") -> None:
            rate = a_minute(event.done, time.monotonic() - begin)
            progress.update(task, completed=event.done, total=event.most, rate=rate)
            if event.kind == "failed":
                said = f"{event.name}: could not be computed; got {event.fault}"
                progress.console.print(said, markup=False, highlight=False)

        yield tell


@contextmanager
def _bar(what: str, last: str) -> "Iterator[tuple[Progress, TaskID]]":
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(last)
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(what, total=None, rate="")
