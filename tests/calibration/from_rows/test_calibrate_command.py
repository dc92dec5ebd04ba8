"""The command from outside: from a file to a scenario that runs, and what it says when something is wrong."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from calibration.commands.calibrate import calibrate
from sim.scenario import ScenarioError, load_scenario

EXAMPLE = Path("calibration/examples/referrals.csv").resolve()
PERIOD = ("--from", "2023-01-01", "--as-of", "31-12-2025")
FIVE = ("--scenario", "today-regions")
"""A share is learnt for each of its five regions."""


def run(*words: object) -> Result:
    return CliRunner().invoke(calibrate, [str(word) for word in words], catch_exceptions=True)


@pytest.mark.e2e
def test_the_example_becomes_a_scenario_draws_estimates_and_a_report(tmp_path: Path) -> None:
    files = {name: tmp_path / "new" / f"a.{name}" for name in ("yaml", "csv", "json", "html")}
    result = run(
        EXAMPLE, *PERIOD, *FIVE, "--out", files["yaml"], "--draws", files["csv"], "--draw-count", 3,
        "--estimates", files["json"], "--report", files["html"], "--faults", tmp_path / "faults.csv", "--lang", "en",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "103 of 103 rows are used, from 2023-01-01 to 2025-12-31." in result.output
    assert "acceptance.base" in result.output
    assert f"Report: {files['html']}" in result.output
    assert load_scenario(files["yaml"]).name == "a"
    assert len(files["csv"].read_text(encoding="utf-8").splitlines()) == 4
    assert len(json.loads(files["json"].read_text(encoding="utf-8"))) == 26
    assert '<html lang="en">' in files["html"].read_text(encoding="utf-8")
    assert (tmp_path / "faults.csv").read_text(encoding="utf-8") == "where,column,allowed,got,remedy\n"


@pytest.mark.e2e
def test_the_same_command_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        result = run(EXAMPLE, *PERIOD, "--out", folder / "f.yaml", "--draws", folder / "d.csv", "--seed", 7)
        assert result.exit_code == 0
    for name in ("f.yaml", "d.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.e2e
def test_json_is_all_that_is_printed() -> None:
    result = run(EXAMPLE, *PERIOD, "--json")
    rows = json.loads(result.stdout)
    assert [row["path"] for row in rows][:2] == ["demand.need_per_year", "demand.trend_per_year"]


@pytest.mark.e2e
def test_faults_are_listed_and_written_and_the_rest_is_used(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = text.replace("Aabenraa", "Abenrå").replace("2023-01-23,2023-03-25", "2023-01-23,2022-03-25").splitlines()
    broken = tmp_path / "mine.csv"
    broken.write_text("\n".join([*lines, lines[5]]) + "\n", encoding="utf-8")
    result = run(broken, *PERIOD, "--faults", tmp_path / "faults.csv")
    assert result.exit_code == 0
    assert "mine.csv row 2, municipality: a Danish municipality; got 'Abenrå'. Did you mean Aabenraa?" in result.output
    assert "mine.csv row 3, discharged: a date not before admitted" in result.output
    assert "mine.csv row 105: each referral once" in result.output
    assert "103 of 104 rows are used, 4 of them in part, from 2023-01-01" in result.output
    with (tmp_path / "faults.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"mine.csv row 2", "mine.csv row 3", "mine.csv row 105"} <= {row["where"] for row in rows}


@pytest.mark.e2e
def test_more_than_twenty_faults_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "".join(f"2024-01-{day:02d},?\n" for day in range(1, 31))
    path.write_text(f"referred,household\n{rows}", encoding="utf-8")
    result = run(path)
    assert "... and 10 more. All of them: --faults FILE." in result.output
    assert "taken to begin with its first referral" in result.output


@pytest.mark.e2e
def test_a_personal_number_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,referred\n010170-1234,2024-01-01\n", encoding="utf-8")
    result = run(path, "--out", tmp_path / "f.yaml")
    assert isinstance(result.exception, ScenarioError)
    assert "1234" not in str(result.exception) + result.output
    assert not (tmp_path / "f.yaml").exists()


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("words", "match"),
    [
        (("--as-of", "igår"), "Invalid value for '--as-of': a date; got 'igår'. Write it as 2026-12-31"),
        (("--payer", "me"), "Invalid value for '--payer'"),
        (("--without", "everything"), "Invalid value for '--without'"),
        (("--settle-days", "-1"), "Invalid value for '--settle-days'"),
    ],
)
def test_impossible_options_are_told(words: tuple[str, ...], match: str) -> None:
    result = run(EXAMPLE, *words)
    assert result.exit_code == 2
    assert match in result.output


@pytest.mark.e2e
def test_an_unknown_scenario_is_told() -> None:
    result = run(EXAMPLE, "--scenario", "baselin")
    assert isinstance(result.exception, ScenarioError)
    assert "Did you mean baseline?" in str(result.exception)


@pytest.mark.e2e
def test_a_file_of_one_woman_teaches_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("henvist;kommune;husstand\n01-06-2024;Odense;alene\n", encoding="utf-8")
    result = run(path, "--json", "--from", "2024-01-01", "--as-of", "2024-12-31")
    assert {row["method"] for row in json.loads(result.stdout)} == {"prior only"}
    assert {row["rows"] for row in json.loads(result.stdout)} == {None}
