"""The command ``run``: the designs of a scenario on the same women, in each of its fields."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO
from sim.cli.options import (
    against_option,
    cores_option,
    engine_option,
    field_option,
    replications_option,
    seed_option,
    with_options,
)
from sim.cli.plain import STOPPED, Keeping, by_option, spoken
from sim.cli.results import RESULTS, STORE_NAME
from sim.files import check_writable, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sim.experiment import Results
    from sim.scenario import Scenario
    from sim.store import Store


@click.command()
@click.argument("scenario", type=SCENARIO)
@field_option
@replications_option
@seed_option
@against_option
@engine_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for results; results/ if left out, none with --json.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="Store to answer from and keep results in; without it, --out and --json they are kept in results/store.",
)
@by_option
@click.option(
    "--bills", "has_bills", is_flag=True, help="Also bills.csv and accounts.csv: what each municipality pays."
)
@cores_option
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON and nothing else.")
def run(
    scenario: str,
    field: str | None,
    replications: int | None,
    seed: int | None,
    against: str | None,
    engine: str,
    out: Path | None,
    store: Path | None,
    level: str | None,
    has_bills: bool,
    cores: int | None,
    as_json: bool,
) -> None:
    """Compare the designs of SCENARIO on the same simulated women."""
    from sim.scenario import fields_of, find_scenario, in_field, load_scenario  # noqa: PLC0415 - slow to load

    asked = with_options(
        load_scenario(find_scenario(scenario)),
        {"replications": replications, "seed": seed, "measures.against": against},
    )
    fields = {name: in_field(asked, name) for name in ((field,) if field else fields_of(asked))}
    from sim.cli.agreements import (  # noqa: PLC0415
        bills_as_json,
        bills_of,
        print_agreements,
        save_bills,
    )
    from sim.cli.homes import homes_as_json, homes_of, print_homes, save_homes  # noqa: PLC0415
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load, and a faulty scenario does not need it
    from sim.experiment import run_experiment  # noqa: PLC0415
    from sim.runnable import check_scenario  # noqa: PLC0415

    if asked.fields:
        check_scenario(asked)  # all that is wrong in any field is known before the first is played
    folder = out or (None if as_json else RESULTS)
    if folder is not None:
        check_writable(folder)  # what cannot be written is known before the work is done
    kept = _open_store(store or (folder / STORE_NAME if folder and not out else None))

    def play(wanted: "Scenario") -> "Results":
        recalled = kept.recall(wanted, engine) if kept and store else None
        if recalled is not None:
            return recalled
        if kept is not None:
            kept.check_writable()
        with show_progress(wanted.name) as on_progress:
            return run_experiment(wanted, engine=engine, cores=cores, on_progress=on_progress)

    found = _in_turn(fields, play)
    keeping = Keeping()
    folders = _keep(found.values(), folder, kept, keeping)
    *_, last = found.values()
    homes = homes_of(last, level, cores=cores) if level else None
    is_partial = any(results.is_partial for results in found.values())
    bills = bills_of(last, is_whole=has_bills, is_told=not as_json, cores=cores)
    further: list[str] = []
    for where, _ in folders[-1:]:
        with keeping:
            further += save_homes(homes, last, where)
        with keeping:
            further += save_bills(bills if has_bills else None, where)
    if as_json:
        told = _as_json(found) | homes_as_json(homes) | bills_as_json(bills)
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
    else:
        from sim.cli.fields import print_fields  # noqa: PLC0415 - slow to load

        print_fields(found, asked, folder=folder or RESULTS, language=spoken(), cores=cores)
        print_homes(homes, language=spoken())
        print_agreements(bills, language=spoken())
    for where, results in folders:
        is_kept = bool(kept and not (out or store or is_partial))
        _tell_where(where, results, is_kept=is_kept, as_json=as_json, further=further if results is last else ())
    if is_partial:
        sys.exit(STOPPED)
    keeping.tell()


def _keep(
    found: "Iterable[Results]", folder: Path | None, store: "Store | None", keeping: Keeping
) -> "list[tuple[Path, Results]]":
    """Write what can be written, and give the folders."""
    homes = []
    for results in found:
        with keeping:
            homes += [] if folder is None else [(_save(results, folder), results)]
        with keeping:
            if store is not None:
                store.keep(results)
    return homes


def _in_turn(fields: "dict[str, Scenario]", play: "Callable[[Scenario], Results]") -> "dict[str, Results]":
    """Play field by field; after Ctrl-C, what there is."""
    found: dict[str, Results] = {}
    for name, wanted in fields.items():
        try:
            found[name] = play(wanted)
        except KeyboardInterrupt:
            if not found:
                raise
            last = next(reversed(found))
            found[last] = found[last]._replace(is_partial=True)
        if any(results.is_partial for results in found.values()):
            break
    return found


def _as_json(found: "dict[str, Results]") -> dict[str, Any]:
    """The last field, which is that of the same places where there are several, and beside it the others."""
    *others, last = found
    told = found[last].as_json()
    return told | {"fields": {name: found[name].as_json() for name in others}} if others else told


def _save(found: "Results", folder: Path) -> Path:
    from sim.store.folder import save_results  # noqa: PLC0415 - slow to load, and JSON alone does not need it

    return save_results(found, folder)


def _tell_where(home: Path, found: "Results", *, is_kept: bool, as_json: bool, further: "Iterable[str]") -> None:
    name = found.scenario.name
    hint = f". For Excel: doegnplads results export {name} --to {safe_name(name)}.xlsx" if is_kept else ""
    files = ", ".join(("measures.csv", "differences.csv", "results.json", "scenario.yaml", *further))
    click.echo(f"Results are in {home}/ ({files}){hint}", err=as_json)


def _open_store(folder: Path | None) -> "Store | None":
    if folder is None:
        return None
    from sim.store import Store  # noqa: PLC0415 - slow to load

    return Store(folder)
