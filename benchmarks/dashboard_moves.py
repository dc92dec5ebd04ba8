"""How quickly the dashboard answers: from the release of a slider until other numbers stand on the screen.

Starts the dashboard as a user does and drives Debian's Chromium with the mouse: one planner first, then several, who
all release a slider within the same moment. The page itself takes the time. Browser and server share the machine.

Run with: python -m benchmarks.dashboard_moves [--moves 50] [--sessions 10] [--rounds 10] [--out FILE] [--table]
"""

import argparse
import json
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlparse

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.machine import describe_machine, taken_by_others
from dashboard.answer.answers import Answers
from dashboard.ask.question import Question, scenario_of
from dashboard.ask.state import State, read_link, write_link
from dashboard.widgets.keys import control_key
from sim.experiment import available_cores

RESULTS = Path(__file__).with_name("dashboard.json")
SCRIPT = Path(__file__).with_name("dashboard_moves.js")
GOAL_MS = 500.0
MOST_TRIES = 20
MOST_TAKEN = 0.1
"""A move is undisturbed if other machines on the host took at most this share of the processors meanwhile."""
TIMES_AS_MANY = 4
"""So many times the moves asked for are made at most, to have as many undisturbed ones."""
PRICE = ("economics.place_price", 5000)
"""A price of places to begin with: what it is without one is computed, and has no slider."""

STAGES = {
    "before_sent": "browser, until it has asked",
    "server": "server, until the numbers are in the browser",
    "drawing": "browser, until they are painted",
}


class Slider(NamedTuple):
    """A slider on the page Plan: what it moves, and the group of controls it stands in."""

    kind: str
    group: str
    path: str


SLIDERS = (
    Slider("need", "women", "demand.found_share"),
    Slider("acceptance", "acceptance", "acceptance.base"),
    Slider("patience", "acceptance", "waiting.patience_days.exponential.mean"),
    Slider("places", "places", "designs.regional.places.midtjylland"),
    Slider("cost", "money", "economics.place_price"),
)


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """A dashboard of its own: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("doegnplads")), "dashboard", "--headless", "--port", str(port)]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_until_up(f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}", process.pid
        finally:
            process.terminate()


def wait_until_up(address: str, seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def open_plan(browser: Browser, address: str, question: Question) -> Page:
    """The page Plan in a browser of its own, with all groups of controls open."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(path=SCRIPT)
    page.goto(f"{address}/?{urlencode(write_link(State(question=question)))}")
    page.locator(".dp-value").first.wait_for()
    at_rest(page)
    for group in dict.fromkeys(slider.group for slider in SLIDERS):
        panel = page.locator(f".st-key-group-{group}")
        if not panel.locator("details[open]").count():
            panel.locator("summary").first.click()
            panel.get_by_role("slider").first.wait_for(state="attached")
    at_rest(page)
    return page


