"""What each woman's course costs: against a slow twin, and against the published courses."""

from typing import Any

import numpy as np
import pytest
from costed import Costed, cost_all
from slow_twin import YEAR, course_of

from sim.cohort import Cohort, year_index
from sim.economics import PUBLISHED_ECONOMICS, Prices, cost_courses, prices_of
from sim.economics.care import Rates, Stays, births_of, rates_of, stays_of
from sim.economics.cost_kernel import care_after_stay, care_outside
from sim.economics.discounting import discounted_years
from sim.economics.without_places import without_places
from sim.engine import OUTCOMES
from sim.engine.ledger import empty_ledger
from sim.geography import load_municipalities
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


def prices_in(costed: Costed) -> Prices:
    """Prices of a design, one of which has its own for places elsewhere."""
    economics = costed.scenario.economics
    prices = prices_of(economics)
    if costed.design.name != "released":
        return prices
    return prices._replace(external=3000 * 365.25, is_treated_beside_external=bool(economics.ambulatory_in_stay))


def stays_in(costed: Costed) -> Stays:
    """Who was admitted, and what their courses cost."""
    economics, prices = costed.scenario.economics, prices_in(costed)
    births = births_of(costed.cohort, rate=economics.discount_rate)
    rates = rates_of(economics, prices)
    return stays_of(costed.ledger, costed.cohort, costed.design, births=births, prices=prices, rates=rates)


@pytest.mark.parity
@pytest.mark.parametrize("words", WORDS)
def test_courses_are_those_of_the_slow_twin(words: dict[str, Any]) -> None:
    for costed in cost_all(**words):
        economics, prices = costed.scenario.economics, prices_in(costed)
        stays = stays_in(costed)
        twins = [course_of(woman, prices, economics) for woman in women_of(costed)]
        care = without_places(costed.cohort, costed.scenario).care / 100
        care[stays.her] = stays.outside
        in_place = np.zeros(costed.cohort.n_women)
        in_place[stays.her] = stays.in_place
        np.testing.assert_allclose(care, [twin["care"] for twin in twins], atol=0.006)
        np.testing.assert_allclose(in_place, [twin["in_place"] for twin in twins], rtol=1e-9, atol=1e-6)


@pytest.mark.parity
@pytest.mark.parametrize("words", WORDS)
def test_courses_add_up_to_those_of_the_slow_twin(words: dict[str, Any]) -> None:
    for costed in cost_all(**words):
        economics, prices = costed.scenario.economics, prices_in(costed)
        cohort, women = costed.cohort, costed.money.women
        names = ("care_cost", "residential_cost", "births", "treatment_completed", "stays_completed")
        expected = {name: np.zeros_like(women["births"]) for name in names}
        region = load_municipalities().region_index(costed.scenario.regions)[cohort.municipality]
        replication = np.repeat(np.arange(cohort.n_replications), np.diff(cohort.first))
        year = year_index(cohort.referral_day, costed.design.plan.year_starts)
        for her, woman in enumerate(women_of(costed)):
            twin = course_of(woman, prices, economics)
            is_born = not woman["is_lost"]
            own = (
                round(100 * twin["care"]),
                round(100 * twin["in_place"]),
                is_born,
                is_born and twin["is_treated"],
                is_born and woman.get("is_completed", False),
            )
            where = (replication[her], region[her], year[her])
            for name, value in zip(names, own, strict=True):
                expected[name][where] += value
        for name in names:
            np.testing.assert_allclose(women[name], expected[name], rtol=0, atol=1.1, err_msg=name)
        for name in ("births", "treatment_completed", "stays_completed"):
            np.testing.assert_array_equal(women[name], expected[name], err_msg=name)


@pytest.mark.unit
def test_every_way_out_of_a_stay_is_among_the_plays() -> None:
    outcomes = {OUTCOMES[number] for costed in cost_all() for number in costed.ledger.outcome}
    assert outcomes == set(OUTCOMES)
    flexible = cost_all()[1]
    assert (flexible.ledger.pool == len(flexible.design.pools)).any()
    assert flexible.ledger.openings.sum() > 0
    assert (flexible.cohort.is_lost & (flexible.ledger.pool >= 0)).any()


def discounted(years: float, rates: Rates) -> float:
    return float(discounted_years(years, rate=rates.discount))


def woman_of_course_2(**words: Any) -> tuple[Rates, float, float]:
    """Referred 4.5 months before birth; also when she gives birth, and when her care ends."""
    economics = PUBLISHED_ECONOMICS.model_copy(update=words)
    rates = rates_of(economics, prices_of(economics))
    return rates, discounted(4.5 / 12, rates), discounted(2 + 4.5 / 12, rates)


@pytest.mark.unit
def test_woman_who_does_as_in_course_2_costs_what_course_2_costs() -> None:
    rates, birth, until = woman_of_course_2()
    discharge = discounted(13.5 / 12, rates)
    cost = 1_103_428 * discharge + rates.ambulatory * discharge + care_after_stay(discharge, birth, until, rates)
    assert cost == pytest.approx(cost_courses()[1].direct, rel=1e-12)


