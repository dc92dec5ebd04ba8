"""Findings say what the numbers say: which way, how much, how sure, who pays, and who loses; in both languages."""

import re
from itertools import product

import pytest
from invented_results import NEVER, a_finding, comparison, results_of

from dashboard.say.findings import LEAD, MATTERS, NOT_SURE, SMALL, Sentence, write_findings
from dashboard.say.findings.comparing import TOPICS
from dashboard.say.findings.regions import LOSSES
from sim.economics import BreakEven
from sim.experiment import Results
from sim.experiment.findings import Finding
from sim.findings import Played, Sensitivity
from sim.scenario import LEAST_DIFFERENCES, scenario_from, scenario_values
from sim.texts import LANGUAGES, load_texts

DA, EN = load_texts("da"), load_texts("en")

REGIONAL = comparison(
    {
        "admitted_per_year": (25.31, 25.18, 25.44),
        "refused_share": (0.118, 0.115, 0.12),
        "cost_per_year": (44.63e6, 44.59e6, 44.68e6),
        "cost_municipality": (0.0, 0.0, 0.0),
        "cost_region": (0.0, 0.0, 0.0),
        "cost_state": (44.63e6, 44.59e6, 44.68e6),
        "wait_days_mean": (3.8, 3.6, 3.9),
        "travel_minutes_mean": (36.2, 36.1, 36.4),
        "occupancy": (0.61, 0.607, 0.613),
    }
)
SHARED = comparison(
    {
        "admitted_per_year": (27.64, 27.5, 27.8),
        "refused_share": (0.038, 0.037, 0.04),
        "cost_per_year": (45.47e6, 45.41e6, 45.52e6),
        "cost_municipality": (11.37e6, 11.3e6, 11.4e6),
        "cost_region": (0.0, 0.0, 0.0),
        "cost_state": (34.1e6, 34.0e6, 34.2e6),
        "wait_days_mean": (1.4, 1.3, 1.4),
        "travel_minutes_mean": (51.2, 50.7, 51.8),
        "occupancy": (0.668, 0.664, 0.672),
    }
)
DIFFERENCE = comparison(
    {
        "admitted_per_year": (2.37, 2.33, 2.41),
        "refused_share": (-0.08, -0.084, -0.076),
        "cost_per_year": (0.84e6, 0.81e6, 0.86e6),
        "wait_days_mean": (-2.4, -2.5, -2.3),
        "travel_minutes_mean": (15.0, 14.5, 15.5),
        "occupancy": (-0.001, -0.003, 0.002),
        ("admitted_per_year", "region", "nordjylland"): (-1.4, -1.5, -1.3),
        ("admitted_per_year", "region", "sjaelland"): (-0.2, -0.5, 0.1),
        ("travel_minutes_mean", "region", "nordjylland"): (24.0, 23.0, 25.0),
        ("travel_minutes_mean", "region", "syddanmark"): (17.0, 16.0, 18.0),
    }
)
FIXED = results_of(
    {"regional": REGIONAL, "shared": SHARED},
    {"shared - regional": DIFFERENCE},
    {"shared - regional": a_finding((352_260, 346_398, 358_212), "at", 0.91)},
    paying={"regional": BreakEven("at", 0.85), "shared": NEVER},
)

