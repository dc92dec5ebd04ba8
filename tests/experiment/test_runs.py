"""Runs: the same twice, more of the same, as precise as asked, and stopped on the way."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats
from small_runs import SMALL, small, values_of

from sim.experiment import Results, most_replications, run_experiment
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.measures import MEASURES
from sim.runnable import check_scenario
from sim.scenario import ScenarioError, scenario_hash


@pytest.fixture(scope="module")
def results() -> Results:
    return run_experiment(small())


@pytest.fixture(scope="module")
def values() -> list[Any]:
    return values_of(small(), 60)


@pytest.mark.unit
def test_run_twice_the_results_are_the_same_to_the_last_digit(results: Results) -> None:
    again = run_experiment(small())
    assert json.dumps(again.as_json()) == json.dumps(results.as_json())


@pytest.mark.unit
def test_more_replications_begin_with_the_same_ones(values: list[Any]) -> None:
    for few, many in zip(values, values_of(small(replications=110), 110), strict=True):
        assert (few.shape[-1], many.shape[-1]) == (60, 110)
        np.testing.assert_array_equal(few, many[..., :60])


@pytest.mark.unit
def test_totals_are_the_means_of_the_values_of_the_replications(results: Results, values: list[Any]) -> None:
    for own, comparison in zip(values, results.designs.values(), strict=True):
        with np.errstate(invalid="ignore"):
            n = (~np.isnan(own)).sum(axis=-1)
            mean = np.divide(np.nansum(own, axis=-1), n, where=n > 0, out=np.full(n.shape, np.nan))
        has_values = [not measure.worst_of for measure in ALL_MEASURES]  # the others are of all replications together
        np.testing.assert_array_equal(comparison.estimates.n[:, has_values], n[:, has_values])
        is_total = [measure.per in ("years", "one") or measure.quantile is not None for measure in ALL_MEASURES]
        np.testing.assert_allclose(comparison.estimates.mean[:, is_total], mean[:, is_total], rtol=1e-10)


@pytest.mark.unit
def test_results_say_what_was_asked_and_done(results: Results) -> None:
    assert results.hash == scenario_hash(small())
    assert results.replications == 60
    assert not results.is_partial
    assert results.funnel.need_per_year == 75
    assert isinstance(results.engine, str)
    assert list(results.designs) == ["regional", "shared", "as-today"]
    assert list(results.differences) == ["shared - regional", "as-today - regional"]


@pytest.mark.unit
def test_another_seed_gives_other_results(results: Results) -> None:
    other = run_experiment(small(seed=8))
    column = MEASURE_NUMBER["admitted_per_year"]
    for name, comparison in results.designs.items():
        assert other.designs[name].estimates.mean[0, column] != comparison.estimates.mean[0, column]


@pytest.mark.unit
def test_a_design_is_the_same_whatever_it_is_compared_with(results: Results) -> None:
    alone = run_experiment(small(designs=SMALL["designs"][1:2]))
    for one, other in zip(alone.designs["shared"].estimates, results.designs["shared"].estimates, strict=True):
        np.testing.assert_array_equal(one, other)
    assert alone.differences == {}


@pytest.mark.unit
def test_a_scenario_without_women_can_be_run() -> None:
    empty = run_experiment(small(demand={"need_per_year": 0}, replications=3))
    estimates = empty.designs["shared"].estimates
    assert estimates.mean[0, MEASURE_NUMBER["admitted_per_year"]] == 0
    assert np.isnan(estimates.mean[0, MEASURE_NUMBER["wait_days_mean"]])
    json.dumps(empty.as_json(), allow_nan=False)


# -- differences --


@pytest.mark.unit
def test_differences_are_the_differences_of_means_where_every_replication_has_a_value(
    results: Results,
) -> None:
    first = results.designs["regional"].estimates
    for name, difference in results.differences.items():
        other = results.designs[name.split(" - ")[0]].estimates
        n_common = len(difference.scopes)
        has_all = (first.n[:n_common] == 60) & (other.n[:n_common] == 60)
        assert has_all[0].sum() > 10
        expected = other.mean[:n_common] - first.mean[:n_common]
        rounding = 1e-9 + 1e-13 * np.abs(first.mean[:n_common])  # costs are a billion times as large as shares
        assert (np.abs(difference.estimates.mean - expected) <= rounding)[has_all].all()


@pytest.mark.unit
def test_differences_are_taken_replication_by_replication(results: Results, values: list[Any]) -> None:
    found = results.differences["shared - regional"].estimates
    for name in ("wait_days_mean", "admitted_per_year"):
        column = MEASURE_NUMBER[name]
        apart = values[1][0, column] - values[0][0, column]
        assert found.p05[0, column] == pytest.approx(np.nanpercentile(apart, 5), rel=1e-10)
    half = stats.t.ppf(0.975, 59) * apart.std(ddof=1) / np.sqrt(60)  # of women, who are divided by the years
    ends = found.low[0, column], found.mean[0, column], found.high[0, column]
    assert ends == pytest.approx((apart.mean() - half, apart.mean(), apart.mean() + half), rel=1e-9)


@pytest.mark.unit
@pytest.mark.parametrize("measure", ["admitted_per_year", "accepted_per_year", "refused_share", "occupancy"])
def test_differences_on_the_same_women_are_surer_than_on_others(results: Results, measure: str) -> None:
    column = MEASURE_NUMBER[measure]

    def half_width(comparison: Any) -> float:
        estimates = comparison.estimates
        return float(estimates.high[0, column] - estimates.mean[0, column])

    unpaired = np.hypot(*(half_width(results.designs[name]) for name in ("regional", "shared")))
    assert half_width(results.differences["shared - regional"]) < 0.9 * unpaired


@pytest.mark.unit
def test_differences_are_against_the_design_chosen(results: Results) -> None:
    chosen = run_experiment(small(measures={"against": "shared"}))
    assert list(chosen.differences) == ["regional - shared", "as-today - shared"]
    one = chosen.differences["regional - shared"].estimates
    other = results.differences["shared - regional"].estimates
    np.testing.assert_allclose(one.mean, -other.mean, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(one.low, -other.high, rtol=1e-9, atol=1e-10)


@pytest.mark.unit
def test_a_design_against_its_twin_is_no_difference() -> None:
    design = SMALL["designs"][0]
    twins = run_experiment(small(designs=[design, design | {"name": "twin"}], replications=20))
    estimates = twins.differences["twin - regional"].estimates
    known = estimates.n > 0
    assert not estimates.mean[known].any()
    assert np.isnan(estimates.high).all()


# -- precision --


def asked(**words: Any) -> Any:
    return small(replications={"of": "admitted_per_year", "precision": 0.5} | words)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "replications"),
    [
        ({"precision": 1, "at_least": 2, "at_most": 400}, 50),  # a block is the least
        ({"precision": 1, "at_least": 50, "at_most": 400}, 50),
        ({"precision": 1, "at_least": 51, "at_most": 400}, 100),
        ({"precision": 1e-6, "at_least": 2, "at_most": 70}, 70),
        ({"precision": 1e-6, "at_least": 20, "at_most": 20}, 20),
    ],
)
def test_precision_stops_between_at_least_and_at_most(words: dict[str, Any], replications: int) -> None:
    scenario = asked(**words)
    assert most_replications(scenario) == words["at_most"]
    assert run_experiment(scenario).replications == replications


@pytest.mark.unit
def test_precision_is_reached_by_every_design_and_measure_and_not_much_later() -> None:
    names = ("admitted_per_year", "travel_minutes_mean")
    wanted = 0.05
    results = run_experiment(asked(precision=wanted, of=list(names), at_least=2, at_most=1000))
    assert 50 <= results.replications < 1000

    def widest(found: Results) -> float:
        columns = [MEASURE_NUMBER[name] for name in names]
        all_estimates = [comparison.estimates for comparison in found.designs.values()]
        return max(
            float((estimates.high - estimates.mean)[0, column] / abs(estimates.mean[0, column]))
            for estimates in all_estimates
            for column in columns
        )

    assert widest(results) <= wanted
    if results.replications > 50:
        assert widest(run_experiment(small(replications=results.replications - 50))) > wanted


@pytest.mark.unit
def test_precise_or_counted_the_same_replications_give_the_same() -> None:
    precise = run_experiment(asked(precision=1e-6, at_least=2, at_most=60))
    counted = run_experiment(small())
    np.testing.assert_array_equal(precise.designs["shared"].estimates.mean, counted.designs["shared"].estimates.mean)


@pytest.mark.unit
def test_precision_of_what_is_never_measured_stops_all_the_same() -> None:
    none = [{"name": "nothing", "kind": "none"}]
    scenario = small(designs=none, replications={"of": "occupancy", "at_least": 2, "at_most": 500})
    assert run_experiment(scenario).replications <= 500


@pytest.mark.unit
@pytest.mark.parametrize("check", [check_scenario, run_experiment])
def test_precision_of_an_unknown_measure_names_the_nearest(check: Any) -> None:
    scenario = asked(of=["admited_per_year", "occupancy", "wait_day_mean"])
    with pytest.raises(ScenarioError) as caught:
        check(scenario)
    message = str(caught.value)
    assert "small, replications.of: the name of a measure; got admited_per_year" in message
    assert "Did you mean admitted_per_year?" in message
    assert "Did you mean wait_days_mean?" in message
    assert len(caught.value.faults) == 2


@pytest.mark.unit
def test_every_measure_can_be_asked_for_precisely() -> None:
    check_scenario(asked(of=[measure.name for measure in MEASURES]))


# -- on the way --


@pytest.mark.unit
def test_progress_is_told_after_each_block() -> None:
    told: list[tuple[int, int]] = []
    run_experiment(small(replications=110), on_progress=lambda done, most: told.append((done, most)))
    assert told == [(50, 110), (100, 110), (110, 110)]


@pytest.mark.unit
def test_stopped_on_the_way_the_results_are_those_of_the_replications_done() -> None:
    def stop(done: int, most: int) -> None:
        if done == 50:
            raise KeyboardInterrupt

    stopped = run_experiment(small(replications=110), on_progress=stop)
    assert stopped.is_partial
    assert stopped.replications == 50
    whole = run_experiment(small(replications=50))
    assert not whole.is_partial
    for name, comparison in whole.designs.items():
        np.testing.assert_array_equal(stopped.designs[name].estimates.mean, comparison.estimates.mean)
