"""The plan: a design as arrays, worked by hand."""

import math
from typing import Any

import numpy as np
import pytest
from making import a_woman, make_women

from sim.design import NO_LIMIT, BuiltDesign, build_designs
from sim.geography import load_municipalities
from sim.scenario import DISCIPLINES, scenario_from

PLACES = load_municipalities()
ROW = {code: row for row, code in enumerate(PLACES.code)}
AARHUS, AALBORG = ROW["0751"], ROW["0851"]


def built(design: dict[str, Any], **words: Any) -> BuiltDesign:
    (one,) = build_designs(scenario_from({"name": "test", "designs": [{"name": "it"} | design], **words}))
    return one


def pool(number: str, site: str, **words: Any) -> dict[str, Any]:
    return {"id": number, "site": site, "places": 1} | words


def pools(*written: dict[str, Any], **words: Any) -> dict[str, Any]:
    return {"kind": "pools", "pools": list(written)} | words


# -- acceptance --


@pytest.mark.unit
@pytest.mark.parametrize(
    ("minutes", "alone", "family"),
    [
        (0.0, 0.4, 0.5),  # odds 2/3 x 1.5 = 1
        (30.0, 0.4, 0.5),
        (90.0, 0.4 * math.exp(-0.25), 0.5 * math.exp(-0.25)),
        (150.0, 0.4 * math.exp(-0.5), 0.5 * math.exp(-0.5)),
    ],
)
def test_acceptance_by_hand(minutes: float, alone: float, family: float) -> None:
    plan = built(
        pools(pool("a", "AAR"), pool("b", "AAR", family_places=False)),
        travel={"minutes": {"0751": {"AAR": minutes}}},
    ).plan
    np.testing.assert_allclose(plan.acceptance[:, AARHUS, 0], [alone, family], rtol=1e-12)
    np.testing.assert_allclose(plan.acceptance[:, AARHUS, 1], [alone, alone], rtol=1e-12)


@pytest.mark.unit
def test_acceptance_follows_the_words_of_the_scenario() -> None:
    acceptance = {"base": 0.2, "free_minutes": 0, "decay_per_hour": 2, "family_odds_ratio": 4}
    plan = built(pools(pool("a", "AAR")), acceptance=acceptance, travel={"minutes": {"0751": {"AAR": 30}}}).plan
    np.testing.assert_allclose(plan.acceptance[:, AARHUS, 0], [0.2 / math.e, 0.5 / math.e], rtol=1e-12)


@pytest.mark.unit
@pytest.mark.parametrize("base", [0.0, 1.0])
def test_whoever_always_or_never_accepts_does_so_with_a_family_too(base: float) -> None:
    plan = built(pools(pool("a", "AAR")), acceptance={"base": base}, travel={"minutes": {"0751": {"AAR": 30}}}).plan
    assert plan.acceptance[:, AARHUS, 0].tolist() == [base, base]


@pytest.mark.unit
def test_nobody_accepts_a_pool_that_does_not_serve_her() -> None:
    plan = built(pools(pool("a", "AAR", serves=["midtjylland", "0851"]))).plan
    serves = np.array([region == "midtjylland" or code == "0851"
                       for region, code in zip(PLACES.region_five, PLACES.code, strict=True)])  # fmt: skip
    np.testing.assert_array_equal(plan.acceptance[0, :, 0] > 0, serves)
    np.testing.assert_array_equal(plan.pool_order[:, 0], np.where(serves, 0, -1))


@pytest.mark.unit
def test_places_bought_elsewhere_by_hand() -> None:
    words = {"kind": "external", "financing": "municipal"}
    plan = built(words | {"external": {"after_days": 30, "minutes": 90}}).plan
    by_family = [0.4 * math.exp(-0.25), 0.5 * math.exp(-0.25)]
    np.testing.assert_allclose(plan.elsewhere_acceptance[:, :, 0], np.tile(by_family, (98, 1)).T)
    assert plan.elsewhere_places.tolist() == [NO_LIMIT]
    alone = {"after_days": 30, "minutes": 30, "base": 0.1, "family_places": False, "places": 4}
    limited = built(words | {"external": alone}).plan
    np.testing.assert_allclose(limited.elsewhere_acceptance, np.full((2, 98, 1), 0.1))
    assert limited.elsewhere_places.tolist() == [4]


