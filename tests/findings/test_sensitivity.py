"""Sensitivity: what is played is kept, found again for the same scenario, and no other; near and far beside it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.experiment import run_experiment
from sim.findings import FIELD_MEASURES, load_sensitivity, near_and_far, play_ends, save_sensitivity
from sim.findings.sensitivity import sensitivity_path
from sim.scenario import read_scenario, with_values

TEXT = """\
name: small
horizon_years: 1
replications: 3
designs:
  - {name: regional, kind: regional}
  - {name: shared, kind: shared}
"""
SCENARIO = read_scenario(TEXT)
FIELDS = "fields: {access: {target: 0.7, designs: {regional: {places: {hovedstaden: 12}}}}}\n"


@pytest.fixture(scope="module")
def tried() -> object:
    return play_ends(SCENARIO)[0]


@pytest.mark.unit
def test_every_end_has_every_measure_that_is_judged(tried) -> None:  # type: ignore[no-untyped-def]
    pair = "shared - regional"
    ends = {(row.parameter, row.end) for row in tried.rows}
    assert len(tried.rows) == len(ends) * len(FIELD_MEASURES["places"])
    own = run_experiment(SCENARIO).differences[pair].estimates
    (row,) = (row for row in tried.rows if not row.parameter and row.measure == "admitted_per_year")
    assert row.mean in own.mean[0]
    assert {row.parameter for row in tried.of(pair, "admitted_per_year")} == {end[0] for end in ends} - {""}


@pytest.mark.unit
def test_a_table_is_found_again_however_often_it_was_played(tried, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = save_sensitivity(tried, SCENARIO, tmp_path)
    assert repr(load_sensitivity(SCENARIO, tmp_path)) == repr(tried)
    assert load_sensitivity(with_values(SCENARIO, {"replications": 9}), tmp_path) is not None
    assert load_sensitivity(with_values(SCENARIO, {"acceptance.base": 0.3}), tmp_path) is None
    path.write_text("rules_version\n1\n", encoding="utf-8")
    assert load_sensitivity(SCENARIO, tmp_path) is None


@pytest.mark.unit
def test_near_and_far_has_both_values_where_regional_and_shared_meet() -> None:
    found = near_and_far(SCENARIO)
    assert found is not None
    assert list(found) == [0.0, 0.7]
    assert all(list(results.designs) == ["regional", "shared"] for results in found.values())
    assert near_and_far(read_scenario(TEXT.replace("shared, kind: shared", "other, kind: national"))) is None


def doegnplads(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.mark.unit
def test_run_says_what_was_tried_and_that_nothing_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    longer = TEXT.replace("replications: 3", "replications: 20").replace("horizon_years: 1", "horizon_years: 3")
    Path("small.yaml").write_text(longer, encoding="utf-8")
    before = doegnplads("run", "small.yaml").stdout
    assert "assumptions not tried" in before
    assert "doegnplads sensitivity small" in before
    assert "k = 0.7" in before
    told = doegnplads("sensitivity", "small.yaml", "--replications", "4", "--lang", "da")
    assert told.exit_code == 0
    assert "4 simulationer hver" in told.stdout
    assert sensitivity_path(read_scenario(longer), Path("results")).name in told.stdout
    assert "not tried" not in doegnplads("run", "small.yaml").stdout


@pytest.mark.unit
def test_fields_are_printed_in_their_order_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(TEXT + FIELDS, encoding="utf-8")
    shown = doegnplads("run", "small.yaml", "--lang", "da").stdout
    headings = [shown.index(f"\n{word}") for word in ("Samme adgang", "Volumen og", "Samme pladser")]
    assert headings == sorted(headings)
    kept = {path.name.rsplit("-", 1)[0] for path in Path("results").iterdir()}
    assert kept == {"small-access", "small", "store"}
    only = doegnplads("run", "small.yaml", "--field", "access").stdout
    assert "The same places" not in only
    assert "Volume and the worst-off region" in only
