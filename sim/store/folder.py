"""The folder of results: tidy tables for people who count, JSON for programs, the scenario that gave them."""

import json
from pathlib import Path

from sim.experiment import Results, Row
from sim.files import safe_name, write_rows, write_whole
from sim.scenario import save_scenario


def save_results(results: Results, folder: Path) -> Path:
    """Write results to a folder of their own."""
    home = folder / f"{safe_name(results.scenario.name)}-{results.hash}"
    rows = list(results.rows())
    write_rows(home / "measures.csv", Row._fields, (row for row in rows if row.design in results.designs))
    write_rows(home / "differences.csv", Row._fields, (row for row in rows if row.design in results.differences))
    text = json.dumps(results.as_json(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(home / "results.json", text)
    save_scenario(results.scenario, home / "scenario.yaml")
    return home
