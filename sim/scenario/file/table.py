"""A table of travel minutes beside a scenario file, read so that the scenario stands on its own."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from sim.faults import Flaw, ScenarioError, shown, shown_text
from sim.files import existing
from sim.geography import read_minutes_table
from sim.texts import say

_LONGEST, _MOST_TOLD = 400, 20
_PATH = ("travel", "table")
_ALLOWED = say("allowed.a_file_in")


def with_table(values: dict[str, Any], folder: Path | None) -> tuple[dict[str, Any], list[Flaw]]:
    """Put the minutes of `travel.table` in place of its name."""
    travel = values.get("travel")
    if folder is None or not isinstance(travel, Mapping) or "table" not in travel:
        return values, []
    without = {word: value for word, value in travel.items() if word != "table"}
    if "minutes" in travel:
        flaw = Flaw(
            _PATH,
            say("allowed.either_or_not", one="table", other="minutes"),
            shown(travel["table"]),
            say("remedy.delete_one_of_the"),
        )
        return values | {"travel": without}, [flaw]
    minutes, flaws = _read(travel["table"], folder)
    return values | {"travel": without | ({"minutes": minutes} if minutes else {})}, flaws


def _read(name: object, folder: Path) -> tuple[dict[str, dict[str, float]] | None, list[Flaw]]:
    if not isinstance(name, str) or not name.isprintable() or not is_inside(name, folder):
        return None, [Flaw(_PATH, _ALLOWED, shown(name), say("remedy.put_the_table"))]
    path = existing(folder / name)
    if not path.exists():
        return None, [Flaw(_PATH, _ALLOWED, say("got.which_is_not", name=shown(name)), say("remedy.check_the_name"))]
    try:
        return {code: dict(minutes) for code, minutes in read_minutes_table(path).items()}, []
    except ScenarioError as error:
        allowed = say("allowed.a_table_of_minutes")
        told = [shown_text(str(fault), length=_LONGEST) for fault in error.faults[:_MOST_TOLD]]
        if left := len(error.faults) - len(told):
            told.append(f"... and {left} more.")
        return None, [Flaw(_PATH, allowed, shown(name), line) for line in told]


def is_inside(name: str, folder: Path) -> bool:
    """Tell whether a name written in a file leads to something in the file's own folder."""
    parts = PureWindowsPath(name).parts
    if not name or ".." in parts or PureWindowsPath(name).anchor or PurePosixPath(name).is_absolute() or "\\" in name:
        return False
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
