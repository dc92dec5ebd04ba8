"""What became of the women referred, design by design."""

from collections.abc import Mapping

from dashboard.draw.bars import Breakdown, Part, Parts, build_parts_figure, parts_frame
from dashboard.draw.chart import Chart
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import estimate_of
from sim.experiment import Comparison, Results
from sim.texts import Texts, design_label

OUTCOME_PARTS = (
    Part("completed", "parts", 0),
    Part("not_completed", "parts", 4),
    Part("waiting", "parts", 2),
    Part("gave_up", "parts", 5),
    Part("birth_before_place", "parts", 3),
    Part("pregnancy_ended", "parts", 1),
    Part("declined", "parts", 7),
    Part("not_offered", "parts", 6),
)
"""Those admitted first."""

_LOST = ("gave_up", "birth_before_place", "pregnancy_ended")


def draw_outcomes(results: Results, texts: Texts, theme: Theme) -> Chart:
    """Draw what became of the women referred: bars of the same length."""
    whole = Breakdown("outcomes", "referrals_per_year", referral_outcomes(results), OUTCOME_PARTS)
    figure = build_parts_figure(whole, texts, theme)
    return Chart("outcomes", figure, _in_words(whole.values, texts), lambda: parts_frame(whole, texts))


def referral_outcomes(results: Results) -> Parts:
    """Count what became of the women referred, by the words of `OUTCOME_PARTS`; they add up [women/year]."""
    return {name: _outcomes(comparison) for name, comparison in results.designs.items()}


def _outcomes(comparison: Comparison) -> Mapping[str, float]:
    """Differences of means are means of differences, so nothing is lost by reckoning with means."""
    referred, offered, accepted, admitted, completed = (
        estimate_of(comparison, f"{word}_per_year").mean
        for word in ("referrals", "offered", "accepted", "admitted", "completed")
    )
    lost = {word: estimate_of(comparison, f"{word}_per_year").mean for word in _LOST}
    return {
        "completed": completed,
        "not_completed": admitted - completed,
        "waiting": accepted - admitted - sum(lost.values()),
        **lost,
        "declined": offered - accepted,
        "not_offered": referred - offered,
    }


def _in_words(outcomes: Parts, texts: Texts) -> str:
    if not outcomes:
        return texts("figures.nothing")
    designs = "; ".join(
        texts(
            "figures.outcomes.design",
            design=design_label(name, texts),
            admitted=texts.number(parts["completed"] + parts["not_completed"], 1),
            declined=texts.number(parts["declined"], 1),
            not_offered=texts.number(parts["not_offered"], 1),
            lost=texts.number(sum(parts[word] for word in _LOST), 1),
        )
        for name, parts in outcomes.items()
    )
    return texts("figures.outcomes.described", designs=designs)
