"""Results of a job: the table is that of the store, and the archive holds everything."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard.batches.archive import export_table, table_rows, write_archive
from dashboard.batches.jobs import Progress
from dashboard.batches.limits import BatchLimits
from dashboard.batches.results import (
    ScenarioRow,
    build_results_table,
    designs_of,
    measure_with_unit,
    path_label,
    read_rows,
    row_labels,
    sort_rows,
    varied_paths,
)
from dashboard.batches.words import (
    describe_end,
    describe_in_hand,
    describe_limits,
    describe_progress,
    job_title,
    write_duration,
)
from dashboard.say.measure_words import NO_ESTIMATE, Estimate, estimate_of
from sim.batch import Answer, Begun, Piece, compute_piece, plan_batch, run_batch
from sim.experiment import run_experiment
from sim.scenario import Case, load_scenario, scenario_from, scenario_hash
from sim.store import Store
from sim.store.catalogue import estimates_frame
from sim.texts import load_texts

DANISH, ENGLISH = load_texts("da"), load_texts("en")


def one_by_one(pieces: Iterator[Piece], is_stopping: object) -> Iterator[Begun | Answer]:
    for piece in pieces:
        yield Answer(piece, *compute_piece(piece.request()))


def made_cases() -> tuple[Case, ...]:
    found = []
    for need in (40, 60.5):
        designs = [{"name": "regional", "kind": "regional"}, {"name": "as-today", "kind": "external"}]
        words = {"horizon_years": 2, "replications": 10, "demand": {"need_per_year": need}}
        scenario = scenario_from(words | {"name": f"need-{need:g}", "designs": designs[: 2 if need == 40 else 1]})
        found.append(Case(scenario, {"demand.need_per_year": need}))
    return tuple(found)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return made_cases()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, cases: tuple[Case, ...]) -> Store:
    made = Store(tmp_path_factory.mktemp("job"))
    run_batch(plan_batch(cases, made), made, one_by_one)  # type: ignore[arg-type]
    return made


def row(name: str, mean: float) -> ScenarioRow:
    return ScenarioRow(name, name, {}, {"a": Estimate(10, mean, mean - 1, mean + 1, mean - 2, mean + 2)})


@pytest.mark.unit
def test_rows_are_what_was_computed(store: Store, cases: tuple[Case, ...]) -> None:
    rows = read_rows(store, "admitted_per_year")
    assert [(row.name, row.hash, row.changes) for row in rows] == [
        (case.scenario.name, scenario_hash(case.scenario), case.changes) for case in cases
    ]
    for found, case in zip(rows, cases, strict=True):
        computed = run_experiment(case.scenario, cores=1)
        wanted = {name: estimate_of(computed.designs[name], "admitted_per_year") for name in computed.designs}
        assert found.estimates == wanted
    assert designs_of(rows) == ("regional", "as-today")
    assert varied_paths(rows) == ("demand.need_per_year",)
    with pytest.raises(ValueError, match="measure: a measure of the results; got"):
        read_rows(store, "x' OR 1=1 --")


@pytest.mark.unit
def test_rows_are_ordered() -> None:
    nothing = ScenarioRow("n", "n", {}, {"a": NO_ESTIMATE})
    rows = (row("x", 1.0), nothing, row("y", 3.0), row("z", 1.0), ScenarioRow("o", "o", {}, {}))
    assert [found.name for found in sort_rows(rows, "a")] == ["y", "x", "z", "n", "o"]
    assert sort_rows(rows, "") == rows


@pytest.mark.unit
def test_the_table_speaks_the_readers_language(store: Store) -> None:
    rows = read_rows(store, "admitted_share_of_referred")
    danish, english = (build_results_table(rows, "admitted_share_of_referred", texts) for texts in (DANISH, ENGLISH))
    assert "<td>60,5</td>" in danish
    assert "<td>60.5</td>" in english
    assert "Kvinder med behov om året" in danish
    assert "%</span>" in danish
    assert "–" in danish  # the second scenario has one design only
    assert danish.count("<tr>") == 3
    hostile = ScenarioRow("<b>", "h", {"x": "<i>"}, {"<u>": NO_ESTIMATE})
    shown = build_results_table([hostile], "occupancy", DANISH)
    assert not any(mark in shown for mark in ("<b>", "<i>", "<u>"))


@pytest.mark.unit
def test_values_that_were_varied_are_written_plainly() -> None:
    values = {"a": True, "b": 0.125, "c": 1200, "d": "women", "e": {"low": 1}, "f": None}
    shown = build_results_table([ScenarioRow("s", "h", values, {})], "occupancy", DANISH)
    for text in ("<td>ja</td>", "<td>0,125</td>", "<td>1.200</td>", "<td>women</td>", "<td></td>", "low&quot;: 1"):
        assert text in shown
    assert path_label("acceptance.base", DANISH) == "Andel, der siger ja til en plads i nærheden"
    assert path_label("designs.regional.places.nordjylland", DANISH) == "designs.regional.places.nordjylland"


@pytest.mark.unit
def test_the_measure_is_named_with_its_unit() -> None:
    million = [ScenarioRow("s", "h", {}, {"a": Estimate(5, 3e6, 2e6, 4e6, 1e6, 5e6)})]
    assert "mio. kr." in measure_with_unit(million, "cost_per_year", DANISH)
    assert measure_with_unit([], "occupancy", DANISH) == DANISH("measures.occupancy.label")


@pytest.mark.unit
@pytest.mark.parametrize("texts", [DANISH, ENGLISH], ids=["da", "en"])
def test_the_archive_holds_tables_scenarios_and_the_store(
    store: Store, cases: tuple[Case, ...], texts: object, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    write_archive(store, cases, texts, path)  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    out = tmp_path / "out"
    assert (out / texts("batch.archive.file")).read_text(encoding="utf-8").startswith("Døgnplads")  # type: ignore[operator]
    for case in cases:
        assert load_scenario(out / "scenarios" / f"{case.scenario.name}.yaml") == case.scenario
    again = Store(out / "store")
    assert again.check() == []
    pd.testing.assert_frame_equal(estimates_frame(again, "region"), estimates_frame(store, "region"))
    for scope in ("all", "region", "year", "pool"):
        frame = estimates_frame(store, scope, differences=True)
        assert len(pd.read_parquet(out / "tables" / f"{scope}.parquet")) == len(frame) == table_rows(store, scope)
        with (out / "tables" / f"{scope}.csv").open(encoding="utf-8") as file:
            assert sum(1 for _ in csv.reader(file)) == len(frame) + 1
    assert openpyxl.load_workbook(out / "tables" / "all.xlsx").active.max_row == table_rows(store) + 1


@pytest.mark.unit
def test_scenarios_of_the_same_name_are_told_apart_in_the_archive(store: Store, tmp_path: Path) -> None:
    one, other = (case.scenario.model_copy(update={"name": "same"}) for case in made_cases())
    path = tmp_path / "all.zip"
    write_archive(store, [Case(one, {}), Case(other, {}), Case(one, {})], DANISH, path)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("scenarios/")]
    assert names == [f"scenarios/same-{scenario_hash(scenario)}.yaml" for scenario in (one, other)]


@pytest.mark.unit
def test_one_table_can_be_had_alone(store: Store) -> None:
    frame = pd.read_csv(io.BytesIO(export_table(store, "all", ".csv")))
    assert len(frame) == table_rows(store)
    assert export_table(store, "all", ".xlsx").startswith(b"PK")


@pytest.mark.unit
def test_scenarios_that_are_called_the_same_are_told_apart() -> None:
    rows = [ScenarioRow(name, f"{number}abcdef9", {}, {}) for number, name in enumerate(("samme", "Samme", "alene"))]
    assert list(row_labels(rows).values()) == ["samme (0abcde)", "Samme (1abcde)", "alene"]
    assert all(
        f">{label}<" in build_results_table(rows, "admitted_per_year", DANISH) for label in row_labels(rows).values()
    )


@pytest.mark.unit
@pytest.mark.parametrize(
    ("seconds", "danish", "english"),
    [
        (0.2, "1 sekund", "1 second"),
        (89, "89 sekunder", "89 seconds"),
        (91, "2 minutter", "2 minutes"),
        (5399, "90 minutter", "90 minutes"),
        (5400, "2 timer", "2 hours"),
        (7200, "2 timer", "2 hours"),
    ],
)
def test_durations_read_as_people_say_them(seconds: float, danish: str, english: str) -> None:
    assert write_duration(seconds, DANISH) == danish
    assert write_duration(seconds, ENGLISH) == english


@pytest.mark.unit
def test_how_far_a_job_is_in_words(cases: tuple[Case, ...]) -> None:
    running = Progress("running", done=1200, most=3000, in_hand=("a", "b", "c"), seconds=60, seconds_left=90)
    assert describe_progress(running, DANISH) == "1.200 af 3.000 færdige, 1.800 tilbage; cirka 2 minutter endnu"
    failing = running._replace(seconds_left=None, failed={"x": "y"})
    assert describe_progress(failing, ENGLISH) == "1,200 of 3,000 done, 1,800 left; 1 could not be computed"
    assert describe_progress(Progress(), DANISH) == "Venter på, at en anden kørsel bliver færdig"
    assert describe_progress(running._replace(state="stopping"), DANISH) == "Standser"
    assert describe_in_hand(running, DANISH) == "Beregner nu: a, b og 1 til"
    assert describe_in_hand(running._replace(in_hand=("a",)), DANISH) == "Beregner nu: a"
    assert describe_in_hand(Progress(), DANISH) == ""
    assert job_title(2, cases, DANISH) == "Kørsel 2: need-40 med flere, 2 scenarier"
    assert job_title(1, cases[:1], ENGLISH) == "Run 1: need-40, 1 scenario"


@pytest.mark.unit
def test_every_end_has_its_words() -> None:
    limits = BatchLimits(hours=1, megabytes=20)
    for texts in (DANISH, ENGLISH):
        said = [
            describe_end(Progress(state, 3, 9), limits, texts)
            for state in ("done", "stopped", "late", "full", "failed")
        ]
        assert len(set(said)) == 5
        assert all("3" in text and "9" in text for text in said)
    assert "1 time" in describe_end(Progress("late", 3, 9), limits, DANISH)
    assert "20 MB" in describe_end(Progress("full", 3, 9), limits, DANISH)
    assert "5.000.000" in describe_limits(BatchLimits(), DANISH)
