"""An analyst puts scenario files in, mends them, runs them, stops a run that truly stops, and takes the results."""

import csv
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Visit, visit
from conftest import Served
from playwright.sync_api import Browser, expect
from waiting import HANG_SECONDS

from dashboard.ask.state import State
from dashboard.say.measure_words import estimate_of
from dashboard.widgets.keys import Key
from sim.experiment import run_experiment
from sim.scenario import read_scenario

BAD = """name: vinter
designs:
  - {name: a, kind: regionl}
demand: {need_per_yaer: 40}
"""
LONG = """name: lang
designs:
  - {name: shared, kind: shared}
replications: 5000
sweep:
  - demand.need_per_year: [30, 40, 50, 60, 70, 80, 90, 100]
  - acceptance.base: [0.30, 0.32, 0.34, 0.36, 0.38, 0.40, 0.42, 0.44]
"""
SHORT = """name: kort
designs:
  - {name: shared, kind: shared}
replications: 20
"""


@pytest.mark.e2e
def test_bad_files_are_explained_and_a_run_can_be_stopped(browser: Browser, served: Served, tmp_path: Path) -> None:
    with visit(browser, served.address) as seen:
        seen.open("batch", State(language="da"))
        upload(seen, "vinter.yaml", BAD)
        expect(seen.page.get_by_text("fejl skal rettes")).to_be_visible()
        expect(seen.page.get_by_text("need_per_year").first).to_be_visible()
        expect(seen.widget(Key.RUN).get_by_role("button")).to_be_disabled()

        seen.widget(Key.REMOVE_FILES).get_by_role("button").click()
        expect(seen.page.get_by_text("fejl skal rettes")).to_have_count(0)
        upload(seen, "lang.yaml", LONG)
        before = workers(served.pid)
        seen.widget(Key.RUN).get_by_role("button").click()
        expect(seen.page.get_by_text("af 64 færdige")).to_be_visible()
        assert wait_until(lambda: bool(workers(served.pid) - before), seen)
        seen.widget(f"{Key.CANCEL_JOB}:1").get_by_role("button").click()
        expect(seen.page.get_by_text("Standset af dig.")).to_be_visible()
        assert wait_until(lambda: not workers(served.pid) - before, seen)

        seen.widget(Key.REMOVE_FILES).get_by_role("button").click()
        upload(seen, "kort.yaml", SHORT)
        seen.widget(Key.RUN).get_by_role("button").click()
        expect(seen.page.get_by_text("Færdig: 1 af 1")).to_be_visible()
        check_table(download(seen, "doegnplads-2.csv"))
        archive = zipfile.ZipFile(io.BytesIO(download(seen, "doegnplads-2.zip")))
        assert {"scenarios/kort.yaml", "tables/all.csv", "tables/all.xlsx", "tables/region.parquet"} <= set(
            archive.namelist()
        )
        seen.assert_sound()


def wait_until(is_so: Callable[[], bool], seen: Visit) -> bool:
    """Tell whether something comes to be so before long."""
    until = time.monotonic() + HANG_SECONDS
    while not is_so() and time.monotonic() < until:
        seen.page.wait_for_timeout(100)
    return is_so()


def upload(seen: Visit, name: str, text: str) -> None:
    """Put a file among those of a run."""
    seen.give_file(Key.UPLOAD, name, text)
    expect(seen.page.locator("table", has_text=name).first).to_be_visible()
    seen.settle()


def download(seen: Visit, name: str) -> bytes:
    """Take a file that is made when it is asked for."""
    with seen.page.expect_download() as arriving:
        seen.widget(f"{Key.JOB_DOWNLOAD}:2:{name}").get_by_role("button").click()
    assert arriving.value.suggested_filename == name
    return arriving.value.path().read_bytes()


def check_table(content: bytes) -> None:
    """The table has the numbers of the model."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    (row,) = (row for row in rows if row["measure"] == "admitted_per_year" and row["design"] == "shared")
    results = run_experiment(read_scenario(SHORT, "kort.yaml"))
    assert float(row["mean"]) == pytest.approx(estimate_of(results.designs["shared"], "admitted_per_year").mean)


def workers(pid: int) -> set[int]:
    """Processes that a process has begun and that compute; what keeps account of them for Python does not."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            said = status.with_name("cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == pid and state != "Z" and b"resource_tracker" not in said:
            found.add(int(status.parent.name))
    return found
