"""Streams have names, not turns."""

from itertools import combinations

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, changed
from scipy import stats

from sim.cohort import DAYS_PER_YEAR, draw_cohort, draw_order_marks
from sim.cohort.attributes import COURSE_STREAMS
from sim.cohort.draw import WOMAN_STREAMS
from sim.cohort.streams import REPLICATIONS_PER_BLOCK, draw_uniforms, open_stream


@pytest.mark.unit
def test_a_stream_is_the_same_whatever_was_opened_before() -> None:
    alone = open_stream("patience", 0, seed=1).random(5)
    for name in WOMAN_STREAMS:
        open_stream(name, 0, seed=1).random(3)
    np.testing.assert_array_equal(open_stream("patience", 0, seed=1).random(5), alone)


@pytest.mark.unit
def test_streams_differ_by_name_block_band_and_seed() -> None:
    streams = {
        tuple(open_stream(name, *keys, seed=seed).random(4))
        for name in ("stay", "patience", "yats")
        for keys in ((), (0,), (1,), (0, 1), (1, 0))
        for seed in (0, 1, 2**62)
    }
    assert len(streams) == 3 * 5 * 3


@pytest.mark.unit
def test_fewer_rows_are_the_beginning_of_more() -> None:
    few, many = (draw_uniforms("stay", 2, 0, seed=5, n_rows=n) for n in (10, 400))
    assert many.shape == (400, REPLICATIONS_PER_BLOCK)
    np.testing.assert_array_equal(many[:10], few)
    assert many.min() >= 0
    assert many.max() < 1


@pytest.mark.unit
def test_names_of_streams_are_distinct() -> None:
    assert len({*WOMAN_STREAMS, "gap", "mark", "year_factor"}) == len(WOMAN_STREAMS) + 3
    assert set(COURSE_STREAMS) < set(WOMAN_STREAMS)


@pytest.mark.unit
def test_order_marks_belong_to_the_pool_by_its_name() -> None:
    few, many = (draw_order_marks("aarhus", 0, seed=1, n_orders=n) for n in (3, 30))
    np.testing.assert_array_equal(many[:3], few)
    assert not np.isin(draw_order_marks("odense", 0, seed=1, n_orders=3), few).any()


@pytest.mark.golden
def test_streams_give_these_numbers_on_every_machine() -> None:
    assert open_stream("patience", 0, 0, seed=20270101).random(3).tolist() == GOLDEN["patience"]
    assert open_stream("gap", 1, 0, seed=20270101).random(3).tolist() == GOLDEN["gap"]


GOLDEN = {
    "patience": [0.20764779849910786, 0.985499146885914, 0.9143538483477038],
    "gap": [0.15219374807877806, 0.6316700863798316, 0.9402064902803055],
}


@pytest.mark.theory
def test_attributes_of_a_woman_are_independent_of_one_another() -> None:
    """Rank correlation of every pair; each is off by more than the limit with probability 1e-6 / 66."""
    scenario = changed(
        {
            "horizon_years": 10,
            "demand.loss_probability": 0,
            "demand.awareness.ramp_up_years": 0,
            "demand.gestation_at_referral_weeks": {"uniform": {"low": 8, "high": 25}},
        }
    )
    women = draw_cohort(scenario, 0)
    columns = {
        "time of year": women.referral_day % DAYS_PER_YEAR,
        "home": women.municipality,
        "gestation": women.gestation_weeks,
        "birth": women.gestation_weeks + (women.pregnancy_end_day - women.referral_day) / 7,
        "offer": women.offer_mark,
        "threshold": women.threshold,
        "household": women.household,
        "patience": women.patience_days,
        "past birth": women.waits_past_birth,
        "stay": women.stay_days,
        "early leaving": women.early_leaving_days,
        "outcome": women.outcome_mark,
    }
    ranks = stats.rankdata(np.column_stack(list(columns.values())), axis=0)
    z = np.corrcoef(ranks.T) * np.sqrt(women.n_women - 1)
    pairs = list(combinations(range(len(columns)), 2))
    limit = stats.norm.isf(FALSE_ALARM / len(pairs) / 2)
    assert [z[pair] for pair in pairs if abs(z[pair]) > limit] == []


@pytest.mark.theory
def test_neighbouring_women_are_independent_of_one_another() -> None:
    women = draw_cohort(changed({"horizon_years": 10}), 0)
    names = ("threshold", "patience_days", "offer_mark", "gestation_weeks")
    limit = stats.norm.isf(FALSE_ALARM / len(names) / 2)
    for name in names:
        ranks = stats.rankdata(getattr(women, name))
        z = np.corrcoef(ranks[1:], ranks[:-1])[0, 1] * np.sqrt(women.n_women - 2)
        assert abs(z) < limit, name
