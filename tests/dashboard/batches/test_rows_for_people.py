"""Results of runs as people read them: units, the language's numbers, and a picture whatever was varied."""

import pytest

from dashboard.batches.results import ScenarioRow, results_frame, write_change
from dashboard.draw.canvas import with_footer
from dashboard.draw.designs.series import draw_scenarios
from dashboard.draw.theme import LIGHT
from dashboard.say.measure_words import Estimate
from dashboard.widgets.downloads import csv_of
from sim.texts import load_texts

DA = load_texts("da")
ROWS = tuple(
    ScenarioRow(name, name, {"acceptance.base": share, "economics.financing": payer}, {"regional": one, "shared": one})
    for name, share, payer, one in (
        ("a", 0.3, "state", Estimate(10, 0.305, 0.30, 0.31, 0.2, 0.4)),
        ("b", 0.405, "municipal", Estimate(10, 0.5, 0.49, 0.51, 0.4, 0.6)),
    )
)


@pytest.mark.unit
def test_what_was_varied_is_in_the_units_of_the_page_plan() -> None:
    assert write_change("acceptance.base", 0.3, DA) == "30 %"
    assert write_change("acceptance.base", 0.405, DA) == "40,5 %"
    assert write_change("economics.financing", "municipal", DA) == "Kommunen"
    assert write_change("designs.regional.places.nordjylland", 3, DA) == "3"
    assert write_change("acceptance.base", None, DA) == ""


@pytest.mark.unit
def test_the_table_opens_rightly_in_a_danish_spreadsheet() -> None:
    lines = csv_of(results_frame(ROWS, "occupancy", DA), DA).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 * 2
    assert lines[1].startswith("a;30 %;Staten;Regional;0,305;0,3;")


@pytest.mark.unit
def test_scenarios_that_differ_in_more_than_a_number_have_a_picture() -> None:
    chart = draw_scenarios(ROWS, DA, LIGHT, measure="occupancy")
    assert list(chart.figure.layout.yaxis.ticktext) == ["a", "b"]
    assert "30,5" in chart.sentence
    assert len(chart.frame()) == 4


@pytest.mark.unit
def test_a_picture_says_what_it_shows_below_what_it_shows() -> None:
    figure = draw_scenarios(ROWS, DA, LIGHT, measure="occupancy").figure
    signed = with_footer(figure, ("Døgnplads · <b>x</b>", "behov 75"), LIGHT)
    assert signed.layout.annotations[-1].text == "Døgnplads · &lt;b&gt;x&lt;/b&gt;<br>behov 75"
    assert signed.layout.height - signed.layout.margin.b == figure.layout.height - figure.layout.margin.b
    assert len(signed.data) == len(figure.data)
