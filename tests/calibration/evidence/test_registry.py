"""The registry: every row is whole, in both languages, and is found by whatever is asked for."""

import re
from collections.abc import Iterator

import pytest

from calibration.data import read_table
from calibration.evidence import (
    EvidenceRow,
    find_evidence,
    find_parameter,
    label_in,
    list_who,
    load_evidence,
    load_parameter_sources,
    row_in,
    who_says,
)
from calibration.faults import CalibrationError
from sim.scenario import load_parameters

ROWS = tuple(load_evidence().values())
SAME_IN_DANISH = re.compile(
    r"|Finland|Hovedstaden|Sjælland|Syddanmark|Midtjylland|Nordjylland|Odense|Aabenraa|Esbjerg"
    r"|Region Nordjylland|Canada, Ontario"
    r"|\d{4}([- ]\d{4})?|2016-17|2023 \(24-pl\)"
)
LEGAL = {"need_83_sbst2024", "unit_family_res", "unit_home_support", "unit_family_treat"}
"""Rows whose paragraph of the law is written 52.3.4 in English and § 52, stk. 3, nr. 4 in Danish."""
ENGLISH = re.compile(r"\b(the|and|of|women|year|years|share|per|with|our|municipality|value is)\b", re.IGNORECASE)


def numbers_in(text: str, *, decimal: str) -> list[str]:
    """Numbers of a text, written alike whatever its language."""
    thousands = "." if decimal == "," else ","
    found = (match.rstrip(".,") for match in re.findall(r"\d[\d.,]*", text.replace("spørgsmål ", "")))
    return sorted(match.replace(thousands, "").replace(decimal, ".") for match in found)


def words_of(row: EvidenceRow) -> Iterator[tuple[str, str]]:
    yield from (("unit", row.unit), ("period", row.period), ("geography", row.geography), ("view", row.view))


@pytest.mark.unit
def test_all_rows_are_there_and_whole() -> None:
    assert len(ROWS) == len(read_table("evidence")) == 265
    for row in ROWS:
        assert row.quantity, row.id
        assert row.unit, row.id
        assert row.locator, row.id
        assert row.view, row.id
        assert row.document, row.id
        assert row.section, row.id
        if row.low is not None and row.high is not None:
            assert row.low <= row.high, row.id
            assert row.value is None or row.low <= row.value <= row.high, row.id


@pytest.mark.unit
def test_a_row_says_what_the_document_says() -> None:
    row = load_evidence()["need_dr_2023_70_80"]
    assert (row.value, row.low, row.high, row.unit) == (75.0, 70.0, 80.0, "women/year")
    assert row.span == (70.0, 80.0)
    assert row.years == (2023, 2023)
    assert row.locator == "sammenlagt er 70-80 gravide med rusmiddelbrug"
    assert row.section == "Data fra Familieambulatorierne"
    assert load_evidence()["travel_unknown"].span is None
    assert load_evidence()["visited_res_sbst_6"].years == (2016, 2017)


@pytest.mark.unit
def test_every_row_is_there_in_danish_with_the_same_numbers() -> None:
    assert [row["id"] for row in read_table("quantities_da")] == [row.id for row in ROWS]
    for row in ROWS:
        danish = row_in("da", row)
        assert danish.quantity != row.quantity, row.id
        assert bool(danish.caveat) == bool(row.caveat), row.id
        assert danish.locator == row.locator
        if row.id not in LEGAL and row.id != "syd_k16":  # "question 1.1" is no number
            said = f"{row.quantity} ; {row.caveat}"
            assert numbers_in(f"{danish.quantity} ; {danish.caveat}", decimal=",") == numbers_in(said, decimal="."), (
                row.id
            )


@pytest.mark.unit
def test_no_english_is_left_in_danish() -> None:
    for row in ROWS:
        danish = row_in("da", row)
        for text in (danish.quantity, danish.caveat, danish.unit, danish.period, danish.view, danish.section):
            assert not ENGLISH.search(text.replace("Minding the Baby", "")), (row.id, text)
        for kind, text in words_of(row):
            assert label_in("da", kind, text) != text or SAME_IN_DANISH.fullmatch(text), (row.id, text)
    for parameter in load_parameters().values():
        for kind, text in (("unit", parameter.unit), ("strength", parameter.strength)):
            assert not text or label_in("da", kind, text) != text, parameter.id


@pytest.mark.unit
def test_english_stays_as_it_is() -> None:
    assert all(row_in("en", row) is row for row in ROWS)


@pytest.mark.unit
def test_everybody_who_says_something_is_known_and_counted_once() -> None:
    names = [name for of in list_who().values() for name in of]
    assert sorted(names) == sorted({row.view for row in ROWS})
    counts = {who: sum(who_says(row) == who for row in ROWS) for who in list_who()}
    assert sum(counts.values()) == len(ROWS)
    assert all(counts.values())


@pytest.mark.unit
def test_rows_are_found_by_everything_that_can_be_asked() -> None:
    all_of_them = find_evidence()
    assert all_of_them == ROWS
    about_need = {row.id for row in find_evidence(parameter="need_per_year")}
    assert {"need_dr_2023_70_80", "need_muni_16", "alc_200"} <= about_need
    assert find_evidence(parameter="demand.need_per_year") == find_evidence(parameter="need_per_year")
    assert {row.view for row in find_evidence(view="ambulatories")} == {
        "family ambulatories via Danske Regioner",
        "family ambulatories / COWI 2019",
        "family ambulatories (ministries' report Sept 2015)",
    }
    assert find_evidence(view="kommune 16") == find_evidence(view="municipality 16")
    assert {row.id for row in find_evidence(step="accepts", text="kæreste")} == {"ref_janni"}
    assert {row.id for row in find_evidence(text="BOYFRIEND crisis")} == {"ref_janni"}
    assert find_evidence(text="boyfriend", step="need") == ()


@pytest.mark.unit
def test_years_are_found_within_spans() -> None:
    found = {row.id for row in find_evidence(period="2018")}
    assert {"visited_res_2018", "visited_res_range", "need_muni_16", "alc_200"} <= found
    assert "visited_res_2019" not in found
    assert {"visited_res_2017", "visited_res_2019"} <= {row.id for row in find_evidence(period="2017-2019")}
    assert {row.period for row in find_evidence(period="model assumption")} == {
        "model assumption",
        "model assumption 2022",
    }
    assert find_evidence(period="modelantagelse") == find_evidence(period="model assumption")


@pytest.mark.unit
def test_what_is_not_known_is_said_all_at_once_with_the_nearest() -> None:
    with pytest.raises(CalibrationError, match="Did you mean need_per_year") as error:
        find_evidence(parameter="need_pr_year", view="Dansk Regioner", step="acepts")
    assert str(error.value).splitlines() == [
        "parameter: a parameter of the model; got 'need_pr_year'. Did you mean need_per_year?",
        "view: who says it; got 'Dansk Regioner'. Did you mean Danske Regioner?",
        "step: one of wider, need, found, offered, accepts, admitted, stays; got 'acepts'. Did you mean accepts?",
    ]
    with pytest.raises(CalibrationError, match="See doegnplads evidence --list views"):
        find_evidence(view="qqqq")


@pytest.mark.unit
def test_parameters_are_found_by_id_and_by_path() -> None:
    assert find_parameter(" acceptance.base ") == "acceptance_base"
    for name in load_parameter_sources():
        assert find_parameter(name) == name
