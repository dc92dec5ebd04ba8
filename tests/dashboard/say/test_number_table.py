"""The table says every number, how sure it is, and what moved, to eye and ear alike."""

import html
import re

import numpy as np
import pytest

from dashboard.answer.answers import Answers, Moved
from dashboard.ask.question import Question, scenario_of, with_changes
from dashboard.say.number_table import build_number_table
from sim.experiment import Results
from sim.experiment.measured import HEADLINES
from sim.measures import Estimates
from sim.texts import LANGUAGES, NOTHING, load_texts

ANSWERS = Answers(cores=1)
FEW = Question("today-regions", replications=50)


def results_of(question: Question) -> Results:
    return ANSWERS.results(scenario_of(question))


def cells(table: str) -> list[str]:
    return re.findall(r"<td>(.*?)</td>", table)


def a_move(measure: str, *, mean: float, half_width: float) -> Moved:
    """A difference with that mean and an interval of that half width."""
    low, high = mean - half_width, mean + half_width
    numbers = (np.array([value]) for value in (mean, low, high, low, high))
    return Moved((measure,), {"regional": Estimates(np.array([50]), *numbers)}, 50)


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_and_design_has_its_number_with_interval_and_spread(language: str) -> None:
    texts = load_texts(language)
    table = build_number_table(results_of(FEW), None, texts, since="x")
    assert table.count('<th scope="row">') == len(HEADLINES)
    assert table.count('<th scope="col">') == 5
    known = [cell for cell in cells(table) if NOTHING not in cell.split("</span>")[0]]
    assert len(cells(table)) == 4 * len(HEADLINES)
    sure, spread = (
        texts(f"plan.numbers.{word}", interval="|", spread="|").split("|")[0] for word in ("sure", "spread")
    )
    assert all(sure in cell and spread in cell for cell in known)
    for measure in HEADLINES:
        assert html.escape(texts(f"measures.{measure}.definition")) in table


@pytest.mark.unit
@pytest.mark.parametrize(
    ("mean", "half_width", "mark", "sentence"),
    [
        (2.0, 0.5, "▲", "Ændring fra »før«: +2,0 kvinder om året, simuleringsusikkerhed (95 %) +1,5 til +2,5."),
        (-2.0, 0.5, "▼", "Ændring fra »før«: -2,0 kvinder om året, simuleringsusikkerhed (95 %) -2,5 til -1,5."),
        (
            0.3,
            0.8,
            "≈",
            "Ændringen fra »før« kan være tilfældig: +0,3 kvinder om året, simuleringsusikkerhed (95 %) -0,5 til +1,1.",
        ),
    ],
)
def test_a_move_has_a_mark_and_a_sentence(mean: float, half_width: float, mark: str, sentence: str) -> None:
    moved = a_move("admitted_per_year", mean=mean, half_width=half_width)
    table = build_number_table(results_of(FEW), moved, load_texts("da"), since="før", measures=["admitted_per_year"])
    first, second, *_ = cells(table)
    assert mark in first
    assert sentence in first
    assert not any(one in second for one in "▲▼≈")
    assert "Modellen er ikke i det, der sammenlignes med." in second


@pytest.mark.unit
def test_what_did_not_move_is_said_without_a_mark() -> None:
    texts, now = load_texts("da"), scenario_of(with_changes(FEW, {"designs.shared.places.nordjylland": 6}))
    table = build_number_table(
        ANSWERS.results(now), ANSWERS.moved(now, scenario_of(FEW)), texts, since="før", measures=["admitted_per_year"]
    )
    regional, shared, *_ = cells(table)
    assert "Uændret fra »før«." in regional
    assert not any(one in regional for one in "▲▼≈")
    assert "▲" in shared


@pytest.mark.unit
def test_what_is_not_measured_is_a_dash() -> None:
    table = build_number_table(results_of(FEW), None, load_texts("da"), since="x", measures=["occupancy"])
    assert f'<span class="dp-value">{NOTHING}</span>' in cells(table)[-1]
    assert "Der er ingen tal at vise." in cells(table)[-1]


@pytest.mark.unit
def test_places_stand_below_the_names_of_designs() -> None:
    results = results_of(FEW)
    places = ANSWERS.places(results.scenario)
    assert places == {"regional": (27, 27), "shared": (27, 27), "flexible": (18, 37), "external": (0, 0)}
    table = build_number_table(results, None, load_texts("da"), since="x", places=places)
    heads = re.findall(r'<th scope="col">(.*?)</th>', table)
    assert [re.sub(r"<[^>]*>", "", head) for head in heads] == [
        "Mål",
        "Regional 27 pladser",
        "Fælles 27 pladser",
        "Fleksibel 18-37 pladser",
        "Enkeltpladser",
    ]


@pytest.mark.unit
def test_names_cannot_write_html() -> None:
    moved = a_move("admitted_per_year", mean=1, half_width=0.5)
    measures, since = ["admitted_per_year"], "<script>alert(1)</script>"
    table = build_number_table(results_of(FEW), moved, load_texts("en"), since=since, measures=measures)
    assert "<script>" not in table
    assert "&lt;script&gt;" in table


@pytest.mark.unit
@pytest.mark.parametrize("mean", [0.04, -0.04])
def test_a_change_that_would_read_as_nothing_has_no_mark(mean: float) -> None:
    moved = a_move("admitted_per_year", mean=mean, half_width=0.01)
    table = build_number_table(results_of(FEW), moved, load_texts("da"), since="før", measures=("admitted_per_year",))
    assert "▲" not in table
    assert "▼" not in table
    assert "Ændringen fra »før« er for lille til at ses." in table
