"""What was learnt as a scenario, a table of scenarios and rows."""

import csv
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from calibration.from_rows import (
    Learnt,
    Period,
    Read,
    Terms,
    estimate_rows,
    fitted_scenario,
    fitted_text,
    learn,
    read_referrals,
)
from calibration.from_rows.fitted import ESTIMATE_COLUMNS, fitted_values, save_draws, save_estimates
from sim.batch.tables import read_table
from sim.experiment import run_experiment
from sim.scenario import Scenario, load_scenario, ready_scenarios, scenario_values, with_values

EXAMPLE = Path("calibration/examples/referrals.csv")
FIVE = load_scenario(ready_scenarios()["today-regions"])


@pytest.fixture(scope="module")
def read() -> Read:
    return read_referrals(EXAMPLE, FIVE, Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31)))


@pytest.fixture(scope="module")
def learnt(read: Read) -> Learnt:
    return learn(read.referrals, FIVE, Terms(seed=1))


@pytest.mark.unit
def test_the_fitted_scenario_has_every_value_learnt_and_the_rest_as_it_was(learnt: Learnt) -> None:
    fitted = fitted_scenario(FIVE, learnt, name="fitted")
    values, before = scenario_values(fitted), scenario_values(FIVE)
    for path, value in fitted_values(learnt).items():
        inside = values
        for word in path.split("."):
            inside = inside[word]
        assert inside == pytest.approx(value), path
    assert fitted.name == "fitted"
    assert values["economics"] == before["economics"]
    assert values["designs"] == before["designs"]
    assert values["demand"]["awareness"] == before["demand"]["awareness"]
    assert values["demand"]["birth_week"]["normal"]["low"] == 26


@pytest.mark.unit
def test_a_fitted_scenario_has_no_fields_which_belong_to_another_need(learnt: Learnt) -> None:
    fields = {"budget": {"target": 30e6, "designs": {"regional": {"places": {"nordjylland": 2}}}}}
    assert fitted_scenario(with_values(FIVE, {"fields": fields}), learnt, name="fitted").fields is None


@pytest.mark.unit
def test_values_are_posterior_means_and_shares_sum_to_one(learnt: Learnt) -> None:
    values = fitted_values(learnt)
    for path, value in values.items():
        if not path.endswith("weibull.scale"):
            assert value == pytest.approx(learnt.estimates[path].mean, rel=1e-3), path
    scale = learnt.estimates["stay.early_leaving_days.weibull.scale"]
    assert values[scale.path] == pytest.approx(np.exp(np.log(scale.draws).mean()), rel=1e-3)
    for prefix in ("demand.regional_shares.", "demand.household."):
        assert sum(value for path, value in values.items() if path.startswith(prefix)) == pytest.approx(1, abs=1e-9)


@pytest.mark.unit
def test_the_text_loads_as_the_same_scenario_and_says_where_each_value_comes_from(
    learnt: Learnt, tmp_path: Path
) -> None:
    fitted = fitted_scenario(FIVE, learnt, name="fitted")
    text = fitted_text(fitted, learnt, about=["Learnt from the example."])
    (tmp_path / "fitted.yaml").write_text(text, encoding="utf-8")
    assert load_scenario(tmp_path / "fitted.yaml") == fitted
    assert text.startswith("# Learnt from the example.\n#\n# Value of each word learnt")
    for path in learnt.estimates:
        assert f"#   {path}: " in text
    assert text.count("rows not shown: small numbers") >= 1
    (past_birth,) = [line for line in text.splitlines() if "waiting.past_birth_share" in line]
    assert past_birth.endswith("no data: the plausible range stands")


@pytest.mark.unit
def test_parts_may_be_left_as_they_were(read: Read) -> None:
    learnt = learn(read.referrals, FIVE, Terms(without=("need", "regions", "stay")))
    fitted = fitted_scenario(FIVE, learnt, name="fitted")
    assert fitted.demand.view == FIVE.demand.view
    assert fitted.demand.regional_shares == "women"
    assert fitted.stay.days == FIVE.stay.days
    assert fitted.acceptance != FIVE.acceptance


