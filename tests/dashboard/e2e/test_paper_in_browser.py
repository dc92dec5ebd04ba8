"""What is printed: the whole page, without what moves it, and the same numbers as on the screen."""

import pytest
from browsing import Visit, visit
from playwright.sync_api import Browser, expect

from dashboard.ask.question import Question
from dashboard.ask.state import State
from dashboard.widgets.keys import chart_key

A4 = 703  # 210 mm less the margins [px]
FEW = State(question=Question("today-regions", replications=20))

_CUT = f"""() => [...document.querySelectorAll(".js-plotly-plot text, .dp-numbers td, h1, h2")]
    .filter(one => one.getClientRects().length)
    .map(one => [one.textContent.slice(0, 40), one.getBoundingClientRect()])
    .filter(([_, place]) => place.left < -1 || place.right > {A4} + 1).map(([words]) => words)"""

_BARS = """chart => {
    const plot = chart.querySelector(".js-plotly-plot");
    const bars = [...plot.querySelectorAll(".trace.bars")].map(
        trace => [...trace.querySelectorAll(".point path")].map(path => path.getBoundingClientRect().width));
    const widths = bars[0].map((_, row) => bars.reduce((sum, own) => sum + own[row], 0));
    const own = plot.data.filter(trace => trace.type === "bar");
    const costs = widths.map((_, row) => own.reduce((sum, trace) => sum + Array.from(trace.x)[row], 0));
    return widths.map((width, row) => width / costs[row]);
}"""


def lay_out_on_paper(seen: Visit) -> None:
    """As the browser does for its print preview, but to be looked at."""
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    seen.page.set_viewport_size({"width": A4, "height": 1000})


@pytest.mark.e2e
@pytest.mark.parametrize("page", ["plan", "compare"])
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_and_bars_are_as_long_as_their_numbers(
    browser: Browser, server: str, page: str, is_dark: bool
) -> None:
    with visit(browser, server, is_dark=is_dark) as seen:
        seen.open(page, FEW)
        seen.settle()
        seen.page.evaluate("addEventListener('beforeprint', () => { window.wasPrinted = true; })")
        seen.page.pdf(prefer_css_page_size=True)
        assert seen.page.evaluate("window.wasPrinted")
        lay_out_on_paper(seen)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= A4
        # a picture that came late is laid out anew, as it is when print is asked for again
        again = f"() => {{ dispatchEvent(new Event('beforeprint')); return ({_CUT})().length === 0; }}"
        seen.page.wait_for_function(again, polling=500)
        for hidden in (".stSidebar", ".stButton button", ".stDownloadButton button", "[data-testid=stHeader]"):
            assert not seen.page.locator(hidden).filter(visible=True).count(), hidden
        assert seen.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 39, 51)"
        name = {"plan": "payers", "compare": "public-payers"}[page]
        per_million = seen.widget(chart_key(name)).first.evaluate(_BARS)
        assert len(per_million) > 1
        assert max(per_million) == pytest.approx(min(per_million), rel=0.03)
        expect(seen.page.locator("h1")).to_be_visible()
