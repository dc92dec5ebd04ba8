"""What a report says: numbers of the results, sentences of the findings, and nothing of few real persons."""

import pytest
from invented_results import comparison, results_of
from reported import HOSTILE, PAIR, REGIONAL, SHARED, content_of, invented, source_of, tried, with_today

from sim.experiment.measured import MEASURE_NUMBER
from sim.findings import judge_all, tell
from sim.report import ReportContent, ReportTable, build_report, leading_comment
from sim.report.answer import MOST_SENTENCES, write_answer
from sim.report.today import FEWEST_PERSONS
from sim.texts import LANGUAGES, load_texts


def table(content: ReportContent, key: str) -> ReportTable:
    return next(own for own in content.tables if own.key == key)


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_are_the_estimates_of_the_results(language: str) -> None:
    results = invented()
    texts = load_texts(language)
    rows = {row.label: row for row in table(content_of(results, language), "places").rows}
    for measure, factor, digits in (
        ("admitted_per_year", 1, 1),
        ("cost_per_year", 1e-6, 2),
        ("admitted_within_14_days", 1, None),
    ):
        row = rows[texts(f"measures.{measure}.label")]
        for cell, design in zip(row.cells, results.designs.values(), strict=True):
            mean = float(design.estimates.mean[0, MEASURE_NUMBER[measure]])
            assert cell.value == pytest.approx(factor * mean, rel=1e-12)
            written = texts.percent(mean, 1) if digits is None else texts.number(factor * mean, digits)
            assert cell.text == written
            assert cell.low is not None
            assert cell.high is not None
            assert cell.low < cell.value < cell.high


@pytest.mark.unit
def test_amounts_say_the_year_of_their_prices_and_shares_that_they_are_per_cent() -> None:
    rows = {row.label: row.unit for row in table(content_of(invented()), "places").rows}
    texts = load_texts("da")
    assert rows[texts("measures.cost_per_year.label")] == "mio. kr. om året (2026-priser)"
    assert rows[texts("measures.occupancy.label")] == "procent"


@pytest.mark.unit
def test_where_nothing_was_measured_there_is_a_dash_and_no_number() -> None:
    rows = {row.label: row for row in table(content_of(invented()), "places").rows}
    cells = rows[load_texts("da")("measures.staff_years.label")].cells
    assert [(cell.text, cell.value, cell.interval) for cell in cells] == [("–", None, "")] * 2


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_in_the_words_of_the_findings(language: str) -> None:
    results, texts = invented(), load_texts(language)
    said = {tell(verdict, results, texts) for verdict in judge_all(results, ("admitted_per_year",))}
    content = content_of(results, language)
    assert set(content.answer) == said
    assert said <= set(content.sections[0].findings)


@pytest.mark.unit
def test_the_answer_claims_no_more_than_was_tried() -> None:
    results, texts = invented(), load_texts("da")
    (untried,) = write_answer(source_of(results), texts)
    (holding,) = write_answer(source_of(results, tried={"places": tried()}), texts)
    (turning,) = write_answer(source_of(results, tried={"places": tried(is_turned=True)}), texts)
    assert untried.endswith("forudsætningerne er ikke prøvet.")
    assert "samme vej i begge ender" in holding
    assert "så længe" in turning
    verdicts = [
        row.cells[2].text
        for given in ({}, {"places": tried()}, {"places": tried(is_turned=True)})
        for row in table(content_of(results, tried=given), "places_differences").rows[:1]
    ]
    assert verdicts == [texts(f"report.verdict.{kind}") for kind in ("untried", "finding", "hangs_on")]


@pytest.mark.unit
@pytest.mark.parametrize(("least", "counts"), [(2.39, True), (2.41, False)])
def test_a_difference_on_either_side_of_what_must_be_passed(least: float, counts: bool) -> None:
    measures = {"least_difference": {"admitted_per_year": least, "cost_per_year": 1e9}}
    answer = content_of(invented(measures=measures)).answer
    assert [("flere kvinder" in sentence, "Ingen forskel" in sentence) for sentence in answer] == [(counts, not counts)]


@pytest.mark.unit
def test_chance_alone_is_no_finding() -> None:
    designs = {"regional": comparison(REGIONAL), "shared": comparison(SHARED)}
    unsure = results_of(designs, {PAIR: comparison({"admitted_per_year": (2.4, -0.1, 4.9)})})
    assert "flere kvinder" not in " ".join(content_of(unsure).answer)


