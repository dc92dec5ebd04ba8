"""The dashboard without a mouse: sliders and numbers are reached and used by keys alone."""

import pytest
from browsing import visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question, with_changes
from dashboard.ask.state import State
from dashboard.widgets.keys import control_key, typed_key

NEED = "demand.need_per_year"
FEW = Question(replications=50)
MOST_TABS = 60


@pytest.mark.e2e
def test_a_slider_is_reached_and_moved_and_numbers_say_how_sure_they_are(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(language="da", question=FEW))
        numbers = seen.numbers()
        thumb = seen.widget(control_key("demand.found_share")).get_by_role("slider")
        seen.page.locator("body").press("Tab")
        for _ in range(MOST_TABS):
            if thumb.evaluate("one => one === document.activeElement"):
                break
            seen.page.keyboard.press("Tab")
        expect(thumb).to_be_focused()
        seen.page.keyboard.press("ArrowLeft")
        seen.page.keyboard.press("ArrowLeft")
        seen.wait_for_other_numbers(numbers)

        number = seen.page.locator(".dp-numbers td .dp-tipped").first
        number.focus()
        tip = number.locator(".dp-tip")
        expect(tip).to_contain_text("Simuleringsusikkerhed (95 %)")
        assert (tip.bounding_box() or {"height": 0})["height"] > 20


@pytest.mark.e2e
@pytest.mark.parametrize("between_ms", [0, 30, 250])
def test_no_move_is_lost_while_an_arrow_key_is_held(browser: Browser, server: str, between_ms: int) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(question=with_changes(FEW, {NEED: 60})))
        thumb = seen.widget(control_key(NEED)).get_by_role("slider")
        thumb.focus()
        for need in range(61, 91):
            seen.page.keyboard.press("ArrowRight")
            seen.page.wait_for_timeout(between_ms)
            expect(thumb).to_have_attribute("aria-valuetext", str(need))
        seen.wait_for_address(lambda state: dict(state.question.changes)[NEED] == 90)
        expect(seen.widget(typed_key(NEED)).locator("input")).to_have_value("90")
        seen.settle()
        expect(thumb).to_have_attribute("aria-valuetext", "90")
