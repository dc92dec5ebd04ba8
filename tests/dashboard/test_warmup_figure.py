"""The picture of the start: it shows the series, in both languages, and asks nothing of any other machine."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from click.testing import CliRunner

from sim.experiment.warmup import Warmup, WarmupSeries, find_warmup, welch

pytest.importorskip("plotly")

from dashboard.figures.warmup import WARMUP_TEXTS, build_warmup_figure, build_warmup_page

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
    figure = build_warmup_figure(series, find_warmup(series), WARMUP_TEXTS["en"])
    lines = {trace.name: trace for trace in figure.data}
    mean = lines["Mean, steps of 7 days"]
    assert np.array_equal(mean.y, series.living)
    assert np.array_equal(mean.x, series.day / DAYS_PER_YEAR)
    smoothed = lines["Moving average over 189 days (Welch)"]
    assert np.array_equal(smoothed.y, welch(series.living, 13))
    assert np.array_equal(smoothed.x, series.day[: len(smoothed.y)] / DAYS_PER_YEAR)
    assert np.array_equal(lines["parts_low"].y, series.living_of_parts.min(axis=0))
    assert np.array_equal(lines[WARMUP_TEXTS["en"]["parts"]].y, series.living_of_parts.max(axis=0))


@pytest.mark.unit
def test_the_figure_marks_the_cut_the_ramp_and_what_is_left_out() -> None:
    series = a_series()
    found = Warmup(805.0, 770.0, 840.0, 3, True)
    figure = build_warmup_figure(series, found, WARMUP_TEXTS["da"])
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
    figure = build_warmup_figure(series, Warmup(1800.0, 1800.0, 1800.0, 5, False), WARMUP_TEXTS["en"])
    assert len(figure.layout.shapes) == 1
    assert figure.layout.annotations[0].text == WARMUP_TEXTS["en"]["not_steady"]
    assert len(figure.data) == 2


@pytest.mark.unit
@pytest.mark.parametrize(("lang", "separators", "number"), [("da", ",.", "1.400"), ("en", ".,", "1,400")])
def test_numbers_are_written_as_the_language_does(lang: str, separators: str, number: str) -> None:
    series = a_series()
    figure = build_warmup_figure(series, find_warmup(series), WARMUP_TEXTS[lang])
    assert figure.layout.separators == separators
    assert number in figure.layout.title.subtitle.text
    assert "fælles &lt;1&gt;" in figure.layout.title.text


@pytest.mark.unit
def test_both_languages_have_the_same_labels_with_the_same_places_for_numbers() -> None:
    danish, english = WARMUP_TEXTS["da"], WARMUP_TEXTS["en"]
    assert list(danish) == list(english)

    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for key in danish:
        if key == "hover":  # plotly's places, not Python's
            assert re.findall(r"%\{.*?\}", danish[key]) == re.findall(r"%\{.*?\}", english[key])
        else:
            assert places(danish[key]) == places(english[key]), key
        assert danish[key], key


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
@pytest.mark.parametrize("lang", list(WARMUP_TEXTS))
def test_the_page_holds_all_it_needs(lang: str) -> None:
    series = a_series()
    texts = WARMUP_TEXTS[lang]
    page = build_warmup_page(build_warmup_figure(series, find_warmup(series), texts), texts)
    requests = _Requests()
    requests.feed(page)
    assert requests.asked == []
    assert not re.search(r"<script[^>]*\bsrc=", page)
    assert "Plotly.newPlot" in page
    assert len(page) > 1_000_000  # plotly.js is inside
    assert f'<html lang="{lang}">' in page
    assert requests.title == texts["title"].format(design="fælles <1>")
    assert html.escape(texts["note"]) in page


@pytest.mark.e2e
@pytest.mark.parametrize("lang", list(WARMUP_TEXTS))
def test_the_command_saves_the_picture(lang: str, tmp_path: Path) -> None:
    from sim.cli.warmup import warmup  # noqa: PLC0415 - so that without plotly this file is skipped as one

    picture = tmp_path / "new" / "start.html"
    words = ["baseline", "--design", "shared", "--replications", "4", "--lang", lang, "--picture", str(picture)]
    result = CliRunner().invoke(warmup, words)
    assert result.exit_code == 0, result.output
    assert f"The picture is in {picture}" in result.stdout
    assert json.dumps(WARMUP_TEXTS[lang]["time"]) in picture.read_text(encoding="utf-8")
    as_json = CliRunner().invoke(warmup, [*words, "--json"])
    assert as_json.stdout.startswith("{")
    assert f"The picture is in {picture}" in as_json.stderr
