"""The command size: a table, files and the words other programs read."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_cases import TEN_ERLANG

from sim.cli import main
from sim.scenario import PoolsDesign, load_scenario

pytestmark = pytest.mark.e2e


def size(*words: str) -> Result:
    return CliRunner().invoke(main, ["size", *words])


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(TEN_ERLANG, encoding="utf-8")
    return str(path)


def test_the_words_other_programs_read(case: str) -> None:
    result = size(case, "--design", "one", "--target", "refused_share <= 0.01", "--over", "chance", "--json")
    assert result.exit_code == 0, result.output
    own = json.loads(result.stdout)["designs"]["one"]
    assert (own["places"], own["total"]) == ({"one": 18}, 18)
    assert own["target"]["measure"] == "refused_share"
    assert own["target"]["low"] < own["target"]["mean"] < own["target"]["high"]
    assert 0 < own["met_in_years"] <= 1
    assert (own["textbook"]["rule"], own["textbook"]["total"]) == ("erlang_b", 18)
    assert own["probability_right"] >= 0.9
    assert [point["total"] for point in own["changes"]] == [13, 14, 16, 17, 18, 19, 20, 22, 23]


def test_files_say_the_same_as_json(case: str, tmp_path: Path) -> None:
    words = (case, "--target", "refused_share <= 0.01", "--replications", "50", "--json")
    result = size(*words, "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert json.loads((tmp_path / "out" / "size.json").read_text(encoding="utf-8")) == told
    for name, n in (("size.csv", 1), ("changes.csv", 9), ("curve.csv", len(told["curve"]))):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == n, name
    (design,) = load_scenario(tmp_path / "out" / "scenario.yaml").designs
    assert isinstance(design, PoolsDesign)
    assert [pool.places for pool in design.pools] == [18]


@pytest.mark.parametrize(("lang", "said"), [("en", "the textbook gives 18"), ("da", "Lærebogen giver 18")])
def test_a_table_is_printed_in_both_languages(case: str, lang: str, said: str) -> None:
    words = ("--target", "refused_share <= 0.01", "--budget", "30e6", "--replications", "50", "--lang", lang)
    result = size(case, *words)
    assert result.exit_code == 0, result.output
    assert said in result.stdout


def test_a_budget_alone_is_enough_and_nothing_is_not(case: str) -> None:
    assert "at most" in size(case, "--budget", "20e6", "--replications", "50").stdout
    nothing = size(case)
    assert nothing.exit_code == 2
    assert "a target or a budget" in nothing.stderr


def test_all_views_are_sized(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    words = "horizon_years: 1\ndesigns: [{name: a, kind: external}]\n"
    path.write_text(f"name: small\n{words}", encoding="utf-8")
    result = size(str(path), "--target", "refused_share <= 0.5", "--views", "all", "--replications", "20", "--json")
    assert result.exit_code == 0, result.output
    views = json.loads(result.stdout)["views"]
    assert views["need_cowi_2019_19"]["need_per_year"] == 19
    assert "a" in views["need_83_sbst2024"]["designs"]
