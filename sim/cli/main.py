"""Commands of ``doegnplads``."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from sim.cli.lazily import SCENARIO, LazyGroup
from sim.cli.options import engine_option, seed_option, with_options
from sim.cli.plain import DONE, FAULTY, IMPOSSIBLE, PlainGroup, spoken
from sim.cli.streams import sturdy_streams
from sim.faults import ScenarioError, shown_text

_LAZILY = {
    "batch": ("sim.cli.batch", "Compute many scenarios into one store; what is there already is not computed again."),
    "bills": (
        "sim.cli.bills",
        "Send the bills for the places of SCENARIO: what each municipality pays, and how much it swings.",
    ),
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
    "report": (
        "sim.cli.report",
        "Write what a steering group takes away from RESULT or SCENARIO: a page, a workbook, PDF.",
    ),
    "run": ("sim.cli.run", "Compare the designs of SCENARIO on the same simulated women."),
    "sensitivity": (
        "sim.cli.sensitivity",
        "Play SCENARIO at both ends of the plausible range of each assumption, one at a time.",
    ),
    "results": ("sim.cli.results", "See, compare and export what has been computed."),
    "size": ("sim.cli.size", "Find how many places each design of SCENARIO needs for a target, or a budget allows."),
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
@seed_option
@engine_option
def trace(scenario: str, design: str, replication: int, out: Path, seed: int | None, engine: str) -> None:
    """Write one replication of one design in full: women.csv, capacity.csv, trace.json."""
    from sim.looks import save_trace, trace_replication  # noqa: PLC0415
    from sim.scenario import find_scenario, load_scenario  # noqa: PLC0415

    asked = with_options(load_scenario(find_scenario(scenario)), {"seed": seed})
    files = save_trace(trace_replication(asked, design=design, replication=replication, engine=engine), out)
    for file in files:
        click.echo(str(file))
