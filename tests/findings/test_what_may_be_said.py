"""Verdicts: on either side of what must be passed, and of 0 at the ends."""

import math

import pytest
from invented_results import comparison, results_of

from sim.findings import (
    FIELD_MEASURES,
    Played,
    Sensitivity,
    judge,
    judge_all,
    tell,
    tell_field,
    tell_unequal,
    unequal_designs,
)
from sim.findings.verdicts import Verdict
from sim.scenario import Fields
from sim.texts import LANGUAGES, load_texts

PAIR, MEASURE = "shared - regional", "admitted_per_year"


def played(mean: float, half: float = 0.1, parameter: str = "", end: str = "", *, n: int = 100) -> Played:
    return Played(parameter, end, 0.1, PAIR, MEASURE, n, mean, mean - half, mean + half)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("mean", "kind"), [(1.0, "small"), (1.01, "untried"), (-1.0, "small"), (-1.01, "untried"), (0.1, "small")]
)
def test_a_difference_counts_only_above_what_must_be_passed(mean: float, kind: str) -> None:
    verdict = judge(played(mean), 1.0, None)
    assert verdict.kind == kind
    assert verdict.counts is (kind == "untried")


@pytest.mark.unit
def test_a_difference_that_few_replications_cannot_tell_is_no_finding() -> None:
    assert judge(played(2.0, half=2.5), 1.0, []).kind == "noise"
    assert judge(played(2.0, half=1.9), 1.0, []).kind == "finding"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("at_end", "half", "kind"),
    [(0.5, 0.1, "finding"), (0.2, 0.3, "hangs_on"), (-0.5, 0.1, "hangs_on"), (0.0, math.nan, "hangs_on")],
)
def test_a_finding_goes_the_same_way_at_every_end(at_end: float, half: float, kind: str) -> None:
    ends = [played(3.0, parameter="loss_probability", end="low"), played(at_end, half, "acceptance_base", "low")]
    verdict = judge(played(2.0), 1.0, ends)
    assert (verdict.kind, verdict.n_tried) == (kind, 2)
    assert [end.parameter for end in verdict.hangs_on] == ([] if kind == "finding" else ["acceptance_base"])


@pytest.mark.unit
def test_an_end_at_which_nothing_is_measured_does_not_go_the_same_way() -> None:
    nothing = Played("acceptance_base", "low", 0.1, PAIR, MEASURE, 0, math.nan, math.nan, math.nan)
    assert judge(played(2.0), 1.0, [nothing]).kind == "hangs_on"


RESULTS = results_of(
    {
        "regional": comparison({MEASURE: (25.0,), "cost_per_year": (45e6,), "admitted_within_14_days": (0.72,)}),
        "shared": comparison({MEASURE: (27.0,), "cost_per_year": (45.5e6,), "admitted_within_14_days": (0.80,)}),
    },
    {PAIR: comparison({MEASURE: (2.0, 1.9, 2.1), "cost_per_year": (0.5e6, 0.4e6, 0.6e6)})},
)


@pytest.mark.unit
def test_results_are_judged_measure_by_measure_where_something_was_measured() -> None:
    verdicts = judge_all(RESULTS, FIELD_MEASURES["places"])
    assert [(verdict.measure, verdict.kind) for verdict in verdicts] == [
        (MEASURE, "untried"),
        ("cost_per_year", "small"),
    ]
    tried = Sensitivity(100, (played(2.0), played(1.5, parameter="acceptance_base", end="low")))
    assert judge_all(RESULTS, (MEASURE, "referrals_per_year"), tried)[0].kind == "finding"


@pytest.mark.unit
def test_a_scenario_may_say_what_must_be_passed() -> None:
    strict = RESULTS._replace(
        scenario=RESULTS.scenario.model_copy(
            update={"measures": RESULTS.scenario.measures.model_copy(update={"least_difference": {MEASURE: 2.0}})}
        )
    )
    assert judge_all(strict, (MEASURE,))[0].kind == "small"


def said(kind: str, language: str, hangs_on: tuple[Played, ...] = ()) -> str:
    verdict = Verdict(kind, PAIR, MEASURE, 2.0, 1.0, hangs_on, 52)  # type: ignore[arg-type]
    return tell(verdict, RESULTS, load_texts(language)).replace("\xa0", " ")


LOW, HIGH = played(0.0, parameter="acceptance_base", end="low"), played(0.0, parameter="need_per_year", end="high")


@pytest.mark.unit
def test_sentences_say_what_a_difference_hangs_on() -> None:
    clause = "Modellen »Fælles« indskriver 2,0 flere kvinder om året end »Regional« (27,0 mod 25,0)"
    assert said("finding", "da").startswith(f"{clause}. Forskellen går samme vej i begge ender")
    assert said("untried", "da") == f"{clause}; forudsætningerne er ikke prøvet."
    assert said("hangs_on", "da", (LOW,)) == (
        f"{clause}, så længe »Andel, der siger ja til en plads i nærheden« ikke er så lav som 10 %."
    )
    assert said("hangs_on", "en", (LOW, HIGH)).endswith(
        "as long as “Share who accept a place near by” is not as low as 10% and “Women in need a year” is not as "
        "high as 0.1."
    )
    assert said("hangs_on", "en", (LOW,) * 5).endswith("and 2 further assumptions stay off their ends.")
    verdict = Verdict("hangs_on", PAIR, MEASURE, 2.0, 1.0, (LOW,) * 5, 52)
    assert tell(verdict, RESULTS, load_texts("en"), most_named=9).count("is not as low as") == 5


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_difference_is_said_to_be_none(language: str) -> None:
    assert len({said(kind, language) for kind in ("finding", "untried", "small", "noise")}) == 4
    for measure in FIELD_MEASURES["places"]:
        for mean in (-5.0, 5.0):
            assert tell(Verdict("untried", PAIR, measure, mean, 1.0), RESULTS, load_texts(language))


@pytest.mark.unit
def test_who_has_not_what_is_equal_is_only_named() -> None:
    access = {"target": 0.74, "designs": {"regional": {"places": {"hovedstaden": 3}}}}
    fields = Fields.model_validate({"access": access, "budget": {**access, "target": 45e6}})
    assert unequal_designs(RESULTS, fields, "access") == ["shared"]  # 0.72 is near enough
    assert unequal_designs(RESULTS, fields, "budget") == []
    assert unequal_designs(RESULTS, fields, "places") == []
    assert "80,0 %" in tell_unequal(RESULTS, "shared", fields, "access", load_texts("da")).replace("\xa0", " ")


@pytest.mark.unit
def test_a_field_is_said_in_a_sentence_for_what_counts_and_one_for_the_rest() -> None:
    verdicts = judge_all(RESULTS, (MEASURE, "cost_per_year"))
    counts, rest = tell_field(RESULTS, None, "places", verdicts, load_texts("en"))
    assert "2.0 more women" in counts
    assert rest == "No difference to speak of between “Shared” and “Regional”: Cost of places a year."


@pytest.mark.unit
def test_a_design_that_is_off_in_a_field_is_named_and_not_judged() -> None:
    access = {"target": 0.72, "designs": {"regional": {"places": {"hovedstaden": 3}}}}
    fields = Fields.model_validate({"access": access})
    (said,) = tell_field(RESULTS, fields, "access", judge_all(RESULTS, (MEASURE,)), load_texts("en"))
    assert said == tell_unequal(RESULTS, "shared", fields, "access", load_texts("en"))
