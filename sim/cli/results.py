"""The commands ``doegnplads results ...``: what is in a store."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import Store

_SCOPES = ("all", "region", "year", "pool", "everything")
_STORE = click.option(
    "--store",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the store.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn what is wrong with a store, or with what was asked of it, into a message and an exit code of 2."""
    from sim.scenario import ScenarioError  # noqa: PLC0415
    from sim.store import StoreError  # noqa: PLC0415

    try:
        yield
    except (StoreError, ScenarioError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        click.echo("Stopped at once; what was finished is kept. Give the same command again to go on.", err=True)
        sys.exit(130)


@click.group()
def results() -> None:
    """See, compare and export what has been computed."""


def _open(folder: Path) -> "Store":
    from sim.store import Store, StoreError  # noqa: PLC0415

    store = Store(folder)
    if not folder.is_dir():
        remedy = "Fill one with doegnplads batch, or name it with --store."
        raise StoreError(str(folder), "a store of results", "no such folder", remedy)
    return store


def _tell_damaged(frame: "pd.DataFrame") -> int:
    damaged: list[str] = frame.attrs.get("damaged", [])
    for fault in damaged:
        click.echo(fault, err=True)
    return 1 if damaged else 0


@results.command("list")
@_STORE
@click.option("--old", is_flag=True, help="Also what other versions of the rules computed.")
@_JSON
def list_results(folder: Path, old: bool, as_json: bool) -> None:
    """List the scenarios that were asked for, and whether they are computed."""
    with plain_faults():
        frame = _open(folder).scenarios(is_old_too=old)
    columns = ["name", "hash", "result", "engine", "seed", "replications", "designs", "changes", "is_computed"]
    rows: list[dict[Any, Any]] = frame[columns].to_dict("records")
    if as_json:
        told = [row | {"changes": json.loads(row["changes"])} for row in rows]
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        width = max((len(row["name"]) for row in rows), default=0)
        for row in rows:
            state = "" if row["is_computed"] else "  (not computed yet)"
            click.echo(
                f"{row['name']:{width}}  {row['hash']}  {row['replications']:>6} replications  {row['designs']}{state}"
            )
        computed = frame.loc[frame["is_computed"], "result"].nunique()
        click.echo(f"{len(rows)} scenarios, {computed} different results.")
    sys.exit(_tell_damaged(frame))


@results.command()
@click.argument("name")
@_STORE
@_JSON
def show(name: str, folder: Path, as_json: bool) -> None:
    """Show the results of scenario NAME, or of the first digits of a hash, and where they come from."""
    with plain_faults():
        from sim.store.keys import piece_key  # noqa: PLC0415
        from sim.store.piece import read_piece  # noqa: PLC0415

        store = _open(folder)
        found = store.results(name)
        path = store.piece_path(piece_key(found.scenario, found.engine))
        about, _ = read_piece(path, path.name)
    provenance = {
        word: about[word] for word in ("key", "hash", "engine", "seed", "replications", "versions", "scenario")
    }
    if as_json:
        told = found.as_json() | {"provenance": provenance}
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))
        return
    from sim.cli.tables import print_comparison  # noqa: PLC0415

    print_comparison(found)
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

    with plain_faults():
        frame = _open(folder).frame(names=(one, other))
        found = _side_by_side(frame, one, other)
        wanted = list(measures) or [line.measure for line in COMPARED]
        found = found[found["measure"].isin(wanted)]
    if as_json:
        click.echo(found.to_json(orient="records"))
    else:
        _print_compared(found, one, other)
    sys.exit(_tell_damaged(frame))


def _side_by_side(frame: "pd.DataFrame", one: str, other: str) -> "pd.DataFrame":
    """A row a design and measure that both have."""
    from sim.store import StoreError  # noqa: PLC0415

    hashes = list(dict.fromkeys(frame["hash"]))
    if len(hashes) != 2:
        raise StoreError(f"{one}, {other}", "two computed scenarios that differ", str(len(hashes)), "Name two.")
    first, second = (frame[frame["hash"] == key] for key in hashes)
    columns = ["design", "measure", "unit"]
    both = first.merge(second, on=columns, suffixes=("_one", "_other"))
    both["difference"] = both["mean_other"] - both["mean_one"]
    numbers = [f"{word}_{who}" for who in ("one", "other") for word in ("mean", "low", "high")]
    chosen: pd.DataFrame = both[[*columns, *numbers, "difference"]]
    return chosen


def _print_compared(found: "pd.DataFrame", one: str, other: str) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("design", "measure", "unit", one, other, "difference"):
        table.add_column(name, no_wrap=True)
    for row in found.to_dict("records"):
        cells = [
            f"{row[f'mean_{who}']:,.4g} [{row[f'low_{who}']:,.4g}, {row[f'high_{who}']:,.4g}]"
            for who in ("one", "other")
        ]
        table.add_row(row["design"], row["measure"], row["unit"], *cells, f"{row['difference']:+,.4g}")
    console = Console(width=None if Console().is_terminal else 160)
    console.print(table)
    console.print("Means with their 95 % confidence intervals. Differences here are between means, not paired.")


@results.command()
@click.argument("names", nargs=-1)
@click.option("--to", type=click.Path(path_type=Path), required=True, help="File: table.csv, .xlsx or .parquet.")
@click.option("--by", type=click.Choice(_SCOPES), default="all", show_default=True, help="What estimates are about.")
@click.option("--differences", is_flag=True, help="Also the differences between designs.")
@_STORE
def export(names: tuple[str, ...], to: Path, by: str, differences: bool, folder: Path) -> None:
    """Write one row a scenario, design and measure, for all scenarios or for NAMES."""
    with plain_faults():
        from sim.store.export import export_frame  # noqa: PLC0415

        frame = _open(folder).frame(by, differences=differences, names=names)
        export_frame(frame, to)
    click.echo(f"{len(frame)} rows in {to}.")
    sys.exit(_tell_damaged(frame))


@results.command()
@_STORE
@click.option("--old", is_flag=True, help="Also remove what other versions of the rules computed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@_JSON
def clean(folder: Path, old: bool, dry_run: bool, as_json: bool) -> None:
    """Remove what is of no use: drafts of killed batches and damaged files."""
    with plain_faults():
        removed = _open(folder).clean(old=old, is_dry=dry_run)
    if as_json:
        click.echo(json.dumps(removed))
        return
    for kind, files in removed.items():
        for file in files:
            click.echo(f"{kind}: {file}")
    n_files = sum(map(len, removed.values()))
    click.echo(f"{n_files} files {'would be ' if dry_run else ''}removed.")
