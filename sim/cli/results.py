"""The commands ``doegnplads results ...``: what is in a store."""

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.plain import DONE, FAULTY, PlainGroup, by_option, spoken
from sim.cli.streams import console
from sim.faults import counted, did_you_mean, shown_text
from sim.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    import pandas as pd

    from sim.store import Store

RESULTS, STORE_NAME = Path("results"), "store"
"""Where results go if nobody says where: files of each run, and beside them the store of all runs and batches."""

_MOST_NAMED = 20
_NOISE = 1e-9
"""Share of a mean below which a difference is only the computer's rounding."""
_SCOPES = ("all", "region", "year", "pool", "everything")
_STORE = click.option(
    "--store",
    "folder",
    type=click.Path(path_type=Path),
    default=RESULTS / STORE_NAME,
    show_default=True,
    help="Folder of the store.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=PlainGroup)
def results() -> None:
    """See, compare and export what has been computed."""


def _open(folder: Path) -> "Store":
    from sim.store import Store, StoreError  # noqa: PLC0415
    from sim.store.own_files import CATALOGUE, is_store  # noqa: PLC0415

    if is_store(folder):
        return Store(folder)
    near = next((other for other in (folder / STORE_NAME, folder.parent) if is_store(other)), None)
    remedy = say("remedy.did_you_mean", word=f"--store {near}") if near else say("remedy.doegnplads_run_and_batch")
    got = say("got.a_folder_without", catalogue=CATALOGUE) if folder.is_dir() else say("got.no_such_folder")
    raise StoreError(str(folder), say("allowed.a_store_of_results"), got, remedy)


def _tell_left_out(frame: "pd.DataFrame") -> int:
    """Say what is damaged, foreign or old, on standard error; whether that is a fault."""
    for kind in ("damaged", "foreign", "older"):
        for line in frame.attrs.get(kind, []):
            click.echo(line, err=True)
    return FAULTY if frame.attrs.get("damaged") else DONE


@results.command("list")
@_STORE
@click.option("--old", is_flag=True, help="Also what other versions of the rules computed.")
@_JSON
def list_results(folder: Path, old: bool, as_json: bool) -> None:
    """List the scenarios that were asked for, and whether they are computed; of one name the newest first."""
    from sim.store.catalogue import list_asked  # noqa: PLC0415

    frame = list_asked(_open(folder), is_old_too=old)
    columns = ["name", "hash", "result", "engine", "seed", "replications", "designs", "changes", "is_computed"]
    rows: list[dict[Any, Any]] = frame[columns].to_dict("records")
    if as_json:
        told = [row | {"changes": json.loads(row["changes"])} for row in rows]
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        width = max((len(row["name"]) for row in rows), default=0)
        for row in rows:
            words = (f"{row['name']:{width}}", row["hash"], _size(row["replications"]), row["designs"])
            click.echo("  ".join(words) + ("" if row["is_computed"] else "  (not computed yet)"))
        computed = frame.loc[frame["is_computed"], "result"].nunique()
        click.echo(f"{counted(len(rows), 'scenario')}, {counted(computed, 'different result')}.")
    n_old = frame.attrs["n_old"]
    if n_old and not old:
        click.echo(f"Not shown: {counted(n_old, 'scenario')} of other versions of the rules. See with --old.", err=True)
    sys.exit(_tell_left_out(frame))


def _size(replications: str) -> str:
    return f"{counted(1, 'replication'):>19}" if replications == "1" else f"{replications:>6} replications"


@results.command()
@click.argument("name")
@_STORE
@by_option
@_JSON
def show(name: str, folder: Path, level: str | None, as_json: bool) -> None:
    """Show the results of scenario NAME, or of the first digits of a hash, and where they come from.

    By where the women live they are not kept: they are played again.
    """
    from sim.cli.homes import homes_as_json, homes_of, print_homes  # noqa: PLC0415 - slow to load
    from sim.store.catalogue import find_asked, results_named, told_older  # noqa: PLC0415
    from sim.store.piece import read_piece  # noqa: PLC0415

    store = _open(folder)
    found = results_named(store, name)
    asked, older = find_asked(store, name)
    path = store.piece_path(asked.result)
    about, _ = read_piece(path, path.name)
    for line in told_older(asked, older):
        click.echo(line, err=True)
    provenance = {
        word: about[word] for word in ("key", "hash", "engine", "seed", "replications", "versions", "scenario")
    }
    homes = homes_of(found, level) if level else None
    if as_json:
        told = found.as_json() | homes_as_json(homes) | {"provenance": provenance}
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
        return
    from sim.cli.fields import print_stored  # noqa: PLC0415

    print_stored(found, asked.name, folder=folder.parent, language=spoken())
    print_homes(homes, language=spoken())
    made_by = ", ".join(f"{what} {version}" for what, version in about["versions"].items())
    click.echo(f"Result {about['key']}, scenario {about['hash']}, seed {about['seed']}, engine {about['engine']}.")
    click.echo(f"Made by {made_by}.")


@results.command()
@click.argument("one")
@click.argument("other")
@click.option("--measure", "measures", multiple=True, help="Only these measures; may be given several times.")
@_STORE
@_JSON
def compare(one: str, other: str, measures: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Set the results of scenario ONE beside those of OTHER, design by design."""
    from sim.cli.tables import COMPARED  # noqa: PLC0415
    from sim.store.catalogue import estimates_frame  # noqa: PLC0415

    wanted = list(measures) or list(COMPARED)
    _check_measures(wanted)
    frame = estimates_frame(_open(folder), names=(one, other))
    found, names = _side_by_side(frame, one, other)
    found = found[found["measure"].isin(wanted)]
    if as_json:
        click.echo(found.to_json(orient="records"))
    else:
        _print_compared(found, *names)
    sys.exit(_tell_left_out(frame))


def _check_measures(wanted: list[str]) -> None:
    from sim.experiment.measured import ALL_MEASURES  # noqa: PLC0415
    from sim.store import StoreError  # noqa: PLC0415

    known = [measure.name for measure in ALL_MEASURES]
    for name in wanted:
        if name not in known:
            remedy = did_you_mean(name, known, say("remedy.docs_measures_md_lists"))
            raise StoreError("--measure", say("allowed.the_name_of"), repr(shown_text(name)), remedy)


def _side_by_side(frame: "pd.DataFrame", one: str, other: str) -> "tuple[pd.DataFrame, list[str]]":
    """A row a design and measure that both have; and what the two are called."""
    from sim.store import StoreError  # noqa: PLC0415

    found = frame[["scenario", "hash"]].drop_duplicates()
    if len(found) != 2 or found["hash"].nunique() != 2:
        missing = ", ".join(frame.attrs["not_computed"])
        got = (
            say("got.not_computed", missing=missing)
            if missing
            else say("got.one_and_the_same")
            if len(found)
            else say("got.none")
        )
        raise StoreError(f"{one}, {other}", say("allowed.two_computed_scenarios_that"), got, say("remedy.name_two"))
    names = [str(name) for name in found["scenario"]]
    if len(set(names)) == 1:
        names = [f"{name} {key}" for name, key in zip(names, found["hash"], strict=True)]
    first, second = (frame[frame["hash"] == key] for key in found["hash"])
    columns = ["design", "measure", "unit"]
    both = first.merge(second, on=columns, suffixes=("_one", "_other"))
    both["difference"] = both["mean_other"] - both["mean_one"]
    numbers = [f"{word}_{who}" for who in ("one", "other") for word in ("mean", "low", "high")]
    return both[[*columns, *numbers, "difference"]], names


def _print_compared(found: "pd.DataFrame", one: str, other: str) -> None:
    from rich.table import Table  # noqa: PLC0415

    from sim.cli.tables import print_table, write_measure  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("design", "measure", "unit", one, other, f"{other} - {one}"):
        table.add_column(name, no_wrap=True)
    for row in found.to_dict("records"):
        write = write_measure(row["measure"], row["unit"], spoken())
        cells = [_with_interval(row, who, write) for who in ("one", "other")]
        table.add_row(row["design"], row["measure"], row["unit"], *cells, _change(row, write))
    screen = console(160)
    print_table(screen, table)
    screen.print("Means with their 95 % confidence intervals. Differences here are between means, not paired.")


def _with_interval(row: "Mapping[Hashable, Any]", who: str, write: "Callable[[float], str]") -> str:
    """A mean with its interval, where it has one."""
    mean, low, high = (row[f"{word}_{who}"] for word in ("mean", "low", "high"))
    if math.isnan(mean):
        return "-"
    return write(mean) if math.isnan(low) else f"{write(mean)} ({write(low)} to {write(high)})"


def _change(row: "Mapping[Hashable, Any]", write: "Callable[[float], str]") -> str:
    """From one mean to the other; of shares in percentage points."""
    change = row["difference"]
    if math.isnan(change):
        return "-"
    if abs(change) <= _NOISE * max(abs(row["mean_one"]), abs(row["mean_other"])):
        return "the same"
    text = write(change).replace(" %", " points")
    return text if change < 0 else f"+{text}"


@results.command()
@click.argument("names", nargs=-1)
@click.option("--to", type=click.Path(path_type=Path), required=True, help="File: .xlsx for people; .csv, .parquet.")
@click.option("--by", type=click.Choice(_SCOPES), default="all", show_default=True, help="What estimates are about.")
@click.option("--differences", is_flag=True, help="Also the differences between designs.")
@_STORE
def export(names: tuple[str, ...], to: Path, by: str, differences: bool, folder: Path) -> None:
    """Write one row a scenario, design and measure, for all scenarios or for NAMES.

    For Excel and other spreadsheets write .xlsx; .csv has commas and decimal points, for programs.
    """
    from sim.cli.outputs import check_outputs  # noqa: PLC0415
    from sim.store.catalogue import estimates_frame  # noqa: PLC0415
    from sim.store.export import export_frame  # noqa: PLC0415

    store = _open(folder)
    check_outputs({"--to": (to, "table")}, store.pieces())
    frame = estimates_frame(store, by, differences=differences, names=names)
    missing, n_asked = frame.attrs["not_computed"], frame.attrs["n_asked"]
    told = _told_missing(missing, n_asked, n_old=frame.attrs["n_old"])
    if len(missing) == n_asked:
        raise _nothing_to_export(store, told)
    export_frame(frame, to)
    click.echo(f"{counted(len(frame), 'row')} in {to}.")
    for line in told:
        click.echo(line, err=True)
    sys.exit(max(_tell_left_out(frame), FAULTY if missing else DONE))


def _told_missing(missing: list[str], n_asked: int, *, n_old: int) -> list[str]:
    """Which scenarios an export has not, and why."""
    lines = []
    if missing:
        names = ", ".join(missing[:_MOST_NAMED]) + (", ..." if len(missing) > _MOST_NAMED else "")
        lines.append(f"{n_asked - len(missing)} of {counted(n_asked, 'scenario')}; not computed: {names}.")
    if n_old:
        lines.append(f"Left out: {counted(n_old, 'scenario')} of other versions of the rules (results list --old).")
    return lines


def _nothing_to_export(store: "Store", told: list[str]) -> Exception:
    from sim.store import StoreError  # noqa: PLC0415

    got = " ".join(told).rstrip(".") or say("got.none")
    remedy = say("remedy.give_the_batch_again")
    return StoreError(str(store.path), say("allowed.scenarios_that_this_version"), got, remedy)


@results.command()
@click.argument("name")
@click.option("--older", is_flag=True, help="Keep the newest of that name.")
@click.option("--dry-run", is_flag=True, help="Only say what would be forgotten.")
@_STORE
@_JSON
def forget(name: str, older: bool, dry_run: bool, folder: Path, as_json: bool) -> None:
    """Remove scenario NAME, or the one whose hash begins so, and its results, unless others share them."""
    from sim.store.cleaning import forget as forget_results  # noqa: PLC0415

    lines = forget_results(_open(folder), name, older=older, is_dry=dry_run)
    if as_json:
        click.echo(json.dumps([{"name": line.name, "hash": line.hash, "result": line.result} for line in lines]))
        return
    for line in lines:
        click.echo(f"{line.name}  {line.hash}  {line.engine}")
    click.echo(f"{counted(len(lines), 'scenario')} {'would be ' if dry_run else ''}forgotten.")


@results.command()
@_STORE
@click.option("--old", is_flag=True, help="Also remove what other versions of the rules computed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@_JSON
def clean(folder: Path, old: bool, dry_run: bool, as_json: bool) -> None:
    """Remove what is of no use: drafts of killed batches and damaged files. Files of others are left."""
    from sim.store.cleaning import clean as clean_store  # noqa: PLC0415
    from sim.store.own_files import told_foreign  # noqa: PLC0415

    removed = clean_store(_open(folder), old=old, is_dry=dry_run)
    for line in told_foreign(folder):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(removed))
        return
    for kind, files in removed.items():
        for file in files:
            click.echo(f"{kind}: {file}")
    n_files = sum(map(len, removed.values()))
    click.echo(f"{counted(n_files, 'file')} {'would be ' if dry_run else ''}removed.")
