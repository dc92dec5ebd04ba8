"""The picture of the start: it shows the series, in both languages, and asks nothing of any other machine."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.looks.warmup import Warmup, WarmupSeries, find_warmup, welch

pytest.importorskip("plotly")

from dashboard.draw.page import build_page
from dashboard.draw.places.warmup import draw_warmup
from sim.texts import LANGUAGES, load_texts

DA, EN = load_texts("da"), load_texts("en")

DAYS_PER_YEAR = 365.25


def a_series(*, n_parts: int = 4, ramp_up_days: float = 2 * DAYS_PER_YEAR) -> WarmupSeries:
    day = 7.0 * np.arange(520) + 3.5
    level = np.where(day < 800, day / 80, 10.0)
    parts = level + np.linspace(-0.2, 0.2, n_parts)[:, None]
    return WarmupSeries(
        "fælles <1>", 1400, 7.0, np.arange(11) * DAYS_PER_YEAR, ramp_up_days, 0.0, day, parts.mean(axis=0), parts
    )


@pytest.mark.unit
def test_the_figure_shows_the_series() -> None:
    series = a_series()
    figure = draw_warmup(series, find_warmup(series), EN).figure
    lines = {trace.name: trace for trace in figure.data}
    mean = lines["Mean, steps of 7 days"]
    assert np.array_equal(mean.y, series.living)
    assert np.array_equal(mean.x, series.day / DAYS_PER_YEAR)
    smoothed = lines["Moving average over 189 days (Welch)"]
    assert np.array_equal(smoothed.y, welch(series.living, 13))
    assert np.array_equal(smoothed.x, series.day[: len(smoothed.y)] / DAYS_PER_YEAR)
    assert np.array_equal(lines["parts_low"].y, series.living_of_parts.min(axis=0))
    assert np.array_equal(lines[EN("figures.warmup.parts")].y, series.living_of_parts.max(axis=0))


@pytest.mark.unit
def test_the_figure_marks_the_cut_the_ramp_and_what_is_left_out() -> None:
    series = a_series()
    found = Warmup(805.0, 770.0, 840.0, 3, True)
    figure = draw_warmup(series, found, DA).figure
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [
        (0, 3),
        (805 / DAYS_PER_YEAR, 805 / DAYS_PER_YEAR),
        (2, 2),
    ]
    labels = [annotation.text for annotation in figure.layout.annotations]
    assert labels == [
        "Udelades: 3 år. Det lange løb måles fra år 4",
        "MSER-5: efter 2,2 år",
        "Tilbuddet er kendt",
    ]


@pytest.mark.unit
def test_nothing_is_shaded_where_no_steady_level_is_found() -> None:
    series = a_series(n_parts=1, ramp_up_days=0.0)
    figure = draw_warmup(series, Warmup(1800.0, 1800.0, 1800.0, 5, False), EN).figure
    assert len(figure.layout.shapes) == 1
    assert figure.layout.annotations[0].text == EN("figures.warmup.not_steady")
    assert len(figure.data) == 2


@pytest.mark.unit
@pytest.mark.parametrize(("lang", "separators", "number"), [("da", ",.", "1.400"), ("en", ".,", "1,400")])
def test_numbers_are_written_as_the_language_does(lang: str, separators: str, number: str) -> None:
    series = a_series()
    figure = draw_warmup(series, find_warmup(series), load_texts(lang)).figure
    assert figure.layout.separators == separators
    assert number in figure.layout.title.subtitle.text
    assert "fælles &lt;1&gt;" in figure.layout.title.text


class _Requests(HTMLParser):
    """Gathers what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.title = ""
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_title = tag == "title"
        self.asked += [value or "" for name, value in attrs if name in {"src", "href", "data", "action", "srcset"}]

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data
            self._is_title = False


@pytest.mark.unit
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_all_it_needs(lang: str) -> None:
    series = a_series()
    texts = load_texts(lang)
    title, note = texts("figures.warmup.title", design="fælles <1>"), texts("figures.warmup.note")
    page = build_page(draw_warmup(series, find_warmup(series), texts), texts, notes=[note], title=title)
    requests = _Requests()
    requests.feed(page)
    assert requests.asked == []
    assert not re.search(r"<script[^>]*\bsrc=", page)
    assert "Plotly.newPlot" in page
    assert len(page) > 1_000_000  # plotly.js is inside
    assert f'<html lang="{lang}">' in page
    assert requests.title == title
    assert html.escape(note) in page


@pytest.mark.e2e
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_saves_the_picture(lang: str, tmp_path: Path) -> None:
    from sim.cli.warmup import warmup  # noqa: PLC0415 - so that without plotly this file is skipped as one

    picture = tmp_path / "new" / "start.html"
    words = ["today-regions", "--design", "shared", "--replications", "4", "--lang", lang, "--picture", str(picture)]
    result = CliRunner().invoke(warmup, words)
    assert result.exit_code == 0, result.output
    assert f"The picture is in {picture}" in result.stdout
    assert json.dumps(load_texts(lang)("figures.warmup.time")) in picture.read_text(encoding="utf-8")
    as_json = CliRunner().invoke(warmup, [*words, "--json"])
    assert as_json.stdout.startswith("{")
    assert f"The picture is in {picture}" in as_json.stderr
