"""Options that several commands have."""

from typing import TYPE_CHECKING

import click

from sim.cli.plain import ENGINES

if TYPE_CHECKING:
    from sim.scenario import Scenario

engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="kernel",
    show_default=True,
    help="Which engine plays; all give the same numbers.",
)
seed_option = click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenario's.")
replications_option = click.option(
    "--replications", type=click.IntRange(min=1), help="Another number than the scenario's."
)
cores_option = click.option(
    "--cores", type=click.IntRange(min=1), help="How many cores to use; all there are, if left out."
)
against_option = click.option("--against", help="Design the others are compared with; the first if left out.")
field_option = click.option(
    "--field",
    type=click.Choice(("access", "budget", "places")),
    help="What is equal where designs are compared; all that the scenario has, if left out.",
)


def with_options(scenario: "Scenario", options: dict[str, object]) -> "Scenario":
    """Set the words of a scenario that options were given for."""
    from sim.scenario import with_values  # noqa: PLC0415 - slow to load

    given = {path: value for path, value in options.items() if value is not None}
    return with_values(scenario, given) if given else scenario