@pytest.mark.unit
def test_providers_elsewhere_lie_each_where_it_is() -> None:
    design = built({"kind": "external", "external": {"sites": {"AAL": 3, "ODE": 5}}})
    plan, (north, funen) = design.plan, (PLACES.code.index("0851"), PLACES.code.index("0461"))
    assert plan.elsewhere_places.tolist() == [3, 5]
    assert plan.elsewhere_order[[north, funen]].tolist() == [[0, 1], [1, 0]]
    assert design.minutes[north, 0] < 60 < design.minutes[north, 1]
    assert plan.elsewhere_acceptance[0, north, 0] > plan.elsewhere_acceptance[0, north, 1] > 0


@pytest.mark.unit
def test_women_meet_a_design_with_its_own_visitation_and_search() -> None:
    women = make_women([a_woman(-3, search_mark=0.5), a_woman(5, visitation_mark=0.5, search_mark=0.5)])
    words = {"kind": "external", "visitation_days": {"uniform": {"low": 0, "high": 10}}}
    steady = built(words | {"external": {"after_days": 30}}).meet(women)
    assert steady.visitation_days.tolist() == [0, 5]  # who is there already has been through it
    assert steady.search_days.tolist() == [30, 30]
    uneven = built(words | {"external": {"after_days": 30, "variation": 0.5}}).meet(women)
    np.testing.assert_allclose(uneven.search_days, 30 / math.sqrt(1.25), rtol=1e-6)  # the median of a lognormal


@pytest.mark.unit
def test_a_unit_that_closes_admits_nobody_in_its_notice() -> None:
    words = {"opens_on": "2027-01-01", "closes_on": "2028-01-01", "closing_notice_days": 100}
    plan = built({"kind": "regional", **words, "ramp_up": {"start": 0.5, "years": 2}, "may_detain": True}).plan
    assert set(plan.closes_day) == {365.0}
    assert set(plan.last_admission_day) == {265.0}
    assert set(plan.ramp_up_start) == {0.5}
    assert set(plan.ramp_up_days) == {730.5}
    assert plan.may_detain.all()


@pytest.mark.unit
def test_without_external_nothing_is_bought() -> None:
    plan = built({"kind": "none"}).plan
    assert not plan.buys_elsewhere
    assert not plan.elsewhere_acceptance.any()
    assert plan.n_pools == 0


# -- who pays --


@pytest.mark.unit
@pytest.mark.parametrize(
    ("financing", "share"),
    [
        ("municipal", 0.5),
        ("state", 0.95),
        ("regional", 0.9),
        ({"municipality": 0.5, "state": 0.5}, 0.725),
        ({"municipality": 0.2, "region": 0.3, "state": 0.5}, 0.2 * 0.5 + 0.3 * 0.9 + 0.5 * 0.95),
    ],
)
def test_offered_share_follows_the_payers(financing: Any, share: float) -> None:
    demand = {"offered_share": {"municipal": 0.5, "state": 0.95, "regional": 0.9}}
    of_design = built({"kind": "regional", "financing": financing}, demand=demand)
    of_scenario = built({"kind": "regional"}, demand=demand, economics={"financing": financing})
    assert of_design.plan.offered_share == pytest.approx(share, rel=1e-12)
    assert of_scenario.plan.offered_share == of_design.plan.offered_share
    payers = of_design.payers
    assert payers.municipality + payers.region + payers.state == pytest.approx(1)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("financing", "share"),
    [
        ("takst", 0.5),
        ({"takst": {"budgeted_occupancy": 0.8}}, 0.5),
        ("objektiv", 0.95),
        ("solidarisk", 0.95),
        ({"delt": {"takst_share": 0.5}}, 0.725),
        ({"delt": {"takst_share": 0}}, 0.95),
        ({"abonnement": {"bought_share": 0.8}}, 0.86),
        ({"abonnement": {"bought_share": 0}}, 0.5),
    ],
)
def test_offered_share_follows_what_a_further_day_costs_the_municipality(financing: Any, share: float) -> None:
    demand = {"offered_share": {"municipal": 0.5, "state": 0.95, "regional": 0.9}}
    design = built({"kind": "regional", "financing": financing}, demand=demand)
    assert design.plan.offered_share == pytest.approx(share, rel=1e-12)
    assert design.payers.municipality == 1
    bought = built({"kind": "external", "financing": financing}, demand=demand)
    assert bought.plan.offered_share == (0.95 if financing == "solidarisk" else 0.5)


# -- travel and order --


