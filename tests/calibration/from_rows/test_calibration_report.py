"""The report: complete, in the reader's language, without a network and without single women."""

import datetime as dt
import html
import json
import re
from pathlib import Path

import numpy as np
import pytest
from invented_files import a_scenario, a_sheet
from playwright.sync_api import Browser

from calibration.from_rows import Learnt, Period, Read, Terms, learn, read_referrals
from calibration.from_rows.curves import (
    Band,
    Bins,
    Points,
    answers_by_travel,
    gestation_bins,
    quarter_fit,
    quarters,
    stay_curves,
    stay_kept,
)
from calibration.from_rows.estimates.acceptance import answers
from calibration.from_rows.estimates.observed import Ends, Times, early_leaving, stay_ends
from calibration.from_rows.estimates.referral_rate import Arrivals, arrivals
from calibration.from_rows.file.reading import read_rows
from dashboard.draw.learning.acceptance import draw_acceptance
from dashboard.draw.learning.ends import draw_ends
from dashboard.draw.learning.forest import ForestRow, draw_forest
from dashboard.draw.learning.gestation import draw_gestation
from dashboard.draw.learning.quarters import draw_quarters
from dashboard.draw.learning.times import draw_times
from dashboard.draw.theme import DARK, LIGHT
from dashboard.reports.calibration import write_calibration_report
from dashboard.reports.calibration_words import about_rows, estimate_name, said_in_short, write_interval
from sim.scenario import load_scenario, ready_scenarios
from sim.texts import load_texts

EXAMPLE = Path("calibration/examples/referrals.csv")
FIVE = load_scenario(ready_scenarios()["today-regions"])
DANISH, ENGLISH = load_texts("da"), load_texts("en")
PERIOD = Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
PICTURES = ("forest", "quarters", "gestation", "acceptance", "ends", "leaving", "planned")


@pytest.fixture(scope="module")
def read() -> Read:
    return read_referrals(EXAMPLE, FIVE, PERIOD)


@pytest.fixture(scope="module")
def learnt(read: Read) -> Learnt:
    return learn(read.referrals, FIVE, Terms(seed=1))


@pytest.fixture(scope="module")
def page(read: Read, learnt: Learnt) -> str:
    return write_calibration_report(read, learnt, FIVE, DANISH)


def words_of(page: str) -> str:
    """The page as it is read, without scripts and styles."""
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", plain))


@pytest.mark.unit
def test_texts_have_the_same_keys_and_places_in_both_languages() -> None:
    keys = {key for key in DANISH.catalogue if key.startswith("calibration.")}
    assert keys == {key for key in ENGLISH.catalogue if key.startswith("calibration.")}
    for key in keys:
        places = [set(re.findall(r"{(\w+)}", texts.catalogue[key])) for texts in (DANISH, ENGLISH)]
        assert places[0] == places[1], key


@pytest.mark.unit
def test_every_estimate_has_its_row_its_name_and_its_intervals(page: str, learnt: Learnt) -> None:
    words = words_of(page)
    for estimate in learnt.estimates.values():
        assert estimate_name(estimate, DANISH) in words
        after = (estimate.mean, estimate.low, estimate.high)
        assert write_interval(estimate.parameter, after, DANISH) in words
        assert write_interval(estimate.parameter, estimate.prior, DANISH) in words
    assert page.count('<th scope="row"') == 26


@pytest.mark.unit
def test_the_danish_page_is_danish_and_the_english_english(page: str, read: Read, learnt: Learnt) -> None:
    english = write_calibration_report(read, learnt, FIVE, ENGLISH)
    assert '<html lang="da">' in page
    assert '<html lang="en">' in english
    danish_words, english_words = words_of(page), words_of(english)
    assert "1. januar 2023 til 31. december 2025" in danish_words
    assert "1 January 2023 to 31 December 2025" in english_words
    for word in (" the ", " women ", " after ", "calibration."):
        assert word not in danish_words
    for word in (" af ", " kvinder ", " efter ", "calibration."):
        assert word not in english_words


