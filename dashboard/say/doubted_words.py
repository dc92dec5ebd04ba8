"""What decides a measure, and which design is better in how many draws, in lines of words."""

import math

from dashboard.answer.doubted import Decider, Doubted
from dashboard.say.fit_words import parameter_label
from dashboard.say.measure_words import NO_ESTIMATE, write_estimate, write_spread
from sim.doubt import Pair
from sim.texts import NOTHING, Texts, design_label


def decider_lines(found: Doubted, texts: Texts) -> list[list[str]]:
    """Write what decides each design: the share of the assumptions, and the parameters that have most of it."""
    return [
        [
            design_label(design, texts),
            texts.percent(split.doubt_share),
            "; ".join(_decider(one, texts) for one in found.deciders[design]) or NOTHING,
        ]
        for design, split in found.splits.items()
    ]


def pair_lines(found: Doubted, measure: str, texts: Texts) -> list[list[str]]:
    """Write who is better, a line for each pair."""
    return [
        [
            texts("sure.against", one=design_label(one, texts), other=design_label(other, texts)),
            write_mean(pair.split.mean, measure, texts, is_difference=True),
            write_band(pair.split.doubt, pair.split.mean, measure, texts, is_difference=True),
            _better(pair, texts),
        ]
        for (one, other), pair in found.pairs.items()
    ]


def write_mean(mean: float, measure: str, texts: Texts, *, is_difference: bool = False) -> str:
    """Write a mean over draws with its unit."""
    return write_estimate(NO_ESTIMATE._replace(n=1, mean=mean), measure, texts, is_difference=is_difference)


def write_band(
    band: tuple[float, float], mean: float, measure: str, texts: Texts, *, is_difference: bool = False
) -> str:
    """Write where nine in ten lie around a mean, without the unit."""
    spread = NO_ESTIMATE._replace(n=1, mean=mean, p05=band[0], p95=band[1])
    return write_spread(spread, measure, texts, is_difference=is_difference)


def _decider(one: Decider, texts: Texts) -> str:
    name = texts("doubt.group.doubt") if one.parameter == "doubt.draws" else parameter_label(one.parameter, texts)
    return texts("doubt.decider", parameter=name, share=texts.percent(one.share))


def _better(pair: Pair, texts: Texts) -> str:
    if not math.isfinite(pair.higher_in):
        return NOTHING
    key, share = ("higher", pair.higher_in) if pair.better_in is None else ("better", pair.better_in)
    said = texts(f"doubt.{key}", share=texts.percent(share))
    return said if not pair.same_in else f"{said}, {texts('sure.same', share=texts.percent(pair.same_in))}"