GOLDEN = {
    "da": """\
lead: I modellen »Regional« bliver 25,3 kvinder indskrevet om året (95 %-interval 25,2 til 25,4) ved et behov på 75.\
 Af dem, der siger ja, får 11,8 % aldrig en plads. Pladserne koster 44,63 mio. kr. om året.
admitted_per_year: Modellen »Fælles« indskriver 2,4 flere kvinder om året end »Regional« (27,6 mod 25,3); \
forudsætningerne er ikke prøvet.
refused_share: Andelen, der siger ja, men aldrig får en plads, er 8,0 procentpoint lavere i modellen »Fælles« end i \
»Regional« (3,8 % mod 11,8 %); forudsætningerne er ikke prøvet.
travel_minutes_mean: De indskrevne rejser 15,0 minutter længere hver vej i modellen »Fælles« end i »Regional« (51,2 \
mod 36,2 minutter); forudsætningerne er ikke prøvet.
payers: Regningen for pladserne fordeles anderledes: i modellen »Fælles« betaler kommunerne 11,37 mio. kr. og staten \
34,10 mio. kr. om året, i »Regional« betaler staten 44,63 mio. kr.
losers_admitted: I disse regioner indskrives der færre kvinder om året i modellen »Fælles« end i »Regional«: \
Nordjylland (1,4).
losers_travel: I disse regioner rejser de indskrevne længere i modellen »Fælles« end i »Regional«: Nordjylland (24,0 \
minutter), Syddanmark (17,0 minutter).
wait_days_mean: Ventetid, gennemsnit: ingen forskel af betydning mellem »Fælles« og »Regional« (1,4 mod 3,8 dage; \
over 3,0 dage ville tælle).
occupancy: Belægning: ingen forskel af betydning mellem »Fælles« og »Regional« (66,8 % mod 61,0 %; over 3,0 \
procentpoint ville tælle).
cost_per_year: Udgift til pladser om året: ingen forskel af betydning mellem »Fælles« og »Regional« (45,47 mod 44,63\
 mio. kr. om året; over 1,00 mio. kr. om året ville tælle).
one_more: Modellen »Fælles« indskriver flere kvinder end »Regional«, uden at pladserne koster nævneværdigt mere \
eller mindre.
paying_occupancy: Pladserne i modellen »Regional« koster ikke mere pr. døgn end købte enkeltpladser, når belægningen\
 er mindst 85 %; den er 61,0 %.
paying_occupancy: Pladserne i modellen »Fælles« koster mere pr. døgn end købte enkeltpladser ved enhver belægning, \
med de valgte priser.""",
    "en": """\
lead: In the design “Regional”, 25.3 women a year are admitted (95% interval 25.2 to 25.4) at a need of 75. Of those\
 who accept, 11.8% never get a place. The places cost 44.63 million DKK a year.
admitted_per_year: “Shared” admits 2.4 more women a year than “Regional” (27.6 against 25.3); assumptions not tried.
refused_share: The share of those who accept and never get a place is 8.0 percentage points lower in “Shared” than \
in “Regional” (3.8% against 11.8%); assumptions not tried.
travel_minutes_mean: Those admitted travel 15.0 minutes longer one way in “Shared” than in “Regional” (51.2 against \
36.2 minutes); assumptions not tried.
payers: The bill for the places is shared differently: a year in the design “Shared” costs municipalities DKK 11.37 \
million and the state DKK 34.10 million, in “Regional” it costs the state DKK 44.63 million.
losers_admitted: In these regions fewer women a year are admitted in the design “Shared” than in “Regional”: \
Nordjylland (1.4).
losers_travel: In these regions those admitted travel longer in the design “Shared” than in “Regional”: Nordjylland \
(24.0 minutes), Syddanmark (17.0 minutes).
wait_days_mean: Wait, mean: no difference to speak of between “Shared” and “Regional” (1.4 against 3.8 days; more \
than 3.0 days would count).
occupancy: Occupancy: no difference to speak of between “Shared” and “Regional” (66.8% against 61.0%; more than 3.0 \
percentage points would count).
cost_per_year: Cost of places a year: no difference to speak of between “Shared” and “Regional” (45.47 against 44.63\
 million kr. a year; more than 1.00 million kr. a year would count).
one_more: The design “Shared” admits more women than “Regional”; what the places cost differs too little to count.
paying_occupancy: A day in a place of the design “Regional” costs no more than in a place bought elsewhere if \
occupancy is at least 85%; it is 61.0%.
paying_occupancy: A day in a place of the design “Shared” costs more than in a place bought elsewhere at any \
occupancy, with the prices chosen.""",
}


@pytest.mark.golden
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_of_a_fixed_result(language: str) -> None:
    sentences = write_findings(FIXED, load_texts(language))
    written = "\n".join(f"{sentence.topic}: {sentence.text}" for sentence in sentences)
    assert written.replace("\xa0", " ") == GOLDEN[language]


def compared(measure: str, difference: tuple[float, ...], *, mean: float = 10.0) -> Results:
    """Two designs that differ in one measure, the shared one by so much."""
    return results_of(
        {
            name: comparison({measure: (value, value, value)})
            for name, value in (("regional", mean), ("shared", mean + difference[0]))
        },
        {"shared - regional": comparison({measure: difference})},
        {"shared - regional": a_finding()},
    )


def about(topic: str, results: Results, language: str = "da") -> Sentence:
    return next(sentence for sentence in write_findings(results, load_texts(language)) if sentence.topic == topic)


