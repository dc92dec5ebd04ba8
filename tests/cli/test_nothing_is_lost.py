"""Commands keep what they computed, whoever reads and wherever files go, and refuse first what would cost a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asked_files import QUICK, written
from click.testing import CliRunner, Result
from rich.table import Table

from sim.cli import main
from sim.cli.outputs import check_outputs
from sim.cli.plain import DONE, FAULTY, IMPOSSIBLE, STOPPED
from sim.cli.streams import console
from sim.cli.tables import print_table
from sim.faults import FileError, counted
from sim.scenario import load_scenario
from sim.store import Store, piece_key

ROOT = Path(__file__).parents[2]
PROGRAM = "from sim.cli import main; main()"
OTHER = QUICK.replace("name: quick", "name: other") + "demand: {need_per_year: 40}\n"


def doegnplads(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, QUICK)


def started(folder: Path, *words: str, **options: object) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | dict(options.pop("env", {}))  # type: ignore[call-overload]
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *words], cwd=folder, env=environment, **options)  # type: ignore[call-overload]


# -- printing --


@pytest.mark.e2e
@pytest.mark.parametrize("words", [("run",), ("run", "--json", "--out", "results")])
def test_a_reader_who_stops_loses_nothing(quick: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    process = started(tmp_path, words[0], quick, *words[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        said = process.stderr.read().decode()
    assert process.wait(timeout=120) == 0
    assert "Traceback" not in said
    assert "Broken pipe" not in said
    assert list((tmp_path / "results").glob("quick-*/measures.csv"))


@pytest.mark.e2e
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_letters_that_a_stream_cannot_show_are_written_out(tmp_path: Path, encoding: str) -> None:
    text = QUICK.replace("name: quick", "name: æøå", 1).replace("en: Quick", "en: ŋ")
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with started(tmp_path, "run", "x.yaml", stdout=subprocess.PIPE, env={"PYTHONIOENCODING": encoding}) as process:
        printed = process.communicate()[0].decode("latin-1")
    assert process.returncode == 0
    assert "\\u014b: 3 replications" in printed
    assert ("\\xe6\\xf8\\xe5" if encoding == "ascii" else "æøå") in printed
    assert list((tmp_path / "results").glob("æøå-*/scenario.yaml"))


@pytest.mark.e2e
def test_a_full_disk_under_what_is_printed_is_called_so(quick: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = started(tmp_path, "run", quick, stdout=full, stderr=subprocess.PIPE)
        said = process.communicate()[1].decode()
    assert process.returncode == 2
    assert "standard output: room for what is printed; got the disk is full." in said
    assert list((tmp_path / "results").glob("quick-*/measures.csv"))


@pytest.mark.e2e
@pytest.mark.parametrize("words", [["scenarios"], ["--help"], ["validate", "baseline"]])
def test_a_full_disk_is_told_however_little_is_printed(words: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = started(tmp_path, *words, stdout=full, stderr=subprocess.PIPE)
        said = process.communicate()[1].decode()
    assert process.returncode == 2
    assert said.startswith("standard output: room for what is printed; got the disk is full.")


@pytest.mark.e2e
def test_without_any_standard_output_a_command_goes_on(tmp_path: Path) -> None:
    process = started(tmp_path, "--version", preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE)
    assert (process.communicate()[1], process.returncode) == (b"", 0)


@pytest.mark.unit
@pytest.mark.parametrize(
    "words",
    [
        ("results", "show", "010203-1234"),
        ("results", "compare", "a", "Hansen 010203 1234"),
        ("trace", "baseline", "--design", "010203-1234", "--out", "x"),
        ("run", "baseline", "--out", "010203-1234"),
        ("results", "export", "--to", "010203_1234.csv"),
    ],
)
def test_a_personal_number_among_the_words_of_a_command_is_refused_and_not_shown(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = doegnplads(*words)
    assert refused.exit_code == 2
    assert "no personal numbers" in refused.stderr
    assert "1234" not in refused.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
def test_a_batch_of_nothing_makes_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = doegnplads("batch", "nosuch.yaml")
    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (2, "", [])


# -- where results are --


@pytest.mark.unit
def test_after_a_run_results_are_listed_and_shown(quick: str, tmp_path: Path) -> None:
    assert "results export quick --to quick.xlsx" in doegnplads("run", quick).stdout
    assert "1 scenario, 1 different result." in doegnplads("results", "list").stdout
    assert "quick: 3 replications" in doegnplads("results", "show", "quick").stdout
    doegnplads("run", quick, "--replications", "2")
    again = doegnplads("results", "show", "quick")
    assert "quick: 2 replications" in again.stdout
    assert "quick: 2 results of that name; this is the newest" in again.stderr
    assert "1 scenario forgotten." in doegnplads("results", "forget", "quick", "--older").stdout
    assert doegnplads("results", "show", "quick").stderr == ""
    lost = doegnplads("results", "list", "--store", "results")
    assert (lost.exit_code, "Did you mean --store results/store?" in lost.stderr) == (2, True)


@pytest.mark.unit
def test_a_store_that_cannot_be_is_known_before_anything_is_computed(quick: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.docx").write_bytes(b"mine")
    for place, message in (
        ("folder", "got a folder with other files (thesis.docx)"),
        (f"{quick}/store", "got not a directory"),
    ):
        result = doegnplads("run", quick, "--store", place)
        assert result.exit_code == 2
        assert message in result.stderr
    assert not list((tmp_path / "results").glob("quick-*"))
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["thesis.docx"]


@pytest.mark.unit
def test_a_store_that_fails_afterwards_still_shows_and_saves(quick: str, tmp_path: Path) -> None:
    doegnplads("run", written(tmp_path, OTHER, "other.yaml"), "--store", "kept")
    taken = Store("kept").piece_path(piece_key(load_scenario(quick))).parent
    taken.write_bytes(b"")  # a file where its folder should be
    result = doegnplads("run", quick, "--store", "kept")
    assert result.exit_code == 2
    assert "a folder that can be written, with room for results; got " in result.stderr
    assert "Women referred a year" in result.stdout
    assert list((tmp_path / "results").glob("quick-*/measures.csv"))


@pytest.mark.e2e
def test_batch_and_clean_leave_folders_of_others_alone(quick: str, tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    chapter = tmp_path / "drafts" / "chapter.docx"
    chapter.write_bytes(b"mine")
    for words in (
        ("batch", quick, "--out", "."),
        ("results", "clean", "--store", "."),
        ("batch", quick, "--out", ".", "--dry-run"),
    ):
        result = doegnplads(*words)
        assert result.exit_code == 2
        assert "a store of results" in result.stderr
    assert chapter.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts", "quick.yaml"]


@pytest.mark.unit
def test_what_an_export_has_not_is_said(quick: str, tmp_path: Path) -> None:
    doegnplads("run", quick, "--store", "kept")
    doegnplads("run", written(tmp_path, OTHER, "other.yaml"), "--store", "kept")
    store = Store("kept")
    store.piece_path(piece_key(load_scenario(tmp_path / "other.yaml"))).unlink()
    result = doegnplads("results", "export", "--store", "kept", "--to", "x.csv")
    assert result.exit_code == 1
    assert "1 of 2 scenarios; not computed: other." in result.stderr
    none = doegnplads("results", "export", "other", "--store", "kept", "--to", "y.csv")
    assert none.exit_code == 2
    assert "got 0 of 1 scenario; not computed: other. Give the batch again" in none.stderr
    assert not (tmp_path / "y.csv").exists()
    compared = doegnplads("results", "compare", "quick", "other", "--store", "kept")
    assert (compared.exit_code, "got not computed: other" in compared.stderr) == (2, True)
    unknown = doegnplads("results", "compare", "quick", "other", "--store", "kept", "--measure", "ocupancy")
    assert (unknown.exit_code, "Did you mean occupancy?" in unknown.stderr) == (2, True)


@pytest.mark.unit
def test_the_list_hints_at_what_other_rules_computed(quick: str, monkeypatch: pytest.MonkeyPatch) -> None:
    doegnplads("run", quick)
    monkeypatch.setattr("sim.store.catalogue.current_rules", lambda: "9-other")
    result = doegnplads("results", "list")
    assert "0 scenarios" in result.stdout
    assert "Not shown: 1 scenario of other versions of the rules. See with --old." in result.stderr
    assert "quick" in doegnplads("results", "list", "--old").stdout
    exported = doegnplads("results", "export", "--to", "x.csv")
    assert exported.exit_code == 2
    assert "1 scenario of other versions of the rules" in exported.stderr


# -- where files go --


@pytest.mark.unit
def test_outputs_that_would_cost_something_are_refused(tmp_path: Path) -> None:
    rows = tmp_path / "r.csv"
    rows.write_text("rows", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(rows)
    outputs = {
        "--draws": (rows, "csv"),
        "--faults": (tmp_path / "link.csv", "csv"),
        "--estimates": (tmp_path / "e.txt", "csv or json"),
        "--out": (tmp_path / "X.yaml", "yaml"),
        "--report": (tmp_path / "x.YAML", "html"),
        "--picture": (None, "html"),
    }
    with pytest.raises(FileError) as caught:
        check_outputs(outputs, [rows, None])
    said = str(caught.value)
    assert "--draws: another file than what is read" in said
    assert "--faults: another file than what is read" in said
    assert "--faults: another file than --draws" in said
    assert "--estimates: a name ending in .csv or .json; got " in said
    assert "--report: a name ending in .html or .htm" in said
    assert "--report: another file than --out" in said
    assert "--out: " not in said.replace("than --out", "")
    check_outputs({"--draws": (tmp_path / "new" / "d.csv", "csv"), "--report": (Path("/dev/null"), "html")}, [rows])
    assert rows.read_text(encoding="utf-8") == "rows"


@pytest.mark.unit
def test_a_forecast_does_not_write_over_its_scenario(quick: str, tmp_path: Path) -> None:
    before = Path(quick).read_bytes()
    written(tmp_path, QUICK, "copy.yaml")
    result = doegnplads("forecast", quick, "--months", "1", "--out", ".")
    assert result.exit_code == 2
    assert "another file than what is read; got quick.yaml. Choose another name." in result.stderr
    assert Path(quick).read_bytes() == before
    twice = doegnplads("forecast", quick, "copy.yaml", "--months", "1", "--out", "new")
    assert twice.exit_code == 2
    assert "--out, quick.yaml of copy.yaml: another file than --out, quick.yaml of " in twice.stderr


@pytest.mark.unit
@pytest.mark.parametrize("words", [("warmup", "quick.yaml", "--design", "shared", "--picture", "x.png")])
def test_pictures_must_be_called_pages(quick: str, words: tuple[str, ...]) -> None:
    result = doegnplads(*words)
    assert result.exit_code == 2
    assert "--picture: a name ending in .html or .htm; got x.png. Write such a name." in result.stderr


# -- tables and counts --


@pytest.mark.unit
def test_tables_fold_into_blocks_where_they_do_not_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table("Word of the scenario", "before", "after", box=None, pad_edge=False)
    table.add_row("waiting.patience_days.exponential.mean", "75 (16.8 to 278)", "38.2 (23.7 to 61.2)")
    monkeypatch.setenv("COLUMNS", "60")
    print_table(console(150), table)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "waiting.patience_days.exponential.mean",
        "  before: 75 (16.8 to 278)",
        "  after: 38.2 (23.7 to 61.2)",
    ]
    monkeypatch.setenv("COLUMNS", "80")
    print_table(console(150), table)
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.unit
def test_comparisons_fit_80_columns_and_say_what_is_subtracted_from_what(
    quick: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    doegnplads("run", quick)
    doegnplads("run", written(tmp_path, OTHER, "other.yaml"))
    said = doegnplads("results", "compare", "quick", "other", "--measure", "occupancy").stdout
    assert max(map(len, said.splitlines())) <= 80
    assert "…" not in said
    assert "other - quick" in said
    assert "nan" not in said
    found = json.loads(doegnplads("results", "compare", "quick", "other", "--measure", "occupancy", "--json").stdout)
    assert {row["measure"] for row in found} == {"occupancy"}


@pytest.mark.unit
def test_one_is_said_without_the_plural() -> None:
    assert [counted(n, "scenario") for n in (0, 1, 2)] == ["0 scenarios", "1 scenario", "2 scenarios"]


@pytest.mark.unit
def test_what_cannot_be_written_is_told_after_everything_is_shown(quick: str) -> None:
    result = doegnplads("warmup", quick, "--design", "shared", "--picture", "/dev/full")
    assert result.exit_code == 2
    assert "MSER-5 cuts after" in result.stdout
    assert result.stderr.startswith("/dev/full: a file that can be written, with room for it; got the disk is full.")
    assert "The picture is in" not in result.stdout


@pytest.mark.unit
def test_exit_codes_are_those_of_the_documents() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for code in (DONE, FAULTY, IMPOSSIBLE, STOPPED):
        assert f"\n| {code} | " in text
