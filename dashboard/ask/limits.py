"""Limits: how large a question may be, so that nobody's link or slider can bring the server down for the others.

Takes a scenario. Says whether it is too large to be answered while somebody waits. Leaves out how batches are bounded:
they run beside the pages.
"""

from sim.cohort import REPLICATIONS_PER_BLOCK, funnel_of
from sim.experiment import most_replications
from sim.scenario import Fault, Scenario, ScenarioError
from sim.texts import say

MOST_WOMEN_IN_BLOCK = 1_000_000
"""Women drawn at a time: about 25 times those of the baseline, some 200 MB."""

MOST_WOMEN_PLAYED = 150_000_000
"""Women times designs times replications: about a hundred times the baseline with 500 replications, a minute or so."""


class TooLargeError(ScenarioError):
    """A question that is too large to be answered while somebody waits."""

    def __init__(self, code: str, fault: Fault) -> None:
        self.code = code
        super().__init__([fault])


def check_size(scenario: Scenario) -> None:
    """Check that a scenario can be answered while somebody waits."""
    women = _most_women(scenario)
    if women * REPLICATIONS_PER_BLOCK > MOST_WOMEN_IN_BLOCK:
        allowed = say("allowed.at_most_women_in", n=MOST_WOMEN_IN_BLOCK // REPLICATIONS_PER_BLOCK)
        remedy = say("remedy.lower_the_need_its")
        fault = Fault(scenario.name, None, "demand", allowed, say("got.about_women", women=women), remedy)
        raise TooLargeError("too_many_women", fault)
    played = women * most_replications(scenario) * len(scenario.designs)
    if played > MOST_WOMEN_PLAYED:
        allowed = say("allowed.at_most_women_played", n=MOST_WOMEN_PLAYED)
        remedy = say("remedy.lower_the_replications_or")
        fault = Fault(scenario.name, None, "replications", allowed, say("got.about_played", played=played), remedy)
        raise TooLargeError("too_much_work", fault)


def _most_women(scenario: Scenario) -> float:
    """About how many women a replication has, reckoned high: growth to its end, and years far above the mean."""
    demand = scenario.demand
    growth = max(1.0, (1.0 + demand.trend_per_year) ** scenario.horizon_years)
    variation = 1.0 + 4.0 * demand.year_variation
    need = max(1.0, funnel_of(scenario).need_per_year)
    return need * demand.found_share * growth * variation * scenario.horizon_years