SENSES = {
    "da": {
        "admitted_per_year": ("flere", "færre"),
        "admissions_per_pool_year": ("flere", "færre"),
        "cost_per_year": ("mere", "mindre"),
        "wait_days_mean": ("længere", "kortere"),
        "travel_minutes_mean": ("længere", "kortere"),
        "worst_region_travel_minutes": ("længere", "kortere"),
        "below_minimum_volume_share": ("oftere", "sjældnere"),
    },
    "en": {
        "admitted_per_year": ("more", "fewer"),
        "admissions_per_pool_year": ("more", "fewer"),
        "cost_per_year": ("more", "less"),
        "wait_days_mean": ("longer", "less"),
        "travel_minutes_mean": ("longer", "less"),
        "worst_region_travel_minutes": ("longer", "shorter"),
        "below_minimum_volume_share": ("more often", "less often"),
    },
}
HIGHER = {"da": ("højere", "lavere"), "en": ("higher", "lower")}
CASES = list(product(LANGUAGES, TOPICS))


@pytest.mark.unit
@pytest.mark.parametrize(("language", "measure"), CASES)
def test_each_topic_says_which_way_it_goes_and_when_that_does_not_count(language: str, measure: str) -> None:
    least = LEAST_DIFFERENCES[measure]
    more, less = SENSES[language].get(measure, HIGHER[language])
    up = tuple(least * number for number in (1.1, 1.0, 1.2))
    higher = about(measure, compared(measure, up, mean=10 * least), language)
    lower = about(measure, compared(measure, (-up[0], -up[2], -up[1]), mean=10 * least), language)
    small = about(measure, compared(measure, (0.9 * least, 0.8 * least, least), mean=10 * least), language)
    noise = about(measure, compared(measure, (up[0], -up[0], 3 * up[0]), mean=10 * least), language)
    same = about(measure, compared(measure, (0.0, float("nan"), float("nan")), mean=10 * least), language)
    assert [one.level for one in (higher, lower, small, noise, same)] == [MATTERS, MATTERS, SMALL, NOT_SURE, SMALL]
    assert f" {more} " in higher.text
    assert f" {less} " in lower.text
    assert f" {more} " not in lower.text
    assert len({higher.text, lower.text, small.text, noise.text}) == 4


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_what_was_tried(language: str) -> None:
    results, texts = compared("admitted_per_year", (2.0, 1.9, 2.1)), load_texts(language)
    row = Played("acceptance_base", "low", 0.1, "shared - regional", "admitted_per_year", 100, 1.0, 0.9, 1.1)

    def written(tried: Sensitivity | None) -> str:
        return next(one.text for one in write_findings(results, texts, tried) if one.topic == "admitted_per_year")

    holds, turns = Sensitivity(100, (row,)), Sensitivity(100, (row._replace(mean=-1.0, low=-1.1, high=-0.9),))
    assert len({written(None), written(holds), written(turns)}) == 3
    assert texts("parameters.acceptance_base.label") in written(turns)


@pytest.mark.unit
def test_a_design_without_places_is_only_said_to_have_none() -> None:
    results = compared("admitted_per_year", (-20.0, -21.0, -19.0), mean=25.0)
    values = scenario_values(results.scenario)
    values["designs"][1] = {"name": "shared", "kind": "external"}
    bought = write_findings(results._replace(scenario=scenario_from(values)), DA)
    assert [one.topic for one in bought if one.design == "shared"] == ["unequal"]


def one_more(admitted: tuple[float, ...], cost: tuple[float, ...], finding: Finding) -> Results:
    said = {"admitted_per_year": (10.0, 9.0, 11.0), "cost_per_year": (1e7, 0.9e7, 1.1e7)}
    difference = {"admitted_per_year": admitted, "cost_per_year": cost}
    return results_of(
        {"regional": comparison(said), "shared": comparison(said)},
        {"shared - regional": comparison(difference)},
        {"shared - regional": finding},
    )


MORE, FEWER, EITHER = (2.0, 1.5, 2.5), (-2.0, -2.5, -1.5), (0.1, -0.5, 0.7)
DEARER, CHEAPER, UNSURE = (4e6, 3e6, 5e6), (-4e6, -5e6, -3e6), (1e5, -4e5, 6e5)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("admitted", "cost", "ratio", "level", "said"),
    [
        (MORE, DEARER, (2e6, 1.5e6, 2.5e6), MATTERS, "koster 2,00 mio. kr. i pladser (95 %-interval 1,50 til 2,50)"),
        (MORE, CHEAPER, (-2e6, -2.5e6, -1.5e6), MATTERS, "både billigere og indskriver flere"),
        (MORE, UNSURE, (5e4, -2e5, 3e5), SMALL, "indskriver flere kvinder end »Regional«, uden at pladserne koster"),
        (FEWER, DEARER, (-2e6, -2.5e6, -1.5e6), MATTERS, "både dyrere og indskriver færre"),
        (FEWER, CHEAPER, (2e6, 1.5e6, 2.5e6), MATTERS, "sparer 2,00 mio. kr. i pladser for hver kvinde"),
        (FEWER, UNSURE, (-5e4, -3e5, 2e5), SMALL, "indskriver færre kvinder end »Regional«, uden at pladserne koster"),
    ],
)
def test_one_more_woman_is_priced_only_where_that_means_something(
    admitted: tuple[float, ...], cost: tuple[float, ...], ratio: tuple[float, ...], level: int, said: str
) -> None:
    sentence = about("one_more", one_more(admitted, cost, a_finding(ratio)))
    assert sentence.level == level
    assert said in sentence.text.replace("\xa0", " ")
    assert "–" not in sentence.text
    assert len(about("one_more", one_more(admitted, cost, a_finding(ratio)), "en").text) > 40
    few = one_more(EITHER, cost, a_finding(ratio))
    assert "one_more" not in {one.topic for one in write_findings(few, DA)}


