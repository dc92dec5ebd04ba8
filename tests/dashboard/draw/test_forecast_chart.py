"""The picture of a forecast: it shows the forecast and the counts, in both languages."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.looks.forecast import Forecast, forecast_places
from sim.looks.past_forecasts import Observation
from sim.scenario import find_scenario, load_scenario, with_values

pytest.importorskip("plotly")

from dashboard.draw.places.forecast import draw_forecast
from dashboard.draw.theme import SEPARATORS
from sim.texts import LANGUAGES, load_texts


@pytest.fixture(scope="module")
def found() -> Forecast:
    scenario = with_values(load_scenario(find_scenario("from-today")), {"replications": 1000})
    return forecast_places(scenario, months=3)


def count(date: str, living: int, place: str = "all") -> Observation:
    return Observation(dt.date.fromisoformat(date), place, living, "", 2)


@pytest.mark.unit
def test_the_figure_shows_the_forecast_and_the_counts(found: Forecast) -> None:
    texts = load_texts("en")
    counts = [count("2028-02-01", 9), count("2028-04-01", 19), count("2028-04-01", 6, "AAR"), count("2028-09-01", 1)]
    figure = draw_forecast(found, texts, design="regional", observed=counts).figure
    lines = {trace.name: trace for trace in figure.data}
    places = found.over_time.designs["regional"]
    for word, bands in (("living", places.living), ("waiting", places.waiting), ("open_places", places.open_places)):
        np.testing.assert_array_equal(lines[texts(f"figures.forecast.{word}")].y, bands.mean)
        assert tuple(lines[texts(f"figures.forecast.{word}")].x) == found.dates
    np.testing.assert_array_equal(lines["band_low"].y, places.living.p05)
    np.testing.assert_array_equal(lines[texts("figures.forecast.band")].y, places.living.p95)
    assert lines[texts("figures.forecast.observed")].x == (dt.date(2028, 4, 1),)
    assert lines[texts("figures.forecast.observed")].y == (19,)


@pytest.mark.unit
def test_what_is_nowhere_is_not_drawn(found: Forecast) -> None:
    nobody = forecast_places(with_values(found.scenario, {"today": [], "replications": 5}), months=1)
    texts = load_texts("en")
    names = {trace.name for trace in draw_forecast(nobody, texts, design="regional").figure.data}
    assert texts("figures.forecast.elsewhere") not in names
    assert texts("figures.forecast.observed") not in names
    assert texts("figures.forecast.living") in names


@pytest.mark.unit
@pytest.mark.parametrize(("lang", "number", "date"), [("da", "1.000", "01-03-2028"), ("en", "1,000", "2028-03-01")])
def test_numbers_and_dates_are_written_as_the_language_does(found: Forecast, lang: str, number: str, date: str) -> None:
    figure = draw_forecast(found, load_texts(lang), design="regional").figure
    subtitle = figure.layout.title.subtitle.text
    assert number in subtitle
    assert date in subtitle
    assert figure.layout.separators == SEPARATORS[lang]


@pytest.mark.e2e
@pytest.mark.parametrize("lang", LANGUAGES)
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
