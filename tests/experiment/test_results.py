"""Results as plain values: the shape that other programs rely on."""

import json
from typing import Any

import pytest
from small_runs import small

from sim.experiment import Results, Row, run_experiment
from sim.experiment.measured import ALL_MEASURES as MEASURES
from sim.scenario import scenario_hash

REGIONS = {"hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"}
ESTIMATE = {"n", "mean", "low", "high", "p05", "p95"}
PROMISED = [
    "referrals_per_year",
    "offered_share",
    "accepted_share",
    "admitted_per_year",
    "admitted_share_of_referred",
    "admitted_share_of_accepted",
    "admitted_before_birth_share",
    "admitted_within_7_days",
    "admitted_within_14_days",
    "admitted_within_30_days",
    "wait_days_mean",
    "wait_days_p90",
    "refused_share",
    "week_at_admission_mean",
    "exposure_days_per_year",
    "occupancy",
    "all_taken_probability",
    "empty_probability",
    "open_place_years",
    "occupied_place_years",
    "openings_per_year",
    "travel_minutes_mean",
    "travel_over_60_share",
    "travel_over_90_share",
    "left_early_share",
    "admissions_per_pool_year",
    "below_minimum_volume_share",
]
"""Measures that other programs read by name."""


@pytest.fixture(scope="module")
def results() -> Results:
    return run_experiment(small(replications=5))


@pytest.fixture(scope="module")
def plain(results: Results) -> dict[str, Any]:
    """The results as another program reads them, written down as strict JSON."""
    return json.loads(json.dumps(results.as_json(), allow_nan=False))  # type: ignore[no-any-return]


@pytest.mark.unit
def test_measures_that_are_promised_are_there() -> None:
    assert set(PROMISED) <= {measure.name for measure in MEASURES}


@pytest.mark.unit
def test_the_head_says_what_was_run(plain: dict[str, Any]) -> None:
    assert plain["scenario"] == "small"
    assert plain["hash"] == scenario_hash(small(replications=5))
    assert (plain["seed"], plain["replications"], plain["partial"]) == (7, 5, False)
    assert isinstance(plain["engine"], str)
    assert isinstance(plain["rules_version"], int)
    assert plain["need"]["need_per_year"] == 75
    assert plain["need"]["step"] == "need"


@pytest.mark.unit
def test_designs_are_divided_by_region_year_and_pool(plain: dict[str, Any]) -> None:
    assert list(plain["designs"]) == ["regional", "shared", "as-today"]
    for name, design in plain["designs"].items():
        assert set(design) == {"measures", "by_region", "by_year", "by_pool"}
        assert set(design["by_region"]) == REGIONS
        assert [year["year"] for year in design["by_year"]] == [1, 2]
        pools = {"external"} if name == "as-today" else REGIONS
        assert set(design["by_pool"]) == pools
    parts = plain["designs"]["regional"]
    for measures in (parts["measures"], *parts["by_region"].values(), *parts["by_year"]):
        assert set(measures) - {"year"} == {measure.name for measure in MEASURES}
        for measure in MEASURES:
            assert set(measures[measure.name]) == ESTIMATE


@pytest.mark.unit
def test_differences_have_the_measures_of_the_whole_and_by_region_and_year(plain: dict[str, Any]) -> None:
    assert list(plain["differences"]) == ["shared - regional", "as-today - regional"]
    for measures in plain["differences"].values():
        assert set(PROMISED) <= set(measures)
        assert set(measures["admitted_per_year"]) == ESTIMATE
    by = plain["differences_by"]["shared - regional"]
    assert set(by["by_region"]) == REGIONS
    assert [year["year"] for year in by["by_year"]] == [1, 2]


@pytest.mark.unit
def test_what_is_not_known_is_null(plain: dict[str, Any]) -> None:
    unknown = plain["designs"]["as-today"]["measures"]["occupancy"]
    assert unknown == {"n": 0} | dict.fromkeys(("mean", "low", "high", "p05", "p95"))
    once = run_experiment(small(replications=1)).as_json()["designs"]["shared"]["measures"]["admitted_per_year"]
    assert once["n"] == 1
    assert once["mean"] == once["p05"] == once["p95"]
    assert once["low"] is once["high"] is None


@pytest.mark.unit
def test_estimates_stand_in_order(plain: dict[str, Any]) -> None:
    for design in plain["designs"].values():
        for estimate in design["measures"].values():
            if estimate["n"] > 1:
                assert (estimate["low"] is None) == (estimate["high"] is None)
                if estimate["low"] is not None:
                    assert estimate["low"] < estimate["mean"] < estimate["high"]
                assert estimate["p05"] <= estimate["p95"]


@pytest.mark.unit
def test_rows_are_the_known_estimates_one_a_line(results: Results, plain: dict[str, Any]) -> None:
    rows = list(results.rows())
    assert Row._fields == (
        "design", "by", "key", "measure", "unit", "n", "mean", "low", "high", "p05", "p95",
    )  # fmt: skip
    assert {row.by for row in rows} == {"all", "region", "year", "pool"}
    assert all(row.n > 0 for row in rows)
    assert len({row[:4] for row in rows}) == len(rows)
    whole = {(row.design, row.measure): row.mean for row in rows if row.by == "all"}
    for part in ("designs", "differences"):
        for name, found in plain[part].items():
            measures = found["measures"] if part == "designs" else found
            for measure, estimate in measures.items():
                assert whole.get((name, measure)) == estimate["mean"]


@pytest.mark.unit
def test_years_not_measured_are_not_in_the_results() -> None:
    later = run_experiment(small(replications=2, measure_from_year=2)).as_json()
    assert [year["year"] for year in later["designs"]["shared"]["by_year"]] == [2]
