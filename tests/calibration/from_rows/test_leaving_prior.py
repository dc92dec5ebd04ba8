"""Early leaving: its prior pairs shape and scale as the documents do, and gives way to much data that do not."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from recovering_truths import draw_shape_and_scale

from calibration.from_rows.estimates.estimate import Chance, ParameterEstimate
from calibration.from_rows.estimates.observed import Times
from calibration.from_rows.estimates.times import early_leaving_estimates
from calibration.from_rows.file.reading import Period, read_referrals
from calibration.from_rows.fit import Learnt, Terms, learn
from calibration.from_rows.fitted import HARDLY, OUTSIDE, estimate_rows, fitted_scenario, fitted_text, save_draws
from calibration.priors.early_leaving import (
    CORNERS,
    FURTHEST_SHAPE,
    SHAPE_AND_SCALE,
    SHAPE_SCALE_CORRELATION,
    leaving_prior,
    shape_and_scale,
)
from calibration.statements import fit_statement
from sim.batch import gather
from sim.experiment import run_experiment
from sim.scenario import Scenario, load_parameters, load_scenario, ready_scenarios, with_values

INPUTS = Path(__file__).parent / "inputs"
FIVE = load_scenario(ready_scenarios()["today-regions"])
LOW, HIGH = ((0.30, 30), (0.65, 365)), ((0.08, 30), (0.25, 365))


def learnt_from(name: str, scenario: Scenario = FIVE, first: dt.date | None = None) -> Learnt:
    read = read_referrals(INPUTS / name, scenario, Period(first, dt.date(2025, 12, 31)))
    return learn(read.referrals, scenario, Terms())


def shape_and_scale_of(learnt: Learnt) -> tuple[ParameterEstimate, ...]:
    return tuple(learnt.estimates[f"stay.early_leaving_days.weibull.{word}"] for word in ("shape", "scale"))


@pytest.mark.unit
def test_the_corners_are_what_the_documents_shares_come_to() -> None:
    for corner, stated in zip(CORNERS, (LOW, HIGH), strict=True):
        word = fit_statement("weibull", stated).word()["weibull"]
        assert tuple(word.values()) == pytest.approx(corner, rel=1e-3)
    apart = fit_statement("weibull", [HIGH[0], LOW[1]]).word()["weibull"]
    assert apart["shape"] == pytest.approx(FURTHEST_SHAPE, rel=1e-3)


@pytest.mark.unit
def test_low_shapes_go_with_low_scales_by_so_much_that_the_corners_lie_on_the_line() -> None:
    paired = shape_and_scale()[0].logarithms
    spreads = np.sqrt(np.diag(paired.cov))
    low, high = (np.log(CORNERS) - paired.mean) / spreads
    assert (high[0] - low[0]) / (high[1] - low[1]) == pytest.approx(SHAPE_SCALE_CORRELATION, abs=0.005)
    assert paired.cov[0, 1] / spreads.prod() == pytest.approx(SHAPE_SCALE_CORRELATION)
    for place, name in enumerate(SHAPE_AND_SCALE):
        row = load_parameters()[name]
        ends = np.exp(paired.mean[place] + 1.6448536 * spreads[place] * np.array([-1, 1]))
        assert ends == pytest.approx([row.low, row.high], rel=1e-4)


@pytest.mark.unit
@pytest.mark.parametrize("name", SHAPE_AND_SCALE)
def test_quantiles_and_mean_are_those_of_draws(name: str) -> None:
    # 20,000 draws: the share below a quantile within three standard errors, 0.01; the mean within 5 %.
    rng = np.random.default_rng(1)
    draws = np.array([draw_shape_and_scale(rng) for _ in range(20_000)])[:, SHAPE_AND_SCALE.index(name)]
    prior = leaving_prior(name).distribution
    for share in (0.025, 0.3, 0.5, 0.9, 0.975):
        assert (draws < prior.ppf(share)).mean() == pytest.approx(share, abs=0.011)
    assert draws.mean() == pytest.approx(prior.mean(), rel=0.05)


@pytest.mark.theory
@pytest.mark.parametrize(("name", "corner"), [("corner-low.csv", CORNERS[0]), ("corner-high.csv", CORNERS[1])])
def test_a_truth_at_either_corner_is_found(name: str, corner: tuple[float, float]) -> None:
    # Records played with the corner as truth; with the wrong sign the interval of the shape held neither.
    for estimate, truth in zip(shape_and_scale_of(learnt_from(name, first=dt.date(2022, 1, 1))), corner, strict=True):
        assert estimate.low < truth < estimate.high


@pytest.fixture(scope="module")
def contradicted() -> tuple[ParameterEstimate, ...]:
    """563 stays until she leaves, exponential with a mean of 500 days, cut off by a stay of 100 to 500 days."""
    rng = np.random.default_rng(12)
    days, cut_off = np.rint(rng.exponential(500, 563)), rng.integers(100, 500, 563)
    return early_leaving_estimates(Times(np.minimum(days, cut_off), days <= cut_off), Chance(1, 2000))


@pytest.mark.theory
def test_the_pairs_give_way_to_much_data_that_contradict_them(contradicted: tuple[ParameterEstimate, ...]) -> None:
    shape, scale = contradicted
    assert shape.low < 1.0 < shape.high
    assert scale.low < 500.0 < scale.high
    assert shape.data is not None
    assert shape.mean == pytest.approx(shape.data[0], abs=0.04)


@pytest.mark.unit
def test_what_the_data_contradict_is_marked_in_rows_scenario_and_draws(
    contradicted: tuple[ParameterEstimate, ...], tmp_path: Path
) -> None:
    learnt = Learnt(
        {one.path: one for one in contradicted}, {one.path: "early_leaving" for one in contradicted}, Terms()
    )
    assert [row["note"] for row in estimate_rows(learnt)] == [OUTSIDE, None]
    fitted = fitted_scenario(FIVE, learnt, name="fitted")
    assert f"#     {OUTSIDE}: " in fitted_text(fitted, learnt, about=[])
    (tmp_path / "fitted.yaml").write_text(fitted_text(fitted, learnt, about=[]), encoding="utf-8")
    save_draws(learnt, tmp_path / "draws.csv", n_rows=2)
    gathered = gather([str(tmp_path / "draws.csv")], base=str(tmp_path / "fitted.yaml"))
    assert not gathered.faults
    assert "outside" in (tmp_path / "draws.csv").read_text(encoding="utf-8")


@pytest.mark.e2e
@pytest.mark.parametrize("name", ["all-open.csv", "same-day.csv"])
@pytest.mark.parametrize("anchor", ["birth", "admission"])
def test_stays_cut_off_or_of_no_length_give_finite_numbers_and_a_scenario_that_runs(name: str, anchor: str) -> None:
    scenario = with_values(FIVE, {"stay.anchor": anchor})
    learnt = learnt_from(name, scenario)
    for estimate in learnt.estimates.values():
        assert np.isfinite([estimate.mean, estimate.low, estimate.high]).all(), estimate.path
        assert np.isfinite(estimate.draws).all()
    stay = learnt.estimates["stay.days.gamma.mean"]
    lasted = 212  # days from the first admission of all-open.csv to the last day
    if name == "all-open.csv":
        assert stay.mean > 0.95 * stay.prior[0] > lasted
        rows = {row["path"]: row for row in estimate_rows(learnt)}
        assert rows[stay.path]["note"] == HARDLY
        assert rows["stay.early_leaving_days.weibull.scale"]["rows"] is None  # fewer than five left
    else:
        _, scale = shape_and_scale_of(learnt)
        assert 0.1 < scale.mean < 2.0
    fitted = fitted_scenario(scenario, learnt, name="fitted")
    assert run_experiment(with_values(fitted, {"replications": 10, "horizon_years": 2})).replications == 10
