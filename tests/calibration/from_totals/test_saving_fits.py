"""What a fit leaves on disk can be used by the rest of the program."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from small_fits import LIGHT, a_question

from calibration.from_totals import Fit, draws_text, fit_as_json, fitted_text
from calibration.from_totals.findings import sum_up
from calibration.from_totals.fitting import draw_posterior
from calibration.from_totals.saving import fitted_scenario
from sim.batch.tables import read_table
from sim.scenario import read_scenario, with_values

pytestmark = pytest.mark.unit

FREE = "demand.need_per_year"


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    question = a_question(tmp_path_factory.mktemp("saved"), changes={"waiting.past_birth_share": 0.9})
    return sum_up(draw_posterior(question, effort=LIGHT))


def test_the_fitted_scenario_is_the_base_with_the_posterior_mean(fit: Fit) -> None:
    scenario = fitted_scenario(fit)
    assert scenario.demand.need_per_year == pytest.approx(fit.learnt[0].mean, rel=1e-5)
    assert scenario.name == "room-for-all-fitted"
    base = fit.drawn.question.base
    assert with_values(scenario, {FREE: base.demand.need_per_year}).model_copy(update={"name": base.name}) == base


def test_its_file_says_where_the_values_come_from_and_loads(fit: Fit) -> None:
    text = fitted_text(fit)
    assert read_scenario(text) == fitted_scenario(fit)
    assert f"# {FREE}: {fit.learnt[0].mean:.4g} (" in text
    assert "NOT CONVERGED" not in text
    assert "# NOT CONVERGED (partial)" in fitted_text(fit._replace(faults=("partial",)))


def test_the_draws_are_a_table_of_scenarios(fit: Fit, tmp_path: Path) -> None:
    file = tmp_path / "posterior.csv"
    file.write_text(draws_text([fit], 50), encoding="utf-8")
    rows = read_table(file).rows
    assert len(rows) == 50
    drawn = np.array([row.values[FREE] for row in rows])
    assert drawn == pytest.approx(fit.draws(50)[:, 0], rel=1e-5)
    changed = with_values(fit.drawn.question.base, rows[0].values)
    assert changed.demand.need_per_year == drawn[0]


def test_views_have_a_column(fit: Fit) -> None:
    seen = fit._replace(drawn=fit.drawn._replace(view="need_muni_16"))
    rows = list(csv.DictReader(io.StringIO(draws_text([seen, seen], 10))))
    assert [set(row) for row in rows] == [{"demand.view", FREE}] * 20
    assert {row["demand.view"] for row in rows} == {"need_muni_16"}
    assert fitted_scenario(seen._replace(learnt=())).demand.view == "need_muni_16"


def test_findings_as_json(fit: Fit) -> None:
    found = json.loads(json.dumps(fit_as_json(fit), allow_nan=False))
    assert found["has_converged"] is True
    assert found["parameters"][0]["path"] == FREE
    assert found["parameters"][0]["prior"] == {"gamma": {"mean": 40.0, "sd": 12.0}}
    assert found["targets"][0]["value"] == 50
    assert found["rounds"][0]["shift"] is None
    assert found["best_known_product"] is None
    assert found["replications"] == fit.drawn.n_replications > 0
