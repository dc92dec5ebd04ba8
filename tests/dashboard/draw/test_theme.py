"""The theme can be read by everybody: contrast, colour blindness, and the language of what plotly itself writes."""

import json
from itertools import combinations, pairwise, product

import pytest

pytest.importorskip("plotly")

import plotly.graph_objects as go
from seen_colors import SIGHTS, contrast, distance

from dashboard.draw.theme import (
    DARK,
    DASHES,
    LIGHT,
    SYMBOLS,
    Theme,
    chart_config,
    design_color,
    design_dash,
    design_number,
    design_pattern,
    design_symbol,
    plotly_template,
    see_through,
)
from sim.report.palette import PATTERNS
from sim.texts import LANGUAGES, load_texts

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TEXT_CONTRAST, GRAPHICS_CONTRAST = 4.5, 3.0  # WCAG 2.1 AA, 1.4.3 and 1.4.11


@pytest.mark.unit
def test_the_measuring_of_colours_agrees_with_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert distance("#000000", "#ffffff", "usual") == pytest.approx(1, abs=1e-3)
    red_green = [distance("#c03030", "#508020", sight) for sight in ("usual", "deuteranopia")]
    assert red_green[1] < red_green[0] / 2


@pytest.mark.unit
@THEMES
def test_words_can_be_read(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        assert contrast(theme.text, ground) >= TEXT_CONTRAST
        assert contrast(theme.muted, ground) >= TEXT_CONTRAST
    assert contrast(theme.primary, theme.background) >= TEXT_CONTRAST
    for end, ink in zip(theme.heat, (theme.text, theme.background), strict=True):
        assert contrast(end, ink) >= TEXT_CONTRAST


@pytest.mark.unit
@THEMES
def test_what_carries_meaning_can_be_seen(theme: Theme) -> None:
    for color in (*theme.designs, *theme.payers, *theme.parts, *theme.speakers, theme.axis, theme.lost, theme.muted):
        assert contrast(color, theme.background) >= GRAPHICS_CONTRAST, color


@pytest.mark.unit
@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
def test_designs_payers_and_parts_are_told_apart(theme: Theme, sight: str) -> None:
    least = {
        theme.designs: 0.10,
        theme.designs[:4]: 0.14,
        theme.parts: 0.10,
        theme.parts[:4]: 0.15,
        theme.payers: 0.16,
        theme.speakers: 0.085,
        theme.speakers[:4]: 0.11,
    }
    for colors, apart in least.items():
        for one, other in combinations(colors, 2):
            assert distance(one, other, sight) >= apart, (one, other)


@pytest.mark.unit
@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
def test_classes_of_travel_go_steadily_from_one_end_to_the_other(theme: Theme, sight: str) -> None:
    steps = [contrast(color, theme.background) for color in theme.travel]
    assert steps == sorted(steps)
    for one, other in pairwise(theme.travel):
        assert distance(one, other, sight) >= 0.09, (one, other)


@pytest.mark.unit
@THEMES
def test_no_colour_means_two_things(theme: Theme) -> None:
    palettes = (theme.designs, theme.payers, theme.parts, theme.speakers, (theme.lost,))
    for one, other in combinations(palettes, 2):
        for pair in product(one, other):
            assert distance(*pair, "usual") >= 0.03, pair


@pytest.mark.unit
def test_a_design_keeps_its_look_when_others_are_left_out() -> None:
    theme = LIGHT._replace(order=("a", "b", "c"))
    assert [design_number(theme, name, ("c", "a", "x")) for name in ("c", "a", "x")] == [2, 0, 3]
    assert [design_number(LIGHT, name, ("c", "a")) for name in ("c", "a")] == [0, 1]
    for turned in (design_symbol, design_pattern, design_dash):
        assert len({(design_color(LIGHT, number), turned(number)) for number in range(50)}) == 50


@pytest.mark.unit
def test_designs_differ_in_more_than_colour() -> None:
    for looks in (SYMBOLS, DASHES, PATTERNS, LIGHT.designs, DARK.designs):
        assert len(set(looks)) == 8
    assert len(LIGHT.designs) == len(DARK.designs) == 8


@pytest.mark.unit
def test_the_room_and_the_design_choose_the_colour() -> None:
    assert (LIGHT.is_dark, DARK.is_dark) == (False, True)
    assert [design_color(LIGHT, number) for number in (0, 7, 8)] == [
        LIGHT.designs[0],
        LIGHT.designs[7],
        LIGHT.designs[0],
    ]
    assert see_through("#3762b5", 0.2) == "rgba(55,98,181,0.2)"


@pytest.mark.unit
@THEMES
def test_the_template_writes_numbers_as_the_language_does(theme: Theme) -> None:
    separators = {language: plotly_template(theme, load_texts(language)).layout.separators for language in LANGUAGES}
    assert separators == {"da": ",.", "en": ".,"}
    layout = plotly_template(theme, load_texts("da")).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == theme.background
    assert go.Figure(layout={"template": layout.template}) is not None


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_has_one_button_in_the_readers_language_and_calls_nobody(language: str) -> None:
    config = chart_config(load_texts(language), "venteliste", picture="svg")
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"] == {"format": "svg", "filename": "venteliste", "scale": 2}
    words = config["locales"][config["locale"]]["dictionary"]
    assert words["Download plot"] == {"da": "Hent som SVG-billede", "en": "Save as SVG picture"}[language]
    assert not config["displaylogo"]
    assert "http" not in json.dumps(config)
