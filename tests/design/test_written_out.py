"""Every kind of design, written out into pools."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from sim.design import build_designs, scenario_minutes, write_out_pools
from sim.geography import REGION_MAPS, load_municipalities, load_sites
from sim.scenario import Pool, Scenario, scenario_from

START = dt.date(2027, 1, 1)
FIVE, FOUR = REGION_MAPS["five"], REGION_MAPS["four"]
CODES = load_municipalities().code
COLUMN = {site.id: column for column, site in enumerate(load_sites())}
PLACES = {"hovedstaden": 9, "sjaelland": 4, "syddanmark": 5, "midtjylland": 6, "nordjylland": 3}
MAIN = {
    "hovedstaden": "HVI",
    "sjaelland": "ROS",
    "syddanmark": "KOL",
    "midtjylland": "AAR",
    "nordjylland": "AAL",
}


def scenario_of(design: dict[str, Any], **words: Any) -> Scenario:
    return scenario_from({"name": "test", "designs": [{"name": "it"} | design], **words})


def pools_of(design: dict[str, Any], **words: Any) -> tuple[Pool, ...]:
    (built,) = build_designs(scenario_of(design, **words))
    return built.pools


def places_of(pools: tuple[Pool, ...]) -> dict[str, int]:
    return {pool.id: pool.places for pool in pools}


@pytest.mark.unit
def test_regional_is_a_pool_in_each_region_for_that_region() -> None:
    pools = pools_of({"kind": "regional", "places": PLACES, "turnaround_days": 5, "family_places": False})
    assert [pool.id for pool in pools] == list(FIVE)
    for pool in pools:
        assert (pool.site, pool.places) == (MAIN[pool.id], PLACES[pool.id])
        assert pool.serves == pool.home_regions == (pool.id,)
        assert (pool.opens_on, pool.turnaround_days, pool.family_places) == (START, 5, False)
        assert pool.flexible is None


@pytest.mark.unit
def test_regional_with_several_sites_splits_the_places_what_is_left_over_to_the_first() -> None:
    pools = pools_of(
        {
            "kind": "regional",
            "places": {"syddanmark": 7, "midtjylland": 1},
            "sites": {"syddanmark": ["ESB", "KOL", "ODE"], "midtjylland": ["AAR", "GOD"]},
        }
    )
    expected = {"syddanmark-ESB": 3, "syddanmark-KOL": 2, "syddanmark-ODE": 2, "midtjylland-AAR": 1}
    assert places_of(pools) == expected
    assert [pool.site for pool in pools] == ["ESB", "KOL", "ODE", "AAR"]
    assert {pool.serves for pool in pools[:3]} == {("syddanmark",)}


@pytest.mark.unit
def test_no_places_is_no_unit() -> None:
    assert places_of(pools_of({"kind": "regional", "places": PLACES | {"sjaelland": 0}})) == {
        region: places for region, places in PLACES.items() if region != "sjaelland"
    }


@pytest.mark.unit
@pytest.mark.parametrize("kind", ["regional", "shared", "pilot", "local", "national"])
def test_units_open_and_close_as_their_design_says(kind: str) -> None:
    said = {"closes_on": "2031-01-01", "closing_notice_days": 90, "may_detain": True}
    for pool in pools_of({"kind": kind, "ramp_up": {"start": 0.3, "years": 2}} | said):
        assert (pool.ramp_up.start, pool.ramp_up.years) == (0.3, 2)
        assert (pool.closes_on, pool.closing_notice_days, pool.may_detain) == (dt.date(2031, 1, 1), 90, True)
    for pool in pools_of({"kind": kind}):
        assert (pool.ramp_up.start, pool.ramp_up.years, pool.closes_on, pool.may_detain) == (1, 0, None, False)


@pytest.mark.unit
def test_a_unit_may_have_flexible_places_alone() -> None:
    regional = {"kind": "regional", "places": {"nordjylland": 0}, "flexible": {"max_places": {"nordjylland": 3}}}
    local = {"kind": "local", "sites": ["AAL", "AAR"], "places": 0, "flexible": {"max_places": {"AAL": 3}}}
    for design in (regional, local):
        (pool,) = pools_of(design)
        assert (pool.site, pool.places, pool.flexible and pool.flexible.max_places) == ("AAL", 0, 3)


@pytest.mark.unit
def test_shared_serves_every_region_of_its_group() -> None:
    groups = [["hovedstaden", "sjaelland"], ["nordjylland", "midtjylland"], ["syddanmark"]]
    pools = {pool.id: pool for pool in pools_of({"kind": "shared", "places": PLACES, "groups": groups})}
    assert places_of(tuple(pools.values())) == PLACES
    for group in groups:
        for region in group:
            assert pools[region].serves == tuple(group)
            assert pools[region].home_regions == (region,)


@pytest.mark.unit
def test_shared_without_groups_serves_the_country() -> None:
    assert {pool.serves for pool in pools_of({"kind": "shared", "places": PLACES})} == {FIVE}


@pytest.mark.unit
def test_national_serves_the_country_from_one_or_two_sites() -> None:
    pools = pools_of({"kind": "national", "sites": ["ODE", "AAR"], "places": 9})
    assert places_of(pools) == {"ODE": 5, "AAR": 4}
    assert {pool.serves for pool in pools} == {FIVE}
    assert [pool.home_regions for pool in pools] == [("syddanmark",), ("midtjylland",)]
    (alone,) = pools_of({"kind": "national"})
    assert (alone.site, alone.places, alone.serves) == ("ODE", 27, FIVE)


@pytest.mark.unit
def test_pilot_opens_the_first_region_first_and_the_others_later() -> None:
    pools = pools_of(
        {
            "kind": "pilot",
            "first": "syddanmark",
            "places": PLACES,
            "opens_on": "2027-03-01",
            "others_on": "2030-01-01",
        }
    )
    opens = {pool.id: pool.opens_on for pool in pools}
    assert opens == dict.fromkeys(FIVE, dt.date(2030, 1, 1)) | {"syddanmark": dt.date(2027, 3, 1)}
    assert {pool.serves for pool in pools if pool.id == "syddanmark"} == {("syddanmark",)}


@pytest.mark.unit
def test_pilot_whose_others_never_open_is_one_pool() -> None:
    (pool,) = pools_of({"kind": "pilot", "first": "nordjylland", "places": PLACES, "others_on": "never"})
    assert (pool.id, pool.places, pool.opens_on, pool.serves) == ("nordjylland", 3, START, ("nordjylland",))


@pytest.mark.unit
def test_flexible_rule_stands_in_each_pool_with_its_own_most_places() -> None:
    pools = pools_of(
        {
            "kind": "regional",
            "places": {"syddanmark": 3, "midtjylland": 2, "nordjylland": 0, "sjaelland": 0},
            "sites": {"syddanmark": ["ODE", "KOL"]},
            "flexible": {
                "max_places": {"syddanmark": 7, "midtjylland": 2, "nordjylland": 4, "sjaelland": 0},
                "lead_days": 21,
                "keep_free": 1,
            },
        }
    )
    most = {pool.id: (pool.places, pool.flexible.max_places) for pool in pools if pool.flexible}
    assert most == {
        "syddanmark-ODE": (2, 4),
        "syddanmark-KOL": (1, 3),
        "midtjylland": (2, 2),
        "nordjylland": (0, 4),
    }
    assert len(pools) == len(most)
    assert {(pool.flexible.lead_days, pool.flexible.keep_free) for pool in pools if pool.flexible} == {(21, 1)}


@pytest.mark.unit
@pytest.mark.parametrize("kind", ["external", "none"])
def test_external_and_none_have_no_pools(kind: str) -> None:
    assert pools_of({"kind": kind}) == ()


@pytest.mark.unit
def test_local_serves_the_municipalities_nearest_to_each_site() -> None:
    sites = ["AAL", "AAR", "ODE", "HVI"]
    scenario = scenario_of({"kind": "local", "sites": sites, "places": {"AAL": 2, "AAR": 4, "ODE": 3, "HVI": 6}})
    minutes = scenario_minutes(scenario)
    pools = write_out_pools(scenario.designs[0], scenario, minutes=minutes)
    assert places_of(pools) == {"AAL": 2, "AAR": 4, "ODE": 3, "HVI": 6}
    assert sorted(code for pool in pools for code in pool.serves) == sorted(CODES)
    for pool in pools:
        for code in pool.serves:
            ways = {site: minutes[CODES.index(code), COLUMN[site]] for site in sites}
            assert min(ways, key=lambda site: ways[site]) == pool.site
    assert [pool.home_regions for pool in pools] == [
        ("nordjylland",),
        ("midtjylland",),
        ("syddanmark",),
        ("hovedstaden",),
    ]


@pytest.mark.unit
def test_local_follows_own_minutes_and_ties_go_to_the_site_named_first() -> None:
    minutes = {"0751": {"AAR": 300.0, "AAL": 60.0}, "0461": {"ODE": 5.0, "AAL": 5.0, "AAR": 5.0}}
    pools = pools_of({"kind": "local", "sites": ["AAR", "ODE", "AAL"], "places": 3}, travel={"minutes": minutes})
    served = {pool.id: pool.serves for pool in pools}
    assert "0751" in served["AAL"]
    assert "0461" in served["AAR"]


@pytest.mark.unit
def test_a_site_that_is_nearest_to_nobody_has_no_pool() -> None:
    everybody = {code: {"AAR": 10.0, "AAL": 20.0} for code in CODES}
    pools = pools_of({"kind": "local", "sites": ["AAL", "AAR"], "places": 3}, travel={"minutes": everybody})
    assert [pool.id for pool in pools] == ["AAR"]


@pytest.mark.unit
def test_pools_stand_as_written_with_what_they_leave_out_filled_in() -> None:
    written = [
        {"id": "own", "site": "AAR", "serves": ["0751", "nordjylland"], "places": 2, "opens_on": "2027-05-01",
         "plan": [{"on": "2028-01-01", "places": 4}], "home_regions": ["nordjylland"]},
        {"id": "rest", "site": "ODE"},
        {"id": "nobody", "site": "ODE", "places": 0},
        {"id": "later", "site": "ODE", "places": 0, "plan": [{"on": "2029-01-01", "places": 1}]},
    ]  # fmt: skip
    own, rest, later = pools_of({"kind": "pools", "pools": written})
    assert own.serves == ("0751", "nordjylland")
    assert own.home_regions == ("nordjylland",)
    assert [(step.on, step.places) for step in own.plan] == [(dt.date(2028, 1, 1), 4)]
    assert (rest.serves, rest.places, rest.opens_on, rest.home_regions) == (FIVE, 6, START, ("syddanmark",))
    assert (later.id, later.places, later.last_places) == ("later", 0, 1)


@pytest.mark.unit
def test_the_map_of_four_has_one_region_in_the_east() -> None:
    pools = pools_of({"kind": "regional"}, regions="four")
    assert [pool.id for pool in pools] == list(FOUR)
    assert (pools[0].site, pools[0].serves) == ("HVI", ("oestdanmark",))
    assert {pool.serves for pool in pools_of({"kind": "shared"}, regions="four")} == {FOUR}
    (national,) = pools_of({"kind": "national", "sites": "ROS"}, regions="four")
    assert (national.serves, national.home_regions) == (FOUR, ("oestdanmark",))


@pytest.mark.unit
@pytest.mark.parametrize("kind", ["regional", "shared", "national", "local", "pilot"])
def test_pools_written_out_are_the_same_design_again(kind: str) -> None:
    scenario = scenario_of({"kind": kind})
    (named,) = build_designs(scenario)
    written = [pool.model_dump(mode="json", exclude_none=True) for pool in named.pools]
    (again,) = build_designs(scenario_of({"kind": "pools", "pools": written}))
    assert again.pools == named.pools
    for ours, theirs in zip(again.plan, named.plan, strict=True):
        np.testing.assert_array_equal(ours, theirs)
