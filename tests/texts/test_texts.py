"""Both languages say the same things, and write numbers as their readers do."""

import datetime as dt
import string
from pathlib import Path

import pytest

from sim.engine import OUTCOMES
from sim.experiment.measured import ALL_MEASURES
from sim.geography import REGION_NAMES
from sim.scenario import DISCIPLINES, FINANCINGS, load_parameters, load_views
from sim.texts import LANGUAGES, NOTHING, design_label, load_texts

SAID_ALIKE = {
    "common.app.name",
    "common.design.regional",
    "common.interval",
    "common.language.da",
    "common.language.en",
    "common.level.region",
    "plan.menu",
    "plan.actions.share",
}
"""Texts that may be the same in both languages, besides proper names and texts without letters of their own."""


def places_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.unit
def test_both_languages_have_the_same_keys() -> None:
    danish, english = (set(load_texts(language).catalogue) for language in LANGUAGES)
    assert danish == english


@pytest.mark.unit
def test_both_languages_have_the_same_places_for_values() -> None:
    danish, english = (load_texts(language).catalogue for language in LANGUAGES)
    for key, text in danish.items():
        assert places_in(text) == places_in(english[key]), key


@pytest.mark.unit
@pytest.mark.parametrize("theme", ["common", "plan"])
def test_no_english_is_left_in_danish_texts(theme: str) -> None:
    danish, english = (load_texts(language).catalogue for language in LANGUAGES)
    proper = set(REGION_NAMES.values())
    alike = {
        key
        for key, text in danish.items()
        if key.startswith(f"{theme}.") and text == english[key] and any(one.isalpha() for one in _own_letters(text))
    }
    assert {key for key in alike if danish[key] not in proper} <= SAID_ALIKE


def _own_letters(text: str) -> str:
    return "".join(literal for literal, *_ in string.Formatter().parse(text))


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_model_names_has_words(language: str) -> None:
    texts = load_texts(language)
    for measure in ALL_MEASURES:
        for word in ("label", "definition"):
            assert texts(f"measures.{measure.name}.{word}")
    for parameter in load_parameters().values():
        assert texts(f"parameters.{parameter.id}.label")
        assert f"parameters.{parameter.id}.source" in texts
        assert texts(f"parameters.strength.{parameter.strength.split()[0].strip(',;')}")
    for view in load_views():
        for word in ("label", "who", "statement"):
            assert texts(f"views.{view}.{word}")
    for discipline in DISCIPLINES:
        assert texts(f"plan.option.designs_discipline.{discipline}")
    for financing in FINANCINGS:
        assert texts(f"plan.option.economics_financing.{financing}")
    for outcome in OUTCOMES:
        assert texts(f"common.outcome.{outcome}")
    for region, name in REGION_NAMES.items():
        assert texts(f"common.region.{region}") == name


@pytest.mark.unit
def test_numbers_are_written_as_the_reader_writes_them() -> None:
    danish, english = load_texts("da"), load_texts("en")
    assert danish.number(1234567.891, 1) == "1.234.567,9"
    assert english.number(1234567.891, 1) == "1,234,567.9"
    assert danish.number(-0.04, 1) == "0,0"
    assert danish.number(-12.5) == "-12"
    assert danish.percent(0.125, 1) == "12,5\u00a0%"
    assert english.percent(0.125, 1) == "12.5%"
    assert danish.money(44_630_000) == "44,63 mio. kr."
    assert danish.money(1_770_000) == "1,77 mio. kr."
    assert danish.money(5_500) == "5.500 kr."
    assert english.money(5_500) == "DKK 5,500"
    assert danish.interval(25.13, 25.38, 1) == "25,1 til 25,4"
    assert danish.date(dt.date(2027, 1, 1)) == "1. januar 2027"
    assert english.date(dt.date(2027, 1, 1)) == "1 January 2027"
    assert (danish.days(1), danish.days(3.8, 1), danish.minutes(36)) == ("1 dag", "3,8 dage", "36 minutter")


@pytest.mark.unit
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_known_is_a_dash(number: float) -> None:
    texts = load_texts("da")
    written = [texts.number(number), texts.percent(number), texts.money(number), texts.days(number)]
    assert [*written, texts.interval(1.0, number)] == [NOTHING] * 5


@pytest.mark.unit
def test_a_missing_key_or_value_is_named() -> None:
    texts = load_texts("da")
    with pytest.raises(KeyError, match=r"a key of the catalogue; got 'plan\.nonsense'"):
        texts("plan.nonsense")
    with pytest.raises(KeyError, match=r"'common\.interval': a value for each of its places; none for 'high'"):
        texts("common.interval", low="1")


@pytest.mark.unit
def test_there_are_no_other_languages() -> None:
    with pytest.raises(ValueError, match="language: one of da, en; got 'sv'"):
        load_texts("sv")


@pytest.mark.unit
def test_designs_are_named_by_a_common_word_or_their_own() -> None:
    texts = load_texts("da")
    assert [design_label(name, texts) for name in ("shared", "vest")] == [texts("common.design.shared"), "vest"]


@pytest.mark.unit
def test_files_of_texts_come_in_pairs() -> None:
    for package in ("sim", "dashboard"):
        folder = Path(__file__).parents[2] / package / "texts"
        danish, english = ({file.name for file in (folder / language).glob("*.yaml")} for language in LANGUAGES)
        assert danish == english != set()
