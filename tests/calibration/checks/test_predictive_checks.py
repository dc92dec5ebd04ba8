"""Predictive checks: honest draws, the right counts, and no number held against what was made from it."""

from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from calibration.checks import NEED_YEAR, OWN_DATA, Check, Checked, load_checks, run_checks
from calibration.checks.prediction import FIRST_YEAR, LAST_YEAR, Prediction, predict_counts
from calibration.checks.verdicts import judge_check
from calibration.evidence import load_evidence
from calibration.faults import CalibrationError
from calibration.priors.today import DEPENDS_ON, PRIOR_PATHS, can_be_opened, draw_priors
from sim.cohort import funnel_of
from sim.scenario import ScenarioError, load_parameters, scenario_from
from sim.scenario.plausible import plausible_of

YEARS = LAST_YEAR - FIRST_YEAR + 1
PLAIN = {"demand.need_per_year": 75.0, "demand.trend_per_year": 0.0}


def draws_of(n_draws: int, **values: float) -> pd.DataFrame:
    return pd.DataFrame({path: [value] * n_draws for path, value in {**PLAIN, **values}.items()})


def counted(*women: int, step: str = "admitted", year: int = 2019) -> Prediction:
    """Pasts in which so many women were counted in that year, and nobody else."""
    counts = np.zeros((len(women), YEARS), dtype=np.int64)
    counts[:, year - FIRST_YEAR] = women
    return Prediction({step: counts})


def a_check(comparison: str, *rows: str, step: str = "admitted") -> Check:
    return Check("a", rows, step, 2019, 2019, comparison)  # type: ignore[arg-type]


# -- draws --


@pytest.mark.unit
def test_parameters_are_drawn_from_their_stated_ranges() -> None:
    draws = draw_priors(999, seed=1)
    for name, path in PRIOR_PATHS.items():
        believed = plausible_of(load_parameters()[name])
        if believed is not None and not name.startswith("household") and name != "patience_daily_loss":
            low, middle, high = draws[path].quantile([0.05, 0.5, 0.95])
            expected = believed.ppf([0.05, 0.5, 0.95])
            assert [low, middle, high] == pytest.approx(expected, abs=0.01 * (expected[2] - expected[0])), name
    daily = 1 - np.exp(-1 / draws[PRIOR_PATHS["patience_daily_loss"]])
    assert daily.quantile([0.05, 0.5, 0.95]).tolist() == pytest.approx([0.005, 0.015, 0.05], rel=0.01)
    households = draws[[path for path in draws.columns if ".household." in path]]
    assert households.sum(axis=1).to_numpy() == pytest.approx(1.0)


@pytest.mark.unit
def test_opening_a_share_sets_its_range_aside_and_leaves_the_others() -> None:
    stated, opened = draw_priors(500, seed=1), draw_priors(500, seed=1, opened=["acceptance_base"])
    path = PRIOR_PATHS["acceptance_base"]
    assert (opened[path].min(), opened[path].max()) == pytest.approx((0, 1), abs=0.005)
    assert opened[path].median() == pytest.approx(0.5, abs=0.005)
    pd.testing.assert_frame_equal(stated.drop(columns=path), opened.drop(columns=path))


@pytest.mark.unit
def test_only_shares_can_be_opened() -> None:
    assert can_be_opened("acceptance_base")
    assert can_be_opened("offered_share_municipal")
    assert not can_be_opened("need_per_year")
    assert not can_be_opened("external_after_days")


# -- predictions --


@pytest.mark.theory
def test_mean_counts_are_those_of_the_funnel() -> None:
    """Counts a year are Poisson, need x the shares of the funnel; two-sided, false alarm 1 in 10,000 for each step."""
    n_draws = 200
    need = 75.0
    demand = {"view": "visited_res_2019", "offered_share": {"municipal": 0.7}}
    values = {"designs": [{"name": "a", "kind": "none"}], "name": "x", "demand": demand}
    funnel = funnel_of(scenario_from(values))
    shares = {
        "found": funnel.found_share,
        "offered": funnel.found_share * funnel.offered_share,
        "admitted": funnel.found_share * funnel.offered_share * funnel.accepted_share * funnel.admitted_share,
    }
    prediction = predict_counts(draws_of(n_draws, **{"demand.offered_share.municipal": 0.7}), seed=11)
    limit = NormalDist().inv_cdf(1 - 0.5e-4)
    years = LAST_YEAR - FIRST_YEAR  # the first fills up
    for step, share in shares.items():
        expected = need * share * n_draws * years
        total = prediction.between(step, FIRST_YEAR + 1, LAST_YEAR).sum()
        assert abs(total - expected) < limit * np.sqrt(expected), step


