"""Files of strangers are taken in within bounds, and read as on the command line."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from dashboard.batches.files import MOST_BYTES, MOST_FILES, Files, add_file, add_text, is_text, write_files
from dashboard.batches.limits import RUN, BatchLimits, read_limits, within_limits
from dashboard.batches.reading import NOTHING_READ, FileCheck, read_files
from dashboard.batches.tables import MOST_FAULTS, build_fault_table, build_file_table
from sim.batch import gather
from sim.scenario import Case, Fault, scenario_from, scenario_hash
from sim.texts import load_texts, say

PLAIN = b"name: plain\nreplications: 20\ndesigns: [{name: a, kind: regional}]\n"
SERIES = PLAIN + b"sweep:\n  - demand.need_per_year: [40, 60, 80]\n"
TABLE = b"scenario,demand.need_per_year\ntoday-regions,40\nplain.yaml,50\ntoday-regions,many\n"
TRAVEL = b"municipality,AAR\n0751,5\n"


def archive_of(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def files_of(**contents: bytes) -> Files:
    return Files({name.replace("_", "."): content for name, content in contents.items()})


@pytest.mark.unit
def test_files_come_one_by_one_or_in_an_archive() -> None:
    files, faults = add_file(Files(), "plain.yaml", PLAIN)
    files, more = add_file(
        files, "all.zip", archive_of(("in/series.yaml", SERIES), ("in/read.me", b"no"), (".x.yaml", b""))
    )
    assert list(files.contents) == ["plain.yaml", "in/series.yaml"]
    assert (faults, more) == ((), ())
    assert files.n_bytes == len(PLAIN) + len(SERIES)
    assert list(files.without("plain.yaml").contents) == ["in/series.yaml"]


@pytest.mark.unit
def test_a_file_of_the_same_name_takes_the_place_of_the_older() -> None:
    files, _ = add_text(files_of(plain_yaml=PLAIN), "plain.yaml", "name: other")
    assert dict(files.contents) == {"plain.yaml": b"name: other"}


@pytest.mark.unit
@pytest.mark.parametrize(
    "name",
    [
        "../out.yaml",
        "/etc/out.yaml",
        "a/../../out.yaml",
        "C:/out.yaml",
        "a\x00.yaml",
        "x" * 200 + ".yaml",
        "1/2/3/4/5/6/7.yaml",
    ],
)
def test_nothing_of_an_archive_can_lie_outside_its_folder(name: str, tmp_path: Path) -> None:
    files, _ = add_file(Files(), "all.zip", archive_of((name, PLAIN), ("in.yaml", PLAIN)))
    assert list(files.contents) == ["in.yaml"]
    inside = tmp_path / "deep" / "folder"
    inside.mkdir(parents=True)
    write_files(files, inside)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert inside / "in.yaml" in written
    assert all(path.is_relative_to(inside) for path in written)


@pytest.mark.unit
def test_an_uploaded_name_loses_its_folders() -> None:
    files, faults = add_file(Files(), "C:\\secret\\plain.yaml", PLAIN)
    assert list(files.contents) == ["plain.yaml"]
    assert faults == ()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"x", "a.txt: a name ending in .yaml, .yml, .csv, .tsv, .xlsx, .xlsm; got a.txt. Give it a name"),
        (
            "a.zip",
            b"no archive",
            "a.zip: a zip archive that can be opened; got a damaged or locked one. Pack it again.",
        ),
        ("a.yaml", b"x" * (MOST_BYTES + 1), "a.yaml: at most 20 MB in all; got more. Remove some of the files."),
        ("plain.yaml/x.yaml.zip", archive_of(("plain.yaml/x.yaml", b"")), "a file or a folder of a name, not both"),
    ],
)
def test_what_cannot_be_taken_in_is_said(name: str, content: bytes, message: str) -> None:
    before = files_of(plain_yaml=PLAIN)
    files, faults = add_file(before, name, content)
    assert files == before
    assert len(faults) == 1
    assert message in str(faults[0])


@pytest.mark.unit
def test_an_archive_is_unpacked_only_so_far() -> None:
    bomb = archive_of(*((f"{number}.yaml", b"0" * (MOST_BYTES // 4)) for number in range(9)))
    assert len(bomb) < MOST_BYTES // 10
    files, faults = add_file(Files(), "bomb.zip", bomb)
    assert files.n_bytes <= MOST_BYTES
    assert any("at most 20 MB" in str(fault.allowed) for fault in faults)
    large = archive_of(("large.yaml", bytes(6 * MOST_BYTES)))
    tracemalloc.start()
    add_file(Files(), "large.zip", large)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 4 * MOST_BYTES
    many = archive_of(*((f"{number}.yaml", b"0") for number in range(MOST_FILES + 50)))
    files, faults = add_file(Files(), "many.zip", many)
    assert len(files.contents) == MOST_FILES
    assert [str(fault.allowed) for fault in faults] == [f"at most {MOST_FILES} files"]


@pytest.mark.unit
def test_only_texts_can_be_written() -> None:
    assert [is_text(name) for name in ("a.yaml", "a.YML", "a.csv", "a.xlsx", "a.zip")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    files, faults = add_text(Files(), "a.zip", "text")
    assert files == Files()
    assert "a name ending in .yaml, .yml, .csv" in str(faults[0])


@pytest.mark.unit
def test_files_are_read_as_on_the_command_line(tmp_path: Path) -> None:
    files = files_of(plain_yaml=PLAIN, series_yaml=SERIES, table_csv=TABLE, travel_csv=TRAVEL)
    found = read_files(files, BatchLimits())
    write_files(files.without("travel.csv"), tmp_path)
    given = gather([str(tmp_path / name) for name in files.without("travel.csv").contents])
    assert [scenario_hash(case.scenario) for case in found.cases] == [
        scenario_hash(case.scenario) for case in given.cases
    ]
    assert [case.changes for case in found.cases] == [case.changes for case in given.cases]
    assert found.faults == given.faults
    assert found.checks == (
        FileCheck("plain.yaml", "scenario", 1),
        FileCheck("series.yaml", "sweep", 3),
        FileCheck("table.csv", "table", 3, n_faults=1),
        FileCheck("travel.csv", "travel", 0),
    )
    assert found.n_plays == 20 + 3 * 20 + 400 * 4 + 20


@pytest.mark.unit
def test_faults_name_files_with_the_folder_of_their_archive() -> None:
    found = read_files(Files({"one/a.yaml": b"name: a\n", "two/a.yaml": PLAIN}), BatchLimits())
    assert [fault.source for fault in found.faults] == ["one/a.yaml"]
    assert [check.n_faults for check in found.checks] == [1, 0]


@pytest.mark.unit
def test_a_table_without_scenarios_gets_the_chosen_one_and_replications_hold_for_all() -> None:
    files = files_of(table_csv=b"demand.need_per_year\n40\n")
    assert read_files(files, BatchLimits()).cases == ()
    (case,) = read_files(files, BatchLimits(), base="baseline", replications=50).cases
    assert (case.scenario.replications, case.scenario.demand.need_per_year) == (50, 40)
    both = read_files(Files({"in/mine.yaml": PLAIN, **files.contents}), BatchLimits(), base="in/mine.yaml").cases
    assert [case.scenario.name for case in both] == ["plain", "plain-row2"]


@pytest.mark.unit
def test_a_file_that_cannot_be_read_keeps_only_itself_back() -> None:
    found = read_files(files_of(broken_yaml=b"name: [", plain_yaml=PLAIN), BatchLimits())
    assert [check.kind for check in found.checks] == ["unreadable", "scenario"]
    assert len(found.cases) == len(found.faults) == 1
    assert read_files(Files(), BatchLimits()) == NOTHING_READ


@pytest.mark.unit
def test_too_many_scenarios_are_refused_before_they_are_written_out() -> None:
    huge = PLAIN + b"sweep:\n  - acceptance.base: {low: 5, high: 9}\nsamples: 2000\n"  # each point would be a fault
    found = read_files(files_of(huge_yaml=huge), BatchLimits())
    assert found.cases == ()
    assert len(found.faults) == 1
    assert str(found.faults[0]).startswith(f"{RUN}: at most 1000 scenarios in a run; got 2000. Split it")


@pytest.mark.unit
def test_a_run_is_held_within_its_limits() -> None:
    def case(need: int, replications: int = 10) -> Case:
        designs = [{"name": "a", "kind": "none"}, {"name": "b", "kind": "none"}]
        words = {"name": f"need-{need}", "designs": designs, "replications": replications}
        return Case(scenario_from(words | {"demand": {"need_per_year": need}, "horizon_years": 10}), {})

    limits = BatchLimits(scenarios=2, plays=60, women=500)
    assert within_limits([case(50), case(10)], limits) == ((case(50), case(10)), ())
    kept, faults = within_limits([case(50), case(51)], limits)
    assert kept == (case(50),)
    assert str(faults[0]).startswith(
        "need-51, demand.need_per_year: at most 500 women in need over all years; got 510."
    )
    kept, faults = within_limits([case(1), case(2), case(3)], limits)
    assert kept == ()
    assert "at most 2 scenarios in a run; got 3." in str(faults[0])
    kept, faults = within_limits([case(1), case(2, replications=21)], limits)
    assert kept == ()
    assert "at most 60 replications times designs in a run; got 62. Set fewer replications." in str(faults[0])


@pytest.mark.unit
def test_a_view_of_a_later_step_counts_with_the_need_that_would_give_it() -> None:
    words = {"name": "a", "designs": [{"name": "a", "kind": "none"}], "demand": {"view": "visited_res_2019"}}
    _, faults = within_limits([Case(scenario_from(words), {})], BatchLimits(women=100))
    assert len(faults) == 1
    assert float(str(faults[0].got)) > 8 * 10  # eight a year were admitted, of many more in need


@pytest.mark.unit
def test_limits_are_set_by_whoever_runs_the_server() -> None:
    assert read_limits({}) == BatchLimits()
    assert read_limits({"DOEGNPLADS_JOB_SCENARIOS": " 20 ", "DOEGNPLADS_JOB_HOURS": ""}) == BatchLimits(scenarios=20)
    for written in ("0", "many", "-1", "1.5"):
        with pytest.raises(ValueError, match="DOEGNPLADS_JOB_PLAYS: a whole number from 1; got '"):
            read_limits({"DOEGNPLADS_JOB_PLAYS": written})


@pytest.mark.unit
@pytest.mark.parametrize("language", ["da", "en"])
def test_tables_of_files_and_faults_show_strangers_words_as_words(language: str) -> None:
    texts = load_texts(language)
    checks = (FileCheck("<b>.yaml", "scenario", 1, 2), FileCheck("t.csv", "travel", 0))
    shown = build_file_table(checks, texts)
    assert "&lt;b&gt;.yaml" in shown
    assert "<b>" not in shown
    assert texts("batch.state.faults", n="2") in shown
    faults = [Fault("<i>a.yaml", 3, "x", say("allowed.true_or_false"), "'<script>'", say("remedy.check_the_name"))] * (
        MOST_FAULTS + 1
    )
    shown = build_fault_table(faults, texts)
    assert shown.count("<tr>") == MOST_FAULTS + 1
    assert "<script>" not in shown
    assert f"&lt;i&gt;a.yaml, {texts('batch.check.line', line=3)}, x" in shown
    assert ("true eller false" in shown) == (language == "da")