@pytest.mark.unit
def test_there_are_at_most_three_sentences() -> None:
    large = {"admitted_per_year": (9, 8, 10), "refused_share": (0.2, 0.1, 0.3), "occupancy": (0.2, 0.1, 0.3)}
    large |= {"cost_per_year": (9e6, 8e6, 10e6), "travel_minutes_mean": (40, 39, 41)}
    designs = {"regional": comparison(REGIONAL), "shared": comparison(SHARED)}
    answer = content_of(results_of(designs, {PAIR: comparison(large)})).answer
    assert len(answer) == len({*answer}) == MOST_SENTENCES


@pytest.mark.unit
def test_one_design_alone_is_described() -> None:
    content = content_of(results_of({"regional": comparison(REGIONAL)}))
    assert content.answer == (
        "Modellen »Regional« indskriver 25,2 kvinder om året, og pladserne koster 44,63 mio. kr. om året.",
    )
    assert all("differences" not in own.key for own in content.tables)


@pytest.mark.unit
@pytest.mark.parametrize("number", [0, 1, FEWEST_PERSONS - 1])
def test_few_real_women_are_not_told(number: int) -> None:
    scenario = with_today(number, FEWEST_PERSONS + 2)
    results = invented()._replace(scenario=scenario)
    content = content_of(results)
    (said,) = [sentence for sentence in content.doubt if sentence.startswith("Fra i dag")]
    assert f"færre end {FEWEST_PERSONS} bor" in said
    assert f"{FEWEST_PERSONS + 2} venter" in said
    everything = repr(content)
    assert "Aalborg" not in everything
    assert "2026-11-01" not in everything
    assert "851" not in content.scenario_text  # code of the municipality
    assert "today" not in content.scenario_text


@pytest.mark.unit
def test_both_languages_say_the_same_numbers() -> None:
    danish, english = (content_of(invented(), language) for language in LANGUAGES)
    for one, other in zip((*danish.tables, danish.everything), (*english.tables, english.everything), strict=True):
        assert one.key == other.key
        for row, same in zip(one.rows, other.rows, strict=True):
            assert [cell.value for cell in row.cells] == [cell.value for cell in same.cells]


@pytest.mark.unit
def test_charts_hold_the_numbers_of_the_tables() -> None:
    content = content_of(invented())
    texts = load_texts("da")
    rows = {row.label: row for row in table(content, "places").rows}
    charts = {chart.key: chart for chart in content.charts}
    for key, measure in (("places_admitted", "admitted_per_year"), ("places_cost", "cost_per_year")):
        cells = rows[texts(f"measures.{measure}.label")].cells
        assert [own.values for own in charts[key].series] == [(cell.value,) for cell in cells]
        assert [own.texts for own in charts[key].series] == [(cell.text,) for cell in cells]
        assert all(text in charts[key].alt for own in charts[key].series for text in own.texts)
    payers = charts["places_payers"]
    wholes = [sum(own.values[number] or 0 for own in payers.series) for number in range(2)]
    assert wholes[0] == pytest.approx(44.635)
    assert [own.color for own in charts["places_cost"].series] == [own.color for own in content.designs]


@pytest.mark.unit
def test_it_says_how_to_make_it_again() -> None:
    content = content_of(invented(), "en", command="doegnplads report x", link="http://localhost:8501/?s=y")
    facts = {fact.label: fact.text for fact in content.provenance}
    assert facts["Make it again with"] == "doegnplads report x"
    assert facts["In the dashboard"] == "http://localhost:8501/?s=y"
    assert facts["Seed"] == "20270101"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("# Question: how many\n# places?\n#\n# More.\nname: x\n", "how many places?"),
        ("# Spørgsmål: hvor mange?\nname: x\n", "hvor mange?"),
        ("\ufeff# A note: so\n", "A note: so"),
        ("name: x\n# late\n", ""),
        ("", ""),
    ],
)
def test_the_question_is_the_comment_a_file_begins_with(text: str, comment: str) -> None:
    assert leading_comment(text) == comment


@pytest.mark.unit
@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) <= 200 and text.isprintable()])
def test_titles_from_outside_are_kept_as_they_are(text: str) -> None:
    content = build_report(source_of(invented(title=text)), load_texts("da"))
    assert content.title == text
