"""Parts that are left out are not learnt, and are marked so wherever something is said."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from calibration.commands.calibrate import calibrate
from calibration.parts import PARTS

EXAMPLE = "calibration/examples/referrals.csv"
PERIOD = ("--from", "2023-01-01", "--as-of", "2025-12-31")
LEFT = "left as in the scenario"


@pytest.mark.e2e
def test_need_and_regions_left_out_are_marked_everywhere(tmp_path: Path) -> None:
    files = {name: tmp_path / f"a.{name}" for name in ("yaml", "html", "csv", "json")}
    words = ["--scenario", "today-regions", "--without", "need", "--without", "regions", "--lang", "en"]
    options = ("--out", files["yaml"], "--report", files["html"], "--draws", files["csv"], "--estimates", files["json"])
    result = CliRunner().invoke(calibrate, [EXAMPLE, *PERIOD, *words, *map(str, options)])
    assert result.exit_code == 0, result.output
    (line,) = [line for line in result.output.splitlines() if line.startswith("demand.need_per_year")]
    assert line.split(maxsplit=1)[1].strip() == "as in the scenario"
    rows = {row["path"]: row for row in json.loads(files["json"].read_text(encoding="utf-8"))}
    for path, row in rows.items():
        is_left = row["parameter"].startswith(("need", "trend", "year_variation", "regional_share"))
        assert (row["note"] == LEFT) == is_left, path
        assert (row["mean"] is None) == is_left, path
    page = files["html"].read_text(encoding="utf-8")
    assert "women a year are expected to need a place" not in page
    assert "Left as in the scenario, because that was asked for: women in need a year; growth a year" in page
    assert 'div id="picture-quarters"' not in page
    assert page.count('<td colspan="6">left as in the scenario</td>') == 8
    assert "#   demand.need_per_year: left as in the scenario\n" in files["yaml"].read_text(encoding="utf-8")
    with files["csv"].open(encoding="utf-8", newline="") as file:
        assert not any("need_per_year" in name or "regional" in name for name in next(csv.reader(file)))


@pytest.mark.e2e
def test_a_report_without_anything_learnt_is_still_a_report(tmp_path: Path) -> None:
    words = [word for part in PARTS for word in ("--without", part)]
    result = CliRunner().invoke(calibrate, [EXAMPLE, *PERIOD, *words, "--report", str(tmp_path / "a.html"), "--json"])
    assert {row["note"] for row in json.loads(result.stdout)} == {LEFT}
    assert "<h1>" in (tmp_path / "a.html").read_text(encoding="utf-8")
