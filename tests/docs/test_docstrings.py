"""What a package exports says what it takes and gives, section by section."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from numpydoc.validate import validate

import calibration
import sim

WANTED = {"GL08", "PR01", "PR02", "PR03", "RT01", "SS03"}
"""Codes of numpydoc: a docstring there, every parameter in it and no other, in order; what is returned; a full stop."""


def packages() -> Iterator[ModuleType]:
    for root in (sim, calibration):
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if found.ispkg and not found.name.endswith(".commands"):
                yield importlib.import_module(found.name)


EXPORTED = sorted(
    {
        f"{thing.__module__}.{thing.__qualname__}"
        for package in packages()
        for name in getattr(package, "__all__", ())
        if inspect.isfunction(thing := getattr(package, name)) and thing.__module__.startswith(("sim.", "calibration."))
    }
)


@pytest.mark.unit
@pytest.mark.parametrize("name", EXPORTED)
def test_what_is_exported_says_what_it_takes_and_gives(name: str) -> None:
    assert [fault for fault in validate(name)["errors"] if fault[0] in WANTED] == []
