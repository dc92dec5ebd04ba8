"""Common random numbers: a changed parameter changes what it is about and leaves the women as they were."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from drawn_women import PLAIN, changed, changed_attributes, drawn, only_adds, replication_of, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cohort import ALONE, REPLICATIONS_PER_BLOCK, draw_cohort, year_starts
from sim.geography import REGION_MAPS, load_municipalities

START = dt.date(2027, 1, 1)
"""Opening day of a scenario that names none."""

SOME = settings(max_examples=25, deadline=None, derandomize=True)
NEEDS = st.floats(0, 260) | st.sampled_from([0.0, 75.0, 99.9, 100.0, 100.1, 180.0, 200.0])
SHARES = st.floats(0, 1)
SURROUNDINGS = st.fixed_dictionaries(
    {
        "demand.trend_per_year": st.sampled_from([0.0, 0.02, 0.4, -0.2]),
        "demand.year_variation": st.sampled_from([0.0, 0.3, 0.8]),
        "demand.awareness.start": SHARES,
        "demand.awareness.ramp_up_years": st.sampled_from([0.0, 0.5, 2.0, 5.0]),
    }
)


# -- more need only adds women --


@pytest.mark.law
@SOME
@given(st.tuples(NEEDS, NEEDS).map(sorted), SURROUNDINGS)
def test_more_need_only_adds_women_and_less_only_removes(needs: list[float], surroundings: dict[str, Any]) -> None:
    few, many = (drawn(surroundings | {"demand.need_per_year": need}) for need in needs)
    assert only_adds(few, many)


@pytest.mark.law
@pytest.mark.parametrize(("low", "high"), [(75, 180), (99.9, 100.1), (100, 200), (75, 350)])
def test_more_need_only_adds_women_across_a_band_of_a_hundred(low: float, high: float) -> None:
    few, many = (drawn({"demand.need_per_year": need}) for need in (low, high))
    assert only_adds(few, many)
    assert few.n_women < many.n_women


@pytest.mark.law
@pytest.mark.parametrize(
    ("path", "low", "high"),
    [
        ("demand.found_share", 0.4, 0.9),
        ("demand.awareness.start", 0.1, 0.7),
        ("demand.trend_per_year", 0.01, 0.3),
        ("demand.trend_per_year", -0.2, 0.0),
    ],
)
def test_whatever_else_raises_referrals_only_adds_women(path: str, low: float, high: float) -> None:
    few, many = (drawn({"demand.need_per_year": 150, path: value}) for value in (low, high))
    assert only_adds(few, many)
    assert few.n_women < many.n_women


@pytest.mark.law
def test_a_shorter_ramp_up_only_adds_women() -> None:
    slow, quick = (drawn({"demand.awareness.ramp_up_years": years}) for years in (2.5, 0.5))
    assert only_adds(slow, quick)


@pytest.mark.law
def test_a_share_found_is_the_same_as_so_much_less_need() -> None:
    hidden = drawn({"demand.need_per_year": 120, "demand.found_share": 0.5})
    np.testing.assert_array_equal(rows_of(hidden), rows_of(drawn({"demand.need_per_year": 60})))


@pytest.mark.law
def test_a_view_of_need_is_the_same_as_its_number() -> None:
    view = drawn({"demand.view": "need_sbst_80_100"})
    np.testing.assert_array_equal(rows_of(view), rows_of(drawn({"demand.need_per_year": 90})))


@pytest.mark.unit
def test_no_need_is_nobody() -> None:
    cohort = drawn({"demand.need_per_year": 0})
    assert cohort.n_women == 0
    assert cohort.n_replications == REPLICATIONS_PER_BLOCK


@pytest.mark.unit
def test_women_stand_in_order_of_referral_within_the_horizon() -> None:
    cohort = drawn({"demand.need_per_year": 250, "demand.year_variation": 0.5})
    assert cohort.referral_day.min() >= 0
    assert cohort.referral_day.max() < year_starts(START, 3)[-1]
    gaps = np.diff(cohort.referral_day)[np.diff(replication_of(cohort)) == 0]
    assert gaps.min() >= 0


# -- one attribute at a time --

REGIONAL = {
    "hovedstaden": 0.2,
    "sjaelland": 0.2,
    "syddanmark": 0.2,
    "midtjylland": 0.2,
    "nordjylland": 0.2,
}
ONE_AT_A_TIME = [
    ("waiting.patience_days", {"exponential": {"mean": 90}}, {"patience_days"}),
    ("waiting.patience_days", {"gamma": {"mean": 66, "sd": 30}}, {"patience_days"}),
    ("waiting.patience_days", "none", {"patience_days"}),
    ("waiting.past_birth_share", 0.8, {"waits_past_birth"}),
    ("stay.days", {"uniform": {"low": 200, "high": 500}}, {"stay_days"}),
    ("stay.days", {"empirical": {"values": [30, 90, 400]}}, {"stay_days"}),
    ("stay.after_loss_days", 30, {"stay_days"}),
    ("stay.anchor", "admission", {"stay_days"}),
    ("stay.early_leaving_days", {"weibull": {"shape": 0.6, "scale": 900}}, {"early_leaving_days"}),
    ("stay.early_leaving_days", "none", {"early_leaving_days"}),
    ("demand.household", {"alone": 0.6, "partner": 0.3, "children": 0.1}, {"household"}),
    ("demand.regional_shares", "births", {"municipality"}),
    ("demand.regional_shares", REGIONAL, {"municipality"}),
    (
        "demand.birth_week",
        {"normal": {"mean": 37, "sd": 2, "low": 26, "high": 42}},
        {"pregnancy_end_day"},
    ),
    ("demand.loss_probability", 0.3, {"is_lost", "pregnancy_end_day", "stay_days"}),
    (
        "demand.gestation_at_referral_weeks",
        {"normal": {"mean": 24, "sd": 7, "low": 8, "high": 38}},
        {"gestation_weeks", "is_lost", "pregnancy_end_day", "stay_days"},
    ),
]


@pytest.mark.law
@pytest.mark.parametrize(("path", "value", "touched"), ONE_AT_A_TIME)
def test_a_changed_attribute_leaves_all_others_exactly_as_they_were(
    path: str, value: object, touched: set[str]
) -> None:
    assert changed_attributes(drawn({}), drawn({path: value})) == touched


@pytest.mark.law
@pytest.mark.parametrize(
    "changes",
    [
        {"acceptance.base": 0.9},
        {"acceptance.decay_per_hour": 2},
        {"acceptance.family_odds_ratio": 5},
        {"demand.offered_share": 0.1},
        {"travel.detour": 2},
        {"economics.financing": "municipal"},
        {"measures.minimum_volume": 3},
        {"replications": 60},
        {"start": "2029-05-01"},
        {"measure_from_year": 2},
        {"name": "another", "title": "Another"},
        {"designs": [{"name": "shared", "kind": "shared"}, {"name": "own", "kind": "local"}]},
    ],
)
def test_whatever_is_not_about_the_women_leaves_them_alone(changes: dict[str, Any]) -> None:
    np.testing.assert_array_equal(rows_of(drawn({})), rows_of(drawn(changes)))


@pytest.mark.law
def test_a_higher_probability_of_loss_only_adds_losses_and_touches_nobody_else() -> None:
    rare, common = (drawn({"demand.loss_probability": p}) for p in (0.1, 0.3))
    assert not (rare.is_lost & ~common.is_lost).any()
    same = rare.is_lost == common.is_lost
    assert 0 < (~same).sum() < rare.n_women / 4
    np.testing.assert_array_equal(rows_of(rare)[same], rows_of(common)[same])
    assert (common.stay_days[~same] == 14).all()
    assert (common.pregnancy_end_day[~same] < rare.pregnancy_end_day[~same]).all()


@pytest.mark.law
def test_another_week_of_birth_leaves_lost_pregnancies_as_they_were() -> None:
    before = drawn({})
    after = drawn({"demand.birth_week": {"normal": {"mean": 37, "sd": 1, "low": 26, "high": 42}}})
    lost = before.is_lost
    np.testing.assert_array_equal(before.pregnancy_end_day[lost], after.pregnancy_end_day[lost])


@pytest.mark.law
def test_days_after_a_loss_are_the_stay_of_lost_pregnancies_only_and_only_when_anchored_at_birth() -> None:
    short, long = (drawn({"stay.after_loss_days": days}) for days in (10, 40))
    lost = short.is_lost
    assert lost.any()
    assert (short.stay_days[lost] == 10).all()
    assert (long.stay_days[lost] == 40).all()
    np.testing.assert_array_equal(short.stay_days[~lost], long.stay_days[~lost])
    by_admission = drawn({"stay.anchor": "admission", "stay.after_loss_days": 40})
    np.testing.assert_array_equal(by_admission.stay_days[~lost], short.stay_days[~lost])
    assert by_admission.stay_days[lost].min() > 40


@pytest.mark.law
def test_gestation_moves_stays_only_of_women_whose_loss_it_decides() -> None:
    before = drawn({})
    after = drawn({"demand.gestation_at_referral_weeks": {"normal": {"mean": 23, "sd": 7, "low": 8, "high": 38}}})
    moved = before.stay_days != after.stay_days
    assert moved.any()
    np.testing.assert_array_equal(moved, before.is_lost != after.is_lost)


# -- a mean moves each woman a little --

ALWAYS_BEFORE_BIRTH = {
    "demand.gestation_at_referral_weeks": {"normal": {"mean": 22, "sd": 7, "low": 8, "high": 25}},
    "demand.loss_probability": 0,
}
"""Nobody is referred so late that she might have given birth before: see the note in `quantile_above`."""


def pregnancy_days(cohort: Any) -> Any:
    return cohort.pregnancy_end_day - cohort.referral_day


@pytest.mark.law
@pytest.mark.parametrize(
    ("path", "low", "high", "attribute"),
    [
        (
            "waiting.patience_days",
            {"exponential": {"mean": 66}},
            {"exponential": {"mean": 70}},
            "patience_days",
        ),
        (
            "waiting.patience_days",
            {"lognormal": {"mean": 66, "sd": 30}},
            {"lognormal": {"mean": 70, "sd": 30 * 70 / 66}},  # with sd kept, the longest would grow shorter
            "patience_days",
        ),
        (
            "stay.days",
            {"uniform": {"low": 183, "high": 365}},
            {"uniform": {"low": 190, "high": 372}},
            "stay_days",
        ),
        ("stay.days", {"gamma": {"mean": 300, "sd": 90}}, {"gamma": {"mean": 310, "sd": 93}}, "stay_days"),
        (
            "stay.early_leaving_days",
            {"weibull": {"shape": 0.46, "scale": 1580}},
            {"weibull": {"shape": 0.46, "scale": 1650}},
            "early_leaving_days",
        ),
        (
            "demand.gestation_at_referral_weeks",
            {"normal": {"mean": 22, "sd": 7, "low": 8, "high": 25}},
            {"normal": {"mean": 22.3, "sd": 7, "low": 8, "high": 25}},
            "gestation_weeks",
        ),
        (
            "demand.birth_week",
            {"normal": {"mean": 38.5, "sd": 2, "low": 26, "high": 42}},
            {"normal": {"mean": 38.6, "sd": 2, "low": 26, "high": 42}},
            "pregnancy_days",
        ),
        (
            "demand.birth_week",
            {"triangular": {"low": 26, "mode": 39, "high": 42}},
            {"triangular": {"low": 26, "mode": 39.2, "high": 42}},
            "pregnancy_days",
        ),
    ],
)
def test_a_higher_mean_moves_every_woman_up_a_little(path: str, low: Any, high: Any, attribute: str) -> None:
    before, after = (
        pregnancy_days(cohort) if attribute == "pregnancy_days" else getattr(cohort, attribute)
        for cohort in (drawn(ALWAYS_BEFORE_BIRTH | {path: value}) for value in (low, high))
    )
    moved = after - before
    assert moved.min() >= 0
    assert (moved > 0).mean() > 0.99
    assert (moved <= 0.1 * before + 0.5).all()


@pytest.mark.law
def test_higher_shares_move_women_one_way() -> None:
    low, high = (drawn({"waiting.past_birth_share": share}) for share in (0.4, 0.45))
    assert not (low.waits_past_birth & ~high.waits_past_birth).any()
    few, many = (
        drawn({"demand.household": {"alone": alone, "partner": 0.35, "children": 0.65 - alone}})
        for alone in (0.45, 0.5)
    )
    assert (many.household <= few.household).all()
    assert not ((few.household == ALONE) & (many.household != ALONE)).any()


@pytest.mark.law
def test_a_share_moved_between_two_neighbouring_regions_leaves_the_women_of_the_others_at_home() -> None:
    region = load_municipalities().region_index("five")
    regions = REGION_MAPS["five"]
    shares = dict(zip(regions, (0.35, 0.13, 0.20, 0.22, 0.10), strict=True))
    before = drawn({"demand.regional_shares": shares})
    after = drawn({"demand.regional_shares": shares | {"hovedstaden": 0.36, "sjaelland": 0.12}})
    was, is_now = region[before.municipality], region[after.municipality]
    elsewhere = ~np.isin(was, (0, 1))
    np.testing.assert_array_equal(before.municipality[elsewhere], after.municipality[elsewhere])
    assert set(zip(was[was != is_now], is_now[was != is_now], strict=True)) == {(1, 0)}
    assert 0.005 < (was != is_now).mean() < 0.015  # one woman of a hundred


# -- replications, horizon, seed --


@pytest.mark.law
def test_blocks_do_not_depend_on_what_was_drawn_before() -> None:
    first, second = draw_cohort(PLAIN, 0), draw_cohort(PLAIN, 1)
    np.testing.assert_array_equal(rows_of(draw_cohort(PLAIN, 1)), rows_of(second))
    np.testing.assert_array_equal(rows_of(draw_cohort(PLAIN, 0)), rows_of(first))
    assert np.intersect1d(first.threshold, second.threshold).size == 0


@pytest.mark.law
@pytest.mark.parametrize("block", [0, 3])
def test_more_replications_change_no_earlier_one(block: int) -> None:
    few, many = (draw_cohort(changed({"replications": n}), block) for n in (60, 1000))
    np.testing.assert_array_equal(rows_of(few), rows_of(many))


@pytest.mark.law
def test_some_replications_of_a_cohort_are_the_same_women() -> None:
    cohort = draw_cohort(PLAIN, 0)
    some = cohort.replications(7, 12)
    rows = rows_of(cohort)
    is_some = (rows[:, 0] >= 7) & (rows[:, 0] < 12)
    np.testing.assert_array_equal(rows_of(some)[:, 1:], rows[is_some][:, 1:])
    assert some.n_replications == 5
    assert some.n_women == is_some.sum()


@pytest.mark.law
@SOME
@given(st.integers(1, 4), st.integers(1, 5), SURROUNDINGS)
def test_a_longer_horizon_changes_nothing_before(years: int, further: int, surroundings: dict[str, Any]) -> None:
    short, long = (drawn(surroundings | {"horizon_years": n}) for n in (years, years + further))
    rows = rows_of(long)
    np.testing.assert_array_equal(rows[long.referral_day < year_starts(START, years)[-1]], rows_of(short))


@pytest.mark.law
def test_another_seed_changes_everything() -> None:
    one, other = (drawn({"seed": seed}) for seed in (1, 2))
    assert not {row.tobytes() for row in rows_of(one)[:, 1:]} & {row.tobytes() for row in rows_of(other)[:, 1:]}
    for name in ("gestation_weeks", "offer_mark", "threshold", "outcome_mark"):
        assert np.intersect1d(getattr(one, name), getattr(other, name)).size == 0
