"""Forecasts: they begin with the list, hold what the model itself plays, and are scored as they should be."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.cohort import day_of
from sim.design import build_designs
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.looks.forecast import MOST_MONTHS, forecast_places, months_after
from sim.looks.instants import count_over_time
from sim.looks.naming import find_design
from sim.looks.over_time import distributions_over_time, places_over_time
from sim.looks.past_forecasts import (
    Observation,
    ranked_probability_score,
    read_observations,
    score_forecast,
    summarise_scores,
)
from sim.scenario import Scenario, ScenarioError, find_scenario, load_scenario, scenario_values, with_values

FALSE_ALARM = 1e-6
SOME = settings(max_examples=80, deadline=None, derandomize=True)


def from_today(**words: Any) -> Scenario:
    return with_values(load_scenario(find_scenario("from-today")), {"replications": 100} | words)


def seen(date: str, living: int, place: str = "all") -> Observation:
    return Observation(dt.date.fromisoformat(date), place, living, "counts.csv", 2)


# -- looking ahead --


@pytest.mark.unit
def test_a_forecast_begins_with_the_list_and_goes_month_by_month() -> None:
    found = forecast_places(from_today(), months=14)
    assert [str(date) for date in found.dates[:3]] == ["2028-03-01", "2028-04-01", "2028-05-01"]
    assert str(found.dates[-1]) == "2029-05-01"
    assert found.over_time.day[[0, 1, -1]].tolist() == [0.0, 31.0, 426.0]
    regional = found.over_time.designs["regional"]
    assert [regional.living.p05[0], regional.living.p95[0], regional.waiting.mean[0]] == [18, 18, 3]
    assert regional.living.p05[6] < regional.living.mean[6] < regional.living.p95[6]


@pytest.mark.law
def test_a_forecast_is_places_over_time_whatever_the_horizon() -> None:
    scenario = from_today(horizon_years=3)
    found = forecast_places(scenario, months=12)
    plain = distributions_over_time(scenario, found.over_time.day).read()
    for ours, theirs in zip(found.over_time.designs.values(), plain.designs.values(), strict=True):
        np.testing.assert_array_equal(ours.living.mean, theirs.living.mean)
        np.testing.assert_array_equal(ours.waiting.p95, theirs.waiting.p95)
    assert found.over_time.replications == plain.replications == 100
    for other in (
        forecast_places(from_today(horizon_years=1, measure_from_year=1), months=12),
        forecast_places(scenario, months=12, cores=1, memory=Memory()),
    ):
        assert list(map(str, other.rows())) == list(map(str, found.rows()))  # what is not a number equals nothing
        assert other.waiting_lists == found.waiting_lists


@pytest.mark.unit
def test_rows_hold_every_design_place_and_month_once() -> None:
    scenario = from_today()
    rows = list(forecast_places(scenario, months=2).rows())
    assert len({(row.design, row.place, row.what, row.month) for row in rows}) == len(rows)
    pools = {pool.id for design in build_designs(scenario) for pool in design.pools}
    assert {row.place for row in rows} == {"all", "elsewhere"} | pools
    by_place = {row.place: row.mean for row in rows if (row.design, row.what, row.month) == ("shared", "living", 1)}
    in_pools = sum(mean for place, mean in by_place.items() if place in pools)
    assert by_place["all"] == pytest.approx(in_pools, rel=1e-12)


@pytest.mark.law
def test_the_waiting_list_is_accounted_for() -> None:
    for months in (1, 12):
        for fate in forecast_places(from_today(), months=months).waiting_lists.values():
            assert fate.n_women == 3
            assert fate.admitted + fate.stopped + fate.waiting == pytest.approx(3, abs=1e-12)
            assert min(fate.admitted, fate.stopped, fate.waiting) >= 0
    nobody = forecast_places(with_values(from_today(), {"today": []}), months=1)
    assert nobody.waiting_lists == {}
    assert nobody.over_time.designs["regional"].living.mean[0] == 0


@pytest.mark.unit
def test_with_room_for_all_who_wait_they_get_a_place_at_once() -> None:
    places = dict.fromkeys(scenario_values(from_today())["designs"][0]["places"], 30)
    roomy = from_today(**{"designs": [{"name": "roomy", "kind": "regional", "places": places}]})
    fate = forecast_places(roomy, months=1).waiting_lists["roomy"]
    assert (fate.admitted, fate.days_to_place, fate.stopped, fate.waiting) == (3, 0, 0, 0)


@pytest.mark.law
@SOME
@given(st.dates(dt.date(2000, 1, 1), dt.date(2150, 1, 1)), st.integers(0, 120))
def test_months_go_by_the_calendar(date: dt.date, months: int) -> None:
    later = months_after(date, months)
    assert (later.year - date.year) * 12 + later.month - date.month == months
    assert later.day == date.day or (later + dt.timedelta(days=1)).day == 1
    assert later.day <= date.day


@pytest.mark.unit
@pytest.mark.parametrize("months", [0, MOST_MONTHS + 1])
def test_months_have_bounds(months: int) -> None:
    with pytest.raises(ValueError, match=rf"months: 1 to 120; got {months}\."):
        forecast_places(from_today(), months=months)


# -- scoring --


@pytest.mark.law
@SOME
@given(st.lists(st.integers(0, 12), min_size=1, max_size=20), st.integers(0, 20))
def test_the_score_is_that_of_its_other_formula(foretold: list[int], observed: int) -> None:
    values = np.array(foretold)
    expected = np.abs(values - observed).mean() - np.abs(values[:, None] - values).mean() / 2
    probability = np.bincount(values) / len(values)
    assert ranked_probability_score(probability, observed) == pytest.approx(expected, abs=1e-12)


@pytest.mark.unit
def test_a_sure_forecast_is_off_by_its_distance() -> None:
    assert ranked_probability_score([0, 0, 0, 1.0], 3) == 0
    assert ranked_probability_score([0, 0, 0, 1.0], 7) == 4
    assert ranked_probability_score([1.0], 5) == 5
    assert ranked_probability_score([0.5, 0.5], 0) == 0.25


@pytest.mark.unit
def test_counts_are_held_against_the_forecast_of_their_day() -> None:
    scenario = from_today()
    counts = [
        seen("2028-03-01", 18),  # the opening day itself is not foretold
        seen("2028-04-01", 19),
        seen("2028-04-02", 1),
        seen("2028-07-15", 4, "midtjylland"),
        seen("2028-07-15", 5, "aar"),
        seen("2040-01-01", 9),
    ]
    scores = score_forecast(scenario, counts)
    assert [score.months_ahead for score in scores] == [1, 2, 5, 5]
    assert [score.is_inside for score in scores] == [True, False, True, True]
    first, far, by_pool, by_site = scores
    found = forecast_places(scenario, months=1).over_time.designs["regional"].living
    assert (first.mean, first.p05, first.p95) == (found.mean[1], found.p05[1], found.p95[1])
    assert far.crps > 10
    assert (by_pool.mean, by_pool.p95) == (by_site.mean, by_site.p95)
    assert {score.design for score in scores} == {"regional"}
    assert score_forecast(scenario, counts, design="shared")[0].mean != first.mean
    assert score_forecast(scenario, counts[:1]) == ()


@pytest.mark.unit
def test_scores_are_summed_up_by_months_ahead() -> None:
    scores = score_forecast(from_today(), [seen("2028-04-01", 19), seen("2028-03-20", 8), seen("2028-06-01", 17)])
    first, third, everything = summarise_scores(scores)
    assert [own.months_ahead for own in (first, third, everything)] == [1, 3, 0]
    assert [own.n for own in (first, third, everything)] == [2, 1, 3]
    assert first.coverage == 0.5
    assert first.bias == pytest.approx((scores[0].mean - 19 + scores[1].mean - 8) / 2)
    assert first.mean_absolute_error == pytest.approx((abs(scores[0].mean - 19) + abs(scores[1].mean - 8)) / 2)
    assert everything.crps == pytest.approx(np.mean([score.crps for score in scores]))
    assert third.expected_coverage == scores[2].inside_probability >= 0.9
    assert summarise_scores(()) == ()


@pytest.mark.theory
def test_the_band_covers_what_the_model_itself_plays() -> None:
    # The futures are played under another seed: 400 of them, at 3 and 9 months. How many lie in the band is binomial
    # with the probability the forecast gives itself, which 2,000 replications know to within 0.7 percentage points.
    scenario = from_today(replications=2000)
    dates = [months_after(scenario.start, months) for months in (3, 9)]
    days = np.array([day_of(date, start=scenario.start) for date in dates])
    other = with_values(scenario, {"seed": 99, "horizon_years": 1})
    futures = _living(other, days, blocks=8)
    for number, date in enumerate(dates):
        (score,) = score_forecast(scenario, [seen(date.isoformat(), 0)])
        inside = int(((futures[number] >= score.p05) & (futures[number] <= score.p95)).sum())
        error = np.sqrt(score.inside_probability * (1 - score.inside_probability) * (1 / 400 + 1 / 2000))
        z = stats.norm.isf(FALSE_ALARM / 4)  # two sides of two days
        assert abs(inside / 400 - score.inside_probability) < z * error
        assert abs(futures[number].mean() - score.mean) < z * futures[number].std() * np.sqrt(1 / 400 + 1 / 2000)
        assert 0.9 <= score.inside_probability < 0.99


def _living(scenario: Scenario, days: Any, *, blocks: int) -> Any:
    """Women living in the first design, of shape (n_days, n_replications)."""
    design = build_designs(scenario)[0]
    counts = []
    for block in range(blocks):
        cohort = recall_cohort(scenario, Keys(scenario), block=block, memory=Memory(0))
        ledger = play_design(design, cohort, scenario, block=block, engine="kernel", n_replications=50)
        counts.append(count_over_time(ledger, cohort, design.plan, day=days)[0])
    return np.concatenate(counts).T


@pytest.mark.law
def test_starting_full_is_foretold_otherwise_than_starting_empty() -> None:
    full, empty = (places_over_time(scenario) for scenario in (from_today(), with_values(from_today(), {"today": []})))
    living = [found.designs["regional"].living.mean for found in (full, empty)]
    assert living[0][0] == 18
    assert living[1][0] == 0
    assert (living[0] > living[1])[:13].all()  # half a year
    assert living[0][-1] - living[1][-1] < 2  # two years on, most of the list has left


# -- counts from a file --


def file_of(folder: Path, text: str) -> Path:
    (folder / "counts.csv").write_text(text, encoding="utf-8")
    return folder / "counts.csv"


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        "date,site,living\n2028-04-01,all,19\n2028-05-01,AAR,6\n2028-06-01,,0\n",
        "\ufeffDato;Sted;Bor\n01-04-2028;Alle;19\n01.05.2028;AAR;6\n1/6/2028;;0\n\n",
    ],
)
def test_counts_are_read(tmp_path: Path, text: str) -> None:
    counts = read_observations(file_of(tmp_path, text))
    assert [(str(own.date), own.place, own.living) for own in counts] == [
        ("2028-04-01", "all", 19),
        ("2028-05-01", "AAR", 6),
        ("2028-06-01", "all", 0),
    ]
    assert (counts[1].file, counts[1].row) == ("counts.csv", 3)


@pytest.mark.unit
def test_all_faults_of_the_counts_come_together(tmp_path: Path) -> None:
    text = "date,site,living\n2028-02-30,all,19\n2028-05-01,AAR,-1\n,all,5\n2028-05-01,all,\n2028-05-01,all,1.5\n"
    with pytest.raises(ScenarioError) as refused:
        read_observations(file_of(tmp_path, text))
    assert str(refused.value).splitlines() == [
        "counts.csv row 2, date: a date that exists; got '2028-02-30'. Correct the day or the month.",
        "counts.csv row 3, living: a whole number from 0; got '-1'. Write how many women lived in at the beginning of "
        "that day.",
        "counts.csv row 4, date: a date; got nothing. Write it as 2026-12-31 or 31-12-2026, with the year in full.",
        "counts.csv row 5, living: a whole number from 0; got nothing. Write how many women lived in at the beginning "
        "of that day.",
        "counts.csv row 6, living: a whole number from 0; got '1.5'. Write how many women lived in at the beginning "
        "of that day.",
    ]


@pytest.mark.unit
def test_counts_with_a_personal_number_or_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"counts.csv row 2, column 2: no personal numbers"):
        read_observations(file_of(tmp_path, "date,site,living\n2028-02-01,010190-1234,19\n"))
    with pytest.raises(ScenarioError, match=r"counts.csv: a row for each count; got none. Add rows."):
        read_observations(file_of(tmp_path, "date,living\n"))


@pytest.mark.unit
def test_a_day_counted_twice_and_more_women_than_places_are_told_row_by_row(tmp_path: Path) -> None:
    text = "date,site,living\n2028-04-01,all,19\n2028-04-01,,25\n2028-04-01,AAR,5\n"
    with pytest.raises(ScenarioError, match=r"counts.csv row 3, date: each day once for a place; got 2028-04-01 again"):
        read_observations(file_of(tmp_path, text))
    asked = from_today()
    text = "date,site,living\n2028-04-01,all,1900\n2028-04-01,,25\n2028-05-01,ODE,5\n2028-05-02,AAR,x\n"
    held_against = [(asked, find_design(asked, None))]
    with pytest.raises(ScenarioError) as refused:
        read_observations(file_of(tmp_path, text), held_against)
    assert [str(fault).partition(";")[0][:64] for fault in refused.value.faults] == [
        "counts.csv row 2, living: at most the 27 places there are",
        "counts.csv row 3, date: each day once for a place",
        "counts.csv row 4, site: a pool or site of regional: all, oestdan",
        "counts.csv row 5, living: a whole number from 0",
    ]
    with pytest.raises(ScenarioError, match=r"living: at most the 27 places there are; got 1900. Correct it, or the"):
        score_forecast(from_today(), [seen("2028-05-01", 1900)])
    with pytest.raises(ScenarioError, match=r"living: at most the 6 places there are; got 7."):
        score_forecast(from_today(), [seen("2028-05-01", 7, "AAR")])


@pytest.mark.unit
def test_counts_written_month_first_are_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(
        ScenarioError, match=r"counts.csv row 3, date: dates with the day first; got '04/15/2028', with"
    ):
        read_observations(file_of(tmp_path, "date,living\n04/01/2028,19\n04/15/2028,20\n"))


@pytest.mark.unit
def test_an_unknown_place_or_design_is_named() -> None:
    with pytest.raises(ScenarioError, match=r"counts.csv row 2, site: a pool or site of regional: all, oestdanmark"):
        score_forecast(from_today(), [seen("2028-04-01", 5, "ODE")])
    with pytest.raises(ScenarioError, match=r"designs: the name of a design: regional, shared; got 'regionl'. Did you"):
        score_forecast(from_today(), [seen("2028-04-01", 5)], design="regionl")
    pools = [{"id": name, "site": "AAR", "places": 9} for name in ("one", "two")]
    twice = from_today(today=[], designs=[{"name": "two", "kind": "pools", "pools": pools}])
    with pytest.raises(ScenarioError, match=r"site: a pool or site of two.*got 'AAR'. Name a pool."):
        score_forecast(twice, [seen("2028-04-01", 5, "AAR")])
