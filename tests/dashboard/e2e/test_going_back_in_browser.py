"""Back and Forward show what the address says; a link that mail has mangled gives the same screen or a plain word."""

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question, with_changes
from dashboard.ask.state import KeptQuestion, State, write_link
from dashboard.widgets.keys import control_key, typed_key

NEED = "demand.need_per_year"
FEW = with_changes(Question(replications=20), {NEED: 60})


def type_need(seen: Visit, need: int) -> None:
    box = seen.widget(typed_key(NEED)).locator("input")
    box.fill(str(need))
    box.press("Tab")
    assert_need(seen, need)


def assert_need(seen: Visit, need: int) -> None:
    """The address and the screen say the same."""
    seen.wait_for_address(lambda state: dict(state.question.changes).get(NEED) == need)
    expect(seen.widget(typed_key(NEED)).locator("input")).to_have_value(str(need))
    expect(seen.widget(control_key(NEED)).get_by_role("slider")).to_have_attribute("aria-valuetext", str(need))
    seen.settle()


def assert_page(seen: Visit, heading: str) -> None:
    expect(seen.page.locator("h1", has_text=heading)).to_be_visible()
    seen.settle()


@pytest.mark.e2e
def test_back_and_forward_show_what_the_address_says(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(question=FEW))
        for need in (30, 40, 50):
            type_need(seen, need)
        for name, heading in (
            ("Sammenlign", "Sammenlign"),
            ("Parternes behovsvurderinger", "Parternes behovsvurderinger"),
        ):
            seen.page.get_by_role("link", name=name).click()
            assert_page(seen, heading)
        seen.page.go_back()
        assert_page(seen, "Sammenlign")
        for need in (50, 40, 30, 60):
            seen.page.go_back()
            assert_need(seen, need)
        for need in (30, 40, 50):
            seen.page.go_forward()
            assert_need(seen, need)
        for heading in ("Sammenlign", "Parternes behovsvurderinger"):
            seen.page.go_forward()
            assert_page(seen, heading)
        seen.page.reload()
        assert_page(seen, "Parternes behovsvurderinger")
        seen.wait_for_address(lambda state: dict(state.question.changes)[NEED] == 50)
        seen.assert_sound()


@pytest.mark.e2e
def test_a_link_with_an_odd_name_shows_the_same_elsewhere_however_mail_has_changed_it(
    browser: Browser, server: str
) -> None:
    name = "få & små + Ærø 50 %"
    link = write_link(State(question=FEW, kept=(KeptQuestion(name, FEW),), compared=name))["s"]
    for address in (f"?s={link}", f"?s={link}&utm_source=mail", f"?s={link}.", f"?s={link[:60]}%20{link[60:]}"):
        with visit(browser, server) as seen:
            seen.follow(f"{server}/{address}")
            expect(seen.page.get_by_text(f"Intet er ændret fra »{name}«")).to_be_visible()
            expect(seen.page.locator(".stMain .stAlert")).to_have_count(0)
            seen.assert_sound()


@pytest.mark.e2e
def test_a_link_cut_short_is_explained_on_every_page(browser: Browser, server: str) -> None:
    link = write_link(State(question=FEW))["s"][:-10]
    with visit(browser, server) as seen:
        for page in ("", "compare", "estimates", "future", "evidence", "batch"):
            seen.follow(f"{server}/{page}?s={link}")
            expect(seen.page.get_by_text("Linket kunne ikke læses")).to_be_visible()


@pytest.mark.e2e
def test_a_second_tab_does_not_move_the_first(browser: Browser, server: str) -> None:
    with visit(browser, server) as first:
        first.open("plan", State(question=FEW))
        other = Visit(first.page.context.new_page(), server)
        other.open("plan", State(question=FEW))
        type_need(other, 40)
        first.page.reload()
        assert_need(first, 60)
        assert_need(other, 40)
