"""What a question names: one of a scenario's designs."""

from sim.design import BuiltDesign, build_designs
from sim.faults import did_you_mean
from sim.scenario import Fault, Scenario, ScenarioError
from sim.texts import say


def find_design(scenario: Scenario, name: str | None) -> BuiltDesign:
    """Find a design by its name; the first if none is named."""
    designs = {built.name: built for built in build_designs(scenario)}
    wanted = name or next(iter(designs))
    if wanted not in designs:
        remedy = did_you_mean(wanted, designs, say("remedy.name_one_of_them"))
        allowed = say("allowed.the_name_of_a_design", names=", ".join(designs))
        raise ScenarioError((Fault(scenario.name, None, "designs", allowed, repr(wanted), remedy),))
    return designs[wanted]
