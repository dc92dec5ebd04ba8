"""Numbers as people read them: a unit, as many decimals as there is something to tell, and the same on both sides."""

import math

import pytest
from invented_results import comparison

from dashboard.say.measure_words import (
    BETTER,
    NO_ESTIMATE,
    UNIT_OF,
    Estimate,
    estimate_of,
    measure_label,
    raw_unit,
    scale_of,
    unit_beside,
    with_one_stop,
    write_alike,
    write_bare,
    write_estimate,
    write_interval,
    write_spread,
)
from sim.findings import write_value
from sim.texts import LANGUAGES, load_texts

DA, EN = load_texts("da"), load_texts("en")
NAN = math.nan


def known(mean: float, low: float = NAN, high: float = NAN) -> Estimate:
    return Estimate(10, mean, low, high, low - 1, high + 1)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("measure", "estimate", "da", "en"),
    [
        ("admitted_per_year", known(25.31, 25.21, 25.44), "25,3 kvinder om året", "25.3 women a year"),
        ("occupancy", known(0.6101, 0.58, 0.63), "61,0\xa0%", "61.0%"),
        ("occupancy", known(0.6101, 0.6095, 0.6108), "61,0\xa0%", "61.0%"),
        ("refused_share", known(0.038, 0.03, 0.05), "3,8\xa0%", "3.8%"),
        ("wait_days_mean", known(3.76), "3,8 dage", "3.8 days"),
        ("travel_minutes_mean", known(51.2), "51,2 minutter", "51.2 minutes"),
        ("cost_per_year", known(44.63e6), "44,63 mio. kr. om året", "44.63 million DKK a year"),
        ("cost_per_admitted", known(1.768e6), "1,77 mio. kr.", "1.77 million DKK"),
        ("cost_per_admitted", known(352_260, 346_398, 358_212), "352.000 kr.", "352,000 DKK"),
        ("cost_per_occupied_day", known(5_512), "5.512 kr.", "5,512 DKK"),
        ("staff_years", known(67.5), "67,5 årsværk", "67.5 posts"),
        ("wait_days_mean", NO_ESTIMATE, "–", "–"),
    ],
)
def test_a_number_has_its_unit(measure: str, estimate: Estimate, da: str, en: str) -> None:
    assert write_estimate(estimate, measure, DA) == da
    assert write_estimate(estimate, measure, EN) == en


@pytest.mark.unit
@pytest.mark.parametrize(
    ("measure", "estimate", "mean", "interval"),
    [
        ("admitted_per_year", known(2.37, 2.33, 2.41), "+2,4 kvinder om året", "+2,3 til +2,4"),
        ("admitted_per_year", known(-0.117, -0.19, -0.04), "-0,1 kvinder om året", "-0,19 til -0,04"),
        ("occupancy", known(0.058, 0.056, 0.0594), "+5,8 procentpoint", "+5,6 til +5,9"),
        ("wait_days_mean", known(0.0, -0.1, 0.1), "0,0 dage", "-0,1 til +0,1"),
        ("cost_per_year", known(-40.36e6, -40.42e6, -40.30e6), "-40,36 mio. kr. om året", "-40,42 til -40,30"),
    ],
)
def test_a_difference_has_a_sign(measure: str, estimate: Estimate, mean: str, interval: str) -> None:
    assert write_estimate(estimate, measure, DA, is_difference=True) == mean
    assert write_interval(estimate, measure, DA, is_difference=True) == interval


@pytest.mark.unit
def test_the_ends_of_an_interval_never_read_alike_nor_as_nothing_unless_they_are() -> None:
    assert write_interval(known(36.24, 36.11, 36.37), "travel_minutes_mean", DA) == "36,1 til 36,4"
    assert write_interval(known(120, 120, 120), "travel_minutes_mean", DA) == "120,0 til 120,0"
    assert write_interval(known(0.2, 0.04, 0.36), "admitted_per_year", DA) == "0,04 til 0,36"
    assert write_interval(NO_ESTIMATE, "admitted_per_year", DA) == "–"
    assert write_spread(known(36.2, 30, 40), "travel_minutes_mean", DA) == "29,0 til 41,0"
    assert write_bare(known(36.24, 36.11, 36.37), "travel_minutes_mean", EN) == "36.2"


