"""Pictures of the evidence: they show the numbers they are given, in both languages, and ask no other machine."""

import re

import numpy as np
import pytest

from calibration.checks import Check, Checked, Checks
from calibration.evidence import STEPS, find_contradictions, funnel_table, list_who, load_evidence, load_funnel
from calibration.statements import fit_statement
from dashboard.draw.evidence.checks import draw_checks
from dashboard.draw.evidence.funnel import draw_evidence_funnel
from dashboard.draw.evidence.statement import draw_statement
from dashboard.draw.page import build_page
from dashboard.draw.theme import DARK, LIGHT
from dashboard.say.evidence_words import write_amount, write_span, write_value, write_why
from sim.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")


def a_row(name: str, verdict: str, comparison: str = "equal", **numbers: float) -> Checked:
    check = Check(name, ("visited_res_2019",), "admitted", 2019, 2019, comparison)  # type: ignore[arg-type]
    return Checked(check, verdict, **numbers)  # type: ignore[arg-type]


BANDS = {"median": 4.0, "low_50": 2.0, "high_50": 6.0, "low_90": 0.0, "high_90": 11.0, "tail_probability": 0.2}
CHECKS = Checks(
    (
        a_row("residential_2019", "inside_90", **BANDS),
        a_row("residential_2018", "outside", **BANDS),
        a_row("any_2019", "bound_kept", "at_most", **BANDS),
        a_row("family_2020", "refused", "at_most")._replace(refused_for=("need_per_year",)),
    ),
    100,
    (),
    (),
)


@pytest.mark.unit
def test_numbers_are_written_with_the_decimals_they_have() -> None:
    rows = load_evidence()
    assert write_value(rows["need_dr_2023_70_80"], DA) == "75 (70 til 80) kvinder om året"
    assert write_value(rows["unit_family_res"], DA) == "1.103.428 kr. pr. år"
    assert write_value(rows["share_res_of_known"], DA) == "0,143 (0,13 til 0,16) andel"
    assert write_value(rows["share_res_of_known"], EN) == "0.143 (0.13 to 0.16) share"
    assert write_value(rows["date_2019"], DA) == "26. november 2019"
    assert write_value(rows["agr_nord"], DA) == "2017"
    assert write_value(rows["window_83_postbirth"], DA) == "1 år"
    assert write_value(rows["register_years"], DA) == "2007 (2007 til 2018)"
    assert write_value(rows["travel_unknown"], DA) == "åbent spørgsmål"
    assert write_value(rows["syd_k04"], DA) == "2– kvinder på 23 måneder"
    assert write_value(rows["syd_k07"], EN) == "1 to 3 women in 23 months"
    assert write_amount(None, DA) == write_amount(np.nan, DA) == "–"
    assert (write_span(70, 80, DA), write_span(8, 8, DA), write_span(12.52, 18.26, DA)) == ("70-80", "8", "12,5-18,3")


@pytest.mark.unit
def test_every_code_has_its_words() -> None:
    for texts in (DA, EN):
        for row in load_funnel().values():
            assert f"evidence.step.{row.step}" in texts
            assert not row.definition or f"evidence.counts.{row.definition}" in texts, row.definition
            assert not row.definition or f"evidence.definition.{row.definition}" in texts, row.definition
        for pair in find_contradictions():
            assert f"evidence.reason.{pair.reason}" in texts, pair.reason
            assert f"evidence.kind.{pair.kind}" in texts
        assert all(f"evidence.who.{who}" in texts for who in list_who())


@pytest.mark.unit
@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("texts", [DA, EN])
def test_the_funnel_shows_every_number_on_its_step(texts: object, theme: object) -> None:
    rows = funnel_table()
    figure = draw_evidence_funnel(rows, texts, theme).figure  # type: ignore[arg-type]
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert sum(len(trace.x) for trace in marks) == len(rows)
    assert len(marks) == len({row.who for row in rows})
    assert len({(trace.marker.color, trace.marker.symbol) for trace in marks}) == len(marks)
    words = [annotation.text for annotation in figure.layout.annotations]
    for step in STEPS:
        assert any(texts(f"evidence.step.{step}") in word for word in words)  # type: ignore[operator]
    assert sum(texts("evidence.nothing_published") in word for word in words) == 4  # type: ignore[operator]
    places = [annotation.y for annotation in figure.layout.annotations]
    assert places == sorted(places)