def at_rest(page: Page) -> None:
    """Wait until the page has been drawn to the end: the charts below the numbers too."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate("() => new Promise(done => requestIdleCallback(done))")


def widget_of(page: Page, slider: Slider) -> Locator:
    key = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in control_key(slider.path))
    return page.locator(f".st-key-{key}")


def release(page: Page, slider: Slider, chance: random.Random) -> None:
    """Drag a slider to another value and let go of it."""
    field = widget_of(page, slider).get_by_role("slider")
    thumb = field.locator("xpath=ancestor::div[@data-rac][1]")
    thumb.scroll_into_view_if_needed()
    at, track = thumb.bounding_box(), thumb.locator("xpath=..").bounding_box()
    assert at is not None
    assert track is not None
    before, height = field.input_value(), at["y"] + at["height"] / 2
    page.evaluate("timeMove.arm()")
    page.mouse.move(at["x"] + at["width"] / 2, height)
    page.mouse.down()
    for _ in range(MOST_TRIES):
        page.mouse.move(track["x"] + chance.uniform(0.02, 0.98) * track["width"], height, steps=2)
        if field.input_value() != before:
            break
    page.mouse.up()


def taken(page: Page) -> dict[str, float]:
    """What the last move took, by stage [ms]."""
    page.wait_for_function("timeMove.isDone()")
    found: dict[str, float] = page.evaluate("timeMove.taken()")
    at_rest(page)
    return found


def question_of(page: Page) -> Question:
    return read_link(dict(parse_qsl(urlparse(page.url).query))).question


def move_alone(browser: Browser, address: str, moves: int, begin: Question) -> dict[str, Any]:
    """One planner, who waits for each answer, until there are so many moves that no other machine disturbed."""
    chance = random.Random(1)
    page = open_plan(browser, address, begin)
    asked, rows = [begin], []
    number, undisturbed = -len(SLIDERS), 0  # each kind once first, which does not count
    while undisturbed < moves and number < TIMES_AS_MANY * moves:
        slider, taken_before = SLIDERS[number % len(SLIDERS)], taken_by_others()
        release(page, slider, chance)
        page.wait_for_function("timeMove.isDone()")
        others = taken_by_others() - taken_before
        row = taken(page)
        asked.append(question_of(page))
        if number >= 0:
            is_undisturbed = 1000 * others <= MOST_TAKEN * available_cores() * row["total"]
            rows.append({"kind": slider.kind, "is_undisturbed": is_undisturbed, **row})
            undisturbed += is_undisturbed
        number += 1
    page.context.close()
    calm = [row for row in rows if row["is_undisturbed"]]
    return {
        "all": spread_of(rows, "total"),
        "undisturbed": spread_of(calm, "total"),
        "kinds": {one.kind: spread_of([row for row in calm if row["kind"] == one.kind], "total") for one in SLIDERS},
        "stages": {stage: spread_of(calm, stage) for stage in STAGES},
        "model": spread_of(model_times(asked)[len(SLIDERS) :], "total"),
    }


def model_times(asked: list[Question]) -> list[dict[str, float]]:
    """What the model itself took for the same moves, in the same order, with nothing around it [ms]."""
    answers, begin = Answers(), scenario_of(Question("today-regions"))
    answers.moved(scenario_of(asked[0]), begin)
    found = []
    for question in asked[1:]:
        scenario, at = scenario_of(question), time.perf_counter()
        answers.results(scenario)
        answers.moved(scenario, begin)
        found.append({"total": 1000 * (time.perf_counter() - at)})
    return found


def move_together(browser: Browser, served_at: tuple[str, int], sessions: int, rounds: int) -> dict[str, Any]:
    """Several planners, who let go of their sliders at once; each has moved something else before."""
    address, pid = served_at
    chance = random.Random(2)
    megabytes = {"before": resident_megabytes(pid)}
    pages = [
        open_plan(browser, address, Question("today-regions", changes=(PRICE, ("stay.days.uniform.low", 60 + number))))
        for number in range(sessions)
    ]
    megabytes["open"] = resident_megabytes(pid)
    rows = []
    for number in range(rounds):
        for place, page in enumerate(pages):
            release(page, SLIDERS[(number + place) % len(SLIDERS)], chance)
        rows += [taken(page) for page in pages]
    megabytes["after"] = resident_megabytes(pid)
    for page in pages:
        page.context.close()
    return {"sessions": sessions, "all": spread_of(rows, "total"), "server_megabytes": megabytes}


def resident_megabytes(pid: int) -> float:
    """Memory a process has in the machine [MB]."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def spread_of(rows: list[dict[str, Any]], stage: str) -> dict[str, float]:
    """How many moves, and of what they took the median, the 95th percentile and the largest."""
    ordered = sorted(row[stage] for row in rows)
    last = len(ordered) - 1
    return {
        "n": len(ordered),
        "median": statistics.median(ordered),
        "p95": ordered[min(last, round(0.95 * last))],
        "max": ordered[last],
    }


def measure(moves: int, sessions: int, rounds: int) -> dict[str, Any]:
    begin = Question("today-regions", changes=(PRICE,))
    with served() as (address, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        alone = move_alone(browser, address, moves, begin)
        together = move_together(browser, (address, pid), sessions, rounds)
        browser.close()
    scenario = scenario_of(begin)
    return {
        "machine": describe_machine(),
        "replications": begin.replications,
        "designs": len(scenario.designs),
        "goal_ms": GOAL_MS,
        "alone": alone,
        "together": together,
    }


def markdown_of(results: dict[str, Any]) -> str:
    alone, together = results["alone"], results["together"]
    rows = [
        (f"one session, {alone['undisturbed']['n']} undisturbed moves", alone["undisturbed"]),
        *((f"of these: {kind}", spread) for kind, spread in alone["kinds"].items()),
        (f"one session, all {alone['all']['n']} moves", alone["all"]),
        (f"{together['sessions']} sessions at once, {together['all']['n']} moves", together["all"]),
    ]
    stages = [(f"{words}", alone["stages"][stage]) for stage, words in STAGES.items()]
    stages.insert(2, ("of the server's: the model itself, alone", alone["model"]))
    memory = ", ".join(f"{value:,.0f} MB {word}" for word, value in together["server_megabytes"].items())
    title = (
        f"{results['replications']} replications of {results['designs']} designs, {results['machine']['cores']} cores"
    )
    return "\n".join(
        [
            *table_of(f"From release to new numbers: {title}", rows),
            *table_of("Where the time goes, one session, undisturbed moves", stages),
            f"Memory of the server round the {together['sessions']} sessions: {memory}.",
        ]
    )


def table_of(title: str, rows: list[tuple[str, dict[str, float]]]) -> list[str]:
    cells = [f"| {name} | {one['median']:.0f} | {one['p95']:.0f} | {one['max']:.0f} |" for name, one in rows]
    return [
        f"**{title}**",
        "",
        "| What | median, ms | 95 %, ms | longest, ms |",
        "| --- | ---: | ---: | ---: |",
        *cells,
        "",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true", help="run nothing; write the last run as Markdown")
    options = parser.parse_args()
    if not options.table:
        found = measure(options.moves, options.sessions, options.rounds)
        options.out.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(markdown_of(json.loads(options.out.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
