"""A scenario has one hash and one set of numbers, whether it comes by file, sweep, table, values or cluster."""

from pathlib import Path

import openpyxl
import pytest
from small_batches import QUICK_TEXT, one_by_one, run

from sim.batch import gather, plan_batch, run_batch
from sim.experiment import run_experiment
from sim.scenario import load_scenario, scenario_from, scenario_hash, scenario_values, with_values
from sim.store import Store, piece_bytes, piece_key

CHANGES = {"demand.need_per_year": 40, "acceptance.base": 0.35, "designs.regional.places.nordjylland": 2}


def ways(folder: Path) -> dict[str, str]:
    """The same scenario in several files."""
    (folder / "base.yaml").write_text(QUICK_TEXT, encoding="utf-8")
    base = load_scenario(folder / "base.yaml")
    (folder / "file.yaml").write_text(
        QUICK_TEXT.replace("kind: regional}", "kind: regional, places: {hovedstaden: 9, sjaelland: 4, syddanmark: 5, ")
        .replace("syddanmark: 5, ", "syddanmark: 5, midtjylland: 6, nordjylland: 2}}")
        .replace("name: quick", "name: by-file")
        + "demand: {need_per_year: 40.0}\nacceptance: {base: 0.35}\n",
        encoding="utf-8",
    )
    lines = "".join(f"  - {path}: [{value}]\n" for path, value in CHANGES.items())
    (folder / "sweep.yaml").write_text(f"{QUICK_TEXT}sweep:\n{lines}", encoding="utf-8")
    header, row = ";".join(("scenario", *CHANGES)), ";".join(("base.yaml", "40", "0,35", "2"))
    (folder / "danish.csv").write_text(f"\ufeff{header}\r\n{row}\r\n", encoding="utf-8", newline="")
    (folder / "plain.csv").write_text("scenario," + ",".join(CHANGES) + "\nbase.yaml,40,0.35,2\n", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*CHANGES, "title.en", "start"])
    sheet.append([40.0, 0.35, 2, "Another title", base.start])
    book.save(folder / "table.xlsx")
    return {name: str(folder / name) for name in ("file.yaml", "sweep.yaml", "danish.csv", "plain.csv", "table.xlsx")}


@pytest.mark.unit
def test_hash_key_and_numbers_are_the_same_whichever_way(tmp_path: Path) -> None:
    files = ways(tmp_path)
    wanted = with_values(load_scenario(tmp_path / "base.yaml"), CHANGES)
    computed = piece_bytes(run_experiment(wanted))
    for name, file in files.items():
        found = gather([file], base=str(tmp_path / "base.yaml"))
        (case,) = found.cases
        assert not found.faults
        assert scenario_hash(case.scenario) == scenario_hash(wanted), name
        assert piece_key(case) == piece_key(case.scenario) == piece_key(wanted), name
        assert piece_bytes(run_experiment(case.scenario)) == computed, name
    sliders = scenario_from(scenario_values(wanted) | {"name": "sliders"})
    assert piece_key(sliders) == piece_key(wanted)


@pytest.mark.e2e
def test_what_one_way_computed_no_other_computes_again(tmp_path: Path) -> None:
    files = ways(tmp_path)
    store = Store(tmp_path / "store")
    wanted = with_values(load_scenario(tmp_path / "base.yaml"), CHANGES)
    store.keep(run_experiment(wanted))
    before = store.piece_path(piece_key(wanted)).read_bytes()
    code, printed, said = run(tmp_path, *files.values(), "--base", "base.yaml", "--out", "store")
    assert (code, said) == (0, "0 scenarios to compute.\n")
    assert "5 scenarios: 0 computed" in printed
    assert store.piece_path(piece_key(wanted)).read_bytes() == before
    other = Store(tmp_path / "other")
    planned = plan_batch(gather([files["sweep.yaml"]]).cases, other)
    report = run_batch(planned, other, one_by_one)
    assert (report.done, report.failed) == (1, {})
    assert other.piece_path(piece_key(wanted)).read_bytes() == before
    recalled = other.recall(wanted)
    assert recalled is not None
    assert recalled.as_json() == run_experiment(wanted).as_json()
