"""What a store holds as tables: frames, SQL, and files that are safe to open."""

import csv
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sim.experiment import run_experiment
from sim.scenario import Case, scenario_from, with_values
from sim.store import Store, StoreError
from sim.store.catalogue import estimates_frame, query, results_named
from sim.store.export import export_frame, harmless

WORDS = {
    "name": "one",
    "horizon_years": 1,
    "replications": 4,
    "designs": [{"name": "regional", "kind": "regional"}, {"name": "shared", "kind": "shared"}],
}
ONE = scenario_from(WORDS)
OTHER = with_values(ONE, {"name": "other", "demand.need_per_year": 30})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("store"))
    store.note([Case(ONE, {}), Case(OTHER, {"demand.need_per_year": 30})])
    store.keep(run_experiment(ONE))
    store.keep(run_experiment(OTHER))
    return store


@pytest.mark.unit
def test_frame_has_a_row_a_scenario_design_and_measure(store: Store) -> None:
    frame = estimates_frame(store)
    assert not frame.duplicated(["scenario", "design", "measure"]).any()
    assert set(frame["scenario"]) == {"one", "other"}
    rows = [row for row in run_experiment(OTHER).rows() if row.by == "all" and row.design in ("regional", "shared")]
    mine = frame[frame["scenario"] == "other"]
    assert list(zip(mine["design"], mine["measure"], mine["mean"], strict=True)) == [
        (row.design, row.measure, row.mean) for row in rows
    ]
    assert set(mine["demand.need_per_year"]) == {30}
    everything = estimates_frame(store, "everything", differences=True, names=["other"])
    assert len(everything) == len(list(run_experiment(OTHER).rows()))


@pytest.mark.unit
def test_catalogue_answers_in_sql(store: Store) -> None:
    found = query(
        store,
        "SELECT name, mean FROM asked JOIN estimates USING (result) "
        "WHERE \"by\" = 'all' AND measure = 'referrals_per_year' AND design = 'shared' ORDER BY name",
    )
    assert list(found["name"]) == ["one", "other", "other"]
    with pytest.raises(StoreError, match=r"a question the catalogue can answer; got .* The views are estimates, asked"):
        query(store, "SELECT nonsense")
    assert query(Store("nowhere"), "SELECT count(*) AS n FROM estimates")["n"][0] == 0


@pytest.mark.unit
def test_unknown_names_and_endings_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a scenario of this store; got 'othr'. Did you mean other\?"):
        results_named(store, "othr")
    with pytest.raises(StoreError, match=r"ending in .csv, .xlsx, .parquet; got '.txt'. Write such a name."):
        export_frame(estimates_frame(store), tmp_path / "table.txt")


@pytest.mark.unit
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_exports_are_the_same_whenever_they_are_made(store: Store, tmp_path: Path, ending: str) -> None:
    for name in ("one", "other"):
        export_frame(estimates_frame(store), tmp_path / f"{name}{ending}")
    made = (tmp_path / f"one{ending}").read_bytes()
    assert made == (tmp_path / f"other{ending}").read_bytes()
    if ending == ".parquet":
        assert len(pd.read_parquet(tmp_path / "one.parquet")) == len(estimates_frame(store))


@pytest.mark.unit
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1+1"])
def test_text_that_looks_like_a_formula_is_harmless(tmp_path: Path, text: str) -> None:
    frame = pd.DataFrame({text: [text, "plain"], "number": [-1.5, 2.0]})
    export_frame(frame, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        header, row, plain = csv.reader(file)
    assert header[0] == row[0] == f"'{text}"
    assert (row[1], plain[0]) == ("-1.5", "plain")
    export_frame(frame, tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["A2"].quotePrefix
    assert sheet["B2"].value == -1.5
    assert harmless(-1.5) == -1.5


@pytest.mark.unit
def test_a_table_too_long_for_a_sheet_is_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame({"number": range(1_048_576)})
    with pytest.raises(StoreError, match=re.escape("at most 1048576 rows; got 1048577. Name some")):
        export_frame(frame, tmp_path / "table.xlsx")
