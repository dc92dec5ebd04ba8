"""The command ``sensitivity``: what differences between designs hang on, one assumption at a time."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.lazily import SCENARIO
from sim.cli.options import (
    against_option,
    cores_option,
    field_option,
    replications_option,
    seed_option,
    with_options,
)
from sim.cli.plain import spoken
from sim.cli.results import RESULTS
from sim.files import check_writable

if TYPE_CHECKING:
    from sim.experiment import Results
    from sim.findings import Sensitivity
    from sim.scenario import Scenario
    from sim.texts import Texts


@click.command()
@click.argument("scenario", type=SCENARIO)
@field_option
@replications_option
@seed_option
@against_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=RESULTS,
    show_default=True,
    help="Folder for results, where run looks for the table.",
)
@cores_option
def sensitivity(
    scenario: str,
    field: str | None,
    replications: int | None,
    seed: int | None,
    against: str | None,
    out: Path,
    cores: int | None,
) -> None:
    """Play SCENARIO at both ends of the plausible range of each assumption, one at a time.

    Says what each difference between designs hangs on, and keeps the table; run then says the same.
    """
    from sim.scenario import fields_of, find_scenario, in_field, load_scenario  # noqa: PLC0415 - slow to load

    asked = with_options(load_scenario(find_scenario(scenario)), {"seed": seed, "measures.against": against})
    wanted = {name: in_field(asked, name) for name in ((field,) if field else fields_of(asked))}
    check_writable(out)
    from sim.cli.progress import show_progress  # noqa: PLC0415 - slow to load
    from sim.findings import ends_of, play_ends, save_sensitivity  # noqa: PLC0415
    from sim.texts import load_texts  # noqa: PLC0415

    texts = load_texts(spoken())
    for name, own in wanted.items():
        with show_progress(own.name, "ends") as on_progress:
            tried, results = play_ends(own, replications=replications, cores=cores, on_progress=on_progress)
        path = save_sensitivity(tried, own, out)
        _print_played(name, results, tried, asked=asked, texts=texts)
        if not_tried := ends_of(own).not_tried:
            names = ", ".join(f"“{texts(f'parameters.{parameter}.label')}”" for parameter in not_tried)
            click.echo(texts("table.ends.not_tried", names=names))
        click.echo(f"{path}\n")


def _print_played(field: str, results: "Results", tried: "Sensitivity", *, asked: "Scenario", texts: "Texts") -> None:
    """How much was played, what may be said, and what each difference hangs on."""
    from sim.cli.fields import print_verdicts  # noqa: PLC0415 - slow to load
    from sim.cli.streams import console  # noqa: PLC0415
    from sim.findings import ACCESS, FIELD_MEASURES, volume_measures  # noqa: PLC0415

    ends = {(row.parameter, row.end) for row in tried.rows if row.parameter}
    size = {"n": len(ends), "assumptions": len({parameter for parameter, _ in ends})}
    screen = console(120)
    name = results.scenario.name
    screen.print(f"\n{name}: {texts('table.ends.title', replications=tried.replications, **size)}", highlight=False)
    measures = (*FIELD_MEASURES[field], *(volume_measures() if field == ACCESS else ()))
    print_verdicts(
        screen, results, asked, field=field, measures=measures, tried=tried, texts=texts, most_named=len(ends)
    )
