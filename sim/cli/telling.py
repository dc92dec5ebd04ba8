"""How a batch tells what it does: a live bar for people, plain lines for logs, events for programs."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.batch import Event

Tell = Callable[["Event"], None]
_SECONDS_BETWEEN_LINES = 10.0
_MINUTE, _HOUR = 60, 3600


@contextmanager
def telling(*, as_json: bool) -> Iterator[Tell]:
    """Choose how events are told, by who listens.

    Parameters
    ----------
    as_json : bool
        Whether events are printed, one JSON object a line, on standard output.

    Yields
    ------
    callable
        To be called with each event.
    """
    if as_json:
        yield _tell_json
    elif sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield _Lines().tell


def duration(seconds: float) -> str:
    """Say a time in words.

    Parameters
    ----------
    seconds : float
        The time [seconds].

    Returns
    -------
    str
        Such as ``12 s``, ``5 min`` or ``2 h 10 min``.
    """
    if seconds < 2 * _MINUTE:
        return f"{max(seconds, 1):.0f} s"  # nothing takes no time
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours, rest = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"{hours} h {rest} min"


def _tell_json(event: "Event") -> None:
    told = {"event": event.kind, "done": event.done, "most": event.most}
    told |= {word: value for word in ("name", "key", "fault") if (value := getattr(event, word))}
    click.echo(json.dumps(told, ensure_ascii=False))


class _Lines:
    """A line now and then."""

    def __init__(self) -> None:
        self._begin = self._last = time.monotonic()

    def tell(self, event: "Event") -> None:
        """Print a line if the last is some time ago, or something went wrong.

        Parameters
        ----------
        event : Event
            What happened.
        """
        now = time.monotonic()
        if event.kind == "started":
            self._begin = self._last = now
            click.echo(f"{event.most} scenarios to compute.", err=True)
        elif event.kind == "failed":
            click.echo(f"{event.name}: could not be computed; got {event.fault}", err=True)
        elif event.kind == "done" and now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            rate = event.done / (now - self._begin)
            left = duration((event.most - event.done) / rate)
            click.echo(f"{event.done} of {event.most}, {60 * rate:.0f} a minute, about {left} left", err=True)


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
            rate = f"{60 * event.done / max(time.monotonic() - begin, 1e-9):.0f} a minute" if event.done else ""
            progress.update(task, completed=event.done, total=event.most, rate=rate)
            if event.kind == "failed":
                console.print(f"{event.name}: could not be computed; got {event.fault}", markup=False, highlight=False)

        yield tell
