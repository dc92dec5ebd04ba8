"""The report as PDF: the page, printed by a browser that is there, without a network."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sim.faults import Fault, FileError
from sim.report.content import ReportContent
from sim.report.page import write_page
from sim.texts import Sayable, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
"""Programs that can print a page, in the order in which they are looked for."""
LONGEST_SECONDS = 120
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def find_browser() -> str | None:
    """Find a browser that can print; none if there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def check_browser() -> None:
    """See that there is a browser, before anything is computed."""
    if find_browser() is None:
        known = ", ".join(BROWSERS)
        raise _fault(say("got.no_browser", known=known))


def write_pdf(content: ReportContent) -> bytes:
    """Print the page."""
    check_browser()
    with tempfile.TemporaryDirectory(prefix="doegnplads-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, printed = folder / "report.html", folder / "report.pdf"
        page.write_text(write_page(content), encoding="utf-8")
        command = [str(find_browser()), *_OPTIONS, f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={printed}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # it refuses to run as root with one
        try:
            subprocess.run([*command, page.as_uri()], capture_output=True, timeout=LONGEST_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise _fault(say("got.a_browser_that_failed")) from None
        content_bytes = printed.read_bytes() if printed.exists() else b""
    if not content_bytes.startswith(b"%PDF"):
        raise _fault(say("got.a_browser_that_failed"))
    return content_bytes


def _fault(got: Sayable) -> FileError:
    return FileError([Fault("--format pdf", None, "", say("allowed.a_browser_that"), got, say("remedy.make_html"))])
