"""Sentences on money: who pays, what one more woman admitted costs, and where a design pays for itself."""

from collections.abc import Mapping

from dashboard.say.findings.sentence import MATTERS, SMALL, Sentence, magnitude
from dashboard.say.measure_words import NO_ESTIMATE, estimate_of, write_estimate, write_interval
from sim.experiment import Comparison, Results
from sim.scenario import PAYERS
from sim.texts import Texts, design_label

OTHER_PAYER_SHARE = 0.01
"""A payer's share of the cost of places must move by more than this to be told."""


def tell_payers(results: Results, design: str, against: str, texts: Texts) -> list[Sentence]:
    """Say who pays for the places, where it is not the same as in the chosen design."""
    shares = [_payer_shares(results.designs[name]) for name in (design, against)]
    moved = max((abs(one - other) for one, other in zip(*shares, strict=True)), default=0.0)
    if not moved > OTHER_PAYER_SHARE:
        return []
    text = texts(
        "findings.payers",
        design=design_label(design, texts),
        against=design_label(against, texts),
        payers=_payers(results.designs[design], texts),
        payers_against=_payers(results.designs[against], texts),
    )
    return [Sentence("payers", design, MATTERS, text)]


def _payer_shares(comparison: Comparison) -> list[float]:
    costs = [estimate_of(comparison, f"cost_{payer}").mean for payer in PAYERS]
    total = sum(costs)
    return [cost / total for cost in costs] if total > 0 else [0.0] * len(costs)


def _payers(comparison: Comparison, texts: Texts) -> str:
    """Who pays how much, without those who pay nothing."""
    costs = {payer: estimate_of(comparison, f"cost_{payer}").mean for payer in PAYERS}
    said = [f"{texts(f'findings.payer.{payer}')} {texts.money(cost)}" for payer, cost in costs.items() if cost >= 1.0]
    return _listed(said, texts) or texts("findings.payer.nobody")


def _listed(words: list[str], texts: Texts) -> str:
    return f" {texts('findings.and')} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def tell_one_more(
    results: Results, design: str, against: str, counting: Mapping[str, float], texts: Texts
) -> list[Sentence]:
    """Say what one more woman admitted costs in places, by the differences that count."""
    ratio = results.findings[f"{design} - {against}"].cost_per_extra_admission
    admitted, cost = (_sign(counting, measure) for measure in ("admitted_per_year", "cost_per_year"))
    if not ratio.n or not admitted:
        return []
    price = magnitude(NO_ESTIMATE._replace(n=ratio.n, mean=ratio.value, low=ratio.low, high=ratio.high))
    text = texts(
        f"findings.one_more.{_one_more_key(admitted, cost)}",
        design=design_label(design, texts),
        against=design_label(against, texts),
        value=write_estimate(price, "cost_per_admitted", texts),
        interval=write_interval(price, "cost_per_admitted", texts),
    )
    return [Sentence("one_more", design, MATTERS if cost else SMALL, text)]


def _sign(counting: Mapping[str, float], measure: str) -> int:
    """1 for more, -1 for less, 0 where the difference does not count."""
    difference = counting.get(measure, 0.0)
    return (difference > 0) - (difference < 0)


def _one_more_key(admitted: int, cost: int) -> str:
    keys = {
        (1, 1): "dearer_more",
        (1, 0): "unsure_more",
        (1, -1): "cheaper_more",
        (-1, 1): "dearer_fewer",
        (-1, 0): "unsure_fewer",
        (-1, -1): "cheaper_fewer",
    }
    return keys[admitted, cost]


def tell_break_even(
    results: Results, design: str, against: str, counting: Mapping[str, float], texts: Texts
) -> list[Sentence]:
    """Say how well treatment must work for a dearer design that admits more to pay for itself."""
    found = results.findings[f"{design} - {against}"].break_even_completion
    if [_sign(counting, measure) for measure in ("admitted_per_year", "cost_per_year")] != [1, 1]:
        return []
    completion = results.scenario.economics.completion
    text = texts(
        f"findings.break_even.{found.verdict}",
        design=design_label(design, texts),
        against=design_label(against, texts),
        at=texts.percent(found.at),
        assumed=texts.percent(completion.residential),
        otherwise=texts.percent(completion.otherwise),
    )
    return [Sentence("break_even", design, MATTERS, text)]


def tell_paying_occupancy(results: Results, design: str, texts: Texts) -> list[Sentence]:
    """Say from which occupancy a design's own places cost no more than places bought elsewhere."""
    if design not in results.paying_occupancy:
        return []
    found = results.paying_occupancy[design]
    text = texts(
        f"findings.paying_occupancy.{found.verdict}",
        design=design_label(design, texts),
        at=texts.percent(found.at),
        occupancy=write_estimate(estimate_of(results.designs[design], "occupancy"), "occupancy", texts),
    )
    return [Sentence("paying_occupancy", design, SMALL, text)]
