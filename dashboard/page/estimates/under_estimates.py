"""Under every estimate: the question on screen, asked once for each published estimate of need.

Takes a question. Gives a question for each estimate that it can be asked under. Estimates stand side by side and are
never averaged: they are views of different parties, and do not measure the same.
"""

from dashboard.ask.question import Question, scenario_of, with_changes
from sim.cohort import funnel_of
from sim.scenario import Scenario, ScenarioError, load_views


def under_every_estimate(question: Question) -> tuple[dict[str, Scenario], tuple[str, ...]]:
    """Ask the same under each published estimate of need."""
    scenarios, needs, impossible = {}, {}, []
    for view in load_views():
        try:
            scenarios[view] = scenario_of(with_changes(question, {"demand.view": view}))
            needs[view] = funnel_of(scenarios[view]).need_per_year
        except ScenarioError:
            impossible.append(view)
    return {view: scenarios[view] for view in sorted(needs, key=lambda view: needs[view])}, tuple(impossible)
