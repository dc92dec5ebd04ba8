"""The page as a browser shows and prints it: nothing is fetched, run or cut off, whatever a title says."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from reported import HOSTILE, content_of, hostile, invented

from sim.report.page import write_page

A4_WIDTH, PHONE_WIDTH = 688, 360
"""Of what is between the margins [px]."""
CUT_OFF = """width => [...document.querySelectorAll('table, svg, svg text, p, li, dd, h1, h2, h3')]
    .filter(part => part.getBoundingClientRect().right > width + 1 || part.getBoundingClientRect().left < -1)
    .filter(part => !part.closest('details'))
    .map(part => part.textContent.slice(0, 60))"""
"""What reaches out of the paper."""


@pytest.mark.e2e
@pytest.mark.parametrize("text", ["", *HOSTILE])
def test_it_prints_on_a4_without_a_cut(chromium: Browser, text: str) -> None:
    content = content_of(invented())
    page = chromium.new_page(viewport={"width": A4_WIDTH, "height": 1000})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.emulate_media(media="print")
    page.set_content(write_page(hostile(content, text) if text else content))
    assert page.evaluate(CUT_OFF, A4_WIDTH) == []
    page.close()
    assert asked == []


@pytest.mark.e2e
@pytest.mark.parametrize("width", [1100, PHONE_WIDTH])
def test_it_is_for_everybody(chromium: Browser, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.set_content(write_page(content_of(invented())))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()
