"""Scenario files: read, written and found by name."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.faults import nearest, one_fault

from .checking import check_values
from .paths import with_values
from .reading import MOST_BYTES, read_values, too_large
from .ready import ENDINGS, ready_scenarios
from .sweeps import Case, Cases, refuse_sweep, sweep_cases, take_sweep
from .words_scenario import Scenario
from .writing import scenario_text


def load_scenario(path: str | os.PathLike[str]) -> Scenario:
    """Load a scenario file.

    Parameters
    ----------
    path : str or path
        YAML 1.2 in UTF-8. A table it names must lie in its folder.

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
    return read_scenario(_read_bytes(file), source=file.name, folder=file.parent)


def read_scenario(text: str | bytes, source: str = "text", *, folder: Path | None = None) -> Scenario:
    """Read a scenario from text.

    Parameters
    ----------
    text : str or bytes
        YAML 1.2, as in a file.
    source : str
        What it came from, for messages.
    folder : Path, optional
        Where a table of travel minutes may lie; without it a table is refused.

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
    refuse_sweep(values, lines, source)
    return check_values(values, source=source, lines=lines, found=found, folder=folder)


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
    values, lines, found = read_values(_read_bytes(file), file.name)
    values, sweep = take_sweep(values, lines, file.name)
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
    """
    file = Path(path)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=file.parent, delete=False) as part:
        part.write(scenario_text(scenario))
    try:
        Path(part.name).chmod(0o644)
        Path(part.name).replace(file)
    except OSError:
        Path(part.name).unlink(missing_ok=True)
        raise


def find_scenario(name_or_path: str | os.PathLike[str]) -> Path:
    """Find a scenario file by the name of a ready one or by its path.

    Parameters
    ----------
    name_or_path : str or path
        Such as `baseline` or `mine/winter.yaml`.

    Returns
    -------
    Path
        A file that is there.

    Raises
    ------
    ScenarioError
        If there is neither such a file nor such a name.
    """
    given, ready = os.fspath(name_or_path), ready_scenarios()
    if given in ready:
        return ready[given]
    try:
        if given and Path(given).is_file():
            return Path(given)
    except (OSError, ValueError):
        pass
    if Path(given).suffix in ENDINGS or "/" in given or os.sep in given:
        raise one_fault(Path(given).name, "a scenario file", got="no such file", remedy="Check the path.")
    near = nearest(given, ready)
    remedy = f"Did you mean {near}?" if near else "Write one of these names, or the path of a file."
    names = ", ".join(ready) or "none"
    raise one_fault("scenario", f"a ready scenario ({names}) or a file", got=repr(given)[:60], remedy=remedy)


def _read_bytes(file: Path) -> bytes:
    try:
        if not file.exists():
            raise one_fault(file.name, "a scenario file", got="no such file", remedy="Check the path.")
        if not file.is_file():
            got, remedy = "a folder or device", "Give the path of a file."
            raise one_fault(file.name, "a scenario file", got=got, remedy=remedy)
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "an error of the system"
        remedy = "Check the path and your rights to it."
        raise one_fault(file.name, "a file that can be read", got=reason, remedy=remedy) from None
    if len(content) > MOST_BYTES:
        raise too_large(file.name)
    return content
