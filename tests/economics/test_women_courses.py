"""What each woman's course costs: against a slow twin, and against the published courses."""

from typing import Any

import numpy as np
import pytest
from costed import Costed, cost_all
from slow_twin import YEAR, course_of

from sim.cohort import Cohort
from sim.economics import PUBLISHED_ECONOMICS, cost_courses, prices_of
from sim.economics.care import (
    care_after_stay,
    care_outside,
    care_without_stay,
    cost_stays,
    milestones_of,
    rates_of,
)
from sim.economics.without_places import without_places
from sim.engine import OUTCOMES
from sim.engine.ledger import empty_ledger
from sim.scenario import Economics

WORDS: tuple[dict[str, Any], ...] = (
    {},
    {"discount_rate": 0, "place_price": "ordinary", "coordinated_share": 0.2},
    {"price_year": 2022, "place_price": 4000, "external_price": 7000, "ambulatory_in_stay": True},
)


def women_of(costed: Costed) -> list[dict[str, Any]]:
    """Each woman as the twin wants her; who is in stay leaves as drawn for her."""
    cohort, ledger, women = costed.cohort, costed.ledger, []
    for her in range(cohort.n_women):
        referral = cohort.referral_day[her]
        pregnancy_end = cohort.pregnancy_end_day[her]
        woman = {
            "pregnancy_end": pregnancy_end - referral,
            "is_lost": bool(cohort.is_lost[her]),
            "mark": cohort.outcome_mark[her],
            "admission": None,
        }
        if ledger.pool[her] >= 0:
            admission = ledger.admission_day[her]
            planned = max(admission, pregnancy_end) + cohort.stay_days[her]
            own_accord = admission + cohort.early_leaving_days[her]
            woman |= {
                "admission": admission - referral,
                "discharge": min(planned, own_accord) - referral,
                "is_completed": own_accord >= planned,
                "is_bought": ledger.pool[her] == len(costed.design.pools),
            }
        women.append(woman)
    return women


@pytest.mark.parity
@pytest.mark.parametrize("words", WORDS)
def test_courses_are_those_of_the_slow_twin(words: dict[str, Any]) -> None:
    for costed in cost_all(**words):
        economics, prices = costed.scenario.economics, prices_of(costed.scenario.economics)
        without = without_places(costed.cohort, costed.scenario)
        stays = cost_stays(costed.ledger, costed.cohort, costed.design, costed.scenario, without.when)
        twins = [course_of(woman, prices, economics) for woman in women_of(costed)]
        care, is_treated = without.care / 100, without.is_treated.copy()
        care[stays.her], is_treated[stays.her] = stays.outside, stays.is_treated
        in_place = np.zeros(costed.cohort.n_women)
        in_place[stays.her] = stays.in_place
        np.testing.assert_allclose(care, [twin["care"] for twin in twins], atol=0.006)
        np.testing.assert_allclose(in_place, [twin["in_place"] for twin in twins], rtol=1e-9, atol=1e-6)
        np.testing.assert_array_equal(is_treated, [twin["is_treated"] for twin in twins])


@pytest.mark.unit
def test_every_way_out_of_a_stay_is_among_the_plays() -> None:
    outcomes = {OUTCOMES[number] for costed in cost_all() for number in costed.ledger.outcome}
    assert outcomes == set(OUTCOMES)
    flexible = cost_all()[1]
    assert (flexible.ledger.pool == len(flexible.design.pools)).any()
    assert flexible.ledger.openings.sum() > 0
    assert (flexible.cohort.is_lost & (flexible.ledger.pool >= 0)).any()


def woman_of_course_2() -> tuple[Any, Any, Any]:
    """Referred 4.5 months before birth."""
    economics = PUBLISHED_ECONOMICS
    rates = rates_of(economics, prices_of(economics))
    return economics, rates, milestones_of(np.array([4.5 / 12]), np.array([False]), rates.discount)


@pytest.mark.unit
def test_woman_who_does_as_in_course_2_costs_what_course_2_costs() -> None:
    _, rates, when = woman_of_course_2()
    discharge = milestones_of(np.array([13.5 / 12]), np.array([False]), rates.discount).birth
    cost = 1_103_428 * discharge + rates.ambulatory * discharge + care_after_stay(discharge, when, rates)
    assert cost[0] == pytest.approx(cost_courses()[1].direct, rel=1e-12)