@pytest.mark.unit
def test_ranges_are_drawn_from_end_to_end() -> None:
    rows = [row for row in funnel_table() if row.row.id in ("need_sbst_80_100", "syd_sum_low")]
    figure = draw_evidence_funnel(rows, DA, LIGHT).figure
    ends = {tuple(np.round(trace.x[:2], 1)) for trace in figure.data if trace.mode == "lines"}
    assert ends == {(80.0, 100.0), (12.5, 18.3)}


@pytest.mark.unit
def test_the_funnel_as_table_and_sentence() -> None:
    rows = funnel_table()
    chart = draw_evidence_funnel(rows, DA, LIGHT)
    frame = chart.frame()
    assert list(frame.columns) == ["Trin", "Hvad der tælles", "Hvem", "Lav", "Høj", "År", "Række"]
    assert len(frame) == len(rows)
    agency = frame[frame["Række"] == "need_sbst_80_100"].iloc[0]
    assert (agency["Lav"], agency["Høj"], agency["Trin"], agency["År"]) == (80, 100, "Behov", "2024")
    assert "Vurderet behov: 10-100. Indskrevet: 6-104." in chart.sentence


@pytest.mark.unit
def test_checks_show_bands_medians_and_what_was_counted() -> None:
    figure = draw_checks(CHECKS, EN, LIGHT).figure
    thin, thick, medians, *counted = figure.data
    assert list(thin.x)[:2] == [0, 11]
    assert list(thick.x)[:2] == [2, 6]
    assert list(medians.x) == [4, 4, 4]
    shown = {trace.name: (trace.marker.symbol, list(trace.x)) for trace in counted}
    assert shown == {
        "Counted, inside nine of ten": ("circle", [8]),
        "Counted, outside": ("x", [8]),
        "Upper bound": ("triangle-left", [8]),
        "Not compared": ("circle-open", [8]),
    }
    words = [annotation.text for annotation in figure.layout.annotations]
    assert words[0] == "Assigned to residential treatment, 2019: 8 – inside nine of ten"
    assert words[2] == "Treatment of any kind, 2019: at most 8 – the bound holds"


@pytest.mark.unit
def test_checks_as_table_and_sentence() -> None:
    frame = draw_checks(CHECKS, DA, LIGHT).frame()
    assert list(frame["Svar"]) == ["Inden for 90 % af simulationerne", "Udenfor", "Grænsen holder", "Ikke sammenlignet"]
    assert frame["Median"].isna().tolist() == [False, False, False, True]
    assert draw_checks(CHECKS, EN, LIGHT).sentence == (
        "1 of 2 numbers lie inside nine of ten of the model's answers. Outside: 1. Upper bounds that hold: 1. "
        "Not compared: 1."
    )
    assert write_why(CHECKS.rows[3], DA)[-1] == (
        "Ikke sammenlignet, det ville være cirkulært: kvinder om året med behov for en døgnplads (Danmark)."
    )


@pytest.mark.unit
def test_a_fit_is_drawn_against_its_statements() -> None:
    fit = fit_statement("exponential", [(0.15, 30), (0.40, 365)])
    chart = draw_statement(fit, DA, LIGHT)
    curve, gaps, points = chart.figure.data
    assert list(points.x) == [30, 365]
    assert list(points.y) == [0.15, 0.40]
    assert gaps.y[1] == pytest.approx(fit.residuals[0].fitted)
    assert np.all(np.diff(curve.y) > 0)
    assert chart.sentence.endswith("Størst afvigelse: 10,7 procentpoint.")


@pytest.mark.unit
def test_a_range_without_statements_is_drawn_too() -> None:
    (curve, *_) = draw_statement(fit_statement("uniform", low=183, high=365), EN, DARK).figure.data
    assert max(curve.x) > 365


@pytest.mark.unit
def test_a_page_needs_no_other_machine() -> None:
    page = build_page(draw_checks(CHECKS, DA, LIGHT)._replace(sentence="<d>"), DA, notes=["<a> & b", "c"])
    assert '<html lang="da">' in page
    assert "&lt;a&gt; &amp; b" in page
    assert 'aria-label="&lt;d&gt;"' in page
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page)
