"""The evidence as lists: everything is there, in the reader's language, with who says it and what rests on it."""

import html

import pytest

from calibration.evidence import find_contradictions, load_evidence, load_parameter_sources, row_in
from dashboard.say.evidence_lists import (
    BASES,
    build_contradictions_table,
    build_evidence_list,
    build_parameter_list,
    evidence_frame,
    find_sources,
    parameter_frame,
    parameter_label,
    used_for,
    who_there_is,
    write_parameter,
)
from dashboard.say.line_table import build_line_table
from sim.texts import load_texts

DANISH, ENGLISH = load_texts("da"), load_texts("en")
TEXTS = pytest.mark.parametrize("texts", [DANISH, ENGLISH], ids=["da", "en"])


@TEXTS
@pytest.mark.unit
def test_every_row_says_its_number_who_where_and_what_to_beware_of(texts: object) -> None:
    for row in load_evidence().values():
        said = row_in(texts.language, row)  # type: ignore[attr-defined]
        shown = build_evidence_list([row], texts)  # type: ignore[arg-type]
        for part in (said.quantity, said.view, said.source, row.locator, said.caveat):
            assert html.escape(part) in shown, row.id


@pytest.mark.unit
def test_a_row_says_its_step_and_what_it_is_used_for() -> None:
    row = load_evidence()["need_dr_2023_70_80"]
    shown = build_evidence_list([row], DANISH)
    assert "<strong>75 (70 til 80) kvinder om året</strong>" in shown
    assert "Trin:</span> Behov" in shown
    assert "Kvinder med behov om året" in shown
    assert "need_per_year" in used_for(row.id)
    assert used_for("nothing") == ()


@TEXTS
@pytest.mark.unit
def test_the_downloads_have_a_row_each_and_columns_in_the_readers_language(texts: object) -> None:
    rows = tuple(load_evidence().values())
    frame = evidence_frame(rows, texts)  # type: ignore[arg-type]
    assert len(frame) == len(rows) == 265
    assert frame.columns.is_unique
    sources = find_sources("", "", texts)  # type: ignore[arg-type]
    frame = parameter_frame(sources, texts)  # type: ignore[arg-type]
    assert len(frame) == len(load_parameter_sources())
    assert frame.columns.is_unique


@pytest.mark.unit
def test_parameters_are_found_by_what_they_rest_on_and_by_words() -> None:
    found = {basis: {source.parameter.id for source in find_sources(basis, "", DANISH)} for basis in BASES}
    assert set.union(*found.values()) == set(load_parameter_sources())
    assert sum(map(len, found.values())) == len(load_parameter_sources())
    assert next(source.parameter.id for source in find_sources("", "kvinder behov året", DANISH)) == "need_per_year"
    assert "need_per_year" in {source.parameter.id for source in find_sources("", "70-80", DANISH)}
    assert find_sources("assumption", "kvinder med behov om året", DANISH) == ()


@TEXTS
@pytest.mark.unit
def test_every_parameter_opens_to_its_arithmetic_and_rows(texts: object) -> None:
    for source in load_parameter_sources().values():
        shown = build_parameter_list([source], texts)  # type: ignore[arg-type]
        assert html.escape(parameter_label(source.parameter.id, texts)) in shown  # type: ignore[arg-type]
        assert html.escape(source.arithmetic[texts.language]) in shown  # type: ignore[attr-defined]
        assert shown.count("<li>") == 1 + len(source.used) + len(source.see_also)
        assert shown.count("<details>") == shown.count("</details>") == 1


@pytest.mark.unit
def test_arithmetic_is_worked_out_again_beside_what_is_used() -> None:
    (source,) = (load_parameter_sources()["need_per_year"],)
    shown = build_parameter_list([source], DANISH)
    assert "Regnet efter: standard 75 kvinder om året (i brug: 75 kvinder om året)" in shown


@pytest.mark.unit
@pytest.mark.parametrize(
    ("number", "unit", "danish"),
    [
        (0.4, "probability", "40\u00a0%"),
        (0.3546, "share", "35,46\u00a0%"),
        (0.015, "per day", "1,5\u00a0% pr. dag"),
        (1.5, "ratio", "1,5"),
        (0.46, "", "0,46"),
        (30.0, "minutes", "30 minutter"),
        (1103428.0, "DKK/year 2021", "1.103.428 kr. pr. år i 2021-priser"),
        (None, "days", "–"),
    ],
)
def test_numbers_of_parameters_read_as_people_write_them(number: float | None, unit: str, danish: str) -> None:
    assert write_parameter(number, unit, DANISH) == danish


@TEXTS
@pytest.mark.unit
def test_all_contradictions_are_told_each_reason_once(texts: object) -> None:
    shown = build_contradictions_table(texts)  # type: ignore[arg-type]
    reasons = {(pair.one.step, pair.kind, pair.reason) for pair in find_contradictions()}
    assert shown.count("<tr>") == 1 + len(reasons)
    for pair in find_contradictions():
        for row in (pair.one, pair.other):
            assert html.escape(f"({texts(f'evidence.who.{row.who}')}, ") in shown  # type: ignore[operator]


@pytest.mark.unit
def test_everybody_who_says_something_has_a_name_in_both_languages() -> None:
    assert len(who_there_is()) == len(set(who_there_is())) > 5
    for word in who_there_is():
        assert DANISH(f"evidence.who.{word}")
        assert ENGLISH(f"evidence.who.{word}")


@pytest.mark.unit
def test_tables_of_words_show_words_as_words() -> None:
    shown = build_line_table("<a>", ["<b>", "<c>"], [["<d>", "<e>"]])
    assert not any(f"<{letter}>" in shown for letter in "abcde")
    with pytest.raises(ValueError, match="zip"):
        build_line_table("", ["a", "b"], [["c"]])
