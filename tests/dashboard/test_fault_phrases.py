"""Every message about a scenario file is said in Danish too."""

import re
from pathlib import Path
from string import Formatter

import pytest
from test_messages import CASES, DESIGN_CASES, DESIGNS, HEAD
from test_written_otherwise import OTHERWISE

from dashboard.fault_phrases import is_phrased, phrase_fault
from dashboard.texts import load_texts
from sim.batch import gather
from sim.scenario import Fault, ScenarioError, read_scenario

DANISH, ENGLISH = load_texts("da"), load_texts("en")
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


@pytest.mark.unit
@pytest.mark.parametrize(
    "text", [HEAD + text + DESIGNS for text, _ in CASES + FURTHER] + [text for text, _ in DESIGN_CASES]
)
def test_every_rule_of_scenarios_is_said_in_danish(text: str) -> None:
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, "vinter.yaml")
    for fault in error.value.faults:
        assert is_phrased(fault.allowed, "allowed")
        assert is_phrased(fault.remedy, "remedy")
        said = phrase_fault(fault, DANISH)
        assert (said.source, said.line, said.path) == (fault.source, fault.line, fault.path)
        assert said.remedy != fault.remedy
        assert not re.search(
            r"\b(women/year|a day|Did you|Write|Choose|number|must)\b", f"{said.allowed} {said.remedy}"
        )


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
        assert is_phrased(fault.allowed, "allowed"), fault
        assert is_phrased(fault.remedy, "remedy"), fault


@pytest.mark.unit
def test_values_stay_and_units_are_said_in_danish() -> None:
    fault = Fault(
        "tabel.csv row 4", None, "demand.need_per_year", "a number from 0 to 10000 women/year", "nothing", "X."
    )
    said = phrase_fault(fault, DANISH)
    expected = ("tabel.csv række 4", "et tal fra 0 til 10000 kvinder om året", "ingenting", "X.")
    assert (said.source, said.allowed, said.got, said.remedy) == expected
    assert phrase_fault(fault, ENGLISH) is fault


@pytest.mark.unit
def test_braces_in_values_do_no_harm() -> None:
    fault = Fault("a", None, "", "a mapping such as {x: {y}}", "{0} items", "Write it as {n.__class__}.")
    said = phrase_fault(fault, DANISH)
    assert said.allowed == "ord med værdier, for eksempel {x: {y}}"
    assert said.got == "{0} punkter"
    assert said.remedy == "Skriv det som {n.__class__}."


@pytest.mark.unit
def test_no_phrase_hides_another() -> None:
    for kind in ("unit", "source", "allowed", "got", "remedy"):
        for key, text in ENGLISH.catalogue.items():
            if not key.startswith(f"faults.{kind}."):
                continue
            places = [place for _, place, _, _ in Formatter().parse(text) if place]
            filled = text.format(**dict.fromkeys(places, "7"))
            fault = Fault("", None, "", *(filled if kind == word else "" for word in ("allowed", "got", "remedy")))
            fault = fault._replace(source=filled) if kind == "source" else fault
            if kind != "unit":
                said = getattr(phrase_fault(fault, DANISH), kind)
                assert said == DANISH(key, **dict.fromkeys(places, "7")), key
