"""The published schema accepts what the reader accepts, and refuses what it can."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sim.scenario import load_parameters, scenario_schema
from sim.scenario.file.reading import read_values

SCHEMA = scenario_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EXAMPLE = Path(__file__).parent / "example.yaml"
END = "\ndesigns: [{name: a, kind: none}]\n"


def faults(text: str) -> list[str]:
    return [fault.message for fault in VALIDATOR.iter_errors(read_values(text, "text")[0])]


@pytest.mark.unit
def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE.read_text(encoding="utf-8"),
        "name: a" + END,
        "name: a\nreplications: {precision: 0.02, of: admitted_per_year}" + END,
        "name: a\nreplications: {of: [a, b]}" + END,
        "name: a\ndemand: {view: need_muni_16, offered_share: 0.5, regional_shares: {oestdanmark: 0.5}}" + END,
        "name: a\nstay: {days: none, early_leaving_days: {empirical: {values: [1, 2.5]}}}" + END,
        "name: a\ntravel: {table: minutes.csv}" + END,
        "name: a\ntravel: {minutes: {0101: {AAR: 95.5}}}" + END,
        "name: a\ntoday: list.csv" + END,
        "name: a\ntoday: [{municipality: 751, referred: 01-12-2026, gestation_week: 22+3}]" + END,
        "name: a\ntitle: A title" + END,
        "name: a\neconomics: {financing: {municipality: 0.5, state: 0.5}, place_price: 4000}" + END,
        "name: a\neconomics: {financing: takst}" + END,
        "name: a\neconomics: {financing: {takst: {mean_of_years: 2, bounds: [0.9, 1]}}, refund: {counted: true}}" + END,
        "name: a\ndesigns: [{name: b, kind: none, financing: {delt: {takst_share: 0.5, key: births}}}]",
        "name: a\ndesigns: [{name: b, kind: national, sites: AAR, places: 9, flexible: {max_places: 12}}]",
        "name: a\ndesigns: [{name: b, kind: local, places: {syddanmark: 9}}]",
        "name: a\ndesigns: [{name: b, kind: pools, pools: [{id: c, site: AAR, serves: [0751, 101]}]}]",
    ],
)
def test_what_is_read_fits_the_schema(text: str) -> None:
    assert faults(text) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        END,
        "name: a\n",
        "name: a b" + END,
        "name: a\nneed: 5" + END,
        "name: a\ndemand: {need_per_year: -1}" + END,
        "name: a\ndemand: {need_per_year: 5, view: need_muni_16}" + END,
        "name: a\ndemand: {view: nobody}" + END,
        "name: a\ndemand:" + END,
        "name: a\nstay: {days: {uniform: {low: 1}}}" + END,
        "name: a\nstay: {days: {uniform: {low: 1, high: 2}, constant: {value: 1}}}" + END,
        "name: a\ndemand: {birth_week: none}" + END,
        "name: a\ntravel: {table: minutes.csv, minutes: {0101: {AAR: 95.5}}}" + END,
        "name: a\ntoday: [{referred: 2026-12-01, gestation_week: 22}]" + END,
        "name: a\ntoday: [{municipality: 751, name: Anna}]" + END,
        "name: a\nreplications: 1.5" + END,
        "name: a\neconomics: {financing: {takst: {}, delt: {}}}" + END,
        "name: a\neconomics: {care_financing: takst}" + END,
        "name: a\neconomics: {financing: {takst: {bounds: [1]}}}" + END,
        "name: a\ndesigns: []",
        "name: a\ndesigns: [{name: b}]",
        "name: a\ndesigns: [{name: b, pools: [{id: c, site: AAR}]}]",
        "name: a\ndesigns: [{name: b, kind: nonw}]",
        "name: a\ndesigns: [{name: b, kind: none, external: {}}]",
        "name: a\ndesigns: [{name: b, kind: regional, places: {nordjylland: -3}}]",
        "name: a\ndesigns: [{name: b, kind: regional, flexible: {}}]",
        "name: a\ndesigns: [{name: b, kind: national, sites: [AAR, ODE, AAL]}]",
        "name: a\ndesigns: [{name: b, kind: pools}]",
    ],
)
def test_what_is_refused_does_not_fit_the_schema(text: str) -> None:
    assert faults(text)


@pytest.mark.unit
def test_every_word_is_described_and_numbers_name_their_source() -> None:
    for name, group in {"Scenario": SCHEMA, **SCHEMA["$defs"]}.items():
        for word, described in group.get("properties", {}).items():
            assert "description" in described or word == "kind" or set(described) == {"$ref"}, f"{name}.{word}"
    need: dict[str, Any] = SCHEMA["$defs"]["Demand"]["properties"]["need_per_year"]
    assert need["x-parameter"] == "need_per_year"
    assert need["x-plausible"] == [16, 100]
    assert load_parameters()["need_per_year"].why in need["description"]
    assert (
        "gestational week at referral"
        in SCHEMA["$defs"]["Demand"]["properties"]["gestation_at_referral_weeks"]["description"].lower()
    )
    assert "x-parameter" not in SCHEMA["$defs"]["Normal"]["properties"]["mean"]
    assert "'null'" not in str(SCHEMA)
