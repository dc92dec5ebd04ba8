"""Where women live who live in on the opening day, design by design."""

from typing import Any

import numpy as np
import pytest

from sim.design import BuiltDesign, build_designs
from sim.scenario import Scenario, ScenarioError, scenario_from

PLACES = {"hovedstaden": 2, "sjaelland": 1, "syddanmark": 1, "midtjylland": 2, "nordjylland": 1}


def living_at(*sites: str) -> list[dict[str, Any]]:
    woman = {"municipality": "0751", "admitted": "2026-12-01", "birth": "2026-12-15"}
    waiting = {"municipality": "0751", "referred": "2026-12-01", "birth": "2026-12-15"}
    return [waiting, *({**woman, "site": site} for site in sites)]


def scenario_of(design: dict[str, Any], *sites: str) -> Scenario:
    return scenario_from({"name": "today", "today": living_at(*sites), "designs": [{"name": "a", **design}]})


def built(design: dict[str, Any], *sites: str) -> BuiltDesign:
    (found,) = build_designs(scenario_of(design, *sites))
    return found


def homes(design: BuiltDesign) -> list[str]:
    ids = [*(pool.id for pool in design.pools), "elsewhere"]
    return [ids[pool] for pool in design.plan.resident_pool]


@pytest.mark.unit
def test_women_live_in_the_pool_at_their_site_or_elsewhere() -> None:
    design = built({"kind": "regional", "places": PLACES}, "AAR", "AAL", "ODE", "AAR", "elsewhere")
    assert homes(design) == ["midtjylland", "nordjylland", "elsewhere", "midtjylland", "elsewhere"]
    assert design.plan.already_open.tolist() == [0] * 5
    assert design.plan.uses_places_elsewhere


@pytest.mark.unit
def test_without_pools_all_live_elsewhere() -> None:
    for kind in ("none", "external"):
        design = built({"kind": kind}, "AAR", "AAL")
        assert homes(design) == ["elsewhere", "elsewhere"]
        assert design.plan.already_open.tolist() == []


@pytest.mark.unit
def test_a_pool_that_opens_later_has_nobody_from_the_start() -> None:
    design = built({"kind": "regional", "places": PLACES, "opens_on": "2027-01-02"}, "AAR")
    assert homes(design) == ["elsewhere"]


@pytest.mark.unit
def test_pools_at_one_site_are_filled_one_after_the_other() -> None:
    pools = [{"id": "one", "site": "AAR", "places": 1}, {"id": "two", "site": "AAR", "places": 2}]
    assert homes(built({"kind": "pools", "pools": pools}, "AAR", "AAR", "AAR")) == ["one", "two", "two"]


@pytest.mark.unit
def test_places_of_a_plan_count_once_they_are_open() -> None:
    pool = {"id": "one", "site": "AAR", "places": 1, "plan": [{"on": "2027-02-01", "places": 2}]}
    with pytest.raises(ScenarioError, match="got 1 for 2"):
        built({"kind": "pools", "pools": [pool]}, "AAR", "AAR")


@pytest.mark.unit
def test_flexible_places_that_women_live_in_are_open_already() -> None:
    design = {"kind": "regional", "places": PLACES, "flexible": {"max_places": {"midtjylland": 4, "nordjylland": 3}}}
    found = built(design, *["AAR"] * 3, "AAL")
    assert homes(found) == ["midtjylland"] * 3 + ["nordjylland"]
    by_pool = dict(zip((pool.id for pool in found.pools), found.plan.already_open.tolist(), strict=True))
    assert by_pool["midtjylland"] == 1
    assert by_pool["nordjylland"] == 0
    with pytest.raises(ScenarioError, match=r"got 4 for 5. Give it 1 more there"):
        built(design, *["AAR"] * 5)


@pytest.mark.unit
def test_every_design_and_site_without_room_is_named() -> None:
    designs = [
        {"name": "small", "kind": "regional", "places": PLACES},
        {"name": "large", "kind": "regional", "places": {**PLACES, "midtjylland": 9, "nordjylland": 9}},
        {"name": "one", "kind": "national", "sites": "AAR", "places": 3},
    ]
    today = living_at(*["AAR"] * 4, *["AAL"] * 2)
    with pytest.raises(ScenarioError) as refused:
        build_designs(scenario_from({"name": "today", "today": today, "designs": designs}))
    assert str(refused.value).splitlines() == [
        "today, designs.small: places on the opening day for the women who live at AAR (today); got 2 for 4. "
        "Give it 2 more there, or write elsewhere as the site of women who move out.",
        "today, designs.small: places on the opening day for the women who live at AAL (today); got 1 for 2. "
        "Give it 1 more there, or write elsewhere as the site of women who move out.",
        "today, designs.one: places on the opening day for the women who live at AAR (today); got 3 for 4. "
        "Give it 1 more there, or write elsewhere as the site of women who move out.",
    ]


@pytest.mark.unit
def test_without_a_list_nobody_lives_in() -> None:
    (design,) = build_designs(scenario_from({"name": "x", "designs": [{"name": "a", "kind": "regional"}]}))
    assert design.plan.resident_pool.shape == (0,)
    np.testing.assert_array_equal(design.plan.already_open, np.zeros(5))
    assert not design.plan.uses_places_elsewhere
