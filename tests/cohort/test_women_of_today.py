"""Women who are there on the opening day: known things stay, unknown ones are drawn given what is known."""

from typing import Any

import numpy as np
import pytest
from drawn_women import FALSE_ALARM, PLAIN, replication_of, rows_of
from scipy import stats

from sim.cohort import ALONE, REPLICATIONS_PER_BLOCK, WITH_CHILDREN, Cohort, acceptance_probability, draw_cohort
from sim.cohort.distributions import probability_below
from sim.cohort.today import with_women_of_today
from sim.cohort.women import residents_of
from sim.geography import load_municipalities
from sim.scenario import Scenario, with_values

BLOCKS = 8
N = BLOCKS * REPLICATIONS_PER_BLOCK

PREGNANT = {"municipality": "0751", "admitted": "2026-11-12", "site": "AAR", "gestation_week": 20}  # 50 days ago
MOTHER = {"municipality": "0851", "referred": "2026-08-01", "admitted": "2026-08-14", "birth": "2026-10-03"} | {
    "site": "AAL"
}
LATE = {"municipality": "0101", "referred": "2026-12-12", "due": "2027-03-12", "household": "children"}
EARLY = {"municipality": "0461", "referred": "2026-12-02", "gestation_week": 10, "site": "KOL"}  # 30 days ago
TODAY = [LATE, PREGNANT, MOTHER, EARLY]
FIRST, SECOND, THIRD, FOURTH = range(4)
"""In the cohort: pregnant, mother (who live in, as listed), early, late (who wait, by referral)."""


def scenario_of(*women: dict[str, Any], **words: Any) -> Scenario:
    return with_values(PLAIN, {"today": list(women)} | words)


def drawn(*women: dict[str, Any], blocks: int = 1, **words: Any) -> Any:
    """Each attribute of the women of today, of shape (n_women, n_replications)."""
    scenario = scenario_of(*women, **words)
    cohorts = [draw_cohort(scenario, block) for block in range(blocks)]
    found = {}
    for name in Cohort._fields[1:]:
        of_blocks = [
            np.stack([getattr(cohort, name)[first : first + len(women)] for first in cohort.first[:-1]], axis=1)
            for cohort in cohorts
        ]
        found[name] = np.concatenate(of_blocks, axis=1)
    return type("Drawn", (), found)


def fits(values: Any, distribution: Any, *, floor: float) -> None:
    """Test that values follow a distribution given that they lie above a floor (Kolmogorov-Smirnov)."""
    below = float(probability_below(distribution, np.array([floor]))[0])

    def given_above(x: Any) -> Any:
        return (probability_below(distribution, np.asarray(x, dtype=np.float64)) - below) / (1 - below)

    assert stats.kstest(values, given_above).pvalue > FALSE_ALARM


# -- who they are --


@pytest.mark.unit
def test_they_come_first_in_every_replication_and_nobody_else_is_moved() -> None:
    scenario = scenario_of(*TODAY)
    cohort, others = draw_cohort(scenario, 1), draw_cohort(PLAIN, 1)
    places = load_municipalities().code
    is_here = cohort.referral_day < 0
    for start in cohort.first[:-1]:
        assert is_here[start : start + 4].all()
        homes = [places[home] for home in cohort.municipality[start : start + 4]]
        assert homes == ["0751", "0851", "0461", "0101"]
    assert is_here.sum() == 4 * REPLICATIONS_PER_BLOCK
    np.testing.assert_array_equal(np.diff(cohort.first), np.diff(others.first) + 4)
    np.testing.assert_array_equal(rows_of(cohort)[~is_here], rows_of(others))
    assert [woman.site for woman in residents_of(scenario)] == ["AAR", "AAL"]


@pytest.mark.unit
def test_without_a_list_the_cohort_is_the_same_object() -> None:
    cohort = draw_cohort(PLAIN, 0)
    assert with_women_of_today(cohort, PLAIN, 0) is cohort


@pytest.mark.unit
def test_what_is_known_is_the_same_in_every_replication() -> None:
    women = drawn(*TODAY)
    assert (women.referral_day[[FIRST, SECOND, THIRD, FOURTH]] == [[-50.0], [-153.0], [-30.0], [-20.0]]).all()
    assert (women.pregnancy_end_day[SECOND] == -90.0).all()
    assert not women.is_lost[SECOND].any()
    assert women.waits_past_birth[SECOND].all()
    assert (women.household[FOURTH] == WITH_CHILDREN).all()
    assert set(women.household[THIRD]) == {0, 1, 2}
    np.testing.assert_allclose(women.gestation_weeks[[FIRST, THIRD, FOURTH], 0], [20, 10, 40 - 90 / 7])
    assert not women.offer_mark.any()


@pytest.mark.unit
def test_who_was_referred_on_the_opening_day_was_there_before_it() -> None:
    women = drawn({**EARLY, "referred": "2027-01-01"})
    assert (women.referral_day < 0).all()
    assert (women.referral_day > -1e-5).all()


@pytest.mark.law
def test_a_row_at_the_end_moves_nobody_on_the_list() -> None:
    few, many = (rows_of(draw_cohort(scenario_of(*women), 0)) for women in (TODAY[:3], [*TODAY[:3], EARLY]))
    known = {row.tobytes() for row in many}
    assert all(row.tobytes() in known for row in few)
    assert len(many) == len(few) + REPLICATIONS_PER_BLOCK


