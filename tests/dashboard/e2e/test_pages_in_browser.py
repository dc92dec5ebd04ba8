"""Every page, for everybody: in both languages, light and dark, by axe-core's rules, and with room on a phone."""

import pytest
from browsing import PHONE, visit
from playwright.sync_api import Browser, expect

from dashboard.app import PAGES
from dashboard.ask.question import Question
from dashboard.ask.state import State

FEW = Question(replications=50)

ENGLISH_OF_STREAMLIT = ("Browse files", "Drag and drop", "Deploy", "Made with", "Running...", "Rerun")


@pytest.mark.e2e
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_drawn_for_everybody(browser: Browser, server: str, name: str, language: str) -> None:
    with visit(browser, server) as seen:
        seen.open(name, State(language=language, question=FEW))
        seen.assert_sound()
        expect(seen.page.locator("html")).to_have_attribute("lang", language)
        if language == "da":
            text = seen.page.locator("body").inner_text()
            assert [words for words in ENGLISH_OF_STREAMLIT if words in text] == []
        assert seen.grave_findings() == []
        seen.set_dark(True)
        assert seen.grave_findings() == []
        seen.assert_sound()


@pytest.mark.e2e
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, server: str, name: str) -> None:
    with visit(browser, server, size=PHONE) as seen:
        seen.open(name, State(question=FEW))
        seen.assert_sound()
        sideways = seen.page.evaluate(
            "() => {const main = document.querySelector('[data-testid=stMain]');"
            " return Math.max(main.scrollWidth - main.clientWidth, document.body.scrollWidth - window.innerWidth);}"
        )
        assert sideways <= 0


@pytest.mark.e2e
def test_the_first_page_answers_to_its_name_too(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.page.goto(f"{server}/plan")
        expect(seen.page.locator("h1", has_text="Planlæg")).to_be_visible()
        expect(seen.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.e2e
def test_pages_are_reached_by_the_menu_and_keep_the_question(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        question = Question("today-regions", replications=50, changes=(("acceptance.base", 0.5),))
        seen.open("plan", State(language="en", question=question))
        numbers = seen.numbers()
        seen.page.get_by_role("link", name="Compare").click()
        expect(seen.page.locator("h1", has_text="Compare the designs")).to_be_visible()
        seen.settle()
        assert seen.numbers()[: len(numbers)] == numbers  # near and far follow
        assert "/compare" in seen.page.url
        assert "s=" in seen.page.url
        seen.assert_sound()


@pytest.mark.e2e
def test_a_broken_link_is_explained_and_shows_the_baseline(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.follow(f"{server}/?lang=da&s=this-is-no-link")
        expect(seen.page.get_by_text("Linket kunne ikke læses")).to_be_visible()
        assert seen.numbers()
        seen.assert_sound()
