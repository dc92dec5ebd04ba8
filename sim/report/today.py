"""The women who are there on the opening day are real: where few, not even how many is told."""

from collections.abc import Sequence

from sim.scenario import Scenario, TodayWoman
from sim.texts import Texts

FEWEST_PERSONS = 5
"""Real persons below which a number is not told; what statistics on persons usually ask for. Assumption."""


def told_today(women: Sequence[TodayWoman], texts: Texts) -> str:
    """Say how many live in and how many wait, where either is not so few that one might know them."""
    living = sum(woman.is_resident for woman in women)
    counts = {"living": living, "waiting": len(women) - living}
    return texts("report.today", **{word: _told(number, texts) for word, number in counts.items()})


def _told(number: int, texts: Texts) -> str:
    """A number, or that it is a small one; none at all is told as the small ones are."""
    few = texts("report.fewer", n=texts.number(FEWEST_PERSONS))
    return few if number < FEWEST_PERSONS else texts.number(number)


def without_today(scenario: Scenario) -> Scenario:
    """Take out the women, so that what is written of a scenario says nothing of them."""
    return scenario.model_copy(update={"today": ()}) if scenario.today else scenario