@pytest.mark.unit
def test_numbers_on_one_axis_are_written_alike() -> None:
    assert write_alike([known(0.612), known(0.038)], "occupancy", DA) == ["61,2\xa0%", "3,8\xa0%"]
    assert write_alike([known(0.612), known(0.0)], "occupancy", DA) == ["61,2\xa0%", "0,0\xa0%"]
    assert write_alike([known(3.8), known(42.0), NO_ESTIMATE], "wait_days_mean", DA) == ["3,8", "42,0", "–"]
    assert write_alike([known(44.6e6), known(4.28e6)], "cost_per_year", DA) == ["44,60", "4,28"]
    assert write_alike([known(0.3e6), known(0.2e6)], "cost_per_admitted", DA) == ["300.000", "200.000"]
    assert write_alike([], "occupancy", DA) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("measure", "mean"),
    [("occupancy", 0.117), ("wait_days_mean", 41.96), ("admitted_per_year", 25.25), ("cost_per_year", 44.636e6)],
)
def test_a_number_is_the_same_in_a_table_a_tip_and_a_sentence(measure: str, mean: float) -> None:
    for texts in (DA, EN):
        one = known(mean, mean * 0.9999, mean * 1.0001)
        (alone,), (beside, _) = write_alike([one], measure, texts), write_alike([one, known(mean / 30)], measure, texts)
        number = alone.rstrip("%\xa0")
        assert beside == alone
        assert write_estimate(one, measure, texts).startswith(number)
        assert write_bare(one, measure, texts) == number
        assert write_value(mean, measure, texts).startswith(number)


@pytest.mark.unit
def test_a_unit_stands_once() -> None:
    for language in LANGUAGES:
        texts = load_texts(language)
        for measure in ("admitted_per_year", "cost_per_year", "wait_days_mean", "cost_per_admitted"):
            label, scale = measure_label(measure, texts), scale_of(measure, texts)
            beside = unit_beside(label, scale, texts)
            assert beside == {
                "da": {"cost_per_year": "mio. kr.", "cost_per_admitted": "mio. kr.", "wait_days_mean": "dage"},
                "en": {"cost_per_year": "million DKK", "cost_per_admitted": "million DKK", "wait_days_mean": "days"},
            }[language].get(measure, "")
    assert raw_unit("cost_per_year", DA) == "kr. om året"
    assert raw_unit("occupancy", DA) == "andel (0-1)"
    assert with_one_stop("Det koster 2 mio. kr..") == "Det koster 2 mio. kr."


@pytest.mark.unit
def test_an_estimate_is_found_by_what_it_is_about() -> None:
    own = comparison({"occupancy": (0.6, 0.5, 0.7), ("occupancy", "region", "nordjylland"): (0.4, 0.3, 0.5, 0.1, 0.9)})
    assert estimate_of(own, "occupancy")[:4] == (100, 0.6, 0.5, 0.7)
    assert estimate_of(own, "occupancy", by="region", key="nordjylland") == (100, 0.4, 0.3, 0.5, 0.1, 0.9)
    assert estimate_of(own, "occupancy", by="region", key="sjaelland").n == 0
    assert estimate_of(own, "occupancy", by="pool", key="nowhere") is NO_ESTIMATE


@pytest.mark.unit
@pytest.mark.parametrize(
    ("low", "high", "is_sure"),
    [(0.1, 0.2, True), (-0.2, -0.1, True), (-0.1, 0.1, False), (0, 0.1, False), (NAN, NAN, False)],
)
def test_a_direction_is_sure_if_the_interval_leaves_out_0(low: float, high: float, is_sure: bool) -> None:
    assert known((low + high) / 2, low, high).is_sure is is_sure


@pytest.mark.unit
def test_better_and_worse_are_said_of_measures_there_are() -> None:
    assert set(BETTER) <= set(UNIT_OF)
    assert set(BETTER.values()) == {1, -1}
    assert not {"occupancy", "cost_per_year"} & set(BETTER)
