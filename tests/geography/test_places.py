"""The facts as they stand in the files, and the rule behind the default sites."""

import csv
import hashlib
import re
from collections import Counter
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from calibration.evidence import load_evidence
from sim.geography import (
    REGION_MAPS,
    REGION_NAMES,
    default_site,
    load_municipalities,
    load_region_outlines,
    load_sites,
    site_region,
    travel_minutes,
)
from sim.scenario.words.ground import confirmed_sites

CERTAINTY = ("confirmed", "likely", "unverified")
DATA_PAGE = Path(__file__).parents[2] / "docs" / "data.md"


def rows(name: str) -> list[dict[str, str]]:
    with (resources.files("sim.geography") / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def nearest_by_rule(region: str, region_map: str) -> tuple[str, float]:
    """Of the strongest certainty in the region, the site nearest to its women; with the mean minutes."""
    places, sites, minutes = load_municipalities(), load_sites(), travel_minutes()
    in_region = np.array(places.region(region_map)) == region
    candidates = [
        j for j, site in enumerate(sites) if site_region(site.id, region_map) == region and not site.is_provider
    ]
    best = min(CERTAINTY.index(sites[j].certainty) for j in candidates)
    means = {
        sites[j].id: float(np.average(minutes[in_region, j], weights=places.women[in_region]))
        for j in candidates
        if CERTAINTY.index(sites[j].certainty) == best
    }
    nearest = min(means, key=means.__getitem__)
    return nearest, means[nearest]


@pytest.mark.unit
def test_98_municipalities_by_region_then_code() -> None:
    places = load_municipalities()
    assert len(places.code) == len(set(places.code)) == len(set(places.name)) == 98
    assert [Counter(places.region("five"))[region] for region in REGION_MAPS["five"]] == [29, 17, 22, 19, 11]
    assert [Counter(places.region("four"))[region] for region in REGION_MAPS["four"]] == [46, 22, 19, 11]
    keys = list(zip(places.region_index("five"), places.code, strict=True))
    assert keys == sorted(keys)
    assert places.code[0] == "0101"
    assert all(re.fullmatch(r"\d{4}", code) for code in places.code)


@pytest.mark.unit
def test_population_and_births_are_the_published_totals() -> None:
    places = load_municipalities()
    assert places.population.sum() == 6_025_511
    assert places.births.sum() == 56_161
    assert places.women.sum() == pytest.approx(1_363_501, abs=98)  # each row is rounded


@pytest.mark.unit
def test_regions_table_is_the_sum_of_the_municipalities() -> None:
    places = load_municipalities()
    for row in rows("regions.csv"):
        if row["region"] == "Danmark":
            continue
        inside = np.array([REGION_NAMES[region] == row["region"] for region in places.region("five")])
        assert places.population[inside].sum() == int(row["population_2026"])
        assert places.births[inside].sum() == int(row["age0_2014"])
        assert abs(places.women[inside].sum() - int(row["women_15_49_2026_est"])) <= inside.sum()


@pytest.mark.unit
def test_17_health_councils_each_inside_one_region_of_2027() -> None:
    places = load_municipalities()
    councils = set(zip(places.health_council, places.region("four"), strict=True))
    assert len(councils) == len(set(places.health_council)) == 17


@pytest.mark.unit
def test_the_two_maps_differ_only_in_the_east() -> None:
    places = load_municipalities()
    merged = {"hovedstaden": "oestdanmark", "sjaelland": "oestdanmark"}
    assert places.region("four") == tuple(merged.get(region, region) for region in places.region("five"))
    for region_map, regions in REGION_MAPS.items():
        assert places.region(region_map) == tuple(regions[i] for i in places.region_index(region_map))
        assert set(regions) <= set(REGION_NAMES)


@pytest.mark.unit
def test_region_slugs_are_the_names_without_danish_letters() -> None:
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
    assert all(name.lower().translate(letters) == slug for slug, name in REGION_NAMES.items())


@pytest.mark.unit
def test_arrays_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_municipalities().women[0] = 1


@pytest.mark.unit
def test_sites_lie_in_denmark_in_the_regions_their_file_says() -> None:
    sites = load_sites()
    listed = [*rows("sites.csv"), *rows("providers.csv")]
    assert [site.id for site in sites] == [row["id"] for row in listed]
    assert len({site.id for site in sites}) == 20
    for site, row in zip(sites, listed, strict=True):
        assert REGION_NAMES[site_region(site.id, "five")] == row["region"]
        assert REGION_NAMES[site_region(site.id, "four")] == row["region_2027"]
        assert 54.5 < site.lat < 57.8
        assert 8.0 < site.lon < 15.2
    hospitals = [site for site in sites if not site.is_provider]
    assert Counter(site.certainty for site in hospitals) == {"confirmed": 7, "likely": 2, "unverified": 10}


@pytest.mark.unit
def test_providers_come_after_the_hospitals_and_name_a_row_of_the_evidence() -> None:
    sites = load_sites()
    assert [site.is_provider for site in sites] == [False] * 19 + [True]
    assert "EGT" not in confirmed_sites()  # no Familieambulatorium is there
    for site in sites[19:]:
        assert re.search(r"row (\w+)", site.source)[1] in load_evidence()  # type: ignore[index]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("region_map", "region"), [(name, region) for name, regions in REGION_MAPS.items() for region in regions]
)
def test_default_site_follows_the_stated_rule(region_map: str, region: str) -> None:
    chosen = default_site(region, region_map)
    assert chosen.region == region
    assert chosen.site == nearest_by_rule(region, region_map)[0]
    assert chosen.certainty == {site.id: site.certainty for site in load_sites()}[chosen.site]
    assert chosen.why