@pytest.mark.unit
@pytest.mark.parametrize(("share", "course"), [(1.0, 0), (0.0, 2)])
def test_woman_outside_a_place_costs_what_courses_1_and_3_cost(share: float, course: int) -> None:
    rates, birth, until = woman_of_course_2(coordinated_share=share)
    cost = care_outside(0.0, until, birth, until, rates)
    assert cost == pytest.approx(cost_courses()[course].direct, rel=1e-12)


@pytest.mark.unit
@pytest.mark.parametrize(("birth", "until"), [(0.4, 2.4), (0.2, 0.2)])
def test_care_in_two_pieces_costs_what_it_costs_in_one_but_for_family_treatment_begun_anew(
    birth: float, until: float
) -> None:
    economics = Economics(coordinated_share=0.0)
    rates = rates_of(economics, prices_of(economics))
    middle = 0.5 * birth
    parts = care_outside(0.0, middle, birth, until, rates) + care_outside(middle, until, birth, until, rates)
    assert parts == pytest.approx(care_outside(0.0, until, birth, until, rates))


def stay_of_40_days(outcome: str) -> Costed:
    """One woman of a played scenario, whose ledger is written by hand: waited 10 days, stayed 40."""
    costed = cost_all(discount_rate=0, place_price="ordinary", coordinated_share=1, price_year=2021)[0]
    cohort = costed.cohort
    one = Cohort(np.array([0, 1]), *(values[:1].copy() for values in cohort[1:]))
    one.referral_day[0], one.pregnancy_end_day[0], one.is_lost[0] = 100.0, 100.0 + YEAR / 4, False
    ledger = empty_ledger(1, 1, len(costed.design.pools), costed.scenario.horizon_years)
    ledger.pool[0], ledger.admission_day[0], ledger.ended_day[0] = 0, 110.0, 150.0
    ledger.outcome[0], ledger.completes[0] = OUTCOMES.index(outcome), outcome == "completed"
    return costed._replace(cohort=one, ledger=ledger)


@pytest.mark.unit
def test_who_waited_ten_days_and_left_after_forty_is_worked_by_hand() -> None:
    stays = stays_in(stay_of_40_days("left_early"))
    outside_years = 2.25 - 40 / YEAR
    # Family treatment: ten days while waiting; anew from day 50 to birth; 4.5 months in the second year.
    family_years = 10 / YEAR + (0.25 - 50 / YEAR) + 4.5 / 12
    by_hand = 51_818 * 2.25 + 132_086 * outside_years + 111_765 * family_years
    assert stays.outside[0] == pytest.approx(by_hand)
    assert stays.in_place[0] == pytest.approx(1_103_428 * 40 / YEAR)


@pytest.mark.unit
def test_who_completed_after_forty_days_has_half_the_support_until_the_first_birthday() -> None:
    stays = stays_in(stay_of_40_days("completed"))
    support_years = 10 / YEAR + 0.5 * (1.25 - 50 / YEAR) + 1.0
    by_hand = 51_818 * 2.25 + 132_086 * support_years + 111_765 * (10 / YEAR + 4.5 / 12)
    assert stays.outside[0] == pytest.approx(by_hand)


@pytest.mark.unit
def test_after_a_loss_there_is_no_care_and_no_later_cost() -> None:
    economics = Economics()
    rates = rates_of(economics, prices_of(economics))
    birth = 0.1
    lost, born = (care_outside(0.0, until, birth, until, rates) for until in (birth, birth + 1.9))
    assert lost < 0.1 * born
    assert care_after_stay(birth + 0.01, birth, birth, rates) == 0
    for costed in cost_all():
        women = costed.money.women
        assert women["births"].sum() == (~costed.cohort.is_lost).sum()
        assert (women["treatment_completed"] <= women["births"]).all()


@pytest.mark.unit
def test_ambulatory_care_beside_a_stay_after_a_loss_ends_with_the_stay() -> None:
    costed = cost_all(discount_rate=0, place_price="ordinary", coordinated_share=0, price_year=2021)[0]
    one = Cohort(np.array([0, 1]), *(values[:1].copy() for values in costed.cohort[1:]))
    one.referral_day[0], one.pregnancy_end_day[0], one.is_lost[0] = 100.0, 104.0, True
    ledger = empty_ledger(1, 1, len(costed.design.pools), costed.scenario.horizon_years)
    ledger.outcome[0], ledger.pool[0], ledger.completes[0] = OUTCOMES.index("completed"), 0, True
    ledger.admission_day[0], ledger.ended_day[0] = 100.0, 469.0
    stays = stays_in(costed._replace(cohort=one, ledger=ledger))
    assert stays.outside[0] == pytest.approx(51_818 * 369 / YEAR)  # four days before the loss and 365 after
    assert stays.in_place[0] == pytest.approx(1_103_428 * 369 / YEAR)
