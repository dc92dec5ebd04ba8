"""What cannot be asked is said in the reader's language, in the words of the controls."""

from typing import Any

import pytest

from dashboard.ask.question import Question, scenario_of, with_changes
from dashboard.ask.state import LinkError, State, read_link, write_link
from dashboard.say.fault_words import describe_faults, describe_link_faults
from sim.cohort import funnel_of
from sim.scenario import ScenarioError, load_views, read_scenario
from sim.texts import load_texts

CASES: list[tuple[dict[str, Any], str, str]] = [
    (
        {"designs.flexible.places.nordjylland": 5},
        "Nordjylland: Der kan ikke højst være færre åbne pladser end de 5, der altid er åbne. Sæt »Fleksibel, "
        "Nordjylland: højst åbne pladser« op, eller sæt de faste pladser ned.",
        "Nordjylland: There cannot be fewer places open at most than the 5 that are always open. Raise “Flexible, "
        "Nordjylland: most places open”, or lower the fixed places.",
    ),
    (
        {"horizon_years": 2, "measure_from_year": 3},
        "Der måles fra et år, der ligger efter periodens slutning. Sæt »Måles fra år« ned, eller gør perioden længere.",
        "Measured from a year that lies after the end of the period. Lower “Measured from year”, or lengthen the "
        "period.",
    ),
    (
        {"stay.days.uniform.low": 365, "stay.days.uniform.high": 183},
        "Opholdets korteste længde skal være mindre end dets længste.",
        "The shortest stay must be shorter than the longest.",
    ),
]


@pytest.mark.unit
@pytest.mark.parametrize(("changes", "danish", "english"), CASES)
def test_what_controls_bring_about_is_said_in_their_words(changes: dict[str, Any], danish: str, english: str) -> None:
    question = with_changes(Question("today-regions"), changes)
    with pytest.raises(ScenarioError) as caught:
        scenario_of(question)
    assert describe_faults(caught.value, question, load_texts("da")) == (danish,)
    assert describe_faults(caught.value, question, load_texts("en")) == (english,)


@pytest.mark.unit
def test_faults_of_a_file_are_said_with_line() -> None:
    with pytest.raises(ScenarioError) as caught:
        read_scenario("name: x\nacceptance: {base: 7}\ndesigns: [{name: a, kind: none}]\n")
    (danish,) = describe_faults(caught.value, Question("today-regions"), load_texts("da"))
    assert danish.startswith("Andel, der siger ja til en plads i nærheden (linje 2): ")
    assert "her stod 7." in danish
    (english,) = describe_faults(caught.value, Question("today-regions"), load_texts("en"))
    assert english == "Share who accept a place near by (line 2): a number from 0 to 1; got 7. Write 0.07 for 7 %."


@pytest.mark.unit
@pytest.mark.parametrize(
    ("question", "danish"),
    [
        (
            with_changes(Question("today-regions"), {"demand.need_per_year": 10_000}),
            "Det er flere kvinder, end siden kan beregne",
        ),
        (
            with_changes(Question("today-regions"), {"demand.trend_per_year": 1.0}),
            "Det er flere kvinder, end siden kan beregne",
        ),
        (
            with_changes(Question("today-regions", replications=5000), {"demand.need_per_year": 1500}),
            "Det er mere, end siden kan beregne, mens nogen venter.",
        ),
        (
            with_changes(
                Question("today-regions"),
                {"demand.view": "visited_res_2019", "demand.offered_share.municipal": 0, "acceptance.base": 0},
            ),
            "Med en andel på nul på vejen kan intet behov give",
        ),
    ],
)
def test_what_is_too_large_or_cannot_be_reached_is_said(question: Question, danish: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(question)
    (said,) = describe_faults(caught.value, question, load_texts("da"))
    assert said.startswith(danish)


@pytest.mark.unit
def test_a_misspelt_estimate_is_that_and_no_impossible_need() -> None:
    with pytest.raises(ScenarioError) as caught:
        read_scenario("name: x\ndemand: {view: socialstyrelse}\ndesigns: [{name: a, kind: none}]\n")
    (said,) = describe_faults(caught.value, Question("today-regions"), load_texts("da"))
    assert "socialstyrelse" in said
    assert "andel på nul" not in said
    view = next(view.id for view in load_views().values() if view.step != "need")
    asked = with_changes(Question("today-regions"), {"demand.view": view, "demand.offered_share.municipal": 0.0})
    with pytest.raises(ScenarioError) as impossible:
        funnel_of(scenario_of(asked))
    (said,) = describe_faults(impossible.value, asked, load_texts("da"))
    assert "andel på nul" in said


@pytest.mark.unit
def test_what_is_wrong_with_a_link_is_said_in_the_readers_language() -> None:
    link = write_link(State(question=Question(changes=(("acceptance.base", 7.0),))))
    with pytest.raises(LinkError) as caught:
        read_link(link)
    assert caught.value.fault is not None
    (danish,) = describe_link_faults(caught.value.fault, load_texts("da"))
    assert danish.startswith("acceptance.base: et tal fra 0 til 1; her stod 7")
