"""Run everything once on this machine, keep the numbers and show them."""

import json
import time
from pathlib import Path
from typing import Any

import click

from benchmarks.cold_start import time_cold_start
from benchmarks.contest import Size, hold_contest
from benchmarks.five_regions import time_cores, time_financings, time_five_regions
from benchmarks.goals import judge
from benchmarks.growth import time_growth, with_pools, with_replications, with_women, with_years
from benchmarks.machine import describe_machine, taken_by_others
from benchmarks.memory_peak import measure_peaks
from benchmarks.tables import markdown_of, print_sheets
from sim.experiment import available_cores

RESULTS = Path(__file__).with_name("results.json")
FORMAT = 1
"""Counts up when results.json changes its shape."""


def run_full() -> dict[str, Any]:
    """Everything; 100,000 replications of all designs are what takes longest."""
    return {
        "memory": measure_peaks(few=1000, many=100_000),
        "cold_start": time_cold_start(replications=1000, rounds=7),
        "same_queue": hold_contest(Size(end_to_end=1000, in_simpy=50, alone=50, by_others=10, rounds=7)),
        "five_regions": time_five_regions(replications=1000, in_simpy=50, rounds=7),
        "financings": time_financings(replications=1000, rounds=7),
        "growth": time_growth(
            {
                "replications": with_replications((100, 300, 1000, 3000, 10_000)),
                "years": with_years((5, 10, 20, 40), 200),
                "women": with_women((25, 50, 100, 200, 400, 800), 200),
                "pools": with_pools((1, 2, 5, 10, 20, 40), 200),
            },
            rounds=3,
        ),
        "cores": time_cores(replications=2000, rounds=9),
    }


def run_quick() -> dict[str, Any]:
    """The same with fewer of everything, to see that it works; its numbers are rough."""
    return {
        "memory": measure_peaks(few=50, many=500),
        "cold_start": time_cold_start(replications=50, rounds=3),
        "same_queue": hold_contest(Size(end_to_end=100, in_simpy=50, alone=50, by_others=2, rounds=3)),
        "five_regions": time_five_regions(replications=100, in_simpy=50, rounds=3),
        "financings": time_financings(replications=100, rounds=3),
        "growth": time_growth(
            {
                "replications": with_replications((50, 200)),
                "years": with_years((5, 20), 50),
                "women": with_women((25, 200), 50),
                "pools": with_pools((1, 10), 50),
            },
            rounds=1,
        ),
        "cores": time_cores(replications=200, rounds=3),
    }


@click.command()
@click.option("--quick", is_flag=True, help="Fewer of everything, to see that it works.")
@click.option("--table", is_flag=True, help="Run nothing; write the tables of the last run as Markdown.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=RESULTS,
    help="Where the numbers are kept; benchmarks/results.json if left out.",
)
def main(*, quick: bool, table: bool, out: Path) -> None:
    """Measure how fast it is, beside others who play the same queue."""
    if table:
        if not out.exists():
            raise click.UsageError(f"{out} is not there; run `python -m benchmarks` first.")
        click.echo(markdown_of(json.loads(out.read_text(encoding="utf-8"))))
        return
    begin, taken = time.monotonic(), taken_by_others()
    measured = run_quick() if quick else run_full()
    others = (taken_by_others() - taken) / (time.monotonic() - begin) / available_cores()
    machine = describe_machine() | {"taken by others": f"{others:.1%} of the processors, over the whole run"}
    results = {"format": FORMAT, "mode": "quick" if quick else "full", "machine": machine, **measured}
    results["goals"] = judge(results)
    out.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print_sheets(results)
    click.echo(f"Numbers are in {out}; as Markdown: python -m benchmarks --table")


if __name__ == "__main__":
    main()
