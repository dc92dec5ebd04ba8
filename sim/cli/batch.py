"""The command ``doegnplads batch``."""

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.results import plain_faults
from sim.cli.telling import duration, telling

if TYPE_CHECKING:
    from sim.batch import Batch, Crew, Report
    from sim.scenario import Fault, Scenario
    from sim.store import Store

_MOST_SHOWN = 30
_ENGINES = ("kernel", "reference")


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=True),
    default=Path("results"),
    show_default=True,
    help="Store of the results.",
)
@click.option("--base", help="Scenario that the rows of tables change, where they do not name one.")
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenarios'.")
@click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenarios'.")
@click.option("--engine", type=click.Choice(_ENGINES), default=_ENGINES[0], show_default=True, help="Which plays.")
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
    with plain_faults():
        from sim.batch import gather, plan_batch  # noqa: PLC0415 - the other commands need not wait for it
        from sim.experiment import available_cores  # noqa: PLC0415
        from sim.store import Store  # noqa: PLC0415

        gathered = gather(paths, base=base, change=_changer(replications, seed))
        _tell_faults(gathered.faults, as_json=as_json)
        store = Store(out)
        planned = plan_batch(gathered.cases, store, engine=engine)
        workers = cores or available_cores()
        if dry_run:
            _tell_plan(planned, workers, cluster=cluster, as_json=as_json)
            sys.exit(1 if gathered.faults else 0)
        report = _run(planned, store, _crew(workers, cluster), as_json=as_json)
        _tell_report(report, store, n_asked=len(planned.asked), as_json=as_json)
    if report.left:
        sys.exit(130)
    sys.exit(1 if gathered.faults or report.failed else 0)


def _changer(replications: int | None, seed: int | None) -> Callable[["Scenario"], "Scenario"]:
    from sim.scenario import with_values  # noqa: PLC0415

    options = {"replications": replications, "seed": seed}
    given = {word: value for word, value in options.items() if value is not None}
    return lambda scenario: with_values(scenario, given) if given else scenario


def _crew(workers: int, cluster: str | None) -> "Crew":
    from sim.batch import local_crew  # noqa: PLC0415

    if cluster is None:
        return local_crew(workers)
    from sim.batch.cluster import cluster_crew  # noqa: PLC0415

    return cluster_crew(cluster)


def _run(planned: "Batch", store: "Store", crew: "Crew", *, as_json: bool) -> "Report":
    from sim.batch import run_batch  # noqa: PLC0415

    with telling(as_json=as_json) as tell, stopping_gently() as is_stopping:
        return run_batch(planned, store, crew, on_event=tell, is_stopping=is_stopping)


@contextmanager
def stopping_gently() -> Iterator[Callable[[], bool]]:
    """Take Ctrl-C, or a polite request to end, as the wish to stop after the pieces in hand; a second Ctrl-C at once.

    Yields
    ------
    callable
        Says whether that was wished.
    """
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
            click.echo(json.dumps({"event": "faulty", **fault._asdict()}, ensure_ascii=False))
        return
    for fault in faults[:_MOST_SHOWN]:
        click.echo(str(fault), err=True)
    if len(faults) > _MOST_SHOWN:
        click.echo(f"... and {len(faults) - _MOST_SHOWN} more faults.", err=True)


def _tell_plan(planned: "Batch", workers: int, *, cluster: str | None, as_json: bool) -> None:
    from sim.batch import estimate_seconds  # noqa: PLC0415

    seconds = estimate_seconds(planned.missing, workers)
    names = [piece.scenario.name for piece in planned.missing]
    known = planned.n_results - len(names)
    if as_json:
        told = {"event": "plan", "scenarios": len(planned.asked), "known": known, "missing": names}
        click.echo(json.dumps(told | {"seconds": float(f"{seconds:.3g}"), "workers": workers}, ensure_ascii=False))
        return
    click.echo(f"{len(planned.asked)} scenarios asked for, {planned.n_results} different; {known} computed before.")
    for name in names[:_MOST_SHOWN]:
        click.echo(f"  {name}")
    if len(names) > _MOST_SHOWN:
        click.echo(f"  ... and {len(names) - _MOST_SHOWN} more")
    where = f"{workers} core{'s' * (workers > 1)} of this machine"
    aside = "; a cluster shares it out over its own" if cluster else ""
    click.echo(f"{len(names)} to compute, about {duration(seconds)} on {where}{aside}.")


def _tell_report(report: "Report", store: "Store", *, n_asked: int, as_json: bool) -> None:
    if as_json:
        told = {"event": "report", "scenarios": n_asked, "computed": report.done, "known": report.known}
        told |= {"failed": len(report.failed), "left": report.left, "seconds": float(f"{report.seconds:.3g}")}
        click.echo(json.dumps(told))
        return
    rate = f", {60 * report.done / report.seconds:.0f} a minute" if report.done and report.seconds else ""
    click.echo(
        f"{n_asked} scenarios: {report.done} computed in {duration(report.seconds)}{rate}, "
        f"{report.known} known before, {len(report.failed)} failed. Results are in {store.path}/."
    )
    if report.left:
        click.echo(f"Stopped with {report.left} left. Give the same command again to go on.", err=True)
    else:
        click.echo(f"See them with: doegnplads results list --store {store.path}")
