"""A file given again after it was edited: the last one is on screen, and another browser sees nothing of it."""

from typing import Any

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, expect

from dashboard.question import Question
from dashboard.state import State
from dashboard.widgets.keys import Key, typed_key

NEED = "demand.need_per_year"
FILE = """name: mit
replications: 20
horizon_years: 3
demand: {%s: %d}
designs:
  - {name: regional, kind: regional, places: {hovedstaden: 3, sjaelland: 2, syddanmark: 2, midtjylland: 2}}
"""


def give(seen: Visit, word: str, need: int) -> None:
    content: dict[str, Any] = {"mimeType": "application/yaml", "buffer": (FILE % (word, need)).encode()}
    seen.widget(Key.OWN).locator("input[type=file]").set_input_files({"name": "mit.yaml", **content})


def assert_need(seen: Visit, need: int) -> None:
    expect(seen.widget(typed_key(NEED)).locator("input")).to_have_value(str(need))
    seen.settle()


@pytest.mark.e2e
def test_the_last_file_is_on_screen_and_another_browser_sees_nothing_of_it(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen, visit(browser, server) as other:
        seen.open("plan", State(question=Question(replications=20)))
        other.open("plan", State(question=Question(replications=20)))
        begin = other.numbers()
        seen.open_group("base")
        give(seen, "need_per_year", 40)
        assert_need(seen, 40)
        give(seen, "need_per_year", 90)
        assert_need(seen, 90)
        assert other.numbers() == begin
        expect(other.page.get_by_text("mit.yaml")).to_have_count(0)
        seen.assert_sound()
