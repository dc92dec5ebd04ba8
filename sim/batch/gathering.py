"""Gathering what a batch is made of: scenario files, sweeps and tables, from names, files, folders and patterns."""

import glob
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.batch.tables import ENDINGS, TableRow, csv_header, read_table
from sim.faults import one_fault, shown
from sim.geography import is_minutes_header
from sim.scenario import (
    Case,
    Fault,
    Scenario,
    ScenarioError,
    find_scenario,
    load_cases,
    load_scenario,
    ready_scenarios,
    renamed,
    with_values,
)
from sim.scenario.table import is_inside
from sim.tables import OTHER_ENDINGS

SCENARIO_ENDINGS = (".yaml", ".yml")
_BASE, _NAME = "scenario", "name"


class Gathered(NamedTuple):
    """What a batch is made of.

    Attributes
    ----------
    cases : tuple of Case
        Scenarios to be run, in the order given.
    faults : tuple of Fault
        What is wrong with the others.
    notes : tuple of str
        What was read of tables that is not seen on the screen, and what was seen and not read.
    """

    cases: tuple[Case, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def gather(
    paths: Sequence[str],
    *,
    base: str | None = None,
    change: Callable[[Scenario], Scenario] = lambda scenario: scenario,
) -> Gathered:
    """Gather the scenarios of a batch.

    Parameters
    ----------
    paths : sequence of str
        Names of ready scenarios, files (YAML, CSV, Excel), folders of such files, or patterns with ``*``.
    base : str, optional
        Ready scenario or file that the rows of tables change, where they do not name one.
    change : callable
        What is done to every scenario, such as setting the seed.

    Returns
    -------
    Gathered
        A fault in one does not keep the others back.
    """
    cases: list[Case] = []
    faults: list[Fault] = []
    notes: list[str] = []
    for path in paths:
        try:
            for file in _files(path):
                found = _cases_of(file, base)
                cases += found.cases
                faults += found.faults
                notes += found.notes
        except ScenarioError as error:
            faults += error.faults
    changed = []
    for case in cases:
        try:
            changed.append(case._replace(scenario=change(case.scenario)))
        except ScenarioError as error:
            faults += error.faults
    return Gathered(tuple(changed), tuple(faults), tuple(notes))


def _files(given: str) -> Iterator[Path]:
    """The files a path stands for."""
    if given in ready_scenarios():
        yield ready_scenarios()[given]
        return
    path = Path(given)
    if path.is_dir():
        yield from _in_folder(path)
    elif glob.has_magic(given) and not path.exists():
        found = sorted(Path(name) for name in glob.glob(given, recursive=True))  # noqa: PTH207 - a pattern may begin anywhere
        if not found:
            raise one_fault(given, "a pattern that fits some file", got="none", remedy="Check the pattern.")
        for one in found:
            yield from _in_folder(one) if one.is_dir() else [one]
    elif path.suffix.lower() in (*ENDINGS, *OTHER_ENDINGS):
        yield path
    else:
        yield find_scenario(given)


def _in_folder(folder: Path) -> Iterator[Path]:
    """Scenario files and tables of scenarios; a table of travel minutes belongs to the scenario that names it."""
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file()
        and path.suffix.lower() in (*SCENARIO_ENDINGS, *ENDINGS)
        and not path.name.startswith((".", "~$"))
        and not is_minutes_header(csv_header(path))
    ]
    if not found:
        got, remedy = "none", "Put .yaml, .csv or .xlsx files into it."
        raise one_fault(str(folder), "a folder with scenarios or tables", got=got, remedy=remedy)
    yield from found


def _cases_of(file: Path, base: str | None) -> Gathered:
    try:
        if file.suffix.lower() not in (*ENDINGS, *OTHER_ENDINGS):
            return Gathered(*load_cases(file))
        return _cases_of_table(file, base)
    except ScenarioError as error:
        return Gathered((), error.faults)


def _cases_of_table(file: Path, base: str | None) -> Gathered:
    rows, notes = read_table(file)
    cases: list[Case] = []
    faults: list[Fault] = []
    bases: dict[str, Scenario | ScenarioError] = {}
    width = len(str(rows[-1].number))
    for row in rows:
        try:
            if row.faults:
                raise ScenarioError(row.faults)
            cases.append(_case_of_row(row, _base(row, base, bases, file.parent), width))
        except ScenarioError as error:
            faults += error.faults
    return Gathered(tuple(cases), tuple(faults), notes)


def _case_of_row(row: TableRow, base: Scenario, width: int) -> Case:
    changes = {path: value for path, value in row.values.items() if path not in {_BASE, _NAME}}
    name = row.values.get(_NAME)
    named = changes if name is None else changes | {_NAME: name if isinstance(name, str) else str(name)}
    scenario = with_values(base, named, source=row.source)
    if name is None:
        scenario = renamed(scenario, base.name, f"row{row.number:0{width}}")
    return Case(scenario, changes)


def _base(row: TableRow, base: str | None, known: dict[str, Scenario | ScenarioError], folder: Path) -> Scenario:
    """The scenario that a row changes."""
    given = row.values.get(_BASE)
    if given is None and base is None:
        remedy = "Add a column scenario with a ready name or a file beside the table, or give --base."
        raise ScenarioError([Fault(row.source, None, _BASE, "a scenario to start from", "nothing", remedy)])
    key = f"column {given}" if given is not None else "option"
    if key not in known:
        try:
            known[key] = load_scenario(_named_base(given, folder) if given is not None else find_scenario(base or ""))
        except ScenarioError as error:
            known[key] = error
    found = known[key]
    if isinstance(found, ScenarioError):
        raise ScenarioError(
            fault._replace(source=f"{row.source}, {fault.source}" if fault.source else row.source)
            for fault in found.faults
        )
    return found


def _named_base(given: object, folder: Path) -> Path:
    if isinstance(given, str) and given in ready_scenarios():
        return ready_scenarios()[given]
    if isinstance(given, str) and given.isprintable() and is_inside(given, folder) and (folder / given).is_file():
        return folder / given
    allowed = "the name of a ready scenario, or a file in the table's own folder"
    raise ScenarioError([Fault("", None, _BASE, allowed, shown(given), "Check the name.")])
