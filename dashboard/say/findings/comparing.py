"""Sentences that compare a design with the chosen one, measure by measure.

Each says which way the difference goes and how large it is, with its interval. Where the interval holds 0 it says that
this is not sure, and how far it may be either way. Where the direction is sure but the difference small, it says so.
"""

from typing import NamedTuple

from dashboard.say.findings.sentence import MATTERS, NOT_SURE, SMALL, Sentence, magnitude
from dashboard.say.measure_words import (
    NO_ESTIMATE,
    UNIT_OF,
    Estimate,
    estimate_of,
    write_bare,
    write_estimate,
    write_interval,
    write_pair,
)
from sim.experiment import Comparison, Results
from sim.texts import Texts, design_label


class Topic(NamedTuple):
    """Something that designs are compared by."""

    word: str  # its key in the texts
    measure: str  # name of the measure
    small: float
    says_unit: bool = True  # whether the unit stands after the number; else the sentence names it


TOPICS = (
    Topic("admitted", "admitted_per_year", 0.5, says_unit=False),
    Topic("refused", "refused_share", 0.02),
    Topic("cost", "cost_per_year", 0.02),
    Topic("wait", "wait_days_mean", 1.0),
    Topic("travel", "travel_minutes_mean", 5.0),
    Topic("occupancy", "occupancy", 0.02),
    Topic("volume", "below_minimum_volume_share", 0.05),
    Topic("public", "public_cost_per_year", 0.02),
)
"""In the order of their weight."""


def compare_designs(results: Results, design: str, against: str, texts: Texts) -> list[Sentence]:
    """Compare one design with the chosen one."""
    one, other = results.designs[design], results.designs[against]
    difference = results.differences[f"{design} - {against}"]
    names = {"design": design_label(design, texts), "against": design_label(against, texts)}
    sentences = []
    for topic in TOPICS:
        estimate = estimate_of(difference, topic.measure)
        if estimate.n:
            level, text = _sentence(topic, estimate, (one, other), names, texts)
            sentences.append(Sentence(topic.word, design, level, text))
    return sentences


def _sentence(
    topic: Topic, estimate: Estimate, designs: tuple[Comparison, Comparison], names: dict[str, str], texts: Texts
) -> tuple[int, str]:
    """How sure and how large the difference is, and the sentence that says so."""
    key = f"findings.{topic.word}"
    if estimate.is_same:
        return NOT_SURE, texts(f"{key}.same", **names)
    if not estimate.is_sure:
        low, high = (
            _written(NO_ESTIMATE._replace(mean=abs(end)), topic, texts) for end in (estimate.low, estimate.high)
        )
        return NOT_SURE, texts(f"{key}.not_sure", low=low, high=high, **names)
    own, chosen = (estimate_of(comparison, topic.measure) for comparison in designs)
    positive = magnitude(estimate)
    mean, mean_against = write_pair(own, chosen, topic.measure, texts)
    text = texts(
        f"{key}.more" if estimate.mean > 0 else f"{key}.less",
        difference=_written(positive, topic, texts),
        interval=write_interval(positive, topic.measure, texts),
        mean=mean,
        mean_against=mean_against,
        **names,
    )
    is_small = positive.mean < topic.small * (abs(chosen.mean) if _is_money(topic) else 1.0)
    return (SMALL, f"{text} {texts('findings.small')}") if is_small else (MATTERS, text)


def _is_money(topic: Topic) -> bool:
    return UNIT_OF[topic.measure].startswith("DKK")


def _written(positive: Estimate, topic: Topic, texts: Texts) -> str:
    """A difference without its sign: the words around it say which way it goes."""
    write = write_estimate if topic.says_unit else write_bare
    return write(positive, topic.measure, texts, is_difference=True).removeprefix("+")
