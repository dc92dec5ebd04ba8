"""Sensitivity: differences between designs at the ends of the assumptions' plausible ranges, one at a time."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiment import RULES_VERSION, Memory, Results, most_replications, run_experiment
from sim.experiment.measured import MEASURE_NUMBER
from sim.files import safe_name, write_rows
from sim.findings.ends import ends_of
from sim.findings.fields import FIELD_MEASURES
from sim.scenario import PLACES, Scenario, scenario_hash, with_values

Progress = Callable[[int, int], None]
"""Called with the ends played and the most there will be."""

_FOLDER = "sensitivity"


class Played(NamedTuple):
    """A difference between two designs under one assumption; a line of the table.

    Attributes
    ----------
    parameter, end : str
        Which assumption, and at which end of its range; empty under the scenario's own assumptions.
    value : float
        What it is there; not a number under the scenario's own.
    pair, measure : str
        ``"one - other"``, and of what.
    n : int
        Replications that have a value.
    mean, low, high : float
        As in `Estimates`.
    """

    parameter: str
    end: str
    value: float
    pair: str
    measure: str
    n: int
    mean: float
    low: float
    high: float


class Sensitivity(NamedTuple):
    """What was played.

    Attributes
    ----------
    replications : int
        At each end.
    rows : tuple of Played
        First those under the scenario's own assumptions.
    """

    replications: int
    rows: tuple[Played, ...]

    def of(self, pair: str, measure: str) -> Iterator[Played]:
        """Go through the ends of one difference.

        Parameters
        ----------
        pair, measure : str
            Which.

        Yields
        ------
        Played
            One an end.
        """
        return (row for row in self.rows if row.parameter and (row.pair, row.measure) == (pair, measure))


def play_ends(
    scenario: Scenario,
    *,
    replications: int | None = None,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> tuple[Sensitivity, Results]:
    """Play a scenario, and all its ends, on the same streams.

    Parameters
    ----------
    scenario : Scenario
        In one field.
    replications : int, optional
        At each end; the scenario's if left out.
    cores : int, optional
        All there are, if left out.
    on_progress : callable, optional
        Called after each.

    Returns
    -------
    sensitivity : Sensitivity
        Of the measures that are judged.
    results : Results
        Under the scenario's own assumptions.
    """
    n = replications or most_replications(scenario)
    asked, memory = with_values(scenario, {"replications": n}), Memory()
    ends = ends_of(asked).ends
    own = run_experiment(asked, cores=cores, memory=memory)
    rows = [*_rows(own, "", "", float("nan"))]
    for number, end in enumerate(ends, start=1):
        rows += _rows(run_experiment(end.scenario, cores=cores, memory=memory), end.parameter, end.side, end.value)
        if on_progress is not None:
            on_progress(number, len(ends))
    return Sensitivity(n, tuple(rows)), own


def _rows(results: Results, parameter: str, side: str, value: float) -> Iterator[Played]:
    for pair, comparison in results.differences.items():
        for measure in FIELD_MEASURES[PLACES]:
            column = MEASURE_NUMBER[measure]
            n, mean, low, high = (values[0, column].item() for values in comparison.estimates[:4])
            yield Played(parameter, side, value, pair, measure, n, mean, low, high)


def sensitivity_path(scenario: Scenario, folder: Path) -> Path:
    """Say where the table of a scenario is kept, however often it was played.

    Parameters
    ----------
    scenario : Scenario
        In one field.
    folder : Path
        Where results go.

    Returns
    -------
    Path
        Of a CSV file.
    """
    key = scenario_hash(with_values(scenario, {"replications": 1}))
    return folder / _FOLDER / f"{safe_name(scenario.name)}-{key}.csv"


def save_sensitivity(tried: Sensitivity, scenario: Scenario, folder: Path) -> Path:
    """Keep a table.

    Parameters
    ----------
    tried : Sensitivity
        What was played.
    scenario : Scenario
        Of which.
    folder : Path
        Where results go.

    Returns
    -------
    Path
        Of the file.
    """
    path = sensitivity_path(scenario, folder)
    header = ("rules_version", "replications", *Played._fields)
    write_rows(path, header, ((RULES_VERSION, tried.replications, *row) for row in tried.rows))
    return path


def load_sensitivity(scenario: Scenario, folder: Path) -> Sensitivity | None:
    """Find the table of a scenario.

    Parameters
    ----------
    scenario : Scenario
        In one field.
    folder : Path
        Where results go.

    Returns
    -------
    Sensitivity or None
        None if its ends have not been played by these rules, or the file was changed by somebody.
    """
    try:
        with sensitivity_path(scenario, folder).open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file)]
        if not rows or {row["rules_version"] for row in rows} != {str(RULES_VERSION)}:
            return None
        return Sensitivity(int(rows[0]["replications"]), tuple(map(_read, rows)))
    except (OSError, KeyError, ValueError):
        return None


def _read(row: dict[str, Any]) -> Played:
    numbers = (float(row[word] or "nan") for word in ("mean", "low", "high"))
    return Played(
        row["parameter"], row["end"], float(row["value"] or "nan"), row["pair"], row["measure"], int(row["n"]), *numbers
    )
