"""The dashboard without a mouse: sliders and numbers are reached and used by keys alone."""

import pytest
from browsing import visit
from playwright.sync_api import Browser, expect

from dashboard.question import Question
from dashboard.state import State
from dashboard.widgets.keys import control_key

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
        expect(tip).to_contain_text("95 % sikkert gennemsnit")
        assert (tip.bounding_box() or {"height": 0})["height"] > 20
