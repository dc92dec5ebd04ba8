"""Numbers typed into boxes: either decimal sign is understood, what cannot be used is refused beside the box."""

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, Locator, expect

from dashboard.ask.question import Question, with_changes
from dashboard.ask.state import State
from dashboard.widgets.keys import Key, control_key, typed_key
from sim.scenario import read_scenario

NEED, PRICE = "demand.need_per_year", "economics.place_price"
FEW = with_changes(Question(replications=20), {NEED: 60, PRICE: 5000})


def box_of(seen: Visit, path: str) -> Locator:
    return seen.widget(typed_key(path)).locator("input")


def type_digits(seen: Visit, path: str, text: str) -> None:
    """Type into a box as people do, and leave it."""
    box = box_of(seen, path)
    box.click()
    box.press("Control+a")
    box.press("Delete")
    box.press_sequentially(text)
    box.press("Tab")


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("language", "typed", "number", "written"),
    [
        ("da", "1,09", 1.09, "1,09"),
        ("da", "0.05", 0.05, "0,05"),
        ("da", "1.000", 1000, "1000"),
        ("da", "0,333333333", 0.333333333, "0,333333333"),
        ("en", "0,35", 0.35, "0.35"),
        ("en", "1,000", 1000, "1000"),
    ],
)
def test_either_sign_is_understood(
    browser: Browser, server: str, language: str, typed: str, number: float, written: str
) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(language=language, question=FEW))
        type_digits(seen, NEED, typed)
        expect(box_of(seen, NEED)).to_have_value(written)
        seen.wait_for_address(lambda state: dict(state.question.changes)[NEED] == number)
        seen.settle()
        thumb = seen.widget(control_key(NEED)).get_by_role("slider")
        expect(thumb).to_have_attribute(
            "aria-valuetext", written if number < 1000 else {"da": "1.000"}.get(language, "1,000")
        )
        with seen.page.expect_download() as download:
            seen.widget(Key.SCENARIO_FILE).get_by_role("button").click()
        assert read_scenario(download.value.path().read_bytes()).demand.need_per_year == number
        seen.assert_sound()


@pytest.mark.e2e
def test_what_is_no_number_is_refused_beside_its_box_and_nothing_else_moves(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(question=FEW))
        before, address = seen.numbers(), seen.page.url
        for typed, said in (("1e2", "ikke et tal"), ("-1", "fra 0 til"), ("999999", "fra 0 til")):
            type_digits(seen, NEED, typed)
            expect(seen.widget(f"pair-{NEED}").get_by_role("alert")).to_contain_text(said)
            expect(box_of(seen, NEED)).to_have_value(typed)
        type_digits(seen, NEED, "")
        expect(box_of(seen, NEED)).to_have_value("60")
        expect(seen.widget(f"pair-{NEED}").get_by_role("alert")).to_have_count(0)
        seen.settle()
        assert (seen.numbers(), seen.page.url) == (before, address)
        seen.open_group("money")
        type_digits(seen, PRICE, "5.250,50")
        expect(box_of(seen, PRICE)).to_have_value("5250,5")
        seen.wait_for_address(lambda state: dict(state.question.changes)[PRICE] == 5250.5)
        seen.widget(Key.UNDO).get_by_role("button").click()
        expect(box_of(seen, PRICE)).to_have_value("5000")
        seen.assert_sound()
