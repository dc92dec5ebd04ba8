"""Results by where the women live: counted when asked for, as a table and as a file beside the others."""

from pathlib import Path

from rich.table import Table

from sim.cli.progress import show_progress
from sim.cli.streams import console
from sim.cli.tables import BY_HOME, print_table, written_estimate
from sim.experiment import Comparison, Results, Row
from sim.files import write_rows
from sim.looks.homes import FEWEST_WOMEN, Homes, count_homes
from sim.texts import PLAIN, Texts, load_texts, place_name

WIDTH = 140


def homes_of(results: Results, level: str, *, cores: int | None = None) -> Homes:
    """Count the women of results by home, on the same replications."""
    scenario = results.scenario
    with show_progress(scenario.name) as on_progress:
        return count_homes(
            scenario,
            level,
            replications=results.replications,
            engine=results.engine,
            cores=cores,
            on_progress=on_progress,
        )


def save_homes(homes: Homes | None, results: Results, folder: Path) -> tuple[str, ...]:
    """Write every estimate by home to a file of its own, if they were asked for, and name it."""
    if homes is None:
        return ()
    name = f"by_{homes.level}.csv"
    write_rows(folder / name, Row._fields, homes.rows(results))
    return (name,)


def homes_as_json(homes: Homes | None) -> dict[str, object]:
    """Results by home as they stand beside the others, if they were asked for."""
    return {"by_home": homes.as_json()} if homes else {}


def print_homes(homes: Homes | None, language: str = PLAIN) -> None:
    """Print a table for each design, a line for each place, if they were asked for."""
    if homes is None:
        return
    screen, texts = console(WIDTH), load_texts(language)
    for name, comparison in homes.designs.items():
        print_table(screen, _table(name, comparison, homes.level, texts))
        screen.print()
    screen.print(texts("table.homes.few", n=texts.number(FEWEST_WOMEN)) + "\n", highlight=False)


def _table(name: str, comparison: Comparison, level: str, texts: Texts) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{name}\n{texts(f'common.level.{level}')}", no_wrap=True)
    for measure in BY_HOME:
        table.add_column(texts(f"table.home.{measure}"), justify="right")
    for number, scope in enumerate(comparison.scopes):
        cells = (written_estimate(comparison, number, measure, texts) for measure in BY_HOME)
        table.add_row(place_name(level, scope.key, texts), *cells)
    return table
