"""Whatever comes in by a door is text in the browser too, and the browser asks nobody else for anything."""

import pytest
from browsing import Visit, visit
from doors import LONG, PAYLOADS
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question, own_question
from dashboard.ask.state import KeptQuestion, State
from dashboard.widgets.keys import Key
from sim.scenario import scenario_from

PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
MADE_OF_TEXT = "a[href*='evil'], img[src*='evil'], .stMain b, .stMain del, .stMain code, svg a, .katex"
NAMES = [payload[:60].strip() for payload in PAYLOADS if payload.isprintable()]


def asked() -> State:
    title = "".join(PAYLOADS[:2])
    words = {
        "name": "www.evil.example",
        "title": {"da": title, "en": title},
        "horizon_years": 3,
        "replications": 5,
        "designs": [
            {"name": "www.evil.example", "kind": "regional", "places": PLACES},
            {"name": "a_b_", "kind": "shared", "places": PLACES},
        ],
    }
    kept = tuple(KeptQuestion(name, Question("today-regions", replications=5)) for name in NAMES)
    return State(question=own_question(scenario_from(words)), kept=kept, compared=NAMES[0])


def assert_text(seen: Visit) -> None:
    assert seen.page.locator(MADE_OF_TEXT).evaluate_all("all => all.map(one => one.outerHTML.slice(0, 200))") == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.assert_sound()


@pytest.mark.e2e
def test_names_titles_and_files_are_text_on_every_page(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", asked())
        seen.widget("keeping").get_by_role("button").first.click()
        for name in NAMES:
            said = seen.page.locator("[class*='st-key-kept-'] strong").all_inner_texts()
            assert name in [one.replace("\u2060", "") for one in said]
        seen.page.keyboard.press("Escape")
        assert_text(seen)
        for name in (PAYLOADS[0].replace("/", ""), "<b>fed</b>.yaml"):
            seen.open_group("base")
            seen.give_file(Key.OWN, f"{name}.yaml", f"name: {LONG}")
            expect(seen.page.locator(".stMain .stAlert").first).to_be_visible()
            seen.settle()
            assert_text(seen)
        for page in ("compare", "estimates", "future", "batch"):
            seen.open(page, asked())
            assert_text(seen)


@pytest.mark.e2e
def test_the_browser_asks_nobody_else(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(question=Question("today-regions", replications=5)))
        answer = seen.page.evaluate(
            "() => new Promise(done => { document.addEventListener('securitypolicyviolation',"
            " event => done(event.effectiveDirective)); const image = new Image();"
            " image.src = 'https://evil.example/x.png'; })"
        )
        assert answer == "img-src"
