"""Sentences that compare a design with the chosen one, measure by measure: verdicts of the model, in its words."""

from collections.abc import Iterable

from dashboard.say.findings.sentence import MATTERS, NOT_SURE, SMALL, Sentence
from sim.experiment import Results
from sim.findings import FIELD_MEASURES, Verdict, tell, tell_unequal, unequal_designs
from sim.scenario import PLACES
from sim.texts import Texts

TOPICS = FIELD_MEASURES[PLACES]
"""Measures that designs are compared by."""

_LEVELS = {"small": SMALL, "noise": NOT_SURE}


def compare_designs(design: str, verdicts: Iterable[Verdict], results: Results, texts: Texts) -> list[Sentence]:
    """Say what the differences of one design from the chosen one come to."""
    return [
        Sentence(verdict.measure, design, _LEVELS.get(verdict.kind, MATTERS), tell(verdict, results, texts))
        for verdict in verdicts
    ]


def tell_without_places(results: Results, texts: Texts) -> dict[str, Sentence]:
    """Say of each design without places of its own that it is not judged."""
    return {
        design: Sentence("unequal", design, MATTERS, tell_unequal(results, design, None, PLACES, texts))
        for design in unequal_designs(results, None, PLACES)
    }
