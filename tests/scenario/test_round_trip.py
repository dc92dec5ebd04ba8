"""Whichever way a scenario arrives, it is the same scenario."""

import copy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from scenarios_by_chance import scenario_words

from sim.scenario import (
    load_scenario,
    read_scenario,
    save_scenario,
    scenario_from,
    scenario_hash,
    scenario_schema,
    scenario_text,
    scenario_values,
    with_values,
)
from sim.scenario.file.reading import read_values

EXAMPLE = Path(__file__).parent / "example.yaml"
MANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())


@pytest.mark.law
@MANY
@given(scenario_words())
def test_text_of_a_scenario_gives_the_same_scenario(words: dict[str, Any]) -> None:
    kept = copy.deepcopy(words)
    scenario = scenario_from(words)
    again = read_scenario(scenario_text(scenario))
    assert words == kept
    assert again == scenario
    assert scenario_hash(again) == scenario_hash(scenario)
    assert scenario_text(again) == scenario_text(scenario)


@pytest.mark.law
@MANY
@given(scenario_words())
def test_plain_values_of_a_scenario_give_the_same_scenario_and_fit_the_schema(words: dict[str, Any]) -> None:
    scenario = scenario_from(words)
    values = scenario_values(scenario)
    assert scenario_from(values) == scenario
    assert with_values(scenario, {}) == scenario
    VALIDATOR.validate(read_values(scenario_text(scenario), "text")[0])


@pytest.mark.unit
def test_saved_and_loaded_the_example_is_the_same(tmp_path: Path) -> None:
    scenario = load_scenario(EXAMPLE)
    save_scenario(scenario, tmp_path / "again.yaml")
    assert load_scenario(tmp_path / "again.yaml") == scenario
    assert [file.name for file in tmp_path.iterdir()] == ["again.yaml"]


@pytest.mark.golden
def test_hash_of_the_shortest_file_stays() -> None:
    shortest = read_scenario("name: short\ndesigns: [{name: as-today, kind: external}]\n")
    assert scenario_hash(shortest) == "dede5850f4f76ca9"


@pytest.mark.golden
def test_hashes_from_before_words_were_added_stay() -> None:
    kinds = """\
name: kinds
designs:
  - {name: a, kind: regional, external: {}}
  - {name: b, kind: shared}
  - {name: c, kind: pilot}
  - {name: d, kind: local}
  - {name: e, kind: national, flexible: {max_places: 31}}
  - {name: f, kind: external}
  - {name: g, kind: none}
  - {name: h, kind: pools, pools: [{id: p, site: AAR, flexible: {max_places: 9}}]}
"""
    assert scenario_hash(read_scenario(kinds)) == "1e8ecc16fc96d945"
    assert scenario_hash(load_scenario(EXAMPLE)) == "a211064e4fb10411"


@pytest.mark.unit
def test_a_word_that_was_added_counts_once_it_says_something() -> None:
    plain = load_scenario(EXAMPLE)
    for path, neutral, other in (
        ("waiting.visitation_days", {"constant": {"value": 0}}, {"constant": {"value": 1}}),
        ("acceptance.asked_again", {"share": 0}, {"share": 0.1}),
        ("stay.detention_share", 0, 0.1),
        ("designs.regional.ramp_up", {"start": 1.0, "years": 0}, {"start": 0.5}),
        ("designs.own.pools.aarhus.may_detain", False, True),
        ("designs.as-today.external.variation", 0.0, 0.5),
    ):
        assert scenario_hash(with_values(plain, {path: neutral})) == scenario_hash(plain), path
        assert scenario_hash(with_values(plain, {path: other})) != scenario_hash(plain), path
        assert with_values(with_values(plain, {path: other}), {path: neutral}) == plain, path


@pytest.mark.unit
def test_hash_ignores_name_title_order_and_how_numbers_are_written() -> None:
    one = "name: one\ndemand: {need_per_year: 75.0, found_share: 1}\ndesigns: [{name: a, kind: none}]\n"
    other = (
        "designs: [{kind: none, name: a}]\ndemand: {found_share: 1.0, need_per_year: 75}\n"
        "name: other\ntitle: {en: Other}\n"
    )
    assert scenario_hash(read_scenario(one)) == scenario_hash(read_scenario(other))
    changed = one.replace("75.0", "75.5")
    assert scenario_hash(read_scenario(one)) != scenario_hash(read_scenario(changed))
