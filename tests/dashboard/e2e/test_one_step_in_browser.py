"""From a bare address: Back takes one step each; light and dark are followed at once; each page has its title."""

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.draw.theme import DARK, LIGHT

GROUND = """() => getComputedStyle(document.querySelector(".js-plotly-plot .main-svg")).backgroundColor"""


def rgb(color: str) -> str:
    return f"rgb({', '.join(str(int(color[at : at + 2], 16)) for at in (1, 3, 5))})"


def go(seen: Visit, name: str, title: str) -> None:
    seen.page.get_by_role("link", name=name).click()
    expect(seen.page).to_have_title(f"{title} · Døgnplads")
    seen.settle()


@pytest.mark.e2e
def test_back_takes_one_step_each_from_a_bare_address(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.follow(f"{server}/")
        go(seen, "Grundlag", "Grundlag")
        go(seen, "Kørsler", "Kørsler")
        seen.page.get_by_role("radio", name="English").or_(seen.page.get_by_text("English")).first.click()
        expect(seen.page).to_have_title("Batch · Døgnplads")
        seen.settle()
        for title in ("Kørsler", "Grundlag", "Planlæg"):
            seen.page.go_back()
            expect(seen.page).to_have_title(f"{title} · Døgnplads")
            seen.settle()
        seen.assert_sound()


@pytest.mark.e2e
def test_charts_follow_when_the_room_becomes_dark_and_light_again(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(question=Question("today-regions", replications=20)))
        for is_dark in (True, False):
            seen.page.emulate_media(color_scheme="dark" if is_dark else "light")
            wanted = rgb((DARK if is_dark else LIGHT).background)
            seen.page.wait_for_function(f"wanted => ({GROUND})() === wanted", arg=wanted)
            seen.settle()
        seen.assert_sound()


@pytest.mark.e2e
def test_an_address_without_a_page_is_said_in_danish(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.follow(f"{server}/findes-ikke")
        expect(seen.page.locator("h1")).to_have_text("Siden findes ikke")
        assert seen.page.get_by_role("dialog").count() == 0