@pytest.mark.unit
@pytest.mark.parametrize(("share", "course"), [(1.0, 0), (0.0, 2)])
def test_woman_outside_a_place_costs_what_courses_1_and_3_cost(share: float, course: int) -> None:
    economics = PUBLISHED_ECONOMICS.model_copy(update={"coordinated_share": share})
    _, _, when = woman_of_course_2()
    cost = care_without_stay(when, rates_of(economics, prices_of(economics)))
    assert cost[0] == pytest.approx(cost_courses()[course].direct, rel=1e-12)


@pytest.mark.unit
def test_care_in_two_pieces_costs_what_it_costs_in_one_but_for_family_treatment_begun_anew() -> None:
    economics = Economics(coordinated_share=0.0)
    rates = rates_of(economics, prices_of(economics))
    when = milestones_of(np.array([0.4, 0.2]), np.array([False, True]), rates.discount)
    middle = when.birth * 0.5
    start = np.zeros(2)
    parts = care_outside(start, middle, when, rates) + care_outside(middle, when.until, when, rates)
    np.testing.assert_allclose(parts, care_without_stay(when, rates))


def stay_of_40_days(outcome: str) -> Costed:
    """One woman of a played scenario, whose ledger is written by hand: waited 10 days, stayed 40."""
    costed = cost_all(discount_rate=0, place_price="ordinary", coordinated_share=1, price_year=2021)[0]
    cohort = costed.cohort
    one = Cohort(np.array([0, 1]), *(values[:1].copy() for values in cohort[1:]))
    one.referral_day[0], one.pregnancy_end_day[0], one.is_lost[0] = 100.0, 100.0 + YEAR / 4, False
    ledger = empty_ledger(1, 1, len(costed.design.pools), costed.scenario.horizon_years)
    ledger.pool[0], ledger.admission_day[0], ledger.discharge_day[0] = 0, 110.0, 150.0
    ledger.outcome[0] = OUTCOMES.index(outcome)
    return costed._replace(cohort=one, ledger=ledger)


@pytest.mark.unit
def test_who_waited_ten_days_and_left_after_forty_is_worked_by_hand() -> None:
    costed = stay_of_40_days("left_early")
    when = without_places(costed.cohort, costed.scenario).when
    stays = cost_stays(costed.ledger, costed.cohort, costed.design, costed.scenario, when)
    outside_years = 2.25 - 40 / YEAR
    # Family treatment: ten days while waiting; anew from day 50 to birth; 4.5 months in the second year.
    family_years = 10 / YEAR + (0.25 - 50 / YEAR) + 4.5 / 12
    by_hand = 51_818 * 2.25 + 132_086 * outside_years + 111_765 * family_years
    assert stays.outside[0] == pytest.approx(by_hand)
    assert stays.in_place[0] == pytest.approx(1_103_428 * 40 / YEAR)


@pytest.mark.unit
def test_who_completed_after_forty_days_has_half_the_support_until_the_first_birthday() -> None:
    costed = stay_of_40_days("completed")
    when = without_places(costed.cohort, costed.scenario).when
    stays = cost_stays(costed.ledger, costed.cohort, costed.design, costed.scenario, when)
    support_years = 10 / YEAR + 0.5 * (1.25 - 50 / YEAR) + 1.0
    by_hand = 51_818 * 2.25 + 132_086 * support_years + 111_765 * (10 / YEAR + 4.5 / 12)
    assert stays.outside[0] == pytest.approx(by_hand)


@pytest.mark.unit
def test_after_a_loss_there_is_no_care_and_no_later_cost() -> None:
    economics = Economics()
    rates = rates_of(economics, prices_of(economics))
    when = milestones_of(np.array([0.1, 0.1]), np.array([True, False]), rates.discount)
    lost, born = care_without_stay(when, rates)
    assert lost < 0.1 * born
    assert care_after_stay(when.birth + 0.01, when, rates)[0] == 0
    for costed in cost_all():
        women = costed.money.women
        assert women["births"].sum() == (~costed.cohort.is_lost).sum()
        assert (women["treatment_completed"] <= women["births"]).all()