@pytest.mark.unit
def test_own_minutes_take_the_place_of_reckoned_ones_and_elsewhere_stands_last() -> None:
    design = built(
        {"kind": "national", "sites": ["ODE", "AAR"], "external": {"minutes": 77}},
        travel={"minutes": {"0751": {"AAR": 12.5}}},
    )
    assert design.minutes.shape == (len(PLACES.code), 3)
    assert design.minutes[AARHUS].tolist()[1:] == [12.5, 77]
    assert design.minutes[AARHUS, 0] > 60
    assert (design.minutes[:, 2] == 77).all()
    assert np.isnan(built({"kind": "national"}).minutes[:, -1]).all()


@pytest.mark.unit
def test_pools_are_asked_nearest_first_and_ties_by_number() -> None:
    design = built(
        pools(pool("far", "AAL"), pool("b", "AAR"), pool("other", "ODE", serves="0461"), pool("a", "AAR")),
        travel={"minutes": {"0851": {"AAR": 50, "AAL": 50}}},
    )
    assert design.plan.pool_order[AARHUS].tolist() == [1, 3, 0, -1]
    assert design.plan.pool_order[AALBORG].tolist() == [0, 1, 3, -1]
    assert design.plan.pool_order[ROW["0461"], 0] == 2


@pytest.mark.unit
def test_many_pools_at_one_site_are_asked_by_number() -> None:
    plan = built(pools(*(pool(f"p{number}", ("ODE", "AAR")[number % 2]) for number in range(60)))).plan
    assert plan.pool_order[AARHUS].tolist() == [*range(1, 60, 2), *range(0, 60, 2)]


@pytest.mark.unit
def test_home_regions_say_who_comes_first() -> None:
    plan = built(pools(pool("a", "AAR"), pool("b", "AAR", home_regions=["nordjylland", "sjaelland"]),
                       home_first=True)).plan  # fmt: skip
    region = np.array(PLACES.region_five)
    assert plan.is_home_first
    np.testing.assert_array_equal(plan.is_home[0], region == "midtjylland")
    np.testing.assert_array_equal(plan.is_home[1], np.isin(region, ["nordjylland", "sjaelland"]))


# -- days --


@pytest.mark.unit
def test_openings_stand_in_order_of_day_and_pool_and_before_the_start_means_day_0() -> None:
    plan = built(
        pools(
            pool("a", "AAR", places=2, opens_on="2027-01-11",
                 plan=[{"on": "2027-02-10", "places": 2}, {"on": "2028-01-01", "places": 5}]),
            pool("b", "AAL", places=3, opens_on="2020-01-01", plan=[{"on": "2026-06-01", "places": 4}]),
            pool("c", "ODE", places=0, plan=[{"on": "2027-01-11", "places": 1}]),
            pool("d", "ODE", places=0, opens_on="2027-03-01", flexible={"max_places": 2}),
        ),
        start="2027-01-01",
    ).plan  # fmt: skip
    openings = list(
        zip(plan.opening_day.tolist(), plan.opening_pool.tolist(), plan.opening_places.tolist(), strict=True)
    )
    assert sorted(openings[:2]) == [(0, 1, 1), (0, 1, 3)]
    assert openings[2:] == [(10, 0, 2), (10, 2, 1), (365, 0, 3)]
    assert plan.asked_from_day.tolist() == [10, 0, 10, 59]


@pytest.mark.unit
def test_horizon_anchor_and_discipline() -> None:
    plan = built({"kind": "regional", "discipline": "due_first"}, horizon_years=4, stay={"anchor": "admission"}).plan
    assert (plan.horizon_days, plan.n_years) == (1461, 4)
    assert (DISCIPLINES[plan.discipline], plan.is_home_first, plan.is_anchored_at_birth) == ("due_first", False, False)
    plan = built({"kind": "regional"}).plan
    assert (DISCIPLINES[plan.discipline], plan.is_home_first, plan.is_anchored_at_birth) == ("fifo", False, True)


@pytest.mark.unit
def test_flexible_rules_stand_by_pool_and_fixed_pools_have_none() -> None:
    rule = {"max_places": 5, "lead_days": 14.5, "open_at_waiting": 2, "keep_free": 1,
            "close_after_idle_days": 20, "min_open_days": 60, "failure_probability": 0.25}  # fmt: skip
    plan = built(pools(pool("a", "AAR"), pool("b", "AAL", flexible=rule, turnaround_days=4))).plan
    assert plan.is_flexible.tolist() == [False, True]
    for word, value in rule.items():
        assert getattr(plan, word)[1] == value, word
    assert plan.max_places[0] == 0
    assert plan.turnaround_days.tolist() == [3, 4]
