"""Every fault is a code with values, said in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from test_messages import CASES, DESIGN_CASES, DESIGNS, HEAD
from test_written_otherwise import OTHERWISE

from sim.batch import gather
from sim.scenario import Fault, ScenarioError, read_scenario
from sim.texts import LANGUAGES, Said, load_texts, say, say_in

ROOT = Path(__file__).parents[2]
DANISH, ENGLISH = (load_texts(language).theme("faults") for language in ("da", "en"))
ENGLISH_WORDS = re.compile(r"\b(women/year|a day|Did you|Write|Choose|number|must|the)\b")
MADE_OF_VALUES = ("character", "column", "reason", "span", "unit")
"""Kinds of phrases whose code is put together from a value."""
RAISES = {
    "Fault": (3, 5),
    "Flaw": (1, 3),
    "CellFault": (0, 2),
    "broken": (0, 2),
    "one_fault": (1,),
    "StoreError": (1, 3),
}
"""Where sentences stand in the arguments of what makes a fault."""
FURTHER = [
    *((f"{text}\n", "") for text, _ in OTHERWISE),
    ("acceptance: {base: 0,4}\n", ""),
    ("stay: {days: {empirical: {values: [37,5]}}}\n", ""),
    ("title: &a b\n", ""),
    ("title: 010203-1234\n", ""),
    ("demand: {<<: {found_share: 1}}\n", ""),
]
SWEEPS = [
    "sweep: 5\n",
    "sweep:\n  - demand.need_per_year: 5\n",
    "sweep:\n  - demand.need_per_year: {low: 9, high: 2}\nsamples: 3\n",
    "sweep:\n  - demand.need_per_year: [1, 2]\nsamples: 3\n",
    "sweep:\n  - demand.need_per_year: {low: 2, high: 9}\nsamples: many\n",
    "sweep:\n  - demand.need_per_year: [1]\n  - demand.need_per_year: [2]\n",
    "sweep:\n  - demand.need_per_yaer: [1]\n",
]
TABLES = [
    "scenario,demand.need_per_year\nbaseline,many\n",
    "demand.need_per_year\n40\n",
    "scenario,demand.need_per_year\ngone.yaml,40\n",
    "scenario;demand.need_per_year\nbaseline;1.000\n",
    "scenario,scenario\nbaseline,baseline\n",
    "scenario,demand.need_per_year\n",
    "scenario,demand.need_per_year\nbaseline,4,5\n",
    'scenario,stay.days\nbaseline,"{uniform: {low: 1"\n',
    "scenario,,seed\nbaseline,1,2\n",
]
BROKEN = [
    b"",
    b"name: [1\n",
    b"\xff\xfe",
    b"name: \xe6\n",
    b"a: &b 1\n",
    b"name: a\n\tx: 1\n",
    b"name: a\n---\nname: b\n",
]


def faults_of_file(folder: Path, name: str, content: bytes) -> tuple[Fault, ...]:
    (folder / name).write_bytes(content)
    found = gather([str(folder / name)]).faults
    assert found
    return found


def source_trees() -> Iterator[tuple[str, ast.Module]]:
    for package in ("sim", "calibration", "dashboard"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def places_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.unit
def test_every_code_is_in_the_catalogue_with_the_values_it_is_given() -> None:
    used = set()
    for where, tree in source_trees():
        used |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        for name, call in called(tree):
            if name == "say" and call.args and isinstance(call.args[0], ast.Constant) and "reports" not in where:
                code = f"faults.{call.args[0].value}"
                assert code in ENGLISH, where
                assert {word.arg for word in call.keywords} == places_in(ENGLISH[code]), (where, code)
    codes = {key.removeprefix("faults.") for key in ENGLISH}
    unused = {code for code in codes - used if not code.startswith((*MADE_OF_VALUES, "allowed.a_list_of_at"))}
    assert unused == set()


@pytest.mark.unit
def test_no_sentence_stands_where_a_code_belongs() -> None:
    for where, tree in source_trees():
        for name, call in called(tree):
            for place in RAISES.get(name, ()):
                given = call.args[place] if place < len(call.args) else None
                is_text = isinstance(given, ast.JoinedStr) or (
                    isinstance(given, ast.Constant) and " " in str(given.value)
                )
                assert not is_text, (where, ast.unparse(call))


@pytest.mark.unit
def test_no_english_is_left_in_danish_sentences() -> None:
    letters = {key: "".join(literal for literal, *_ in Formatter().parse(text)) for key, text in DANISH.items()}
    alike = {key for key in DANISH if DANISH[key] == ENGLISH[key] and any(map(str.isalpha, letters[key]))}
    assert alike == set()
    assert not [text for text in letters.values() if re.search(r"\b(Write|Choose|must|the|with|which)\b", text)]


@pytest.mark.unit
@pytest.mark.parametrize(
    "text", [HEAD + text + DESIGNS for text, _ in CASES + FURTHER] + [text for text, _ in DESIGN_CASES]
)
def test_every_rule_of_scenarios_is_said_in_danish(text: str) -> None:
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, "vinter.yaml")
    for fault in error.value.faults:
        assert isinstance(fault.allowed, Said)
        assert isinstance(fault.remedy, Said)
        said = fault.parts("da")
        assert (said["source"], said["line"], said["path"]) == ("vinter.yaml", fault.line, fault.path)
        assert not ENGLISH_WORDS.search(f"{said['allowed']} {said['remedy']}")
        assert said["codes"][0] == fault.allowed.code


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content"),
    [("serie.yaml", (HEAD + DESIGNS + text).encode()) for text in SWEEPS]
    + [("tabel.csv", text.encode()) for text in TABLES]
    + [("fil.yaml", content) for content in BROKEN]
    + [("bog.xlsx", b"no workbook")],
)
def test_what_is_wrong_with_files_is_said_in_danish(tmp_path: Path, name: str, content: bytes) -> None:
    for fault in faults_of_file(tmp_path, name, content):
        assert isinstance(fault.allowed, Said)
        assert isinstance(fault.remedy, Said)
        assert not ENGLISH_WORDS.search(fault.said("da")), fault


@pytest.mark.unit
def test_values_and_units_are_said_in_the_language() -> None:
    span = say("span.from_in", low=0.5, high=10000, unit=say("unit.women_year"))
    fault = Fault("tabel.csv", None, "demand.need_per_year", say("allowed.a_number_of", span=span), "40 %", "", row=4)
    assert (
        fault.said("da")
        == "tabel.csv række 4, demand.need_per_year: et tal fra 0,5 til 10000 kvinder om året; her stod 40 %."
    )
    assert str(fault) == "tabel.csv row 4, demand.need_per_year: a number from 0.5 to 10000 women/year; got 40 %."


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_in_values_do_no_harm(language: str) -> None:
    said = say_in(language, say("remedy.write_as", example="{n.__class__} {0}"))
    assert "{n.__class__} {0}" in said
