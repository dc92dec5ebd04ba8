"""Every test carries exactly one marker of those in pyproject.toml; one worker drives the browser."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

os.environ.pop("COLUMNS", None)  # workers of pytest-xdist say how wide they are; what is printed must not follow it

MARKERS = {"unit", "law", "parity", "theory", "golden", "ui", "e2e", "verify"}
IN_BROWSER = "tests/dashboard/e2e/"

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        found = MARKERS & {mark.name for mark in item.iter_markers()}
        if len(found) != 1:
            raise pytest.UsageError(f"{item.nodeid} needs exactly one marker of {sorted(MARKERS)}; has {found}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of the dashboard share a server and a browser, so they go to one worker; they begin, as they take long."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only who has workers needs it

    class OneWorkerDrivesTheBrowser(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return IN_BROWSER if nodeid.startswith(IN_BROWSER) else nodeid

    return OneWorkerDrivesTheBrowser(config, log)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a worker: Playwright begins only once in a process."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is missing: install it (Debian: apt-get install chromium), or run make test.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
