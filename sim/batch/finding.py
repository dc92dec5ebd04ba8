"""Finding the files of a batch: by name, path, folder or pattern."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.tables import ENDINGS, csv_header
from sim.faults import one_fault, shown_text
from sim.files import existing
from sim.scenario import TODAY_COLUMNS, Scenario, ScenarioError, find_scenario, ready_scenarios
from sim.scenario.file.reading import MOST_BYTES, read_values
from sim.tables import OTHER_ENDINGS
from sim.texts import say

SCENARIO_ENDINGS = (".yaml", ".yml")


class Found(NamedTuple):
    """Files to be read."""

    files: tuple[Path, ...]  # in the order given
    notes: tuple[str, ...] = ()  # what was left out, and why


def find_files(given: str) -> Found:
    """Find the files that a path stands for."""
    if not given.strip():
        remedy = say("remedy.write_one_such")
        raise one_fault("path", say("allowed.a_name_a_file"), got=say("got.an_empty_one"), remedy=remedy)
    if given in ready_scenarios():
        return Found((ready_scenarios()[given],))
    path = existing(Path(given))
    if path.is_dir():
        return _in_folder(path)
    if glob.has_magic(given) and not path.exists():
        return _fitting(given)
    if path.suffix.lower() not in (*ENDINGS, *OTHER_ENDINGS):
        return Found((find_scenario(given),))
    return Found((path,))


def _fitting(pattern: str) -> Found:
    found = sorted(Path(name) for name in glob.glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may begin anywhere
    if not found:
        raise one_fault(
            pattern, say("allowed.a_pattern_that_fits"), got=say("got.none"), remedy=say("remedy.check_the_pattern")
        )
    parts = [_in_folder(one) if one.is_dir() else Found((one,)) for one in found]
    return Found(
        tuple(file for part in parts for file in part.files), tuple(note for part in parts for note in part.notes)
    )


def _in_folder(folder: Path) -> Found:
    listed = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]
    scenarios = [path for path in listed if path.suffix.lower() in SCENARIO_ENDINGS]
    tables = [path for path in listed if path.suffix.lower() in ENDINGS]
    named = {file for path in scenarios for file in _named_in(path)} if tables else set()
    left = [path for path in tables if existing(path).resolve() not in named]
    kept = [path for path in left if _may_hold_scenarios(csv_header(path))]
    strange = [path for path in left if path not in kept and not _belongs_to_some(csv_header(path))]
    if not scenarios and not kept:
        got, remedy = say("got.none"), say("remedy.put_yaml_csv")
        raise one_fault(str(folder), say("allowed.a_folder_with"), got=got, remedy=remedy)
    said = "left out: it is no table of scenarios, whose first row has paths such as demand.need_per_year."
    notes = tuple(f"{shown_text(path.name)}: {said}" for path in strange)
    return Found(tuple(sorted(scenarios + kept)), notes)


def _named_in(scenario: Path) -> Iterator[Path]:
    """Files that a scenario names: its women of today, its minutes."""
    try:
        with scenario.open("rb") as file:
            values: Any = read_values(file.read(MOST_BYTES), scenario.name)[0]
    except (OSError, ScenarioError):
        return  # what is wrong with it is said when it is read to be run
    if not isinstance(values, dict):
        return
    travel = values.get("travel")
    for name in (values.get("today"), travel.get("table") if isinstance(travel, dict) else None):
        if isinstance(name, str) and name.isprintable():
            yield existing(scenario.parent / name).resolve()


def _may_hold_scenarios(header: Sequence[str]) -> bool:
    """Whether one of the columns is of a table of scenarios; so may what cannot be read, which is told later."""
    words = [name.partition(".")[0].partition("[")[0] for name in header]
    own = {"scenario", *Scenario.model_fields} - {"today"}
    return not header or (any(word in own for word in words) and not _belongs_to_some(header))


def _belongs_to_some(header: Sequence[str]) -> bool:
    """Whether its columns are those of a list of women or a table of minutes, which go with some scenario."""
    names = {name.strip().casefold() for name in header if name.strip()}
    is_list = len(names) > 1 and len(names & set(TODAY_COLUMNS)) > len(names) / 2
    return is_list or next(iter(header), "").casefold() in {"municipality", "kommune"}
