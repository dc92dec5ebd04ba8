"""Every test carries exactly one marker of those in pyproject.toml."""

import pytest

MARKERS = {"unit", "law", "parity", "theory", "golden", "ui", "e2e", "verify"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        found = MARKERS & {mark.name for mark in item.iter_markers()}
        if len(found) != 1:
            raise pytest.UsageError(f"{item.nodeid} needs exactly one marker of {sorted(MARKERS)}; has {found}")
