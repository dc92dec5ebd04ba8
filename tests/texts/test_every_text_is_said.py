"""Every text of the catalogue is said somewhere: a key that nobody builds is deleted."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.app import PAGES
from sim.texts import load_texts

ROOT = Path(__file__).parents[2]
PACKAGES = ("sim", "calibration", "dashboard")
NAMING = (*PACKAGES, "scenarios")
"""Folders with data in which keys of texts are named, as designs are in ready scenarios."""
BUILT = (
    *(f"{page}.menu" for page in PAGES),
    r"(batch|common)\.\w+\.\w+_one",  # what is counted
    r"(plan|compare|many|sure|evidence\.page\.checks)\.(waiting|progress)",
    r"calibration\.(short\.stay|planned\.subtitle|planned\.x)_(birth|admission)",  # where a stay is reckoned from
    r"common\.unit\.(days|minutes)",
    r"evidence\.reason\.\w+_and_\w+",
    r"evidence\.reason\.\w+_over_time",
    r"figures\.unit\.(million_)?dkk_per_year",
    r"findings\.losers\.(admitted|wait|travel)(_everywhere)?",
    r"report\.of_parameter\.\w+",  # units of parameters
    r"(evidence\.page\.part|future\.(kind|span))\.\w+",  # choices among few words
    r"plan\.option\.\w+\.\w+",  # what a scenario's word may say
)
"""Keys put together from words that stand nowhere as they are."""

NAMED_BY_THE_MODEL = ("faults", "measures", "parameters", "views")
"""Themes whose keys are names of the model's own; other tests hold them to the model."""


def trees() -> Iterator[ast.AST]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def words_of_data() -> Iterator[str]:
    for package in NAMING:
        for path in (ROOT / package).rglob("*"):
            if path.suffix in {".csv", ".yaml"} and "texts" not in path.parts:
                yield from re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))


@pytest.mark.unit
def test_every_text_is_said_somewhere() -> None:
    known, patterns = set(words_of_data()), set(BUILT)
    for node in trees():
        match node:
            case ast.Constant(value=str(word)) | ast.arg(arg=word) | ast.AnnAssign(target=ast.Name(id=word)):
                known.add(word)
            case ast.keyword(arg=str(word)):
                known.add(word)
            case ast.JoinedStr(values=values):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"([\w.-]+)" for part in values)
                patterns.add("".join(parts))
    keys = [key for key in load_texts("da").catalogue if key.split(".")[0] not in NAMED_BY_THE_MODEL]
    themes = {re.escape(f"{key.split('.')[0]}.") for key in keys}
    built = [re.compile(pattern) for pattern in patterns if pattern in BUILT or pattern.startswith(tuple(themes))]

    def is_built(key: str) -> bool:
        found = (pattern.fullmatch(key) for pattern in built)
        return any(
            match.re.pattern in BUILT or all({word, *word.split(".")} & known for word in match.groups())
            for match in found
            if match
        )

    of_many = [key.removesuffix("_one") for key in keys]
    assert [key for key in of_many if key not in known and not is_built(key)] == []