@pytest.mark.unit
def test_default_sites_are_one_a_region() -> None:
    assert sorted(row["region"] for row in rows("default_sites.csv")) == sorted(REGION_NAMES)


@pytest.mark.unit
@pytest.mark.parametrize("region_map", sorted(REGION_MAPS))
def test_data_page_prints_the_default_sites_and_their_minutes(region_map: str) -> None:
    page = DATA_PAGE.read_text(encoding="utf-8")
    for region in REGION_MAPS[region_map]:
        site, minutes = nearest_by_rule(region, region_map)
        certainty = default_site(region, region_map).certainty
        assert re.search(rf"^\| `{region}` \| {site}, [^|]+ \| {certainty} \| {minutes:.0f} \|", page, re.MULTILINE), (
            region,
            site,
            certainty,
            round(minutes),
        )


@pytest.mark.unit
def test_only_sjaelland_has_an_unverified_default() -> None:
    uncertain = {row["region"] for row in rows("default_sites.csv") if row["certainty"] != "confirmed"}
    assert uncertain == {"sjaelland"}


@pytest.mark.unit
def test_outlines_carry_their_licence_and_five_regions() -> None:
    outlines = load_region_outlines()
    assert outlines["licence"] == "CC BY 4.0"
    assert "Klimadatastyrelsen" in outlines["attribution"]
    names = {feature["properties"]["region"] for feature in outlines["features"]}
    assert names == {REGION_NAMES[region] for region in REGION_MAPS["five"]}


@pytest.mark.golden
@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("municipalities.csv", "206bdcca32394673"),
        ("regions.csv", "0c061180aee6d089"),
        ("sites.csv", "b1900252931e2842"),
        ("travel_links.csv", "d0dc1129b4c6a672"),
        ("regions.geojson", "0006cccc2fe245ec"),
    ],
)
def test_fact_files_are_as_published(name: str, digest: str) -> None:
    content = (resources.files("sim.geography") / "data" / name).read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(content).hexdigest()[:16] == digest


@pytest.mark.unit
def test_unknown_words_get_the_nearest_known_one() -> None:
    with pytest.raises(ValueError, match=r"^region map: one of five, four; got 'fiv'\. Did you mean five\?$"):
        load_municipalities().region("fiv")
    with pytest.raises(ValueError, match="region map: one of five, four; got 'six'"):
        load_municipalities().region_index("six")
    with pytest.raises(ValueError, match=r"site: one of AAL, .*; got 'AARH'\. Did you mean AAR\?"):
        site_region("AARH", "five")
    with pytest.raises(ValueError, match=r"region of the map 'five': .*got 'sjælland'\. Did you mean sjaelland\?"):
        default_site("sjælland", "five")
    with pytest.raises(ValueError, match=r"region of the map 'five': .*got 'oestdanmark'"):
        default_site("oestdanmark", "five")
    with pytest.raises(ValueError, match=r"got 'xyzzy'\. Write one of those that are known\."):
        default_site("xyzzy", "four")
