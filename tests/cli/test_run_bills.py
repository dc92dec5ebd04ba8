"""What run says of agreements, and the bills it writes beside the results."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.looks.bills import bill_scenario, bills_in_short
from sim.scenario import read_scenario

pytestmark = pytest.mark.e2e

SCENARIO = """\
name: agreed
horizon_years: 3
replications: 8
seed: 3
designs:
  - {name: takst, kind: shared, financing: takst, places: {hovedstaden: 6, midtjylland: 6}}
  - {name: key, kind: shared, financing: objektiv, places: {hovedstaden: 6, midtjylland: 6}}
  - {name: state, kind: shared, financing: state, places: {hovedstaden: 6, midtjylland: 6}}
"""


def run(folder: Path, *words: str, scenario: str = SCENARIO) -> Result:
    path = folder / "agreed.yaml"
    path.write_text(scenario, encoding="utf-8")
    told = CliRunner().invoke(main, ["run", str(path), "--out", str(folder), *words])
    assert told.exit_code == 0, told.output
    return told


def test_each_agreement_is_said_in_a_sentence_with_its_price_and_deficit(tmp_path: Path) -> None:
    told = " ".join(run(tmp_path, "--lang", "da").stdout.split())
    assert "Hvem der betaler for pladserne efter aftale (8 simulationer)" in told
    assert "takst: Kommunen betaler" in told
    assert "om året." in told.partition("lægges i taksten 2 år efter. Driftsherren lægger")[2]
    assert "koster ikke kommunen mere. Driftsherren får intet underskud." in told
    assert "state: Staten betaler" not in told
    assert not list(tmp_path.glob("*/bills.csv"))


def test_nothing_is_said_where_there_is_no_agreement(tmp_path: Path) -> None:
    lines = [line for line in SCENARIO.splitlines() if "takst" not in line and "objektiv" not in line]
    assert "by agreement" not in run(tmp_path, scenario="\n".join(lines)).stdout


def test_bills_are_written_beside_the_results_and_into_json(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "--bills", "--json").stdout)
    (path,) = tmp_path.glob("*/bills.csv")
    assert (path.parent / "accounts.csv").exists()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 98
    assert set(told["bills"]["takst"]) == {"rule", "bills", "accounts"}
    assert [row["bill"] for row in told["bills"]["takst"]["bills"]] == pytest.approx(
        [float(row["bill"]) for row in rows if row["design"] == "takst"]
    )


def test_an_account_in_short_adds_up() -> None:
    found = bills_in_short(bill_scenario(read_scenario(SCENARIO)))
    account = found["takst"].account
    assert account is not None
    assert account.cost - account.paid == pytest.approx(account.deficit)
    assert account.outstanding == pytest.approx(3 * account.deficit)
    assert found["key"].account is not None
    assert found["key"].account.deficit == pytest.approx(0.0)
    assert len(found["state"].areas) == 98