@pytest.mark.unit
def test_nothing_about_single_women_is_in_the_page(page: str) -> None:
    rows = EXAMPLE.read_text(encoding="utf-8").splitlines()[1:]
    library, drawn = page.index("plotly.js v"), page.index("picture-forest", page.index("plotly.js v"))
    shown = page[:library] + page[drawn:]  # without the library, which has dates of its own
    days = [cell for row in rows for cell in row.split(",")[1:] if re.fullmatch(r"\d{4}-\d\d-\d\d", cell)]
    assert len(days) > 150
    for secret in {row.split(",")[0] for row in rows} | set(days):
        assert secret not in shown


@pytest.mark.unit
def test_names_from_the_file_cannot_write_into_the_page() -> None:
    row = {"referred": "2025-01-01", "<script>alert(1)</script>": "x"}
    sheet = a_sheet(row, header=("referred", "<script>alert(1)</script>"))
    read = read_rows(sheet, a_scenario(), PERIOD)
    page = write_calibration_report(read, learn(read.referrals, a_scenario()), a_scenario(), DANISH)
    assert "alert(1)" not in page


@pytest.mark.unit
def test_a_file_that_says_nothing_still_gives_a_whole_page() -> None:
    read = read_rows(a_sheet({"referred": "2025-01-01"}), a_scenario(), PERIOD)
    learnt = learn(read.referrals, a_scenario())
    page = words_of(write_calibration_report(read, learnt, a_scenario(), DANISH))
    assert page.count("ingen data") >= 2 * 26
    assert "Data flytter næsten ikke" in page
    assert "Rækker udeladt, fordi de stod der i forvejen: ingen." in page


@pytest.mark.unit
def test_numbers_of_rows_are_rounded_and_small_ones_hidden(learnt: Learnt) -> None:
    home = learnt.estimates["demand.household.alone"]
    assert about_rows(home, DANISH) == "ca. 105"
    assert about_rows(home._replace(n_least=4), DANISH) == "små tal"
    assert about_rows(learnt.estimates["waiting.past_birth_share"], DANISH) == "ingen data"


@pytest.mark.unit
def test_data_that_point_elsewhere_and_estimates_that_failed_are_named(learnt: Learnt) -> None:
    home = learnt.estimates["demand.household.alone"]
    outside = home._replace(data=(0.9, 0.85, 0.95))
    assert outside.is_outside
    assert not home.is_outside
    assert not home._replace(data=(0.9, np.nan, np.nan)).is_outside
    assert not outside._replace(n_least=4).is_outside
    assert home._replace(data=(home.high + 0.01, home.high + 0.005, home.high + 0.02)).is_outside
    changed = learnt._replace(estimates={**learnt.estimates, home.path: outside._replace(effective_draws=10.0)})
    said = " ".join(said_in_short(changed, FIVE, DANISH))
    assert "Data alene peger uden for det, vi ventede: andel, der bor alene." in said
    assert "Nogle bud er ikke beregnet præcist nok: andel, der bor alene." in said
    assert not changed.has_converged


@pytest.mark.unit
def test_a_quarter_with_few_referrals_is_hidden_with_another() -> None:
    time = np.concatenate([quarter / 4 + (np.arange(n) + 0.5) / n / 4 for quarter, n in enumerate((6, 3, 9, 8))])
    begins, counts = quarters(Arrivals(time, 0.0, 1.0, -np.inf), a_scenario())
    assert begins[0] == dt.date(2023, 1, 1)
    assert np.nan_to_num(counts.women, nan=-1).tolist() == [-1, -1, 9, 8]
    figure = draw_quarters(begins, counts, flat(counts.edges), DANISH, LIGHT, settle_days=30).figure
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert list(bars.y) == [None, None, 9, 8]
    assert [trace.name for trace in figure.data][-1] == "skjult, små tal"
    assert "6" not in {text.split()[0] for text in bars.hovertext}


def flat(edges: np.ndarray) -> Band:
    middle = (edges[:-1] + edges[1:]) / 2
    return Band(middle, np.full(len(middle), 7.0), np.full(len(middle), 5.0), np.full(len(middle), 9.0))


