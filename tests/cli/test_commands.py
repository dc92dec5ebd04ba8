"""Commands: what they print, what they leave on disk, and how they refuse."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from asked_files import FAULTY, QUICK, written
from click.testing import CliRunner, Result

from sim.cli import main
from sim.experiment import ENGINES, Row
from sim.scenario import load_scenario, ready_scenarios, scenario_hash, with_values


def doegnplads(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A quick scenario in an empty folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, QUICK)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# -- run --


@pytest.mark.unit
def test_run_as_json_prints_the_results_and_nothing_else(quick: str, tmp_path: Path) -> None:
    result = doegnplads("run", quick, "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert found["scenario"] == "quick"
    assert found["hash"] == scenario_hash(load_scenario(quick))
    assert found["replications"] == 3
    assert list(found["designs"]) == ["regional", "shared", "as-today"]
    assert list(found["differences"]) == ["shared - regional", "as-today - regional"]
    assert found["designs"]["shared"]["measures"]["admitted_per_year"]["n"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["quick.yaml"]


@pytest.mark.unit
def test_run_prints_tables_and_saves_the_results(quick: str, tmp_path: Path) -> None:
    result = doegnplads("run", quick)
    assert result.exit_code == 0
    assert "Quick: 3 replications of 1 year" in result.stdout
    assert "need 75.0 women a year" in result.stdout
    for words in ("Women referred", "Occupancy", "regional", "shared", "as-today", "hovedstaden", "within noise"):
        assert words in result.stdout
    folder, store = sorted((tmp_path / "results").iterdir())
    assert store.name == "store"
    assert folder.name == f"quick-{scenario_hash(load_scenario(quick))}"
    assert folder.name in result.stdout
    files = {"measures.csv", "differences.csv", "results.json", "scenario.yaml"}
    assert {path.name for path in folder.iterdir()} == files


@pytest.mark.unit
@pytest.mark.parametrize(("level", "place", "n"), [("council", "Vendsyssel", 17), ("municipality", "Samsø", 98)])
def test_by_where_the_women_live(quick: str, tmp_path: Path, level: str, place: str, n: int) -> None:
    out, store = tmp_path / "mine", tmp_path / "store"
    result = doegnplads("run", quick, "--by", level, "--out", str(out), "--store", str(store))
    assert result.exit_code == 0
    assert f"by_{level}.csv" in result.stdout
    assert place in result.stdout
    assert "fewer than 5 women" in result.stdout
    (folder,) = out.iterdir()
    rows = read(folder / f"by_{level}.csv")
    assert {row["by"] for row in rows} == {level}
    assert len({row["key"] for row in rows}) == n
    told = json.loads(doegnplads("results", "show", "quick", "--store", str(store), "--by", level, "--json").stdout)
    means = {
        (design, key, measure): own["mean"]
        for what in ("designs", "differences")
        for design, places in told["by_home"][what].items()
        for key, measures in places.items()
        for measure, own in measures.items()
    }
    assert means == {(row["design"], row["key"], row["measure"]): float(row["mean"]) for row in rows}
    assert place in doegnplads("results", "show", "quick", "--store", str(store), "--by", level).stdout
    assert "by_home" not in json.loads(doegnplads("run", quick, "--json").stdout)


@pytest.mark.unit
def test_saved_results_hold_what_was_found(quick: str, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    result = doegnplads("run", quick, "--json", "--out", str(out))
    found = json.loads(result.stdout)
    (folder,) = out.iterdir()
    assert str(folder) in result.stderr
    assert json.loads((folder / "results.json").read_text(encoding="utf-8")) == found
    assert load_scenario(folder / "scenario.yaml") == load_scenario(quick)
    for file, part in (("measures.csv", "designs"), ("differences.csv", "differences")):
        rows = read(folder / file)
        assert tuple(rows[0]) == Row._fields
        assert {row["design"] for row in rows} == set(found[part])
        whole = {(row["design"], row["measure"]): row for row in rows if row["by"] == "all"}
        for name, parts in found[part].items():
            measures = parts["measures"] if part == "designs" else parts
            for measure, estimate in measures.items():
                if estimate["n"]:
                    row = whole[name, measure]
                    for word, value in estimate.items():
                        assert (float(row[word]) if row[word] else None) == value


@pytest.mark.unit
def test_saved_scenario_gives_the_same_results_again(quick: str, tmp_path: Path) -> None:
    found = json.loads(doegnplads("run", quick, "--json", "--seed", "9", "--out", str(tmp_path / "mine")).stdout)
    (folder,) = (tmp_path / "mine").iterdir()
    assert json.loads(doegnplads("run", str(folder / "scenario.yaml"), "--json").stdout) == found


@pytest.mark.unit
def test_options_stand_in_for_words_of_the_scenario(quick: str) -> None:
    words = ("--replications", "2", "--seed", "5", "--against", "shared")
    found = json.loads(doegnplads("run", quick, "--json", *words).stdout)
    assert (found["replications"], found["seed"]) == (2, 5)
    assert list(found["differences"]) == ["regional - shared", "as-today - shared"]
    changes: dict[str, Any] = {"replications": 2, "seed": 5, "measures.against": "shared"}
    assert found["hash"] == scenario_hash(with_values(load_scenario(quick), changes))


@pytest.mark.unit
def test_seed_decides_the_results(quick: str) -> None:
    one, again, other = (
        json.loads(doegnplads("run", quick, "--json", "--replications", "1", "--seed", seed).stdout)
        for seed in ("5", "5", "6")
    )
    assert one == again
    assert one["designs"] != other["designs"]


@pytest.mark.unit
@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_engine_can_be_chosen_and_gives_the_same(quick: str, engine: str) -> None:
    found = json.loads(doegnplads("run", quick, "--json", "--engine", engine).stdout)
    usual = json.loads(doegnplads("run", quick, "--json").stdout)
    assert isinstance(found.pop("engine"), str)
    usual.pop("engine")
    assert found == usual


# -- refusals --


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "basline"), "got 'basline'. Did you mean baseline?"),
        (
            ("run", "nowhere/winter.yaml"),
            "winter.yaml: a scenario file; got no such file. Check the path.",
        ),
        (("run", "today-regions", "--against", "sharde"), "Did you mean shared?"),
        (("run", "baseline", "--seed", str(2**63)), "seed: a whole number from 0 to"),
        (("run", "baseline", "--replications", "0"), "Invalid value for '--replications'"),
        (("run", "baseline", "--engine", "abacus"), "Invalid value for '--engine'"),
        (("trace", "today-regions", "--design", "regionl", "--out", "t"), "got 'regionl'. Did you mean regional?"),
        (("trace", "basline", "--design", "regional", "--out", "t"), "Did you mean baseline?"),
        (("trace", "baseline", "--out", "t"), "Missing option '--design'"),
        (("rum", "baseline"), "No such command 'rum'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(
    words: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = doegnplads(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
def test_run_of_a_faulty_scenario_says_all_that_is_wrong(tmp_path: Path) -> None:
    result = doegnplads("run", written(tmp_path, FAULTY))
    assert result.exit_code == 2
    assert "quick.yaml line 6, designs[0].places.nordjylland" in result.stderr
    assert "quick.yaml line 8, waiting.past_birth_share" in result.stderr


@pytest.mark.unit
def test_an_estimate_nobody_could_come_of_is_refused(tmp_path: Path) -> None:
    demand = "demand: {view: visited_res_2019, offered_share: {municipal: 0}}\n"
    result = doegnplads("run", written(tmp_path, QUICK + demand), "--json")
    assert result.exit_code == 2
    assert "demand.view: an estimate of women admitted needs every share on the way above 0" in result.stderr


@pytest.mark.unit
@pytest.mark.parametrize("command", ["run", "trace"])
def test_a_folder_that_cannot_be_used_is_named(command: str, quick: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    words = ("--design", "shared") if command == "trace" else ()
    result = doegnplads(command, quick, *words, "--out", str(tmp_path / "taken" / "below"))
    assert result.exit_code == 2
    assert str(tmp_path / "taken" / "below") in result.stderr
    assert "got not a directory. Choose a folder, not a file." in result.stderr
    is_file = doegnplads(command, quick, *words, "--out", str(tmp_path / "taken"))
    assert is_file.exit_code == 2
    assert "is a file" in is_file.stderr


# -- validate --


@pytest.mark.unit
def test_validate_says_what_is_in_order(quick: str) -> None:
    result = doegnplads("validate", quick, "baseline")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{quick}: in order. Hash {scenario_hash(load_scenario(quick))}.")
    assert "regional, shared, as-today" in first
    assert second.startswith("baseline: in order.")


@pytest.mark.unit
def test_validate_says_everything_that_is_wrong_and_goes_on(quick: str, tmp_path: Path) -> None:
    faulty = written(tmp_path, FAULTY, "faulty.yaml")
    result = doegnplads("validate", faulty, "no-such-name", quick)
    assert result.exit_code == 1
    assert "faulty.yaml line 6, designs[0].places.nordjylland" in result.stderr
    assert "faulty.yaml line 8, waiting.past_birth_share" in result.stderr
    assert "no-such-name" in result.stderr
    assert "quick.yaml: in order" in result.stdout


@pytest.mark.unit
def test_validate_as_json(quick: str, tmp_path: Path) -> None:
    faulty = written(tmp_path, FAULTY, "faulty.yaml")
    result = doegnplads("validate", "--json", quick, faulty)
    assert result.exit_code == 1
    good, bad = json.loads(result.stdout)
    assert (good["valid"], good["faults"]) == (True, [])
    assert good["hash"] == scenario_hash(load_scenario(quick))
    assert bad["valid"] is False
    assert {fault["path"] for fault in bad["faults"]} == {
        "designs[0].places.nordjylland",
        "waiting.past_birth_share",
    }
    assert set(bad["faults"][0]) == {"place", "source", "line", "row", "path", "allowed", "got", "remedy", "codes"}


# -- schema, scenarios, trace --


@pytest.mark.unit
def test_schema_is_a_schema() -> None:
    result = doegnplads("schema")
    assert result.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(result.stdout))


@pytest.mark.unit
def test_scenarios_lists_what_is_ready() -> None:
    lines = doegnplads("scenarios").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(ready_scenarios())
    listed = json.loads(doegnplads("scenarios", "--json").stdout)
    assert [row["name"] for row in listed] == list(ready_scenarios())
    assert all(row["title"]["da"] and row["title"]["en"] and row["hash"] for row in listed)


@pytest.mark.unit
def test_trace_writes_three_files_and_names_them(quick: str, tmp_path: Path) -> None:
    out = tmp_path / "trace"
    words = ("--design", "as-today", "--replication", "2", "--seed", "4", "--out", str(out))
    result = doegnplads("trace", quick, *words)
    assert result.exit_code == 0
    files = [out / name for name in ("women.csv", "capacity.csv", "trace.json")]
    assert result.stdout.splitlines() == [str(file) for file in files]
    assert {row["pool"] for row in read(files[0])} <= {"", "external"}
    assert json.loads(files[2].read_text(encoding="utf-8"))["pools"] == []


@pytest.mark.unit
def test_trace_and_run_count_the_same_women(quick: str, tmp_path: Path) -> None:
    doegnplads("trace", quick, "--design", "shared", "--out", str(tmp_path / "trace"))
    women = read(tmp_path / "trace" / "women.csv")
    found = json.loads(doegnplads("run", quick, "--json", "--replications", "1").stdout)
    measures = found["designs"]["shared"]["measures"]
    assert measures["referrals_per_year"]["mean"] == len(women)
    assert measures["admitted_per_year"]["mean"] == sum(bool(row["admission_day"]) for row in women)


@pytest.mark.unit
@pytest.mark.parametrize("words", [("--help",), ("-h",), ("run", "-h"), ("validate", "-h"), ("trace", "-h")])
def test_help_is_there(words: tuple[str, ...]) -> None:
    result = doegnplads(*words)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.e2e
def test_a_store_answers_what_it_has_computed(tmp_path: Path) -> None:
    command = ["run", "today-regions", "--replications", "3", "--json", "--store", str(tmp_path / "kept")]
    first, again = (CliRunner().invoke(main, command) for _ in range(2))
    without = CliRunner().invoke(main, command[:-2])
    assert first.exit_code == again.exit_code == without.exit_code == 0
    assert first.stdout == again.stdout == without.stdout
    assert len(list((tmp_path / "kept" / "pieces").rglob("*.parquet"))) == 1


# -- validate refuses what run refuses --


@pytest.mark.unit
def test_validate_refuses_a_precision_of_no_measure_with_its_line(tmp_path: Path) -> None:
    text = "name: prec\nreplications: {precision: 0.01, of: admited_per_year}\ndesigns: [{name: a, kind: none}]\n"
    good = written(tmp_path, QUICK)
    (tmp_path / "prec.yaml").write_text(text, encoding="utf-8")
    result = doegnplads("validate", str(tmp_path / "prec.yaml"), good)
    assert result.exit_code == 1
    assert "prec.yaml line 2, replications.of: the name of a measure; got admited_per_year." in result.stderr
    assert "Did you mean admitted_per_year?" in result.stderr
    assert "quick.yaml: in order." in result.stdout


@pytest.mark.unit
def test_validate_refuses_an_estimate_that_no_need_could_give(tmp_path: Path) -> None:
    text = "name: a\ndemand: {view: visited_res_2019, found_share: 0}\ndesigns: [{name: a, kind: none}]\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    result = doegnplads("validate", str(tmp_path / "a.yaml"))
    assert result.exit_code == 1
    assert "a.yaml line 2, demand.view: an estimate of women admitted needs every share" in result.stderr


# -- devices and pipes --


@pytest.mark.unit
@pytest.mark.parametrize("words", [("validate",), ("run", "--json"), ("fit",)])
def test_devices_pipes_and_links_to_them_are_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    for file in ("pipe.yaml", "zero.yaml"):
        result = doegnplads(*words, str(tmp_path / file))
        assert result.exit_code == (1 if words == ("validate",) else 2)
        assert "got a device or pipe. Save it as a file and give its path; <(...)" in result.stderr


@pytest.mark.unit
def test_what_a_shell_gives_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    try:
        result = doegnplads("validate", f"/dev/fd/{reading}")
    finally:
        os.close(reading)
        os.close(writing)
    assert f"/dev/fd/{reading}: a scenario file; got a device or pipe. Save it as a file" in result.stderr


@pytest.mark.unit
def test_a_personal_number_in_the_path_is_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / "010203-1234"
    folder.mkdir()
    for words in (["validate"], ["validate", "--json"]):
        result = doegnplads(*words, written(folder, QUICK))
        assert "1234" not in result.output
