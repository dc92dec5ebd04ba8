"""A planner moves sliders, keeps what she likes, compares, and sends a link."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.say.measure_words import estimate_of, write_alike
from dashboard.widgets.keys import Key, control_key
from sim.experiment import run_experiment
from sim.scenario import load_scenario
from sim.texts import load_texts

FEW = Question("today-regions", replications=50)
NEED, BASE, DECAY = "demand.found_share", "acceptance.base", "acceptance.decay_per_hour"


@pytest.mark.e2e
def test_three_sliders_keep_compare_and_a_link_that_shows_the_same(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visit(browser, server) as seen:
        seen.open("plan", State(language="da", question=FEW))
        numbers = begin = seen.numbers()
        seen.open_group("women")
        seen.move_slider(control_key(NEED), -1)
        numbers = seen.wait_for_other_numbers(numbers)
        seen.open_group("acceptance")
        seen.move_slider(control_key(BASE), 1)
        numbers = seen.wait_for_other_numbers(numbers)

        seen.page.locator(".st-key-keeping button").first.click()
        seen.widget(Key.KEEP_NAME).locator("input").fill("Flere siger ja")
        seen.widget(Key.KEEP).get_by_role("button").click()
        expect(seen.page.get_by_text("Intet er ændret fra »Flere siger ja«")).to_be_visible()
        seen.page.keyboard.press("Escape")
        seen.settle()

        kept = seen.numbers()
        seen.move_slider(control_key(DECAY), 1)
        numbers = seen.wait_for_other_numbers(kept)
        expect(seen.page.locator(".dp-move").first).to_be_visible()
        expect(seen.page.get_by_text("I forhold til »Flere siger ja«")).to_be_visible()
        link = seen.page.url
        seen.assert_sound()

        with visit(browser, server) as other:
            other.follow(link)
            assert other.numbers() == numbers
            expect(other.page.locator("html")).to_have_attribute("lang", "da")
            expect(other.page.get_by_text("I forhold til »Flere siger ja«")).to_be_visible()
            other.assert_sound()

        with seen.page.expect_download() as download:
            seen.widget(Key.SCENARIO_FILE).get_by_role("button").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        admitted = admitted_as_written(file)
        assert numbers[: len(admitted)] == admitted
        assert json_of_command(file)["hash"] in file.name

        seen.widget(Key.UNDO).get_by_role("button").click()
        assert seen.wait_for_other_numbers(numbers) == kept
        seen.widget(Key.RESET).get_by_role("button").click()
        assert len(seen.wait_for_other_numbers(kept)) == len(begin)
        seen.assert_sound()


def admitted_as_written(file: Path) -> list[str]:
    """The first row of headline numbers, from the numbers of the model."""
    results = run_experiment(load_scenario(file))
    estimates = [estimate_of(comparison, "admitted_per_year") for comparison in results.designs.values()]
    return write_alike(estimates, "admitted_per_year", load_texts("da"))


def json_of_command(file: Path) -> dict[str, object]:
    """What the command line says to the same file."""
    command = [str(Path(sys.executable).with_name("doegnplads")), "run", str(file), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(answer.stdout)
    return found


@pytest.mark.e2e
def test_two_users_do_not_see_each_other(browser: Browser, server: str) -> None:
    with visit(browser, server) as one, visit(browser, server) as other:
        one.open("plan", State(language="da", question=FEW))
        other.open("plan", State(language="en", question=FEW))
        before = other.numbers()
        numbers = one.numbers()
        one.open_group("acceptance")
        one.move_slider(control_key(BASE), 1)
        one.wait_for_other_numbers(numbers)
        other.page.get_by_role("link", name="Compare").click()
        expect(other.page.locator("h1", has_text="Compare the designs")).to_be_visible()
        other.settle()
        assert other.numbers()[: len(before)] == before
        expect(other.page.locator("html")).to_have_attribute("lang", "en")