@pytest.mark.unit
def test_the_fitted_scenario_runs(learnt: Learnt) -> None:
    fitted = with_values(fitted_scenario(FIVE, learnt, name="fitted"), {"replications": 20, "horizon_years": 2})
    results = run_experiment(fitted)
    assert results.replications == 20
    assert results.funnel.need_per_year == pytest.approx(learnt.estimates["demand.need_per_year"].mean, rel=1e-3)


@pytest.mark.unit
def test_every_draw_is_a_scenario(learnt: Learnt, tmp_path: Path) -> None:
    fitted = fitted_scenario(FIVE, learnt, name="fitted")
    save_draws(learnt, tmp_path / "draws.csv", n_rows=50)
    rows = read_table(tmp_path / "draws.csv").rows
    assert len(rows) == 50
    for row in rows:
        assert not row.faults
        drawn = with_values(fitted, row.values)
        assert isinstance(drawn, Scenario)
        assert drawn.acceptance.base == pytest.approx(row.values["acceptance.base"])
    means = np.mean([[row.values[path] for path in learnt.estimates] for row in rows], axis=0)
    spreads = [estimate.draws.std() for estimate in learnt.estimates.values()]
    errors = (means - [estimate.mean for estimate in learnt.estimates.values()]) / spreads
    assert np.abs(errors).max() < 5 / np.sqrt(50)  # the first rows are no worse draws than the others


@pytest.mark.unit
def test_estimates_are_written_as_csv_and_json_with_small_numbers_left_out(learnt: Learnt, tmp_path: Path) -> None:
    save_estimates(learnt, tmp_path / "a.csv")
    save_estimates(learnt, tmp_path / "a.json")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(ESTIMATE_COLUMNS)
    as_json = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert as_json == estimate_rows(learnt)
    assert [row["path"] for row in rows] == [row["path"] for row in as_json] == list(learnt.estimates)
    for row, estimate in zip(as_json, learnt.estimates.values(), strict=True):
        if 0 < estimate.n_least < 5:
            assert row["data_estimate"] is None
        if estimate.n_least < 5:
            assert row["rows"] is None
        else:
            assert row["rows"] == estimate.n_rows
    assert any(0 < estimate.n_least < 5 for estimate in learnt.estimates.values())


@pytest.mark.unit
def test_the_same_seed_gives_the_same_numbers_and_another_nearly(learnt: Learnt) -> None:
    read = read_referrals(EXAMPLE, FIVE, Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31)))
    again, other = (learn(read.referrals, FIVE, Terms(seed=seed)) for seed in (1, 2))
    for path, estimate in learnt.estimates.items():
        assert np.array_equal(estimate.draws, again.estimates[path].draws), path
        spread = estimate.draws.std()
        assert other.estimates[path].mean == pytest.approx(estimate.mean, abs=0.25 * spread), path
        assert not np.array_equal(estimate.draws, other.estimates[path].draws), path
    assert learnt.has_converged


@pytest.mark.unit
def test_a_stay_counted_from_admission_and_four_regions_are_learnt_as_well() -> None:
    four = with_values(
        FIVE,
        {"regions": "four", "stay.anchor": "admission", "designs": [{"name": "e", "kind": "external"}], "measures": {}},
    )
    read = read_referrals(EXAMPLE, four, Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31)))
    found = learn(read.referrals, four, Terms(payer="state"))
    fitted = fitted_scenario(four, found, name="fitted")
    shares = fitted.demand.regional_shares
    assert isinstance(shares, dict)
    assert set(shares) == {"oestdanmark", "syddanmark", "midtjylland", "nordjylland"}
    assert found.estimates["stay.days.gamma.mean"].mean > 220  # longer than after birth alone
    assert fitted.demand.offered_share.state != four.demand.offered_share.state
    assert fitted.demand.offered_share.municipal == four.demand.offered_share.municipal
