"""Gathering what a batch is made of: scenario files, sweeps and tables, from names, files, folders and patterns."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from sim.batch.finding import find_files
from sim.batch.naming import Names
from sim.batch.tables import ENDINGS, TableRow, read_table
from sim.faults import flaws_of, shown
from sim.files import existing
from sim.scenario import (
    Case,
    Fault,
    Scenario,
    ScenarioError,
    Slug,
    Variation,
    find_scenario,
    load_cases,
    load_scenario,
    named_after,
    ready_scenarios,
)
from sim.scenario.file.beside import is_inside
from sim.tables import OTHER_ENDINGS
from sim.texts import say

_BASE, _NAME = "scenario", "name"


class GatheredCases(NamedTuple):
    """What a batch is made of.

    Attributes
    ----------
    cases : tuple of Case
        Scenarios to be run, in the order given.
    faults : tuple of Fault
        What is wrong with the others.
    notes : tuple of str
        What somebody who has only seen the screen should know: files of a folder that were left out, and what of tables
        was read that is not seen, or seen and not read.
    """

    cases: tuple[Case, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def gather(paths: Sequence[str], *, base: str | None = None, always: Mapping[str, Any] | None = None) -> GatheredCases:
    """Gather the scenarios of a batch.

    Parameters
    ----------
    paths : sequence of str
        Names of ready scenarios, files (YAML, CSV, Excel), folders of such files, or patterns with ``*``.
    base : str, optional
        Ready scenario or file that the rows of tables change, where they do not name one.
    always : mapping of str to object, optional
        Value by path that is set in every scenario, whatever it says itself, such as the seed.

    Returns
    -------
    GatheredCases
        A fault in one does not keep the others back.
    """
    faults: list[Fault] = []
    notes: list[str] = []
    names = Names()
    for path in paths:
        try:
            found = find_files(path)
        except ScenarioError as error:
            faults += error.faults
            continue
        notes += found.notes
        for file in found.files:
            try:
                for told in _take_file(file, names, base, always or {}):
                    notes.append(told) if isinstance(told, str) else faults.append(told)
            except ScenarioError as error:
                faults += error.faults
    return GatheredCases(tuple(names.cases), tuple(faults), tuple(notes))


def _take_file(file: Path, names: Names, base: str | None, always: Mapping[str, Any]) -> Iterator[Fault | str]:
    """Take the scenarios of a file; give what is wrong with the others, and what should be known of it."""
    if file.suffix.lower() in (*ENDINGS, *OTHER_ENDINGS):
        yield from _take_table(file, names, _Bases(file.parent, base, always))
        return
    found = load_cases(file, always=always)
    yield from found.faults
    for case in found.cases:
        yield from names.take(case, file.name)


def _take_table(file: Path, names: Names, bases: "_Bases") -> Iterator[Fault | str]:
    rows, notes = read_table(file)
    yield from notes
    width = len(str(rows[-1].number))
    for row in rows:
        try:
            if row.faults:
                raise ScenarioError(row.faults)
            yield from names.take(_case_of_row(row, bases, width), row.place)
        except ScenarioError as error:
            yield from error.faults


def _case_of_row(row: TableRow, bases: "_Bases", width: int) -> Case:
    origin = bases.of(row)
    changes = {path: value for path, value in row.values.items() if path not in {_BASE, _NAME}}
    name = _name_of(row, f"{row.number:0{width}}", origin.base)
    origin.vary(changes, source=row.place)
    return Case(origin, changes, name)


def _name_of(row: TableRow, number: str, base: Scenario) -> str:
    """The row's name as it is written, or one made of its number."""
    given = row.values.get(_NAME)
    if given is None:
        return named_after(base.name, f"row{number}")
    try:
        return str(Slug().check(unicodedata.normalize("NFC", str(given))))
    except PydanticCustomError as error:
        raise ScenarioError(Fault(row.source, None, _NAME, *flaw[1:], row.number) for flaw in flaws_of(error)) from None


class _Bases:
    """The scenarios that the rows of a table change."""

    def __init__(self, folder: Path, option: str | None, always: Mapping[str, Any]) -> None:
        self._folder, self._option, self._always = folder, option, always
        self._known: dict[str, Variation | ScenarioError] = {}

    def of(self, row: TableRow) -> Variation:
        """The one that a row changes."""
        given = row.values.get(_BASE)
        if given is None and self._option is None:
            remedy = say("remedy.add_a_column")
            raise ScenarioError(
                [Fault(row.source, None, _BASE, say("allowed.a_scenario_to"), say("got.nothing"), remedy, row.number)]
            )
        key = f"column {given}" if given is not None else "option"
        if key not in self._known:
            try:
                file = find_scenario(self._option or "") if given is None else self._named(given)
                self._known[key] = Variation(load_scenario(file), self._always)
            except ScenarioError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, ScenarioError):
            raise ScenarioError(
                fault._replace(
                    source=say("fault.path", where=row.place, path=fault.source) if fault.source else row.place
                )
                for fault in found.faults
            )
        return found

    def _named(self, given: object) -> Path:
        if isinstance(given, str) and given in ready_scenarios():
            return ready_scenarios()[given]
        if isinstance(given, str) and given.isprintable() and is_inside(given, self._folder):
            file = existing(self._folder / given)
            if file.is_file():
                return file
        allowed = say("allowed.the_name_of_a")
        raise ScenarioError([Fault("", None, _BASE, allowed, shown(given), say("remedy.check_the_name"))])
