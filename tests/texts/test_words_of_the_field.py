"""Danish as the social sector says it: words that must not come back, with those to use instead."""

import re
from collections.abc import Iterator

import pytest

from calibration.data import read_table
from sim.texts import load_texts

WORDS = {
    r"tilsagn(?! om (et )?lån)": "siger ja",
    r"tilbudt en (døgn)?plads": "visiteret til en plads",
    r"gennemspil": "simulation",
    r"gentagelse": "simulation",
    r"\b9 af 10\b|\bni (ud )?af ti\b": "90 % af simulationerne",
    r"(mulige?|dette|af) forløb(ene)?\b(?! 1| 3)|forløbene ligger": "simulation; et forløb er en kvindes",
    r"hvis vurdering\b(?! er)": "Parternes behovsvurderinger",
    r"sikkert gennemsnit|95 % sikker": "Simuleringsusikkerhed (95 %), uden usikkerhed om forudsætninger",
    r"\bopg(av|iver)\b|tålmodighed": "trak sig, mens de ventede",
    r"afbrud|før tid\b(?!: Tallene)": "udskrevet før planlagt",
    r"selv rejser|\brejst\b": "forlader opholdet før planlagt udskrivning",
    r"gennemført(e|s)? ophold": "færdigbehandlet",
    r"beboe": "belagt",
    r"pladsår": "helårspladser",
    r"mindste (volumen|antal indskrevne)": "minimumsvolumen",
    r"købes? fri\b|købt fri\b": "frikøbt personale",
    r"udgift til (en |beredskab og )?lukke(t|de) plads": "beredskabsudgift pr. lukket plads",
    r"\bpris(en)? (for|pr\.) (en |et )?(\w+ )*(plads|døgn)": "takst",
    r"tallene svarer": "Tallene opdateres",
}
"""What must not stand, as a pattern, and what the sector says."""

COLUMNS = {
    "quantities_da": ("quantity", "caveat"),
    "parameter_sources": ("arithmetic_da", "meaning_da"),
    "statements": ("said_da",),
    "labels_da": ("danish",),
}
"""Danish columns of the registry's tables."""


def danish_texts() -> Iterator[tuple[str, str]]:
    yield from load_texts("da").catalogue.items()
    for table, columns in COLUMNS.items():
        for row in read_table(table):
            yield from ((f"{table}, {next(iter(row.values()))}", row[column]) for column in columns)


@pytest.mark.unit
@pytest.mark.parametrize("pattern", WORDS)
def test_the_sectors_own_word_is_used(pattern: str) -> None:
    found = {where: text for where, text in danish_texts() if re.search(pattern, text, re.IGNORECASE)}
    assert not found, f"say »{WORDS[pattern]}«"


@pytest.mark.unit
@pytest.mark.parametrize(
    "word",
    [
        "visiteret", "siger ja", "indskrevet", "færdigbehandlet", "udskrevet før planlagt", "belagte", "helårspladser",
        "minimumsvolumen", "frikøbt personale", "beredskabsudgift pr. lukket plads", "takst", "simulationer",
        "90 % af simulationerne", "parternes behovsvurderinger", "trak sig, mens de ventede",
        "simuleringsusikkerhed (95 %), uden usikkerhed om forudsætninger", "forlader opholdet før planlagt udskrivning",
        "tallene opdateres",
    ],
)  # fmt: skip
def test_the_sectors_words_are_in_use(word: str) -> None:
    assert any(word in text.casefold() for text in load_texts("da").catalogue.values())
