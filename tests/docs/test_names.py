"""One name, one thing: a class of a name that stands elsewhere too would have to be told apart by its folder."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("sim", "calibration", "dashboard")


def public_classes() -> Iterator[str]:
    """Names of all classes that do not begin with an underscore, each as often as it is defined."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield node.name


@pytest.mark.unit
def test_no_public_class_has_the_name_of_another() -> None:
    twice = {name for name, n in Counter(public_classes()).items() if n > 1}
    assert twice == set()
