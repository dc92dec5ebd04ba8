"""The dashboard in a browser: found by the keys of its widgets, waited for by its state, never by the clock."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode, urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect
from waiting import HANG_SECONDS

from dashboard.ask.state import State, read_link, write_link
from dashboard.draw.theme import DARK, LIGHT

PATIENCE_MS = 1000 * HANG_SECONDS
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
GRAVE = ("serious", "critical")

# Streamlit looks for its own server below the page's address before it looks at the root, and is told 404.
_LOOKS_FOR_SERVER = re.compile(r"/_stcore/(health|host-config)$")

_IS_SETTLED = """() =>
    document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
    && document.getAnimations().every(
        one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""

_IS_IDLE = (
    "() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(done))))"
)


class Visit:
    """A page of the dashboard, open in a browser of its own.

    Attributes
    ----------
    page : Page
        Of Playwright.
    errors : list of str
        What the browser complained of.
    strangers : list of str
        Addresses of other hosts that were asked for anything.
    """

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self._host = urlparse(server).netloc
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _LOOKS_FOR_SERVER.search(message.location.get("url", "")):
            self.errors.append(message.text)

    def _see(self, request: Request) -> None:
        address = urlparse(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self._host:
            self.strangers.append(request.url)

    def open(self, name: str, state: State) -> "Visit":
        """Open a page by its link."""
        path = "" if name == "plan" else name
        return self.follow(f"{self.server}/{path}?{urlencode(write_link(state))}")

    def follow(self, link: str) -> "Visit":
        """Open a link."""
        self.page.goto(link)
        expect(self.page.locator("h1, [data-testid=stException]").first).to_be_visible()
        assert self.page.get_by_test_id("stException").all_inner_texts() == []
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the page has been drawn, and nothing of it fades in or out any more."""
        self.page.wait_for_function(_IS_SETTLED)
        self.page.evaluate(_IS_IDLE)  # the end of the script may be known before all it has sent is drawn
        self.page.wait_for_function(_IS_SETTLED)

    def wait_for_address(self, is_right: Callable[[State], bool]) -> None:
        """Wait until the address holds what it should."""
        self.page.wait_for_url(lambda url: is_right(read_link(dict(parse_qsl(urlparse(url).query)))))

    def set_dark(self, is_dark: bool) -> None:
        """Turn the light of the room down or up, and open the page anew."""
        self.page.emulate_media(color_scheme="dark" if is_dark else "light")
        self.follow(self.page.url)
        color = self.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--dp-background')")
        assert color == (DARK if is_dark else LIGHT).background

    def grave_findings(self) -> list[str]:
        """What axe-core finds that keeps people from using the page."""
        return [
            f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:200]}"
            for one in Axe().run(self.page).response["violations"]
            if one["impact"] in GRAVE
            for node in one["nodes"]
        ]

    def widget(self, key: str) -> Locator:
        """The widget of a key."""
        return self.page.locator(".st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key))

    def move_slider(self, key: str, presses: int) -> None:
        """Move a slider with the arrow keys, to the right or (below 0) to the left."""
        thumb = self.widget(key).get_by_role("slider")
        before = thumb.get_attribute("aria-valuetext") or thumb.get_attribute("aria-valuenow")
        thumb.focus()
        for _ in range(abs(presses)):
            self.page.keyboard.press("ArrowRight" if presses > 0 else "ArrowLeft")
        after = thumb.get_attribute("aria-valuetext") or thumb.get_attribute("aria-valuenow")
        assert after != before, f"the slider {key} stands still"

    def give_file(self, key: str, name: str, text: str) -> None:
        """Put a file into a field for files, which empties itself."""
        field = self.page.locator(f"[class*='st-key-{key}-'] input[type=file]")
        field.set_input_files({"name": name, "mimeType": "application/yaml", "buffer": text.encode()})

    def open_group(self, name: str) -> None:
        """Open a group of controls."""
        group = self.widget(f"group-{name}")
        if group.locator("details[open]").count() == 0:
            group.locator("summary").first.click()

    def numbers(self) -> list[str]:
        """The headline numbers as they stand on the page, once they do."""
        expect(self.page.locator(".dp-numbers .dp-value").first).to_be_visible()
        return self.page.locator(".dp-numbers .dp-value").all_inner_texts()

    def wait_for_other_numbers(self, before: list[str]) -> list[str]:
        """Wait until other headline numbers stand there, and the page is at rest."""
        self.page.wait_for_function(
            "before => JSON.stringify([...document.querySelectorAll('.dp-numbers .dp-value')]"
            ".map(one => one.innerText)) !== before && document.querySelectorAll('.dp-numbers .dp-value').length > 0",
            arg=json.dumps(before, ensure_ascii=False, separators=(",", ":")),
        )
        self.settle()
        return self.numbers()

    def assert_sound(self) -> None:
        """Nothing has failed, and nobody else has been asked for anything."""
        assert self.page.get_by_test_id("stException").count() == 0
        assert self.errors == []
        assert self.strangers == []


@contextmanager
def visit(
    browser: Browser, server: str, *, size: dict[str, int] | None = None, is_dark: bool = False
) -> Iterator[Visit]:
    """Open a browser that knows nothing of any other."""
    context = browser.new_context(
        viewport=size or DESKTOP,
        color_scheme="dark" if is_dark else "light",
        locale="da-DK",
        accept_downloads=True,
        reduced_motion="reduce",
    )
    try:
        yield Visit(context.new_page(), server)
    finally:
        context.close()
