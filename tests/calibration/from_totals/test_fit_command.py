"""The command, as somebody with a file of targets runs it."""

import json
from pathlib import Path

import emcee  # type: ignore[import-untyped] # publishes no types
import pytest
from click.testing import CliRunner
from small_fits import write_question

from calibration.commands.fit import fit
from sim.scenario import load_scenario


@pytest.mark.e2e
def test_from_targets_to_a_scenario_draws_and_a_report(tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    file = write_question(
        tmp_path,
        targets=[{"measure": "referrals_per_year", "by": "year", "value": {"2020": 3, "2021": 2, "2022": 4}}],
        free={"demand.need_per_year": {"gamma": {"mean": 4, "sd": 2}}},
    )
    out, draws, report = (tmp_path / "new" / name for name in ("fitted.yaml", "posterior.csv", "fit.html"))
    options = ["--out", str(out), "--draws", str(draws), "--report", str(report), "--lang", "da", "--seed", "5"]
    result = CliRunner().invoke(fit, [str(file), *options])
    assert result.exit_code == 0, result.output
    assert "Converged: R-hat at most 1.0" in result.stdout
    assert "referrals_per_year year 2022" in result.stdout
    assert "Fewer than 5 women: referrals_per_year year 2020, " in result.stdout
    assert load_scenario(out).demand.need_per_year == pytest.approx(3.4, abs=0.6)
    assert len(draws.read_text(encoding="utf-8").splitlines()) == 1001
    assert "Tilpasning ved simulation: small" in report.read_text(encoding="utf-8")


@pytest.mark.e2e
def test_stopped_before_there_is_anything_it_prints_json_with_nothing_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(emcee.EnsembleSampler, "run_mcmc", interrupted)
    file = write_question(
        tmp_path,
        targets=[{"measure": "referrals_per_year", "value": 3}],
        free={"demand.need_per_year": {"gamma": {"mean": 4, "sd": 2}}},
    )
    result = CliRunner().invoke(fit, [str(file), "--json"])
    assert result.exit_code != 0
    assert json.loads(result.stdout) == []
