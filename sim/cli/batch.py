"""The command ``doegnplads batch``."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.plain import DONE, ENGINES, FAULTY, IMPOSSIBLE, STOPPED, PlainCommand, spoken
from sim.cli.progress import a_minute, duration, telling
from sim.cli.results import RESULTS, STORE_NAME
from sim.faults import counted

if TYPE_CHECKING:
    from sim.batch import Batch, Crew, Report
    from sim.scenario import Fault
    from sim.store import Store

_MOST_SHOWN = 30


@click.command(cls=PlainCommand)
@click.argument("paths", nargs=-1, required=True, type=SCENARIO)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=True),
    default=RESULTS / STORE_NAME,
    show_default=True,
    help="Store of the results.",
)
@click.option("--base", help="Scenario that the rows of tables change, where they do not name one.")
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenarios'.")
@click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenarios'.")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="Which plays.")
@click.option("--cores", type=click.IntRange(1, 1024), help="Worker processes; as many as cores if left out.")
@click.option("--cluster", help="Address of a Dask scheduler, such as tcp://scheduler:8786, to compute there.")
@click.option("--dry-run", is_flag=True, help="Say what would be computed and how long it would take.")
@click.option("--json", "as_json", is_flag=True, help="Print events, one JSON object a line.")
def batch(
    paths: tuple[str, ...],
    out: Path,
    base: str | None,
    replications: int | None,
    seed: int | None,
    engine: str,
    cores: int | None,
    cluster: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Compute many scenarios into one store; what is there already is not computed again.

    PATHS are names of ready scenarios, files (YAML, also with sweep:; CSV; Excel), folders, or patterns in quotes.
    Stopped or killed, the same command takes up where it stopped.
    """
    from sim.batch import gather, plan_batch  # noqa: PLC0415 - the other commands need not wait for it
    from sim.experiment import available_cores  # noqa: PLC0415
    from sim.store import Store, check_can_be_store  # noqa: PLC0415

    gathered = gather(paths, base=base, always=_given({"replications": replications, "seed": seed}))
    for note in gathered.notes:
        click.echo(note, err=True)
    _tell_faults(gathered.faults, as_json=as_json)
    store = Store(out)
    check_can_be_store(out)
    if not gathered.cases:
        sys.exit(IMPOSSIBLE)
    planned = plan_batch(gathered.cases, store, engine=engine)
    workers = cores or available_cores()
    if dry_run:
        _tell_plan(planned, workers, cluster=cluster, as_json=as_json)
        sys.exit(FAULTY if gathered.faults else DONE)
    store.check_writable()
    report = _run(planned, store, _crew(workers, cluster), as_json=as_json)
    _tell_report(report, store, n_asked=len(planned.asked), as_json=as_json)
    if report.left:
        sys.exit(STOPPED)
    sys.exit(FAULTY if gathered.faults or report.failed else DONE)


def _given(options: dict[str, int | None]) -> dict[str, int]:
    return {word: value for word, value in options.items() if value is not None}


def _crew(workers: int, cluster: str | None) -> "Crew":
    from sim.batch import local_crew  # noqa: PLC0415

    if cluster is None:
        return local_crew(workers)
    from sim.batch.cluster import cluster_crew  # noqa: PLC0415

    logging.disable()  # Dask logs tracebacks of its own when it loses something; what matters is told
    return cluster_crew(cluster)


def _run(planned: "Batch", store: "Store", crew: "Crew", *, as_json: bool) -> "Report":
    from sim.batch import run_batch  # noqa: PLC0415

    try:
        with telling(as_json=as_json) as tell, stopping_gently() as is_stopping:
            return run_batch(planned, store, crew, on_event=tell, is_stopping=is_stopping)
    except KeyboardInterrupt:
        click.echo("Stopped at once; what was finished is kept. Give the same command again to go on.", err=True)
        sys.exit(STOPPED)


@contextmanager
def stopping_gently() -> Iterator[Callable[[], bool]]:
    """Take Ctrl-C, or a polite request to end, as the wish to stop after the pieces in hand; again, at once."""
    asked = threading.Event()

    def ask(number: int, _: object) -> None:
        if asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        if not asked.is_set():
            click.echo("Stopping after the scenarios in hand. Ctrl-C again stops at once.", err=True)
        asked.set()

    before: dict[int, Any] = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_faults(faults: "tuple[Fault, ...]", *, as_json: bool) -> None:
    if as_json:
        for fault in faults:
            click.echo(json.dumps({"event": "faulty", **fault.parts(spoken())}, ensure_ascii=False))
        return
    for fault in faults[:_MOST_SHOWN]:
        click.echo(fault.said(spoken()), err=True)
    if len(faults) > _MOST_SHOWN:
        click.echo(f"... and {counted(len(faults) - _MOST_SHOWN, 'more fault')}.", err=True)


def _tell_plan(planned: "Batch", workers: int, *, cluster: str | None, as_json: bool) -> None:
    from sim.batch import estimate_seconds  # noqa: PLC0415

    seconds = estimate_seconds(planned.missing, workers)
    names = [piece.name for piece in planned.missing]
    known = planned.n_results - len(names)
    if as_json:
        told = {"event": "plan", "scenarios": len(planned.asked), "known": known, "missing": names}
        click.echo(json.dumps(told | {"seconds": float(f"{seconds:.3g}"), "workers": workers}, ensure_ascii=False))
        return
    click.echo(
        f"{counted(len(planned.asked), 'scenario')} asked for, {planned.n_results} different; {known} computed before."
    )
    for name in names[:_MOST_SHOWN]:
        click.echo(f"  {name}")
    if len(names) > _MOST_SHOWN:
        click.echo(f"  ... and {len(names) - _MOST_SHOWN} more")
    where = f"{counted(workers, 'core')} of this machine"
    aside = "; a cluster shares it out over its own" if cluster else ""
    click.echo(f"{len(names)} to compute, about {duration(seconds)} on {where}{aside}.")


def _tell_report(report: "Report", store: "Store", *, n_asked: int, as_json: bool) -> None:
    if as_json:
        told = {"event": "report", "scenarios": n_asked, "computed": report.done, "known": report.known}
        told |= {"failed": len(report.failed), "left": report.left, "seconds": float(f"{report.seconds:.3g}")}
        click.echo(json.dumps(told))
        return
    rate = a_minute(report.done, report.seconds)
    click.echo(
        f"{counted(n_asked, 'scenario')}: {report.done} computed in {duration(report.seconds)}{rate and f', {rate}'}, "
        f"{report.known} known before, {len(report.failed)} failed. Results are in {store.path}/."
    )
    if report.left:
        click.echo(f"Stopped with {report.left} left. Give the same command again to go on.", err=True)
    else:
        click.echo(f"See them with: doegnplads results list --store {store.path}")
