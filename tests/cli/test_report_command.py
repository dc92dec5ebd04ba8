"""The command ``report``: from a scenario or a stored result to files, and how it refuses."""

import re
from pathlib import Path

import pytest
from asked_files import QUICK, written
from click.testing import CliRunner, Result

from sim.cli import main
from sim.cli.report import FORMAT_NAMES
from sim.report import FORMATS
from sim.scenario import load_scenario, scenario_hash

ASKED = "# Hvad giver det at dele pladserne?\n" + QUICK


def doegnplads(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A quick scenario in an empty folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, ASKED)


@pytest.mark.unit
def test_the_command_knows_all_formats() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES


@pytest.mark.unit
def test_a_report_of_a_scenario_and_the_same_of_its_stored_result(quick: str, tmp_path: Path) -> None:
    result = doegnplads("report", quick, "--format", "html", "--format", "xlsx", "--lang", "da")
    assert result.exit_code == 0, result.output
    page, book = tmp_path / "results/reports/quick-da.html", tmp_path / "results/reports/quick-da.xlsx"
    assert result.stdout.split() == ["results/reports/quick-da.html", "results/reports/quick-da.xlsx"]
    assert book.stat().st_size > 1000
    text = page.read_text(encoding="utf-8")
    for words in ("<h1><bdi>Hurtig</bdi></h1>", "Hvad giver det at dele pladserne?", "3 simulationer af 1 år"):
        assert words in text
    assert "doegnplads report quick.yaml --format html --format xlsx --lang da" in text
    assert re.search(r"http://localhost:8501/\?s=\w+", text)
    again = doegnplads("report", quick, "--out", str(tmp_path / "again.html"), "--lang", "da")
    assert again.stderr == ""  # nothing is played twice
    key = scenario_hash(load_scenario(quick))
    by_hash = doegnplads("report", key, "--out", str(tmp_path / "hash.html"))
    assert by_hash.exit_code == 0, by_hash.output
    pages = [text, *((tmp_path / name).read_text(encoding="utf-8") for name in ("again.html", "hash.html"))]
    answers = [re.findall('class="answer".*?</section>', page) for page in pages]
    assert answers[0] == answers[1] == answers[2] != []


@pytest.mark.unit
def test_by_where_the_women_live_and_in_english(quick: str, tmp_path: Path) -> None:
    out = tmp_path / "mine.html"
    result = doegnplads("report", quick, "--lang", "en", "--by", "kkr", "--replications", "2", "--out", str(out))
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "fewer than 5 women" in text
    assert "--replications 2 --by kkr" in text


@pytest.mark.unit
def test_with_the_bills_of_the_98_municipalities(quick: str, tmp_path: Path) -> None:
    out = tmp_path / "mine.html"
    result = doegnplads("report", quick, "--bills", "--out", str(out), "--lang", "da")
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    (table,) = re.findall("<table><caption>Kommunernes regninger</caption>.*?</table>", text)
    assert table.count("<tr>") == 1 + 98
    assert "1.000 kr. om året (2026-priser)" in table
    assert "--lang da --bills" in text


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "x.pdf"], "html"),
        (["--format", "html", "--format", "xlsx", "--out", "x.html"], "one file"),
        (["--template", "quick.yaml"], "--template"),
        (["--out", "quick.yaml"], "html"),
        (["--format", "odt"], "odt"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_played(quick: str, words: list[str], said: str) -> None:
    result = doegnplads("report", quick, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not Path("results").exists()


@pytest.mark.unit
def test_a_name_that_is_neither_is_told(quick: str) -> None:
    result = doegnplads("report", "baslien")
    assert result.exit_code == 2
    assert "baseline" in result.stderr
