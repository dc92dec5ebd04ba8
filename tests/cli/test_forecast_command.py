"""The command forecast: a table by month, files, and how earlier forecasts did."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.scenario import find_scenario, load_scenario, scenario_hash

pytestmark = pytest.mark.e2e

QUICK = ("--replications", "20")


def forecast(*words: str) -> Result:
    return CliRunner().invoke(main, ["forecast", *words])


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text("date;site;living\n01-02-2028;;17\n01-04-2028;;18\n01-06-2028;AAR;6\n", encoding="utf-8")
    return path


def test_a_table_by_month_is_printed() -> None:
    result = forecast("from-today", "--months", "3", *QUICK)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "From today (invented list), design regional: 20 replications from 19 women who live in and 3 who wait."
    )
    assert "Living elsewhere, at no unit of this design: 1." in lines
    dates = [line[:10] for line in lines if line[:4].isdigit()]
    assert dates == ["2028-03-01", "2028-04-01", "2028-05-01", "2028-06-01"] * 2
    assert "18.0 (18-18)" in result.stdout
    assert "Of the 3 who wait," in result.stdout
    assert lines[-1].startswith("Numbers this small may point to single persons")


def test_without_a_list_it_says_that_units_are_empty() -> None:
    result = forecast("baseline", "--months", "1", *QUICK)
    assert "from empty units: the scenario names nobody who is there (today)." in result.stdout
    assert "single persons" not in result.stdout


def test_files_say_the_same_as_json(tmp_path: Path, counts: Path) -> None:
    words = ("from-today", "--months", "4", *QUICK, "--observed", str(counts), "--json")
    result = forecast(*words, "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert json.loads((tmp_path / "out" / "forecast.json").read_text(encoding="utf-8")) == told
    (own,) = told["forecasts"]
    scenario = load_scenario(find_scenario("from-today"))
    assert own["hash"] == scenario_hash(scenario)
    assert scenario_hash(load_scenario(tmp_path / "out" / "from-today.yaml")) == own["hash"]
    with (tmp_path / "out" / "forecast.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(own["rows"])
    assert [float(row["mean"]) for row in rows] == [row["mean"] for row in own["rows"]]
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as file:
        scores = list(csv.DictReader(file))
    assert [row["date"] for row in scores] == ["2028-04-01", "2028-06-01"]
    assert [row["place"] for row in scores] == ["all", "AAR"]
    assert [own["months_ahead"] for own in told["horizons"]] == [1, 3, 0]
    assert (tmp_path / "out" / "horizons.csv").is_file()


def test_counts_show_how_forecasts_did(counts: Path) -> None:
    result = forecast("from-today", "--months", "4", *QUICK, "--observed", str(counts))
    assert "How forecasts did, by months ahead:" in result.stdout
    early = forecast("from-today", "--months", "1", *QUICK, "--observed", str(counts), "--design", "shared")
    assert early.exit_code == 0, early.output
    counts.write_text("date,living\n2028-02-01,17\n", encoding="utf-8")
    nothing = forecast("from-today", "--months", "4", *QUICK, "--observed", str(counts))
    assert "No count lies after the opening day and within the months asked for" in nothing.stdout
    assert "row 2: 2028-02-01 is not after the opening day, 2028-03-01; left out for from-today." in nothing.stderr


def test_several_forecasts_are_scored_together(tmp_path: Path, counts: Path) -> None:
    text = find_scenario("from-today").read_text(encoding="utf-8")
    (tmp_path / "today-example.csv").write_bytes(
        (find_scenario("from-today").parent / "today-example.csv").read_bytes()
    )
    later = tmp_path / "later.yaml"
    later.write_text(
        text.replace("name: from-today", "name: later").replace("2028-03-01", "2028-03-15"), encoding="utf-8"
    )
    result = forecast("from-today", str(later), "--months", "4", *QUICK, "--observed", str(counts), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [own["scenario"] for own in told["forecasts"]] == ["from-today", "later"]
    assert told["horizons"][-1]["n"] == 4


def test_faults_are_plain_messages(counts: Path) -> None:
    result = forecast("from-today", "--design", "regionl", *QUICK)
    assert result.exit_code == 2
    assert "Did you mean regional?" in result.stderr
    assert forecast("from-today", "--months", "0").exit_code == 2
    counts.write_text("date,living\nx,17\n", encoding="utf-8")
    result = forecast("from-today", "--observed", str(counts))
    assert result.exit_code == 2
    assert "counts.csv row 2, date: a date; got 'x'." in result.stderr


def test_a_crowded_unit_is_seen_by_validate(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "municipality,admitted,site,birth\n" + "0751,2026-12-01,AAR,2026-12-24\n" * 7, encoding="utf-8"
    )
    file = tmp_path / "crowded.yaml"
    file.write_text("name: crowded\ntoday: list.csv\ndesigns: [{name: a, kind: regional}]\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["validate", str(file)])
    assert result.exit_code == 1
    assert (
        "crowded.yaml line 3, designs.a: places on the opening day for the women who live at AAR (today); got 6 for 7."
        in result.stderr
    )
