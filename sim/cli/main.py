"""Commands of ``doegnplads``."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.lazily import SCENARIO, LazyGroup
from sim.cli.plain import DONE, ENGINES, FAULTY, IMPOSSIBLE, STOPPED, Keeping, PlainGroup, spoken
from sim.cli.results import RESULTS, STORE_NAME
from sim.cli.streams import sturdy_streams
from sim.faults import ScenarioError, shown_text
from sim.files import check_writable, safe_name

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.scenario import Scenario
    from sim.store import Store

_LAZILY = {
    "batch": ("sim.cli.batch", "Compute many scenarios into one store; what is there already is not computed again."),
    "calibrate": (
        "calibration.commands.calibrate",
        "Learn from REFERRALS, a CSV or Excel file with one row a referral.",
    ),
    "courses": (
        "calibration.commands.courses",
        "Reproduce the published course analysis: what each course costs, and who pays.",
    ),
    "dashboard": ("dashboard.command", "Serve the dashboard: a page in the browser, in Danish and English."),
    "evidence": (
        "calibration.commands.evidence",
        "See what the documents say: each number with its range, who says it, where, and what to beware of.",
    ),
    "explore": (
        "sim.cli.explore",
        "Draw what is unsure in SCENARIO and play its designs at each draw, on the same women.",
    ),
    "fit": ("calibration.commands.fit", "Fit parameters to the aggregates in TARGETS, by simulation."),
    "forecast": ("sim.cli.forecast", "Look ahead month by month from the opening day of SCENARIOS."),
    "results": ("sim.cli.results", "See, compare and export what has been computed."),
    "warmup": ("sim.cli.warmup", "Find when the start of a design is over, if the long run is the question."),
}


class _Program(LazyGroup, PlainGroup):
    """All commands, on streams that lose nothing."""

    def main(self, *words: Any, **options: Any) -> Any:
        if "_DOEGNPLADS_COMPLETE" in os.environ:  # click tells a shell in bytes
            return super().main(*words, **options)
        with sturdy_streams(IMPOSSIBLE):
            return super().main(*words, **options)


@click.group(cls=_Program, lazily=_LAZILY, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doegnplads", prog_name="doegnplads")
def main() -> None:
    """Simulate residential places for pregnant women with harmful substance use.

    SCENARIO is the name of a ready scenario (see `doegnplads scenarios`) or a YAML file of your own.
    """


_ENGINE = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="kernel",
    show_default=True,
    help="Which engine plays; all give the same numbers.",
)
_SEED = click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenario's.")


@main.command()
@click.argument("scenario", type=SCENARIO)
@click.option("--replications", type=click.IntRange(min=1), help="Another number than the scenario's.")
@_SEED
@click.option("--against", help="Design the others are compared with; the first if left out.")
@_ENGINE
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
@click.option("--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON and nothing else.")
def run(
    scenario: str,
    replications: int | None,
    seed: int | None,
    against: str | None,
    engine: str,
    out: Path | None,
    store: Path | None,
    cores: int | None,
    as_json: bool,
) -> None:
    """Compare the designs of SCENARIO on the same simulated women."""
    from sim.scenario import find_scenario, load_scenario  # noqa: PLC0415 - the other commands need not wait for it

    asked = _with_options(
        load_scenario(find_scenario(scenario)),
        {"replications": replications, "seed": seed, "measures.against": against},
    )
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load, and a faulty scenario does not need it
    from sim.cli.tables import print_comparison  # noqa: PLC0415
    from sim.experiment import run_experiment  # noqa: PLC0415

    folder = out or (None if as_json else RESULTS)
    if folder is not None:
        check_writable(folder)  # what cannot be written is known before the work is done
    kept = _open_store(store or (folder / STORE_NAME if folder and not out else None))
    found = kept.recall(asked, engine) if kept and store else None
    if found is None:
        if kept is not None:
            kept.check_writable()
        with show_progress(asked.name) as on_progress:
            found = run_experiment(asked, engine=engine, cores=cores, on_progress=on_progress)
    keeping, home = Keeping(), None
    with keeping:
        home = None if folder is None else _save(found, folder)
    with keeping:
        if kept is not None:
            kept.keep(found)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, allow_nan=False))
    else:
        print_comparison(found, language=spoken())
    if home is not None:
        _tell_where(home, found, is_kept=bool(kept and not (out or store or found.is_partial)), as_json=as_json)
    if found.is_partial:
        sys.exit(STOPPED)
    keeping.tell()


def _save(found: "Results", folder: Path) -> Path:
    from sim.store.folder import save_results  # noqa: PLC0415 - slow to load, and JSON alone does not need it

    return save_results(found, folder)


def _tell_where(home: Path, found: "Results", *, is_kept: bool, as_json: bool) -> None:
    name = found.scenario.name
    hint = f". For Excel: doegnplads results export {name} --to {safe_name(name)}.xlsx" if is_kept else ""
    files = "measures.csv, differences.csv, results.json, scenario.yaml"
    click.echo(f"Results are in {home}/ ({files}){hint}", err=as_json)


def _open_store(folder: Path | None) -> "Store | None":
    if folder is None:
        return None
    from sim.store import Store  # noqa: PLC0415 - slow to load

    return Store(folder)


def _with_options(scenario: "Scenario", options: dict[str, object]) -> "Scenario":
    from sim.scenario import with_values  # noqa: PLC0415

    given = {path: value for path, value in options.items() if value is not None}
    return with_values(scenario, given) if given else scenario


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=SCENARIO)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def validate(scenarios: tuple[str, ...], as_json: bool) -> None:
    """Check SCENARIOS and say everything that is wrong with them."""
    from sim.runnable import check_scenario  # noqa: PLC0415
    from sim.scenario import find_scenario, load_scenario, scenario_hash  # noqa: PLC0415

    faulty = False
    reports = []
    for name in scenarios:
        try:
            scenario = load_scenario(find_scenario(name), check=check_scenario)
        except ScenarioError as error:
            faulty = True
            reports.append(
                {
                    "scenario": shown_text(name, length=200),
                    "valid": False,
                    "faults": [fault.parts(spoken()) for fault in error.faults],
                }
            )
            if not as_json:
                click.echo(error.said(spoken()), err=True)
            continue
        reports.append({"scenario": scenario.name, "valid": True, "hash": scenario_hash(scenario), "faults": []})
        if not as_json:
            designs = ", ".join(design.name for design in scenario.designs)
            click.echo(f"{shown_text(name, length=200)}: in order. Hash {scenario_hash(scenario)}. Designs: {designs}.")
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False))
    sys.exit(FAULTY if faulty else DONE)


@main.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for completion in an editor."""
    from sim.scenario import scenario_schema  # noqa: PLC0415

    click.echo(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def scenarios(as_json: bool) -> None:
    """List the scenarios that are ready to run by name."""
    from sim.scenario import load_scenario, ready_scenarios, scenario_hash  # noqa: PLC0415

    ready = {name: load_scenario(path) for name, path in ready_scenarios().items()}
    if as_json:
        rows = [
            {"name": name, "title": scenario.title.model_dump(), "hash": scenario_hash(scenario)}
            for name, scenario in ready.items()
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    width = max(map(len, ready), default=0)
    for name, scenario in ready.items():
        click.echo(f"{name:{width}}  {scenario.title.en or scenario.name}")


@main.command()
@click.argument("scenario", type=SCENARIO)
@click.option("--design", required=True, help="Name of the design.")
@click.option("--replication", type=click.IntRange(min=0), default=0, show_default=True, help="Its number, from 0.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files.")
@_SEED
@_ENGINE
def trace(scenario: str, design: str, replication: int, out: Path, seed: int | None, engine: str) -> None:
    """Write one replication of one design in full: women.csv, capacity.csv, trace.json."""
    from sim.looks import save_trace, trace_replication  # noqa: PLC0415
    from sim.scenario import find_scenario, load_scenario  # noqa: PLC0415

    asked = _with_options(load_scenario(find_scenario(scenario)), {"seed": seed})
    files = save_trace(trace_replication(asked, design=design, replication=replication, engine=engine), out)
    for file in files:
        click.echo(str(file))
