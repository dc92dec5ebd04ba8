"""The rule in a sentence, as a finance director reads it."""

from typing import Any

import pytest

from sim.financing import rests_on, rule_sentence
from sim.scenario import AGREEMENTS, FINANCINGS, PayerShares, scenario_from
from sim.texts import LANGUAGES, load_texts


def said(financing: Any, price: float = 6_904.0, language: str = "da", **words: bool) -> str:
    scenario = scenario_from({"name": "a", "designs": [{"name": "b", "kind": "none", "financing": financing}]})
    own = scenario.designs[0].financing
    assert own is not None
    texts = load_texts(language)
    assert rests_on(own, texts)
    return rule_sentence(own, price, texts, **words)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("financing", "sentence"),
    [
        (
            {"delt": {"takst_share": 1}},
            "Kommunen betaler 6.900 kr. for hvert døgn; resten, de tomme pladser med, deles efter folketal.",
        ),
        (
            {"delt": {"takst_share": 0.5, "key": "births"}},
            "Kommunen betaler 3.450 kr. for hvert døgn; resten, de tomme pladser med, deles efter antal fødte.",
        ),
        ("takst", "Kommunen betaler 6.900 kr. for hvert døgn. Over- og underskud lægges i taksten 2 år efter."),
        (
            {"takst": {"accounts_after": 1}},
            "Kommunen betaler 6.900 kr. for hvert døgn. Over- og underskud lægges i taksten året efter.",
        ),
        (
            {"takst": {"carried_share": 0}},
            "Kommunen betaler 6.900 kr. for hvert døgn. Over- og underskud bliver hos driftsherren.",
        ),
    ],
)
def test_the_rule_in_danish(financing: Any, sentence: str) -> None:
    assert said(financing) == sentence


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_financing_is_said_in_both_languages(language: str) -> None:
    whole = {word: said(word, language=language) for word in (*FINANCINGS, *AGREEMENTS)}
    assert len(set(whole.values())) == len(whole)
    assert "80" in whole["abonnement"]
    shares = PayerShares(municipality=0.25, state=0.75)
    assert "25" in rule_sentence(shares, 0.0, load_texts(language))
    bought = {said(word, language=language, has_units=False) for word in AGREEMENTS}
    assert len(bought) == 2  # places bought elsewhere are paid for day by day, or by all together
