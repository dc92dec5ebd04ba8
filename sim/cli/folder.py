"""The folder of results: tidy tables for people who count, JSON for programs, the scenario that gave them."""

import csv
import io
import json
import math
import os
from collections.abc import Iterable
from pathlib import Path

from sim.experiment import Results, Row
from sim.scenario import scenario_text


def save_results(results: Results, folder: Path) -> Path:
    """Write results to a folder of their own.

    Parameters
    ----------
    results : Results
        What was found.
    folder : pathlib.Path
        Where the folder is made; its name says scenario and content.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    home = folder / f"{results.scenario.name}-{results.hash}"
    home.mkdir(parents=True, exist_ok=True)
    rows = list(results.rows())
    _write(home / "measures.csv", _table(row for row in rows if row.design in results.designs))
    _write(home / "differences.csv", _table(row for row in rows if row.design in results.differences))
    _write(home / "results.json", json.dumps(results.as_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    _write(home / "scenario.yaml", scenario_text(results.scenario))
    return home


def _table(rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Row._fields)
    for row in rows:
        writer.writerow(["" if isinstance(value, float) and math.isnan(value) else value for value in row])
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
