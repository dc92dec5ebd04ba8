"""Make the example again, or see whether known parameters are found: run it with ``--help``."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
from inventing_referrals import Record, save_referrals, simulate_referrals
from recovering_truths import (
    WIDE,
    Recovered,
    Truth,
    corner_truths,
    drawn_truths,
    fixed_truths,
    recover,
    recovery_table,
    summarise_recovery,
)

from calibration.from_rows.file.columns import COLUMNS
from sim.files import write_whole
from sim.scenario import load_scenario

EXAMPLES = Path(__file__).parents[3] / "calibration" / "examples"
EXAMPLE_SEED = 2023
_CHUNK = 25


@click.group()
def main() -> None:
    """Invent records of referrals, and learn from them."""


@main.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=EXAMPLES, help="Where they go.")
def example(folder: Path) -> None:
    """Make referrals.csv and the empty files to begin with, template.csv and skabelon.csv, again."""
    truth = load_scenario(EXAMPLES / "invented.yaml")
    record = Record(years=3, per_year=truth.demand.need_per_year or 0.0)
    save_referrals(simulate_referrals(truth, record, seed=EXAMPLE_SEED), folder / "referrals.csv")
    save_referrals([], folder / "template.csv")
    danish = ";".join(column.danish[0] for column in COLUMNS)
    write_whole(folder / "skabelon.csv", f"\ufeff{danish}\n")  # as Danish spreadsheets want it


@main.command()
@click.option("--records", type=click.IntRange(min=2), default=200, show_default=True, help="Records of each trial.")
@click.option("--cores", type=click.IntRange(min=1), default=2, show_default=True, help="How many cores to use.")
def recovery(records: int, cores: int) -> None:
    """Print how often 95 % intervals hold the truth, as the table of docs/calibration.md."""
    trials = {"drawn truths": _trial(drawn_truths(records, seed=7), 1.0, cores)}
    trials["corners"] = _trial(corner_truths(records, seed=8), 1.0, cores)
    trials["one truth, wide priors"] = _trial(fixed_truths(records), WIDE, cores)
    click.echo(recovery_table(trials))


def _trial(truths: list[Truth], width: float, cores: int) -> list[Recovered]:
    """All records of a trial; parts of it have seeds of their own, so that the number of cores does not matter."""
    parts = [truths[start : start + _CHUNK] for start in range(0, len(truths), _CHUNK)]
    with ProcessPoolExecutor(cores) as pool:
        jobs = [pool.submit(_part, part, width, 1000 * number) for number, part in enumerate(parts, start=1)]
        return summarise_recovery([record for job in jobs for record in job.result()])


def _part(truths: list[Truth], width: float, seed: int) -> list[list[tuple[str, object, float]]]:
    return list(recover(truths, prior_width=width, seed=seed))


if __name__ == "__main__":
    main()
