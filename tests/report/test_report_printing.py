"""The report as PDF: where a browser is; where none is, it is said what to do."""

from pathlib import Path

import pytest
from reported import content_of, invented

from sim.faults import FileError
from sim.report import FORMATS, check_template, write_report
from sim.report.printing import find_browser


@pytest.mark.unit
def test_without_a_browser_the_page_is_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError, match=r"a browser that can print.*none of chromium.*--format html") as error:
        write_report(content_of(invented()), "pdf")
    assert "--format html" in error.value.said("da")


@pytest.mark.unit
def test_a_browser_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError, match="a browser that printed nothing"):
        write_report(content_of(invented()), "pdf")


@pytest.mark.e2e
@pytest.mark.skipif(find_browser() is None, reason="no browser here")
def test_it_is_printed_on_a4() -> None:
    printed = write_report(content_of(invented()), "pdf")
    assert printed.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed or b"/MediaBox [0 0 595" in printed
    assert len(printed) < 2_000_000


@pytest.mark.unit
@pytest.mark.parametrize("name", [name for name, own in FORMATS.items() if not own.takes_template])
def test_a_format_without_templates_refuses_one(name: str) -> None:
    check_template(name, None)
    with pytest.raises(FileError, match=r"--template: a format with a template"):
        check_template(name, Path("mine.potx"))
