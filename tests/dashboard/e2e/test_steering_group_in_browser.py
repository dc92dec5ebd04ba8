"""A steering group round a screen: compares designs, looks at other estimates, and at one possible future."""

import pytest
from browsing import visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key, chart_key

FEW = Question("today-regions", replications=50)


@pytest.mark.e2e
def test_findings_in_words_and_a_chart_to_take_along(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("compare", State(language="da", question=FEW))
        expect(seen.page.get_by_text("flere kvinder om året end »Regional«").first).to_be_visible()
        chart = seen.widget(chart_key("differences")).first
        with seen.page.expect_download() as picture:
            chart.hover()
            chart.locator(".modebar-btn").first.click()
        assert picture.value.suggested_filename.endswith(".png")
        assert picture.value.path().stat().st_size > 10_000
        numbers = seen.widget(f"{chart_key('differences')}:numbers")
        numbers.locator("summary").click()
        with seen.page.expect_download() as data:
            seen.widget(f"{chart_key('differences')}:download").get_by_role("button").click()
        table = data.value.path().read_text(encoding="utf-8-sig")
        assert table.splitlines()[0].count(";") > 4
        assert "Fælles" in table
        seen.assert_sound()


@pytest.mark.e2e
def test_the_same_designs_under_every_estimate(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("estimates", State(language="da", question=Question("today-regions", replications=10)))
        expect(seen.page.get_by_text("klarer sig bedst ved").first).to_be_visible()
        expect(seen.widget(chart_key("estimates")).locator(".main-svg").first).to_be_visible()
        seen.assert_sound()


@pytest.mark.e2e
def test_a_bad_future_and_a_later_date_are_in_the_link(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("future", State(language="da", question=FEW))
        seen.widget(Key.FUTURE_KIND).get_by_text("En dårlig").click()
        seen.settle()
        said = seen.page.get_by_text("I denne simulation af modellen »Regional«").first
        before = said.inner_text()
        seen.move_slider(Key.FUTURE_DATE, 1)
        expect(said).not_to_have_text(before)
        seen.settle()
        with visit(browser, server) as other:
            other.follow(seen.page.url)
            expect(other.page.get_by_text(said.inner_text()).first).to_be_visible()
        seen.assert_sound()