@pytest.mark.law
def test_days_lie_where_the_engines_expect_them() -> None:
    shortest = {"waiting.patience_days": {"uniform": {"low": 0, "high": 25}}, "demand.birth_week.normal.high": 27}
    for words in ({}, shortest):
        women = drawn(*TODAY, **words)
        assert (women.referral_day + women.patience_days >= 0)[THIRD:].all()
        assert (women.early_leaving_days >= 0).all()
        assert (women.pregnancy_end_day[[FIRST, THIRD, FOURTH]] >= 0).all()
        assert (women.stay_days >= 0).all()


# -- given what is known --


@pytest.mark.theory
def test_who_lives_in_leaves_as_if_she_had_been_followed_from_her_admission() -> None:
    women = drawn(*TODAY, blocks=BLOCKS)
    early = PLAIN.stay.early_leaving_days
    fits(women.early_leaving_days[FIRST] + 50, early, floor=50)
    fits(women.early_leaving_days[SECOND] + 140, early, floor=140)
    fits(women.early_leaving_days[THIRD], early, floor=0)
    fits(women.stay_days[SECOND] + 90, PLAIN.stay.days, floor=90)  # since birth, which came after admission
    is_lost = women.is_lost[FIRST]
    assert (women.stay_days[FIRST][is_lost] == PLAIN.stay.after_loss_days).all()
    fits(women.stay_days[FIRST][~is_lost], PLAIN.stay.days, floor=0)


@pytest.mark.theory
def test_anchored_at_admission_the_whole_stay_has_run_since_then() -> None:
    stay = {"stay.anchor": "admission", "stay.days": {"exponential": {"mean": 80}}}
    women = drawn(*TODAY, blocks=BLOCKS, **stay)
    scenario = with_values(PLAIN, stay)
    fits(women.stay_days[FIRST], scenario.stay.days, floor=0)  # without memory
    fits(women.stay_days[SECOND] + 140, scenario.stay.days, floor=140)


@pytest.mark.theory
def test_who_waits_has_had_the_patience_until_now() -> None:
    women = drawn(*TODAY, blocks=BLOCKS)
    patience = PLAIN.waiting.patience_days
    fits(women.patience_days[THIRD], patience, floor=30)
    fits(women.patience_days[FOURTH], patience, floor=20)


@pytest.mark.theory
def test_birth_comes_after_the_week_she_is_in() -> None:
    women = drawn(LATE, {**LATE, "due": "2027-01-12"}, blocks=BLOCKS)
    for number, week_now in enumerate((30.0, 40 - 11 / 7)):
        fits(week_now + women.pregnancy_end_day[number] / 7, PLAIN.demand.birth_week, floor=week_now)


@pytest.mark.theory
def test_a_loss_is_as_likely_as_what_is_left_of_its_time() -> None:
    women = drawn(EARLY, blocks=BLOCKS, **{"demand.loss_probability": 0.6})
    week_now = 10 + 30 / 7
    left = (22 - week_now) / (22 - 10)
    expected = 0.6 * left / (1 - 0.6 * (1 - left))
    is_lost = women.is_lost[0]
    assert stats.binomtest(int(is_lost.sum()), N, expected).pvalue > FALSE_ALARM
    share_of_time = women.pregnancy_end_day[0][is_lost] / (7 * (22 - week_now))
    assert stats.kstest(share_of_time, "uniform").pvalue > FALSE_ALARM


@pytest.mark.theory
def test_who_waits_has_said_yes_to_a_place() -> None:
    women = drawn(*TODAY, blocks=BLOCKS)
    acceptance = PLAIN.acceptance
    near = float(acceptance_probability(acceptance, 0.0, is_family=True))
    assert stats.kstest(women.threshold[FOURTH] / near, "uniform").pvalue > FALSE_ALARM
    alone = women.household[THIRD] == ALONE
    # From Odense to Kolding it is farther than the free minutes, so she has said yes to more than a place near by.
    bound = women.threshold[THIRD][alone].max()
    assert 0.9 * bound < bound < acceptance.base


@pytest.mark.unit
def test_a_planned_end_is_kept_whenever_the_child_is_born() -> None:
    planned = {**PREGNANT, "planned_end": "2027-01-31"}
    women = drawn(planned, {**MOTHER, "planned_end": "2027-01-31"})
    ends = np.maximum(women.pregnancy_end_day, 0) + women.stay_days
    assert (ends == 30.0).all()
    assert (women.pregnancy_end_day[0] > 30).any()
    at_admission = drawn(planned, **{"stay.anchor": "admission"})
    assert (at_admission.stay_days == 30.0).all()


@pytest.mark.unit
def test_who_has_been_there_longer_than_any_plan_leaves_at_once() -> None:
    women = drawn({**MOTHER, "birth": "2025-12-01", "referred": "2025-11-01", "admitted": "2025-11-10"})
    assert (women.stay_days == 0).all()


@pytest.mark.unit
def test_blocks_and_seeds_draw_other_women() -> None:
    scenario = scenario_of(*TODAY)
    cohorts = [draw_cohort(scenario, 0), draw_cohort(scenario, 1), draw_cohort(with_values(scenario, {"seed": 1}), 0)]
    stays = [cohort.early_leaving_days[cohort.first[:-1]] for cohort in cohorts]
    assert len(np.unique(np.concatenate(stays))) == 3 * REPLICATIONS_PER_BLOCK
    assert len(np.unique(replication_of(cohorts[0]))) == REPLICATIONS_PER_BLOCK
