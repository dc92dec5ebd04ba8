"""The documents say what the program does: every measure, every word, every default, and no dead link."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docs.numbers import with_numbers
from sim.cohort import funnel_of
from sim.engine import OUTCOMES
from sim.measures import MEASURES
from sim.scenario import (
    DISCIPLINES,
    FINANCINGS,
    load_parameters,
    load_views,
    scenario_from,
    scenario_schema,
    scenario_values,
)

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "scenarios" / "README.md",
    *sorted(DOCS.rglob("*.md")),
]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of(name: str) -> dict[str, list[str]]:
    """Cells of each table row that begins with a word in code, by that word."""
    rows = {}
    for line in page(name).splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip()[1:-1].split("|")]
            rows[cells[0].strip("` ")] = cells
    return rows


def words_in(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from node.get("properties", {})
        for inside in node.values():
            yield from words_in(inside)
    elif isinstance(node, list):
        for inside in node:
            yield from words_in(inside)


def leaves(values: Any, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(values, dict):
        for word, inside in values.items():
            yield from leaves(inside, f"{path}.{word}" if path else word)
    else:
        yield path, values


@pytest.mark.unit
def test_every_measure_is_explained_with_its_unit() -> None:
    rows = rows_of("measures.md")
    for measure in MEASURES:
        assert measure.name in rows, measure.name
        assert rows[measure.name][1].startswith(measure.unit), measure.name
    assert set(rows) == {measure.name for measure in MEASURES}


@pytest.mark.unit
def test_every_word_of_a_scenario_is_explained() -> None:
    text = page("scenario-files.md")
    words = set(words_in(scenario_schema())) - {"da", "en"}
    explained = {part for code in re.findall(r"`([^`\n]+)`", text) for part in re.findall(r"[a-z_]+", code)}
    assert words <= explained, sorted(words - explained)


@pytest.mark.unit
def test_every_discipline_and_financing_is_explained() -> None:
    rows = rows_of("scenario-files.md")
    assert re.findall("`([a-z_]+)`", rows["discipline"][2]) == list(DISCIPLINES)
    assert set(FINANCINGS) <= set(re.findall("`([a-z_]+)`", rows["financing"][2]))


@pytest.mark.unit
def test_defaults_of_the_words_are_those_of_the_program() -> None:
    rows = rows_of("scenario-files.md")
    shortest = {"name": "x", "designs": [{"name": "a", "kind": "none"}]}
    values = scenario_values(scenario_from(shortest))
    for word in ("name", "title", "designs"):
        values.pop(word, None)
    for path, default in leaves(values):
        word = max((row for row in rows if path == row or path.startswith(f"{row}.")), key=len, default=None)
        assert word is not None, path
        written = str(default).lower() if isinstance(default, bool) else str(default)
        assert re.search(rf"(?<![\d.]){re.escape(written)}(?![\d.])", rows[word][1]), (path, written)


@pytest.mark.unit
def test_every_parameter_stands_among_the_assumptions_with_its_numbers() -> None:
    rows = rows_of("assumptions.md")
    parameters = load_parameters()
    assert set(rows) == set(parameters)
    assert page("assumptions.md") == with_numbers(page("assumptions.md")), "write them: python -m docs.numbers"
    for name, parameter in parameters.items():
        strength = parameter.strength.split()[0].strip(",;")
        assert rows[name][3].startswith(strength), name


@pytest.mark.unit
def test_every_outcome_is_in_the_glossary() -> None:
    text = page("glossary.md").lower()
    said_otherwise = {"not_offered": "offered", "left_early": "early leaving"}
    for outcome in OUTCOMES:
        assert said_otherwise.get(outcome, outcome.replace("_", " ")) in text, outcome


@pytest.mark.unit
def test_need_behind_the_municipal_number_is_the_one_that_is_discussed() -> None:
    values = {"name": "x", "designs": [{"name": "a", "kind": "none"}]}
    need = {view: funnel_of(scenario_from(values | {"demand": {"view": view}})).need_per_year for view in load_views()}
    text = page("decisions/0004-estimates-of-later-steps.md")
    assert f"a need of about {need['visited_res_2019']:.0f} a year" in text
    assert f"6 means about {need['visited_res_2017']:.0f}" in text
    assert f"makes {need['res_drug_21']:.0f} of the 21" in text
    assert f"and {need['need_83_sbst2024']:,.0f} of the 83" in text


@pytest.mark.unit
@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in headings}, target