@pytest.mark.unit
def test_curves_say_what_lifelines_says_at_points_of_five(read: Read) -> None:
    lived = early_leaving(read.referrals)
    kept = stay_kept(lived)
    assert len(kept.x) >= 2
    assert np.all(np.diff(kept.y) < 0)
    assert np.all((kept.low <= kept.y) & (kept.y <= kept.high))
    by_hand, left = 1.0, lived.days
    for day in np.unique(lived.days[lived.is_seen & (lived.days <= kept.x[0])]):
        by_hand *= 1 - np.sum(lived.is_seen & (left == day)) / np.sum(left >= day)
    assert kept.y[0] == pytest.approx(by_hand)
    curves = stay_curves(stay_ends(read.referrals))
    assert curves["completed"].y.max(initial=0) + curves["left_early"].y.max(initial=0) <= 1


@pytest.mark.unit
def test_competing_ends_take_from_each_other() -> None:
    days = np.arange(1.0, 101.0)
    ends = Ends(days, np.where(np.arange(100) % 2 == 0, 1, 2))
    curves = stay_curves(ends)
    # One of two has ended so: not nearly all of them, as if nobody had left early.
    completed = [np.sum(ends.days[ends.cause == 1] <= day) / 100 for day in curves["completed"].x]
    assert curves["completed"].y == pytest.approx(completed)
    nobody = stay_curves(Ends(days[:8], np.zeros(8, dtype=int)))
    assert len(nobody["completed"].x) == len(nobody["left_early"].x) == 0
    assert len(stay_kept(Times(days[:4], np.ones(4, dtype=bool))).x) == 0


@pytest.mark.unit
def test_bins_and_groups_of_the_example_hold_five(read: Read, learnt: Learnt) -> None:
    bins, fit = gestation_bins(read.referrals.gestation_weeks, FIVE, learnt)
    assert bins.women.min() >= 5
    assert bins.women.sum() == 103
    assert np.trapezoid(fit.middle, fit.x) == pytest.approx(1, abs=0.01)
    points = answers_by_travel(answers(read.referrals, settle_days=30))
    assert 1 <= len(points.x) <= 5
    seen = arrivals(read.referrals, FIVE, settle_days=30)
    _, counts = quarters(seen, FIVE)
    band = quarter_fit(counts.edges, learnt, seen, FIVE)
    assert np.all((band.low <= band.middle) & (band.middle <= band.high))
    assert band.middle.mean() == pytest.approx(len(seen.time) / (seen.end - seen.begin) / 4, rel=0.15)


@pytest.mark.unit
@pytest.mark.parametrize("texts", [DANISH, ENGLISH], ids=["da", "en"])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_can_be_drawn_of_nothing(texts: object, theme: object) -> None:
    nothing = Points(*np.zeros((4, 0)))
    band = Band(np.array([0.0, 1.0]), *np.array([[0.5, 0.4], [0.4, 0.3], [0.6, 0.5]]))
    no_bins = Bins(np.array([8.0]), np.zeros(0))
    row = ForestRow("Navn", "før", "efter", 0.5, -9.0, 9.0)
    no_quarters = ((), Bins(np.zeros(1), np.zeros(0)), flat(np.zeros(1)))
    for chart in (
        draw_forest([row], texts, theme),
        draw_quarters(*no_quarters, texts, theme, settle_days=30),
        draw_gestation(no_bins, band, texts, theme),
        draw_acceptance({"alone": band}, nothing, texts, theme, free_minutes=30),
        draw_ends({"completed": nothing, "left_early": nothing}, texts, theme),
        draw_times("leaving", nothing, band, texts, theme),
        draw_times("planned", nothing, band, texts, theme, anchor="birth"),
    ):
        assert chart.figure.layout.title.text
        assert json.loads(chart.figure.to_json())["layout"]["height"] > 100


@pytest.mark.unit
def test_what_lies_far_outside_the_band_is_drawn_at_its_edge() -> None:
    figure = draw_forest([ForestRow("a", "b", "c", 3.0, 2.0, 4.0)], DANISH, LIGHT).figure
    assert list(figure.data[0].x) == [1.25]


@pytest.mark.e2e
def test_the_page_draws_every_picture_and_asks_nobody(page: str, chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    shown = chromium.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    said: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    shown.goto(path.as_uri())
    for name in PICTURES:
        shown.wait_for_selector(f"#picture-{name} .main-svg", state="attached")
    width = shown.evaluate("document.documentElement.scrollWidth")
    shown.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert said == []
    assert width <= 390
