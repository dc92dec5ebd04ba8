"""A table of travel minutes beside a scenario file."""

from pathlib import Path

import pytest

from sim.geography import load_municipalities, read_minutes_table
from sim.scenario import ScenarioError, load_scenario, scenario_hash, scenario_text

TABLE = "municipality,AAR,ODE\n0101,190,110\n0751,12.5,100\n"


def scenario_with(folder: Path, table: str) -> Path:
    file = folder / "winter.yaml"
    file.write_text(f"name: a\ntravel: {{table: {table}}}\ndesigns: [{{name: a, kind: none}}]\n", encoding="utf-8")
    return file


@pytest.mark.unit
def test_table_becomes_minutes(tmp_path: Path) -> None:
    (tmp_path / "minutes.csv").write_text(TABLE, encoding="utf-8")
    scenario = load_scenario(scenario_with(tmp_path, "minutes.csv"))
    assert scenario.travel.minutes == read_minutes_table(tmp_path / "minutes.csv")
    assert scenario.travel.minutes["0751"] == {"AAR": 12.5, "ODE": 100}
    assert "table" not in scenario_text(scenario)
    before = scenario_hash(scenario)
    (tmp_path / "minutes.csv").write_text(TABLE.replace("190", "191"), encoding="utf-8")
    assert scenario_hash(load_scenario(tmp_path / "winter.yaml")) != before


@pytest.mark.unit
@pytest.mark.parametrize(
    "name",
    ["../minutes.csv", "/etc/passwd", "a/../../minutes.csv", "'C:\\x.csv'", "'a\\b.csv'", "link.csv", "5"],
)
def test_table_may_not_leave_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "minutes.csv").write_text(TABLE, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "minutes.csv")
    with pytest.raises(
        ScenarioError, match=r"winter.yaml line 2, travel.table: a file in the scenario's own folder; got"
    ):
        load_scenario(scenario_with(folder, name))


@pytest.mark.unit
def test_table_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"travel.table: a file in .*; got 'gone.csv', which is not there. Check"):
        load_scenario(scenario_with(tmp_path, "gone.csv"))
    (tmp_path / "odd.csv").write_text("municipality,XXX\n9999,a\n", encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"travel.table: a table of minutes by municipality and site; got 'odd.csv'"
    ):
        load_scenario(scenario_with(tmp_path, "odd.csv"))
    (tmp_path / "large.csv").write_text("x" * 1_000_001, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"got 'large.csv'. large.csv: a file of at most 1 MB; got a larger one"):
        load_scenario(scenario_with(tmp_path, "large.csv"))
    rows = "".join(f"{code},AAR,x\n" for code in load_municipalities().code[:30])
    (tmp_path / "many.csv").write_text(f"municipality,site,minutes\n{rows}", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"row 21, minutes.*(?s:.*)\.\.\. and 10 more\.$"):
        load_scenario(scenario_with(tmp_path, "many.csv"))
    (tmp_path / "minutes.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"travel.table: either table or minutes, not both; got 'minutes.csv'. Delete"
    ):
        load_scenario(scenario_with(tmp_path, "minutes.csv, minutes: {0101: {AAR: 3}}"))
