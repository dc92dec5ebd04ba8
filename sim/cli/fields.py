"""What `run` prints: field by field, what is equal and what is compared, and what may be said of the differences."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from sim.cli.streams import console
from sim.cli.tables import heading_of, print_comparison, side_by_side, table_of, written_estimate
from sim.experiment import Results
from sim.findings import (
    ACCESS,
    FIELD_MEASURES,
    MOST_NAMED,
    NEAR_FAR_MEASURES,
    Sensitivity,
    count_places,
    equal_measure,
    judge_all,
    load_sensitivity,
    near_and_far,
    tell_field,
    volume_measures,
    write_value,
)
from sim.scenario import PLACES, Scenario
from sim.texts import PLAIN, Texts, load_texts

WIDTH = 120


def print_fields(
    found: dict[str, Results],
    asked: Scenario,
    *,
    folder: Path,
    language: str = PLAIN,
    cores: int | None = None,
) -> None:
    """Print the fields of a scenario in their order: the same access, the same budget, volume, the same places."""
    screen, texts = console(WIDTH), load_texts(language)
    volume = found.get(ACCESS)
    for field, results in found.items():
        tried = load_sensitivity(results.scenario, folder)
        if field == PLACES:
            if volume is not None:
                _print_volume(screen, volume, asked, load_sensitivity(volume.scenario, folder), texts)
            if asked.fields:
                _print_title(screen, texts("table.field.places"))
            print_comparison(results, language=language)
        else:
            _print_field(screen, field, results, asked, texts)
        print_verdicts(screen, results, asked, field=field, measures=FIELD_MEASURES[field], tried=tried, texts=texts)
        if not results.is_partial:
            _print_near_and_far(screen, results.scenario, texts, cores=cores)
    if volume is not None and PLACES not in found:
        _print_volume(screen, volume, asked, load_sensitivity(volume.scenario, folder), texts)


def print_stored(results: Results, name: str, *, folder: Path, language: str = PLAIN) -> None:
    """Print results of a store, in the field of the places they have."""
    print_comparison(results, heading=name, language=language)
    print_verdicts(
        console(WIDTH),
        results,
        results.scenario,
        field=PLACES,
        measures=FIELD_MEASURES[PLACES],
        tried=load_sensitivity(results.scenario, folder),
        texts=load_texts(language),
    )


def _print_title(screen: Console, title: str) -> None:
    screen.print(f"\n{title}\n{'=' * len(title)}", highlight=False, markup=False)


def _print_field(screen: Console, field: str, results: Results, asked: Scenario, texts: Texts) -> None:
    equal = equal_measure(asked.fields, field)
    measure, target, _ = equal if equal else ("", 0.0, 0.0)
    said = {"target": write_value(target, measure, texts), "label": texts(f"measures.{measure}.label")}
    _print_title(screen, texts(f"table.field.{field}", **said))
    screen.print(heading_of(results, texts), highlight=False, markup=False)
    shown = dict.fromkeys((measure, *FIELD_MEASURES[field], "cost_per_year"))
    worst = volume_measures()[2:] if field != ACCESS else ()
    _print_designs(screen, results, (*shown, *worst), texts)


def _print_volume(screen: Console, results: Results, asked: Scenario, tried: Sensitivity | None, texts: Texts) -> None:
    _print_title(screen, texts("table.field.volume"))
    screen.print(heading_of(results, texts), highlight=False, markup=False)
    _print_designs(screen, results, volume_measures(), texts)
    print_verdicts(screen, results, asked, field=ACCESS, measures=volume_measures(), tried=tried, texts=texts)


def _print_designs(screen: Console, results: Results, measures: Iterable[str], texts: Texts) -> None:
    places = {name: str(few) if few == most else f"{few}-{most}" for name, (few, most)
              in count_places(results.scenario).items()}  # fmt: skip
    for designs in side_by_side(results.designs, screen.width):
        table = table_of(texts("table.design"), designs)
        table.add_row(texts("table.places"), *(places[name] for name in designs))
        for measure in measures:
            cells = (written_estimate(part, 0, measure, texts) for part in designs.values())
            table.add_row(texts(f"measures.{measure}.label"), *cells)
        screen.print(table)


def print_verdicts(
    screen: Console,
    results: Results,
    asked: Scenario,
    *,
    field: str,
    measures: Iterable[str],
    tried: Sensitivity | None,
    texts: Texts,
    most_named: int = MOST_NAMED,
) -> None:
    """Print what may be said of the differences: a sentence each, and those that are none together."""
    verdicts = judge_all(results, measures, tried)
    if lines := tell_field(results, asked.fields, field, verdicts, texts, most_named=most_named):
        _print_lines(screen, texts("table.findings"), lines)
    if tried is None and any(verdict.kind == "untried" for verdict in verdicts):
        screen.print(texts("table.untried", name=asked.name), highlight=False, markup=False)


def _print_lines(screen: Console, title: str, lines: Iterable[str]) -> None:
    screen.print(f"\n{title}", highlight=False, markup=False, style="bold")
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row("-", line)
    screen.print(Padding(grid, 0), highlight=False, markup=False)


def _print_near_and_far(screen: Console, scenario: Scenario, texts: Texts, *, cores: int | None) -> None:
    """Regional and shared beside each other, with distance at both ends of what it may do."""
    found = near_and_far(scenario, cores=cores)
    if found is None:
        return
    columns = {
        f"{name}\nk = {texts.plain(decay)}": part
        for name in next(iter(found.values())).designs
        for decay, results in found.items()
        for part in (results.designs[name],)
    }
    screen.print(f"\n{texts('table.near_and_far')}", highlight=False, markup=False)
    for designs in side_by_side(columns, screen.width):
        table = table_of(texts("table.design"), designs)
        for measure in NEAR_FAR_MEASURES:
            cells = (written_estimate(part, 0, measure, texts) for part in designs.values())
            table.add_row(texts(f"measures.{measure}.label"), *cells)
        screen.print(table)
