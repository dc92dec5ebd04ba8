"""The command `explore`, from outside: its words are a contract that other programs call."""

import doctest
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_doubts import SMALL, TWO

import sim.doubt.exploring
from sim.cli import main
from sim.experiment.measured import MEASURE_NUMBER

FEW = ["--draws", "16", "--replications", "4", "--seed", "1", "--cores", "1"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "small.yaml"
    path.write_text(SMALL + TWO)
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["explore", *words])


@pytest.mark.e2e
def test_the_words_of_the_answer(file: Path) -> None:
    result = run(str(file), *FEW, "--no-turns", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["draws"], told["replications"]) == (16, 4)
    assert set(told["parameters"]) == {"acceptance.base", "demand.found_share"}
    assert set(told["designs"]) == {"few", "many", "elsewhere"}
    admitted = told["designs"]["many"]["admitted_per_year"]
    assert set(admitted) == {"mean", "chance", "doubt", "all", "doubt_share_of_variance"}
    assert set(told["designs"]["many"]) == set(MEASURE_NUMBER)
    assert set(told["pairs"]) == {"many - few", "elsewhere - few", "elsewhere - many"}
    assert {"mean", "better_in", "doubt"} <= set(told["pairs"]["many - few"]["admitted_per_year"])
    shares = told["indices"]["admitted_per_year"]["many"]["acceptance.base"]
    assert {word: len(values) for word, values in shares.items()} == {"first": 3, "total": 3}


@pytest.mark.e2e
def test_the_same_again_and_from_a_folder_of_its_own(file: Path, tmp_path: Path) -> None:
    first, again = (run(str(file), *FEW, "--no-turns", "--json", "--out", "mine").stdout for _ in range(2))
    assert first == again
    found = {path.name for path in (tmp_path / "mine").iterdir() if path.suffix != ".plays"}
    assert found == {"explored.json", "designs.csv", "pairs.csv", "draws.csv"}
    assert json.loads((tmp_path / "mine" / "explored.json").read_text()) == json.loads(first)
    assert len((tmp_path / "mine" / "draws.csv").read_text().splitlines()) == 17


@pytest.mark.e2e
def test_views_stay_apart_and_those_that_run_in_a_circle_say_why(file: Path) -> None:
    options = ("--views", "need_muni_16", "--views", "need_sbst_80_100", "--views", "res_drug_21")
    told = json.loads(run(str(file), *FEW, "--no-turns", *options, "--json").stdout)
    assert told["views"]["res_drug_21"] == {"empty": "circular", "parameter": "acceptance_base"}
    low, high = (told["views"][view] for view in ("need_muni_16", "need_sbst_80_100"))
    assert (low["need_per_year"], high["need_per_year"]) == (16, 90)
    assert low["designs"]["many"]["admitted_per_year"]["mean"] < high["designs"]["many"]["admitted_per_year"]["mean"]
    assert told["regret"]["admitted_per_year"]["least"] == "many"


@pytest.mark.e2e
@pytest.mark.parametrize(("language", "said"), [("da", "Hvad der afgør det"), ("en", "What decides it")])
def test_both_languages(file: Path, language: str, said: str) -> None:
    result = run(str(file), *FEW, "--views", "need_muni_16", "--views", "res_drug_21", "--lang", language)
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    assert "res_drug_21" in result.stdout


@pytest.mark.e2e
def test_money_and_shares_of_variance_from_points_of_their_own(file: Path) -> None:
    options = ("--no-turns", "--willingness", "2e6", "--indices", "8", "--measure", "admitted_per_year")
    options += ("--trial", "midtjylland", "3", "2")
    told = json.loads(run(str(file), *FEW, *options, "--json").stdout)
    assert told["knowing"]["unit"] == "DKK/year"
    assert told["knowing"]["trial"]["places"] == 3
    assert set(told["indices"]) == {"admitted_per_year"}


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--measure", "admited_per_year"), "Did you mean admitted_per_year"),
        (("--views", "need_mun_16"), "Did you mean need_muni_16"),
        (("--draws", "1"), "--draws"),
    ],
)
def test_what_cannot_be_done_is_said(file: Path, options: tuple[str, ...], said: str) -> None:
    result = run(str(file), *options)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.unit
def test_the_example_in_the_documentation() -> None:
    found = doctest.testmod(sim.doubt.exploring)
    assert found.attempted > 4
    assert found.failed == 0