@pytest.mark.unit
@pytest.mark.parametrize("verdict", ["at", "always", "never"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_break_even_is_told_of_what_is_dearer_and_admits_more(verdict: str, language: str) -> None:
    finding = a_finding((2e6, 1.5e6, 2.5e6), verdict, 0.8 if verdict == "at" else float("nan"))
    sentence = about("break_even", one_more(MORE, DEARER, finding), language)
    assert ("80" in sentence.text) == (verdict == "at")
    assert "67" in sentence.text
    topics = {sentence.topic for sentence in write_findings(one_more(FEWER, DEARER, finding), DA)}
    assert "break_even" not in topics


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.word)
def test_regions_that_lose_are_named_the_hardest_hit_first(loss: object, language: str) -> None:
    word, measure, sign = loss[:3]  # type: ignore[index]
    least = LEAST_DIFFERENCES[measure]
    small, large = sign * 1.1 * least, sign * 3 * least
    said = {
        (measure, "region", "sjaelland"): (small, small - 0.05 * least, small + 0.05 * least),
        (measure, "region", "nordjylland"): (large, large - 0.1 * least, large + 0.1 * least),
        (measure, "region", "midtjylland"): (large, large - 5 * least, large + 5 * least),  # not sure
        (measure, "region", "syddanmark"): (-large, -large - 0.1, -large + 0.1),  # gains
        (measure, "region", "hovedstaden"): (sign * 0.5 * least, sign * 0.45 * least, sign * 0.55 * least),  # little
    }
    said = {key: (mean, *sorted((low, high))) for key, (mean, low, high) in said.items()}
    results = results_of(
        {"regional": comparison({}), "shared": comparison({})},
        {"shared - regional": comparison(said)},
        {"shared - regional": a_finding()},
    )
    text = about(f"losers_{word}", results, language).text
    assert text.index("Nordjylland") < text.index("Sjælland")
    assert not any(name in text for name in ("Midtjylland", "Syddanmark", "Hovedstaden"))
    everywhere = {
        (measure, "region", region): (large, large - 0.1 * least, large + 0.1 * least)
        for region in ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland")
    }
    all_lose = results._replace(differences={"shared - regional": comparison(everywhere)})
    assert {"da": "I alle regioner", "en": "In every region"}[language] in about(
        f"losers_{word}", all_lose, language
    ).text


@pytest.mark.unit
def test_what_matters_comes_first() -> None:
    levels = [sentence.level for sentence in write_findings(FIXED, DA)]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] == LEAD
    assert levels.count(LEAD) == 1


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_replication_cannot_say_how_sure_it_is(language: str) -> None:
    texts = load_texts(language)
    sentences = write_findings(FIXED._replace(replications=1), texts)
    assert [sentence.topic for sentence in sentences] == ["lead", "too_few"]
    assert sentences[1].text == texts("findings.too_few")


@pytest.mark.unit
def test_no_design_has_no_findings_and_one_alone_is_not_compared() -> None:
    assert write_findings(FIXED._replace(designs={}, differences={}), DA) == ()
    alone = FIXED._replace(designs={"regional": REGIONAL}, differences={}, findings={})
    assert {sentence.design for sentence in write_findings(alone, DA)} == {"regional"}


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_significant_and_no_abbreviation_ends_twice(language: str) -> None:
    texts = load_texts(language)
    for key, text in texts.catalogue.items():
        if key.startswith(("findings.", "verdict.")):
            assert "signifi" not in text.lower(), key
    for sentence in write_findings(FIXED, texts):
        assert ".." not in sentence.text
        assert sentence.text.endswith(".")
        assert not re.search(r"[{}]|nan", sentence.text)