@pytest.mark.unit
def test_need_is_carried_back_by_its_growth() -> None:
    grown = predict_counts(draws_of(40, **{"demand.trend_per_year": 0.08}), seed=3)
    need = 75.0 * 1.08 ** (FIRST_YEAR - NEED_YEAR)
    scaled = predict_counts(draws_of(40, **{"demand.need_per_year": need}), seed=3)
    first_year = grown.between("found", FIRST_YEAR, FIRST_YEAR).sum()
    assert first_year == pytest.approx(scaled.between("found", FIRST_YEAR, FIRST_YEAR).sum(), rel=0.1)
    assert grown.between("found", LAST_YEAR, LAST_YEAR).sum() > 1.15 * first_year


@pytest.mark.unit
def test_counts_are_the_same_on_any_number_of_cores_and_follow_the_seed() -> None:
    draws = draw_priors(12, seed=5)
    one, two = predict_counts(draws, seed=7, cores=1), predict_counts(draws, seed=7, cores=2)
    for step, counts in one.counts.items():
        assert np.array_equal(counts, two.counts[step])
        assert counts.shape == (12, YEARS)
    assert not np.array_equal(one.counts["found"], predict_counts(draws, seed=8).counts["found"])


@pytest.mark.unit
def test_each_step_depends_on_the_parameters_it_is_said_to_and_on_no_other() -> None:
    base = draw_priors(20, seed=5)
    first = predict_counts(base, seed=7).counts
    for name, path in PRIOR_PATHS.items():
        if name.startswith("household"):
            changed = base.assign(**{"demand.household.alone": 0.0, "demand.household.partner": 1.0})
            changed["demand.household.children"] = 0.0
        else:
            low, high = load_parameters()[name].low, load_parameters()[name].high
            value = low if base[path].mean() > ((low or 0) + (high or 0)) / 2 else high
            changed = base.assign(**{path: 5.0 if name == "patience_daily_loss" else float(value or 0.0)})
        then = predict_counts(changed, seed=7).counts
        for step in ("offered", "admitted"):
            is_same = np.array_equal(first[step], then[step])
            assert is_same or name in DEPENDS_ON[step], (name, step)
        assert not np.array_equal(first["admitted"], then["admitted"]) or name in (
            "birth_week_sd",
            "birth_week_mean",
        ), name


@pytest.mark.unit
def test_what_comes_after_admission_changes_nothing() -> None:
    base = draw_priors(15, seed=5)
    for path, value in (("stay.after_loss_days", 1.0), ("stay.early_leaving_days.weibull.scale", 10.0)):
        first, then = predict_counts(base, seed=7), predict_counts(base.assign(**{path: value}), seed=7)
        assert np.array_equal(first.counts["admitted"], then.counts["admitted"])


@pytest.mark.unit
def test_a_column_that_is_no_path_is_refused() -> None:
    with pytest.raises(ScenarioError, match="Did you mean need_per_year"):
        predict_counts(draws_of(1, **{"demand.need_per_yer": 3.0}), seed=1)


# -- verdicts --


@pytest.mark.unit
@pytest.mark.parametrize(
    ("women", "verdict", "tail"),
    [
        ([8] * 20, "inside_50", 1.0),
        ([*range(20)], "inside_50", 0.45),  # 0 to 8: nine of twenty
        ([*range(7, 27)], "inside_90", 0.1),
        ([*range(9, 29)], "outside", 0.0),
        ([0] * 19 + [8], "outside", 0.05),
    ],
)
def test_inside_and_outside_by_hand(women: list[int], verdict: str, tail: float) -> None:
    checked = judge_check(a_check("equal", "visited_res_2019"), counted(*women))
    assert checked.verdict == verdict
    assert checked.tail_probability == pytest.approx(tail)


@pytest.mark.unit
def test_bands_are_quantiles_of_whole_women() -> None:
    checked = judge_check(a_check("equal", "visited_res_2019"), counted(*range(1, 21)))
    bands = checked.low_90, checked.low_50, checked.median, checked.high_50, checked.high_90
    assert bands == (1, 5, 10, 15, 19)


@pytest.mark.unit
def test_a_bound_holds_when_enough_predictions_keep_to_it() -> None:
    bound = a_check("at_most", "visited_any_2019", step="offered")
    kept = judge_check(bound, counted(*[58] * 2, *[59] * 18, step="offered"))
    assert (kept.verdict, kept.tail_probability) == ("bound_kept", pytest.approx(0.1))
    broken = judge_check(bound, counted(*[59] * 20, step="offered"))
    assert (broken.verdict, broken.tail_probability) == ("bound_broken", 0.0)


