"""A kind of design that somebody forgets half of is found out."""

from pathlib import Path

import pytest

from dashboard.ask.question import ADDABLE
from sim.design import build_designs
from sim.design.pools import BUILDERS
from sim.scenario import DESIGNS, scenario_from
from sim.texts import LANGUAGES, load_texts

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "scenario-files.md").read_text(encoding="utf-8")
WITHOUT_UNITS = ("external", "none")
POOLS = [{"id": "a", "site": "AAR"}]


@pytest.mark.unit
def test_every_kind_has_a_builder_and_no_other_has() -> None:
    assert set(BUILDERS) == set(DESIGNS)


@pytest.mark.unit
@pytest.mark.parametrize("kind", DESIGNS)
def test_every_kind_is_explained_and_offered(kind: str) -> None:
    assert f"\n| `{kind}` | " in DOCUMENTED
    for texts in map(load_texts, LANGUAGES):
        assert f"common.kind.{kind}" in texts
        assert kind == "pools" or f"common.design.{kind}" in texts
    assert kind == "pools" or ADDABLE[kind]["kind"] == kind


@pytest.mark.unit
@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize("regions", ["five", "four"])
def test_every_kind_with_units_has_places_where_it_says_nothing(kind: str, regions: str) -> None:
    words = {"name": "it", "kind": kind} | ({"pools": POOLS} if kind == "pools" else {})
    (built,) = build_designs(scenario_from({"name": "a", "regions": regions, "designs": [words]}))
    assert (sum(pool.places for pool in built.pools) > 0) == (kind not in WITHOUT_UNITS)
