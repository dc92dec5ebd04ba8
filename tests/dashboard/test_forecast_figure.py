"""The picture of a forecast: it shows the forecast and the counts, in both languages."""

import datetime as dt
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from click.testing import CliRunner

from sim.experiment.forecast import Forecast, forecast_places
from sim.experiment.past_forecasts import Observation
from sim.scenario import find_scenario, load_scenario, with_values

pytest.importorskip("plotly")

from dashboard.figures.forecast import FORECAST_TEXTS, build_forecast_figure


@pytest.fixture(scope="module")
def found() -> Forecast:
    scenario = with_values(load_scenario(find_scenario("from-today")), {"replications": 1000})
    return forecast_places(scenario, months=3)


def count(date: str, living: int, place: str = "all") -> Observation:
    return Observation(dt.date.fromisoformat(date), place, living, "")


@pytest.mark.unit
def test_the_figure_shows_the_forecast_and_the_counts(found: Forecast) -> None:
    texts = FORECAST_TEXTS["en"]
    counts = [count("2028-02-01", 9), count("2028-04-01", 19), count("2028-04-01", 6, "AAR"), count("2028-09-01", 1)]
    figure = build_forecast_figure(found, texts, design="regional", observed=counts)
    lines = {trace.name: trace for trace in figure.data}
    places = found.over_time.designs["regional"]
    for word, bands in (("living", places.living), ("waiting", places.waiting), ("open_places", places.open_places)):
        np.testing.assert_array_equal(lines[texts[word]].y, bands.mean)
        assert tuple(lines[texts[word]].x) == found.dates
    np.testing.assert_array_equal(lines["band_low"].y, places.living.p05)
    np.testing.assert_array_equal(lines[texts["band"]].y, places.living.p95)
    assert lines[texts["observed"]].x == (dt.date(2028, 4, 1),)
    assert lines[texts["observed"]].y == (19,)


@pytest.mark.unit
def test_what_is_nowhere_is_not_drawn(found: Forecast) -> None:
    nobody = forecast_places(with_values(found.scenario, {"today": [], "replications": 5}), months=1)
    names = {trace.name for trace in build_forecast_figure(nobody, FORECAST_TEXTS["en"], design="regional").data}
    assert FORECAST_TEXTS["en"]["elsewhere"] not in names
    assert FORECAST_TEXTS["en"]["observed"] not in names
    assert FORECAST_TEXTS["en"]["living"] in names


@pytest.mark.unit
@pytest.mark.parametrize(("lang", "number", "date"), [("da", "1.000", "01-03-2028"), ("en", "1,000", "2028-03-01")])
def test_numbers_and_dates_are_written_as_the_language_does(found: Forecast, lang: str, number: str, date: str) -> None:
    figure = build_forecast_figure(found, FORECAST_TEXTS[lang], design="regional")
    subtitle = figure.layout.title.subtitle.text
    assert number in subtitle
    assert date in subtitle
    assert figure.layout.separators == FORECAST_TEXTS[lang]["separators"]


@pytest.mark.unit
def test_both_languages_have_the_same_labels_with_the_same_places() -> None:
    danish, english = FORECAST_TEXTS["da"], FORECAST_TEXTS["en"]
    assert list(danish) == list(english)
    for key in danish:
        if key != "hover":  # plotly's places, not Python's
            places = [{name for _, name, _, _ in Formatter().parse(text[key]) if name} for text in (danish, english)]
            assert places[0] == places[1], key
        assert danish[key], key


@pytest.mark.e2e
@pytest.mark.parametrize("lang", list(FORECAST_TEXTS))
def test_the_command_saves_the_picture(lang: str, tmp_path: Path) -> None:
    from sim.cli import main  # noqa: PLC0415 - so that without plotly this file is skipped as one

    picture = tmp_path / "new" / "forecast.html"
    words = [
        "forecast",
        "from-today",
        "--replications",
        "4",
        "--months",
        "2",
        "--lang",
        lang,
        "--picture",
        str(picture),
    ]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    page = picture.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert "Plotly.newPlot" in page
