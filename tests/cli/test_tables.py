"""Tables for the terminal: whole words and unbroken numbers within the width there is."""

import re
from typing import Any

import pytest
from asked_files import QUICK

from sim.cli.tables import print_comparison
from sim.experiment import Results, run_experiment
from sim.scenario import read_scenario, with_values

FLEXIBLE = """\
  - name: flexible
    kind: regional
    flexible: {max_places: {hovedstaden: 12, sjaelland: 6, syddanmark: 7, midtjylland: 8, nordjylland: 4}}
"""


@pytest.fixture(scope="module")
def results() -> Results:
    return run_experiment(read_scenario(QUICK + FLEXIBLE))


def printed(results: Results, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_comparison(results)
    return capsys.readouterr().out.splitlines()


@pytest.mark.unit
def test_table_says_what_was_measured_of_each_design(results: Results, capsys: Any) -> None:
    lines = printed(results, capsys)
    assert max(map(len, lines)) <= 120
    text = "\n".join(lines)
    for design in results.designs:
        assert design in text
    for region in ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"):
        assert region in text
    assert "shared - regional" in text
    assert "nan" not in text


@pytest.mark.unit
def test_table_has_a_dash_where_nothing_can_be_measured(results: Results, capsys: Any) -> None:
    occupancy = next(line for line in printed(results, capsys) if line.startswith("Occupancy"))
    assert re.split(r"\s{2,}", occupancy.strip())[3] == "-"


@pytest.mark.unit
def test_numbers_and_intervals_are_not_broken_at_120_columns(results: Results, capsys: Any) -> None:
    assert broken_intervals(printed(results, capsys)) == []


def broken_intervals(lines: list[str]) -> list[str]:
    """Lines on which a bracket opens and does not close, or closes and did not open."""
    return [line for line in lines if set(re.sub(r"\([^()]*\)", "", line)) & set("()")]


@pytest.mark.unit
def test_one_replication_and_no_women_can_be_printed(capsys: Any) -> None:
    scenario = with_values(read_scenario(QUICK), {"replications": 1, "demand.need_per_year": 0})
    text = "\n".join(printed(run_experiment(scenario), capsys))
    assert "nan" not in text
    assert "1 replication" in text


@pytest.mark.unit
def test_a_run_that_was_stopped_says_so(results: Results, capsys: Any) -> None:
    text = " ".join("\n".join(printed(results._replace(is_partial=True), capsys)).split())
    assert "Stopped early: the numbers are partial." in text


@pytest.mark.unit
def test_the_table_is_danish_where_danish_is_asked_for(results: Results, capsys: Any) -> None:
    english = "\n".join(printed(results, capsys))
    print_comparison(results, language="da")
    danish = capsys.readouterr().out
    assert "Kvinder henvist om året" in danish
    assert not re.search(r"\b(admitted|women|days|not sure|points|replication)\b", danish)
    assert not re.search(r"\d\.\d", danish)
    in_english = [number.replace(".", ",") for number in re.findall(r"\d+\.\d+", english)]
    assert sorted(re.findall(r"\d+,\d+", danish)) == sorted(in_english)