@pytest.mark.unit
def test_the_table_of_checks_is_whole() -> None:
    for check in load_checks():
        assert check.comparison in ("equal", "at_most")
        assert set(check.rows) <= set(load_evidence())
        assert FIRST_YEAR < check.from_year <= check.to_year <= LAST_YEAR
        assert check.observed == sum(load_evidence()[row_id].value or np.nan for row_id in check.rows)
    assert {check.id: check.observed for check in load_checks()}["residential_2017_2019"] == 20


# -- circles --


@pytest.mark.unit
def test_circular_shares_are_opened_and_circular_needs_refused() -> None:
    checks = {check.id: check for check in load_checks()}
    for name in ("residential_2017", "residential_2017_2019", "drug_2020"):
        assert checks[name].opened == ("acceptance_base",)
        assert checks[name].barred_by == ()
    assert checks["residential_as_offered"].circular == {}
    assert checks["any_2018"].circular == {}
    assert checks["family_2020"].barred_by == ("need_per_year",)
    refused = judge_check(checks["family_2020"], counted(1, 2))
    assert (refused.verdict, refused.refused_for) == ("refused", ("need_per_year",))
    assert np.isnan(refused.median)


@pytest.fixture(scope="module")
def prior_rows() -> dict[str, Checked]:
    return {row.check.id: row for row in run_checks(60, seed=5).rows}


@pytest.mark.unit
def test_the_published_numbers_are_held_against_stated_ranges(prior_rows: dict[str, Checked]) -> None:
    assert set(prior_rows) == {check.id for check in load_checks()}
    assert prior_rows["residential_2017_2019"].opened == ("acceptance_base",)
    assert prior_rows["residential_2017_2019"].verdict.startswith("inside")
    assert prior_rows["family_2020"].verdict == "refused"


@pytest.mark.unit
def test_draws_from_a_fit_are_not_held_against_what_they_were_fitted_to(prior_rows: dict[str, Checked]) -> None:
    posterior = pd.DataFrame({"acceptance.base": [0.3, 0.4], "demand.offered_share.municipal": [0.5, 0.6]})
    posterior["stay.days.gamma.mean"] = 200.0  # decides nothing about admission
    fitted = run_checks(20, seed=5, posterior=posterior, fitted_to=["visited_res_2018"])
    rows = {row.check.id: row for row in fitted.rows}
    for name in ("residential_2017_2019", "residential_as_offered", "residential_2018"):
        assert rows[name].verdict == "refused"
        assert rows[name].refused_for == ("visited_res_2018",)
    assert rows["residential_2019"].verdict != "refused"  # other women
    assert rows["drug_2020"].from_draws == ("acceptance_base",)
    assert rows["drug_2020"].opened == ()
    assert fitted.given == ("offered_share_municipal", "acceptance_base")
    assert prior_rows["residential_2018"].verdict != "refused"
    check = next(check for check in load_checks() if check.id == "residential_2019")
    by_share = judge_check(check, counted(8), fitted_to=["share_res_of_known"])  # the share counts these women too
    assert (by_share.verdict, by_share.refused_for) == ("refused", ("share_res_of_known",))


@pytest.mark.unit
def test_values_of_the_draws_are_used() -> None:
    nobody = run_checks(20, seed=5, posterior=pd.DataFrame({"acceptance.base": [0.0]}), fitted_to=[OWN_DATA])
    rows = {row.check.id: row for row in nobody.rows}
    assert (rows["residential_2019"].median, rows["residential_2019"].high_90) == (0, 0)
    assert rows["residential_2019"].verdict == "outside"
    assert rows["any_2019"].median > 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("posterior", "fitted_to", "message"),
    [
        (
            pd.DataFrame({"acceptance.base": [0.3]}),
            [],
            "fitted_to: ids of the rows.*got nothing. Name the rows, or own-data",
        ),
        (pd.DataFrame({"acceptance.base": []}), [OWN_DATA], "posterior: at least one draw"),
        (
            pd.DataFrame({"acceptance.bas": [0.3]}),
            [OWN_DATA],
            "posterior: a column of a parameter.*got 'acceptance.bas'",
        ),
        (None, ["visited_res_2071"], "fitted_to: the id of a row.*Did you mean visited_res_201"),
    ],
)
def test_it_must_be_said_what_draws_were_fitted_to(
    posterior: pd.DataFrame | None, fitted_to: list[str], message: str
) -> None:
    with pytest.raises(CalibrationError, match=message):
        run_checks(5, posterior=posterior, fitted_to=fitted_to)
