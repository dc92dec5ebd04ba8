"""Scenario files: read, written and found by name."""

import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.faults import ScenarioError, did_you_mean, dotted, one_fault, shown, shown_text
from sim.files import existing, read_file, write_whole
from sim.scenario.file.checking import check_values
from sim.scenario.file.reading import MOST_BYTES, TABLE_BESIDE, read_values
from sim.scenario.file.writing import scenario_text
from sim.scenario.paths import with_values
from sim.scenario.ready import ENDINGS, ready_scenarios
from sim.scenario.sweeps import Case, Cases, refuse_sweep, sweep_cases, take_sweep
from sim.scenario.words.scenario import Scenario
from sim.texts import say


def load_scenario(path: str | os.PathLike[str], *, check: Callable[[Scenario], object] | None = None) -> Scenario:
    """Load a scenario file.

    Parameters
    ----------
    path : str or path
        YAML 1.2 in UTF-8. A table it names must lie in its folder.
    check : callable, optional
        What else a scenario must stand, such as `sim.runnable.check_scenario`; what it finds wrong gets its line.

    Returns
    -------
    Scenario
        Complete and checked.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the file.
    """
    file = Path(path)
    return read_scenario(_read(file), source=file.name, folder=file.parent, check=check)


def read_scenario(
    text: str | bytes,
    source: str = "text",
    *,
    folder: Path | None = None,
    check: Callable[[Scenario], object] | None = None,
) -> Scenario:
    """Read a scenario from text.

    Parameters
    ----------
    text : str or bytes
        YAML 1.2, as in a file.
    source : str
        What it came from, for messages.
    folder : Path, optional
        Where a table of travel minutes may lie; without it a table is refused.
    check : callable, optional
        What else it must stand, as for `load_scenario`.

    Returns
    -------
    Scenario
        Complete and checked.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the text.
    """
    values, lines, found = read_values(text, source)
    values, sweep = refuse_sweep(values, lines, source)
    scenario = check_values(values, source=source, lines=lines, found=(*found, *sweep), folder=folder)
    if check is not None:
        try:
            check(scenario)
        except ScenarioError as error:
            places = {dotted(path): line for path, line in lines.items()}
            raise ScenarioError(
                fault._replace(source=shown_text(source), line=_line_of(str(fault.path), places))
                for fault in error.faults
            ) from None
    return scenario


def load_cases(path: str | os.PathLike[str], *, always: Mapping[str, Any] | None = None) -> Cases:
    """Load all the scenarios a file stands for: itself, or the points of its sweep.

    Parameters
    ----------
    path : str or path
        YAML 1.2 in UTF-8, as for `load_scenario`, and with the words of a sweep if it is one.
    always : mapping of str to object, optional
        Value by path that is set in every scenario, whatever the file says.

    Returns
    -------
    Cases
        Complete and checked, and what is wrong with those points of a sweep that cannot be run.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the file as a whole.
    """
    file = Path(path)
    values, lines, found = read_values(_read(file), file.name)
    values, sweep, faults = take_sweep(values, lines, file.name)
    found += faults
    scenario = check_values(values, source=file.name, lines=lines, found=found, folder=file.parent)
    if sweep:
        return sweep_cases(scenario, sweep, file.name, always=always)
    return Cases((Case(with_values(scenario, always, source=file.name) if always else scenario, {}),), ())


def save_scenario(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Save a scenario with all its words, so that loading it gives the same scenario.

    Parameters
    ----------
    scenario : Scenario
        Any.
    path : str or path
        File to write; an old one is replaced only when the new one is whole.

    Raises
    ------
    FileError
        If it cannot be written.
    """
    write_whole(Path(path), scenario_text(scenario))


def find_scenario(name_or_path: str | os.PathLike[str]) -> Path:
    """Find a scenario file by the name of a ready one or by its path.

    Parameters
    ----------
    name_or_path : str or path
        Such as `baseline` or `mine/winter.yaml`.

    Returns
    -------
    Path
        A file that is there; or a device or pipe, for reading to refuse.

    Raises
    ------
    ScenarioError
        If there is neither such a file nor such a name.
    """
    given, ready = os.fspath(name_or_path), ready_scenarios()
    name = unicodedata.normalize("NFC", given)
    if name in ready:
        return ready[name]
    try:
        file = existing(Path(given))
        if given and file.exists() and not file.is_dir():
            return file
    except (OSError, ValueError):
        pass
    if Path(given).suffix in ENDINGS or "/" in given or os.sep in given:
        raise one_fault(
            Path(given).name,
            say("allowed.a_scenario_file"),
            got=say("got.no_such_file"),
            remedy=say("remedy.check_the_path"),
        )
    remedy = did_you_mean(given, ready, say("remedy.write_one_of_these"))
    names = ", ".join(ready) or "none"
    raise one_fault("scenario", say("allowed.a_ready_scenario", known=names), got=shown(given), remedy=remedy)


def _read(file: Path) -> bytes:
    return read_file(file, kind=say("allowed.a_scenario_file"), most_bytes=MOST_BYTES, remedy=TABLE_BESIDE)


def _line_of(path: str, places: Mapping[str, int]) -> int | None:
    """Line of the word a fault is about, or of the nearest around it."""
    while path and path not in places:
        path = path.rpartition(".")[0]
    return places.get(path)
