"""A file given again after it was edited: the last good one is on screen, and another browser sees nothing of it."""

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key, typed_key

NEED = "demand.need_per_year"
FILE = """name: mit
replications: 20
horizon_years: 3
demand: {%s}
designs:
  - {name: regional, kind: regional, places: {hovedstaden: 3, sjaelland: 2, syddanmark: 2, midtjylland: 2}}
"""


UNKNOWN = ("need_pr_year: 90", ["linje 4", "her stod 'need_pr_year'", "Mente du need_per_year"])
IMPOSSIBLE = ("need_per_year: -3", ["linje 4", "et tal fra 0 til 10000", "her stod -3", "Vælg"])


def give_good(seen: Visit, need: int) -> list[str]:
    """Give a file that can be used; gives the numbers that follow."""
    before = seen.numbers()
    seen.give_file(Key.OWN, "mit.yaml", FILE % f"need_per_year: {need}")
    expect(seen.widget(typed_key(NEED)).locator("input")).to_have_value(str(need))
    return seen.wait_for_other_numbers(before)


def give_faulty(seen: Visit, name: str, demand: str, said: list[str]) -> None:
    """Give a file that cannot be used: it is said why, and nothing else changes."""
    before, address = seen.numbers(), seen.page.url
    seen.give_file(Key.OWN, name, FILE % demand)
    alert = seen.page.get_by_role("alert")
    for words in (f"Filen »{name}«, der blev givet sidst, kunne ikke bruges. Tallene er fra »mit.yaml«", *said):
        expect(alert).to_contain_text(words)
    seen.settle()
    expect(seen.widget(typed_key(NEED)).locator("input")).to_have_value("90")
    assert (seen.numbers(), seen.page.url) == (before, address)


@pytest.mark.e2e
def test_the_last_good_file_is_on_screen_until_it_is_taken_out(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen, visit(browser, server) as other:
        seen.open("plan", State(question=Question(replications=20)))
        other.open("plan", State(question=Question(replications=20)))
        begin = seen.numbers()
        seen.open_group("base")
        give_good(seen, 40)
        numbers = give_good(seen, 90)
        give_faulty(seen, "mit.yaml", *UNKNOWN)
        give_faulty(seen, "andet.yaml", *IMPOSSIBLE)
        seen.widget(Key.TAKE_OUT).get_by_role("button").click()
        assert seen.wait_for_other_numbers(numbers) == begin
        expect(seen.page.get_by_text("mit.yaml")).to_have_count(0)
        expect(seen.page.get_by_role("alert")).to_have_count(0)
        assert other.numbers() == begin
        expect(other.page.get_by_text("mit.yaml")).to_have_count(0)
        for one in (seen, other):
            one.assert_sound()
