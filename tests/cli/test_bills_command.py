"""The command bills: a sentence, tables, files and JSON that say the same."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

pytestmark = pytest.mark.e2e

SCENARIO = """\
name: two-areas
title: {da: To områder, en: Two areas}
horizon_years: 4
replications: 8
seed: 3
economics: {financing: {delt: {takst_share: 1, key: population}}, refund: {counted: true}}
designs:
  - {name: shared, kind: shared, places: {hovedstaden: 6, sjaelland: 3, syddanmark: 3, midtjylland: 4, nordjylland: 2}}
  - {name: takst, kind: regional, financing: takst, external: {}}
  - {name: none, kind: none}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    path = tmp_path / "two-areas.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return str(path)


def bills(*words: str) -> Result:
    return CliRunner().invoke(main, ["bills", *words])


def areas_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["area"] for row in csv.DictReader(file)]


def test_it_says_the_rule_in_a_sentence_in_both_languages(scenario: str) -> None:
    told = bills(scenario, "--lang", "da", "--design", "shared")
    assert told.exit_code == 0, told.output
    assert "To områder, model shared: 8 simulationer, år 1 til 4" in told.stdout
    assert "kr. for hvert døgn; resten, de tomme pladser med, deles efter folketal." in told.stdout
    told = bills(scenario, "--design", "takst")
    assert "for each day. Surplus and deficit go into the price 2 years later." in told.stdout


def test_months_and_flows_are_shown_when_asked_for(scenario: str) -> None:
    short = bills(scenario, "--design", "shared").stdout
    assert "Month" not in short
    long = bills(scenario, "--design", "shared", "--months", "--flows").stdout
    assert [line.split()[0] for line in long.splitlines() if line[:2].strip().isdigit()][-36:] == [
        str(month + 1) for month in range(36)
    ]
    assert "Days a year from, place in" in long


def test_files_say_the_same_as_json_and_areas_add_up(scenario: str, tmp_path: Path) -> None:
    told: dict[str, Any] = {}
    for by in ("municipality", "council", "region"):
        result = bills(scenario, "--by", by, "--out", str(tmp_path / by), "--json")
        assert result.exit_code == 0, result.output
        told[by] = json.loads(result.stdout)
        assert len(told[by]["designs"]["shared"]["bills"]) == {"municipality": 98, "council": 17, "region": 5}[by]
    for design in ("shared", "takst", "none"):
        own = {by: told[by]["designs"][design] for by in told}
        for column in ("bill", "by_use", "by_key", "bought", "refund", "empty", "days"):
            sums = [sum(row[column] for row in part["bills"]) for part in own.values()]
            assert sums == pytest.approx([sums[0]] * 3, abs=0.05)
        (payers,) = own["region"]["payers"]
        assert payers["municipality"] == pytest.approx(sum(row["bill"] for row in own["region"]["bills"]), abs=0.05)
        first_years = sum(row["by_use"] + row["by_key"] for row in own["region"]["months"])
        assert first_years == pytest.approx(sum(row["by_use"] + row["by_key"] for row in own["council"]["months"]))
    areas = areas_in(tmp_path / "region" / "bills.csv")
    assert areas == 3 * ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"]
    assert set(told["region"]["designs"]["shared"]["rule"]) == {"da", "en"}


def test_an_unknown_design_is_refused(scenario: str) -> None:
    told = bills(scenario, "--design", "sharde")
    assert told.exit_code == 2
    assert "Did you mean shared?" in told.output
